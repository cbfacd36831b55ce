import { join } from 'node:path';
import { isExecutable } from '../pip/shebang.ts';
import { whyOf } from '../place/environment-words.ts';
import { absoluteEntries } from '../place/programs.ts';
import { listing } from '../system/listing.ts';
import { printable, shortPath, typable } from '../system/quote.ts';
import { isInside, realOr } from '../system/real-path.ts';
import type { Environment } from '../system/variables.ts';
import type { EnvironmentLook, Situation } from '../types.ts';
import { activationLine } from './report.ts';

/** "Where is numpy?": whose packages `python` and `pip list` see in this terminal, and how to see the environment's. */
export function terminalInWords(situation: Situation, shell: string): string {
  const { active, environment, realPip, home } = situation;
  const name = shortPath(environment.directory, home);
  if (active !== undefined) {
    const entered = shortPath(active.directory, home);
    if (isBroken(active))
      return `in ${entered}, which ${printable(active.why ?? '')}; pip-detour repair ${typable(active.directory, home)} repairs it`;
    return isInside(realOr(realPip), realOr(active.directory)) || active.pip === undefined
      ? `in ${entered}${another(situation, shell)}`
      : `${entered} is activated, but pip on PATH is ${shortPath(realPip, home)}; to enter it: ${activationLine(active.directory, situation, shell)}`;
  }
  return environment.state === 'ready'
    ? `not in ${name}, so python and pip list do not see its packages; to enter it: ${activationLine(environment.directory, situation, shell)}`
    : isBroken(environment)
      ? `not in ${name}, which ${printable(whyOf(environment, home))}; pip-detour repair repairs it`
      : 'in no environment';
}

function isBroken({ state }: EnvironmentLook): boolean {
  return state === 'broken' || state === 'misplaced';
}

/** A line that says that the directory has another environment than the activated one. */
function another({ active, environment, home, ...situation }: Situation, shell: string): string {
  if (environment.state !== 'ready' || active === undefined) return '';
  if (realOr(active.directory) === realOr(environment.directory)) return '';
  const line = activationLine(environment.directory, { ...situation, environment, home }, shell);
  return `, not in ${shortPath(environment.directory, home)}, this directory's own; to enter that: ${line}`;
}

/** What a word typed in this terminal runs. */
export interface Typed {
  readonly name: string;
  /** Absolute path; null where PATH has no such program. */
  readonly path: string | null;
  /** The environment of this directory has one, and it is another. */
  readonly elsewhere: boolean;
}

/** `python`, `pip`, and the first commands that this directory's environment holds: what each of them would be here. */
export function typedHere({ environment: look }: Situation, { path }: Environment): readonly Typed[] {
  const bin = join(look.directory, 'bin');
  const held = look.state === 'ready' ? listing(bin).filter((name) => isExecutable(join(bin, name))) : [];
  const commands = held.filter((name) => !/^(?:python|pip|pypy|activate|wheel)[\d.-]*/i.test(name)).sort();
  return ['python', 'python3', 'pip', ...commands.slice(0, 5)].map((name) => {
    const found = absoluteEntries(path)
      .map((entry) => join(entry, name))
      .find(isExecutable);
    return { name, path: found ?? null, elsewhere: held.includes(name) && found !== join(bin, name) };
  });
}

/** A row for each of them; `pip`, the stand-in, is named with the pip it stands before. */
export function typedInWords(typed: readonly Typed[], { realPip, home }: Situation): string[] {
  const width = Math.max(...typed.map(({ name }) => name.length));
  return typed.map(({ name, path, elsewhere }) => {
    const isOurs = name === 'pip' && path !== null && path !== realPip;
    const is = path === null ? 'not on PATH' : shortPath(path, home);
    const says = isOurs ? `pip-detour, before ${shortPath(realPip, home)}` : is;
    return `  ${name.padEnd(width)}  ${says}${elsewhere ? `; the environment's: pip-detour run ${name}` : ''}`;
  });
}

/** Whose packages a command that only looks (`pip list`) shows here; undefined for any other. */
export function packagesInWords(situation: Situation): string[] {
  const { command, active, environment, interpreter, manager, realPip, home } = situation;
  const subcommand = command.subcommand ?? '';
  if (!['list', 'freeze', 'show', 'check', 'inspect'].includes(subcommand)) return [];
  const own = environment.state === 'ready' ? realOr(environment.directory) : undefined;
  const entered = active !== undefined && isInside(realOr(realPip), realOr(active.directory));
  const seen = entered ? realOr(active.directory) : interpreter?.environment;
  const python = interpreter === undefined ? 'this pip' : shortPath(interpreter.executable, home);
  const of =
    seen !== undefined
      ? shortPath(seen, home)
      : `${python}${interpreter?.marker === undefined ? '' : `, ${manager}'s Python`}`;
  if (own === undefined || seen === own) return [`packages: those of ${of}`];
  const name = shortPath(environment.directory, home);
  const words =
    environment.pip === undefined
      ? `pip --python ${typable(environment.directory, home)} ${subcommand}`
      : `pip-detour run pip ${subcommand}`;
  return [
    `packages: those of ${of}, not of ${name}, this directory's environment`,
    `  to see those: ${words}`,
  ];
}
