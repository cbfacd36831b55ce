import { Socket } from 'node:net';

/**
 * stderr as Ink is to see it: no terminal of its own. Told that it draws on a terminal, Ink 6 clears screen AND
 * scrollback whenever a frame is as tall as the terminal, and leaves a listener behind that writes at exit. `first` is
 * written together with what comes next: it takes away the frame that stands there. Nothing is written while `stands`
 * says no: what Ink erases and draws is not there.
 */
export function canvas(
  stderr: NodeJS.WriteStream,
  first: () => string,
  stands: () => boolean,
): NodeJS.WriteStream {
  const write = (text: string, done?: () => void) => stderr.write(first() + text, done);
  return seen(stderr, {
    write: () => (stands() ? write : swallow),
    isTTY: () => false,
    rows: () => undefined,
    columns: () => stderr.columns || 80,
  });
}

/** A stream that swallows what is drawn. */
export function nowhere(): NodeJS.WriteStream {
  return seen(process.stderr, {
    isTTY: () => false,
    rows: () => undefined,
    columns: () => 80,
    on: () => () => undefined,
    off: () => () => undefined,
    write: () => swallow,
  });
}

function swallow(...args: unknown[]): boolean {
  for (const arg of args) if (typeof arg === 'function') arg();
  return true;
}

/** `stream` with some properties answered differently; each is computed when asked for. */
function seen(
  stream: NodeJS.WriteStream,
  answers: Readonly<Record<string, () => unknown>>,
): NodeJS.WriteStream {
  return new Proxy(stream, {
    get(target, name) {
      const answer = typeof name === 'string' ? answers[name] : undefined;
      if (answer !== undefined) return answer();
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** A keyboard nobody sits at. */
export class NoKeys extends Socket {
  readonly isTTY = true;
  readonly isRaw = false;
  readonly fd = 0;
  setRawMode(): this {
    return this;
  }
}
