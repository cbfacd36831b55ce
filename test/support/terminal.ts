import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';
import { onTestFinished } from 'vitest';

/** A real pty with a real terminal emulator behind it: what `screen()` returns is what a person would see. */
export interface Terminal {
  /** The visible screen, trailing blanks and blank lines cut. */
  screen(): string;
  /** Scrollback and screen together; a line that the terminal broke at its edge is one line, as when a person copies it. */
  history(): string;
  /** Every byte the program wrote. */
  raw(): string;
  send(keys: string): void;
  resize(columns: number, rows: number): void;
  /** Resolves with the screen once it shows `wanted`; rejects with the screen after `timeout` ms. */
  waitFor(wanted: string | RegExp, timeout?: number): Promise<string>;
  /** Resolves once `condition(history)` holds. */
  waitUntil(condition: (history: string) => boolean, timeout?: number): Promise<string>;
  readonly exited: Promise<{ code: number; signal: number | undefined }>;
  readonly pid: number;
  kill(signal?: string): void;
}

export const keys = {
  up: '\x1b[A',
  down: '\x1b[B',
  enter: '\r',
  escape: '\x1b',
  ctrlC: '\x03',
  ctrlZ: '\x1a',
  ctrlBackslash: '\x1c',
};

export interface TerminalOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly columns?: number;
  readonly rows?: number;
}

export function terminal(command: string, args: readonly string[], options: TerminalOptions): Terminal {
  const columns = options.columns ?? 100;
  const rows = options.rows ?? 40;
  if (command.endsWith('/fish')) withoutManualPages(options.env['HOME']);
  const pty = spawn(command, [...args], {
    name: options.env['TERM'] ?? 'xterm-256color',
    cols: columns,
    rows,
    cwd: options.cwd,
    env: { ...options.env },
  });
  const vt = new headless.Terminal({ cols: columns, rows, scrollback: 5000, allowProposedApi: true });
  let raw = '';
  let parsed = 0;
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  pty.onData((data) => {
    raw += data;
    vt.write(data, () => {
      parsed += data.length;
      changed();
    });
  });
  // The emulator's answers to queries (cursor position, device attributes) go back like keys.
  vt.onData((data) => pty.write(data));
  const exited = new Promise<{ code: number; signal: number | undefined }>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      resolve({ code: exitCode, signal });
      changed();
    });
  });
  onTestFinished(() => {
    try {
      pty.kill('SIGKILL');
    } catch {
      // Already gone.
    }
    vt.dispose();
  });

  const row = (at: number, trim: boolean) => vt.buffer.active.getLine(at)?.translateToString(trim) ?? '';
  const lines = (from: number, to: number, joins: (at: number) => boolean) => {
    let text = '';
    for (let at = from; at < to; at += 1) {
      const goesOn = at + 1 < to && joins(at + 1);
      text += row(at, !goesOn) + (goesOn ? '' : '\n');
    }
    return text.trimEnd();
  };
  const end = () => vt.buffer.active.baseY + vt.rows;
  const screen = () => lines(vt.buffer.active.baseY, end(), () => false);
  const history = () => lines(0, end(), (at) => vt.buffer.active.getLine(at)?.isWrapped === true);
  const waitUntil = (condition: (text: string) => boolean, timeout = 30_000, read = history, wanted = 'it') =>
    new Promise<string>((resolve, reject) => {
      const check = () => {
        const text = read();
        if (!condition(text)) return;
        stop();
        resolve(text);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`waited ${timeout} ms for ${wanted}; the screen showed:\n${history()}`));
      }, timeout);
      const stop = () => {
        clearTimeout(timer);
        listeners.delete(check);
      };
      listeners.add(check);
      check();
    });
  return {
    screen,
    history,
    raw: () => raw,
    send: (text) => pty.write(text),
    resize(newColumns, newRows) {
      vt.resize(newColumns, newRows);
      pty.resize(newColumns, newRows);
    },
    waitFor: (wanted, timeout) =>
      waitUntil(
        (text) => (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)),
        timeout,
        screen,
        String(wanted),
      ),
    waitUntil: (condition, timeout) => waitUntil(condition, timeout),
    exited: exited.then(async (ending) => {
      // Let the emulator finish what came last.
      if (parsed < raw.length) await waitUntil(() => parsed >= raw.length, 5_000);
      return ending;
    }),
    pid: pty.pid,
    kill: (signal) => pty.kill(signal),
  };
}

/** Without one of these directories (fish 3, fish 4) fish reads every manual page there is, for minutes in the background. */
function withoutManualPages(home: string | undefined): void {
  if (home === undefined) return;
  for (const place of ['.local/share', '.cache'])
    mkdirSync(join(home, place, 'fish/generated_completions'), { recursive: true });
}
