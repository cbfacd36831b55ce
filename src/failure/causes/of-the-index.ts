import { normalizeName } from '../../pip/requirement.ts';
import type { CauseOfIndex } from '../../types.ts';
import { conflict } from './conflict.ts';
import { ofTheVersions, type Versions } from './of-the-versions.ts';
import { ofTheResolver } from './resolvers.ts';
import { asSpecifier } from './specifier.ts';

/** What pip and uv say of what an index has, and what it has not; pip's words are not translated. */
export function ofTheIndex(text: string): CauseOfIndex | undefined {
  return (
    hashMismatch(text) ??
    conflict(text) ??
    projectForAnotherPython(text) ??
    // Whoever says this says nothing else of it.
    (nothingFits.test(text)
      ? nothingOf(text)
      : (ofTheResolver(text) ?? (/HTTP error \d{3} while getting/.test(text) ? refused(text) : undefined)))
  );
}

function hashMismatch(text: string): CauseOfIndex | undefined {
  if (!/DO NOT MATCH THE HASHES|Hash mismatch for|In --require-hashes mode|hash(?:es)? mismatch/i.test(text))
    return undefined;
  const name = /^\s*([\w.-]+)[^\n]* from [^\n]*(?:#|:\n)|Hash mismatch for `?([\w.-]+)/m.exec(text);
  const which = name?.[1] ?? name?.[2];
  return { kind: 'hash-mismatch', ...(which === undefined ? {} : { name: which }) };
}

function projectForAnotherPython(text: string): CauseOfIndex | undefined {
  const [, name, requires] =
    /Package '([\w.-]+)' requires a different Python: [\d.\w+]+ not in '([^'\n]+)'/.exec(text) ?? [];
  return name === undefined ? undefined : { kind: 'needs-python', name, requires: asSpecifier(requires) };
}

const nothingFits = /No matching distribution found for ([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?([^\n;]*)/;

/** Why pip found nothing of a project, the surest first: of its versions, its files, the index. */
function nothingOf(text: string): CauseOfIndex | undefined {
  const [, name = '', rest = ''] = nothingFits.exec(text) ?? [];
  const versions = versionsIn(text, rest);
  const cause = ofTheVersions(name, versions);
  if (cause !== undefined) return cause;
  if (versions.listed.length > 0) return undefined;
  const tags = filesOf(name, text);
  if (tags !== undefined) return { kind: 'other-files', name, tags };
  const withdrawn = /Ignored the following yanked versions: (?:[^\n]*, )?([\w.!+-]{1,60})$/m.exec(text)?.[1];
  if (withdrawn !== undefined) return { kind: 'withdrawn', name, version: withdrawn };
  return refused(text) ?? { kind: 'no-such-name', name, certain: /\b404 Client Error/.test(text) };
}

/** What pip tells of a project's versions; `rest` stands behind its name. */
function versionsIn(text: string, rest: string): Versions {
  const listed = /\(from versions: ([^)]*)\)/.exec(text)?.[1] ?? 'none';
  return {
    wanted: asSpecifier(rest.split('(from')[0]),
    listed: listed.split(/,\s*/).filter((one) => one !== 'none' && /^[\w.!+-]{1,60}$/.test(one)),
    passedOver:
      /Ignored the following versions that require a different python version: ([^\n]+)/.exec(text)?.[1] ??
      '',
  };
}

/** What pip says where an index wants somebody else, or is out of order. */
function refused(text: string): CauseOfIndex | undefined {
  const code =
    /\b(401|403|5\d\d) (?:Error, Credentials|Client Error|Server Error)|HTTP error (401|403|5\d\d) while|too many (5\d\d) error responses/.exec(
      text,
    );
  const said = code?.[1] ?? code?.[2] ?? code?.[3];
  return said === undefined ? undefined : { kind: 'index-refuses', code: Number(said) };
}

/** What pip-witness.py tells of files that pip has passed over: their tags (PEP 425), `cp39-cp39-win_amd64`. */
function filesOf(name: string, text: string): readonly string[] | undefined {
  const told = [...text.matchAll(/^pip-detour: files of ([\w.-]{1,100}): ([\w. -]{1,20000})$/gm)];
  const ours = told.find(([, project = '']) => normalizeName(project) === normalizeName(name))?.[2];
  return ours?.split(' ').filter((tag) => /^\w[\w.]*-[\w.]+-[\w.]+$/.test(tag));
}
