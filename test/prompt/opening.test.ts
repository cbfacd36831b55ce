import headless from '@xterm/headless';
import { beforeAll, describe, expect, it } from 'vitest';
import { keys } from '../support/terminal.ts';
import { finished, isUsable, onTerminal, pidIn } from './on-terminal.ts';
import { programs } from './program.ts';

/** The first frame, painted before Ink is there, and the one Ink then draws in its place. */

let program: (name: string) => string;
beforeAll(async () => {
  program = await programs();
});

/** What takes the painted frame away: see paint.ts. */
const taken = /\x1b\[\d+A\r\x1b\[J/;

/** What a terminal shows for these bytes: every character with its look, and where the cursor stands. */
async function shownBy(bytes: string, columns: number): Promise<string[]> {
  const screen = new headless.Terminal({ cols: columns, rows: 40, allowProposedApi: true });
  await new Promise<void>((resolve) => screen.write(bytes, resolve));
  const { active } = screen.buffer;
  const rows = Array.from({ length: 40 }, (_, y) => {
    const row = active.getLine(y);
    return Array.from({ length: columns }, (_, x) => {
      const cell = row?.getCell(x);
      const chars = cell?.getChars() || ' ';
      // A blank looks the same in every colour.
      if (cell === undefined || chars === ' ') return ' ';
      return `${chars}${cell.isBold() ? '*' : ''}${cell.isFgDefault() ? '' : `<${cell.getFgColor()}>`}`;
    })
      .join('')
      .trimEnd();
  });
  return [...rows, `cursor ${active.cursorX},${active.cursorY}`];
}

describe('the painted frame', () => {
  it.each([
    [40, ''],
    [80, ''],
    [200, ''],
    [80, 'no-color'],
    [80, 'ascii'],
  ])('is the one Ink draws, at %d columns %s', async (columns, args) => {
    const screen = onTerminal(program('ask'), { columns, rows: 40, env: { ARGS: args } });
    await screen.waitFor('enter run');
    screen.send(keys.escape);
    await finished(screen);
    const [before = '', after = ''] = screen.raw().split(taken);
    const painted = before.slice(before.indexOf('\x1b[?25l'));
    // Ink's next frame, with the keys in it, begins by taking this one away.
    const drawn = `\x1b[?25l${after.slice(0, after.indexOf('\x1b[2K'))}`;
    const shown = await shownBy(painted, columns);
    expect(shown.join('\n')).toContain('This Python belongs to Debian');
    expect(await shownBy(drawn, columns)).toEqual(shown);
  });
});

describe('before Ink is there', () => {
  const atFirstFrame = async () => {
    const screen = onTerminal(program('show-prompt'));
    await screen.waitFor('This Python belongs to Debian');
    return screen;
  };

  it.each([
    ['Ctrl-C', keys.ctrlC, 'interrupted'],
    ['Ctrl-\\', keys.ctrlBackslash, 'quit'],
  ])('%s is an answer', async (_key, pressed, kind) => {
    const screen = await atFirstFrame();
    screen.send(pressed);
    await finished(screen);
    expect(screen.history()).toContain(`answer {"kind":"${kind}"}`);
    expect(isUsable(screen)).toBe(true);
  });

  it('a key is no answer yet, and the frame stands there once', async () => {
    const screen = await atFirstFrame();
    screen.send(keys.down);
    await screen.waitFor('esc leave');
    expect(screen.history().match(/This Python belongs/g)).toHaveLength(1);
    screen.send(keys.escape);
    await finished(screen);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends it, and the terminal is given back', async (signal, code) => {
    const screen = await atFirstFrame();
    process.kill(pidIn(screen), signal);
    await finished(screen);
    expect(screen.history()).toContain(`ended ${code}`);
    expect(isUsable(screen)).toBe(true);
  });
});
