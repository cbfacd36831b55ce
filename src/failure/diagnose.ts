import type { Cause, Failed } from '../types.ts';
import { aBuildFailed } from './failing.ts';
import { cut, legible } from './legible.ts';
import { ofTheBuild } from './of-the-build.ts';
import { ofTheIndex } from './of-the-index.ts';
import { ofTheNetwork } from './of-the-network.ts';
import { ofTheRepository } from './of-the-repository.ts';

/** What the words of a failed installation say of its cause; undefined where they say nothing that is certain enough. */
export function diagnose({ said }: Pick<Failed, 'said'>): Cause | undefined {
  const listing = legible(said);
  const text = cut(listing);
  // A build that has begun had its index, whatever was said of another one before.
  if (ownFailure.test(text)) return { kind: 'too-old-pip' };
  const fetched = space(text) ?? ofTheRepository(text);
  if (fetched !== undefined) return fetched;
  if (aBuildFailed.test(text)) return ofTheBuild(text) ?? ofTheNetwork(text) ?? ofTheIndex(listing);
  return ofTheNetwork(text) ?? ofTheIndex(listing) ?? ofTheBuild(text);
}

/** pip before 23.1 stumbles over Python 3.12 in its own files. */
const ownFailure =
  /-packages\/pip\/_vendor\/pkg_resources\/[\s\S]{0,2000}module 'pkgutil' has no attribute 'ImpImporter'/;

/** Where nothing can be written. Numbers of errno(3) are the same in every language. */
function space(text: string): Cause | undefined {
  if (/\[Errno (?:28|122)\]|\bos error 28\b|ENOSPC|No space left on device/.test(text))
    return { kind: 'no-space' };
  const readOnly = /\[Errno 30\](?:[^'\n]*'(?<path>\/[^'\s]{1,200})')?|\bos error 30\b/.exec(text);
  if (readOnly === null) return undefined;
  const path = readOnly.groups?.['path'];
  return { kind: 'read-only', ...(path === undefined ? {} : { path }) };
}
