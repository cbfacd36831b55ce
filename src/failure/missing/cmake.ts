import { path, type Rule, word } from './rule.ts';

/** What cmake says, which speaks English alone. */

/** FindPackageHandleStandardArgs: `Could NOT find ZLIB (missing: ZLIB_LIBRARY …)`. A variable may be the path of a program. */
const standardArgs = (where: string): readonly Rule[] => [
  // `Doxygen (missing: DOXYGEN_EXECUTABLE)`, `Java (missing: Java_JAVAC_EXECUTABLE …)`. Python is there: its headers are not.
  {
    kind: 'program',
    inLowerCase: true,
    pattern: new RegExp(
      `${where}Could NOT find (?!PkgConfig)(\\w+)\\s+\\(missing:\\s+(?!P(?:ython|YTHON))(?:\\1_)?(?<name>[A-Za-z]\\w*?)_EXECUTABLE\\b`,
      'gim',
    ),
  },
  {
    kind: 'cmake',
    pattern: new RegExp(
      `${where}Could NOT find (?!PkgConfig|\\w+\\s+\\(missing:\\s+(?!P(?:ython|YTHON))\\w+_EXECUTABLE\\b)(?<name>${word})`,
      'gm',
    ),
  },
];

/** Of a package that is not REQUIRED it is a line of the status, and proves nothing by itself. */
export const statusOfCmake = standardArgs('^-- ');

/** A row for each of its ways of saying that something is missing. */
export const rulesOfCmake: readonly Rule[] = [
  ...standardArgs('(?<!^-- )'),
  // find_package, with no module of cmake's own.
  { kind: 'cmake', pattern: new RegExp(`package configuration file provided by "(?<name>${word})"`, 'gm') },
  // `CMake Error at CMakeLists.txt:3 (find_program):` … `Could not find SWIG_PATH using the following names: swig, swig4.0`.
  {
    kind: 'program',
    pattern: new RegExp(
      `\\(find_program\\):\\s+Could not find \\w+ using the following\\s+names:\\s+(?<name>${word})`,
      'gm',
    ),
  },
  {
    kind: 'library',
    pattern: new RegExp(
      `\\(find_library\\):\\s+Could not find \\w+ using the following\\s+names:\\s+(?:lib)?(?<name>${word})`,
      'gm',
    ),
  },
  {
    kind: 'header',
    pattern: new RegExp(
      `\\(find_(?:path|file)\\):\\s+Could not find \\w+ using the following\\s+files:\\s+(?<name>${path})`,
      'gm',
    ),
  },
];
