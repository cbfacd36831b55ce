import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { sandbox } from '../support/sandbox.ts';
import { keys, type Terminal, terminal } from '../support/terminal.ts';
import { programs } from './program.ts';

/** The bundle as it is shipped, in a real terminal. `headline` shows from the first frame on, `ready` once keys count. */
const headline = 'This Python belongs to Debian';
const ready = 'enter run';
const node = process.execPath;

let program: (name: string) => string;
beforeAll(async () => {
  program = await programs();
});

interface Surroundings {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** One fixture program alone on a terminal. */
function run(name: string, args: readonly string[] = [], { env = {}, ...size }: Surroundings = {}): Terminal {
  const box = sandbox(env);
  return terminal(node, [program(name), ...args], { env: box.env, cwd: box.project, ...size });
}

/** A shell line on a terminal; `$NODE` and `$FIXTURE` stand for the program. */
function shell(line: string, name: string, { env = {}, ...size }: Surroundings = {}): Terminal {
  const box = sandbox({ NODE: node, FIXTURE: program(name), ...env });
  return terminal('sh', ['-c', line], { env: box.env, cwd: box.project, ...size });
}

const answered = (id: string, remember = true) =>
  `answer {"kind":"chosen","id":"${id}","remember":${remember}}`;
const left = 'answer {"kind":"left"}';
const interrupted = 'answer {"kind":"interrupted"}';

/** The process id a fixture has told. */
const pidIn = (screen: Terminal) => Number(/pid (\d+)\./.exec(screen.history())?.[1]);

/** `stty -a` of a terminal a shell can be used in, and a cursor to be seen. */
function expectUsable(screen: Terminal): void {
  expect(screen.history()).toMatch(/(^|[ ;])icanon/m);
  expect(screen.history()).toMatch(/(^|[ ;])echo /m);
  expect(screen.raw().lastIndexOf('\x1b[?25h')).toBeGreaterThan(screen.raw().lastIndexOf('\x1b[?25l'));
}

describe('an answer', () => {
  it('is the marked line on Enter, and one line of it stays in place of the frame', async () => {
    const screen = run('ask');
    await screen.waitFor(ready);
    screen.send(keys.enter);
    await screen.exited;
    expect(screen.history()).toMatch(/^pid \d+\.\n✓ Use a virtual environment here\nanswer .*$/);
    expect(screen.history()).toContain(answered('venv'));
  });

  it('may be reached with arrows, and remembering switched off', async () => {
    const screen = run('ask', ['warm']);
    await screen.waitFor(ready);
    screen.send(keys.down);
    await screen.waitFor("❯ 2  Install Debian's packages");
    screen.send('r');
    await screen.waitFor('remember for ~/work/shop: no');
    screen.send(keys.enter);
    await screen.exited;
    expect(screen.history()).toContain(answered('system-package', false));
  });

  it('is never given by a digit alone', async () => {
    const screen = run('ask');
    await screen.waitFor(ready);
    screen.send('3');
    await screen.waitFor("❯ 3  Install into Debian's Python");
    screen.send(keys.escape);
    await screen.exited;
    expect(screen.history()).toContain('– Left as it is');
    expect(screen.history()).toContain(left);
  });

  it('is "interrupted" on Ctrl-C, and the shell that waits for us goes on', async () => {
    const screen = shell('"$NODE" "$FIXTURE"; echo "shell alive $?"', 'ask');
    await screen.waitFor(ready);
    screen.send(keys.ctrlC);
    await screen.exited;
    expect(screen.history()).toContain(interrupted);
    expect(screen.history()).toContain('shell alive 0');
  });

  it('is not given by Ctrl-Z or Ctrl-\\, which do nothing here', async () => {
    const screen = run('ask');
    await screen.waitFor(ready);
    screen.send(keys.ctrlZ + keys.ctrlBackslash);
    screen.send('2');
    await screen.waitFor('❯ 2');
    screen.send(keys.enter);
    await screen.exited;
    expect(screen.history()).toContain(answered('system-package'));
  });
});

describe('typed ahead while something else had the terminal', () => {
  for (const [what, typed] of [
    ['arrows and Enter', `${keys.down}${keys.down}\r`],
    ['Enter', '\r\r'],
    ['a number and Enter', '3\r'],
    ['an unfinished line', '33jj'],
    ['Esc', keys.escape],
    ['a word', 'yes\r'],
  ] as const)
    it(`${what} neither answers nor moves the mark`, async () => {
      const box = sandbox();
      const go = `${box.root}/go`;
      const screen = terminal(node, [program('wait-then-put'), go], { env: box.env, cwd: box.project });
      await screen.waitFor('busy');
      // The mark after it comes back as an echo: then everything before has reached the terminal.
      screen.send(`${typed}%`);
      await screen.waitFor('%');
      box.write('../../go', '');
      await screen.waitFor(ready);
      expect(screen.screen()).toContain('❯ 1');
      screen.send(keys.enter);
      await screen.exited;
      expect(screen.history()).toContain(answered('venv'));
    });
});

describe('the ten traps of Ink', () => {
  for (const form of ['drawn', 'plain'])
    it(`1: Node does not go on reading the terminal: a child after the ${form} answer gets its line`, async () => {
      const screen = run('ask-then-child', [form]);
      for (const round of ['first', 'second']) {
        await screen.waitFor(form === 'plain' ? /q to leave:$/ : ready);
        screen.send('\r');
        await screen.waitFor(new RegExp(`${round} answer.*\\s+proceed\\?$`));
        screen.send('y\r');
        await screen.waitUntil((text) => text.split('child read <y>').length === (round === 'first' ? 2 : 3));
      }
      await screen.exited;
      expect(screen.history()).toContain(`second ${answered('venv')}`);
    });

  it('2: raw mode comes before the first frame: Ctrl-C at once is an answer and kills nobody', async () => {
    const screen = shell('"$NODE" "$FIXTURE"; echo "shell alive $?"', 'ask');
    await screen.waitUntil((text) => text.includes(headline));
    screen.send(keys.ctrlC);
    await screen.exited;
    expect(screen.history()).toContain(interrupted);
    expect(screen.history()).toContain('shell alive 0');
  });

  it('2: Enter at once is an early key or an answer, and the next one is never lost', async () => {
    const screen = run('ask');
    await screen.waitUntil((text) => text.includes(headline));
    screen.send(keys.enter);
    await screen.waitUntil((text) => text.includes(ready) || text.includes('answer'));
    if (!screen.history().includes('answer')) screen.send(keys.enter);
    await screen.exited;
    expect(screen.history()).toContain(answered('venv'));
  });

  it('3: the line chosen is the line marked, also for keys that come in one packet', async () => {
    const screen = run('ask');
    await screen.waitFor(ready);
    screen.send(`${keys.down}${keys.down}${keys.up}${keys.down}${keys.enter}`);
    await screen.exited;
    expect(screen.history()).toContain("✓ Install into Debian's Python");
    expect(screen.history()).toContain(answered('break-system-packages'));
  });

  it('4: the scrollback stays, however small the terminal is or becomes', async () => {
    const screen = shell('seq 1 60; "$NODE" "$FIXTURE"', 'ask', { rows: 14 });
    await screen.waitFor(ready);
    screen.send('d');
    await screen.waitFor('d hide');
    screen.resize(60, 6);
    await screen.waitFor(/❯ 1 {2}Use a virtual environment here\n {5}create/);
    screen.resize(100, 14);
    await screen.waitFor(ready);
    screen.send(keys.enter);
    await screen.exited;
    expect(screen.raw()).not.toMatch(/\x1b\[[23]J/);
    expect(screen.history()).toMatch(/^1\n2\n3\n4\n/);
  });

  it('4: a terminal that says it has no size is drawn on as if it had 80 columns', async () => {
    const screen = shell('stty rows 0 columns 0; "$NODE" "$FIXTURE"', 'ask');
    await screen.waitFor(/❯ 1 {2}Use a virtual environment here {3}create/);
    await screen.waitFor(ready);
    screen.send(keys.enter);
    await screen.exited;
    expect(screen.history()).toContain(answered('venv'));
  });

  it('5: colours follow stderr: they are there with stdout in a pipe', async () => {
    const screen = shell('"$NODE" "$FIXTURE" | cat', 'ask');
    await screen.waitFor(ready);
    screen.send(keys.enter);
    await screen.exited;
    expect(screen.raw()).toMatch(/\x1b\[36m/);
    expect(screen.history()).toContain(answered('venv'));
  });

  it('5: NO_COLOR is honoured: not one byte of colour or weight', async () => {
    const screen = run('put', [], { env: { NO_COLOR: '1' } });
    await screen.waitFor(ready);
    screen.send('d');
    await screen.waitFor('d hide');
    screen.send('?');
    await screen.waitFor('any key');
    screen.send('x');
    await screen.waitFor(ready);
    screen.send(keys.enter);
    await screen.exited;
    expect(screen.raw()).not.toMatch(/\x1b\[[0-9;]*m/);
    expect(screen.history()).toContain(answered('venv'));
  });

  for (const [what, surroundings] of [
    ['TERM=dumb', { env: { TERM: 'dumb' } }],
    ['ACCESSIBLE=1', { env: { ACCESSIBLE: '1' } }],
    ['too few rows', { rows: 10 }],
    ['too few columns', { columns: 19 }],
  ] as const)
    it(`6: ${what}: the plain prompt, without a single escape sequence`, async () => {
      const screen = run('put', [], surroundings);
      await screen.waitFor(/leave:$/);
      screen.send('1\r');
      await screen.exited;
      expect(screen.raw()).not.toContain('\x1b');
      expect(screen.history().replaceAll('\n', '')).toContain(answered('venv'));
    });

  for (const value of ['', 'no', '0'])
    it(`6: CI=${value} blanks nothing`, async () => {
      const screen = run('ask', [], { env: { CI: value } });
      await screen.waitFor(ready);
      screen.send(keys.enter);
      await screen.exited;
      expect(screen.history()).toContain(answered('venv'));
    });

  it('7: draining does not stop the reading: the prompt waits, and answers', async () => {
    const screen = shell('"$NODE" "$FIXTURE"; echo "ended $?"', 'ask');
    await screen.waitFor(ready);
    screen.send('?');
    await screen.waitFor('any key: back');
    expect(screen.history()).not.toContain('ended');
    screen.send(keys.enter);
    await screen.waitFor(ready);
    screen.send(keys.enter);
    await screen.exited;
    expect(screen.history()).toContain(answered('venv'));
  });

  it('8: stdin is no terminal: nothing is drawn, nothing is thrown, and its end leaves', async () => {
    const screen = shell(': | "$NODE" "$FIXTURE"; echo "ended $?"', 'ask');
    await screen.exited;
    expect(screen.raw()).not.toContain('\x1b');
    expect(screen.history()).toContain(left);
    expect(screen.history()).toContain('ended 0');
  });

  it('9: what is printed on stdout meanwhile goes to stdout', async () => {
    const screen = shell('"$NODE" "$FIXTURE" >out; echo "out holds: $(cat out)"', 'ask-with-console');
    await screen.waitFor(ready);
    process.kill(pidIn(screen), 'SIGUSR2');
    await screen.waitUntil((text) => text.includes('printed'));
    screen.send(keys.enter);
    await screen.exited;
    expect(screen.history()).toContain('out holds: for stdout');
  });

  it('10: an arrow key torn in two is an Esc at worst, and Esc changes nothing', async () => {
    const screen = run('ask');
    await screen.waitFor(ready);
    screen.send(keys.escape);
    await screen.waitUntil((text) => text.includes(left));
    screen.send('[A');
    await screen.exited;
    expect(screen.history()).not.toContain('chosen');
  });
});

describe('the terminal', () => {
  it('is drawn anew when it becomes narrower and wider', async () => {
    const screen = run('ask', [], { columns: 120 });
    await screen.waitFor(ready);
    screen.resize(40, 40);
    await screen.waitFor(/2 {2}Install Debian's packages\n {5}python3-requests/);
    screen.resize(100, 40);
    await screen.waitFor(/2 {2}Install Debian's packages {8}python3-requests/);
    screen.send(keys.enter);
    await screen.exited;
    expect(screen.history()).toContain(answered('venv'));
  });

  it('is written on in ASCII where the locale has no more', async () => {
    const screen = run('put', [], { env: { LANG: 'C' } });
    await screen.waitFor(ready);
    screen.send(keys.enter);
    await screen.exited;
    expect(screen.history()).toContain('* Use a virtual environment here');
    expect(screen.raw()).not.toMatch(/[^\x00-\x7f]/);
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)
    it(`is put back when ${signal} ends us, and the signal is what ended us`, async () => {
      const screen = shell('trap : INT; "$NODE" "$FIXTURE"; echo "ended $?"; stty -a', 'ask');
      await screen.waitFor(ready);
      process.kill(pidIn(screen), signal);
      await screen.exited;
      const numbers = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 };
      expect(screen.history()).toContain(`ended ${numbers[signal]}`);
      expectUsable(screen);
    });

  it('is put back when a component throws, and the question is asked plainly', async () => {
    const screen = shell('"$NODE" "$FIXTURE"; echo "ended $?"; stty -a', 'ask-and-throw');
    await screen.waitFor(ready);
    screen.send('?');
    await screen.waitFor(/q to leave:$/);
    // Something has to hold the process until the person has typed.
    process.kill(pidIn(screen), 'SIGUSR2');
    await screen.waitUntil((text) => /kept alive by .*TTYWrap/.test(text));
    screen.send('1\r');
    await screen.exited;
    expect(screen.history()).toContain(answered('venv'));
    expect(screen.history()).not.toContain('a fault of ours');
    expectUsable(screen);
  });

  it('may go away: then nobody waits for an answer that cannot come', async () => {
    // In a session of its own, so that no SIGHUP comes and only reading and writing tell.
    const box = sandbox({ NODE: node, FIXTURE: program('ask') });
    const line = 'tty=$(tty); mkfifo out; echo made; setsid "$NODE" "$FIXTURE" <"$tty" >out & read -r line';
    const screen = terminal('sh', ['-c', line], { env: box.env, cwd: box.project });
    await screen.waitFor('made');
    const printed = readFile(`${box.project}/out`, 'utf8');
    await screen.waitFor(ready);
    screen.kill('SIGKILL');
    expect(await printed).toContain(left);
  });

  it('is not touched by warming up, which ends by itself', async () => {
    const screen = shell('"$NODE" "$FIXTURE"; echo "ended $?"', 'warm-only');
    await screen.exited;
    expect(screen.raw()).toBe('stdin read false\r\nended 0\r\n');
  });
});
