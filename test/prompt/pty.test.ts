import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { keys } from '../support/terminal.ts';
import { finished, isUsable, onTerminal, pidIn, type Surroundings } from './on-terminal.ts';
import { programs } from './program.ts';

/** The bundle as it is shipped, in a real terminal. `headline` shows from the first frame on, `ready` once keys count. */
const headline = 'This Python belongs to Debian';
const ready = 'enter run';

let program: (name: string) => string;
beforeAll(async () => {
  program = await programs();
});

/** One fixture program alone on a terminal. */
const run = (name: string, args: readonly string[] = [], { env = {}, ...size }: Surroundings = {}) =>
  onTerminal(program(name), { env: { ...env, ARGS: args.join(' ') }, ...size });

/** A shell line around one. */
const shell = (line: string, name: string, surroundings: Surroundings = {}) =>
  onTerminal(program(name), surroundings, line);

const answered = (id: string, remember = true) =>
  `answer {"kind":"chosen","id":"${id}","remember":${remember}}`;
const left = 'answer {"kind":"left"}';
const interrupted = 'answer {"kind":"interrupted"}';

describe('an answer', () => {
  it('is the marked line on Enter, and one line of it stays in place of the frame', async () => {
    const screen = run('ask');
    await screen.waitFor(ready);
    screen.send(keys.enter);
    await finished(screen);
    expect(screen.history()).toMatch(/^pid \d+\.\n✓ Use a virtual environment here\nanswer .*\nended 0\n/);
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
    await finished(screen);
    expect(screen.history()).toContain(answered('system-package', false));
  });

  it('is never given by a digit alone', async () => {
    const screen = run('ask');
    await screen.waitFor(ready);
    screen.send('3');
    await screen.waitFor("❯ 3  Install into Debian's Python");
    screen.send(keys.escape);
    await finished(screen);
    expect(screen.history()).toContain('– Left as it is');
    expect(screen.history()).toContain(left);
  });

  it('is "interrupted" on Ctrl-C, and the shell that waits for us goes on', async () => {
    const screen = run('ask');
    await screen.waitFor(ready);
    screen.send(keys.ctrlC);
    await finished(screen);
    expect(screen.history()).toContain(interrupted);
    expect(screen.history()).toContain('ended 0');
  });

  it('is "quit" on Ctrl-\\', async () => {
    const screen = run('ask');
    await screen.waitFor(ready);
    screen.send(keys.ctrlBackslash);
    await finished(screen);
    expect(screen.history()).toContain('{"kind":"quit"}');
  });

  it('is not given by Ctrl-Z where nobody could start us again, and nothing stops', async () => {
    const screen = run('ask');
    await screen.waitFor(ready);
    screen.send(keys.ctrlZ);
    screen.send('2');
    await screen.waitFor('❯ 2');
    screen.send(keys.enter);
    await finished(screen);
    expect(screen.history()).toContain(answered('system-package'));
  });
});

describe('asked while pip is still running', () => {
  it('an answer waits for pip, visibly, and counts once pip has refused', async () => {
    const screen = run('ask-early');
    await screen.waitFor(ready);
    screen.send(keys.enter);
    await screen.waitFor(/✓ Use a virtual environment here\n {2}waiting for pip…/);
    process.kill(pidIn(screen), 'SIGUSR2');
    await finished(screen);
    expect(screen.history()).toMatch(
      /^before\npid \d+\.\n✓ Use a virtual environment here\nanswer .*\nended 0\n/,
    );
    expect(screen.history()).toContain(answered('venv'));
  });

  it('pip’s refusal in between is not seen', async () => {
    const screen = run('ask-early');
    await screen.waitFor(ready);
    process.kill(pidIn(screen), 'SIGUSR2');
    screen.send(keys.down);
    await screen.waitFor("❯ 2  Install Debian's packages");
    screen.send(keys.escape);
    await finished(screen);
    expect(screen.history()).toContain(left);
    expect(screen.history()).not.toContain('waiting for pip');
  });

  for (const [when, before] of [
    ['nothing was pressed', []],
    ['the help is open', ['?']],
    ['it was answered', [keys.enter]],
    ['it was left', [keys.escape]],
  ] as const)
    it(`a pip that does something else takes it off the screen without a trace: ${when}`, async () => {
      const screen = run('ask-early');
      await screen.waitFor(ready);
      for (const key of before) screen.send(key);
      if (before.length > 0) await screen.waitFor(before[0] === '?' ? 'any key: back' : 'waiting for pip');
      process.kill(pidIn(screen), 'SIGALRM');
      await finished(screen);
      expect(screen.history()).toMatch(/^before\npid \d+\.\nanswer \{"kind":"withdrawn"\}\nended 0\n/);
      expect(isUsable(screen)).toBe(true);
    });

  it('nor is there one where pip is done before the prompt could be loaded', async () => {
    const screen = run('ask-early');
    await screen.waitFor(headline);
    process.kill(pidIn(screen), 'SIGALRM');
    await finished(screen);
    expect(screen.history()).toMatch(/^before\npid \d+\.\nanswer \{"kind":"withdrawn"\}\nended 0\n/);
  });

  it('whoever has answered and presses Ctrl-C does not wait for pip', async () => {
    const screen = run('ask-early');
    await screen.waitFor(ready);
    screen.send(keys.enter);
    await screen.waitFor('waiting for pip');
    screen.send(keys.ctrlC);
    await finished(screen);
    expect(screen.history()).toContain(interrupted);
    expect(screen.history()).toContain('– Stopped');
  });

  it('a terminal that cannot be drawn on is asked once pip has refused', async () => {
    const screen = run('ask-early', [], { env: { TERM: 'dumb' } });
    const seen = screen.waitFor(/pid \d+\./);
    await seen;
    process.kill(pidIn(screen), 'SIGUSR2');
    await screen.waitFor(/q to leave:$/);
    screen.send('\r');
    await finished(screen);
    expect(screen.history()).toContain(answered('venv'));
  });
});

describe('between the answer and the child that follows', () => {
  for (const [moment, ending] of [
    ['before', [interrupted, 'ended 0']],
    ['after', ['ended 130']],
  ] as const)
    it(`a Ctrl-C that comes ${moment} raw mode ends is heard, though nobody reads`, async () => {
      const screen = shell(`trap : INT; "$NODE" "$FIXTURE" ${moment}`, 'ask-held');
      await screen.waitFor(ready);
      screen.send(keys.enter);
      await screen.waitFor('held');
      screen.send(keys.ctrlC);
      await finished(screen);
      for (const word of ending) expect(screen.history()).toContain(word);
      expect(isUsable(screen)).toBe(true);
    });

  it('the terminal makes signals again, however long it takes', async () => {
    const screen = run('ask-held', ['long']);
    await screen.waitFor(ready);
    screen.send(keys.enter);
    await finished(screen);
    expect(screen.history()).toMatch(/answer .*\nicanon\n/);
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
      const screen = run('wait-then-show-prompt', ['go']);
      await screen.waitFor('busy');
      // The mark after it comes back as an echo: then everything before has reached the terminal.
      screen.send(`${typed}%`);
      await screen.waitFor('%');
      screen.box.write('go', '');
      await screen.waitFor(ready);
      expect(screen.screen()).toContain('❯ 1');
      screen.send(keys.enter);
      await finished(screen);
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
      await finished(screen);
      expect(screen.history()).toContain(`second ${answered('venv')}`);
    });

  it.each([
    ['Ctrl-C', keys.ctrlC, interrupted],
    ['Ctrl-\\', keys.ctrlBackslash, 'answer {"kind":"quit"}'],
  ])(
    '2: raw mode comes before the first frame: %s at once is an answer and kills nobody',
    async (_key, pressed, kind) => {
      const screen = run('ask');
      await screen.waitUntil((text) => text.includes(headline));
      screen.send(pressed);
      await finished(screen);
      expect(screen.history()).toContain(kind);
      expect(screen.history()).toContain('ended 0');
    },
  );

  it('2: Enter at once is an early key or an answer, and the next one is never lost', async () => {
    const screen = run('ask');
    await screen.waitUntil((text) => text.includes(headline));
    screen.send(keys.enter);
    await screen.waitUntil((text) => text.includes(ready) || text.includes('answer'));
    if (!screen.history().includes('answer')) screen.send(keys.enter);
    await finished(screen);
    expect(screen.history()).toContain(answered('venv'));
  });

  it('3: the line chosen is the line marked, also for keys that come in one packet', async () => {
    const screen = run('ask');
    await screen.waitFor(ready);
    screen.send(`${keys.down}${keys.down}${keys.up}${keys.down}${keys.enter}`);
    await finished(screen);
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
    await finished(screen);
    expect(screen.raw()).not.toMatch(/\x1b\[[23]J/);
    expect(screen.history()).toMatch(/^1\n2\n3\n4\n/);
  });

  it('4: a terminal that says it has no size is drawn on as if it had 80 columns', async () => {
    const screen = shell('stty rows 0 columns 0; "$NODE" "$FIXTURE"', 'ask');
    await screen.waitFor(/❯ 1 {2}Use a virtual environment here {3}create/);
    await screen.waitFor(ready);
    screen.send(keys.enter);
    await finished(screen);
    expect(screen.history()).toContain(answered('venv'));
  });

  it('5: colours follow stderr: they are there with stdout in a pipe', async () => {
    const screen = shell('"$NODE" "$FIXTURE" | cat', 'ask');
    await screen.waitFor(ready);
    screen.send(keys.enter);
    await finished(screen);
    expect(screen.raw()).toMatch(/\x1b\[36m/);
    expect(screen.history()).toContain(answered('venv'));
  });

  it('5: NO_COLOR is honoured: not one byte of colour or weight', async () => {
    const screen = run('show-prompt', [], { env: { NO_COLOR: '1' } });
    await screen.waitFor(ready);
    screen.send('d');
    await screen.waitFor('d hide');
    screen.send('?');
    await screen.waitFor('any key');
    screen.send('x');
    await screen.waitFor(ready);
    screen.send(keys.enter);
    await finished(screen);
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
      const screen = run('show-prompt', [], surroundings);
      await screen.waitFor(/leave:$/);
      screen.send('1\r');
      await finished(screen);
      expect(screen.raw()).not.toContain('\x1b');
      expect(screen.history().replaceAll('\n', '')).toContain(answered('venv'));
    });

  for (const value of ['', 'no', '0'])
    it(`6: CI=${value} blanks nothing`, async () => {
      const screen = run('ask', [], { env: { CI: value } });
      await screen.waitFor(ready);
      screen.send(keys.enter);
      await finished(screen);
      expect(screen.history()).toContain(answered('venv'));
    });

  it('7: draining does not stop the reading: the prompt waits, and answers', async () => {
    const screen = run('ask');
    await screen.waitFor(ready);
    screen.send('?');
    await screen.waitFor('any key: back');
    expect(screen.history()).not.toContain('ended');
    screen.send(keys.enter);
    await screen.waitFor(ready);
    screen.send(keys.enter);
    await finished(screen);
    expect(screen.history()).toContain(answered('venv'));
  });

  it('8: stdin is no terminal: nothing is drawn, nothing is thrown, and its end leaves', async () => {
    const screen = shell(': | "$NODE" "$FIXTURE"', 'ask');
    await finished(screen);
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
    await finished(screen);
    expect(screen.history()).toContain('out holds: for stdout');
  });

  it('10: an arrow key torn in two is an Esc at worst, and Esc changes nothing', async () => {
    const screen = run('ask');
    await screen.waitFor(ready);
    screen.send(keys.escape);
    await screen.waitUntil((text) => text.includes(left));
    screen.send('[A');
    await finished(screen);
    expect(screen.history()).not.toContain('chosen');
  });
});

describe('the terminal', () => {
  it('is taken back when another program has put it into its usual mode, as a Node that ends does', async () => {
    const line =
      '(until [ -e go ]; do sleep 0.02; done; stty sane </dev/tty; : >gone) & "$NODE" "$FIXTURE" $ARGS';
    const screen = shell(line, 'ask');
    await screen.waitFor(ready);
    screen.box.write('go', '');
    while (!screen.box.exists('gone')) await new Promise((resolve) => setTimeout(resolve, 10));
    screen.send(keys.down);
    await screen.waitFor("❯ 2  Install Debian's packages", 10_000);
    screen.send(keys.up);
    await screen.waitFor('❯ 1', 10_000);
    screen.send(keys.enter);
    await finished(screen);
    expect(screen.history()).toContain(answered('venv'));
    expect(isUsable(screen)).toBe(true);
  });

  it('in its usual mode has Enter as a newline, which counts as Enter', async () => {
    const screen = run('ask');
    await screen.waitFor(ready);
    screen.send('j\n');
    await finished(screen);
    expect(screen.history()).toContain(answered('system-package'));
  });

  it('has a Ctrl-C that comes right after Enter heard as one', async () => {
    const screen = run('ask');
    await screen.waitFor(ready);
    screen.send(`${keys.enter}${keys.ctrlC}`);
    await finished(screen);
    expect(screen.history()).toContain(interrupted);
  });

  it('is drawn anew when it becomes narrower and wider', async () => {
    const screen = run('ask', [], { columns: 120 });
    await screen.waitFor(ready);
    screen.resize(40, 40);
    await screen.waitFor(/2 {2}Install Debian's packages\n {5}python3-requests/);
    screen.resize(100, 40);
    await screen.waitFor(/2 {2}Install Debian's packages {8}python3-requests/);
    screen.send(keys.enter);
    await finished(screen);
    expect(screen.history()).toContain(answered('venv'));
  });

  it('has the question on it once after Ctrl-Z and fg, and one line once it is answered', async () => {
    const screen = shell('set -m; "$NODE" "$FIXTURE"; echo stopped; fg >/dev/null', 'ask');
    await screen.waitFor(ready);
    screen.send(keys.ctrlZ);
    await screen.waitFor(/stopped[\s\S]*enter run/);
    // So long it takes until somebody whom the system did not stop goes on without SIGCONT.
    await new Promise((resolve) => setTimeout(resolve, 600));
    screen.send(keys.down);
    await screen.waitFor("❯ 2  Install Debian's packages");
    expect(screen.history().match(/enter run/g)).toHaveLength(1);
    screen.send(keys.enter);
    await finished(screen);
    expect(screen.history()).toMatch(/stopped\n+✓ Install Debian's packages\nanswer .*\nended 0\n/);
  });

  it('is written on in ASCII where the locale has no more', async () => {
    const screen = run('show-prompt', [], { env: { LANG: 'C' } });
    await screen.waitFor(ready);
    screen.send(keys.enter);
    await finished(screen);
    expect(screen.history()).toContain('* Use a virtual environment here');
    expect(screen.raw()).not.toMatch(/[^\x00-\x7f]/);
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)
    it(`is put back when ${signal} ends us, and the signal is what ended us`, async () => {
      const screen = shell('trap : INT; "$NODE" "$FIXTURE"', 'ask');
      await screen.waitFor(ready);
      process.kill(pidIn(screen), signal);
      await finished(screen);
      const numbers = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 };
      expect(screen.history()).toContain(`ended ${numbers[signal]}`);
      expect(isUsable(screen)).toBe(true);
    });

  it('is put back when a component throws, and the question is asked plainly', async () => {
    const screen = run('ask-and-throw');
    await screen.waitFor(ready);
    screen.send('?');
    await screen.waitFor(/q to leave:$/);
    // Something has to hold the process until the person has typed.
    process.kill(pidIn(screen), 'SIGUSR2');
    await screen.waitUntil((text) => /kept alive by .*TTYWrap/.test(text));
    screen.send('1\r');
    await finished(screen);
    expect(screen.history()).toContain(answered('venv'));
    expect(screen.history()).not.toContain('a fault of ours');
    expect(isUsable(screen)).toBe(true);
  });

  it('may go away: then nobody waits for an answer that cannot come', async () => {
    // In a session of its own, so that no SIGHUP comes and only reading and writing tell.
    const line = 'tty=$(tty); mkfifo out; echo made; setsid "$NODE" "$FIXTURE" <"$tty" >out & read -r line';
    const screen = shell(line, 'ask');
    await screen.waitFor('made');
    const printed = readFile(`${screen.box.project}/out`, 'utf8');
    await screen.waitFor(ready);
    screen.kill('SIGKILL');
    expect(await printed).toContain(left);
  });

  it('is not touched by warming up, which ends by itself', async () => {
    const screen = run('warm-only');
    await finished(screen);
    expect(screen.raw()).toMatch(/^stdin read false\r\nended 0\r\n/);
  });
});
