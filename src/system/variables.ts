import { userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { type TypedIn, typedIn } from './typed-in.ts';
import { agentIn, ciIn, unattended } from './unattended.ts';
import { given, isTrue, numbersIn, place, utf8, type Variables } from './variable-values.ts';

/** Environment variables are read here and nowhere else. */

/** What Node must not see (it would be killed, slowed down, or talk on stderr); the shim keeps them under these names. */
const keptByShim = [
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'NODE_V8_COVERAGE',
  'NODE_DEBUG',
  'OPENSSL_CONF',
  'FORCE_COLOR',
] as const;

/** What our own programs tell one another is no child's to inherit. */
const ownPrefix = '_PIP_DETOUR_';

const keptPrefix = `${ownPrefix}KEPT_`;

/** But this: who waits for their turn must not wait for who waits for them, the process ids of pip-detours above this one. */
const holds = '_PIP_DETOUR_HOLDS';

/** What a pip that waits for our word (waiting-pip.ts) says of itself. */
export interface WaitingWords {
  readonly pid: number;
  /** Descriptors: it writes to the first, reads from the second, and what it will have said stands in the third. */
  readonly from: number;
  readonly to: number;
  readonly heard: number;
  /** Its Python as it was called, and the file by which that runs its pip. */
  readonly python: string;
  readonly runner: string;
}

/** Undefined where none waits. */
export function waitingWords(variables: Variables = process.env): WaitingWords | undefined {
  const [numbers = '', python, runner] = (variables['_PIP_DETOUR_WAITING'] ?? '').split('\n');
  const [pid, from, to, heard] = numbersIn(numbers);
  if (pid === undefined || from === undefined || to === undefined || heard === undefined) return undefined;
  if (python === undefined || runner === undefined) return undefined;
  return { pid, from, to, heard, python, runner };
}

/** For children of one that changes something nobody else may change meanwhile. */
export function whileHolding(environment: Environment, pid: number): Record<string, string> {
  return { ...variablesForPlans(environment), [holds]: [...environment.heldBy, pid].join(' ') };
}

/** For what is run in pip's stead: what counts as unset for us is not believed by it either. */
export function variablesForPlans({ variables, home }: Environment): Record<string, string> {
  const result = { ...variables };
  for (const name of baseDirectories) if (place(result[name]) === undefined) delete result[name];
  return result['HOME'] === undefined && (variables['HOME'] !== undefined || home === nowhere)
    ? { ...result, HOME: home }
    : result;
}

/** For whom a process works, by its environment (`NAME=value` each): process ids of pip-detours. */
export function pidsHolding(variables: readonly string[]): readonly number[] {
  const entry = variables.find((variable) => variable.startsWith(`${holds}=`)) ?? '';
  return numbersIn(entry.slice(holds.length + 1));
}

/** The environment the person had before the shim: what every child of ours is started with. */
export function personsVariables(variables: Variables = process.env): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(variables)) {
    if (value !== undefined && (name === holds || !name.startsWith(ownPrefix))) result[name] = value;
  }
  for (const name of keptByShim) {
    const kept = variables[keptPrefix + name];
    if (kept !== undefined) result[name] = kept;
  }
  return result;
}

/** Variables that must name a directory by its whole path. */
const baseDirectories = ['HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_CACHE_HOME'];

/** The home of somebody who has none: nothing lies below it, and nothing can be made there. */
export const nowhere = '/dev/null';

/** `HOME`, else what the user database says. */
function homeIn(variables: Variables): string {
  const home = place(variables['HOME']);
  if (home !== undefined) return home;
  try {
    return place(userInfo().homedir) ?? nowhere;
  } catch {
    // A user id without an entry in the database.
    return nowhere;
  }
}

/** The home of whoever runs this. */
export function personsHome(): string {
  return homeIn(process.env);
}

/** The XDG base directory specification: a relative value is to be ignored. */
function xdg(variables: Variables, name: string, home: string, fallback: string): string {
  return place(variables[name]) ?? join(home, fallback);
}

/** Every variable that means something to us, under a name that says what. */
export interface Environment {
  readonly variables: Readonly<Record<string, string>>;
  /** Always a whole path; `nowhere` when there is none. */
  readonly home: string;
  /** What Python makes of `~` (posixpath.expanduser): `HOME` even where it is empty or relative; `~` itself without any. */
  readonly tilde: string;
  readonly path: string;
  readonly dataDirectory: string;
  /** Environments that belong to no project; beside the program, which is replaced whole when it is renewed. */
  readonly environmentsDirectory: string;
  /** The Node that `--with-node` brought (shims/with-node.sh), if it did. */
  readonly nodeDirectory: string;
  readonly stateDirectory: string;
  readonly configDirectory: string;
  /** `XDG_CONFIG_DIRS`: where the system's settings are looked for, the first strongest. */
  readonly systemConfigDirectories: readonly string[];
  readonly shell: string | undefined;
  /** The shell whose hook says that this was typed in it; whether that is true is for src/shell/activation.ts to find out. */
  readonly typedIn: TypedIn | undefined;
  /** `VISUAL`, else `EDITOR`: a command, perhaps with options. */
  readonly editor: string | undefined;
  /** `PIP_DETOUR`: a detour's id, `none`, `off` or `ask`. */
  readonly decided: string | undefined;
  /** `PIP_DETOUR_HINT=0` silences the line after a refusal nobody could answer. */
  readonly hint: boolean;
  readonly virtualEnv: string | undefined;
  readonly condaPrefix: string | undefined;
  /** How long a package manager may take to answer, in ms: apt without a cache takes 0.9 s, and 4.4 on a busy machine. */
  readonly packageTimeout: number;
  /** How long a question waits for a first key, in ms; 0 is for ever. */
  readonly promptTimeout: number;
  /** Colours on stderr: `NO_COLOR` (no-color.org) and a dumb terminal switch them off. */
  readonly color: boolean;
  /** Signs beyond ASCII can be shown: the locale's encoding is UTF-8, and the console's font is not the kernel's own. */
  readonly unicode: boolean;
  /** A plain numbered list instead of a drawn prompt. */
  readonly plain: boolean;
  /** Why nobody can answer as far as variables tell, in words; undefined when somebody may. */
  readonly unattended: string | undefined;
  /** The variable by which a coding agent gives itself away. */
  readonly agent: string | undefined;
  readonly ci: boolean;
  readonly pipxHome: string | undefined;
  readonly pipxBin: string | undefined;
  /** How long to wait for another pip-detour that is busy with the same environment, in seconds. */
  readonly waitLimit: number;
  /** Process ids of pip-detours that started us on their way. */
  readonly heldBy: readonly number[];
}

/** Read once, at the start of a program. `instead`: in place of variables of these names, for every child of ours, too. */
export function readEnvironment(
  variables: Variables = process.env,
  instead: Readonly<Record<string, string>> = {},
): Environment {
  const own = { ...personsVariables(variables), ...instead };
  const home = homeIn(own);
  return Object.freeze({
    variables: Object.freeze(own),
    home,
    tilde: (own['HOME'] ?? (home === nowhere ? '~' : home)).replace(/\/+$/, ''),
    path: own['PATH'] ?? '',
    dataDirectory: join(xdg(own, 'XDG_DATA_HOME', home, '.local/share'), 'pip-detour'),
    environmentsDirectory: join(xdg(own, 'XDG_DATA_HOME', home, '.local/share'), 'pip-detour-environments'),
    nodeDirectory: join(xdg(own, 'XDG_DATA_HOME', home, '.local/share'), 'pip-detour-node'),
    stateDirectory: join(xdg(own, 'XDG_STATE_HOME', home, '.local/state'), 'pip-detour'),
    configDirectory: join(xdg(own, 'XDG_CONFIG_HOME', home, '.config'), 'pip-detour'),
    systemConfigDirectories: (given(own['XDG_CONFIG_DIRS']) ?? '/etc/xdg').split(':').filter(isAbsolute),
    shell: given(own['SHELL']),
    typedIn: typedIn(variables['_PIP_DETOUR_SHELL']),
    editor: given(own['VISUAL']) ?? given(own['EDITOR']),
    decided: given(own['PIP_DETOUR']),
    hint: own['PIP_DETOUR_HINT'] === undefined || isTrue(own['PIP_DETOUR_HINT']),
    virtualEnv: place(own['VIRTUAL_ENV']),
    condaPrefix: place(own['CONDA_PREFIX']),
    packageTimeout: 8_000,
    promptTimeout: 0,
    color: given(own['NO_COLOR']) === undefined && own['TERM'] !== 'dumb',
    unicode: own['TERM'] !== 'linux' && utf8(own),
    plain:
      isTrue(own['ACCESSIBLE']) ||
      isTrue(own['INK_SCREEN_READER']) ||
      own['TERM'] === undefined ||
      own['TERM'] === 'dumb',
    unattended: unattended(own),
    agent: agentIn(own),
    ci: ciIn(own) !== undefined,
    pipxHome: given(own['PIPX_HOME']),
    pipxBin: given(own['PIPX_BIN_DIR']),
    waitLimit: 600,
    heldBy: numbersIn(own[holds] ?? ''),
  });
}
