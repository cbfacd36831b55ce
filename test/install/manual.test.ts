import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { everyCommand, grammar } from '../../src/completion/grammar.ts';
import { manual } from '../../src/completion/manual.ts';
import { offeredIds } from '../../src/detours/index.ts';
import { keyRows } from '../../src/prompt/key-table.ts';
import { dist, lacks, top } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';
import { freshHome, placeProgram } from './support.ts';

const page = join(dist, 'man/man1/pip-detour.1');
const text = readFileSync(page, 'utf8');

describe('the manual page', () => {
  it('has every command with every option, from their own help', async () => {
    const root = await grammar();
    const written = readFileSync(join(top, 'docs/pip-detour.1'), 'utf8');
    expect(text).toBe(manual(root, written));
    for (const { path, options, describe, positionals } of root.commands.flatMap(everyCommand)) {
      const typed = text
        .split('\n')
        .find((line) => line.startsWith(`.It ${path.map((word) => `Ic ${word}`).join(' ')}`));
      expect(typed, path.join(' ')).toBeDefined();
      for (const { name, required } of positionals)
        expect(typed).toContain(required ? name : `Op Ar ${name}`);
      expect(text).toContain(describe);
      for (const { names } of options.filter((option) => !option.names.includes('--help')))
        for (const name of names.filter((each) => each !== '-V' && each !== '--version'))
          expect(text).toContain(`Fl ${name.slice(1)}`);
    }
  });

  it('has every key of the question, with what it does', () => {
    for (const { name, does } of keyRows) {
      const [key = ''] = name.split(' ');
      expect(text).toMatch(
        new RegExp(`^\\.It (?:arrows|\\\\&)?${key.replace(/[?↑]/g, '[?]?')}(?:, .*)?\n`, 'm'),
      );
      expect(text).toContain(does);
    }
  });

  it('has every detour and every variable of ours', () => {
    expect(offeredIds().filter((id) => !text.includes(`.It Cm ${id}\n`))).toEqual([]);
    const source = readFileSync(join(top, 'src/system/variables.ts'), 'utf8');
    for (const [, name] of source.matchAll(/own\['((?:PIP_DETOUR|ACCESSIBLE|INK_|NO_COLOR|XDG_)[A-Z_]*)'\]/g))
      expect(text).toContain(name);
  });

  it.skipIf(lacks('man'))('is read by man without a warning', () => {
    const ran = sandbox().run('man', ['-l', '--warnings=w', page], {
      env: { MANWIDTH: '78', MANPAGER: 'cat' },
    });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toContain('--json');
  });

  it.skipIf(lacks('mandoc'))('is read by mandoc without a warning', () => {
    expect(sandbox().run('mandoc', ['-T', 'lint', '-W', 'warning', page])).toMatchObject({
      code: 0,
      stdout: '',
    });
  });

  it.skipIf(lacks('man'))('is found by man where the shims are on PATH', () => {
    const home = freshHome();
    const program = placeProgram(home);
    const path = `${program}/shims:${home.env['PATH']}`;
    const ran = home.run('man', ['-w', 'pip-detour'], { env: { PATH: path } });
    expect(ran.stdout).toBe(`${program}/man/man1/pip-detour.1\n`);
  });
});
