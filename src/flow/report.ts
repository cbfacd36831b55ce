import { writeSync } from 'node:fs';
import { basename } from 'node:path';
import type { Messenger } from '../run/run-step.ts';
import { cannotBeEntered, fixedInShell } from '../shell/this-shell.ts';
import { masked } from '../system/mask.ts';
import { printable, quote, quoteCsh, quoteFish, shortPath, typable } from '../system/quote.ts';
import type { Environment } from '../system/variables.ts';
import type { Choice, Decision, Plan, Situation } from '../types.ts';
import { becauseOf } from './choose.ts';

/** Everything that is said outside the prompt goes through here, to stderr; stdout is pip's alone. */

/**
 * Writes bytes as they are, at once: so they keep their order with what children write, and an exit cannot cut them off.
 */
export function showBytes(bytes: Buffer, descriptor: 1 | 2 = 2): void {
  let rest = bytes;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (thrown) {
      // A full pipe set non-blocking by somebody else is tried again; a closed one has no reader to tell.
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EAGAIN')) return;
    }
  }
}

/** Shows what is said while a plan runs: what a child wrote to stdout goes to stdout, and to stderr what it wrote there. */
export const show: Messenger = {
  say: (text) => void unbroken(process.stderr).write(text),
  stdout: (bytes) => void unbroken(process.stdout).write(bytes),
  stderr: (bytes) => void unbroken(process.stderr).write(bytes),
};

/** If whoever read our output has gone, we still do everything to its end. */
function unbroken(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return stream.listeners('error').includes(unheard) ? stream : stream.on('error', unheard);
}

function unheard(): void {}

/** One line on stderr. */
export function say(text: string): void {
  showBytes(Buffer.from(`${masked(text)}\n`));
}

/** Tells the person which process has locked the place that we wait for. */
export function sayWaiting(place: string, pid: number, home: string): void {
  say(`pip-detour: waiting for another pip-detour (process ${pid}) to finish with ${shortPath(place, home)}`);
}

/**
 * Writes the one line about a choice that is used without asking: why, what has changed since it was made, how to undo
 * it.
 */
export function announce(
  choice: Choice,
  { announced, remark }: Decision,
  home: string,
  notes: readonly string[] = [],
): string {
  const because = inAnnouncement(choice, home);
  const why = [because, ...notes, ...(remark === undefined ? [] : [remark])].join('; ');
  const undo = undoing(choice, home);
  return printable(`pip-detour: ${announced}, ${why}${undo === undefined ? '' : `; ${undo}`}`);
}

/** A clause: why it is taken. */
function inAnnouncement(choice: Choice, home: string): string {
  const because = becauseOf(choice, (path) => shortPath(path, home));
  if (choice.source === 'environment') return `because ${because} is set`;
  return choice.source === 'active' ? `because ${because}` : because;
}

/** A clause: what to type to have it no longer; undefined where the reason says it. */
function undoing({ source, directory, from }: Choice, home: string): string | undefined {
  switch (source) {
    case 'remembered':
      return `to be asked again: pip-detour forget ${typable(directory ?? '', home)}`;
    case 'active':
      return 'to leave it: deactivate';
    case 'settings':
      return 'to undo that: pip-detour config unset detour';
    case 'directory':
      return `to undo that: pip-detour config unset --directory ${typable(from ?? '', home)} detour`;
    // Not this person's to take back; they can be asked all the same.
    case 'project':
    case 'policy':
      return 'to be asked here: pip-detour config set --directory . detour ask';
    default:
      return undefined;
  }
}

/**
 * Whether the shell this was typed in enters the environment by itself: as soon as this command is over, or not before its
 * `next prompt`; `fixed`: this one cannot, by any means; `impossible`: none could.
 */
export type Entered = 'entered' | 'next prompt' | 'by-hand' | 'fixed' | 'impossible';

/** What is known afterwards: the directory it is remembered for, and the name of the shell it was typed in where it has to be shown a line. */
export interface Told {
  readonly rememberedFor?: string;
  readonly entered: Entered;
  readonly typedIn?: string | undefined;
  /** Where the line is to stand; only where the environment is not entered. */
  readonly within?: 'this shell' | 'this script' | 'a shell';
  /** What the plan says afterwards and is not to be said yet. */
  readonly withheld?: string | undefined;
}

/** What is said after success: where it went, how to use it there, what is remembered. */
export function conclusion(
  situation: Situation,
  plan: Plan,
  environment: Environment,
  { rememberedFor, entered, typedIn, within = 'this shell', withheld }: Told,
): string[] {
  const lines: string[] = [];
  const { home } = situation;
  for (const dropped of plan.dropped ?? []) lines.push(`Left out: ${printable(dropped)}.`);
  const inUse = environment.virtualEnv === plan.activate;
  if (plan.activate !== undefined && !inUse && situation.command.subcommand === 'install') {
    const place = `Installed into ${shortPath(plan.activate, home)}`;
    if (entered === 'entered') lines.push(`${place}; this shell is in it now (deactivate leaves it).`);
    else if (entered === 'next prompt')
      lines.push(`${place}; this shell is in it from its next prompt on (deactivate leaves it).`);
    else if (entered === 'fixed') {
      lines.push(
        `${place}. This shell cannot enter it: ${fixedInShell(environment)} is readonly here. To use it:`,
      );
      lines.push(`  ${printable(typedBelow(plan.activate, situation, 'python'))} ...`);
    } else if (entered === 'impossible')
      lines.push(`${place}. No shell can activate it: ${cannotBeEntered(plan.activate)}.`);
    else {
      lines.push(`${place}. To use it in ${within}:`);
      lines.push(
        `  ${printable(activationLine(plan.activate, situation, typedIn ?? basename(environment.shell ?? 'sh')))}`,
      );
    }
  }
  lines.push(...(plan.afterwards ?? []).filter((line) => line !== withheld).map(printable));
  if (rememberedFor !== undefined)
    lines.push(
      `Remembered for ${shortPath(rememberedFor, home)}: no question next time (pip-detour forget undoes it).`,
    );
  return lines;
}

/** The one line to type in a shell of this name. */
export function activationLine(directory: string, situation: Situation, shell: string): string {
  const script = (name: string, quoted = quote) => typedBelow(directory, situation, name, quoted);
  if (shell === 'fish') return `source ${script('activate.fish', quoteFish)}`;
  if (shell === 'csh' || shell === 'tcsh') return `source ${script('activate.csh', quoteCsh)}`;
  if (shell === 'bash' || shell === 'zsh') return `source ${script('activate')}`;
  return `. ${directory.startsWith(`${situation.cwd}/`) ? './' : ''}${script('activate')}`;
}

/** One of the environment's files in `bin`, as it is typed from here. */
function typedBelow(directory: string, { cwd, home }: Situation, name: string, quoted = quote): string {
  const path = directory.startsWith(`${cwd}/`) ? directory.slice(cwd.length + 1) : directory;
  return typable(`${path}/bin/${name}`, home, quoted);
}
