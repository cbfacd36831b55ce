import { writeFileSync } from 'node:fs';
import { succeeded } from '../system/ending.ts';
import { succeeds } from '../system/succeeds.ts';
import type { Ending, Failed, OutputMeaning, Plan } from '../types.ts';
import { type Begun, begin } from './ahead.ts';
import { byWaiting } from './by-waiting.ts';
import { asDetourError } from './disk-errors.ts';
import { type Finish, makeEnvironmentDirectory, type Undo } from './environment-directory.ts';
import { watchForInterruption } from './interruption.ts';
import { repair } from './repair.ts';
import { type ExecuteOptions, runStep } from './run-step.ts';
import { tidying } from './tidying.ts';

/** Something that was not done although the plan has succeeded; `otherwise`: what that means for the person. */
export interface NotDone {
  readonly title: string;
  readonly otherwise?: string;
}

/** How a plan ended. */
export interface Outcome {
  readonly ending: Ending;
  /** What the output of the programs meant, beyond their exit codes. */
  readonly meanings: readonly OutputMeaning[];
  /** Optional steps that failed. */
  readonly missed: readonly NotDone[];
  /** What was said by the step that failed, where it installed. */
  readonly failed?: Failed;
}

/**
 * Runs a plan. If a step fails, or the person interrupts, everything the plan made is taken away again, and only that.
 * @throws DetourError when a directory or file cannot be made; what was made before has then been taken away.
 */
export async function execute(plan: Plan, options: ExecuteOptions): Promise<Outcome> {
  const waiting = byWaiting(plan, options.variables);
  const undo: Undo[] = [];
  const finish: Finish[] = [];
  const meanings: OutputMeaning[] = [];
  const missed: NotDone[] = [];
  const interruption = watchForInterruption(options.inherited);
  let begun: Begun | undefined;
  try {
    for (const [at, step] of plan.steps.entries()) {
      if (step.kind === 'make') finish.push(...makeEnvironmentDirectory(step, undo));
      else if (step.kind === 'write') writeFileSync(step.path, step.text);
      else if (step.kind === 'repair') {
        if (!options.silent) options.show.say(`${step.title}\n`);
        missed.push(...repair(step).left.map((file) => ({ title: `Repairing ${file}` })));
      } else if (step.kind === 'settle') {
        missed.push(...finished(finish));
        undo.length = 0;
        if (!options.silent) for (const line of step.says) options.show.say(`${line}\n`);
      } else {
        const tidy = tidying(step.leaves ?? []);
        const early = begun;
        const next = plan.steps[at + 1];
        begun = next?.kind === 'run' ? begin(next, options) : undefined;
        const done = await runStep(step, options, waiting ?? early?.finish);
        meanings.push(...done.meanings);
        const signal = interruption.take();
        // pip itself says how it ends when it is interrupted; a helper of ours is over either way.
        const ending = step.quiet === true && signal !== undefined ? { signal } : done.ending;
        if (succeeded(ending)) continue;
        tidy();
        if (step.optional === true && signal === undefined) {
          const title = step.title ?? step.command;
          missed.push(step.otherwise === undefined ? { title } : { title, otherwise: step.otherwise });
          continue;
        }
        await begun?.drop();
        rollBack(undo);
        if (step.onFailure !== undefined) options.show.say(`${step.onFailure}\n`);
        return { ending, meanings, missed, ...(done.failed === undefined ? {} : { failed: done.failed }) };
      }
    }
    missed.push(...finished(finish));
    return { ending: { code: 0 }, meanings, missed };
  } catch (thrown) {
    await begun?.drop();
    rollBack(undo);
    throw asDetourError(thrown);
  } finally {
    interruption.stop();
  }
}

/** Does what is left to be done, once; what could not be. */
function finished(finish: Finish[]): NotDone[] {
  return finish.splice(0).flatMap(({ title, action, needed }) => {
    if (needed === true) action();
    else if (!succeeds(action)) return [{ title }];
    return [];
  });
}

/** Last done, first undone. What cannot be undone keeps nothing else from being. */
function rollBack(undo: Undo[]): void {
  for (let action = undo.pop(); action !== undefined; action = undo.pop()) succeeds(action);
}
