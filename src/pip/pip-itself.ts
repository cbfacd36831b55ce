import type { Inherited } from '../system/inherited.ts';
import { noticeInterruption, run } from '../system/process.ts';
import type { Environment } from '../system/variables.ts';
import type { Ending, PipCommand } from '../types.ts';
import { pipArguments } from './start.ts';
import { startOf, startOfProcess, startWitness } from './witness.ts';

/** A pip that is to be run, as a call of ours has it. */
interface Called {
  /** What pip was called by. */
  readonly name: string;
  readonly realPip: string;
  readonly command: PipCommand;
  readonly environment: Environment;
  readonly inherited: Inherited;
}

/** A pip that had the terminal to itself. */
export interface Unwatched {
  readonly ending: Ending;
  /** The Python whose pip, asked now, says that it refuses this command line; costs about one start of pip. */
  refused(): Promise<string | undefined>;
}

/** A pip that has failed is asked no longer than this, in ms. */
const patience = 10_000;

/** How often a wrapper is looked at to see which Python it becomes, in ms. */
const glance = 20;

/**
 * Runs the real pip with the terminal to itself, for a command line that may or may not be refused. How it ended says
 * too little, so where it failed the same pip can be asked, held, whether it refuses. It does not run by way of
 * pip-witness.py, which would tell at once: what makes it uncertain may look at the words that Python was started with
 * (sitecustomize), a pip may start another, and which Python a wrapper leads to is known only once it runs.
 */
export async function runUnwatched(call: Called): Promise<Unwatched> {
  const { name, realPip, command, environment, inherited } = call;
  let start = startOf(name, realPip, environment);
  let glances: NodeJS.Timeout | undefined;
  const interruption = noticeInterruption();
  try {
    const ending = await run(realPip, pipArguments(realPip, command.argv, name), {
      env: environment.variables,
      inherited,
      onStart(pid) {
        if (start !== undefined) return;
        glances = setInterval(() => {
          start = startOfProcess(pid);
          if (start !== undefined) clearInterval(glances);
        }, glance);
      },
    });
    const may = 'code' in ending && ending.code === 1 && !interruption.stop();
    return {
      ending,
      async refused() {
        if (!may || start === undefined) return undefined;
        const { refusal } = startWitness(start, command.argv, { inherited, patience });
        return (await refusal)?.python;
      },
    };
  } finally {
    clearInterval(glances);
    interruption.stop();
  }
}
