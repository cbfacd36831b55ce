import stripAnsi from 'strip-ansi';
import { compareVersions } from '../pip/options.ts';
import { normalizeName } from '../pip/requirement.ts';
import { satisfies } from '../place/python-version.ts';
import { distance } from '../system/nearest.ts';
import type { Cause, Failed } from '../types.ts';
import { ofTheResolver } from './resolvers.ts';
import { missingIn } from './rules.ts';
import { asSpecifier } from './specifier.ts';

/** How much of what was said is looked at, in characters, from its end: what failed is told last. */
export const looked = 400_000;

/** What the words of a failed installation say of its cause; undefined where they say nothing that is certain enough. */
export function diagnose({ said }: Pick<Failed, 'said'>): Cause | undefined {
  const listing = legible(said);
  const text = cut(listing);
  // A build that has begun had its index, whatever was said of another one before.
  if (ownFailure.test(text)) return { kind: 'too-old-pip' };
  if (built.test(text)) return space(text) ?? ofTheBuild(text) ?? network(text) ?? ofTheIndex(listing);
  return space(text) ?? network(text) ?? ofTheIndex(listing) ?? ofTheBuild(text);
}

/** pip before 23.1 stumbles over Python 3.12 in its own files. */
const ownFailure =
  /-packages\/pip\/_vendor\/pkg_resources\/[\s\S]{0,2000}module 'pkgutil' has no attribute 'ImpImporter'/;

/** pip's references for a build that failed (pip/_internal/exceptions.py), and what uv, poetry and pdm say of one. */
const built =
  /subprocess-exited-with-error|metadata-generation-failed|legacy-install-failure|failed-wheel-build|Failed building wheel|Failed to build|The build backend returned an error|Backend subprocess exited|Build backend raised error/;

/**
 * Its end, without colours, control characters, carriage returns and empty lines; lines that a tool indents stand at their
 * beginning. The time that a pattern takes grows with the square of a line: only pip's lists of versions stay as long as they are.
 */
function legible(said: string): string {
  return stripAnsi(said.slice(-looked))
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
    .replace(/^[ \t|│]+/gm, '')
    .replace(/\n{2,}/g, '\n')
    .split('\n')
    .map((line) => (listsVersions.test(line) ? line : cut(line)))
    .join('\n');
}

const listsVersions =
  /^(?:ERROR: )?(?:Could not find a version|Ignored the following versions|pip-detour: files of )/;

/** Of each line no more than its beginning and its end. */
function cut(text: string): string {
  return text.replace(/[^\n]{601,}/g, (line) => `${line.slice(0, 300)} … ${line.slice(-300)}`);
}

/** Where nothing can be written. Numbers of errno(3) are the same in every language. */
function space(text: string): Cause | undefined {
  if (/\[Errno (?:28|122)\]|\bos error 28\b|ENOSPC|No space left on device/.test(text))
    return { kind: 'no-space' };
  const readOnly = /\[Errno 30\](?:[^'\n]*'(?<path>\/[^'\s]{1,200})')?|\bos error 30\b/.exec(text);
  if (readOnly === null) return undefined;
  const path = readOnly.groups?.['path'];
  return { kind: 'read-only', ...(path === undefined ? {} : { path }) };
}

/** Why an index could not be asked. What was tried again with success ends otherwise. */
function network(text: string): Cause | undefined {
  if (!/No matching distribution found|Max retries exceeded|Could not fetch|error sending request/.test(text))
    return undefined;
  if (
    /CERTIFICATE_VERIFY_FAILED|SSLCertVerificationError|invalid peer certificate|certificate verify failed/.test(
      text,
    )
  )
    return { kind: 'certificates' };
  if (/ProxyError|Tunnel connection failed|Cannot connect to proxy|\b407 Proxy/.test(text))
    return { kind: 'proxy' };
  return unreachable.test(text) ? { kind: 'no-network' } : undefined;
}

const unreachable =
  /NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError|ConnectionResetError|Connection refused|Temporary failure in name resolution|dns error|\[Errno -[23]\]/;

/** What pip and uv say of the index's versions; pip's words are not translated. */
function ofTheIndex(text: string): Cause | undefined {
  if (/DO NOT MATCH THE HASHES|Hash mismatch for|In --require-hashes mode|hash(?:es)? mismatch/i.test(text)) {
    const name = /^\s*([\w.-]+)[^\n]* from [^\n]*(?:#|:\n)|Hash mismatch for `?([\w.-]+)/m.exec(text);
    const which = name?.[1] ?? name?.[2];
    return { kind: 'hash-mismatch', ...(which === undefined ? {} : { name: which }) };
  }
  if (/ResolutionImpossible|conflicting dependencies/.test(text))
    return { kind: 'conflict', between: conflicting(text) };
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

/** What a build that ended badly says: what it lacks, or what it was not made for. */
function ofTheBuild(text: string): Cause | undefined {
  if (/^error: externally-managed-environment$/m.test(text)) return { kind: 'refused-inside' };
  if (/^\/\S+\/python[\d.]*: No module named pip$/m.test(text)) return { kind: 'wants-pip' };
  const another =
    /(\S+\.(?:cpython|pypy|abi)[\w-]*\.so): undefined symbol: _?Py\w+|ImportError: (\S+\.so): undefined symbol: _?Py/.exec(
      text,
    );
  if (another !== null) return { kind: 'built-for-another', file: another[1] ?? another[2] ?? '' };
  const module = [...text.matchAll(/ModuleNotFoundError: No module named '([\w.]+)'/g)]
    .at(-1)?.[1]
    ?.split('.')[0];
  if (/^\S+: [^\n]*\bKilled\b[^\n]*\bcc1(?:plus)?\b/m.test(text)) return { kind: 'no-memory' };
  const tool = unfitTool(text);
  if (tool !== undefined) return tool;
  const missing = missingIn(text);
  // numpy is there, and has it no more: from Python 3.12 on.
  if (/No module named 'numpy\.distutils/.test(text) && missing.length === 0)
    return { kind: 'too-old-source' };
  if (module !== undefined && missing.length === 0)
    return removed.includes(module) ? { kind: 'too-old-source' } : { kind: 'wants-module', name: module };
  if (missing.length > 0) return { kind: 'missing', missing };
  return oldSource.test(text) ? { kind: 'too-old-source' } : undefined;
}

/** A tool of another version than the build was written for, by the tool's own words, which are English alone. */
function unfitTool(text: string): Cause | undefined {
  if (/Compatibility with CMake < 3\.5 has been removed/.test(text)) return { kind: 'too-new-cmake' };
  const cmake = /CMake ([\d.]{1,20}) or higher is required\. +You are running/.exec(text)?.[1];
  if (cmake !== undefined) return { kind: 'too-old-tool', name: 'CMake', needs: cmake };
  const needs = /requires rustc ([\d.]{1,20}) or newer/.exec(text)?.[1];
  if (needs !== undefined) return { kind: 'too-old-tool', name: 'Rust', needs };
  if (/feature `edition20\d\d` is required|lock file version \d+ (?:requires|was found)/.test(text))
    return { kind: 'too-old-tool', name: 'Rust' };
  const [, major, minor] =
    /is newer than PyO3's maximum supported version \((\d)\.(\d{1,3})\)/.exec(text) ?? [];
  if (minor !== undefined)
    return {
      kind: 'needs-python',
      name: 'The PyO3 of this version',
      requires: `<${major}.${Number(minor) + 1}`,
    };
  if (
    /AttributeError: cython_sources$|\.pyx:\d+:\d+: undeclared name not builtin: (?:long|unicode|basestring|xrange)/m.test(
      text,
    )
  )
    return { kind: 'wants-older', name: 'cython', below: '3' };
  return undefined;
}

/** Modules that Python once brought (docs.python.org, "What's New" 3.12 and 3.13), and setuptools' own. */
const removed = [
  'imp',
  'distutils',
  'asynchat',
  'asyncore',
  'smtpd',
  'cgi',
  'crypt',
  'pipes',
  'lib2to3',
  'telnetlib',
];

/** What a source that is older than this Python says while it is compiled, or while its setup.py runs. */
const oldSource =
  /has no (?:member|attribute) ['‘"](?:ob_|f_|tp_print|curexc_|exc_|recursion_|ImpImporter|SafeConfigParser|readfp|use_2to3)|(?:too (?:few|many) arguments to function|implicit declaration of function) ['‘]_?Py\w+|use_2to3 is invalid|Missing parentheses in call to 'print'/;

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
  const finished = meant.filter(({ version }) => /^[\d.!]+(?:\.?post\d+)?$/.test(version));
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

function nearestVersion(wanted: string, versions: readonly string[]): string {
  const asked = wanted.replace(/^[^\d]*/, '').split(',')[0] ?? '';
  const ranked = versions.map((version, at) => ({ version, at, far: distance(asked, version) }));
  return ranked.sort((a, b) => a.far - b.far || b.at - a.at)[0]?.version ?? '';
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
