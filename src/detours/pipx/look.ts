import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { interpreterOf } from '../../pip/interpreter.ts';
import { sitesOf } from '../../pip/pip-package.ts';
import { compareVersions } from '../../pip/versions.ts';
import { absoluteEntries, onPath, real } from '../../place/programs.ts';
import { listing } from '../../system/listing.ts';
import { currentDirectory } from '../../system/real-path.ts';
import { ask } from '../../system/unseen.ts';
import type { Environment } from '../../system/variables.ts';
import type { Pipx } from '../../types.ts';
import { pipxVariables } from './variables.ts';

/** How long `pipx --version` may take, in ms: the prompt waits for it. */
const patience = 2_000;

/** What `lookForPipx` may be told instead of finding it out. */
export interface PipxLookOptions {
  readonly cwd?: string;
  readonly platform?: NodeJS.Platform;
}

/** The pipx on PATH, its version, and what it has installed already; undefined when there is none. Changes nothing. */
export async function lookForPipx(
  environment: Environment,
  { cwd = currentDirectory(), platform = process.platform }: PipxLookOptions = {},
): Promise<Pipx | undefined> {
  const executable = onPath('pipx', environment, cwd);
  if (executable === undefined) return undefined;
  const text = versionBeside(executable, environment) ?? (await versionSaid(executable, environment));
  const environments = join(pipxHome(environment, cwd, platform, text), 'venvs');
  const bin = binOf(environment, cwd);
  return {
    executable,
    ...(text === undefined ? {} : { version: text }),
    environments,
    bin,
    installed: directoriesIn(environments),
    binOnPath: absoluteEntries(environment.path).some((entry) => real(entry) === real(bin)),
    variables: pipxVariables(environment.variables, cwd, isAtLeast(text, '1.12')),
  };
}

/**
 * The version of the pipx package its script would import, by the name of its metadata (PEP 376): asking pipx starts a
 * Python for a third of a second, just while pip is failing.
 */
function versionBeside(executable: string, environment: Environment): string | undefined {
  const interpreter = interpreterOf(executable, environment);
  if (interpreter === undefined) return undefined;
  for (const site of sitesOf(executable, interpreter, environment)) {
    if (!existsSync(join(site, 'pipx/__init__.py'))) continue;
    const found = listing(site).flatMap((name) => /^pipx-(\d[^-]*)\.dist-info$/.exec(name)?.[1] ?? []);
    return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}

async function versionSaid(executable: string, environment: Environment): Promise<string | undefined> {
  const said = await ask(executable, ['--version'], environment.variables, patience);
  return /^\d+(\.\d+)+\S*$/m.exec(said ?? '')?.[0];
}

/**
 * The commands that stand in pipx's bin directory now and lead into one of `names`' environments, or into one that was
 * not there when `pipx` was looked for (a URL or a path does not say its name beforehand).
 */
export function commandsNow(
  pipx: Pick<Pipx, 'environments' | 'bin' | 'installed'>,
  names: readonly string[],
): readonly string[] {
  const fresh = directoriesIn(pipx.environments).filter((name) => !pipx.installed.includes(name));
  const within = [...names, ...fresh].map((name) => `${real(join(pipx.environments, name))}/`);
  return listing(pipx.bin).filter((command) => {
    const target = real(join(pipx.bin, command));
    return within.some((directory) => target.startsWith(directory));
  });
}

/** Where commands are linked: `PIPX_BIN_DIR`, or `~/.local/bin`. */
export function binOf(environment: Environment, cwd: string): string {
  return placeNamed(environment.pipxBin, environment, cwd) ?? join(environment.home, '.local/bin');
}

/** Whether a version as pipx prints it is `wanted` or later; one that is not known counts as the oldest. */
export function isAtLeast(version: string | undefined, wanted: string): boolean {
  return compareVersions(version ?? '0', wanted) >= 0;
}

/**
 * pipx/constants.py (1.0 to 1.4) and pipx/paths.py (1.5 to 1.16): `~/.local/pipx`; from 1.3 on the platform's data
 * directory unless the old one is there; on macOS the old one again from 1.5 to 1.15 unless the new one is there.
 */
function pipxHome(
  environment: Environment,
  cwd: string,
  platform: NodeJS.Platform,
  version: string | undefined,
): string {
  const named = placeNamed(environment.pipxHome, environment, cwd);
  if (named !== undefined) return named;
  const old = join(environment.home, '.local/pipx');
  if (version !== undefined && !isAtLeast(version, '1.3')) return old;
  if (platform !== 'darwin') return existsSync(old) ? old : join(dirname(environment.dataDirectory), 'pipx');
  const library = join(environment.home, 'Library/Application Support/pipx');
  const prefersOld = version === undefined || (isAtLeast(version, '1.5') && !isAtLeast(version, '1.16'));
  return prefersOld ? firstThatExists(library, old) : firstThatExists(old, library);
}

function firstThatExists(first: string, otherwise: string): string {
  return existsSync(first) ? first : otherwise;
}

function placeNamed(value: string | undefined, environment: Environment, cwd: string): string | undefined {
  if (value === undefined) return undefined;
  return value.startsWith('~/') ? join(environment.home, value.slice(2)) : resolve('/', cwd, value);
}

/** The names of the directories in a directory; none when it is not there. */
export function directoriesIn(directory: string): string[] {
  return listing(directory).filter((name) => {
    try {
      return statSync(join(directory, name)).isDirectory();
    } catch {
      return false;
    }
  });
}
