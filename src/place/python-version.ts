import { startOf } from '../pip/shebang.ts';
import { compareVersions } from '../pip/versions.ts';
import type { Interpreter } from '../types.ts';

/**
 * The version of an installed Python as far as it can be told without starting it: its header `patchlevel.h` has it in
 * full (CPython's Include/patchlevel.h), its library's directory in part.
 */
export function versionOf({ prefix, stdlib, version }: Interpreter): string {
  const library = stdlib.slice(stdlib.lastIndexOf('/') + 1);
  // Up to 3.7 the directory of headers has the ABI's letter behind its name.
  const header = ['', 'm'].map((abi) => startOf(`${prefix}/include/${library}${abi}/patchlevel.h`)).join('');
  const full = /^#define\s+PY_VERSION\s+"(\d+\.\d+\.\d+)[^"]*"/m.exec(header)?.[1];
  return full ?? version;
}

/** Newest first; what is not a number counts as 0. */
export function newestFirst(a: { readonly version: string }, b: { readonly version: string }): number {
  return compareVersions(b.version, a.version);
}

/**
 * Whether a Python satisfies a project's `requires-python` (PEP 440 specifiers), or Poetry's `python = "^3.10"` with
 * its alternatives by `||`. A clause that is not understood counts as satisfied: the tool itself will judge.
 */
export function satisfies(version: string, specifier: string): boolean {
  return specifier.split('||').some((alternative) =>
    alternative
      .split(/,|\s+(?=[<>=~!^])/)
      .map((clause) => clause.trim())
      .filter((clause) => clause !== '')
      .every((clause) => satisfiesClause(version, clause)),
  );
}

function satisfiesClause(version: string, clause: string): boolean {
  const match = /^(===|==|~=|!=|<=|>=|<|>|\^|~)?\s*v?(\d+(?:\.\d+)*)(\.\*)?$/.exec(clause);
  const [, operator = '==', wanted, wildcard] = match ?? [];
  if (wanted === undefined) return true;
  // `3.12` is not known to the last digit: it is judged by as many as it has.
  const order = compareVersions(version, firstDigits(wanted, version));
  const parts = wanted.split('.');
  switch (operator) {
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '>':
      return compareVersions(version, wanted) > 0;
    case '<':
      return compareVersions(version, wanted) < 0;
    case '!=':
      return !(wildcard === undefined ? compareVersions(version, wanted) === 0 : isOf(version, wanted));
    case '~=':
      return order >= 0 && isOf(version, parts.slice(0, -1).join('.'));
    case '^':
      return order >= 0 && isOf(version, parts[0] ?? '');
    case '~':
      return order >= 0 && isOf(version, parts.slice(0, 2).join('.'));
    default:
      // A bare `3.12` is Poetry's, and Poetry means exactly that; people mean any 3.12.
      return wildcard === undefined && parts.length > 2 ? order === 0 : isOf(version, wanted);
  }
}

/** Whether `version` is `start` or a release of it: `3.12.4` of `3.12`. */
export function isOf(version: string, start: string): boolean {
  return version === start || version.startsWith(`${start}.`);
}

function firstDigits(wanted: string, version: string): string {
  return wanted
    .split('.')
    .slice(0, Math.max(2, version.split('.').length))
    .join('.');
}
