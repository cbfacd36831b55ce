import { render } from 'ink-testing-library';
import { describe, expect, it, vi } from 'vitest';
import { Prompt } from '../../src/prompt/Prompt.tsx';
import type { Answer, Question } from '../../src/prompt/question.ts';
import { keys } from '../support/terminal.ts';
import { shop, shopInShell } from './questions.ts';

// Ink draws nothing until the end where CI is set, and looks when it is loaded; the program's own bundle never looks.
vi.hoisted(() => {
  delete process.env['CI'];
  delete process.env['CONTINUOUS_INTEGRATION'];
});

interface Shown {
  readonly answers: Answer[];
  frame(): string;
  /** The one answer given, once it is given. */
  answer(): Promise<Answer | undefined>;
  /** Waits for the frame to show something, and returns it. */
  frameWith(wanted: string): Promise<string>;
  /** Presses keys, each packet by itself, once the prompt is listening to its stdin. */
  press(...packets: string[]): Promise<void>;
  resize(columns: number, rows: number): void;
}

function show(question: Question = shop, columns = 80, rows = 40, { unicode = true, quiet = 0 } = {}): Shown {
  const answers: Answer[] = [];
  const onAnswer = (answer: Answer) => answers.push(answer);
  const element = (width: number, height: number) => (
    <Prompt
      question={question}
      columns={width}
      rows={height}
      unicode={unicode}
      quiet={quiet}
      onAnswer={onAnswer}
    />
  );
  const app = render(element(columns, rows));
  const frame = () => (app.lastFrame() ?? '').replace(/ +$/gm, '').trimEnd();
  return {
    answers,
    frame,
    frameWith(wanted) {
      return vi.waitFor(() => {
        expect(frame()).toContain(wanted);
        return frame();
      });
    },
    async answer() {
      await vi.waitUntil(() => answers.length > 0);
      expect(answers).toHaveLength(1);
      return answers[0];
    },
    async press(...packets) {
      for (const packet of packets) {
        await vi.waitUntil(() => app.stdin.listenerCount('readable') > 0 || answers.length > 0);
        app.stdin.write(packet);
      }
      // A lone Esc is told from the start of an arrow key one turn later.
      await new Promise(setImmediate);
    },
    resize: (width, height) => app.rerender(element(width, height)),
  };
}

describe('the frame', () => {
  it('at 80 columns has the details beside the titles', () => {
    expect(show(shop, 80).frame()).toMatchInlineSnapshot(`
      "This Python belongs to Debian, so pip may not change it (PEP 668).

        pip install requests flask   in ~/work/shop

      ❯ 1  Use a virtual environment here   create ~/work/shop/.venv · Python 3.11.2
                                            recommended: pyproject.toml here
        2  Install Debian's packages        python3-requests 2.28.1, python3-flask
                                            2.2.2 · sudo
        –  Install as an app with pipx      requests has no commands to run
        3  Install into Debian's Python     --break-system-packages · can break apt
        4  Leave it                         show pip's message

        enter run · r remember for ~/work/shop: yes · d commands · ? help · esc leave"
    `);
  });

  it('at 200 columns has the recommendation beside the detail', () => {
    expect(show(shop, 200).frame()).toMatchInlineSnapshot(`
      "This Python belongs to Debian, so pip may not change it (PEP 668).

        pip install requests flask   in ~/work/shop

      ❯ 1  Use a virtual environment here   create ~/work/shop/.venv · Python 3.11.2   recommended: pyproject.toml here
        2  Install Debian's packages        python3-requests 2.28.1, python3-flask 2.2.2 · sudo
        –  Install as an app with pipx      requests has no commands to run
        3  Install into Debian's Python     --break-system-packages · can break apt
        4  Leave it                         show pip's message

        enter run · r remember for ~/work/shop: yes · d commands · ? help · esc leave"
    `);
  });

  it('at 40 columns has the details under the titles', () => {
    expect(show(shop, 40).frame()).toMatchInlineSnapshot(`
      "This Python belongs to Debian, so pip
      may not change it (PEP 668).

        pip install requests flask
        in ~/work/shop

      ❯ 1  Use a virtual environment here
           create ~/work/shop/.venv · Python
           3.11.2
           recommended: pyproject.toml here
        2  Install Debian's packages
           python3-requests 2.28.1,
           python3-flask 2.2.2 · sudo
        –  Install as an app with pipx
           requests has no commands to run
        3  Install into Debian's Python
           --break-system-packages · can
           break apt
        4  Leave it
           show pip's message

        enter run · r remember: yes
        d commands · ? help · esc leave"
    `);
  });

  it('at 24 columns still says everything', () => {
    expect(show(shop, 24).frame()).toMatchInlineSnapshot(`
      "This Python belongs to
      Debian, so pip may not
      change it (PEP 668).

        pip install
          requests flask
        in ~/work/shop

      ❯ 1  Use a virtual
           environment here
           create
           ~/work/shop/.venv
           · Python 3.11.2
           recommended:
           pyproject.toml
           here
        2  Install Debian's
           packages
           python3-requests
           2.28.1,
           python3-flask
           2.2.2 · sudo
        –  Install as an app
           with pipx
           requests has no
           commands to run
        3  Install into
           Debian's Python
           --break-system-pac
           kages · can break
           apt
        4  Leave it
           show pip's message

        enter run
        r remember: yes
        d commands · ? help
        esc leave"
    `);
  });

  it('in 13 rows explains only the marked line', async () => {
    const shown = show(shop, 60, 13);
    expect(shown.frame()).toMatchInlineSnapshot(`
      "This Python belongs to Debian, so pip may not change it (P…
        pip install requests flask in ~/work/shop
      ❯ 1  Use a virtual environment here
           create ~/work/shop/.venv · Python 3.11.2
           recommended: pyproject.toml here
        2  Install Debian's packages
        –  Install as an app with pipx
        3  Install into Debian's Python
        4  Leave it
        enter run · r remember: yes · d commands · ? help
        esc leave"
    `);
    await shown.press(keys.down);
    expect(await shown.frameWith('❯ 2')).toMatchInlineSnapshot(`
      "This Python belongs to Debian, so pip may not change it (P…
        pip install requests flask in ~/work/shop
        1  Use a virtual environment here
      ❯ 2  Install Debian's packages
           python3-requests 2.28.1, python3-flask 2.2.2 · sudo
        –  Install as an app with pipx
        3  Install into Debian's Python
        4  Leave it
        enter run · r remember: yes · d commands · ? help
        esc leave"
    `);
  });

  it('says what went wrong the last time', () => {
    const notice = 'httpx has no commands to run, so pipx installed nothing.';
    expect(show({ ...shop, notice }, 80).frame()).toMatchInlineSnapshot(`
      "This Python belongs to Debian, so pip may not change it (PEP 668).

      ! httpx has no commands to run, so pipx installed nothing.

        pip install requests flask   in ~/work/shop

      ❯ 1  Use a virtual environment here   create ~/work/shop/.venv · Python 3.11.2
                                            recommended: pyproject.toml here
        2  Install Debian's packages        python3-requests 2.28.1, python3-flask
                                            2.2.2 · sudo
        –  Install as an app with pipx      requests has no commands to run
        3  Install into Debian's Python     --break-system-packages · can break apt
        4  Leave it                         show pip's message

        enter run · r remember for ~/work/shop: yes · d commands · ? help · esc leave"
    `);
  });

  it('in ASCII, where the locale has no more', () => {
    expect(show(shop, 80, 40, { unicode: false }).frame()).toMatchInlineSnapshot(`
      "This Python belongs to Debian, so pip may not change it (PEP 668).

        pip install requests flask   in ~/work/shop

      > 1  Use a virtual environment here   create ~/work/shop/.venv - Python 3.11.2
                                            recommended: pyproject.toml here
        2  Install Debian's packages        python3-requests 2.28.1, python3-flask
                                            2.2.2 - sudo
        -  Install as an app with pipx      requests has no commands to run
        3  Install into Debian's Python     --break-system-packages - can break apt
        4  Leave it                         show pip's message

        enter run - r remember for ~/work/shop: yes - d commands - ? help - esc leave"
    `);
  });

  it('after d shows the exact commands of the marked line', async () => {
    const shown = show(shop, 80);
    await shown.press('d');
    expect(await shown.frameWith('Enter runs:')).toMatchInlineSnapshot(`
      "This Python belongs to Debian, so pip may not change it (PEP 668).

        pip install requests flask   in ~/work/shop

      ❯ 1  Use a virtual environment here   create ~/work/shop/.venv · Python 3.11.2
                                            recommended: pyproject.toml here
        2  Install Debian's packages        python3-requests 2.28.1, python3-flask
                                            2.2.2 · sudo
        –  Install as an app with pipx      requests has no commands to run
        3  Install into Debian's Python     --break-system-packages · can break apt
        4  Leave it                         show pip's message

        Enter runs:
          $ /usr/bin/python3 -m venv --without-pip .venv
          $ .venv/bin/python /usr/lib/python3/dist-packages/pip/__pip-runner__.py
            install requests flask

        enter run · r remember for ~/work/shop: yes · d hide · ? help · esc leave"
    `);
    await shown.press(keys.down);
    expect(await shown.frameWith('❯ 2')).toMatchInlineSnapshot(`
      "This Python belongs to Debian, so pip may not change it (PEP 668).

        pip install requests flask   in ~/work/shop

        1  Use a virtual environment here   create ~/work/shop/.venv · Python 3.11.2
                                            recommended: pyproject.toml here
      ❯ 2  Install Debian's packages        python3-requests 2.28.1, python3-flask
                                            2.2.2 · sudo
        –  Install as an app with pipx      requests has no commands to run
        3  Install into Debian's Python     --break-system-packages · can break apt
        4  Leave it                         show pip's message

        Enter runs:
          $ sudo apt-get install python3-requests python3-flask

        enter run · r remember for ~/work/shop: yes · d hide · ? help · esc leave"
    `);
  });

  it('after ? says of a question after an installation only what is so there', async () => {
    const shown = show({ ...shop, follows: true });
    await shown.press('?');
    const help = await shown.frameWith('any key: back');
    expect(help).toMatch(/^ +\? +explain the question$/m);
    expect(help).toMatch(/^ +esc q +leave it as it is$/m);
  });

  it('after ? explains, and goes back on any key without taking it for an answer', async () => {
    const shown = show(shop, 80);
    await shown.press('?');
    expect(await shown.frameWith('any key: back')).toMatchInlineSnapshot(`
      "  Debian installs Python packages with apt. pip would overwrite its files, so
        Debian told pip to refuse (PEP 668). Nothing has been changed so far.

        A virtual environment is a directory with packages of its own: what is
        installed there is seen by this project only.

        ↑ ↓ j k  mark another line
        1-4      mark that line
        enter    run what is marked
        r        remember the answer for ~/work/shop after a success, or not
        d        show the exact commands of the marked line, or hide them
        ?        explain the question, and show what your system says about it
        esc q    leave: you get pip's own message and exit code
        ctrl-c   stop, with exit code 130

        any key: back"
    `);
    for (const key of ['x', keys.enter, keys.escape, keys.down, ' ']) {
      await shown.press(key);
      await shown.frameWith('❯ 1');
      expect(shown.answers).toEqual([]);
      await shown.press('?');
      await shown.frameWith('any key: back');
    }
  });

  it('does not speak of remembering where nothing can be remembered', async () => {
    const { rememberFor: _, ...question } = shop;
    const shown = show(question, 80);
    expect(shown.frame()).toMatch(/enter run · d commands/);
    await shown.press('r', keys.enter);
    expect(await shown.answer()).toEqual({ kind: 'chosen', id: 'venv', remember: false });
  });

  it('asks which shells are put into the environment, where that can be done', async () => {
    const shown = show(shopInShell(), 80);
    expect(shown.frame()).toContain('a activate: always here');
    await shown.press('a');
    await shown.frameWith('a activate: this once');
    await shown.press('a');
    await shown.frameWith('a activate: not');
    await shown.press(keys.down);
    await shown.frameWith('❯ 2');
    expect(shown.frame()).not.toContain('activate');
    await shown.press('a', keys.up);
    await shown.frameWith('a activate: not');
    await shown.press(keys.enter);
    expect(await shown.answer()).toEqual({ kind: 'chosen', id: 'venv', remember: true, activate: 'no' });
  });

  it('says always only of what is remembered', async () => {
    const shown = show(shopInShell(), 80);
    await shown.press('r');
    await shown.frameWith('a activate: this once');
    await shown.press('r');
    await shown.frameWith('a activate: always here');
    await shown.press('r', keys.enter);
    expect(await shown.answer()).toEqual({ kind: 'chosen', id: 'venv', remember: false, activate: 'once' });
  });

  it('says what a does behind ?', async () => {
    const shown = show(shopInShell(), 80);
    await shown.press('?');
    await shown.frameWith('activate the environment: always');
  });

  it('follows the size of the terminal', async () => {
    const shown = show(shop, 200);
    await shown.press(keys.down);
    await shown.frameWith('❯ 2');
    shown.resize(40, 30);
    await shown.frameWith("❯ 2  Install Debian's packages\n     python3-requests 2.28.1,");
  });
});

describe('keys', () => {
  const rows: readonly (readonly [what: string, packets: readonly string[], answer: Answer])[] = [
    ['Enter takes what is marked first', ['\r'], { kind: 'chosen', id: 'venv', remember: true }],
    ['↓ marks the next', [keys.down, '\r'], { kind: 'chosen', id: 'system-package', remember: true }],
    [
      '↓ steps over what is unavailable',
      [keys.down, keys.down, '\r'],
      { kind: 'chosen', id: 'break-system-packages', remember: true },
    ],
    ['↑ from the first goes to the last', [keys.up, '\r'], { kind: 'chosen', id: 'none', remember: true }],
    ['j and k are ↓ and ↑', ['j', 'j', 'k', '\r'], { kind: 'chosen', id: 'system-package', remember: true }],
    [
      'Tab and Shift-Tab too',
      ['\t', '\t', '\x1b[Z', '\r'],
      { kind: 'chosen', id: 'system-package', remember: true },
    ],
    [
      'Ctrl-N and Ctrl-P too',
      ['\x0e', '\x0e', '\x10', '\r'],
      { kind: 'chosen', id: 'system-package', remember: true },
    ],
    ['End goes to the last', ['\x1b[F', '\r'], { kind: 'chosen', id: 'none', remember: true }],
    ['Home to the first', [keys.up, '\x1b[H', '\r'], { kind: 'chosen', id: 'venv', remember: true }],
    ['a digit marks its line', ['3', '\r'], { kind: 'chosen', id: 'break-system-packages', remember: true }],
    ['a digit without a line marks none', ['9', '\r'], { kind: 'chosen', id: 'venv', remember: true }],
    [
      'a is no key where no shell can be put anywhere',
      ['a', '\r'],
      { kind: 'chosen', id: 'venv', remember: true },
    ],
    ['r forgets', ['r', '\r'], { kind: 'chosen', id: 'venv', remember: false }],
    ['r twice remembers', ['r', 'R', '\r'], { kind: 'chosen', id: 'venv', remember: true }],
    ['d changes no answer', ['d', '\r'], { kind: 'chosen', id: 'venv', remember: true }],
    ['Esc leaves', [keys.escape], { kind: 'left' }],
    ['q leaves', ['q'], { kind: 'left' }],
    ['Ctrl-D leaves', ['\x04'], { kind: 'left' }],
    ['Ctrl-C interrupts', ['\x03'], { kind: 'interrupted' }],
    ['Ctrl-\\ quits', ['\x1c'], { kind: 'quit' }],
    ['Ctrl-C interrupts reading the help too', ['?', '\x03'], { kind: 'interrupted' }],
    [
      'keys of one packet count in their order',
      ['jj\r'],
      { kind: 'chosen', id: 'break-system-packages', remember: true },
    ],
    ['a pasted text is no key', ['pip install jq\r', '\r'], { kind: 'chosen', id: 'venv', remember: true }],
    [
      'other keys do nothing',
      ['x', '\x1a', '\x1bj', '\x1b[5~', '\x1b[C', '\n', '\r'],
      { kind: 'chosen', id: 'venv', remember: true },
    ],
  ];
  it.each(rows)('%s', async (_, packets, answer) => {
    const shown = show();
    await shown.press(...packets);
    expect(await shown.answer()).toEqual(answer);
  });

  it('count once: what is pressed after the answer changes nothing', async () => {
    const shown = show();
    await shown.press('\rj\r');
    expect(await shown.answer()).toEqual({ kind: 'chosen', id: 'venv', remember: true });
    expect(shown.frame()).toBe('✓ Use a virtual environment here');
  });

  it('do not count yet while the first frame is being read, but Ctrl-C does', async () => {
    const never = 2 ** 31 - 1;
    const shown = show(shop, 80, 40, { quiet: never });
    await shown.press('j', '3', '\r', keys.escape, 'q', '?', 'd', 'r');
    expect(shown.answers).toEqual([]);
    expect(shown.frame()).toContain('❯ 1');
    expect(shown.frame()).not.toContain('enter run');
    await shown.press('\x03');
    expect(await shown.answer()).toEqual({ kind: 'interrupted' });
  });

  it('are named the moment they count', async () => {
    const shown = show(shop, 80, 40, { quiet: 1 });
    await shown.frameWith('enter run');
    await shown.press('\r');
    expect(await shown.answer()).toEqual({ kind: 'chosen', id: 'venv', remember: true });
  });
});

describe('the closing line', () => {
  it.each([
    ['what was chosen', '\r', '✓ Use a virtual environment here'],
    ['leaving', keys.escape, '– Left as it is'],
    ['leaving by its line', '4\r', '– Left as it is'],
    ['stopping', '\x03', '– Stopped'],
  ])('tells of %s', async (_, packet, line) => {
    const shown = show();
    await shown.press(packet);
    await shown.answer();
    expect(shown.frame()).toBe(line);
  });
});

describe('a question nobody foresaw', () => {
  it('marks the first that can be taken when the preselected one cannot', async () => {
    const shown = show({ ...shop, preselected: 2 });
    await shown.press('\r');
    expect(await shown.answer()).toEqual({ kind: 'chosen', id: 'venv', remember: true });
  });

  it('without a single way leaves', async () => {
    const shown = show({ ...shop, options: shop.options.slice(2, 3), preselected: 0 });
    await shown.press(keys.down, '1', '\r');
    expect(await shown.answer()).toEqual({ kind: 'left' });
  });
});
