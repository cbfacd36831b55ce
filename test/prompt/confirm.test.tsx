import { render } from 'ink-testing-library';
import { describe, expect, it, vi } from 'vitest';
import { frame } from '../../src/prompt/frame.ts';
import { Prompt } from '../../src/prompt/Prompt.tsx';
import { plainAnswer, plainConfirmation } from '../../src/prompt/plain-answer.ts';
import type { Answer, Question } from '../../src/prompt/question.ts';
import { initialState, type State } from '../../src/prompt/state.ts';
import { keys } from '../support/terminal.ts';
import { shop } from './questions.ts';

/** A question whose dangerous option asks for a word. */
const question: Question = {
  ...shop,
  options: shop.options.map((option) =>
    option.id === 'break-system-packages'
      ? {
          ...option,
          confirm: 'break',
          warning:
            'It goes to /usr/local/lib/python3.11/dist-packages, for everybody. Programs of Debian find it there before the packages that apt gave them.',
          rememberOnlyIfAsked: true,
        }
      : option,
  ),
};
const at = question.options.findIndex((option) => option.id === 'break-system-packages');
const asked: State = { ...initialState(question), highlighted: at, confirming: 'bre' };

const text = (state: State, columns: number, rows = 40) =>
  frame(question, state, { columns, rows, unicode: true, listening: true })
    .map((spans) => spans.map((span) => span.text).join(''))
    .join('\n');

describe('the frame that asks for a word', () => {
  it('at 80 columns', () => {
    expect(text(asked, 80)).toMatchInlineSnapshot(`
      "This Python belongs to Debian, so pip may not change it (PEP 668).

        pip install requests flask   in ~/work/shop

        Install into Debian's Python
        It goes to /usr/local/lib/python3.11/dist-packages, for everybody. Programs
        of Debian find it there before the packages that apt gave them.

        To do it anyway, type break and enter: bre_
        esc back"
    `);
  });

  it('at 40 columns', () => {
    expect(text(asked, 40)).toMatchInlineSnapshot(`
      "This Python belongs to Debian, so pip
      may not change it (PEP 668).

        pip install requests flask
        in ~/work/shop

        Install into Debian's Python
        It goes to /usr/local/lib/python3.11/
        dist-packages, for everybody.
        Programs of Debian find it there
        before the packages that apt gave
        them.

        To do it anyway, type break and
        enter: bre_
        esc back"
    `);
  });

  it.each([5, 8, 12, 40])('in %i rows the word and what is typed stay in sight', (rows) => {
    const shown = text(asked, 80, rows);
    expect(shown.split('\n').length).toBeLessThan(rows);
    expect(shown).toContain('type break and enter: bre_');
  });
});

/** Presses packets of keys and says what came of it. */
async function press(...packets: string[]) {
  const answers: Answer[] = [];
  const app = render(
    <Prompt question={question} columns={80} rows={40} unicode quiet={0} onAnswer={(a) => answers.push(a)} />,
  );
  for (const packet of packets) {
    await vi.waitUntil(() => app.stdin.listenerCount('readable') > 0 || answers.length > 0);
    app.stdin.write(packet);
    await new Promise(setImmediate);
  }
  return { answers, frame: () => app.lastFrame() ?? '' };
}
const danger = '3';
const chosen = (remember: boolean) => [{ kind: 'chosen', id: 'break-system-packages', remember }];

describe('the word', () => {
  it.each<[string, string[], unknown[]]>([
    ['typed and entered', [danger, keys.enter, 'break', keys.enter], chosen(false)],
    [
      'letter by letter, one of them corrected',
      [danger, keys.enter, 'b', 'r', 'x', '\x7f', 'eak', keys.enter],
      chosen(false),
    ],
    ['in capitals', [danger, keys.enter, 'BREAK', keys.enter], chosen(false)],
    ['with r pressed on its line', [danger, 'r', keys.enter, 'break', keys.enter], chosen(true)],
    ['with r pressed, and again', [danger, 'r', 'r', keys.enter, 'break', keys.enter], chosen(false)],
    [
      'with r pressed on another line',
      ['1', 'r', 'r', danger, keys.enter, 'break', keys.enter],
      chosen(false),
    ],
    [
      'with r pressed, then elsewhere and back',
      [danger, 'r', '1', danger, keys.enter, 'break', keys.enter],
      chosen(false),
    ],
    ['ctrl-c while typing', [danger, keys.enter, 'bre', keys.ctrlC], [{ kind: 'interrupted' }]],
    [
      'then another way after Esc',
      [danger, keys.enter, 'bre', keys.escape, '1', keys.enter],
      [{ kind: 'chosen', id: 'venv', remember: true }],
    ],
  ])('%s', async (_, packets, wanted) => {
    const { answers } = await press(...packets);
    await vi.waitUntil(() => answers.length > 0);
    expect(answers).toEqual(wanted);
  });

  it.each<[string, string[]]>([
    ['Enter alone, however often', [keys.enter, keys.enter, keys.enter]],
    ['another word', ['yes', keys.enter]],
    ['pasted with its Enter', ['break\r']],
    ['letters that are keys elsewhere', ['d', 'r', '1', 'q', '?']],
  ])('%s does nothing', async (_, packets) => {
    const { answers, frame: shown } = await press(danger, keys.enter, ...packets);
    await vi.waitUntil(() => shown().includes('type break and enter'));
    expect(answers).toEqual([]);
    // It still listens: the word itself, once what was typed is taken away, goes on.
    const again = await press(danger, keys.enter, ...packets, keys.escape, keys.enter, 'break', keys.enter);
    await vi.waitUntil(() => again.answers.length > 0);
    expect(again.answers).toEqual(chosen(false));
  });
});

describe('in the plain prompt', () => {
  const option = question.options[at];
  it('choosing says what may follow and asks for the word', () => {
    const typed = plainAnswer(question, true, '3');
    expect(typed).toMatchObject({ confirming: { id: 'break-system-packages' } });
    expect('say' in typed && typed.say.join('\n')).toContain('type break (or "break r"');
  });

  it.each<[string, Record<string, unknown>]>([
    ['break', { answer: chosen(false)[0] }],
    [' Break ', { answer: chosen(false)[0] }],
    ['break r', { answer: chosen(true)[0] }],
    ['', { say: expect.arrayContaining(['Cancelled.']) }],
    ['y', { say: expect.arrayContaining(['Cancelled.']) }],
    ['break it', { say: expect.arrayContaining(['Cancelled.']) }],
  ])('%j', (typed, wanted) => {
    if (option === undefined) throw new Error('no such option');
    expect(plainConfirmation(question, true, option, typed)).toMatchObject(wanted);
  });
});

describe('a Ctrl-C that Ink reads while the question ends', () => {
  const moments: readonly (readonly [string, 'drawn' | 'answered', (press: () => void) => void])[] = [
    ['once the answer is drawn', 'drawn', (press) => press()],
    ['as the answer is given', 'answered', (press) => press()],
    ['a moment later', 'answered', (press) => queueMicrotask(press)],
    ['a turn later, if Ink still reads', 'answered', (press) => setImmediate(press)],
  ];
  it.each(moments)('%s: it is heard', async (_, moment, when) => {
    const answers: Answer[] = [];
    let pressed = false;
    let unread = false;
    const press = (at: typeof moment) => {
      if (at !== moment || pressed) return;
      pressed = true;
      when(() => {
        unread = app.stdin.listenerCount('readable') === 0;
        app.stdin.write(keys.ctrlC);
      });
    };
    const app = render(
      <Prompt
        question={shop}
        columns={80}
        rows={40}
        unicode
        quiet={0}
        onAnswer={(answer) => {
          answers.push(answer);
          press('answered');
        }}
      />,
    );
    await vi.waitUntil(() => app.stdin.listenerCount('readable') > 0);
    const { write } = app.stdout;
    app.stdout.write = (frame: string) => {
      write(frame);
      if (frame.includes('✓')) press('drawn');
    };
    app.stdin.write(keys.enter);
    await vi.waitFor(() => expect(unread || answers.at(-1)?.kind === 'interrupted').toBe(true));
  });
});
