import { detourById } from '../detours/index.ts';
import { lookForRequired } from '../detours/venv/making.ts';
import { versionOf } from '../place/python-version.ts';
import { shortPath, shownLine } from '../system/quote.ts';
import type { Environment } from '../system/variables.ts';
import type { Cause, Decision } from '../types.ts';
import type { Explained } from './explained.ts';
import { inSentences } from './words.ts';

const helpOfPython = [
  'The environment that was being made has been taken away. It is made again with this other Python of yours, and the same command runs in it.',
  'No Python is installed, changed or removed.',
];

/** An environment that is there keeps its Python; one that is to be made can be made with another. */
export function anotherPython(
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
