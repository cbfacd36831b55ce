import type { Rule } from './rules.ts';

/**
 * What people write into a build by hand where something is not there. The names in it are what they call it, which may
 * be no file's or package's: where nothing is known by such a name, nothing is said of it.
 */

const word = '[A-Za-z][\\w.+-]*';
const cannotFind =
  '(?:could not|couldn.t|cannot|can not|can.t|unable to|failed to|did not|didn.t|not able to) (?:find|locate|detect|run|execute)';
const articles =
  '(?:(?:a|an|any|the|your|its|local|system|installed|required|working|usable|suitable|acceptable|valid|compatible)\\s+)*';
const isMissing =
  '(?:(?:was|were|is|are|could) )?(?:not (?:be )?(?:found|installed|available|located)|missing|required|needed)\\b';
/** Words that stand where a name may stand. */
const noName =
  '(?!(?:the|a|an|this|that|no|any|all|some|required|following|needed|shared|static|native|system|header|headers|include|library|libraries|python|c|compiler|executable|program|version|which|as|at|by|from|not|on|with|such|also|other|more|less|one|simple|basic|base|optional|gui|audio|user|config|import|qt|is|was|are|were|of|in|for|and|or|to|if|it)\\b)';

/** "needs no C compiler" and "works without a C compiler" miss none. */
const lacksA =
  '(?<!\\b(?:needs?|requires?|wants?|needing|requiring|with|works|runs|builds|installs|usable|installable) )(?:no|without)';

/** A row for each way of writing it. */
export const rulesInProse: readonly Rule[] = [
  {
    kind: 'program',
    as: 'cc',
    pattern: new RegExp(
      `(?:${cannotFind}|needs?|requires?|${lacksA}|missing) ${articles}C(?:/C\\+\\+)? compiler\\b|\\bno ${articles}compiler (?:was )?found\\b`,
      'gim',
    ),
  },
  {
    kind: 'program',
    as: 'c++',
    pattern: new RegExp(
      `(?:${cannotFind}|needs?|requires?|${lacksA}|missing) ${articles}C\\+\\+(?:\\d\\d)? compiler\\b`,
      'gim',
    ),
  },
  // A program that shutil.which has not found is started all the same (subprocess.py of Python 3.8 to 3.14). That is the compiler, mostly.
  {
    kind: 'program',
    as: 'cc',
    pattern:
      /^File "[^"\n]*subprocess\.py", line \d+, in _execute_child\n(?:[^\n]*\n){1,6}?TypeError: expected str, bytes or os\.PathLike object, not NoneType$/gm,
  },
  // "proj executable not found", "The swig program is required".
  {
    kind: 'program',
    pattern: new RegExp(
      `(?:^|[\\s:.])${noName}["'\`]?(?<name>${word})["'\`]? (?:executable|program|binary|command|utility|tool) ${isMissing}`,
      'gim',
    ),
  },
  // "Did not find netCDF version 4 headers", "Could not find a local HDF5 installation".
  {
    kind: 'library',
    pattern: new RegExp(
      `${cannotFind} ${articles}${noName}["'\`]?(?<name>${word})["'\`]?(?: (?:version )?[\\d.]+)?(?:'s)? (?:C )?(?:headers?|header files?|librar(?:y|ies)|installation|development|include)\\b`,
      'gim',
    ),
  },
  // "libfoo headers not found", "The foo library is required".
  {
    kind: 'library',
    pattern: new RegExp(
      `(?:^|[\\s:.])${noName}["'\`]?(?<name>${word})["'\`]? (?:C )?(?:headers?|header files?|librar(?:y|ies)|development (?:files|headers|packages?)) ${isMissing}`,
      'gim',
    ),
  },
];
