import { frame } from './frame.ts';
import type { Line } from './page.ts';
import { erase, paint } from './paint.ts';
import type { Question } from './question.ts';
import { sample } from './sample.ts';
import { initialState } from './state.ts';
import { drain, handOver, type Stop, type TakenTerminal, takeTerminal } from './terminal.ts';
import { noting } from './type-ahead.ts';

/**
 * The bundle `opening`: the first frame without Ink, which takes 100 ms to load and to draw for the first time. Keys do
 * not count for longer than that after a frame has come, so Ink is loaded while it is read.
 */

/** The terminal with the first frame on it. */
export interface Opening {
  readonly terminal: TakenTerminal;
  /** Milliseconds by Date.now() when the frame was painted; undefined where there is none: nobody is to be asked. */
  readonly at: number | undefined;
  /** Ctrl-C or Ctrl-\ was pressed before the frame came. */
  readonly stop: Stop | undefined;
  /** A question with what is to be said about keys that came before the frame. */
  noted(question: Question): Question;
  /** What takes the frame away when it is written; empty once it has been asked for. */
  erase(): string;
  /** The terminal has gone. */
  isGone(): boolean;
  /** From now on `gone` and `seen` are told what `borrow` tells; see there. */
  pass(gone: () => void, seen: (visible: boolean) => Promise<void>): void;
  /** Takes the frame away and gives the terminal back, with nobody asked. */
  close(): Promise<void>;
}

/** How the frame is painted. */
export interface Painting {
  readonly color: boolean;
  readonly unicode?: boolean;
}

/** Borrows the terminal (stdin and stderr), reads away what was typed before, and paints the question. */
export async function open(question: Question, { color, unicode = true }: Painting): Promise<Opening> {
  const { stdin, stderr } = process;
  let isGone = false;
  let standing = 0;
  const rubber = () => {
    const text = standing > 0 ? erase(standing) : '';
    standing = 0;
    return text;
  };
  let tell = {
    gone: () => {},
    async seen(visible: boolean) {
      // After a stop what stands where the frame did is the shell's.
      if (visible) standing = 0;
      else stderr.write(rubber());
    },
  };
  const gone = () => {
    isGone = true;
    tell.gone();
  };
  const terminal = takeTerminal(stdin, stderr, gone, (visible) => tell.seen(visible));
  const close = async () => {
    terminal.giveBack();
    await handOver(stdin);
    // Ink does this after its own end.
    stdin.unref();
  };
  try {
    const { stop, typed } = await drain(stdin);
    const noted = (asked: Question) => noting(asked, typed);
    const lines =
      stop !== undefined || isGone
        ? []
        : linesOf(noted(question), stderr.columns || 80, stderr.rows, unicode);
    if (lines.length > 0) stderr.write(paint(lines, color));
    standing = lines.length;
    return {
      terminal,
      stop,
      noted,
      at: lines.length > 0 ? Date.now() : undefined,
      erase: rubber,
      isGone: () => isGone,
      pass(nowGone, nowSeen) {
        tell = { gone: nowGone, seen: nowSeen };
      },
      async close() {
        if (!isGone) stderr.write(rubber());
        await close();
      },
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

function linesOf(question: Question, columns: number, rows: number, unicode: boolean): readonly Line[] {
  return frame(question, initialState(question), { columns, rows, unicode, listening: false });
}

/** Paints into nothing, so that everything is compiled that the first frame needs. */
export function warm(): void {
  paint(linesOf(sample, 80, 24, true), true);
}
