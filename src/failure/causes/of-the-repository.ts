import type { CauseOfNetwork } from '../../types.ts';

/** What pip and uv say where they were to fetch a repository (`git+https://…`) themselves: no build had begun. */

const address = "'?(?<url>(?:https?|ssh|git|file)://[^\\s'`]{1,300})'?";

/** pip's command, with its directory for it, and uv's. A build's own git stands in neither of these sentences. */
const failed = new RegExp(
  `\\bgit (?:clone|fetch) [^\\n]{0,200}?${address} \\S{1,200} (?:did not run successfully|Check the logs)|(?:^|: )Git operation failed\\n(?:[^\\n]*\\n){0,4}?[^\\n]*git fetch [^\\n]{0,200}?${address.replace('url', 'uvs')}`,
  'm',
);

/** `@revision` was typed, and the repository has none of this name. */
const revision =
  /\bgit checkout (?:-q )?'?(?<name>[\w./+-]{1,100})'? did not run successfully|failed to (?:fetch|find) branch or tag `(?<uvs>[\w./+-]{1,100})`/;
const cloned = new RegExp(`Cloning ${address}`, 'g');

/** In the words of git, ssh and curl, the surest first; git's own may be in another language, and tell nothing then. */
const whys = [
  [
    'unreachable',
    /Could not resolve (?:host|proxy)|unable to resolve host|Failed to connect|Could(?:n't| not) connect|[Cc]onnect(?:ion|ing)?\b[^\n]{0,100}(?:timed out|refused)|Network is unreachable|No route to host|unable to look up/,
  ],
  [
    'refused',
    /Authentication failed for|could not read (?:Username|Password)|terminal prompts disabled|Permission denied \(|returned error: 40[13]/,
  ],
  [
    'not-there',
    /[Rr]epository (?:'[^'\n]+' )?not found|does not appear to be a git repository|does not exist/,
  ],
] as const;

/** Why a repository could not be fetched; undefined where none was to be, or git's words are not known. */
export function ofTheRepository(text: string): CauseOfNetwork | undefined {
  const said = failed.exec(text);
  const { url, uvs = url } = said?.groups ?? {};
  // An index may have been out of reach before it was fetched.
  const from = said === null ? 0 : Math.max(0, text.lastIndexOf('Cloning ', said.index));
  const words = text.slice(from);
  const why = uvs === undefined ? undefined : whys.find(([, pattern]) => pattern.test(words))?.[0];
  if (uvs !== undefined && why !== undefined) return { kind: 'repository', url: withoutUser(uvs), why };
  const asked = revision.exec(text)?.groups;
  const name = asked?.['name'] ?? asked?.['uvs'];
  const of = uvs ?? [...text.matchAll(cloned)].at(-1)?.groups?.['url'];
  if (name === undefined || of === undefined) return undefined;
  return { kind: 'repository', url: withoutUser(of), why: 'no-revision', revision: name };
}

/** pip and uv cover passwords, and older ones not all of them. */
function withoutUser(url: string): string {
  return url.replace(/\/\/[^/]*@/, '//');
}
