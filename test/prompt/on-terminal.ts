import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { type Terminal, terminal } from '../support/terminal.ts';

/** Where a fixture program runs; `env` is laid over the sandbox's. */
export interface Surroundings {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What every fixture is started by, unless a test has more to say. */
export const start = '"$NODE" "$FIXTURE" $ARGS';

/**
 * A shell line on a terminal, in which `$NODE` and `$FIXTURE` stand for the program. The shell then tells how it ended
 * and what state the terminal is in, and stays: a terminal that closes takes its last lines with it when the machine is
 * busy.
 */
export function onTerminal(
  fixture: string,
  { env = {}, ...size }: Surroundings = {},
  line = start,
): Terminal & { readonly box: Sandbox } {
  const box = sandbox({ NODE: process.execPath, FIXTURE: fixture, ARGS: '', ...env });
  const script = `${line}; echo "ended $?"; stty -a; read -r end`;
  return { ...terminal('sh', ['-c', script], { env: box.env, cwd: box.project, ...size }), box };
}

/** Resolves with everything shown once the line has ended. */
export function finished(screen: Terminal): Promise<string> {
  return screen.waitUntil((text) => /ended \d+[\s\S]*echoke/.test(text));
}

/** The process id a fixture has told. */
export function pidIn(screen: Terminal): number {
  return Number(/pid (\d+)\./.exec(screen.history())?.[1]);
}

/** A terminal a shell can be used in: lines are put together and echoed, and the cursor can be seen. */
export function isUsable(screen: Terminal): boolean {
  const sane = [/[ ;\n]icanon /, /[ ;\n]echo /].every((word) => word.test(screen.history()));
  return sane && screen.raw().lastIndexOf('\x1b[?25h') >= screen.raw().lastIndexOf('\x1b[?25l');
}
