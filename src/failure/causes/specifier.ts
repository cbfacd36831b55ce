/** What a build prints may imitate pip's words: only what has the form of a version specifier (PEP 440) is told on; else empty. */
export function asSpecifier(text = ''): string {
  const one = '\\s*(?:===?|[<>~!]=|[<>])\\s*[\\w.*+!-]{1,40}\\s*';
  return new RegExp(`^${one}(?:,${one}){0,9}$`).test(text) ? text.trim() : '';
}
