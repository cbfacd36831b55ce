import type { Sandbox } from '../support/sandbox.ts';
import { keys, type Terminal, terminal } from '../support/terminal.ts';

/**
 * The prompt, opened, looked at from all sides, and left. `runs`: what it says of the commands of the marked line;
 * `mark`: the line to mark, where another than the recommended one is to be looked at.
 */
export async function lookAtAll(
  box: Sandbox,
  command: string,
  args: readonly string[],
  cwd: string,
  runs = 'Enter runs:',
  mark?: string,
): Promise<Terminal> {
  const user = terminal(command, args, { env: box.env, cwd, columns: 120, rows: 60 });
  await user.waitFor('esc leave');
  if (mark !== undefined) {
    user.send(mark);
    await user.waitFor(`❯ ${mark}`);
  }
  user.send('d');
  await user.waitFor(runs);
  user.send('?');
  await user.waitFor('any key: back');
  user.send('x');
  await user.waitFor(runs);
  user.send(keys.escape);
  await user.exited;
  return user;
}
