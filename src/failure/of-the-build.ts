import type { Cause, Missing } from '../types.ts';
import { missingIn } from './missing.ts';
import { otherAge } from './other-age.ts';
import { withoutOptional } from './rules-of-cmake.ts';

/** What a build that ended badly says: what it lacks, or what it was not made for. */
export function ofTheBuild(all: string): Cause | undefined {
  const text = withoutOptional(all);
  if (/^error: externally-managed-environment$/m.test(text)) return { kind: 'refused-inside' };
  if (/^\/\S+\/python[\d.]*: No module named pip$/m.test(text)) return { kind: 'wants-pip' };
  const another =
    /(\S+\.(?:cpython|pypy|abi)[\w-]*\.so): undefined symbol: _?Py\w+|ImportError: (\S+\.so): undefined symbol: _?Py/.exec(
      text,
    );
  if (another !== null) return { kind: 'built-for-another', file: another[1] ?? another[2] ?? '' };
  if (/^\S+: [^\n]*\bKilled\b[^\n]*\bcc1(?:plus)?\b/m.test(text)) return { kind: 'no-memory' };
  const tool = unfitTool(text);
  if (tool !== undefined) return tool;
  const missing = missingIn(text);
  const imported = [...text.matchAll(/ModuleNotFoundError: No module named '(\w+)(?:\.[\w.]*)?'/g)].at(-1);
  const isImport = imported !== undefined && !missing.some((one) => isLater(one, { at: imported.index }));
  const module = isImport ? imported[1] : undefined;
  const compiler = [...text.matchAll(cuda)].at(-1);
  if (compiler !== undefined && module === undefined) {
    const said = { at: compiler.index, name: 'nvcc' };
    // A build that went on without it and failed at its other source did not want it.
    const wentOn = compilerFailed(text.slice(said.at));
    if (!wentOn && !missing.some((one) => isLater(one, said))) return { kind: 'wants-cuda' };
  }
  const age = otherAge(text);
  if (age !== undefined && !missing.some((one) => isLater(one, age))) {
    const { at: _, ...cause } = age;
    return cause;
  }
  // What a build tells people in sentences, or to type, may be for another failure than this.
  const looked = missing.some(({ kind, loose }) => kind !== 'package' && loose !== true);
  // numpy is there, and has it no more: from Python 3.12 on.
  if (/No module named 'numpy\.distutils/.test(text) && !looked) return { kind: 'too-old-source' };
  const apart = module === undefined ? undefined : takenApart[module];
  if (apart !== undefined) return { kind: 'missing', missing: [{ kind: 'module', name: apart }] };
  if (module !== undefined && compiledApart.has(module)) return { kind: 'lacks-own-module', name: module };
  if (module !== undefined)
    return removed.includes(module)
      ? { kind: 'too-old-source', module }
      : { kind: 'wants-module', name: module };
  if (answeredByNobody.test(text) && !looked) return { kind: 'build-fetches' };
  if (oldSource.test(text) && !looked) return { kind: 'too-old-source' };
  // A compiler that came to run had what a sentence before it speaks of.
  if (missing.every(({ loose }) => loose === true) && compilerFailed(text))
    return { kind: 'does-not-compile' };
  return missing.length > 0 ? { kind: 'missing', missing } : undefined;
}

/** What was found missing after that, and is no other word for it. */
function isLater(
  { kind, name, loose, at = 0 }: Missing,
  age: { readonly at: number; readonly name?: string },
): boolean {
  return (
    kind !== 'package' && loose !== true && at > age.at && name.toLowerCase() !== age.name?.toLowerCase()
  );
}

/**
 * A compiler has told of a line and a column of its source, in whatever language, and setuptools, ninja or make that it failed.
 * gcc and clang name the option behind a warning.
 */
function compilerFailed(text: string): boolean {
  return (
    /^\S{1,400}\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|m|mm):\d{1,7}:\d{1,7}: (?!(?:warning|note): )(?![^\n]*\[-W(?!error)[\w+=-]+\]$)/m.test(
      text,
    ) &&
    /[Cc]ommand '[^\n]+' (?:failed with exit code|returned non-zero exit status) \d|^ninja: build stopped|^g?make(?:\[\d+\])?: \*\*\*/m.test(
      text,
    )
  );
}

/** torch's way of saying it, cmake's, and who starts it. */
const cuda =
  /CUDA_HOME environment variable is not set|No CMAKE_CUDA_COMPILER could be found|No CUDA toolset found|\bnvcc(?: was)? not found|\[Errno 2\][^\n]*nvcc'|error: command '(?:\S*\/)?nvcc' failed: (?!with exit)|nvcc: (?:command )?not found/g;

/** Modules that Python's own setup leaves out where the library they are for was not there when Python was built. */
const compiledApart: ReadonlySet<string> = new Set(
  '_bz2 _ctypes _curses _dbm _elementtree _gdbm _hashlib _lzma _sqlite3 _ssl _uuid pyexpat readline zlib'.split(
    ' ',
  ),
);

/** urllib's, git's, curl's, wget's and cargo's way of saying it. */
const answeredByNobody =
  /URLError: <urlopen error (?:\[Errno -\d+\]|timed out)|Could not resolve (?:host|hostname|proxy)\b|unable to resolve host address|^(?:socket\.)?gaierror: \[Errno -\d+\]|^fatal: unable to access 'https?:[^\n]*(?:resolve|connect|timed out)|spurious network error/im;

/** Modules that Debian keeps apart from the rest of the library; a Python that has them no more is told of elsewhere. */
const takenApart: Readonly<Record<string, string>> = {
  tkinter: 'tkinter',
  _tkinter: 'tkinter',
  ensurepip: 'ensurepip',
};

/** A tool of another version than the build was written for, by the tool's own words, which are English alone. */
function unfitTool(text: string): Cause | undefined {
  if (/Compatibility with CMake < 3\.5 has been removed/.test(text)) return { kind: 'too-new-cmake' };
  const cmake = /CMake ([\d.]{1,20}) or higher is required\. +You are running/.exec(text)?.[1];
  if (cmake !== undefined) return { kind: 'too-old-tool', name: 'CMake', needs: cmake };
  const needs =
    /requires rustc ([\d.]{1,20})(?: or newer|\s)|Rust [\d.]{1,20} does not match extension requirement >=([\d.]{1,20})/
      .exec(text)
      ?.slice(1)
      .find((version) => version !== undefined);
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
  if (/use_2to3 is invalid/.test(text)) return { kind: 'wants-older', name: 'setuptools', below: '58' };
  if (
    /AttributeError: cython_sources$|\.pyx:\d+:\d+: undeclared name not builtin: (?:long|unicode|basestring|xrange)|\.pyx:\d+:\d+: Cannot assign type [^\n]*Exception values are incompatible/m.test(
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
  /has no (?:member(?: named)?|attribute) ['‘"](?:ob_|f_|tp_print|curexc_|exc_|recursion_|ImpImporter|SafeConfigParser|readfp|use_2to3)|(?:too (?:few|many) arguments to function|implicit declaration of function) ['‘]_?Py\w+|incomplete typedef ['‘]Py\w+|Missing parentheses in call to 'print'|^\d+ \|\s+Py_(?:TYPE|REFCNT|SIZE)\([^)\n]*\) = /m;
