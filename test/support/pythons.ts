import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pyenvRoot } from './pyenv.ts';

/** What stands in a prefix that was made for a test. */
export interface FakePython {
  /** The version of its pip; `null` for none. */
  readonly pip?: string | null;
  readonly marker?: boolean;
  /** Without its header only `3.12` can be told. */
  readonly header?: boolean;
}

/** An installed Python as it looks from outside. It cannot be started, so whatever tries to will fail. */
export function fakePython(
  prefix: string,
  version: string,
  { pip = '24.2', marker, header }: FakePython = {},
): string {
  const library = `python${version.split('.').slice(0, 2).join('.')}`;
  const stdlib = join(prefix, 'lib', library);
  for (const directory of [
    join(prefix, 'bin'),
    join(stdlib, 'site-packages'),
    join(prefix, 'include', library),
  ])
    mkdirSync(directory, { recursive: true });
  writeFileSync(join(prefix, 'bin', library), '\x7fELF, but no program\n', { mode: 0o755 });
  symlinkSync(library, join(prefix, 'bin/python'));
  symlinkSync(library, join(prefix, 'bin/python3'));
  writeFileSync(join(stdlib, 'os.py'), '');
  if (header !== false)
    writeFileSync(join(prefix, 'include', library, 'patchlevel.h'), `#define PY_VERSION      "${version}"\n`);
  if (marker === true) writeFileSync(join(stdlib, 'EXTERNALLY-MANAGED'), '[externally-managed]\n');
  if (pip !== null) fakePip(join(stdlib, 'site-packages'), pip);
  return prefix;
}

/** A virtual environment made from a Python, as it looks from outside. */
export function fakeEnvironment(directory: string, base: string, version: string): string {
  const library = `python${version.split('.').slice(0, 2).join('.')}`;
  mkdirSync(join(directory, 'bin'), { recursive: true });
  symlinkSync(join(base, 'bin', library), join(directory, 'bin/python'));
  writeFileSync(join(directory, 'pyvenv.cfg'), `home = ${base}/bin\nversion = ${version}\n`);
  fakePip(join(directory, 'lib', library, 'site-packages'), '24.2');
  return directory;
}

function fakePip(site: string, version: string): void {
  mkdirSync(join(site, 'pip'), { recursive: true });
  writeFileSync(join(site, 'pip/__init__.py'), `__version__ = "${version}"\n`);
}

/** This machine's pyenv, which tests only read. */
export const pyenv = pyenvRoot ?? '/proc/nowhere';

/** The versions this machine's pyenv has. */
export function pyenvVersions(): string[] {
  const versions = join(pyenv, 'versions');
  return existsSync(versions) ? readdirSync(versions).sort() : [];
}

/**
 * One of this machine's pyenv Pythons under another prefix, to install into: its program and pip copied, its library
 * linked, to `seen` where the prefix will find pyenv elsewhere. CPython finds its prefix upward from its own file.
 */
export function pythonOfPyenv(to: string, version: string, seen = pyenv): void {
  const from = join(pyenv, 'versions', version);
  const library = `python${version.split('.').slice(0, 2).join('.')}`;
  const site = join(to, 'lib', library, 'site-packages');
  mkdirSync(join(to, 'bin'), { recursive: true });
  mkdirSync(join(to, 'include'), { recursive: true });
  mkdirSync(site, { recursive: true });
  copyFileSync(join(from, 'bin', library), join(to, 'bin', library));
  for (const entry of readdirSync(join(from, 'include')))
    symlinkSync(join(seen, 'versions', version, 'include', entry), join(to, 'include', entry));
  for (const entry of readdirSync(join(from, 'lib', library)))
    if (entry !== 'site-packages')
      symlinkSync(join(seen, 'versions', version, 'lib', library, entry), join(to, 'lib', library, entry));
  for (const entry of readdirSync(join(from, 'lib', library, 'site-packages')))
    if (/^pip/.test(entry))
      cpSync(join(from, 'lib', library, 'site-packages', entry), join(site, entry), {
        recursive: true,
        preserveTimestamps: true,
      });
}

/** The same as pyenv keeps it, under a root of its own; its prefix. */
export function copyOfPyenv(root: string, version: string): string {
  const to = join(root, 'versions', version);
  pythonOfPyenv(to, version);
  const library = `python${version.split('.').slice(0, 2).join('.')}`;
  for (const name of ['python', 'python3']) symlinkSync(library, join(to, 'bin', name));
  return to;
}
