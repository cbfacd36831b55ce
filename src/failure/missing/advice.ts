import type { Rule } from './rule.ts';

/**
 * What follows `install`: options, and one package or several, which are then wanted together. A sentence that goes on after
 * them ends them: `make`, `file` and `at` are packages, too. A shell's command may go on in the next line.
 */
const packages =
  '(?: -\\S+)* (?:\\\\\n)?(?<names>[a-z0-9][a-z0-9+.-]*[a-z0-9+](?: (?:\\\\\n)?(?!(?:as|at|before|first|for|from|if|in|on|or|then|to|using|via|with)\\b(?!-))[a-z0-9][a-z0-9+.-]*[a-z0-9+])*)(?=[\\s.,;:)\'"`]|$)';

/** What a build tells people to type: `sudo apt install libopenmpi-dev`. */
export const rulesOfAdvice: readonly Rule[] = [
  { kind: 'package', by: 'apt', pattern: new RegExp(`\\bapt(?:-get)?(?: -\\S+)* install${packages}`, 'gm') },
  { kind: 'package', by: 'dnf', pattern: new RegExp(`\\b(?:dnf|yum)(?: -\\S+)* install${packages}`, 'gm') },
  {
    kind: 'package',
    by: 'zypper',
    pattern: new RegExp(`\\bzypper(?: -\\S+)* in(?:stall)?${packages}`, 'gm'),
  },
];
