import { beforeAll, describe, expect, it } from 'vitest';
import { keyRows } from '../../src/prompt/key-table.ts';
import { plainAnswer } from '../../src/prompt/plain-answer.ts';
import { plainInvitation, plainLines, plainQuestion } from '../../src/prompt/plain-question.ts';
import { keys } from '../support/terminal.ts';
import { finished, isUsable, onTerminal, start } from './on-terminal.ts';
import { programs } from './program.ts';
import { shop, shopInShell } from './questions.ts';

const unrecommended = {
  ...shop,
  options: shop.options.map(({ recommended: _, ...option }) => option),
};

describe('the plain question', () => {
  it('can be read from top to bottom', () => {
    expect([...plainQuestion(shop, true), plainInvitation(shop)].join('\n')).toMatchInlineSnapshot(`
      "This Python belongs to Debian, so pip may not change it (PEP 668).
        pip install requests flask
        in ~/work/shop
        1. Use a virtual environment here (recommended: pyproject.toml here): create ~/work/shop/.venv · Python 3.11.2
        2. Install Debian's packages: python3-requests 2.28.1, python3-flask 2.2.2 · sudo
        3. Install into Debian's Python: --break-system-packages · can break apt
        4. Leave it: show pip's message
        Not available: Install as an app with pipx: requests has no commands to run
      Will be remembered for ~/work/shop; r changes that.
      Number 1-4, Enter for 1, d NUMBER for its commands, ? for help, q to leave: "
    `);
  });

  it('names Enter only where something is recommended', () => {
    expect(plainInvitation(unrecommended)).not.toContain('Enter');
  });

  it('shows control characters instead of obeying them', () => {
    const text = plainQuestion({ ...shop, place: '/tmp/\x1b[2J\n' }, true).join('\n');
    expect(text).toContain('/tmp/\\x1b[2J\\x0a');
  });
});

describe('a typed line', () => {
  it.each([
    ['1', 'venv'],
    [' 3 ', 'break-system-packages'],
    ['4', 'none'],
    ['', 'venv'],
  ])('%j takes %s', (typed, id) => {
    expect(plainAnswer(shop, true, typed)).toEqual({ answer: { kind: 'chosen', id, remember: true } });
  });

  const named = keyRows.flatMap(({ plain }) => (plain === undefined ? [] : [plain]));
  it.each(named)('the key that the list names is understood: %s', (plain) => {
    const typed = plain.replace('NUMBER', '1').replace(/ (?:for|to) .*/, '');
    expect(JSON.stringify(plainAnswer(shop, true, typed))).not.toContain('not one of the numbers above');
  });

  it('no character is the key of two rows', () => {
    const characters = keyRows.flatMap((row) => Object.keys(row.characters));
    expect(characters.filter((one, at) => characters.indexOf(one) !== at)).toEqual([]);
  });

  it('"a" says which shells are put into the environment, where that is asked', () => {
    expect(plainAnswer(shop, true, 'a')).toEqual({
      say: ['a: not one of the numbers above.'],
      remember: true,
    });
    const asked = shopInShell();
    expect(plainQuestion(asked, true)).toContain(
      'If an environment is used, this shell enters it, and so does every shell that comes here; a changes that.',
    );
    expect(plainAnswer(asked, true, 'A')).toEqual({
      say: ['If an environment is used, this shell enters it, this time only; a changes that.'],
      remember: true,
      activate: 'once',
    });
    expect(plainAnswer({ ...asked, activate: 'once' }, true, 'a')).toEqual({
      say: ['If an environment is used, no shell enters it by itself; a changes that.'],
      remember: true,
      activate: 'no',
    });
    // What is not remembered is for this once.
    expect(plainAnswer(asked, false, '1')).toEqual({
      answer: { kind: 'chosen', id: 'venv', remember: false, activate: 'once' },
    });
    expect(plainAnswer(asked, false, 'a')).toMatchObject({ activate: 'no' });
    const venv = { kind: 'chosen', id: 'venv', remember: true };
    expect(plainAnswer(asked, true, '1')).toEqual({ answer: { ...venv, activate: 'always' } });
    expect(plainAnswer({ ...asked, activate: 'no' }, true, '')).toEqual({
      answer: { ...venv, activate: 'no' },
    });
    expect(plainAnswer(asked, true, '4')).toEqual({ answer: { kind: 'chosen', id: 'none', remember: true } });
  });

  it.each(['q', 'Q', ' q '])('%j leaves', (typed) => {
    expect(plainAnswer(shop, true, typed)).toEqual({ answer: { kind: 'left' } });
  });

  it.each([
    ['5', '5: not one of the numbers above.'],
    ['0', '0: not one of the numbers above.'],
    ['1 2', '1 2: not one of the numbers above.'],
    ['-1', '-1: not one of the numbers above.'],
    ['1e0', '1e0: not one of the numbers above.'],
    ['y', 'y: not one of the numbers above.'],
    ['\x1b[A', '\\x1b[A: not one of the numbers above.'],
    ['d', 'd needs one of the numbers above, for example: d 1'],
    ['d 9', 'd needs one of the numbers above, for example: d 1'],
    ['d 4', 'Leave it: nothing is run.'],
  ])('%j says %j and asks again', (typed, said) => {
    expect(plainAnswer(shop, true, typed)).toEqual({ say: [said], remember: true });
  });

  it('"" takes nothing where nothing is recommended', () => {
    expect(plainAnswer(unrecommended, true, '')).toHaveProperty('say');
  });

  it.each(['d 2', 'd2', 'D 2'])('%j shows the commands of the second', (typed) => {
    expect(plainAnswer(shop, true, typed)).toEqual({
      say: ["Install Debian's packages runs:", '  sudo apt-get install python3-requests python3-flask'],
      remember: true,
    });
  });

  it('"?" explains and repeats the question', () => {
    const result = plainAnswer(shop, true, '?');
    expect(result).toEqual({ say: [...shop.help, ...plainQuestion(shop, true)], remember: true });
  });

  it('"r" changes whether it is remembered', () => {
    const result = plainAnswer(shop, true, 'r');
    expect(result).toEqual({
      say: ['Will not be remembered for ~/work/shop; r changes that.'],
      remember: false,
    });
  });
});

describe('on a terminal', () => {
  const asked = /q to leave:$/;
  let program: (name: string) => string;
  beforeAll(async () => {
    program = await programs();
  });
  const run = (name = 'show-prompt', env: Record<string, string> = {}, line?: string) =>
    onTerminal(program(name), { env: { ACCESSIBLE: '1', ...env } }, line);

  it('asks again until it is answered', async () => {
    const screen = run();
    await screen.waitFor(asked);
    screen.send('nine\r');
    await screen.waitUntil((text) => text.includes('nine: not one of') && asked.test(text));
    screen.send('r\r');
    await screen.waitUntil((text) => text.includes('Will not be remembered') && asked.test(text));
    screen.send('2\r');
    await finished(screen);
    expect(screen.history()).toContain('{"kind":"chosen","id":"system-package","remember":false}');
  });

  it('Ctrl-C interrupts without killing us, and the terminal stays usable', async () => {
    const screen = run('show-prompt', {}, `trap : INT; ${start}`);
    await screen.waitFor(asked);
    screen.send(keys.ctrlC);
    await finished(screen);
    expect(screen.history()).toContain('answer {"kind":"interrupted"}');
    expect(screen.history()).toContain('ended 0');
    expect(isUsable(screen)).toBe(true);
  });

  it('the end of input leaves', async () => {
    const screen = run();
    await screen.waitFor(asked);
    screen.send('\x04');
    await finished(screen);
    expect(screen.history()).toContain('answer {"kind":"left"}');
  });

  it('lines typed before the question do not answer it', async () => {
    const screen = run('wait-then-show-prompt', { ARGS: 'go' });
    await screen.waitFor('busy');
    screen.send('3\r\r4%');
    await screen.waitFor('%');
    screen.box.write('go', '');
    await screen.waitFor(asked);
    expect(screen.history()).toContain('What you typed before this question was not used.');
    screen.send('1\r');
    await finished(screen);
    expect(screen.history()).toContain('answer {"kind":"chosen","id":"venv","remember":true}');
  });
});

describe('a line that is longer than the terminal', () => {
  it.each([
    ['This Python belongs to Debian.', ['This Python', 'belongs to', 'Debian.']],
    ['  1. Use the one here', ['  1. Use the', '    one here']],
    ['  Not available: no', ['  Not', '    available:', '    no']],
    ['  pip install requests flask', ['  pip install requests flask']],
    ['', ['']],
  ])('is broken between words, but no command: %j', (text, lines) => {
    expect(plainLines(text, 15)).toEqual(lines);
    expect(plainLines(text, undefined)).toEqual([text]);
  });
});
