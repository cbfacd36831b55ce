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
