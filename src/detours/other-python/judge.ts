import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { interpreterAt, pipPackageOf } from '../../pip/interpreter.ts';
import { normalizeName } from '../../pip/requirement.ts';
import { findProgram } from '../../place/programs.ts';
import { asdfRoot, isCondaBase, miseRoot, type PythonPlace, pyenvRoot } from '../../place/python-places.ts';
import { satisfies, versionOf } from '../../place/python-version.ts';
import { realOr } from '../../system/real-path.ts';
import type { Environment } from '../../system/variables.ts';
import type { Interpreter, OtherPython, PipCommand } from '../../types.ts';

/** What other Pythons are looked for with. */
export interface PythonsAsked {
  readonly command: PipCommand;
  readonly environment: Environment;
  readonly cwd: string;
  readonly uid: number;
  /** The Python whose pip refuses: never offered as another. */
  readonly refused: Interpreter | undefined;
  /** What the project says in `requires-python`. */
  readonly requires: string | undefined;
}

/** A Python that may be taken, or why not; undefined for what is none, or is the one that refuses. */
export type Judged = { readonly python: OtherPython } | { readonly why: string } | undefined;

/** Judges a Python by its files, without starting it. */
export function judge(
  place: PythonPlace,
  { environment, cwd, refused, requires, uid, command }: PythonsAsked,
): Judged {
  const { keeper, name, executable } = place;
  const interpreter = interpreterAt(executable, environment);
  if (interpreter === undefined || interpreter.version.startsWith('2.')) return undefined;
  const inside = interpreter.environment;
  const prefix = inside ?? interpreter.prefix;
  if (inside === undefined && refused !== undefined && realOr(interpreter.stdlib) === realOr(refused.stdlib))
    return undefined;
  const version = versionOf(interpreter);
  const who = keeper === 'plain' ? name : keeper === 'uv' ? `uv's Python ${version}` : `${keeper} ${name}`;
  if (keeper === 'uv') return { why: `${who} is only used to make environments` };
  if (keeper === 'conda' && isCondaBase(prefix)) return { why: "conda's base is left alone" };
  if (existsSync(join(prefix, 'conda-meta/frozen'))) return { why: `${who} is frozen` };
  if (inside === undefined && interpreter.marker !== undefined)
    return { why: `${who} is externally managed too` };
  const pip = pipPackageOf(executable, interpreter);
  if (pip === undefined) return { why: `${who} has no pip` };
  if (requires !== undefined && !satisfies(version, requires))
    return { why: `${who} is not what the project requires (Python ${requires})` };
  const site = dirname(pip.directory);
  const owner = ownerOf(site);
  if (owner !== uid && owner !== 0) return { why: `${who} belongs to another user` };
  // What goes into the user site has its commands in ~/.local/bin, where no keeper looks.
  const writable = isWritable(site);
  const elsewhere = writable ? undefined : notElsewhere(interpreter, refused);
  if (elsewhere !== undefined) return { why: `you may not write to ${who}, and ${elsewhere}` };
  const refresh = writable ? refreshing(place, environment, cwd) : undefined;
  return {
    python: {
      keeper,
      name,
      executable,
      version,
      pip: pip.directory,
      pipVersion: pip.version ?? '0',
      writable,
      environment: inside !== undefined || keeper === 'conda',
      ...(refresh === undefined ? {} : { refresh }),
      ...(command.subcommand === 'uninstall'
        ? { installed: [site, userSite(interpreter, environment)].flatMap(installedIn) }
        : {}),
    },
  };
}

/** Why a Python whose own place is not writable cannot install into the person's own (Lib/site.py, ENABLE_USER_SITE). */
function notElsewhere(
  { environment, stdlib }: Interpreter,
  refused: Interpreter | undefined,
): string | undefined {
  if (environment !== undefined) return 'an environment has no user site';
  // Both would read it: what is refused there for one must not come in by the other.
  if (refused !== undefined && basename(stdlib) === basename(refused.stdlib))
    return `the Python that refuses uses your user site for ${basename(stdlib)}, too`;
  return undefined;
}

/** pyenv, asdf and mise know a command only after they have looked for new ones; mise only where its shims are used. */
function refreshing({ keeper }: PythonPlace, environment: Environment, cwd: string): OtherPython['refresh'] {
  const program = (...places: readonly string[]) =>
    places.find((file) => existsSync(file)) ??
    (cwd === '' ? undefined : findProgram(keeper, environment, cwd));
  const asStep = (command: string | undefined, args: readonly string[]) =>
    command === undefined ? undefined : { command, args };
  if (keeper === 'pyenv') {
    const root = pyenvRoot(environment);
    if (!existsSync(join(root, 'shims'))) return undefined;
    return asStep(program(join(root, 'bin/pyenv'), join(root, 'libexec/pyenv')), ['rehash']);
  }
  if (keeper === 'asdf')
    return asStep(program(join(asdfRoot(environment), 'bin/asdf')), ['reshim', 'python']);
  if (keeper === 'mise' && existsSync(join(miseRoot(environment), 'shims')))
    return asStep(program(), ['reshim']);
  return undefined;
}

/** What pip would call installed there: the names of `*.dist-info` and `*.egg-info`. */
function installedIn(site: string): string[] {
  try {
    return readdirSync(site).flatMap((entry) => {
      const name = /^([^-]+)(?:-.*)?\.(?:dist|egg)-info$/.exec(entry)?.[1];
      return name === undefined ? [] : [normalizeName(name)];
    });
  } catch {
    return [];
  }
}

/** Where the pip of a Python that may not be written to puts things instead (Lib/site.py, _get_path). */
function userSite({ stdlib }: Interpreter, { tilde, variables }: Environment): string {
  const base = variables['PYTHONUSERBASE'] ?? '';
  return join(base === '' ? `${tilde}/.local` : base, 'lib', basename(stdlib), 'site-packages');
}

function ownerOf(directory: string): number {
  try {
    return statSync(directory).uid;
  } catch {
    return -1;
  }
}

function isWritable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
