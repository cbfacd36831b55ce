import { asksExactly } from '../../pip/exactly.ts';
import { normalizeName } from '../../pip/requirement.ts';
import { printable, quoteAll, shownLine } from '../../system/quote.ts';
import { inWords } from '../../system/sentences.ts';
import type { CauseOfIndex, Situation } from '../../types.ts';
import type { Known } from './known.ts';

/** What the index has, and has not, and what to type for it. */
export function ofTheIndexInSentences(cause: CauseOfIndex, situation: Situation, known: Known): string[] {
  const { interpreter, name } = situation;
  const version = interpreter?.version;
  switch (cause.kind) {
    case 'needs-python':
      if (cause.project !== undefined)
        return [
          `${printable(cause.name)} ${requires(cause.requires)}, and this project allows ${printable(cause.project)}.`,
          'Write the narrower requires-python into pyproject.toml, or ask for an older version.',
        ];
      return [
        `${printable(cause.name)} ${requires(cause.requires)}${version === undefined ? '' : `, and this Python is ${version}`}.`,
        known.python === undefined ? getPython(cause.requires) : `Python ${known.python} fits.`,
      ];
    case 'no-version': {
      const near =
        cause.nearest === ''
          ? ''
          : ` The nearest one is ${printable(cause.nearest)}${typed(cause, situation)}`;
      return [`There is no ${printable(cause.name)}${printable(cause.wanted)} on the index.${near}`];
    }
    case 'other-files':
    case 'other-platform': {
      const made = cause.kind === 'other-files' ? [] : cause.systems;
      const only = made.length === 0 ? 'for other systems' : `for ${inWords(made)}`;
      return [
        `${printable(cause.name)} is there ready-made only ${only}, and its source is not on the index.`,
        "The project's page may say what there is for this system.",
      ];
    }
    case 'no-such-name':
      return [
        cause.certain
          ? `The index has no project called ${printable(cause.name)}.`
          : `No ${printable(cause.name)} that fits was found: the index may not have it, may have it only for other Pythons or systems, or was not reached.`,
        ...(known.nearest === undefined ? [] : [`A known project has a similar name: ${known.nearest}`]),
      ];
    case 'conflict':
      return [
        cause.between.length < 2
          ? 'What was asked for wants different versions of the same package; they are named above.'
          : `${inWords(cause.between.map(printable))} want different versions of the same package, which is named above.`,
        'Ask for one of them without a version, or install each into an environment of its own.',
      ];
    case 'hash-mismatch':
      return [
        `The hash of what was downloaded${cause.name === undefined ? '' : ` for ${printable(cause.name)}`} is not the one in the requirements file.`,
        'If the download was meant to change, write its new hash there (pip hash FILE). If not, ask whoever runs the index, and do not install it.',
      ];
    case 'index-refuses':
      return cause.code < 500
        ? [
            `The index answered ${cause.code}: it wants a name and a password, or refuses those that it got.`,
            'They stand in the URL of the index, in ~/.netrc or in a keyring; pip config list shows which index is set.',
          ]
        : [
            `The index answered ${cause.code}: something is wrong with it.`,
            'Type the same command again later.',
          ];
    case 'withdrawn':
      return [
        `Its authors have withdrawn every version of ${printable(cause.name)} that fits.`,
        `Ask for another version. The newest of these is ${printable(cause.version)}, which is taken only where it is named exactly (==).`,
      ];
    case 'pre-release':
      return [
        `Of ${printable(cause.name)}${printable(cause.wanted)} there is only ${printable(cause.version)}, which is not finished.`,
        `To take it, type the same command with --pre after ${name} install.`,
      ];
  }
}

/** The line that takes the nearest version, with all else that was typed; a build can imitate pip's words, and is not believed a name. */
function typed(
  { name, nearest }: Extract<CauseOfIndex, { kind: 'no-version' }>,
  { command, name: pip }: Situation,
): string {
  const requirement = command.requirements.find((one) => one.name === normalizeName(name));
  const asked = requirement && asksExactly(command, requirement, nearest);
  if (asked === undefined) return '.';
  const line = shownLine(asked.argv);
  // A password that is not shown cannot be copied.
  return line === quoteAll(asked.argv)
    ? `: ${pip} ${line}`
    : `. To take it, type the same command with ${printable(name)}==${printable(nearest)}.`;
}

function requires(wanted: string | undefined): string {
  return wanted === undefined || wanted === ''
    ? 'is for other Pythons'
    : `requires Python ${printable(wanted)}`;
}

function getPython(wanted = ''): string {
  const version =
    /(?:>=|==|~=|>)\s*(\d+\.\d+)/.exec(wanted)?.[1] ??
    /<=?\s*(\d+)\.(\d+)/
      .exec(wanted)
      ?.slice(1, 3)
      .map((part, at) => (at === 1 ? Number(part) - 1 : part))
      .join('.');
  return version === undefined
    ? 'No Python here fits: get one with pyenv or uv.'
    : `No Python here fits. To get one, type: uv python install ${version} (or pyenv install ${version})`;
}
