import { basename } from 'node:path';
import { whyOf } from '../../place/environment-words.ts';
import { shortPath } from '../../system/quote.ts';
import type { Detour, EnvironmentLook, Situation, Unmet } from '../../types.ts';
import { lockNote } from '../project-manager/index.ts';
import { needsAnotherPython } from '../shared/index-answers.ts';
import { keptAside, packagesIn, whatIsLost } from '../shared/make-anew.ts';
import { wantsPipx } from '../shared/pipx-itself.ts';
import { seesSystem } from '../shared/system-site.ts';
import { planInto, rehearsal } from './install-into.ts';
import { recollection } from './recollection.ts';
import { isPersonal, isReady, isThere, whyNot } from './why-not.ts';

/** The project's virtual environment, made when it is missing and repaired when it is broken. */
export const venv: Detour = {
  id: 'venv',
  title(situation) {
    const { of, another, directory } = situation.environment;
    if (another === true) return `Use ${basename(directory)} instead`;
    if (of === situation.home) return 'Use your personal environment';
    if (of !== undefined) return `Use the environment of ${shortPath(of, situation.home)}`;
    if (isPersonal(situation)) return 'Use a personal environment';
    if (situation.environment.outside !== undefined) return 'Use an environment outside the project';
    if (situation.environment.state === 'misplaced') return "Repair the project's virtual environment";
    if (situation.environment.held !== undefined) return "Make the project's virtual environment anew";
    return situation.environment.state === 'ready'
      ? "Use the project's virtual environment"
      : 'Use a virtual environment here';
  },
  detail(situation) {
    const { environment, interpreter, home } = situation;
    const path = shortPath(environment.directory, home);
    const version = environment.version ?? interpreter?.version;
    const note = lockNote(situation);
    const python = `${version === undefined ? '' : ` · Python ${version}`}${note === undefined ? '' : ` · ${note}`}`;
    const misfit = needsAnotherPython(situation, version);
    const remarked = [...(misfit === undefined ? [] : [`but ${misfit}`]), ...remarksOn(environment)];
    if (environment.state === 'ready')
      return [`${path}${python}`, ...remarked, ...unlisted(situation)].join(' · ');
    if (environment.state === 'misplaced')
      return [`${work(situation, toDo)}${python}`, ...remarked].join(' · ');
    if (environment.state === 'making')
      return `${path}${python} · waits until another pip-detour has made it`;
    const system = seesSystem(situation);
    const remarks = [
      ...(environment.outside === undefined ? [] : [environment.outside]),
      ...(situation.unmet === undefined ? [] : [lacksPython(situation.unmet)]),
      ...(system === undefined ? [] : [`sees the system's packages: ${system}`]),
      ...(situation.maker.kind === 'none' && situation.maker.bringer !== undefined
        ? [`gets ${situation.maker.bringer.package} first${situation.uid === 0 ? '' : ', with sudo'}`]
        : []),
    ].map((remark) => ` · ${remark}`);
    return `${work(situation, toDo)}${python}${[...anew(situation), ...remarks].join('')}`;
  },
  unavailable: (situation) => whyNot(situation, situation.environment),
  recommended(situation) {
    const { environment, project, command } = situation;
    if (situation.pipx !== undefined && wantsPipx(command)) return undefined;
    const version = environment.version ?? situation.interpreter?.version;
    if (needsAnotherPython(situation, version) !== undefined) return undefined;
    const needs = needsAnotherPython(situation, situation.verdict.interpreter?.version);
    if (needs !== undefined) return `${needs}, and it has ${version}`;
    if (environment.state === 'misplaced' && environment.brought === undefined)
      return 'it only needs to know where it lies now';
    if (isReady(environment) && !isPersonal(situation)) return 'it is there already';
    if (project?.python === true) return `${project.because} here`;
    if (command.requirements.some((requirement) => requirement.kind === 'file')) return 'a requirements file';
    if (command.requirements.some((requirement) => requirement.editable)) return 'an editable install';
    if (command.requirements.length > 1) return 'several packages belong together';
    if (isPersonal(situation))
      return `leaves ${shortPath(situation.place.directory, situation.home)} and the system as they are`;
    return 'nothing of the system is touched';
  },
  others({ above, besides = [], ...rest }) {
    return [...(above === undefined ? [] : [above]), ...besides.slice(0, mostOthers)].map((environment) => ({
      ...rest,
      environment,
    }));
  },
  rehearse: (situation, temporary) => rehearsal(situation, situation.environment, temporary),
  onlyAsked({ environment, maker }) {
    if (isThere(environment) || maker.kind !== 'none' || maker.bringer === undefined) return undefined;
    return `this Python has no venv module; to get it: ${maker.bringer.words.join(' ')}`;
  },
  plan: (situation) => planInto(situation, situation.environment),
  target: ({ environment }) => ({ environment: environment.directory }),
  rank: 2,
  announced: (situation) =>
    isReady(situation.environment)
      ? `using ${shortPath(situation.environment.directory, situation.home)}`
      : work(situation, { misplaced: 'repairing', broken: 'making', missing: 'creating' }),
  remark: ({ environment: { state, outside } }) => (state === 'ready' ? undefined : outside),
  recollection,
  makesEnvironment: true,
  withAnotherPython: ({ environment: { state }, making }) =>
    making === undefined && (state === 'missing' || state === 'broken') ? 'Make the environment' : undefined,
  entered: ({ environment }) => environment,
};

/** The verb for what is done with an environment that cannot be used as it is. */
type Verbs = Readonly<Record<'misplaced' | 'broken' | 'missing', string>>;

const toDo: Verbs = { misplaced: 'repair', broken: 'make', missing: 'create' };

function work({ environment, home }: Situation, verbs: Verbs): string {
  const path = shortPath(environment.directory, home);
  const why = whyOf(environment, home);
  switch (environment.state) {
    case 'misplaced':
      return `${verbs.misplaced} ${path}: it ${why}`;
    case 'broken':
      return `${verbs.broken} ${path} anew${inventory(environment)}: it ${why}`;
    default:
      return `${verbs.missing} ${path}`;
  }
}

/** How many others a question offers by a line of their own. */
const mostOthers = 3;

/** Names of those that have no line of their own. */
function unlisted({ besides = [] }: Situation): string[] {
  const names = besides.slice(mostOthers).map(({ directory }) => basename(directory));
  return names.length === 0 ? [] : [`here, too: ${names.join(', ')}`];
}

/** What somebody should know before they enter an environment that is there: one from another place may be anybody's. */
function remarksOn({ state, misfit, brought, unseen }: EnvironmentLook): string[] {
  const code = state === 'misplaced' ? 'code in it will be run' : undefined;
  return [misfit, brought ?? code, unseen].filter((remark) => remark !== undefined);
}

/** What an environment of this Python will not do, and what to type. */
function lacksPython({ who, requires, gets }: Unmet): string {
  if (gets !== undefined) return `${who} requires Python ${requires}: ${gets} gets one`;
  const version = /(?:>=|==|~=|\^|~)\s*(\d+\.\d+)/.exec(requires)?.[1];
  const how =
    version === undefined ? '' : `: uv python install ${version} or pyenv install ${version} gets one`;
  return `${who} requires Python ${requires}${how}`;
}

/** ` with its 15 packages` */
function inventory(environment: EnvironmentLook): string {
  return environment.held === undefined ? '' : ` with its ${packagesIn(environment)}`;
}

/** What becomes of an environment that is made anew, and of what it held. */
function anew(situation: Situation): string[] {
  const { environment } = situation;
  const kept = keptAside(situation, environment);
  if (kept === undefined) return [];
  const not = whatIsLost(environment);
  return [
    ...(not === undefined ? [] : [` · ${not}`]),
    ` · keeps the old one as ${basename(kept.directory)}`,
    ...(environment.brought === undefined ? [] : [` · ${environment.brought}`]),
  ];
}
