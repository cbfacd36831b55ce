import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startOf } from '../../pip/shebang.ts';
import { listing } from '../../system/listing.ts';
import { textOf } from '../../system/text-file.ts';
import type { Interpreter, Seed } from '../../types.ts';

/**
 * What `python3 -m venv` of this Python puts into an environment (CPython, `ensurepip/__init__.py`, `_PACKAGE_NAMES`;
 * setuptools until 3.11), with where it lies on this machine: a wheel, else the refused pip's own package and what lies
 * beside it. `pipPackage` is the directory of that pip, `distribution` that of Debian's and Fedora's wheels.
 */
export function lookForSeeds(
  interpreter: Interpreter | undefined,
  pipPackage?: string,
  distribution = '/usr/share/python-wheels',
): readonly Seed[] {
  if (interpreter === undefined) return [];
  const names = hasSetuptools(interpreter) ? (['setuptools', 'pip'] as const) : (['pip'] as const);
  return names.map((name) => {
    const wheel =
      newestWheel(name, join(interpreter.stdlib, 'ensurepip/_bundled')) ?? newestWheel(name, distribution);
    if (pipPackage === undefined) return wheel === undefined ? { name } : { name, source: wheel };
    if (wheel !== undefined) return { name, source: wheel, compiledIn: dirname(pipPackage) };
    const source = wholePackage(name, pipPackage);
    return source === undefined ? { name } : { name, source };
  });
}

function hasSetuptools({ version }: Interpreter): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 3 && minor < 12;
}

function newestWheel(name: string, directory: string): string | undefined {
  const pattern = new RegExp(`^${name}-([\\d.]+)-py.*\\.whl$`);
  const newest = listing(directory)
    .filter((file) => pattern.test(file))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .at(-1);
  return newest === undefined ? undefined : join(directory, newest);
}

/** The package's directory where nothing that it needs was taken out of it, as some distributions do. */
function wholePackage(name: Seed['name'], pipPackage: string): string | undefined {
  const directory = join(dirname(pipPackage), name);
  const whole = name === 'pip' ? isWholePip(directory) : isWholeSetuptools(directory);
  return whole ? directory : undefined;
}

/** pip names in `_vendor/vendor.txt` what it needs, and in `_vendor/__init__.py` whether a distribution has unbundled it. */
function isWholePip(directory: string): boolean {
  const vendor = join(directory, '_vendor');
  if (!/^DEBUNDLED = False$/m.test(startOf(join(vendor, '__init__.py')) ?? '')) return false;
  const needed = [...(textOf(join(vendor, 'vendor.txt')) ?? '').matchAll(/^\s*([\w-]+)==/gm)];
  const there = new Set(listing(vendor).map((entry) => entry.replace(/\.py$/, '')));
  return (
    needed.length > 0 &&
    needed
      .map(([, project = '']) => project.toLowerCase().replaceAll('-', '_'))
      .every((module) => there.has(module === 'setuptools' ? 'pkg_resources' : module))
  );
}

/** What setuptools needs lies in `_vendor` without a list; its commands are entry points. */
function isWholeSetuptools(directory: string): boolean {
  const infos = listing(dirname(directory)).filter((entry) => /^setuptools-.*\.(dist|egg)-info$/.test(entry));
  return (
    existsSync(join(directory, '_vendor/packaging')) &&
    infos.some((info) => existsSync(join(dirname(directory), info, 'entry_points.txt')))
  );
}
