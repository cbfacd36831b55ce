import { normalizeName } from '../pip/requirement.ts';
import { compareVersions } from '../pip/versions.ts';
import { satisfies } from '../place/python-version.ts';
import type { Cause } from '../types.ts';
import { isFinished, nearestVersion } from './nearest-version.ts';
import { ofTheResolver } from './resolvers.ts';
import { asSpecifier } from './specifier.ts';

/** What pip and uv say of what an index has, and what it has not. */

/** What pip and uv say of the index's versions; pip's words are not translated. */
export function ofTheIndex(text: string): Cause | undefined {
  if (/DO NOT MATCH THE HASHES|Hash mismatch for|In --require-hashes mode|hash(?:es)? mismatch/i.test(text)) {
    const name = /^\s*([\w.-]+)[^\n]* from [^\n]*(?:#|:\n)|Hash mismatch for `?([\w.-]+)/m.exec(text);
    const which = name?.[1] ?? name?.[2];
    return { kind: 'hash-mismatch', ...(which === undefined ? {} : { name: which }) };
  }
  if (/ResolutionImpossible|conflicting dependencies/.test(text)) {
    const lacked = lackedByAll(text);
    return lacked === undefined
      ? { kind: 'conflict', between: conflicting(text) }
      : { kind: 'no-such-name', name: lacked, certain: false };
  }
  const none = /No matching distribution found for ([A-Za-z0-9][\w.-]*)(\[[^\]]*\])?([^\n;]*)/.exec(text);
  const ignored = /Ignored the following versions that require a different python version: ([^\n]+)/.exec(
    text,
  )?.[1];
  const itself = /Package '([\w.-]+)' requires a different Python: [\d.\w+]+ not in '([^'\n]+)'/.exec(text);
  if (itself?.[1] !== undefined)
    return { kind: 'needs-python', name: itself[1], requires: asSpecifier(itself[2]) };
  if (none?.[1] !== undefined) {
    const [, name, , rest = ''] = none;
    const listed = /\(from versions: ([^)]*)\)/.exec(text)?.[1];
    const versions = (listed ?? 'none')
      .split(/,\s*/)
      .filter((one) => one !== 'none' && /^[\w.!+-]{1,60}$/.test(one));
    const wanted = asSpecifier(rest.split('(from')[0]);
    const requires = requiresIn(ignored, wanted);
    if (requires !== undefined && (versions.length === 0 || wanted !== ''))
      return { kind: 'needs-python', name, requires };
    const listedAndFits = wanted === '' ? undefined : versions.findLast((one) => fitsFinished(one, wanted));
    if (listedAndFits !== undefined) return { kind: 'withdrawn', name, version: listedAndFits };
    const unfinished = preRelease(wanted, versions);
    if (unfinished !== undefined) return { kind: 'pre-release', name, wanted, version: unfinished };
    if (versions.length > 0 && wanted !== '')
      return { kind: 'no-version', name, wanted, nearest: nearestVersion(wanted, versions) };
    const tags = versions.length > 0 ? undefined : filesOf(name, text);
    if (tags !== undefined) return { kind: 'other-files', name, tags };
    if (versions.length > 0) return undefined;
    const withdrawn = /Ignored the following yanked versions: (?:[^\n]*, )?([\w.!+-]{1,60})$/m.exec(
      text,
    )?.[1];
    if (withdrawn !== undefined) return { kind: 'withdrawn', name, version: withdrawn };
    return refused(text) ?? { kind: 'no-such-name', name, certain: /\b404 Client Error/.test(text) };
  }
  return ofTheResolver(text) ?? (/HTTP error \d{3} while getting/.test(text) ? refused(text) : undefined);
}

/** What pip says where an index wants somebody else, or is out of order. */
function refused(text: string): Cause | undefined {
  const code =
    /\b(401|403|5\d\d) (?:Error, Credentials|Client Error|Server Error)|HTTP error (401|403|5\d\d) while|too many (5\d\d) error responses/.exec(
      text,
    );
  const said = code?.[1] ?? code?.[2] ?? code?.[3];
  return said === undefined ? undefined : { kind: 'index-refuses', code: Number(said) };
}

/** pip before 23.1 lists withdrawn versions among the others: what fits and was not taken is one of them. */
function fitsFinished(version: string, wanted: string): boolean {
  return !wanted.startsWith('=') && /^\d+(?:\.\d+)*$/.test(version) && satisfies(version, wanted);
}

/** The newest that is not finished and still fits, where pip took nothing that is: `>=1.5` of 1.0 and 2.0rc1. */
function preRelease(wanted: string, versions: readonly string[]): string | undefined {
  const above = /^(?:>=|>|~=)\s*([\d.]+)/.exec(wanted)?.[1];
  if (above === undefined) return undefined;
  const fitting = versions.flatMap((version) => {
    const release = /^(\d+(?:\.\d+)*)\.?(?:a|b|rc|dev)\d/.exec(version)?.[1];
    const fits = release !== undefined && compareVersions(release, above) > 0 && satisfies(release, wanted);
    return fits ? [{ version, release }] : [];
  });
  return fitting.sort((a, b) => compareVersions(a.release, b.release)).at(-1)?.version;
}

/**
 * What the version that was wanted requires, of those pip has passed over: `1.0 Requires-Python >=3.12; 1.1 Requires-Python
 * >=3.13`. An exact version that is none of them may be a slip of the finger.
 */
function requiresIn(ignored: string | undefined, wanted: string): string | undefined {
  const passed = (ignored ?? '').split('; ').flatMap((one) => {
    const [, version, requires] = /^(\S+) Requires-Python (.+)$/.exec(one) ?? [];
    return version === undefined || requires === undefined ? [] : [{ version, requires }];
  });
  const exact = /^===?\s*([\w.+!-]+)$/.exec(wanted)?.[1];
  const meant = exact === undefined ? passed : passed.filter(({ version }) => version === exact);
  // pip lists them as text (`2.10` before `2.9`), and those that are not yet finished, which it would not take.
  const finished = meant.filter(({ version }) => isFinished(version));
  const [newest] = [...(finished.length > 0 ? finished : meant)].sort((a, b) =>
    compareVersions(b.version, a.version),
  );
  return asSpecifier(newest?.requires) || undefined;
}

/** What pip-witness.py tells of files that pip has passed over: their tags (PEP 425), `cp39-cp39-win_amd64`. */
function filesOf(name: string, text: string): readonly string[] | undefined {
  const told = [...text.matchAll(/^pip-detour: files of ([\w.-]{1,100}): ([\w. -]{1,20000})$/gm)];
  const ours = told.find(([, project = '']) => normalizeName(project) === normalizeName(name))?.[2];
  return ours?.split(' ').filter((tag) => /^\w[\w.]*-[\w.]+-[\w.]+$/.test(tag));
}

/**
 * What all versions of one project need, and nobody else says anything of: pip 22 to 26 tell of it as versions that
 * contradict each other, where there is none that fits.
 */
function lackedByAll(text: string): string | undefined {
  const told = text.split('The conflict is caused by:\n')[1]?.split('\n') ?? [];
  const end = told.findIndex((line) => !/^\s*(?:\S+ \S+ depends on |The user requested )/.test(line));
  const lines = told.slice(0, end === -1 ? undefined : end);
  const needs = lines.map((line) =>
    /^\s*([\w.-]+)(?:\[\S+\])? \S+ depends on ([A-Za-z0-9][\w.-]*)/.exec(line),
  );
  const [whose, what] = [1, 2].map((part) => new Set(needs.map((need) => normalizeName(need?.[part] ?? ''))));
  const [name = ''] = what ?? [];
  return lines.length > 1 && whose?.size === 1 && what?.size === 1 && name !== '' ? name : undefined;
}

/** Two names, each with its version, of which each wants another version of a third. */
function conflicting(text: string): string[] {
  const listed = /Cannot install ([^\n]+?) because these package versions have conflicting dependencies/.exec(
    text,
  )?.[1];
  return listed === undefined
    ? []
    : [...new Set(listed.split(/, | and /).filter((one) => isRequirement.test(one)))].slice(0, 3);
}

/** As pip names them: `demo==1.0`, `demo[extra] 1.0`, `-r r.txt (line 1)`. */
const isRequirement = /^(?:[A-Za-z0-9][\w.,[\]<>=!~*+-]{0,80}(?: [\w.!+-]{1,40})?|-r \S{1,80} \(line \d+\))$/;
