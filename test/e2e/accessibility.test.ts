import { describe, expect, it } from 'vitest';
import { dist } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';
import { keys, terminal } from '../support/terminal.ts';

const pip = `${dist}/shims/pip`;

/** What a person hears or feels whose terminal is read to them: bytes in the order they came. */
describe('read by a screen reader (ACCESSIBLE=1)', () => {
  it.each([80, 40])('a whole rescue in %d columns is lines, one after the other', async (columns) => {
    const box = sandbox({ ACCESSIBLE: '1' });
    box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
    const screen = terminal(pip, ['install', 'demo-lib'], { env: box.env, cwd: box.project, columns });
    await screen.waitUntil((text) => text.replaceAll('\n', '').endsWith('q to leave:'));
    const question = screen.raw();
    // No cursor is moved, no line overwritten, no colour set, nothing drawn with boxes.
    expect(question).not.toMatch(/[\x1b\b]|\r(?!\n)/);
    expect(question).not.toMatch(/[─-╿⠀-⣿]/u);
    const lines = question.split('\r\n');
    const first = (start: RegExp) => lines.findIndex((line) => start.test(line));
    // What it is about, what was typed, the ways with their numbers, what is not to be had, and how to answer.
    const order = [
      /^This Python belongs to/,
      /pip install demo-lib/,
      /^ {2}1\. /,
      /^ {2}2\. /,
      /^ {2}Not available: /,
      /^Will be remembered for ~\/shop/,
      /^Number 1-/,
    ].map(first);
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(lines.slice(order[2], order[3]).join(' ')).toContain('recommended');
    // The terminal breaks no line of its own accord, which would be within a word.
    for (const line of lines) expect(line.length).toBeLessThan(columns);

    screen.send('d 1\r');
    await screen.waitUntil((text) => /runs:/.test(text) && text.replaceAll('\n', '').endsWith('q to leave:'));
    screen.send('\r');
    expect(await screen.exited).toMatchObject({ code: 0 });
    // pip itself may colour what it says; nothing of it moves the cursor either.
    expect(screen.raw()).not.toMatch(/\x1b\[[\d;?]*[A-HJKSThl]|\x08|\r(?!\r*\n)/);
    expect(screen.history().replaceAll('\n', '')).toContain('Successfully installed demo-lib-2.0');
  });
});

describe('the drawn question', () => {
  it('needs keys only, and turns no mouse on', async () => {
    const box = sandbox();
    const screen = terminal(pip, ['install', 'demo-lib'], { env: box.env, cwd: box.project, columns: 40 });
    await screen.waitFor(/esc leave/);
    screen.send('d?');
    await screen.waitFor('any key: back');
    screen.send('x');
    await screen.waitFor(/esc leave/);
    screen.send(`jk1r${keys.down}${keys.up}`);
    await screen.waitFor(/❯ 1/);
    // The terminal has broken no line of ours; of pip's, which come on leaving, it does.
    for (const line of screen.history().split('\n')) expect(line.length).toBeLessThanOrEqual(40);
    screen.send(keys.escape);
    expect(await screen.exited).toMatchObject({ code: 1 });
    expect(screen.raw()).not.toMatch(/\x1b\[\?(?:9|100\d|1015|1016)h/);
  });
});
