import { answerFor } from '../detours/shared/index-answers.ts';
import { makesEnvironment } from '../detours/shared/makes-environment.ts';
import { normalizeName } from '../pip/requirement.ts';
import type { Environment } from '../system/variables.ts';
import type { Cause, Decision, Failed, Situation } from '../types.ts';
import { anotherPython } from './another-python.ts';
import { builtLike, fittingRelease } from './as-distributed.ts';
import { lacking } from './build-lacks.ts';
import { builtWithMore } from './built-with.ts';
import { diagnose } from './diagnose.ts';
import type { Explained, Had } from './explained.ts';
import { failingIn } from './failing.ts';
import { forWhom } from './other-files.ts';
import { pipxLog } from './pipx-log.ts';
import { spelledAlike } from './spelling.ts';
import { inSentences } from './words.ts';

/** The bundle `failure`: loaded only when an installation that we ran has failed. */

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
  const said = `${failed.said}\n${pipxLog(failed.said, situation.uid)}`;
  const cause = asKnownHere(diagnose({ said }), situation);
  const failing = failingIn(said);
  const explained = await helped(cause, decision, environment, had, () =>
    failing === undefined ? undefined : builtLike(failing, situation, environment, had),
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
  builtHere: () => Promise<Explained | undefined> | undefined,
): Promise<Explained | undefined> {
  const { situation } = decision;
  if (cause === undefined) return builtHere();
  if (cause.kind === 'missing')
    return (await lacking(cause.missing, situation, environment, had)) ?? builtHere();
  const reference = cause.kind;
  if (cause.kind === 'needs-python') return anotherPython(cause, decision, environment, had.packages);
  if (cause.kind === 'wants-module' || cause.kind === 'wants-older') return builtWithMore(cause, decision);
  if (cause.kind === 'wants-pip' && givesPipLater(decision)) return withPipFirst(situation);
  const nearest = cause.kind === 'no-such-name' ? spelledAlike(cause.name) : undefined;
  const lines = inSentences(cause, situation, nearest === undefined ? {} : { nearest });
  return { reference, lines };
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

/** What the words of one program leave open and the rest of what is known here tells. */
function asKnownHere(cause: Cause | undefined, situation: Situation): Cause | undefined {
  if (cause?.kind === 'other-files')
    return forWhom(cause, {
      python: situation.interpreter?.version,
      platform: process.platform,
      arch: process.arch,
    });
  const minor = Number(situation.interpreter?.version.split('.')[1]);
  // Debian keeps these apart as long as Python has them.
  if (cause?.kind === 'too-old-source' && minor < 12 && ['distutils', 'lib2to3'].includes(cause.module ?? ''))
    return { kind: 'missing', missing: [{ kind: 'module', name: cause.module ?? '' }] };
  // No setuptools below 58 runs with a Python from 3.12 on.
  if (cause?.kind === 'wants-older' && cause.name === 'setuptools' && minor >= 12)
    return { kind: 'too-old-source' };
  if (cause?.kind !== 'no-version' && (cause?.kind !== 'no-such-name' || cause.certain)) return cause;
  const { name } = cause;
  const known = normalizeName(name);
  const answer = answerFor(situation, known);
  const newest = answer?.kind === 'version' ? answer.version : undefined;
  if (cause.kind === 'no-version')
    return cause.nearest === '' && newest !== undefined ? { ...cause, nearest: newest } : cause;
  const wanted = situation.command.requirements.find((one) => one.name === known)?.specifier;
  return wanted === undefined ? cause : { kind: 'no-version', name, wanted, nearest: newest ?? '' };
}
