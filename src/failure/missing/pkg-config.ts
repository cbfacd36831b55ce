import { type Rule, word } from './rule.ts';

/** What pkg-config says, and who asks it: meson, Python, cargo. They speak English alone. */
export const rulesOfPkgConfig: readonly Rule[] = [
  // pkg-config(1) and pkgconf(1), and what asks them.
  {
    kind: 'pkg-config',
    pattern: new RegExp(
      `[Pp]ackage (?:'(?=[^'\\n]+'(?:, required by '[^']*',)? (?:was )?not found)|(?=\\S+ was not found in the pkg-config))(?<name>${word})`,
      'gm',
    ),
  },
  { kind: 'pkg-config', pattern: new RegExp(`No package '(?<name>${word})' found`, 'gm') },
  { kind: 'pkg-config', pattern: new RegExp(`Dependency "(?<name>${word})" (?:not found|found: NO)`, 'gm') },
  // Meson where a version was asked for (dependencies/detect.py, `find_external_dependency`).
  {
    kind: 'pkg-config',
    pattern: new RegExp(`Dependency '(?<name>${word})' is required but not found`, 'gm'),
  },
  {
    kind: 'pkg-config',
    pattern: new RegExp(
      `ERROR: Dependency lookup for (?<name>${word}) with method 'pkg-?config' failed: (?!Pkg-config)`,
      'gm',
    ),
  },
  {
    kind: 'pkg-config',
    pattern: new RegExp(`required packages were not found:\\s+- (?<name>${word})`, 'gm'),
  },
  {
    kind: 'pkg-config',
    pattern: new RegExp(
      `pkg-config --[\\w -]*?(?<name>${word})['"]? (?:returned|exited|failed|did not)`,
      'gm',
    ),
  },
  // Python, of a list of words: `Command '['pkg-config', '--modversion', 'libsystemd']' returned non-zero exit status 1.`
  {
    kind: 'pkg-config',
    pattern: new RegExp(
      `pkg-?config['"],(?: ?['"]--?[^'"\\n]{1,80}['"],){0,6} ?['"](?<name>${word})(?: ?[<>=]+ ?[\\w.]+)?['"][^\\n]{0,200}(?:returned|exited|failed|did not)`,
      'gm',
    ),
  },
  {
    kind: 'pkg-config',
    pattern: new RegExp(`The system library \`(?<name>${word})\` required by crate`, 'gm'),
  },
  {
    kind: 'program',
    as: 'pkg-config',
    pattern:
      /Pkg-config (?:for machine .*)?not found|Did not find pkg-config|pkg-config (?:binary |program |command |tool )?(?:(?:is|was|probably|apparently|seems to be) )*(?:not (?:found|installed|available)|missing|required)|Could NOT find PkgConfig|pkg-config["'` ]*(?:command|binary|tool|program)? could not be (?:found|run)/gim,
  },
];
