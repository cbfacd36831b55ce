import { compareVersions } from '../../pip/versions.ts';
import type { Cause } from '../../types.ts';

/** A library that is here in another version than the build takes: a row for each way of saying it. */

type OtherAge = Extract<Cause, { kind: 'other-age' }>;

/** Its groups: `name`; `needs`, the version that is wanted, or what it must satisfy; `has`, the one that is here. */
const rules: readonly RegExp[] = [
  // pkgconf: `Package 'glib-2.0' has version '2.74.6', required version is '>= 2.80'`.
  /Package '(?<name>[^'\s]{1,80})' has version '(?<has>[\w.+~-]{1,40})', required version is '(?<needs>[<>=!]{1,2} ?[\w.+~-]{1,40})'/g,
  // pkg-config: `Requested 'glib-2.0 >= 2.80' but version of GLib is 2.74.6`.
  /Requested '(?<name>[^'\s]{1,80}) (?<needs>[<>=!]{1,2} ?[\w.+~-]{1,40})' but version of [^\n]{1,80} is (?<has>\d[\w.+~-]{0,40})/g,
  // meson: `Dependency glib-2.0 found: NO. Found 2.74.6 but need: '>= 2.80'.`
  /[Dd]ependency "?(?<name>[\w.+-]{1,80})"?(?: \([^)\n]{1,80}\))? found: NO\.? [Ff]ound '?(?<has>\d[\w.+~-]{0,40}?)'? but need(?:ed)?:? '(?<needs>[<>=!]{1,2} ?[\w.+~-]{1,40})'/g,
  /Invalid version, need '(?<name>[^'\s]{1,80})' \['(?<needs>[<>=!]{1,2} ?[\w.+~-]{1,40})'[^\]\n]{0,80}\] found '(?<has>[\w.+~-]{1,40})'/g,
  // cmake, which breaks its lines: `Could NOT find HDF5: Found unsuitable version "1.10.8", but required is at least "1.14"`.
  /Could NOT find (?<name>\w{1,80}):\s+Found\s+unsuitable\s+version\s+"(?<has>[\w.+~-]{1,40})",\s+but\s+required\s+is\s+(?<least>at\s+least\s+)?(?:exact\s+version\s+)?"(?<needs>[\w.+~-]{1,40})"/g,
  /package\s+"(?<name>[\w.+-]{1,80})"\s+that\s+is\s+compatible\s+with\s+requested\s+version\s+"(?<needs>[\w.+~-]{1,40})"[\s\S]{0,600}?, version: (?<has>\d[\w.+~-]{0,40})/g,
  // By hand: "Minimum supported PROJ version is 9.4.0, installed version is 9.1.1.", "GDAL 3.8 or newer is required, found 3.6.2".
  /(?<least>minimum) (?:supported |required )?(?<name>[A-Za-z][\w+-]{1,40}) version is (?<needs>\d[\w.]{0,40}?),? (?:but )?(?:the )?(?:installed|found|current|detected)(?: version)? (?:is |was )?(?<has>\d(?:[\w.]{0,40}\w)?)/gi,
  /(?<name>[A-Za-z][\w+-]{1,40}) (?:version )?(?:>= ?|at least )?(?<needs>\d[\w.]{0,40})(?<least>\+| or (?:newer|later|higher|greater|above))? (?:is )?(?:required|needed)[^\n]{0,20}? (?:found|have|got|installed(?: version)?|detected)(?: is)?:? (?<has>\d(?:[\w.]{0,40}\w)?)/gi,
  /(?:requires?|needs?) (?<name>[A-Za-z][\w+-]{1,40}) (?:version )?(?:>= ?|at least )?(?<needs>\d[\w.]{0,40}?)(?<least>\+| or (?:newer|later|higher|greater|above))?,? [^\n]{0,20}?(?:found|have|got|installed(?: version)?|detected)(?: is)?:? (?<has>\d(?:[\w.]{0,40}\w)?)/gi,
];

/** gcc quotes what a header or a source says to whoever compiles it, in its author's words, behind its own word for "error". */
const directive =
  /: [^:\n]{1,40}: #error "?(?<words>[^\n"]{1,160}(?:version|newer|later|upgrade|too old|too new|\d\.\d)[^\n"]{0,160})"?$/gim;

const foundByMeson = /ependency "?([\w.+-]{1,80})"? [^\n]{0,200}?found: YES\b/g;

/** What is said of it last, and where; undefined where nothing is. Python and the tools of a build are told of elsewhere. */
export function otherAge(text: string): (OtherAge & { readonly at: number }) | undefined {
  // meson goes on to look for it elsewhere, as in a copy that the source brings.
  const foundAt = new Map([...text.matchAll(foundByMeson)].map(({ 1: name = '', index }) => [name, index]));
  const found = rules.flatMap((rule) =>
    [...text.matchAll(rule)].flatMap(({ index, groups = {} }) => {
      const { name = '', needs = '', has = '' } = groups;
      const wanted = asWanted(needs, groups['least']);
      const says = isLibrary(name) && !suffices(has, wanted) && (foundAt.get(name) ?? -1) < index;
      return says ? [{ kind: 'other-age' as const, name, needs: wanted, has, at: index }] : [];
    }),
  );
  const said = [...text.matchAll(directive)].map(({ index, groups: { words = '' } = {} }) => ({
    kind: 'other-age' as const,
    words,
    at: index,
  }));
  return [...found, ...said].sort((a, b) => a.at - b.at).at(-1);
}

function isLibrary(name: string): boolean {
  return !/^(?:lib)?(?:python\d*|pip|setuptools|cmake|rustc?|cargo|meson|ninja|cython|numpy|version|at|you|the)$/i.test(
    name,
  );
}

/** A build may tell what it wants and has where nothing is wrong with it. */
function suffices(has: string, wanted: string): boolean {
  const least = /^(\S+) or newer$/.exec(wanted)?.[1];
  return least !== undefined && compareVersions(has, least) >= 0;
}

/** `9.4 or newer` of `>= 9.4` and of what is the least. */
function asWanted(needs: string, least: string | undefined): string {
  const [, sign, version = needs] = /^([<>=!]{1,2}) ?(.+)$/.exec(needs) ?? [];
  if (sign === '>=' || (sign === undefined && least !== undefined)) return `${version} or newer`;
  return sign === undefined ? version : `${sign} ${version}`;
}
