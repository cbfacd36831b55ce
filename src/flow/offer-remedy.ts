import { decide, decideAll } from '../detours/decide.ts';
import { detourById } from '../detours/index.ts';
import { withPackages } from '../detours/system-package/packages.ts';
import type { Explained, Remedy } from '../failure/explained.ts';
import { commandsOf } from '../prompt/build.ts';
import { type Question, type QuestionOption, stoppedBy } from '../prompt/question.ts';
import { showPrompt } from '../prompt/show-prompt.ts';
import { printable, shortPath } from '../system/quote.ts';
import type { Cause, Decision } from '../types.ts';
import type { InvocationWithSettings } from './invocation.ts';

/** What somebody wants to be done about a failed installation. `unasked`: there is nothing that could be, or it cannot be asked. */
export type Answered =
  | 'left'
  | 'unasked'
  | { readonly signal: NodeJS.Signals }
  | { readonly instead: Decision }
  | { readonly again: true };

/** Asks what to do about it: get what was missing, take what is ready-made, or leave it. */
export async function offerRemedy(
  { remedy, reference, lines }: Explained,
  { id, situation }: Decision,
  call: InvocationWithSettings,
): Promise<Answered> {
  const instead =
    remedy !== undefined || ofBuilds.has(reference) ? await alreadyBuilt(situation, call) : undefined;
  if (remedy === undefined && instead === undefined) return 'unasked';
  const runs = remedy === undefined ? [] : whatRuns(remedy, id);
  const question = asQuestion(remedy ?? lines.join(' '), id, instead, situation, runs);
  const answer = await showPrompt(question, call.environment).catch(() => undefined);
  if (answer === undefined) return 'unasked';
  const stopped = stoppedBy(answer);
  if (stopped !== undefined) return stopped;
  if (answer.kind !== 'chosen' || answer.id === 'none') return 'left';
  return instead !== undefined && answer.other === 0 ? { instead } : { again: true };
}

/** A build that failed for these is spared by a project that is ready-made. */
const ofBuilds: ReadonlySet<string> = new Set<Cause['kind'] | 'build-lacks'>([
  'build-lacks',
  'other-age',
  'does-not-compile',
  'wants-module',
  'other-files',
  'other-platform',
  'too-old-source',
  'too-old-tool',
  'too-new-cmake',
  'wants-older',
  'no-memory',
  'built-for-another',
]);

/** The same project as somebody else has built it, where that can be had. */
async function alreadyBuilt(
  situation: Decision['situation'],
  { environment }: InvocationWithSettings,
): Promise<Decision | undefined> {
  const found = decideAll(await withPackages(situation, environment)).find(
    (one) => detourById(one.id)?.brings === 'built',
  );
  return found === undefined || found.unavailable !== undefined ? undefined : found;
}

/** What is run first, and the same command after it as it would be run then. */
function whatRuns({ steps, command, situation, onlyLooks }: Remedy, id: Decision['id']): string[] {
  const first = steps.length === 0 ? [] : [command];
  const detour = detourById(id);
  if (onlyLooks === true || detour === undefined) return first;
  const again = decide(detour, situation);
  return again.unavailable !== undefined
    ? first
    : [...first, ...commandsOf(again.plan, situation.home, situation.variables)];
}

/** `about`: what can be done, or, where nothing can, only what it comes from. */
function asQuestion(
  about: Remedy | string,
  id: Decision['id'],
  instead: Decision | undefined,
  { cwd, home }: Decision['situation'],
  runs: readonly string[],
): Question {
  const built = instead === undefined ? [] : commandsOf(instead.plan, home);
  const own = typeof about === 'string' ? undefined : about;
  const options: QuestionOption[] = [
    ...(own === undefined
      ? []
      : [
          {
            id,
            title: own.title,
            detail: own.detail,
            commands: runs,
          },
        ]),
    ...(instead === undefined
      ? []
      : [
          {
            id: instead.id,
            other: 0,
            title: printable(instead.title),
            detail: printable(instead.detail),
            commands: built,
          },
        ]),
    { id: 'none', title: 'Leave it', detail: 'what failed stands above', commands: [] },
  ];
  return {
    headline: printable(typeof about === 'string' ? about : about.headline),
    command: own?.command ?? built[0] ?? '',
    place: shortPath(cwd, home),
    options,
    preselected: own?.onlyAdvised === true ? options.length - 1 : 0,
    remember: false,
    follows: true,
    help: own?.help ?? helpOfBuilt,
  };
}

const helpOfBuilt = [
  "The package could not be built here, for the reason that the first line names. The distribution has the same thing ready-made: a package of the system, for the system's Python.",
];
