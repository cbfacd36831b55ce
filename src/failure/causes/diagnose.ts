import type { Cause } from '../../types.ts';
import { aBuildFailed } from '../said/failing.ts';
import type { Said } from '../said/hear.ts';
import { cut } from '../said/legible.ts';
import { ofTheBuild } from './of-the-build.ts';
import { ofTheDisk } from './of-the-disk.ts';
import { ofTheIndex } from './of-the-index.ts';
import { ofTheNetwork } from './of-the-network.ts';
import { ofTheRepository } from './of-the-repository.ts';

/** What the words of a failed installation say of its cause; undefined where they say nothing that is certain enough. */
export function diagnose({ all, own }: Said): Cause | undefined {
  const text = cut(all);
  // These prevent all the rest, which then says something, too.
  if (tooOldPip.test(text)) return { kind: 'too-old-pip' };
  const before = ofTheDisk(text) ?? ofTheRepository(text);
  if (before !== undefined) return before;
  // A build that has begun had its index, whatever was said of another one before. Where none failed, what builds print is no reason.
  return aBuildFailed.test(own)
    ? (ofTheBuild(text) ?? ofTheNetwork(text) ?? ofTheIndex(all))
    : (ofTheNetwork(cut(own)) ?? ofTheIndex(own) ?? ofTheBuild(text));
}

/** pip before 23.1 stumbles over Python 3.12 in its own files. */
const tooOldPip =
  /-packages\/pip\/_vendor\/pkg_resources\/[\s\S]{0,2000}module 'pkgutil' has no attribute 'ImpImporter'/;
