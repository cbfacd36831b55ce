import { detourById } from '../detours/index.ts';
import { meaningOf } from '../memory/meaning.ts';
import { entersBy } from '../prompt/build.ts';
import { schema } from '../settings/schema.ts';
import { canEnter, cannotBeEntered, enter, fixedInShell } from '../shell/this-shell.ts';
import { scriptAround, typedShell } from '../shell/typed-shell.ts';
import { succeeded } from '../system/ending.ts';
import { describe } from '../system/errors.ts';
import { printable } from '../system/quote.ts';
import type { ActivationScope, FollowUp, RememberedTarget, Situation } from '../types.ts';
import type { Done } from './carry-out.ts';
import type { InvocationWithSettings } from './invocation.ts';
import { rememberChoice } from './remember.ts';
import { conclusion, type Entered, say, type Told } from './report.ts';

/** What follows once a plan has run: the answer is remembered, the shell enters the environment, and the person is told. */

/** The directory an answer is remembered for. */
export function directoryFor({ speaksFor, place }: Situation): string {
  return speaksFor ?? place.directory;
}

/** What the detour itself says of what was run: whether to ask again, what to add, what else to offer. */
export async function nextAfter(
  { decision, outcome }: Done,
  { environment }: InvocationWithSettings,
): Promise<FollowUp> {
  const { ending, meanings } = outcome;
  const ran = { situation: decision.situation, succeeded: succeeded(ending), meanings };
  return (await detourById(decision.id)?.after?.(ran, environment)) ?? {};
}

/**
 * What is remembered of a choice; whether shells are to enter the environment is added where it is not the usual answer.
 */
export function meantWith(
  { decision: { target, situation } }: Done,
  wanted: ActivationScope,
): RememberedTarget {
  const activate = wanted === 'always' ? wanted : wanted === 'no' ? false : undefined;
  return { ...meaningOf(target, situation.uid), ...(activate === undefined ? {} : { activate }) };
}

/** Whether shells are to enter the environment, as a choice remembers it; one that says nothing about it means once. */
export function wantedBy({ activate }: RememberedTarget = {}): ActivationScope {
  return activate === false ? 'no' : (activate ?? 'once');
}

/** Remembers an answer. Where that fails, the person is told and false is returned; what was installed stays installed. */
export async function rememberAnswer(
  done: Done,
  call: InvocationWithSettings,
  wanted: ActivationScope,
): Promise<boolean> {
  const { id, situation } = done.decision;
  try {
    await rememberChoice(call.environment, directoryFor(situation), id, meantWith(done, wanted));
    return true;
  } catch (thrown) {
    say(describe(thrown));
    return false;
  }
}

/** Has the shell in which this was typed enter the environment, where the person wants that and it is possible. */
export function enterShell(
  { decision: { plan, situation } }: Done,
  call: InvocationWithSettings,
  wanted: ActivationScope,
): Entered {
  const { environment, settings } = call;
  if (plan.activate === undefined || !entersBy(plan, situation)) return 'by-hand';
  if (cannotBeEntered(plan.activate) !== undefined) return 'impossible';
  if (fixedInShell(environment) !== undefined) return 'fixed';
  const wish = settings.value(schema.activate);
  if (wish === 'never' || (wish === 'ask' && wanted === 'no')) return 'by-hand';
  if (!canEnter(environment) || !enter(environment, plan.activate, directoryFor(situation))) return 'by-hand';
  return environment.typedIn?.atOnce === true ? 'entered' : 'next prompt';
}

/** Tells the person where the packages went, how to use them there, what is remembered, and what was not done. */
export async function tell(
  { decision: { plan, situation }, outcome }: Done,
  { environment }: InvocationWithSettings,
  told: Told,
  more: readonly string[] = [],
): Promise<void> {
  // Where one shell was started from another, SHELL still names the first.
  const typedIn =
    plan.activate === undefined || told.entered !== 'by-hand'
      ? undefined
      : await typedShell(environment.variables);
  const script = scriptAround();
  const within = script !== undefined ? 'this script' : typedIn === undefined ? 'a shell' : 'this shell';
  const shown = { ...told, typedIn: script ?? typedIn, within } as const;
  for (const line of conclusion(situation, plan, environment, shown)) say(line);
  for (const line of more) say(printable(line));
  for (const { title, otherwise } of outcome.missed) {
    const rest = otherwise === undefined ? '' : ` ${otherwise}`;
    say(printable(`Not done: ${title}. Everything else was done.${rest}`));
  }
}
