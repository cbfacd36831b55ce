import { isAbsolute, join } from 'node:path';
import { hasOption, optionValues } from '../../pip/command-line.ts';
import { quote, quoteAll } from '../../system/quote.ts';
import type { PipCommand, Pipx, Requirement } from '../../types.ts';
import { isAtLeast } from './look.ts';
import { fateOf } from './options.ts';
import { absolutePlace } from './variables.ts';

/** One run of pipx: its arguments, and the names it is about as far as they are known. */
export interface PipxRun {
  readonly args: readonly string[];
  /** What it is about, for a title: `black`, `./tool`. */
  readonly subject: string;
}

/** The runs of pipx that stand for a pip command line which was not `declined`. `python`: the one that applications are given, where not the usual one. */
export function pipxRuns(
  command: PipCommand,
  pipx: Pipx,
  cwd: string,
  withDependencies: WithDependencies,
  python?: string,
): PipxRun[] {
  if (command.subcommand === 'uninstall')
    return command.requirements.map(({ name = '' }) => ({ args: ['uninstall', name], subject: name }));
  const runs = command.requirements.map((requirement) => ({
    ...installation(command, requirement, pipx, cwd, withDependencies, python),
    subject: requirement.text,
  }));
  return (
    together(runs, pipx) ?? runs.map(({ flags, spec, subject }) => ({ args: [...flags, spec], subject }))
  );
}

/** Whether the commands that people mean come from an application's dependency (`ansible`). */
export type WithDependencies = (name: string) => boolean;

interface Installation {
  /** `['install', '--force', …]` */
  readonly flags: readonly string[];
  readonly spec: string;
  /** True when it is certain that nothing of this name is there yet. */
  readonly fresh: boolean;
}

function installation(
  command: PipCommand,
  requirement: Requirement,
  pipx: Pipx,
  cwd: string,
  withDependencies: WithDependencies,
  python: string | undefined,
): Installation {
  const { name, editable } = requirement;
  const there = name === undefined ? undefined : pipx.installed.includes(name);
  const bare = requirement.kind === 'name' && !/[^\w.-]/.test(requirement.text);
  const upgrade = hasOption(command, '--upgrade');
  const again = command.options.some((option) => fateOf(option) === 'again');
  // pipx upgrade knows names only; anything more said about what is there already is installed over it.
  if (there === true && bare && upgrade && !again)
    return {
      flags: ['upgrade', ...carried(command, cwd, strategy(command))],
      spec: name ?? '',
      fresh: false,
    };
  const over = there === true ? again || !bare : there === undefined && again;
  const extra = [
    ...(over && upgrade ? ['--upgrade', ...strategy(command)] : []),
    // pipx 1.4 and later adds it to --force itself.
    ...(over && again ? ['--force-reinstall'] : []),
  ];
  const flags = [
    'install',
    ...(over ? ['--force'] : []),
    ...(name !== undefined && withDependencies(name) ? ['--include-deps'] : []),
    ...(python === undefined || there === true ? [] : ['--python', python]),
    ...(editable === true ? ['--editable'] : []),
    ...carried(command, cwd, extra),
  ];
  return { flags, spec: specOf(requirement, cwd), fresh: there === false && editable !== true };
}

function strategy(command: PipCommand): string[] {
  const chosen = optionValues(command, '--upgrade-strategy').at(-1);
  return chosen === undefined ? [] : [`--upgrade-strategy=${chosen}`];
}

/**
 * From pipx 1.4 on one command takes several packages. Until 1.6 one that is there already ends it early with exit
 * code 0, so they only go together when none can be.
 */
function together(runs: readonly (Installation & { subject: string })[], pipx: Pipx): PipxRun[] | undefined {
  const [first] = runs;
  if (first === undefined || runs.length < 2 || !isAtLeast(pipx.version, '1.4')) return undefined;
  const alike = runs.every((run) => run.fresh && quoteAll(run.flags) === quoteAll(first.flags));
  if (!alike) return undefined;
  const subject = runs.map((run) => run.subject).join(', ');
  return [{ args: [...first.flags, ...runs.map((run) => run.spec)], subject }];
}

/**
 * The options that concern finding and building, as pipx takes them. Always with `=`, or argparse would take a value that
 * begins with `-` for an option. Places are made absolute: pipx 1.5 and later starts pip in another directory, and every
 * pipx keeps the arguments for its upgrades.
 */
function carried(command: PipCommand, cwd: string, extra: readonly string[]): string[] {
  const words: string[] = [];
  let index: string | undefined;
  for (const { name, value, ...option } of command.options) {
    const fate = fateOf({ name, ...option });
    if (fate === 'index') index = value;
    else if (fate === 'place') words.push(word(name, absolutePlace(value ?? '', cwd)));
    else if (fate === 'pip') words.push(value === undefined ? name : word(name, value));
  }
  words.push(...extra);
  const text = words.join(' ');
  return [
    ...(index === undefined ? [] : [`--index-url=${index}`]),
    // pipx 1.7 and later strips quotes off both ends before it splits the string into words.
    ...(text === '' ? [] : [`--pip-args=${text.endsWith("'") ? `${text} ` : text}`]),
  ];
}

/** An option and its value as one word for shlex.split, any quotes behind the name. */
function word(name: string, value: string): string {
  const plain = `${name}=${value}`;
  return quote(plain) === plain ? plain : `${name}=${quote(value)}`;
}

/**
 * A requirement as pipx takes it. A local path becomes absolute: pipx is not started here, and would take the file
 * `app-1.0-py3-none-any.whl` for a name.
 */
function specOf(requirement: Requirement, cwd: string): string {
  if (requirement.kind !== 'path') return requirement.text;
  const [, path = requirement.text, extras = ''] = /^(.+?)(\[[^\]]+\])?$/s.exec(requirement.text) ?? [];
  return `${isAbsolute(path) ? path : join(cwd, path)}${extras}`;
}
