import { satisfies } from '../../place/python-version.ts';
import { inWords } from '../../system/sentences.ts';
import type { IndexAnswer, PackageFacts, Situation } from '../../types.ts';

/** What the index said of a name (PEP 503); undefined where it has not been asked, or said nothing. */
export function answerFor({ index }: Situation, name: string | undefined): IndexAnswer | undefined {
  return index?.answers.find((answer) => answer.name === name);
}

/** What the package of this name says about itself, as far as we know. */
export function factsOf(situation: Situation, name: string): PackageFacts | undefined {
  const answer = answerFor(situation, name);
  return answer?.kind === 'found' || answer?.kind === 'python' ? answer.package : undefined;
}

/** Which Pythons the typed names need, all of them together, where the refused one is none of those: `>=3.12,<4`. */
export function requiredPython({ index }: Situation): string | undefined {
  const unfit = (index?.answers ?? []).filter((answer) => answer.kind === 'python');
  return unfit.length === 0 ? undefined : unfit.map(({ requires }) => requires).join(',');
}

/** A clause: why a Python of this version (`3.11`) cannot have what was typed; undefined where nothing says so. */
export function needsAnotherPython({ index }: Situation, version: string | undefined): string | undefined {
  const unfit = (index?.answers ?? []).flatMap((answer) =>
    answer.kind === 'python' && version !== undefined && !satisfies(version, answer.requires) ? answer : [],
  );
  const [first] = unfit;
  if (first === undefined) return undefined;
  return `${inWords(unfit.map(({ name }) => name))} ${unfit.length === 1 ? 'needs' : 'need'} Python ${first.requires}`;
}
