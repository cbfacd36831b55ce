import type { Cause } from '../types.ts';
import { missingIn } from './missing.ts';

/** What a build says that has ended badly. */

/** What a build that ended badly says: what it lacks, or what it was not made for. */
export function ofTheBuild(text: string): Cause | undefined {
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
  // What a build only tells people to type may be for another failure than this.
  const looked = missing.some(({ kind }) => kind !== 'package');
  // numpy is there, and has it no more: from Python 3.12 on.
  if (/No module named 'numpy\.distutils/.test(text) && !looked) return { kind: 'too-old-source' };
  if (module !== undefined && !looked)
    return removed.includes(module) ? { kind: 'too-old-source' } : { kind: 'wants-module', name: module };
  if (oldSource.test(text) && !looked) return { kind: 'too-old-source' };
  return missing.length > 0 ? { kind: 'missing', missing } : undefined;
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
