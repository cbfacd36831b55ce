import { shortPath } from '../system/quote.ts';
import type { SetupPlan } from './setup.ts';
import { readAgain } from './shells.ts';

/** What came of it. */
interface SetupOutcome {
  /** `would`: asked only to say what would be done. */
  readonly done: 'changed' | 'nothing' | 'would';
  /** The shims are on the PATH of the shell we were called from. */
  readonly inUse: boolean;
  /** Set up for all users. */
  readonly everybody: boolean;
}

/** What setting up did, or would do, in words; and what to type for a running shell to notice. */
export function setupReport(
  plan: SetupPlan,
  home: string,
  { done, inUse, everybody }: SetupOutcome,
): string[] {
  const short = (path: string) => shortPath(path, home);
  const verb = (past: string, present: string) => (done === 'would' ? `Would ${present}` : past);
  const lines: string[] = [];
  for (const edit of plan.edits) {
    const file = short(edit.path);
    if (edit.found === 'off') lines.push(`Left alone: the line in ${file} is commented out.`);
    if (edit.found === 'other') lines.push(`${verb('Renewed', 'renew')} our line in ${file}.`);
    if (edit.found === 'elsewhere') lines.push(`${verb('Moved', 'move')} our line to the end of ${file}.`);
    if (edit.found === 'nothing') lines.push(`${verb('Added', 'add')} one line to ${file}: ${plan.command}`);
  }
  if ((plan.front?.add.length ?? 0) > 0)
    lines.push(`${verb('Linked', 'link')} ${short(plan.directory)} to the program.`);
  const { add, remove } = plan.links;
  if (add.length > 0) lines.push(`${verb('Added', 'add')} shims for ${add.join(', ')}.`);
  if (remove.length > 0)
    lines.push(`${verb('Removed', 'remove')} shims for ${remove.join(', ')}: no such pip is here any more.`);
  if (done === 'would') return lines.length > 0 ? lines : ['Nothing would be changed.'];
  if (done === 'nothing') lines.push('Nothing had to be changed.');
  if (everybody) return [...lines, 'New terminals of all users use pip-detour by themselves.'];
  if (inUse) return [...lines, 'This shell uses pip-detour already.'];
  const edit = plan.edits.find(({ found }) => found !== 'off');
  if (edit === undefined)
    return [...lines, 'To use it, put this line where your shell reads it:', `  ${plan.command}`];
  const again = readAgain(plan.shell ?? 'bash', edit.path, short(edit.path));
  return [
    ...lines,
    `To use it in this shell, type:  ${again}`,
    'New terminals use pip-detour by themselves.',
  ];
}
