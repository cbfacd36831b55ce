import type { Rule } from './rules.ts';

/** What cmake says, which speaks English alone. */

const word = '[A-Za-z_][\\w.+-]*';

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
      `\\(find_(?:path|file)\\):\\s+Could not find \\w+ using the following\\s+files:\\s+(?<name>${word}(?:/[\\w.+-]+)*)`,
      'gm',
    ),
  },
];

/** What find_package says of a package that was not REQUIRED: a line, or a warning. cmake goes on after it. */
const optional =
  /^-- Could NOT find (?<status>\w+)[^\n]*|^CMake Warning[^\n]*\n(?:(?!-- |CMake |Call Stack)[^\n]*\n){0,12}?[^\n]*provided by "(?<warned>[\w.+-]+)"/gm;

/** So many errors are looked into. */
const most = 50;

const lacksSomething = /not find|not found|missing|required|pkg-config/;

const error = /^CMake Error[^\n]*(?:\n(?!-- |CMake |Call Stack)[^\n]*){0,12}/gm;

/**
 * What cmake found missing and could do without is taken out where an error after it speaks of something else; what that
 * error names, too, counts as the error's. The rest keeps its place.
 */
export function withoutOptional(text: string): string {
  // cmake ends soon after an error; the last of many say as much as all.
  const errors = [...text.matchAll(error)]
    .slice(-most)
    .map(({ 0: said, index }) => ({ said: said.toLowerCase(), index }));
  const named = new Map<string, boolean>();
  const isNamed = (name: string) => {
    const known = named.get(name);
    if (known !== undefined) return known;
    const is = errors.some(
      ({ said }) => said.includes(name) || (name === 'pkgconfig' && lacksSomething.test(said)),
    );
    named.set(name, is);
    return is;
  };
  const last = errors.at(-1)?.index ?? -1;
  let kept = '';
  let at = 0;
  for (const { 0: said, index, groups } of errors.length === 0 ? [] : text.matchAll(optional)) {
    const name = (groups?.['status'] ?? groups?.['warned'] ?? '').toLowerCase();
    const isLast = index > last;
    // Without pkg-config other packages are not found, and are named.
    const isMeant = isLast || isNamed(name);
    const stays = isLast ? said : said.replace(/^-- /, '   ');
    kept += text.slice(at, index) + (isMeant ? stays : said.replace(/[^\n]/g, ' '));
    at = index + said.length;
  }
  return kept + text.slice(at);
}
