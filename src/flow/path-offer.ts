import { keeperOf } from '../detours/pipx/way.ts';
import type { Question } from '../prompt/question.ts';
import { putQuestion } from '../prompt/show-prompt.ts';
import { type ExecuteOptions, execute } from '../run/execute.ts';
import { succeeded } from '../system/process.ts';
import { printable, shortPath } from '../system/quote.ts';
import type { Environment } from '../system/variables.ts';
import type { Ending, Pipx, Plan, Situation } from '../types.ts';
import { say } from './report.ts';

/**
 * Offers `pipx ensurepath` to whoever answered a question and now has commands that their shell does not find. What was
 * installed stays installed, whatever comes of it. An ending is only given where the person stopped it all.
 */
export async function offerPath(
  situation: Situation,
  environment: Environment,
  options: ExecuteOptions,
): Promise<Ending | undefined> {
  const pipx = offWhosePath(situation);
  if (pipx === undefined) return undefined;
  const plan = ensuring(pipx);
  const answer = await putQuestion(pathQuestion(pipx, situation.home), environment);
  if (answer.kind === 'interrupted') return { signal: 'SIGINT' };
  if (answer.kind === 'quit') return { signal: 'SIGQUIT' };
  if (answer.kind !== 'chosen' || answer.id === 'none') return undefined;
  const { ending } = await execute(plan, options);
  const bin = printable(shortPath(pipx.bin, situation.home));
  if (!succeeded(ending)) say(`pip-detour: ${bin} was not put on PATH; what was installed is there.`);
  return undefined;
}

/** The pipx whose commands are not found; undefined where they are, or where there is no pipx to ask. */
function offWhosePath(situation: Situation): Pipx | undefined {
  const keeper = keeperOf(situation);
  if (keeper === undefined || keeper === situation.withoutPipx || keeper.binOnPath) return undefined;
  return situation.command.subcommand === 'install' ? situation.pipx : undefined;
}

function ensuring({ executable, variables }: Pipx): Plan {
  return {
    steps: [{ kind: 'run', command: executable, args: ['ensurepath'], cwd: '/', env: variables }],
  };
}

/** The question, as data. */
function pathQuestion({ bin }: Pipx, home: string): Question {
  const place = printable(shortPath(bin, home));
  return {
    headline: `Put ${place} on PATH, so that its commands are found?`,
    command: 'pipx ensurepath',
    place: '~',
    options: [
      {
        id: 'pipx',
        title: 'Put it on PATH',
        detail: 'for terminals opened from now on',
        commands: ['pipx ensurepath'],
      },
      { id: 'none', title: 'Leave it', detail: 'what was installed stays', commands: [] },
    ],
    preselected: 0,
    remember: false,
    help: [
      `pipx adds ${place} to PATH in the files your shell reads when it starts. Terminals opened afterwards find the commands; this one does not yet.`,
    ],
  };
}
