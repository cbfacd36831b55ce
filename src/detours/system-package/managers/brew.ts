import type { CommandLine, Found, PackageManager } from './manager.ts';

const install = (packages: readonly string[]): CommandLine => ({
  program: 'brew',
  args: ['install', ...packages],
});

/**
 * Homebrew's formulae that are called otherwise than the project, and those that are called alike: few libraries, and
 * applications. Only these are asked about, for a formula of the same name is mostly something else.
 */
const formulae: Readonly<Record<string, string>> = {
  ansible: 'ansible',
  awscli: 'awscli',
  black: 'black',
  certifi: 'certifi',
  cffi: 'cffi',
  cookiecutter: 'cookiecutter',
  cryptography: 'cryptography',
  cython: 'cython',
  flake8: 'flake8',
  httpie: 'httpie',
  ipython: 'ipython',
  meson: 'meson',
  mypy: 'mypy',
  numpy: 'numpy',
  pillow: 'pillow',
  pipenv: 'pipenv',
  pipx: 'pipx',
  poetry: 'poetry',
  'pre-commit': 'pre-commit',
  pybind11: 'pybind11',
  pycparser: 'pycparser',
  pylint: 'pylint',
  ruff: 'ruff',
  scipy: 'scipy',
  scons: 'scons',
  torch: 'pytorch',
  tox: 'tox',
  twine: 'twine',
  uv: 'uv',
  virtualenv: 'virtualenv',
  'yt-dlp': 'yt-dlp',
};

const formulaOf = (name: string) => (Object.hasOwn(formulae, name) ? formulae[name] : undefined);

/** Homebrew. `brew info --json=v2` from what it has fetched already; it is never run by root. */
export const brew: PackageManager = {
  name: 'brew',
  distributions: {},
  keeps: { pythons: /\/Cellar\/|\/(home)?brew\//i, called: 'Homebrew', place: { kind: 'homebrew' } },
  programs: ['/opt/homebrew/bin/brew', '/usr/local/bin/brew'],
  typed: 'brew install',
  packages: { python: 'python', pip: 'python', node: 'node', npm: 'node' },
  gets: { line: (package_) => install([package_]) },
  breaks: {
    short: 'can break what brew installed',
    long: "It goes into Homebrew's own packages, which all its formulae on this Python share: one of them may then get a version it cannot run with. brew knows nothing of it, and an update of Python leaves it behind.",
  },
  needsRoot: false,
  answers: [0],
  ask(names) {
    const known = names.flatMap((name) => formulaOf(name) ?? []);
    const env = { HOMEBREW_NO_AUTO_UPDATE: '1', HOMEBREW_NO_ANALYTICS: '1', HOMEBREW_NO_ENV_HINTS: '1' };
    // Without a formula the bare question would list all there are.
    return known.length === 0
      ? { program: 'brew', args: ['--prefix'], env }
      : { program: 'brew', args: ['info', '--json=v2', '--formula', ...known], env };
  },
  read(output, names) {
    const found = new Map<string, Found>();
    if (!names.some((name) => formulaOf(name) !== undefined)) return found;
    for (const { name: formula, version, installed } of formulaeIn(output) ?? []) {
      const name = names.find((one) => formulaOf(one) === formula);
      if (name !== undefined)
        found.set(name, { package: formula, version, ...(installed === undefined ? {} : { installed }) });
    }
    return formulaeIn(output) === undefined ? undefined : found;
  },
  install,
  lacksIndex: ({ said }) => /Failed to download https:\/\/formulae\.brew\.sh/.test(said),
  refresh: { program: 'brew', args: ['update'] },
  remove: (packages) => ({ program: 'brew', args: ['uninstall', ...packages] }),
};

interface Formula {
  readonly name: string;
  readonly version: string;
  readonly installed: string | undefined;
}

/** docs.brew.sh/Querying-Brew: `formulae[].name`, `.versions.stable`, `.installed[].version`. */
function formulaeIn(output: string): readonly Formula[] | undefined {
  try {
    const parsed: unknown = JSON.parse(output);
    const list = isRecord(parsed) ? parsed['formulae'] : undefined;
    if (!Array.isArray(list)) return undefined;
    return list.flatMap((one: unknown): Formula[] => {
      if (!isRecord(one) || typeof one['name'] !== 'string' || !isRecord(one['versions'])) return [];
      const stable = one['versions']['stable'];
      const there: unknown = Array.isArray(one['installed']) ? one['installed'].at(-1) : undefined;
      const installed =
        isRecord(there) && typeof there['version'] === 'string' ? there['version'] : undefined;
      return typeof stable === 'string'
        ? [{ name: one['name'], version: stable, installed: installed?.replace(/_\d+$/, '') }]
        : [];
    });
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
