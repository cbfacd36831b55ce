import { Box, Text, type TextProps, useApp, useInput } from 'ink';
import { createElement, useEffect, useReducer, useRef } from 'react';
import { closing, frame, waiting } from './frame.ts';
import { keysOf, typedOf } from './keys.ts';
import type { Line, Span, Tone } from './page.ts';
import type { Answer, PipState, Question } from './question.ts';
import { carried, initialState, type Key, press, type State } from './state.ts';

/** Everything the prompt needs; it reaches for no stream and no variable. */
export interface PromptProps {
  readonly question: Question;
  readonly columns: number;
  readonly rows: number;
  readonly unicode: boolean;
  /** For so many milliseconds after the first frame only Ctrl-C counts: what arrives then was typed before it was read. */
  readonly quiet: number;
  /** Nothing is to be seen for now: the shell has the terminal. */
  readonly away?: boolean;
  /** Nobody has pressed a key in the time there was: the question is left. */
  readonly overdue?: boolean;
  /** An answer given while pip is running waits for it. */
  readonly pip?: PipState;
  /** Ctrl-Z. */
  readonly onSuspend?: () => void;
  /** Called when the closing line stands; and once more where Ctrl-C takes the answer back after that. */
  readonly onAnswer: (answer: Answer, to: Question) => void;
}

/** What counts from the first moment: what a terminal makes signals of. */
const atOnce: readonly Key['kind'][] = ['interrupt', 'quit', 'suspend'];

/** An answer to a question that pip has not confirmed yet. Whoever stops waits for nothing. */
function waitsForPip(answer: Answer | undefined, pip: PipState): boolean {
  return pip === 'running' && (answer?.kind === 'chosen' || answer?.kind === 'left');
}

/** The drawn prompt. Ends the Ink app it is in once it is answered. */
export function Prompt(props: PromptProps) {
  const {
    question,
    columns,
    rows,
    unicode,
    quiet,
    away = false,
    overdue = false,
    pip = 'refused',
    onSuspend,
    onAnswer,
  } = props;
  const { exit } = useApp();
  // In a ref, not in React's state: two keys of one packet must each see what the one before did (facts: 1 of 50
  // answers was the line above the marked one).
  const now = useRef<{ state: State; of: Question; answer?: Answer }>({
    state: initialState(question),
    of: question,
  });
  if (now.current.of !== question && now.current.answer === undefined)
    now.current = { state: carried(now.current.of, question, now.current.state), of: question };
  if (overdue) now.current.answer ??= { kind: 'left' };
  if (pip === 'went-on') now.current.answer = { kind: 'withdrawn' };
  const listening = useRef(quiet <= 0);
  const [, redraw] = useReducer((count: number) => count + 1, 0);

  useInput((input, key) => {
    const read = now.current.state.confirming === undefined ? keysOf : typedOf;
    for (const pressed of read(input, key)) {
      const { answer: given } = now.current;
      if (given !== undefined && !waitsForPip(given, pip)) {
        // Pressed while the answer is being drawn, or Ink is ending: nobody else would hear it.
        if (given.kind === 'chosen' && pressed.kind === 'interrupt') {
          now.current.answer = { kind: 'interrupted' };
          onAnswer(now.current.answer, now.current.of);
        }
        continue;
      }
      if (pressed.kind === 'suspend') onSuspend?.();
      // What waits for pip can be stopped, but not changed: it was given.
      const counts = listening.current && given === undefined;
      if (!counts && !atOnce.includes(pressed.kind)) continue;
      const result = press(now.current.of, now.current.state, pressed);
      if ('answer' in result) now.current.answer = result.answer;
      else now.current.state = result.state;
    }
    redraw();
  });

  useEffect(() => {
    if (listening.current) return undefined;
    let turn: NodeJS.Immediate | undefined;
    const timer = setTimeout(() => {
      // One more turn: keys that lay waiting while this process did not run are still early ones.
      turn = setImmediate(() => {
        listening.current = true;
        redraw();
      });
    }, quiet);
    return () => {
      clearTimeout(timer);
      clearImmediate(turn);
    };
  }, [quiet]);

  const { state, answer } = now.current;
  const waits = waitsForPip(answer, pip);
  useEffect(() => {
    if (answer === undefined || waits) return;
    // Not the one that was drawn: a Ctrl-C may have come since.
    onAnswer(now.current.answer ?? answer, now.current.of);
    exit();
  }, [answer, waits, onAnswer, exit]);

  if (away || pip === 'went-on') return null;
  const lines =
    answer === undefined
      ? frame(question, state, { columns, rows, unicode, listening: listening.current })
      : [closing(question, answer, { columns, unicode }), ...(waits ? [waiting({ columns, unicode })] : [])];
  return <Lines lines={lines} columns={columns} />;
}

const styles: Readonly<Record<Tone, TextProps>> = {
  plain: {},
  strong: { bold: true },
  marked: { bold: true, color: 'cyan' },
  danger: { bold: true, color: 'red' },
  good: { color: 'green' },
};

const piece = ({ text, tone }: Span) => <Text {...styles[tone]}>{text}</Text>;

/** Lines that fit already: Ink is to place them, not to wrap them. Children without keys: a line is its row. */
function Lines({ lines, columns }: { readonly lines: readonly Line[]; readonly columns: number }) {
  const rows = lines.map((spans) =>
    createElement(Text, { wrap: 'truncate' }, ...(spans.length === 0 ? [' '] : spans.map(piece))),
  );
  return createElement(Box, { flexDirection: 'column', width: columns, flexShrink: 0 }, ...rows);
}
