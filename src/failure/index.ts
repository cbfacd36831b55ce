import { basename } from 'node:path';
import { detourById } from '../detours/index.ts';
import { type Brought, whoBrings } from '../detours/system-package/brought.ts';
import { lookForRequired } from '../detours/venv/making.ts';
import { versionOf } from '../place/python-version.ts';
import { quoteAll, shortPath, shownLine } from '../system/quote.ts';
import { inWords } from '../system/sentences.ts';
import type { Environment } from '../system/variables.ts';
import type { Cause, Decision, Failed, Missing, Situation, Step } from '../types.ts';
import { diagnose } from './diagnose.ts';
import { pipxLog } from './pipx-log.ts';
import { spelledAlike } from './spelling.ts';
import { called, inSentences } from './words.ts';

/** The bundle `failure`: loaded only when an installation that we ran has failed. */

/** What is known of a failure, and what can be done about it here. */
export interface Explained {
  /** Stable and kebab-case, for programs: `build-lacks`, `no-such-name`. */
  readonly reference: string;
  /** At most three sentences; the last may be what to type. */
  readonly lines: readonly string[];
  /** What is missing, as a build calls it. */
  readonly missing?: readonly string[];
  /** What brings it: a command to type before the same one again. */
  readonly advice?: string;
  readonly remedy?: Remedy;
}

/** Something to be done, after which the same command may work. */
export interface Remedy {
  /** What it is about, as a question's first line. */
  readonly headline: string;
  /** `Install it and try again`. */
  readonly title: string;
  readonly detail: string;
  /** The command as a person would type it: what is run first, or else the same again. */
  readonly command: string;
  /** What is run first; nothing where the same command only has to be run in `situation`. */
  readonly steps: readonly Step[];
  /** What the question's help says of it. */
  readonly help: readonly string[];
  /** What it gets: never got twice. */
  readonly packages: readonly string[];
  /** What the same command is run in then. */
  readonly situation: Situation;
  /** It only lets the failure be understood: that is looked at again, and the same command not run yet. */
  readonly onlyLooks?: true;
}

/**
 * What an installation's failure comes from, and what helps here. `had` are packages that were got on the way already.
 * Undefined where its words say nothing certain.
 */
export async function explain(
  failed: Failed,
  decision: Decision,
  environment: Environment,
  had: readonly string[],
): Promise<Explained | undefined> {
  const { situation } = decision;
  const cause = diagnose({ said: `${failed.said}\n${pipxLog(failed.said, situation.uid)}` });
  if (cause === undefined) return undefined;
  if (cause.kind === 'missing') return lacking(cause.missing, situation, environment, had);
  const reference = cause.kind;
  if (cause.kind === 'needs-python') return anotherPython(cause, decision, environment);
  const nearest = cause.kind === 'no-such-name' ? spelledAlike(cause.name) : undefined;
  const lines = inSentences(cause, situation, nearest === undefined ? {} : { nearest });
  return { reference, lines };
}

async function lacking(
  missing: readonly Missing[],
  situation: Situation,
  environment: Environment,
  had: readonly string[],
): Promise<Explained | undefined> {
  const asked = missing.slice(0, most);
  const brought = await whoBrings(asked, situation, environment);
  const first = asked.find((one) => {
    const name = brought?.packages.get(one);
    return name !== undefined && !had.includes(name);
  });
  const reference = 'build-lacks';
  if (brought === undefined || first === undefined)
    return unresolved(reference, asked, situation, brought, had);
  const together = asked.filter((one) => one.at === first.at && brought.packages.has(one));
  const packages = [...new Set(together.flatMap((one) => brought.packages.get(one) ?? []))];
  const what = together.map(called);
  const remedy = getting(
    packages,
    `The build lacks ${inWords(what)}; ${situation.manager}'s ${inWords(packages)} ${packages.length === 1 ? 'brings' : 'bring'} it.`,
    situation,
    brought,
  );
  return {
    reference,
    missing: together.map(({ name }) => name),
    lines: [`The build lacks ${inWords(what)}; ${situation.manager} has it in ${inWords(packages)}.`],
    ...remedy,
  };
}

const helpOfBuild = [
  "No ready-made build of a package was found for this machine, so it was built here. The build looked for something that is not installed: the build's own output names it.",
  'What you install for it is a package of the system, and stays there. Then the same command runs again; it may turn out to lack something else.',
];

const helpOfPython = [
  'The environment that was being made has been taken away. It is made again with this other Python of yours, and the same command runs in it.',
  'No Python is installed, changed or removed.',
];

/** Stands among the packages that were got for the package manager's own list of them. */
const itsList = 'the list of packages';

/** No more are asked about: a configure script tells of all it looked for. */
const most = 12;

function getting(
  packages: readonly string[],
  headline: string,
  situation: Situation,
  { gets, variables }: Pick<Brought, 'gets' | 'variables'>,
): Pick<Explained, 'advice' | 'remedy'> {
  const words = gets(packages);
  if (words === undefined) return {};
  const { root, attended } = situation.systemPackages ?? {};
  const full = [...(root ?? ['sudo']), ...words];
  const [command = '', ...args] = full;
  const programs = (root?.length ?? 1) + 1;
  const advice = quoteAll(full.map((word, at) => (at < programs ? basename(word) : word)));
  // Without a way to become root, or somebody to type a password, it can only be said.
  if (root === undefined || attended !== true) return { advice };
  const env = variables === undefined ? {} : { env: variables };
  return {
    advice,
    remedy: {
      headline,
      title: 'Install it and try again',
      detail: advice,
      command: advice,
      steps: [{ kind: 'run', command, args, cwd: '/', ...env }],
      help: helpOfBuild,
      packages,
      situation,
    },
  };
}

/** Nobody is known to bring it: perhaps because there is no list of packages to look into. */
function unresolved(
  reference: string,
  missing: readonly Missing[],
  situation: Situation,
  brought: Brought | undefined,
  had: readonly string[],
): Explained | undefined {
  const [first] = missing;
  if (first === undefined) return undefined;
  const said = { reference, missing: [first.name] };
  const lines = [`The build lacks ${called(first)}.`];
  if (brought?.noIndex === true && brought.refreshes !== undefined && !had.includes(itsList)) {
    const { refreshes } = brought;
    const untold = `${situation.manager}'s list of packages would say which package brings it, but it has not been fetched yet.`;
    const { advice, remedy } = getting([itsList], `The build lacks ${called(first)}. ${untold}`, situation, {
      gets: () => refreshes,
    });
    return {
      ...said,
      lines: [...lines, untold],
      ...(advice === undefined ? {} : { advice }),
      ...(remedy === undefined
        ? {}
        : { remedy: { ...remedy, title: 'Fetch the list, and look', onlyLooks: true as const } }),
    };
  }
  const got = had.filter((name) => name !== itsList);
  return {
    ...said,
    lines: [
      ...lines,
      got.length > 0
        ? `It is still not found, although ${inWords(got)} ${got.length === 1 ? 'is' : 'are'} there now.`
        : "pip-detour knows no package that brings it: the project's page may say what the build needs.",
    ],
  };
}

/** An environment that is there keeps its Python; one that is to be made can be made with another. */
function anotherPython(
  cause: Extract<Cause, { kind: 'needs-python' }>,
  { id, situation }: Decision,
  environment: Environment,
): Explained {
  const { interpreter, place, environment: look, home, making } = situation;
  const isNew = look.state === 'missing' || look.state === 'broken';
  const makes = detourById(id)?.makesEnvironment === true;
  const found =
    cause.requires === undefined
      ? undefined
      : lookForRequired(cause.requires, { refused: interpreter, environment, place: place.directory });
  const fits = found === undefined || found === 'unmet' ? undefined : found;
  const python =
    fits === undefined
      ? undefined
      : `${versionOf(fits.interpreter)} (${shortPath(fits.interpreter.executable, home)})`;
  const lines = inSentences(cause, situation, python === undefined ? {} : { python });
  if (fits === undefined || !isNew || !makes || making !== undefined)
    return {
      reference: cause.kind,
      lines:
        isNew || fits === undefined
          ? lines
          : [
              ...lines,
              `The environment here keeps its Python${look.version === undefined ? '' : ` ${look.version}`}: make another one, in another directory.`,
            ],
    };
  return {
    reference: cause.kind,
    lines,
    remedy: {
      headline: lines.join(' '),
      title: `Make the environment with Python ${fits.interpreter.version} and try again`,
      detail: `Python ${python}`,
      command: `${situation.name} ${shownLine(situation.command.argv)}`,
      steps: [],
      help: helpOfPython,
      packages: [`python${fits.interpreter.version}`],
      situation: Object.freeze({ ...situation, making: fits }),
    },
  };
}
