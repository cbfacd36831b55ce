import { asksExactly, underName } from '../../pip/exactly.ts';
import { normalizeName } from '../../pip/requirement.ts';
import { printable, quoteAll, shownLine } from '../../system/quote.ts';
import { inWords } from '../../system/sentences.ts';
import type { CauseOfIndex, PipCommand, Situation } from '../../types.ts';
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
          `${narrower(cause.requires)}, or ask for an older version of ${printable(cause.name)}.`,
        ];
      return [
        `${printable(cause.name)} ${requires(cause.requires)}${version === undefined ? '' : `, and this Python is ${version}`}.`,
        known.python === undefined ? getPython(cause.requires) : `Python ${known.python} fits.`,
      ];
    case 'no-version': {
      const near =
        cause.nearest === ''
          ? ''
          : ` The nearest version is ${printable(cause.nearest)}${typed(cause, situation)}`;
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
          ? `The index has no package called ${printable(cause.name)}.`
          : `No package called ${printable(cause.name)} was found. Perhaps the index does not have it, has it only for other Pythons or systems, or was not reached.`,
        nameToTake(cause.name, known.nearest, situation),
      ];
    case 'conflict':
      return [
        cause.between.length < 2
          ? 'What you asked for cannot be installed together: it needs different versions of one package, which are named above.'
          : `${inWords(cause.between.map(printable))} cannot be installed together: they need different versions of one package, which are named above.`,
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
        `Ask for another version. To take the newest of these all the same, ask for exactly that: ==${printable(cause.version)}`,
      ];
    case 'pre-release':
      return [
        `The only version of ${printable(cause.name)}${printable(cause.wanted)} is ${printable(cause.version)}, which is not finished yet.`,
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
  const line = asLine(asked, pip);
  return `. To take it, type${line === undefined ? ` the same command with ${printable(name)}==${printable(nearest)}.` : `: ${line}`}`;
}

/** Undefined where it holds a password: what is not shown cannot be copied. */
function asLine({ argv }: PipCommand, pip: string): string | undefined {
  const line = shownLine(argv);
  return line === quoteAll(argv) ? `${pip} ${line}` : undefined;
}

/** A known name instead of one that is not there, or not meant, with the line that takes it where that one was typed. */
export function nameToTake(
  name: string,
  nearest: string | undefined,
  { command, name: pip }: Situation,
): string {
  const { requirements } = command;
  const requirement = requirements.find((one) => one.name === normalizeName(name));
  // A file, or a project of their own, may have it from the person, too.
  const onlyNames = requirements.length > 0 && requirements.every(({ kind }) => kind === 'name');
  if (requirement === undefined && onlyNames)
    return 'You did not type it: a package that you install asks for it. Another version of that package may not need it.';
  if (nearest === undefined) return checkName;
  const asked = requirement && underName(command, requirement, nearest);
  const line = asked && asLine(asked, pip);
  return `Did you mean ${nearest}? ${line === undefined ? 'Then correct the name.' : `To install it, type: ${line}`}`;
}

const checkName =
  'Check how it is spelled. A package may have another name than the module that you import: PyYAML brings yaml.';

function narrower(wanted = ''): string {
  return wanted === ''
    ? 'Write the narrower requires-python into pyproject.toml'
    : `Write requires-python = "${printable(wanted)}" into pyproject.toml`;
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
    ? 'No Python here fits: get one with pyenv or uv, and type the same command again.'
    : `No Python here fits. To get one, type uv python install ${version} or pyenv install ${version}, and then the same command again.`;
}
