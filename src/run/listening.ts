import { join } from 'node:path';
import { heardBy, seenStreams } from '../pip/witness.ts';
import type { Aside } from '../system/descriptors.ts';
import { freeDescriptor, type Inherited } from '../system/inherited.ts';
import type { RunStep } from '../types.ts';

/** How a program is started so that we hear what it says while its stdout and stderr stay the ones they were. */
export interface Listening {
  readonly command: string;
  readonly args: readonly string[];
  /** Where it tells. */
  readonly aside: Aside;
}

/** Last words of a program that installs, in bytes: a build that failed tells of it at length. */
export const mostHeard = 1_000_000;

/** The output streams (1, 2) of a step that we read and pass on: those that are no terminal; none of a quiet step. */
export function readStreams({ hears, watch, quiet }: RunStep): readonly number[] {
  if (quiet === true) return [];
  if (watch !== undefined) return [1, 2];
  if (hears === undefined || hears === 'pip') return [];
  const terminals = seenStreams();
  return [1, 2].filter((stream) => !terminals.includes(`${stream}`));
}

/**
 * How to start a step that we listen to. A pip tells us its output from within. Another program that writes to the terminal
 * gets a second terminal, and we pass on what it writes there. Undefined for a step that we do not listen to, or only by
 * `readStreams`.
 */
export function listeningTo(
  step: RunStep,
  { inherited, variables }: { inherited: Inherited; variables: Readonly<Record<string, string>> },
  take: (chunk: Buffer) => void,
): Listening | undefined {
  const { hears, listener, command, args, watch } = step;
  const descriptor = freeDescriptor(inherited);
  const aside = { descriptor, take };
  if (hears === 'pip') {
    const started = heardBy(descriptor, command, args, variables);
    return started && { ...started, aside: { ...aside, last: mostHeard } };
  }
  const streams = seenStreams();
  if (hears === undefined || listener === undefined || watch !== undefined || streams === '-')
    return undefined;
  const script = join(__dirname, 'terminal-witness.py');
  // -I, -S: nothing of where somebody stands is read, and it starts at once.
  return {
    command: listener,
    args: ['-I', '-S', script, `${descriptor}`, streams, command, ...args],
    aside,
  };
}
