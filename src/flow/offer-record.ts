import { readFileSync } from 'node:fs';
import { type Question, stoppedBy } from '../prompt/question.ts';
import { showPrompt } from '../prompt/show-prompt.ts';
import { change } from '../settings/change.ts';
import { schema } from '../settings/schema.ts';
import { canEnter } from '../shell/this-shell.ts';
import { describe } from '../system/errors.ts';
import { printable, quoteAll, shortPath, typable } from '../system/quote.ts';
import { replaceFile } from '../system/replace-file.ts';
import { inWords } from '../system/sentences.ts';
import type { Decision, Ending } from '../types.ts';
import type { InvocationWithSettings } from './invocation.ts';
import { lookForRecord, type RecordFound } from './record-look.ts';
import { say } from './report.ts';

/** The two answers that hold for later as well, as the question counts a detour's other ways. */
const later = ['always', 'never'] as const;

/**
 * Offers to write into the project's own list what was installed, or to take out what was uninstalled. Where the person has
 * set `always` or `never`, it is done without a question, or not mentioned. What pip did stays done in any case. Returns an
 * ending only where the person stopped everything. `answered`: they have just answered a question; if they were asked
 * nothing, a line tells them what to type.
 */
export async function offerToRecord(
  decision: Decision,
  call: InvocationWithSettings,
  answered: boolean,
): Promise<Ending | undefined> {
  const wish = call.settings.value(schema.record);
  if (wish === 'never' || call.nobody !== undefined || call.verbosity < 0) return undefined;
  const found = await lookForRecord(decision.situation, decision.plan.activate).catch(() => undefined);
  if (found === undefined) return undefined;
  if ('why' in found) {
    if (answered)
      say(printable(`Not written into ${found.file}: ${inWords(found.names)}. That file ${found.why}.`));
    return undefined;
  }
  if (wish === 'always') {
    say(printable(written(found, call.environment.home, ' (the setting record says always)')));
    return undefined;
  }
  if (!answered) {
    // A question would swallow the next line of what was pasted, which ran before.
    if (canEnter(call.environment)) say(printable(inOneLine(found, call.environment.home)));
    return undefined;
  }
  const answer = await showPrompt(asQuestion(found, decision, call), call.environment);
  const stopped = stoppedBy(answer);
  if (stopped !== undefined) return stopped;
  if (answer.kind !== 'chosen' || answer.id === 'none') return undefined;
  const forLater = answer.other === undefined ? undefined : later[answer.other];
  if (forLater !== 'never') say(printable(written(found, call.environment.home)));
  if (forLater !== undefined) await remember(found.root, forLater, call);
  return undefined;
}

/** The command that makes the project's list agree with the environment. */
export function inOneLine({ root, file, names, takesOut }: RecordFound, home: string): string {
  const name = shortPath(`${root}/${file}`, home);
  const state = takesOut ? 'still lists' : 'does not list';
  const end = takesOut ? 'take it out' : 'write it there';
  return `${name} ${state} ${inWords(names)}; to ${end}: pip-detour record ${quoteAll(names)}`;
}

/** Writes the list, if the file is still as it was when we read it. Returns a sentence that says what was done. */
export function written(found: RecordFound, home: string, why = ''): string {
  const { root, file, real, before, after, lines, takesOut } = found;
  const name = shortPath(`${root}/${file}`, home);
  const what = lines.join(', ');
  try {
    if (!readFileSync(real).equals(before)) return `Not written: ${name} has been changed meanwhile.`;
    replaceFile(real, after);
    return `${takesOut ? 'Taken out of' : 'Written into'} ${name}: ${what}${why}.`;
  } catch {
    return `${name} cannot be written. By hand: ${takesOut ? 'take out' : 'add'} ${what}`;
  }
}

async function remember(
  root: string,
  wish: 'always' | 'never',
  { environment }: InvocationWithSettings,
): Promise<void> {
  try {
    await change({ source: 'directory', directory: root }, schema.record, wish, environment);
    const undo = `pip-detour config unset --directory ${typable(root, environment.home)} record`;
    const what = wish === 'always' ? 'no question, it is written' : 'no question, nothing is written';
    say(
      printable(`From now on in ${shortPath(root, environment.home)}: ${what}; to be asked again: ${undo}`),
    );
  } catch (thrown) {
    say(describe(thrown));
  }
}

/** Enter leaves the file as it is: whoever types on does not change what is theirs without having read it. */
function asQuestion(found: RecordFound, { id }: Decision, { environment }: InvocationWithSettings): Question {
  const { root, file, lines, takesOut } = found;
  const { home } = environment;
  const name = shortPath(`${root}/${file}`, home);
  const commands = lines.map((line) => printable(`${takesOut ? '- ' : '+ '}${line}`));
  const here = shortPath(root, home);
  const [verb, again] = takesOut
    ? ['Take it out', 'what you uninstall later, too']
    : ['Write it down', 'what you install later, too'];
  return {
    headline: printable(
      takesOut
        ? `Take this out of ${name}, now that it is uninstalled?`
        : `Write this into ${name}, now that it is installed?`,
    ),
    command: printable(lines.join(', ')),
    place: here,
    options: [
      { id: 'none', title: 'Not now', detail: `${file} stays as it is`, commands: [] },
      {
        id,
        title: verb,
        detail: `${lines.length === 1 ? 'one line' : `${lines.length} lines`} of ${name}`,
        commands,
      },
      { id, other: 0, title: 'Always here', detail: again, commands },
      { id, other: 1, title: 'Never here', detail: `no such question in ${here}`, commands: [] },
    ],
    preselected: 0,
    remember: false,
    follows: true,
    help: [
      printable(
        `${name} says what your project needs. Whoever sets it up elsewhere installs from it. The version is written as that file writes its others; the rest of it stays as it is.`,
      ),
      `pip-detour config set record always (or never) answers this for all projects.`,
    ],
  };
}
