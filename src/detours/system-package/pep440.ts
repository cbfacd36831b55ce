/** As much of PEP 440 as judging a packaged version by a requirement's specifier needs. */

interface Version {
  readonly epoch: number;
  readonly release: readonly number[];
  /** Orders what stands after the release: dev < a < b < rc < (nothing) < post. */
  readonly after: readonly number[];
  readonly prerelease: boolean;
}

const form =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+[a-z0-9._-]+)?$/i;

const highest = Number.MAX_SAFE_INTEGER;

/** Appendix B's regular expression in short; undefined for what is no version. */
function parse(text: string): Version | undefined {
  const match = form.exec(text.trim());
  if (match === null) return undefined;
  const [, epoch, release = '', pre, preNumber, post, postWord, postNumber, dev, devNumber] = match;
  const hasPost = post !== undefined || postWord !== undefined;
  const stage = pre === undefined ? 'final' : (pre[0] ?? '').toLowerCase();
  // "1.0.dev1" comes before "1.0a1"; "c" and "pre" are other names of "rc".
  const preRank =
    stage === 'final' ? (dev !== undefined && !hasPost ? -1 : 3) : stage === 'a' ? 0 : stage === 'b' ? 1 : 2;
  return {
    epoch: Number(epoch ?? 0),
    release: release.split('.').map(Number),
    after: [
      preRank,
      Number(preNumber || 0),
      hasPost ? Number(post ?? (postNumber || 0)) : -1,
      dev === undefined ? highest : Number(devNumber || 0),
    ],
    prerelease: pre !== undefined || dev !== undefined,
  };
}

/** Negative, zero or positive; missing parts count as zero. */
function order(a: Version, b: Version): number {
  const [left, right] = [a, b].map(({ release }) => release);
  const length = Math.max(left?.length ?? 0, right?.length ?? 0);
  const whole = (version: Version) => [
    version.epoch,
    ...Array.from({ length }, (_, at) => version.release[at] ?? 0),
    ...version.after,
  ];
  const other = whole(b);
  for (const [at, number] of whole(a).entries()) {
    const difference = number - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function begins(version: Version, prefix: Version): boolean {
  return (
    version.epoch === prefix.epoch && prefix.release.every((part, at) => part === (version.release[at] ?? 0))
  );
}

function isPost({ after }: Version): boolean {
  return (after[2] ?? -1) >= 0;
}

function sameRelease(a: Version, b: Version): boolean {
  return order({ ...a, after: [] }, { ...b, after: [] }) === 0;
}

/** What a version is to one clause of a specifier. */
type Standing = 'fits' | 'too-old' | 'other';

function standing(version: Version, clause: string): Standing | undefined {
  const match = /^\s*(===|==|!=|~=|<=|>=|<|>)\s*(\S+)\s*$/.exec(clause);
  const [, operator = '', wanted = ''] = match ?? [];
  if (operator === '===') return undefined;
  const any = wanted.endsWith('.*');
  const bound = parse(any ? wanted.slice(0, -2) : wanted);
  if (bound === undefined) return undefined;
  const compared = order(version, bound);
  const missed: Standing = compared < 0 ? 'too-old' : 'other';
  const fits = (holds: boolean): Standing => (holds ? 'fits' : missed);
  switch (operator) {
    case '==':
      return fits(any ? begins(version, bound) : compared === 0);
    case '!=':
      return (any ? begins(version, bound) : compared === 0) ? 'other' : 'fits';
    case '~=':
      return fits(compared >= 0 && begins(version, { ...bound, release: bound.release.slice(0, -1) }));
    case '>=':
      return fits(compared >= 0);
    case '<=':
      return fits(compared <= 0);
    case '>':
      // A post-release of the bound itself is not later than it, unless the bound is a post-release.
      if (isPost(version) && !isPost(bound) && sameRelease(version, bound)) return 'too-old';
      return compared > 0 ? 'fits' : 'too-old';
    default:
      // "<2" leaves out 2's own pre-releases.
      if (version.prerelease && !bound.prerelease && sameRelease(version, bound)) return 'other';
      return fits(compared < 0);
  }
}

/**
 * What a version is to a specifier (`>=2,<3`): whether it fits, is older than what is wanted, or misses it otherwise.
 * Undefined when one of the two is not understood. Pre-releases count only where
 * the specifier lets one in by ==, >=, <= or ~= (packaging/specifiers.py).
 */
export function judge(version: string, specifier: string): Standing | undefined {
  const found = parse(version);
  if (found === undefined) return undefined;
  const clauses = specifier.split(',').filter((clause) => clause.trim() !== '');
  let worst: Standing = 'fits';
  for (const clause of clauses) {
    const one = standing(found, clause);
    if (one === undefined) return undefined;
    if (one === 'too-old' || worst === 'fits') worst = one;
  }
  const named = clauses.some(
    (clause) =>
      /^\s*(==|>=|<=|~=)/.test(clause) && parse(clause.replace(/^\s*[=<>~]+\s*/, ''))?.prerelease === true,
  );
  return worst === 'fits' && found.prerelease && !named ? 'other' : worst;
}
