import type { Requirement } from '../types.ts';

/** A project's name as PEP 503 normalises it: `Foo._Bar` is `foo-bar`. */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

const name = '[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?';
const blank = '[ \\t]*';
const extras = `\\[(${blank}(?:${name}${blank}(?:,${blank}${name}${blank})*)?)\\]`;
/** PEP 440, appendix B. */
const release = 'v?(?:[0-9]+!)?[0-9]+(?:\\.[0-9]+)*';
const pre = '(?:[-_.]?(?:alpha|a|beta|b|preview|pre|c|rc)[-_.]?[0-9]*)?';
const post = '(?:-[0-9]+|[-_.]?(?:post|rev|r)[-_.]?[0-9]*)?';
const dev = '(?:[-_.]?dev[-_.]?[0-9]*)?';
const local = '(?:\\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?';
const specifiers = [
  `(?:==|!=)${blank}${release}(?:\\.\\*|${pre}${post}${dev}${local})`,
  `~=${blank}v?(?:[0-9]+!)?[0-9]+(?:\\.[0-9]+)+${pre}${post}${dev}`,
  `(?:<=|>=|<|>)${blank}${release}${pre}${post}${dev}`,
];
const specifier = new RegExp(`^(?:${specifiers.join('|')})$`, 'i');
/** `===` takes anything up to a blank, commas and brackets too, so it is only understood alone and plain. */
const arbitrary = /^===[ \t]*[A-Za-z0-9._+!*-]+$/;
/** A name, its extras, and what comes after them: checked piece by piece, because one expression for all is slow. */
const named = new RegExp(`^${blank}(${name})${blank}(?:${extras})?${blank}(.*)$`, 's');
/** A version that is a path or URL: old pips take it for a version, new ones for a mistake. */
const oddVersion = new RegExp(`^${blank}${name}${blank}(?:${extras})?${blank}(?:[=!~<>]=|[<>])`);
const nameAtUrl = new RegExp(`^${blank}(${name})${blank}(?:${extras})?${blank}@${blank}(\\S+)${blank}$`, 'i');

/** PEP 508's variables, and the strings they are compared with, joined by `and`, `or` and parentheses. */
const variable =
  '(?:python_version|python_full_version|os_name|sys_platform|platform_release|platform_system|platform_version|platform_machine|platform_python_implementation|implementation_name|implementation_version|extra)';
const string = `(?:"[^"]*"|'[^']*')`;
const operator = '(?:===|==|~=|!=|<=|>=|<|>|not\\s+in\\b|in\\b)';
const comparison = new RegExp(
  `(?:${variable}\\s*${operator}\\s*${string}|${string}\\s*${operator}\\s*${variable})`,
  'g',
);

function isMarker(text: string): boolean {
  // Comparisons become `x`, then parenthesised groups collapse until one `x (and|or x)*` is left.
  let rest = text.replace(comparison, 'x').trim();
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/\(\s*x(?:\s*\b(?:and|or)\b\s*x)*\s*\)/g, 'x');
  }
  return /^x(?:\s*\b(?:and|or)\b\s*x)*$/.test(rest);
}

/** The suffixes pip takes for a file to install (pip/_internal/utils/filetypes.py, ARCHIVE_EXTENSIONS). */
const archive = /\.(zip|whl|tar\.bz2|tbz|tar\.gz|tgz|tar|tar\.xz|txz|tlz|tar\.lz|tar\.lzma)$/i;
const version = /^(https?|file|ftp|(git|hg|bzr|svn)(\+[a-z]+)?):/i;

function split(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A wheel's name ends in `-version[-build]-python-abi-platform.whl` (PEP 427). */
function wheelName(file: string): string | undefined {
  const match = /^([^\s-]+?)-([^\s-]*?)(-\d[^-]*?)?-([^\s-]+?)-([^\s-]+?)-([^\s-]+?)\.whl$/.exec(file);
  return match?.[1];
}

function withName(kind: 'url' | 'path', text: string, place: string): Requirement {
  // Only a URL has a fragment; in a path, `#` is a character like any other.
  const hash = kind === 'url' ? place.indexOf('#') : -1;
  const fragment = hash === -1 ? '' : place.slice(hash + 1);
  const egg = /(?:^|&)egg=([^&]*)/.exec(fragment)?.[1];
  const path = (hash === -1 ? place : place.slice(0, hash)).replace(/\?.*$/, '');
  const match = egg === undefined ? undefined : new RegExp(`^(${name})(?:${extras})?$`).exec(egg);
  const stem = match?.[1] ?? wheelName(path.slice(path.lastIndexOf('/') + 1));
  const wanted = match?.[2] ?? /\[([^[\]]*)\]$/.exec(kind === 'path' ? place : '')?.[1];
  return {
    kind,
    text,
    ...(stem === undefined ? {} : { name: normalizeName(stem) }),
    ...(wanted === undefined || split(wanted).length === 0 ? {} : { extras: split(wanted) }),
  };
}

/** Longer than this, in characters, it is nobody's requirement, and the patterns here would take their time over it. */
const longest = 8_192;

/**
 * Reads one requirement the way pip does (pip/_internal/req/constructors.py, parse_req_from_line and
 * parse_editable; PEP 508), without looking at the disk. Undefined when it is not understood.
 */
export function parseRequirement(text: string, editable = false): Requirement | undefined {
  if (text.length > longest) return undefined;
  const found = editable ? parseEditable(text) : parseLine(text);
  return found === undefined || !editable ? found : { ...found, editable: true };
}

function parseLine(text: string): Requirement | undefined {
  const isUrl = version.test(text);
  const separator = isUrl ? '; ' : ';';
  const at = text.indexOf(separator);
  const marker = at === -1 ? '' : text.slice(at + separator.length).trim();
  const body = at === -1 ? text : text.slice(0, at);
  if (marker !== '' && !isMarker(marker)) return undefined;
  const found = isUrl ? withName('url', text, body) : parseBody(text, body);
  return found === undefined || marker === '' ? found : { ...found, marker };
}

function parseBody(text: string, body: string): Requirement | undefined {
  const direct = nameAtUrl.exec(body);
  const project = direct?.[1];
  if (project !== undefined) {
    const wanted = split(direct?.[2] ?? '');
    return {
      kind: 'url',
      text,
      name: normalizeName(project),
      ...(wanted.length === 0 ? {} : { extras: wanted }),
    };
  }
  if (body.includes('/') && oddVersion.test(body)) return undefined;
  if (body.includes('/') || body.startsWith('.') || archive.test(body.trim()))
    return withName('path', text, body);
  const match = named.exec(body);
  const typed = match?.[1];
  if (match === null || typed === undefined) return undefined;
  const wanted = split(match[2] ?? '');
  const rest = (match[3] ?? '').replace(/[ \t]+$/, '');
  const pinned = /^\((.*)\)$/s.exec(rest)?.[1]?.trim() ?? rest;
  const understood =
    rest === '' ||
    arbitrary.test(rest) ||
    pinned.split(',').every((part) => specifier.test(part.replace(/^[ \t]+|[ \t]+$/g, '')));
  if (!understood) return undefined;
  return {
    kind: 'name',
    text,
    name: normalizeName(typed),
    ...(wanted.length === 0 ? {} : { extras: wanted }),
    ...(pinned === '' ? {} : { specifier: pinned }),
  };
}

/** `-e` takes a directory, or a version control URL. */
function parseEditable(text: string): Requirement | undefined {
  if (version.test(text)) return withName('url', text, text);
  const direct = nameAtUrl.exec(text);
  if (direct !== null) return parseBody(text, text);
  return text === '' ? undefined : withName('path', text, text);
}
