import { printable } from '../../system/quote.ts';
import type { Cause, Situation } from '../../types.ts';
import type { Known } from './known.ts';
import { ofTheBuildInSentences } from './words-of-the-build.ts';
import { ofTheIndexInSentences } from './words-of-the-index.ts';
import { ofTheNetworkInSentences } from './words-of-the-network.ts';

/** What a failure comes from, in one sentence, and one for what to do; nothing of what is missing, which who brings it tells. */
export function inSentences(cause: Cause, situation: Situation, known: Known): string[] {
  switch (cause.kind) {
    case 'missing':
      return [];
    case 'needs-python':
    case 'no-version':
    case 'other-files':
    case 'other-platform':
    case 'no-such-name':
    case 'conflict':
    case 'hash-mismatch':
    case 'index-refuses':
    case 'withdrawn':
    case 'pre-release':
      return ofTheIndexInSentences(cause, situation, known);
    case 'certificates':
    case 'proxy':
    case 'no-network':
    case 'repository':
    case 'broken-off':
      return ofTheNetworkInSentences(cause);
    case 'no-space':
      return [
        'There is no space left where pip writes.',
        `To see which disk is full, type df -h . /tmp ~ and look for 100%. To delete what pip keeps in its cache, type: ${situation.name} cache purge`,
      ];
    case 'read-only':
      return [
        `${cause.path === undefined ? 'A directory that pip writes to' : printable(cause.path)} is on a read-only disk.`,
        'Work in a directory that can be written to. pip also writes into its cache and into a directory for temporary files: to have these elsewhere, type the same command with PIP_CACHE_DIR=DIRECTORY TMPDIR=DIRECTORY before it.',
      ];
    case 'too-old-pip':
      return [
        'The pip that ran is too old for this Python.',
        "If pipx ran it, delete pipx's directory shared: rm -r ~/.local/share/pipx/shared (or ~/.local/pipx/shared). pipx then makes it anew, with a newer pip.",
      ];
    default:
      return ofTheBuildInSentences(cause, situation);
  }
}
