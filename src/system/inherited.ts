/** What a child that stands for the person's own command must be started with, because Node changed it (start.cjs). */
export interface Inherited {
  /** Stands before the command line: a shell that puts right what only a process itself can, or nothing. */
  readonly before: readonly string[];
  /** The person's open descriptors beyond 2; Node has marked them to be closed. */
  readonly descriptors: readonly number[];
  /** Variables that are not UTF-8; `before` sets them. */
  readonly lost: readonly string[];
  /** Signals the person has ignored (nohup, a background job of a script). */
  readonly ignored: readonly string[];
}

/** For programs started where nothing has to be put right. */
export const nothingInherited: Inherited = { before: [], descriptors: [], lost: [], ignored: [] };

/** The first number, as of a descriptor, that a child gets nothing of the person's under. */
export function freeDescriptor({ descriptors }: Inherited): number {
  let number = 3;
  while (descriptors.includes(number)) number += 1;
  return number;
}
