import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { interpreterOf } from '../pip/interpreter.ts';
import { readCommand } from '../pip/read.ts';
import { isExecutable } from '../pip/shebang.ts';
import { isShim } from '../pip/shim.ts';
import { trustedEntries } from '../place/programs.ts';
import { DetourError } from '../system/errors.ts';
import { makeDirectories } from '../system/make-directories.ts';
import { currentDirectory } from '../system/real-path.ts';
import { ask } from '../system/unseen.ts';
import { type Environment, readEnvironment } from '../system/variables.ts';

/** Where the demonstration plays: a home of its own, a wheel to install, and a pip that refuses. */
export interface Stage {
  /** Everything lies below it; removed in the end. */
  readonly root: string;
  readonly home: string;
  readonly project: string;
  /** For every command shown: nothing of the person's configuration, no index, the shims first on PATH. */
  readonly env: Readonly<Record<string, string>>;
  /** The directory of our own pip. */
  readonly shims: string;
  /** What the refusing pip is called here: `pip`, or `pip3` where there is no `pip`. */
  readonly pip: string;
  /** The Python was made for the demonstration, because none here is externally managed. */
  readonly made: boolean;
}

/** The package that is installed; it is made on the spot. */
export const demoPackage = 'demo-package';

/** How long making a Python or a wheel may take, in ms, on a slow disk. */
const patience = 60_000;

/** A new directory for the stage; a blank in its name would be one in the `#!` line of a pip made there. */
export function stageDirectory(): string {
  const directory = tmpdir();
  return realpathSync(mkdtempSync(join(/\s/.test(directory) ? '/tmp' : directory, 'pip-detour-demo-')));
}

/**
 * Prepares everything below `root`.
 * @throws DetourError `no-refusing-pip` when no pip here would ever refuse, `no-python` when there is no Python.
 */
export async function setStage(root: string, program: string, environment: Environment): Promise<Stage> {
  const home = join(root, 'home');
  const project = join(home, 'shop');
  const wheels = join(root, 'wheels');
  for (const directory of [project, wheels, join(root, 'tmp')]) makeDirectories(directory);
  const shims = join(program, 'shims');
  const elsewhere = trustedEntries(environment, currentDirectory()).filter(
    (entry) => !isShim(join(entry, 'pip')),
  );
  const base = { ...neutral(environment.variables), ...ownVariables(root, home, wheels) };
  const withPath = (...entries: readonly string[]) => ({ ...base, PATH: [shims, ...entries].join(':') });

  const found = refusing(elsewhere, withPath(...elsewhere));
  const bin =
    found === undefined
      ? await madePython(root, program, elsewhere, withPath(...elsewhere))
      : dirname(found.file);
  const env = withPath(bin, ...elsewhere);
  const pip = found ?? refusing([bin], env);
  if (pip === undefined) throw noRefusingPip();
  await makeWheel(program, wheels, pip.python, env);
  return { root, home, project, env, shims, pip: pip.name, made: found === undefined };
}

/** What may say which Python or pip is meant, or configure them, is the person's own and stays out. */
function neutral(variables: Readonly<Record<string, string>>): Record<string, string> {
  const personal = /^(PIP|PIPX|PYTHON|VIRTUAL_ENV|CONDA|UV|XDG)(_|$)|^PYTHON/;
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !personal.test(name)));
}

function ownVariables(root: string, home: string, wheels: string): Record<string, string> {
  return {
    HOME: home,
    TMPDIR: join(root, 'tmp'),
    PIP_CONFIG_FILE: '/dev/null',
    PIP_NO_INDEX: '1',
    PIP_FIND_LINKS: wheels,
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    // The standard library of a Python made here is links to the person's.
    PYTHONDONTWRITEBYTECODE: '1',
  };
}

/** The first pip of these directories that is certain to refuse: only such a one may be run here. */
function refusing(
  directories: readonly string[],
  env: Readonly<Record<string, string>>,
): { readonly file: string; readonly name: string; readonly python: string } | undefined {
  const environment = readEnvironment(env);
  for (const directory of directories)
    for (const name of ['pip', 'pip3']) {
      const file = join(directory, name);
      if (!isExecutable(file)) continue;
      const python = interpreterOf(file, environment)?.executable;
      const refuses = readCommand(['install', demoPackage], file, environment).verdict.kind === 'refuses';
      if (python !== undefined && refuses) return { file, name, python };
    }
  return undefined;
}

/** The `bin` directory of a Python made out of one that is here. */
async function madePython(
  root: string,
  program: string,
  directories: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const pythons = directories.map((directory) => join(directory, 'python3')).filter(isExecutable);
  if (pythons.length === 0)
    throw new DetourError('no-python', 'there is no python3 on PATH', 'install Python 3 with pip');
  for (const [index, python] of pythons.entries()) {
    const directory = join(root, `python-${index}`);
    const script = join(program, 'lib/managed-python.py');
    if ((await ask(python, [script, directory], env, patience)) !== undefined) return join(directory, 'bin');
  }
  throw noRefusingPip();
}

async function makeWheel(
  program: string,
  wheels: string,
  python: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const script = join(program, 'lib/make-wheel.py');
  if ((await ask(python, [script, wheels, demoPackage, '1.0'], env, patience)) === undefined)
    throw new DetourError(
      'no-wheel',
      `${python} could not make the package for the demonstration`,
      'to see what is wrong with it, type: pip-detour doctor',
    );
}

function noRefusingPip(): DetourError {
  return new DetourError(
    'no-refusing-pip',
    'no pip here refuses to install, not even into a Python made for that: pip 23.0 or newer is needed',
    'python3 -m pip install --upgrade pip',
  );
}
