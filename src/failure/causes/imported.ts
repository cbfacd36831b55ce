import type { Cause } from '../../types.ts';

/** What is known of a module that a build imports and does not find; anything else belongs to another project. */
export function notImported(module: string): Cause {
  const package_ = takenApart.get(module);
  if (package_ !== undefined) return { kind: 'missing', missing: [{ kind: 'module', name: package_ }] };
  if (compiledApart.has(module)) return { kind: 'lacks-own-module', name: module };
  return removed.has(module) ? { kind: 'too-old-source', module } : { kind: 'wants-module', name: module };
}

/** Modules that Debian keeps apart from the rest of the library; a Python that has them no more is told of elsewhere. */
const takenApart: ReadonlyMap<string, string> = new Map([
  ['tkinter', 'tkinter'],
  ['_tkinter', 'tkinter'],
  ['ensurepip', 'ensurepip'],
]);

/** Modules that Python's own setup leaves out where the library they are for was not there when Python was built. */
const compiledApart: ReadonlySet<string> = new Set(
  '_bz2 _ctypes _curses _dbm _elementtree _gdbm _hashlib _lzma _sqlite3 _ssl _uuid pyexpat readline zlib'.split(
    ' ',
  ),
);

/** Modules that Python once brought (docs.python.org, "What's New" 3.12 and 3.13), and setuptools' own. */
const removed: ReadonlySet<string> = new Set(
  'imp distutils asynchat asyncore smtpd cgi crypt pipes lib2to3 telnetlib'.split(' '),
);
