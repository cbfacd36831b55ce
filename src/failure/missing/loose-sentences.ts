import type { Rule } from './rule.ts';
import { toolNames } from './tool-names.ts';

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
/** Words that stand where a name may stand. Python and what it brings are nobody's library. */
const words =
  'the a an this that no any all some it one nothing something everything required following needed shared static native system header headers include library libraries python python2 python3 pip setuptools wheel cython numpy NumPy torch PyTorch c compiler executable program version which as at by from not on with such also other more less simple basic base optional gui audio user config import qt is was are were of in for and or to if ' +
  'access account appropriate corresponding development devel necessary proper relevant respective right address argument attribute authentication branch browser build class column configuration connection credentials data date dependency device directory display domain driver email environment error feature field file filename files folder function host id index information input internet it key language license login mail memory message method mode model module name network option output package parameter parent password path permission platform plugin port project property release requirement resource root row script section server service setting settings size source space status string support table tag target task template terminal test tests text time title token tool type unit uri url username value variable';
const noName = `(?!(?:${words
  .split(' ')
  .map((one) => `[${one.charAt(0).toUpperCase()}${one.charAt(0)}]${one.slice(1)}`)
  .join('|')})\\b(?![-+]))`;

/** `make sure the libxml2 and libxslt`, of several; a word in it that is no name ends it before it begins. */
const namesOfSeveral = `(?<names>${noName}${word}(?:(?:,? and |, ?| )${noName}${word}){0,9}?)`;

/** Programs that a build starts and no library has the name of, as people write it. */
const tools = `(?:${toolNames}|libtool|java|nodejs|yarn|perl|ruby|php|doxygen|graphviz|dot|pandoc|ffmpeg|docker|xsltproc|gettext|m4|patch|tar|[a-z]\\w*[-_]config)`;
const error = '(?:^|[Ee]rror: )';
const isNotHere =
  '(?:is|are|was) (?:not installed|missing|required|not found|needed)\\b|(?:must|needs to|has to) be installed\\b|not (?:found|installed)\\b';

/** "needs no C compiler" and "works without a C compiler" miss none. */
const lacksA =
  '(?<!\\b(?:needs?|requires?|wants?|needing|requiring|with|works|runs|builds|installs|usable|installable) )(?:no|without)';

/** A row for each way of writing it. */
export const looseSentences: readonly Rule[] = [
  // A project's name for itself is mostly its pkg-config name, too: `error: xmlsec1 is not installed or not in path.`
  { kind: 'program', pattern: new RegExp(`${error}["'\`]?(?<name>${tools})["'\`]? (?:${isNotHere})`, 'gm') },
  {
    kind: 'header',
    pattern: new RegExp(
      `${error}["'\`<]?(?<name>${word}(?:/${word})*\\.h(?:pp)?)["'\`>]? (?:${isNotHere})`,
      'gm',
    ),
  },
  ...(['pkg-config', 'program'] as const).map((kind) => ({
    kind,
    pattern: new RegExp(
      `${error}["'\`]?${noName}(?!nvcc\\b|[A-Z][A-Z\\d]*_|\\S+\\.[a-z]+["'\`]? |${tools}["'\`]? )(?<name>${word})["'\`]? (?:${isNotHere})`,
      'gm',
    ),
  })),
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
  // lxml: "Please make sure the libxml2 and libxslt development packages are installed".
  {
    kind: 'library',
    pattern: new RegExp(
      `(?:make sure the|install(?: the)?) ${namesOfSeveral} (?:development|devel) (?:packages?|files|headers|libraries)`,
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
