/**
 * Secrets are masked here and nowhere else, as pip masks them (pip/_internal/utils/misc.py, redact_auth_from_url):
 * `user:****@host`, and `****@host` for a user alone; and what pip does not look at: tokens in query strings, and the
 * words of a command line that are URLs without a scheme. What was masked once stays as it is.
 */

/** What stands for a secret, so that whoever pastes the line sees where it goes. */
export const stars = '****';

/** A quick look: text without any of these holds nothing to be masked. */
const suspicious = /@|=|_pat_|gh[a-z]_|glpat-|pypi-|%40/i;

/** Text of any kind with the secrets in it masked; the words of a line that was quoted for a shell are told apart. */
export function masked(text: string): string {
  if (!suspicious.test(text)) return text;
  const parts = text.split(/((?:^|(?<=[\s=]))'(?:[^']|\x27\\\x27')*'(?=\s|$)|\s+)/);
  const words = parts.map((part) => (part.trim() === '' ? undefined : part));
  let before: string | undefined;
  return parts
    .map((part, at) => {
      if (words[at] === undefined) return part;
      const word = wordAfter(before, part);
      before = part;
      return word;
    })
    .join('');
}

/** JSON with the secrets in all its texts masked, a list of texts as a command line; `indent` as JSON.stringify has it. */
export function maskedJson(value: unknown, indent?: number): string {
  const mask = (_: string, part: unknown) => {
    if (typeof part === 'string') return masked(part);
    return isTexts(part) ? maskedWords(part) : part;
  };
  return JSON.stringify(value, mask, indent);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((part) => typeof part === 'string');
}

/** The words of a command line, each with its secrets masked; an option's value may stand in a word of its own. */
export function maskedWords(words: readonly string[]): string[] {
  return words.map((word, at) => (suspicious.test(word) ? wordAfter(words[at - 1], word) : word));
}

/**
 * Options of pip, pipx and uv whose value is a URL even where it has no scheme; abbreviated as optparse allows it.
 * `--find-links` takes it for a path then.
 */
const takesUrl = /^(?:-[A-Za-z]*i|--(?:default-)?ind?e?x?(?:-[url]*)?|--ext[a-z-]*|--prox[a-z-]*)$/;
/** The same with the value behind it. */
const withUrl = /^(-[A-Za-z]*?i|(--[a-z-]+)=)(?!-)(['"]?)(.+)$/s;
/** Several options in one word, as `--pip-args` takes them. */
const severalOptions = /^(--[a-z-]+=['"]?(?=-)|['"]?(?=-.*\s))(-.*)$/s;

function wordAfter(before: string | undefined, word: string): string {
  if (before !== undefined && takesUrl.test(before)) return location(word);
  const [, start = '', long, quote = '', value = ''] = withUrl.exec(word) ?? [];
  if (start !== '' && (long === undefined || takesUrl.test(long))) return start + quote + location(value);
  const [, lead = '', options] = severalOptions.exec(word) ?? [];
  return options === undefined || long !== undefined ? anyWord(word) : lead + masked(options);
}

/** A URL that may lack its scheme, with quotes around it or not; a path, and the name of an index, stay. */
function location(text: string): string {
  const [, quote = '', rest = ''] = /^(['"]?)(.*)$/s.exec(text) ?? [];
  if (rest.includes('://') || /^[./~]/.test(rest) || !rest.includes('@')) return anyWord(text);
  // `name=URL`, as uv has it.
  const [, name = '', place = ''] = /^([\w.-]+=)?(.*)$/s.exec(rest) ?? [];
  return quote + name + inQuery(withoutUser('', place));
}

function anyWord(word: string): string {
  return inQuery(known(named(bare(escaped(urls(word))))));
}

/** Every URL in a text; one ends where a blank and the next one follow. */
function urls(text: string): string {
  return text
    .split(/(\s+(?=\S*:\/\/))/)
    .map((piece) =>
      piece.replace(
        /^(.*?)((?:[a-z][a-z0-9+.-]{0,40}:|(?<=^|[\s='"(]))\/{2,})(.*)$/is,
        (all, start: string, scheme: string, rest: string) =>
          scheme.startsWith('/') && !/^[^/\s]+:[^/\s]*@/.test(rest)
            ? all
            : start + scheme + withoutUser(scheme, rest),
      ),
    )
    .join('');
}

/** What follows the `//` of a URL, without the user's secret. */
function withoutUser(scheme: string, rest: string): string {
  const end = rest.search(/[/?#\\]/);
  let place = end === -1 ? rest : rest.slice(0, end);
  // Not escaped as it should be: what looks like a port and is none is the beginning of a password.
  if (!place.includes('@') && /^[^:[\]@\s]+:(?!\d*$)/.test(place))
    place = rest.slice(0, rest.lastIndexOf('@') + 1);
  const at = place.lastIndexOf('@');
  if (at === -1) return rest;
  const user = place.slice(0, at);
  // The `@` of a later word.
  if (/^[^:]*\s/.test(user) || /^[^:\s]+:\d*\s/.test(user)) return rest;
  return maskedUser(user, scheme) + rest.slice(at);
}

function maskedUser(user: string, scheme: string): string {
  const colon = user.indexOf(':');
  // Whoever logs in by SSH does so with a key.
  if (colon === -1) return /ssh:\/\/$/i.test(scheme) ? user : stars;
  const [name, password] = [user.slice(0, colon), user.slice(colon + 1)];
  // A token in the place of the name: `TOKEN:@`, `TOKEN:x-oauth-basic@`.
  const isToken = password === '' || password === 'x-oauth-basic' || /^[\w-]{24,}$/.test(name);
  return `${isToken && name !== '' ? stars : name}:${stars}`;
}

/** `user:password@host` without a scheme. */
function bare(text: string): string {
  return text.replace(
    /(^|[\s='"(,])([^\s/@:='"(,]+):([^\s/@]+)@(?=[\w[])/g,
    (_, start: string, user: string) => `${start}${user}:${stars}@`,
  );
}

/** A URL in which even the `:` and the `@` are percent-encoded, as the value of another's parameter. */
function escaped(text: string): string {
  return text.replace(
    /(%3A(?:%2F|\/){2})((?:(?!%40|%2F)[^&\s/])+)(?=%40)/gi,
    (_, start: string, user: string) => {
      const colon = user.search(/%3A/i);
      return start + (colon === -1 ? stars : `${user.slice(0, colon)}%3A${stars}`);
    },
  );
}

/** Names that say of a value that it is secret. */
const secretName =
  '[\\w.%-]*(?:token|secret|passw(?:or)?d|passphrase|signature|credentials?|(?:api|access|private|secret|account)[-_]?key(?:id)?|authorization|auth|sig|pwd|jwt)';
const parameter = new RegExp(`([?&;#](?:amp;)?(?:${secretName}|key|sas)=)[^&#;\\s'"]+`, 'gi');
const assignment = new RegExp(`^(['"]?(?:--?[a-z-]+=)?${secretName}=)(?!=)(.+)$`, 'is');

/** The values of a query string, and of a fragment, whose names say that they are secret. */
function inQuery(text: string): string {
  return text.replace(parameter, `$1${stars}`);
}

/** `TOKEN=…`, a variable or a setting for a build. */
function named(text: string): string {
  return text.replace(assignment, (all, start: string, value: string) =>
    /^['"]?(?:\w[\w+.-]*:)?\/\//.test(value) ? all : `${start}${stars}${/['"]$/.exec(value)?.[0] ?? ''}`,
  );
}

/** Tokens that are known by their form: GitHub's, GitLab's, PyPI's. */
function known(text: string): string {
  return text.replace(
    /\b(?:gh[a-z]_[A-Za-z0-9]{16,}|github_pat_\w{16,}|glpat-[\w-]{16,}|pypi-AgE[\w-]{16,})/g,
    stars,
  );
}
