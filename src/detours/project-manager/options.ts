import type { PipOption, ProjectTool } from '../../types.ts';

/** What a tool is asked to do: add packages, install the project itself, or remove packages. */
export type Task = 'add' | 'install' | 'remove';
type Tool = ProjectTool['id'];

/**
 * What becomes of an option of pip: `as:` a flag of the tool's own, `with:` the same and its value; `handled` where the
 * arguments are made; `proxy`, `certificate` and `colourless` become variables every tool heeds; `needless` goes without
 * saying; words after `drop:` are the reason told for leaving it out, words after `no:` why this line cannot be taken.
 */
export type Fate =
  | 'handled'
  | 'needless'
  | 'proxy'
  | 'certificate'
  | 'colourless'
  | `as: ${string}`
  | `with: ${string}`
  | `drop: ${string}`
  | `no: ${string}`;

/** How the tools write themselves. */
export const toolNames: Readonly<Record<Tool, string>> = {
  uv: 'uv',
  poetry: 'Poetry',
  pdm: 'PDM',
  pipenv: 'Pipenv',
  pixi: 'pixi',
  hatch: 'Hatch',
};

const elsewhere = 'no: {tool} itself decides where a package goes';
const otherMachine = 'no: {tool} locks for every machine it is told about in the project';
const limits = 'drop: {tool} has limits of its own';
const cache = 'drop: {tool} has a cache of its own';
const unreported = 'no: {tool} cannot write a report';
const build = 'no: {tool} builds as the project file says';

/** What holds for every tool that has nothing of its own to offer; by pip's canonical long name. */
const everywhere: Readonly<Record<string, Fate>> = {
  '--quiet': 'as: --quiet',
  '--verbose': 'as: --verbose',
  '--proxy': 'proxy',
  '--cert': 'certificate',
  '--no-color': 'colourless',
  '--editable': 'handled',
  '--requirement': 'handled',
  '--group': 'handled',
  '--upgrade': 'handled',

  '--user': 'drop: the project has an environment of its own',
  '--break-system-packages': 'drop: nothing of the system is touched',
  '--isolated': "drop: {tool} does not read pip's configuration",
  '--no-proxy-env': limits,
  '--timeout': limits,
  '--retries': limits,
  '--resume-retries': limits,
  '--cache-dir': cache,
  '--no-cache-dir': cache,
  '--refresh-package': cache,
  '--compile': 'drop: {tool} compiles as it is set up to',
  '--debug': 'drop: it is about pip itself',
  '--log': 'drop: it is about pip itself',
  '--use-feature': 'drop: it is about pip itself',
  '--use-deprecated': 'drop: it is about pip itself',

  '--no-user': 'needless',
  '--no-compile': 'needless',
  '--no-clean': 'needless',
  '--no-input': 'needless',
  '--yes': 'needless',
  '--exists-action': 'needless',
  '--root-user-action': 'needless',
  '--require-virtualenv': 'needless',
  '--progress-bar': 'needless',
  '--no-warn-script-location': 'needless',
  '--no-warn-conflicts': 'needless',
  '--disable-pip-version-check': 'needless',
  '--no-python-version-warning': 'needless',
  '--version': 'needless',
  '--use-pep517': 'needless',
  '--check-build-dependencies': 'needless',

  '--index-url': 'no: {tool} takes packages from where the project file says',
  '--extra-index-url': 'no: {tool} takes packages from where the project file says',
  '--no-index': 'no: {tool} takes packages from where the project file says',
  '--find-links': 'no: {tool} takes packages from where the project file says',
  '--trusted-host': 'no: {tool} trusts what the project file says',
  '--client-cert': 'no: {tool} keeps certificates in its own settings',
  '--keyring-provider': 'no: {tool} keeps passwords in its own way',
  '--constraint': 'no: {tool} takes no file of constraints',
  '--build-constraint': 'no: {tool} takes no file of constraints',
  '--pre': 'no: {tool} takes a pre-release only when its version is named',
  '--all-releases': 'no: {tool} takes a pre-release only when its version is named',
  '--only-final': 'no: {tool} takes a pre-release only when its version is named',
  '--uploaded-prior-to': 'no: {tool} would have to keep to that date from then on',
  '--no-deps': 'no: a lock file holds what a package needs, too',
  '--only-deps': 'no: a lock file holds what a package needs, too',
  '--upgrade-strategy': 'no: {tool} has its own way to upgrade what a package needs',
  '--force-reinstall': 'no: {tool} installs only what differs from its lock file',
  '--ignore-installed': 'no: {tool} installs only what differs from its lock file',
  '--ignore-requires-python': 'no: {tool} locks for the Pythons the project names',
  '--no-binary': build,
  '--only-binary': build,
  '--prefer-binary': build,
  '--no-build-isolation': build,
  '--no-use-pep517': build,
  '--config-settings': build,
  '--global-option': build,
  '--install-option': build,
  '--require-hashes': 'no: {tool} checks the hashes of its lock file, not those of a list',
  '--no-require-hashes': 'needless',
  '--requirements-from-script': 'no: {tool} reads no requirements from a script here',
  '--src': elsewhere,
  '--target': elsewhere,
  '--prefix': elsewhere,
  '--root': elsewhere,
  // Nothing is run then: the commands are told (flow/dry-run.ts).
  '--dry-run': 'needless',
  '--report': unreported,
  '--python': 'no: another Python was named, and the project has its own',
  '--platform': otherMachine,
  '--python-version': otherMachine,
  '--implementation': otherMachine,
  '--abi': otherMachine,
  '--help': 'no: nothing would be installed',
};

/** Where uv finds and how it builds: the same for `uv add` and `uv sync`. */
const uvSources: Readonly<Record<string, Fate>> = {
  '--index-url': 'with: --default-index',
  '--extra-index-url': 'with: --index',
  // Neither is written into the project, and the next `uv sync` would not find what was locked with them.
  '--no-index': 'no: uv does not remember it; write it into pyproject.toml under [tool.uv]',
  '--find-links': 'no: uv does not remember it; write it into pyproject.toml under [tool.uv]',
  '--trusted-host': 'with: --allow-insecure-host',
  '--no-cache-dir': 'as: --no-cache',
  '--refresh-package': 'with: --refresh-package',
  '--no-build-isolation': 'as: --no-build-isolation',
  '--config-settings': 'with: --config-setting',
  '--compile': 'as: --compile-bytecode',
  '--no-binary': 'handled',
  '--only-binary': 'handled',
};

const poetryOptions: Readonly<Record<string, Fate>> = {
  '--quiet': 'drop: {tool} would not even tell what is wrong',
  '--no-cache-dir': 'as: --no-cache',
};

const pdmBuild: Readonly<Record<string, Fate>> = {
  '--no-build-isolation': 'as: --no-isolation',
  '--config-settings': 'with: --config-setting',
};

/** What a tool can be given (uv 0.13, Poetry 2.5, PDM 2.29, Pipenv 2026.10: their own --help; pixi: its manual). */
const own: Readonly<Record<Tool, Partial<Record<Task, Readonly<Record<string, Fate>>>>>> = {
  uv: {
    add: {
      ...uvSources,
      '--constraint': 'with: --constraints',
      '--force-reinstall': 'handled',
      '--ignore-installed': 'handled',
    },
    install: uvSources,
  },
  poetry: {
    add: { ...poetryOptions, '--pre': 'as: --allow-prereleases' },
    install: poetryOptions,
    remove: poetryOptions,
  },
  pdm: { add: { ...pdmBuild, '--pre': 'as: --prerelease' }, install: pdmBuild },
  pipenv: { add: { '--index-url': 'with: --index', '--pre': 'as: --pre' } },
  pixi: { add: { '--index-url': 'with: --index' } },
  hatch: {},
};

/** What becomes of one option with this tool; an option no pip had yet declines. */
export function fateOf(tool: Tool, task: Task, { name, value }: PipOption): Fate {
  // Only what needs upgrading is upgraded, which is what every lock file means.
  if (name === '--upgrade-strategy' && value === 'only-if-needed') return 'needless';
  return own[tool][task]?.[name] ?? everywhere[name] ?? 'no: {tool} does not have this option';
}

/** A reason with the tool's name in it. */
export function reasonOf(tool: Tool, fate: Fate): string {
  return fate.replace(/^\w+: /, '').replaceAll('{tool}', toolNames[tool]);
}
