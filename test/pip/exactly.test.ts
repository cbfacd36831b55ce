import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../src/pip/command-line.ts';
import { asksExactly } from '../../src/pip/exactly.ts';

describe('a line that asks for one version exactly', () => {
  it.each([
    ['install six', 'install six==1'],
    ['install --no-binary six six', 'install --no-binary six six==1'],
    ['install Six[a,b]>=0.5 other', 'install Six[a,b]==1 other'],
    ['install six six', 'install six==1 six'],
    ['-q install --upgrade six', '-q install --upgrade six==1'],
  ])('%s', (line, exact) => {
    const command = parseCommandLine(line.split(' '));
    const six = command.requirements.find(({ name }) => name === 'six');
    const asked = six && asksExactly(command, six, '1');
    expect(asked?.argv.join(' ')).toBe(exact);
    // It reads as if it had been typed.
    expect(parseCommandLine(asked?.argv ?? [])).toEqual(asked);
  });
});
