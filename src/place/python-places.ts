import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { listing } from '../system/listing.ts';
import { textOf } from '../system/text-file.ts';
import type { Environment } from '../system/variables.ts';
import type { OtherPython } from '../types.ts';

/** Where a Python may lie, and who keeps it there. */
export interface PythonPlace {
  readonly keeper: OtherPython['keeper'] | 'uv';
  readonly name: string;
  readonly executable: string;
}

/** Every place where this person's Pythons lie, by listing the folders their keepers use; nothing is started. */
export function pythonPlaces(environment: Environment): PythonPlace[] {
  return [
    ...pyenvPlaces(environment),
    ...installed('mise', join(miseRoot(environment), 'installs/python')),
    ...installed('asdf', join(asdfRoot(environment), 'installs/python')),
    ...plainPlaces(),
    ...condaPlaces(environment),
    ...installed(
      'uv',
      placeOf(environment, 'UV_PYTHON_INSTALL_DIR', join(dataHome(environment), 'uv/python')),
    ),
  ];
}

/** PYENV_ROOT, else `~/.pyenv` (pyenv's README). */
export function pyenvRoot(environment: Environment): string {
  return placeOf(environment, 'PYENV_ROOT', join(environment.home, '.pyenv'));
}

/** MISE_DATA_DIR, else `~/.local/share/mise` (mise.jdx.dev, configuration). */
export function miseRoot(environment: Environment): string {
  return placeOf(environment, 'MISE_DATA_DIR', join(dataHome(environment), 'mise'));
}

/** ASDF_DATA_DIR, else `~/.asdf` (asdf-vm.com, configuration). */
export function asdfRoot(environment: Environment): string {
  return placeOf(environment, 'ASDF_DATA_DIR', join(environment.home, '.asdf'));
}

/** Whether conda itself lives in this prefix: then it is a base, which packages of pip's have broken for many. */
export function isCondaBase(prefix: string): boolean {
  return (
    existsSync(join(prefix, 'condabin')) ||
    listing(join(prefix, 'conda-meta')).some((name) => /^(conda|mamba)-\d.*\.json$/.test(name))
  );
}

function installed(keeper: PythonPlace['keeper'], directory: string): PythonPlace[] {
  return listing(directory).flatMap((name) => pythonIn(keeper, name, join(directory, name)));
}

function pythonIn(keeper: PythonPlace['keeper'], name: string, prefix: string): PythonPlace[] {
  const executable = ['python', 'python3']
    .map((program) => join(prefix, 'bin', program))
    .find((file) => existsSync(file));
  return executable === undefined ? [] : [{ keeper, name, executable }];
}

/** pyenv-virtualenv keeps its environments in `versions/<version>/envs`, with a link beside the versions. */
function pyenvPlaces(environment: Environment): PythonPlace[] {
  const versions = join(pyenvRoot(environment), 'versions');
  return listing(versions).flatMap((name) => {
    const prefix = join(versions, name);
    const isConda = existsSync(join(prefix, 'conda-meta'));
    return isConda
      ? condaPrefix(prefix)
      : [
          ...pythonIn('pyenv', name, prefix),
          ...listing(join(prefix, 'envs')).flatMap((inner) =>
            pythonIn('pyenv', inner, join(prefix, 'envs', inner)),
          ),
        ];
  });
}

/** Pythons built or unpacked by hand. */
function plainPlaces(): PythonPlace[] {
  const directories = [
    '/usr/local/bin',
    ...listing('/opt').map((name) => join('/opt', name, 'bin')),
    ...listing('/opt/python').map((name) => join('/opt/python', name, 'bin')),
  ];
  return directories.flatMap((directory) => {
    if (existsSync(join(dirname(directory), 'conda-meta'))) return [];
    const all = listing(directory);
    const names = all.filter((name) => /^python3\.\d+$/.test(name));
    return (names.length > 0 ? names : all.filter((name) => name === 'python3')).map((name) => {
      const executable = join(directory, name);
      return { keeper: 'plain' as const, name: executable, executable };
    });
  });
}

/** Where conda and mamba put their roots when nothing else is said (their installers' defaults). */
const condaRoots = ['miniconda3', 'anaconda3', 'miniforge3', 'mambaforge', 'micromamba'];

function condaPlaces(environment: Environment): PythonPlace[] {
  const { home, variables, condaPrefix: active } = environment;
  const named = ['CONDA_ENVS_PATH', 'CONDA_ENVS_DIRS'].flatMap((name) => (variables[name] ?? '').split(':'));
  const roots = [
    variables['MAMBA_ROOT_PREFIX'] ?? '',
    dirname(dirname(variables['CONDA_EXE'] ?? '')),
    ...condaRoots.flatMap((name) => [join(home, name), join('/opt', name)]),
    join(dataHome(environment), 'mamba'),
    '/opt/conda',
  ];
  const prefixes = [
    active ?? '',
    ...readLines(join(home, '.conda/environments.txt')),
    ...[...named, ...roots.filter(isAbsolute).map((root) => join(root, 'envs'))].flatMap((directory) =>
      isAbsolute(directory) ? listing(directory).map((name) => join(directory, name)) : [],
    ),
    ...roots,
  ];
  return prefixes.filter((prefix) => isAbsolute(prefix) && prefix !== '/').flatMap(condaPrefix);
}

function condaPrefix(prefix: string): PythonPlace[] {
  const name = prefix.slice(prefix.lastIndexOf('/') + 1);
  const inner = listing(join(prefix, 'envs')).map((env) => join(prefix, 'envs', env));
  const here = existsSync(join(prefix, 'conda-meta')) ? pythonIn('conda', name, prefix) : [];
  return [...here, ...inner.flatMap((env) => pythonIn('conda', env.slice(env.lastIndexOf('/') + 1), env))];
}

function dataHome(environment: Environment): string {
  return dirname(environment.dataDirectory);
}

function placeOf({ variables }: Environment, variable: string, otherwise: string): string {
  const value = variables[variable];
  return value !== undefined && isAbsolute(value) ? value : otherwise;
}

function readLines(file: string): string[] {
  const lines = textOf(file)?.split('\n') ?? [];
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}
