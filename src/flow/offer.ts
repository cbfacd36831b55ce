import { type Question, stoppedBy } from '../prompt/question.ts';
import { showPrompt } from '../prompt/show-prompt.ts';
import { execute } from '../run/execute.ts';
import type { ExecuteOptions } from '../run/run-step.ts';
import { succeeded } from '../system/ending.ts';
import { printable } from '../system/quote.ts';
import type { Environment } from '../system/variables.ts';
import type { Ending, Offer } from '../types.ts';
import { say } from './report.ts';

/**
 * Offers one more thing to the person who has answered a question. What was installed stays installed in any case. Returns
 * an ending only where the person stopped everything.
 */
export async function offerMore(
  offer: Offer,
  environment: Environment,
  options: ExecuteOptions,
): Promise<Ending | undefined> {
  const answer = await showPrompt(asQuestion(offer), environment);
  const stopped = stoppedBy(answer);
  if (stopped !== undefined) return stopped;
  if (answer.kind !== 'chosen' || answer.id === 'none') {
    if (offer.otherwise !== undefined) say(printable(offer.otherwise));
    return undefined;
  }
  const { ending } = await execute(offer.plan, options);
  if (!succeeded(ending)) say(`pip-detour: ${printable(offer.failed)}`);
  return undefined;
}

function asQuestion({ id, headline, command, yes, no, help }: Offer): Question {
  return {
    headline: printable(headline),
    command,
    place: '~',
    options: [
      { id, ...yes, commands: [command] },
      { id: 'none', ...no, commands: [] },
    ],
    preselected: 0,
    remember: false,
    follows: true,
    help: help.map(printable),
  };
}
