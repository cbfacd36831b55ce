import { makesEnvironment } from '../detours/shared/makes-environment.ts';
import type { Environment } from '../system/variables.ts';
import type { Cause, Decision, Failed, Situation } from '../types.ts';
import { asKnownHere } from './causes/as-known-here.ts';
import { diagnose } from './causes/diagnose.ts';
import type { Explained, Had } from './explained.ts';
import { anotherPython } from './help/another-python.ts';
import { builtLike, fittingRelease } from './help/as-distributed.ts';
import { lacking } from './help/build-lacks.ts';
import { offerWhatItWants } from './help/offer-wants.ts';
import { namedLikeModule, unknownName } from './help/unknown-name.ts';
import { inSentences } from './help/words.ts';
import { failingIn } from './said/failing.ts';
import { hear } from './said/hear.ts';
import { pipxLog } from './said/pipx-log.ts';

/**
 * The bundle `failure`: loaded only when an installation that we ran has failed. What was said (said/) tells what is missing
 * (missing/) or another cause (causes/), and for each cause there is what helps here (help/).
 */

/**
 * What an installation's failure comes from, and what helps here. `had`: what was got on the way already.
 * Undefined where its words say nothing certain.
 */
export async function explain(
  failed: Failed,
  decision: Decision,
  environment: Environment,
  had: Had,
): Promise<Explained | undefined> {
  const { situation } = decision;
  const said = hear(`${failed.said}\n${pipxLog(failed.said, situation.uid)}`);
  const cause = asKnownHere(diagnose(said), failed.by, situation);
  const failing = failingIn(said);
  const explained = await helped(cause, decision, environment, had, async () =>
    failing === undefined
      ? undefined
      : (namedLikeModule(failing, situation) ?? (await builtLike(failing, situation, environment, had))),
  );
  const isOlderHere = cause !== undefined && ofNewerSource.has(cause.kind) && explained?.remedy === undefined;
  if (explained === undefined || failing === undefined || !isOlderHere) return explained;
  const older = await fittingRelease(failing, explained.lines, situation, environment);
  return older === undefined ? explained : { ...explained, ...older };
}

/** A release that is older than what failed for these may well be made for what is here. */
const ofNewerSource: ReadonlySet<Cause['kind']> = new Set([
  'missing',
  'other-age',
  'does-not-compile',
  'too-old-tool',
] as const);

async function helped(
  cause: Cause | undefined,
  decision: Decision,
  environment: Environment,
  had: Had,
  builtHere: () => Promise<Explained | undefined>,
): Promise<Explained | undefined> {
  const { situation } = decision;
  if (cause === undefined) return builtHere();
  if (cause.kind === 'missing')
    return (await lacking(cause.missing, situation, environment, had)) ?? builtHere();
  const reference = cause.kind;
  if (cause.kind === 'needs-python') return anotherPython(cause, decision, environment, had.packages);
  if (cause.kind === 'wants-module' || cause.kind === 'wants-older') return offerWhatItWants(cause, decision);
  if (cause.kind === 'wants-pip' && givesPipLater(decision)) return withPipFirst(situation);
  if (cause.kind === 'no-such-name') return unknownName(cause, situation, environment);
  return { reference, lines: inSentences(cause, situation, {}) };
}

/** A new environment gets its pip while the packages are being installed: few builds start that one. */
function givesPipLater({ plan, situation: { pipFirst } }: Decision): boolean {
  return pipFirst !== true && makesEnvironment(plan);
}

function withPipFirst(situation: Situation): Explained {
  return {
    reference: 'wants-pip',
    lines: [],
    again: {
      situation: Object.freeze({ ...situation, pipFirst: true }),
      why: 'the build starts the pip of the environment, which gets it first now',
    },
  };
}
