import { basename } from 'node:path';
import type { CommandModule } from 'yargs';
import { decide } from '../detours/decide.ts';
import { detours } from '../detours/index.ts';
import { wantedBy } from '../flow/afterwards.ts';
import { becauseOf } from '../flow/choose.ts';
import { lookAround, type Surroundings } from '../flow/look-around.ts';
import { type Typed, terminalInWords, typedHere, typedInWords } from '../flow/terminal.ts';
import { whyOf } from '../place/environment-words.ts';
import { lookForOverrides, type Override } from '../place/overrides.ts';
import { typedShell } from '../shell/typed-shell.ts';
import { masked, maskedJson } from '../system/mask.ts';
import { printable, shortPath, typable } from '../system/quote.ts';
import type { EnvironmentLook, Situation } from '../types.ts';
import { type SourceRow, sourceLines, sourceRows } from './choice-sources.ts';

/** What `status --json` prints; fields are only ever added. */
export interface Status {
  readonly pip: string;
  readonly python: string | null;
  readonly managed: boolean;
  readonly manager: string | null;
  readonly project: {
    readonly root: string;
    readonly because: string;
  } | null;
  readonly environment: { readonly directory: string; readonly state: string; readonly why: string | null };
  /** What `python`, `pip` and the environment's commands would be in this terminal. */
  readonly typed: readonly Typed[];
  /** What switches pip's refusal off for good, and should not. */
  readonly overrides: readonly Override[];
  /** Kinds of place this is taken for: see docs/places.md. */
  readonly places: readonly string[];
  readonly choice: {
    readonly detour: string;
    readonly source: string;
    readonly because: string;
    /** Why it would not be followed unasked; null when it would. */
    readonly lapsed: string | null;
    /** Which shells are put into its environment: every one that comes here, the one it is typed in, none. */
    readonly shells: 'always' | 'once' | 'no' | null;
    /** What has changed since it was remembered. */
    readonly notes: readonly string[];
  } | null;
  /** Everybody who may choose, the strongest first. */
  readonly order: readonly SourceRow[];
  readonly detours: readonly {
    readonly id: string;
    readonly available: boolean;
    readonly detail: string;
  }[];
}

/** `pip-detour status [--json]`: what the shim sees from here. */
export const status: CommandModule = {
  command: 'status',
  describe: 'Show which pip and Python are in use here, and which choice applies',
  builder: (yargs) => yargs.option('json', { type: 'boolean', default: false, describe: 'Print JSON' }),
  async handler(args) {
    const looked = await lookAround('pip', ['install', 'NAME']);
    const found = statusOf(looked);
    const { environment: person } = looked;
    const shell = (await typedShell(person.variables)) ?? basename(person.shell ?? 'sh');
    process.stdout.write(
      args['json'] === true
        ? `${maskedJson(found, 2)}\n`
        : `${masked(inWords(found, looked.situation, shell))}\n`,
    );
    for (const warning of looked.warnings) process.stderr.write(`pip-detour: ${printable(warning)}\n`);
  },
};

function statusOf({
  situation,
  choice,
  checks,
  choiceSources,
  environment: variables,
}: Surroundings): Status {
  const { interpreter, environment, project, home } = situation;
  const managed = interpreter?.marker !== undefined && interpreter.environment === undefined;
  return {
    pip: situation.realPip,
    python: interpreter?.executable ?? null,
    managed,
    manager: managed ? situation.manager : null,
    project: project === undefined ? null : { root: project.root, because: project.because },
    environment: {
      directory: environment.directory,
      state: environment.state,
      why: environment.why ?? null,
    },
    typed: typedHere(situation, variables),
    overrides: lookForOverrides(interpreter, situation.pipVersion, variables),
    places: situation.where.kinds,
    choice:
      choice === undefined
        ? null
        : {
            detour: choice.detour,
            source: choice.source,
            because: becauseOf(choice, (path) => shortPath(path, home)),
            lapsed: checks.lapsed ?? null,
            shells: choice.means?.environment === undefined ? null : wantedBy(choice.means),
            notes: checks.notes,
          },
    order: sourceRows(choiceSources, variables.decided, home),
    detours: detours.map((detour) => {
      const decided = decide(detour, situation);
      const why = decided.unavailable;
      return { id: detour.id, available: why === undefined, detail: why ?? decided.detail };
    }),
  };
}

function overrideInWords(override: Override, short: (path: string) => string): string {
  if (override.kind === 'switched-off')
    return `${short(override.by)} sets break-system-packages: pip changes this Python without refusing`;
  const now = override.now === undefined ? 'was deleted' : `was renamed to ${short(override.now)}`;
  return `${short(override.marker)} ${now}: pip changes this Python without refusing`;
}

function choiceLine({ choice, managed, python }: Status): string {
  if (choice === null)
    return managed || python === null ? 'none: you would be asked' : 'none needed: pip does not refuse here';
  // An activated environment with a pip of its own is that pip's, and nothing of ours has to be chosen.
  return choice.source === 'active' && !managed
    ? 'none needed: pip does not refuse here'
    : choiceInWords(choice);
}

function choiceInWords({ detour, because, lapsed, notes, shells }: NonNullable<Status['choice']>): string {
  const always = shells === 'always' ? ['every new terminal here enters it'] : [];
  const rest = lapsed === null ? [...always, ...notes] : [`${lapsed}: you would be asked`];
  return [`${detour}, ${because}`, ...rest].join('; ');
}

/** `: it was made for ~/shop/.venv`; of one that is to be made outside the project, why it is. */
function whyInWords(look: EnvironmentLook, home: string): string {
  if (look.why !== undefined) return `: it ${whyOf(look, home)}`;
  return look.outside === undefined ? '' : `: ${look.outside}`;
}

function inWords(status: Status, situation: Situation, shell: string): string {
  const { home, environment: look } = situation;
  const short = (path: string) => shortPath(path, home);
  const { project, environment } = status;
  const width = Math.max(...status.detours.map((detour) => detour.id.length));
  return [
    `this terminal: ${terminalInWords(situation, shell)}`,
    ...typedInWords(status.typed, situation),
    '',
    `pip          ${short(status.pip)}`,
    `Python       ${status.python === null ? 'not found' : short(status.python)}`,
    `managed by   ${status.managed ? `${status.manager}: pip may not change it` : 'nobody: pip may change it'}`,
    ...status.overrides.map((override) => `unprotected  ${overrideInWords(override, short)}`),
    ...(status.places.length === 0 ? [] : [`place        ${status.places.join(', ')}`]),
    `project      ${project === null ? 'none' : `${short(project.root)} (${project.because})`}`,
    `environment  ${short(environment.directory)} (${environment.state === 'missing' ? 'not made yet' : environment.state}${whyInWords(look, home)})`,
    ...(['misplaced', 'broken'].includes(environment.state)
      ? [`             pip-detour repair ${printable(typable(environment.directory, home))} repairs it`]
      : []),
    `choice       ${choiceLine(status)}`,
    '',
    'who can choose (the first that says something wins):',
    ...sourceLines(status.order),
    '',
    'ways to install here (+ you can take it, - you cannot, and why):',
    ...status.detours.map(
      (detour) => `${detour.available ? '+' : '-'} ${detour.id.padEnd(width)}  ${detour.detail}`,
    ),
  ]
    .map(printable)
    .join('\n');
}
