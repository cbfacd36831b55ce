import { dirname, join } from 'node:path';
import type { Shell } from '../setup/shells.ts';
import { sameFile } from '../system/real-path.ts';
import type { Answer, Mode } from './ask-shell.ts';
import { type Finding, failed, note, ok } from './finding.ts';

/** What is known of a shell before it is asked. */
export interface ShellFacts {
  readonly shell: Shell;
  /** It is the person's login shell. */
  readonly mine: boolean;
  /** The rc files that should hold our line, and whether they do; `off` is commented out. */
  readonly files: readonly { readonly path: string; readonly line: 'there' | 'off' | 'missing' }[];
  readonly shims: string;
  /** This version has functions for this shell, that reading the line defines. */
  readonly hasHook: boolean;
  readonly short: (path: string) => string;
}

/** Whether a shell runs our pip where it should, and why not. */
export function judgeShell(facts: ShellFacts, mode: Mode, answer: Answer | undefined): Finding {
  const { shell, shims, short } = facts;
  const name = `${shell}${facts.mine ? ', your shell,' : ''} ${mode === 'login' ? 'as a login shell' : 'in a new terminal'}`;
  const setup = `pip-detour setup --shell ${shell}`;
  const rc = facts.files.map(({ path }) => short(path)).join(' and ');
  const found = (line: string) => facts.files.filter((file) => file.line === line);
  const there = found('there').map((file) => short(file.path));

  if (answer === undefined)
    return note(
      'shell',
      `${name}: gave no answer; its start-up files start something else, or wait. In it, type: type -a pip`,
    );
  if (answer.kind === 'alias' && !/(^|\s)pip$/.test(answer.alias))
    return failed(
      'shell',
      `${name}: runs an alias of yours, ${answer.alias}`,
      `unalias pip; and remove the alias from your start-up files`,
    );
  if (answer.kind === 'function')
    return failed(
      'shell',
      `${name}: runs a function called pip that is not ours`,
      `${shell === 'fish' ? 'functions -e pip' : 'unset -f pip'}; and remove the function from your start-up files`,
    );
  const path = answer.path.split(':');
  const entry = path.findIndex((directory) => sameFile(directory, shims));
  const line = there.length > 0 ? `, by the line in ${there.join(' and ')}` : '';
  const tab = answer.completes
    ? ''
    : `; Tab completes pip-detour once ${rc} has: autoload -Uz compinit && compinit`;
  if (sameFile(dirname(answer.file), shims))
    return answer.hook || !facts.hasHook || there.length === 0
      ? ok('shell', `${name}: ${short(answer.file)}${line}${tab}`)
      : failed('shell', `${name}: the line in ${rc} is one of an older pip-detour`, setup);
  if (answer.virtualEnv !== '' && dirname(answer.file) === join(answer.virtualEnv, 'bin') && entry !== -1)
    return ok(
      'shell',
      `${name}: ${short(answer.file)}, of the environment that your start-up files activate`,
    );
  if (entry !== -1)
    return failed(
      'shell',
      `${name}: ${short(answer.file)} comes first: what stands after our line in ${rc} puts ${short(dirname(answer.file))} in front`,
      `${setup} --last`,
    );
  const runs = answer.file === '' ? 'no pip' : short(answer.file);
  if (found('missing').length > 0)
    return failed(
      'shell',
      `${name}: ${runs}; there is no line of ours in ${found('missing')
        .map((file) => short(file.path))
        .join(' and ')}`,
      setup,
    );
  return failed(
    'shell',
    `${name}: ${runs}; the line in ${rc} is not reached, something before it ends the file or the program is gone`,
    `move the line marked "pip-detour" to the top of ${rc}`,
  );
}
