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
        'df -h . /tmp ~ shows which disk is full; pip cache purge frees what pip keeps.',
      ];
    case 'read-only':
      return [
        `${cause.path === undefined ? 'A directory that pip writes to' : printable(cause.path)} is on a read-only disk.`,
        'TMPDIR and PIP_CACHE_DIR say where pip writes besides the environment.',
      ];
    case 'too-old-pip':
      return [
        'The pip that was to install is too old for this Python.',
        "If it is pipx's: remove the directory shared in pipx's home (~/.local/pipx or ~/.local/share/pipx); pipx makes it anew with a newer pip.",
      ];
    default:
      return ofTheBuildInSentences(cause, situation);
  }
}
