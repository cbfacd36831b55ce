import { join } from 'node:path';
import { detourById } from '../../detours/index.ts';
import { pythonPackages } from '../../detours/system-package/python-packages.ts';
import { lookForRequired } from '../../detours/venv/making.ts';
import { normalizeName } from '../../pip/requirement.ts';
import { versionOf } from '../../place/python-version.ts';
import { quoteAll, shortPath, shownLine } from '../../system/quote.ts';
import type { Environment } from '../../system/variables.ts';
import type { Cause, Decision, Making, Situation } from '../../types.ts';
import type { Explained } from '../explained.ts';
import { getting } from './getting.ts';
import { inSentences } from './words.ts';

type NeedsPython = Extract<Cause, { kind: 'needs-python' }>;

const helpOfPython = [
  'What was being made has been taken away. It is made again with this other Python of yours, and the same command runs in it.',
  'No Python is installed, changed or removed.',
];

const helpOfPackage = [
  "The distribution has another Python beside its own. It is a package of the system and stays there; the system's own Python is not changed.",
  'Then pip-detour looks again, and asks before anything is made with it.',
];

/** What is for another Python: one that is here, one that the distribution has, or how to get one. `had`: packages that were got already. */
export async function anotherPython(
  cause: NeedsPython,
  { id, situation, plan }: Decision,
  environment: Environment,
  had: readonly string[],
): Promise<Explained> {
  const { interpreter, place, home } = situation;
  const reference = cause.kind;
  const isMade = plan.steps.some(
    (step) => step.kind === 'make' && step.path === join(situation.cwd, '.venv'),
  );
  const does = detourById(id)?.withAnotherPython?.(situation);
  const found =
    cause.requires === undefined
      ? undefined
      : lookForRequired(cause.requires, { refused: interpreter, environment, place: place.directory });
  if (found === undefined || cause.project !== undefined)
    return { reference, lines: inSentences(cause, situation, {}) };
  if (found === 'unmet')
    return byPackage(cause, situation, environment, does === undefined ? undefined : had);
  const version = versionOf(found.interpreter);
  const python = `${version} (${shortPath(found.interpreter.executable, home)})`;
  const lines = inSentences(cause, situation, { python });
  if (does === undefined) return { reference, lines: [...lines, ...keepsItsPython(situation)] };
  const advice = quoteAll([found.interpreter.executable, '-m', 'venv', '.venv']);
  return {
    reference,
    lines,
    ...(isMade ? { advice } : {}),
    remedy: {
      headline: lines.join(' '),
      title: `${does} with Python ${found.interpreter.version} and try again`,
      detail: `Python ${python}`,
      command: `${situation.name} ${shownLine(situation.command.argv)}`,
      steps: [],
      help: helpOfPython,
      packages: [`python${found.interpreter.version}`],
      situation: asLearnt(situation, cause, found),
    },
  };
}

/** What the failure has said is known from now on as if the index had said it. */
function asLearnt(
  situation: Situation,
  { name: text, requires = '' }: NeedsPython,
  making: Making,
): Situation {
  const name = normalizeName(text);
  const others = situation.index?.answers.filter((answer) => answer.name !== name) ?? [];
  const learnt = { kind: 'python', name, version: '', requires } as const;
  return Object.freeze({
    ...situation,
    making,
    index: { state: 'answered', answers: [...others, learnt] } as const,
  });
}

/** No Python of this person's fits: the distribution may have one. `had` is undefined where it would be of no use. */
async function byPackage(
  cause: NeedsPython,
  situation: Situation,
  environment: Environment,
  had: readonly string[] | undefined,
): Promise<Explained> {
  const reference = cause.kind;
  const lines = inSentences(cause, situation, {});
  const [first = ''] = lines;
  const packages =
    had === undefined ? undefined : await pythonPackages(cause.requires ?? '', situation, environment);
  if (packages === undefined || had?.includes(packages.name) === true)
    return { reference, lines: had === undefined ? [...lines, ...keepsItsPython(situation)] : lines };
  const has = `${situation.manager} has Python ${packages.version} in ${packages.name}.`;
  const { advice, remedy } = getting([packages.name], `${first} ${has}`, situation, packages);
  return {
    reference,
    lines: [first, has],
    ...(advice === undefined ? {} : { advice }),
    ...(remedy === undefined
      ? {}
      : {
          remedy: { ...remedy, title: 'Install it, and look again', help: helpOfPackage, onlyLooks: true },
        }),
  };
}

function keepsItsPython({ environment: { state, version } }: Situation): string[] {
  if (state === 'missing' || state === 'broken') return [];
  return [
    `The environment here keeps its Python${version === undefined ? '' : ` ${version}`}: make another one, in another directory.`,
  ];
}
