import { normalizeName } from '../../pip/requirement.ts';
import type { IndexAnswer, PackageAnswer } from '../../types.ts';
import { judge } from './pep440.ts';

type Packaged = Extract<PackageAnswer, { kind: 'packaged' }>;

/** Whether a distribution's package holds the project that the index has by this name; `unclear` where nothing tells. */
export type Sameness = 'same' | 'another' | 'unclear';

/**
 * Compares home pages, then versions: what a distribution has is no newer than the newest there is. Two pages that differ
 * say nothing by themselves, for projects move; of a name that was only guessed they do.
 */
export function sameness(packaged: Packaged, answer: IndexAnswer | undefined): Sameness {
  if (answer === undefined || answer.kind === 'absent') return 'unclear';
  const there = answer.kind === 'found' ? (answer.package?.pages ?? []) : [];
  const theirs = there.flatMap(placesOf);
  const ours = packaged.page === undefined ? [] : placesOf(packaged.page);
  const own = `pypi.org/${packaged.name}`;
  if (ours.some((place) => place === own || theirs.includes(place))) return 'same';
  if (isNewer(packaged.version, newestOf(answer))) return 'another';
  return packaged.doubt !== undefined && ours.length > 0 && theirs.length > 0 ? 'another' : 'unclear';
}

function newestOf(answer: Exclude<IndexAnswer, { kind: 'absent' }>): string {
  return answer.kind === 'found' ? (answer.newest ?? answer.version) : answer.version;
}

/** A snapshot or a candidate of the distribution's may come before the index has it. */
function isNewer(version: string | undefined, newest: string): boolean {
  return version !== undefined && !/[a-z~]/i.test(version) && judge(version, `>${newest}`) === 'fits';
}

/** Hosts where the first parts of a path say whose page it is, and how many do. */
const shared: Readonly<Record<string, number>> = {
  'github.com': 2,
  'gitlab.com': 2,
  'bitbucket.org': 2,
  'codeberg.org': 2,
  'opendev.org': 2,
  'git.sr.ht': 2,
  'salsa.debian.org': 2,
  'launchpad.net': 1,
  'code.google.com': 2,
  'sourceforge.net': 2,
  'sites.google.com': 3,
};

/** Whose page a URL is, in every spelling that two sides may have of it: `github.com/psf/black`. */
function placesOf(url: string): string[] {
  const match = /^https?:\/\/(?:[^/@]*@)?(?:www\.)?([^/:?#]+)(?::\d+)?([^?#]*)/i.exec(url);
  const host = match?.[1]?.toLowerCase();
  if (host === undefined) return [];
  const path = (match?.[2] ?? '')
    .toLowerCase()
    .split('/')
    .map((part) => part.replace(/\.git$/, ''))
    .filter((part) => part !== '');
  const [first = '', second = ''] = path;
  const [label = '', ...domain] = host.split('.');
  if (/^(?:pypi\.org|pypi\.python\.org|pypi\.io)$/.test(host)) return [`pypi.org/${normalizeName(second)}`];
  if (/^github\.(?:io|com)$/.test(domain.join('.')) && host !== 'github.com')
    return first === '' ? [host] : [`github.com/${label}/${first}`];
  if (/^(?:readthedocs\.(?:org|io|com)|rtfd\.(?:org|io))$/.test(domain.join('.')))
    return [`readthedocs/${label}`];
  if (/^sourceforge\.(?:net|io)$/.test(domain.join('.'))) return [`sourceforge.net/projects/${label}`];
  const parts = shared[host];
  if (parts !== undefined) return path.length < parts ? [] : [[host, ...path.slice(0, parts)].join('/')];
  // A university's or a company's host has many projects.
  return [path.length === 0 ? host : `${host}/${path.join('/')}`, ...(path.length <= 1 ? [host] : [])];
}
