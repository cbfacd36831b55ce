import type { Missing } from '../../types.ts';
import { others } from './apt-others.ts';
import { forEachKey, lookUp } from './apt-table.ts';
import { compilerNamed } from './managers/compilers.ts';

/** Which package of Debian or Ubuntu brings a header, a library, a pkg-config or cmake name or a program. */

const letters: Readonly<Record<Exclude<Missing['kind'], 'package' | 'module'>, string>> = {
  header: 'h',
  library: 'l',
  'pkg-config': 'p',
  cmake: 'c',
  program: 'b',
};

/** Python's headers that a source includes by themselves; cffi's begin with `pyconfig.h`. */
const isOfPython = /^(?:Python|pyconfig|structmember|patchlevel|frameobject)\.h$/;

/** Modules of the standard library that Debian has in packages of their own; by the Python's version. */
const apart: Readonly<Record<string, (python: string) => readonly string[]>> = {
  distutils: () => ['python3-distutils'],
  lib2to3: () => ['python3-lib2to3'],
  tkinter: () => ['python3-tk'],
  ensurepip: (python) => [`python${python}-venv`],
};

/** The names of packages that bring it, the likeliest first; whether this release has one of them is for apt to say. */
export function aptCandidates({ kind, name }: Missing, python: string): readonly string[] {
  const basename = name.slice(name.lastIndexOf('/') + 1);
  if (kind === 'header' && isOfPython.test(basename)) return [`python${python}-dev`, 'python3-dev'];
  if (kind === 'program' && /^python3?(?:\.\d+)?-config$/.test(name))
    return [`python${python}-dev`, 'python3-dev'];
  if (kind === 'package') return [name];
  if (kind === 'module') return apart[name]?.(python) ?? [];
  // The kernel's own; the table leaves them out, for other packages have directories of such names in theirs.
  if (kind === 'header' && /^(?:linux|asm|asm-generic|mtd)\//.test(name)) return ['linux-libc-dev'];
  const keys = keysOf(kind, name);
  const brought = lookUp(keys);
  const found = new Set(
    keys.flatMap((key) => [...(others[inOthers(key)] ?? []), ...(brought.get(key) ?? [])]),
  );
  // Debian names a package after any of its names.
  if (isNamedFreely(kind)) {
    const plain = name.toLowerCase().replaceAll('_', '-');
    if (/^[a-z0-9][a-z0-9+.-]+$/.test(plain))
      for (const guess of [`${plain}-dev`, `lib${plain}-dev`, `${plain}1-dev`]) found.add(guess);
  }
  // In one release a .pc file lies with the library's headers, in the next with the tools: the former bring the latter, mostly.
  const isDev = (name: string) => Number(!name.endsWith('-dev'));
  const all = kind === 'pkg-config' ? [...found].sort((a, b) => isDev(a) - isDev(b)) : [...found];
  return all.slice(0, most);
}

type Listed = keyof typeof letters;

/** The keys that may hold what brings it, the likeliest first: a kind's letter and a name. */
function keysOf(kind: Listed, name: string): readonly string[] {
  const lower = name.toLowerCase();
  const key = kind === 'program' ? (compilerNamed(name) ?? name) : kind === 'cmake' ? lower : name;
  const directories: string[] = [];
  if (kind === 'header')
    for (let at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1))
      directories.push(`h${name.slice(0, at + 1)}`);
  const alike = isNamedFreely(kind)
    ? [name, lower, name.replace(/^lib/i, '')].flatMap((one) => [
        `p${one}`,
        `l${one}`,
        `c${one.toLowerCase()}`,
      ])
    : [];
  return [...new Set([`${letters[kind]}${key}`, ...directories, ...alike])];
}

/** What one tool calls a package another asks for as a library. */
function isNamedFreely(kind: Listed): boolean {
  return kind === 'cmake' || kind === 'library' || kind === 'pkg-config';
}

const inOthers = (key: string) => `${key.charAt(0)} ${key.slice(1)}`;

/** All that Debian builds a package of a Python project with, where that is little: `libhdf5-dev` of `python3-tables`. */
export function aptBuildsWith(package_: string): readonly string[] {
  const key = `s${package_}`;
  return lookUp([key]).get(key) ?? [];
}

/**
 * The pkg-config modules of the likeliest package that brings it: first what is called like it or like the package, then
 * the most general name. By them other distributions are asked, whose packages say which modules they have, and not which files.
 */
export function modulesBeside(missing: Missing, python: string): readonly string[] {
  const [package_ = ''] = aptCandidates(missing, python);
  const found: string[] = [];
  forEachKey((key, packages) => {
    if (key.startsWith(letters['pkg-config']) && packages.split(' ').includes(package_))
      found.push(key.slice(1));
    return false;
  });
  const likely = [plain(missing.name.replace(/^.*\//, '')), plain(package_)];
  const rank = (module: string) => (likely.includes(plain(module)) ? 0 : 1);
  return found.sort((a, b) => rank(a) - rank(b) || a.length - b.length).slice(0, most);
}

/** The name alone: `portaudio` of `portaudio-2.0`, `portaudio.h` and `portaudio19-dev`. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/^lib|(?:-dev|\.h(?:pp)?)$/g, '')
    .replace(/[-.\d]+$/, '');
}

/** No more are asked about at once. */
const most = 24;
