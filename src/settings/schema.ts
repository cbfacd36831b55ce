import { detourIds, staysWithPerson } from '../detours/ids.ts';
import {
  directoryName,
  directoryPath,
  flag,
  flagOr,
  type Kind,
  oneOf,
  python,
  seconds,
  someOf,
} from './kinds.ts';

/**
 * Who can say something, the strongest first. `directory`: this person's settings for a directory; `project`: a file in
 * somebody's repository; `policy`: the administrator's file, whose values are defaults, and whose `forbid` binds all.
 */
export const sources = ['environment', 'directory', 'project', 'user', 'policy'] as const;

/** Who may say a setting. */
export type Source = (typeof sources)[number];

/** One setting: everything that help, checks, tables, completion and the JSON schema say of it comes from here. */
export interface Setting<T> {
  /** In files and on the command line: `auto-activate`. Its variable is PIP_DETOUR_AUTO_ACTIVATE. */
  readonly name: string;
  readonly kind: Kind<T>;
  readonly default: NoInfer<T>;
  /** One sentence without its full stop. */
  readonly describe: string;
  /** Who may say it. */
  readonly sources: readonly Source[];
  /** Values that a project's file may only say once it is trusted. */
  needsTrust?(value: NoInfer<T>): boolean;
  /** What every source says adds up, instead of the strongest winning. */
  readonly addsUp?: true;
  /** The variable that says it, where it is not the usual one. */
  readonly variable?: string;
}

/** Words that choose no detour. */
const noDetour = ['none', 'ask'] as const;

const anybody = sources;
const person: readonly Source[] = ['environment', 'directory', 'user', 'policy'];
const everywhere: readonly Source[] = ['environment', 'user', 'policy'];

function setting<T>(of: Setting<T>): Setting<T> {
  return of;
}

/** Every setting; help, validation, docs/settings.md, the schemas and completion come from here. */
export const schema = {
  detour: setting({
    name: 'detour',
    kind: oneOf([...detourIds, ...noDetour]),
    default: 'ask',
    describe: "The detour to take without a question; none: keep pip's refusal; ask: show the question",
    sources: anybody,
    needsTrust: (value) => value !== 'none' && value !== 'ask' && !staysWithPerson(value),
    variable: 'PIP_DETOUR',
  }),
  environment: setting({
    name: 'environment',
    kind: directoryName,
    default: '.venv',
    describe: "The name of a project's environment; if you set none, an existing one of any name is used",
    sources: anybody,
  }),
  environmentPlace: setting({
    name: 'environment-place',
    kind: oneOf(['project', 'central']),
    default: 'project',
    describe: 'Whether environments are made in the project or in the central directory',
    sources: anybody,
  }),
  environmentsDirectory: setting({
    name: 'environments-directory',
    kind: directoryPath,
    default: '',
    describe: 'The central directory; empty: pip-detour-environments under XDG_DATA_HOME',
    sources: person,
  }),
  interpreter: setting({
    name: 'interpreter',
    kind: python,
    default: '',
    describe: 'The Python a new environment is made with; empty: the one whose pip refused',
    sources: anybody,
    needsTrust: (value) => value.includes('/'),
  }),
  installer: setting({
    name: 'installer',
    kind: oneOf(['pip', 'uv']),
    default: 'pip',
    describe: 'What installs into an environment',
    sources: anybody,
  }),
  systemSitePackages: setting({
    name: 'system-site-packages',
    kind: flagOr('auto'),
    default: 'auto',
    describe:
      "Whether a new environment sees the system's packages; auto: where the project needs what only the distribution has",
    sources: anybody,
  }),
  activate: setting({
    name: 'activate',
    kind: oneOf(['ask', 'always', 'never']),
    default: 'ask',
    describe: 'Whether to activate the environment in your shell after a successful install',
    sources: person,
  }),
  autoActivate: setting({
    name: 'auto-activate',
    kind: flagOr('answered'),
    default: 'answered',
    describe:
      "Enter the remembered environment when you cd into a directory or open a terminal in it. answered: only where you answered 'always here'; true: always; false: never",
    sources: everywhere,
  }),
  activationNote: setting({
    name: 'activation-note',
    kind: flag,
    default: true,
    describe:
      'One line the first time that a shell enters an environment because you came into its directory',
    sources: everywhere,
  }),
  pythonMPip: setting({
    name: 'python-m-pip',
    kind: flag,
    default: true,
    describe: 'Ask about python -m pip, too, when you type it in an interactive shell',
    sources: everywhere,
  }),
  remember: setting({
    name: 'remember',
    kind: flag,
    default: true,
    describe: 'Whether an answer is remembered, unless you press r',
    sources: person,
  }),
  record: setting({
    name: 'record',
    kind: oneOf(['ask', 'always', 'never']),
    default: 'ask',
    describe:
      "Whether what you install into a project's environment is written into its requirements.txt or pyproject.toml, and taken out when you uninstall it",
    sources: person,
  }),
  hint: setting({
    name: 'hint',
    kind: flag,
    default: true,
    describe: 'One line of help after a refusal that nobody can answer',
    sources: anybody,
  }),
  accessible: setting({
    name: 'accessible',
    kind: flag,
    default: false,
    describe: 'A plain numbered list instead of the drawn question, for screen readers',
    sources: everywhere,
  }),
  color: setting({
    name: 'color',
    kind: oneOf(['auto', 'always', 'never']),
    default: 'auto',
    describe: 'Colours in the question; auto follows NO_COLOR and the terminal',
    sources: everywhere,
  }),
  promptTimeout: setting({
    name: 'prompt-timeout',
    kind: seconds(0, 86_400),
    default: 0,
    describe: "Seconds until a question without a key press is left, with pip's message; 0: wait for ever",
    sources: person,
  }),
  packageTimeout: setting({
    name: 'package-timeout',
    kind: seconds(1, 600),
    default: 8,
    describe: "Seconds to wait for the answer of the system's package manager, and of the index",
    sources: person,
  }),
  lookAtIndex: setting({
    name: 'look-at-index',
    kind: flag,
    default: true,
    describe: 'While a question is open, look up in your package index what was typed',
    sources: person,
  }),
  waitTimeout: setting({
    name: 'wait-timeout',
    kind: seconds(0, 86_400),
    default: 600,
    describe: 'Seconds to wait for another pip-detour that is busy with the same environment',
    sources: person,
  }),
  allow: setting({
    name: 'allow',
    kind: someOf(detourIds, 'DETOUR,…'),
    default: detourIds,
    describe: 'The only detours that may be taken; if several files set it, those that all of them allow',
    sources: anybody,
    addsUp: true,
  }),
  forbid: setting({
    name: 'forbid',
    kind: someOf(detourIds, 'DETOUR,…'),
    default: [],
    describe: 'Detours that may not be taken; what the administrator forbids, nobody can allow',
    sources: anybody,
    addsUp: true,
  }),
} as const;

/** All of them, in the order they are listed. */
export const allSettings: readonly Setting<unknown>[] = Object.values(schema);

/** The setting of this name; undefined for any other word. */
export function settingNamed(name: string): Setting<unknown> | undefined {
  return allSettings.find((setting) => setting.name === name);
}

/** The environment variable that says a setting. */
export function variableOf({ name, variable }: Pick<Setting<unknown>, 'name' | 'variable'>): string {
  return variable ?? `PIP_DETOUR_${name.replaceAll('-', '_').toUpperCase()}`;
}
