import type { Cause } from '../../types.ts';

/** A tool of another version than the build was written for, by the tool's own words, which are English alone. */
export function unfitTool(text: string): Cause | undefined {
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
