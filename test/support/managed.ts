import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { python } from './machine.ts';

/** A Python of our own that is really externally managed: the system's binary and library under another prefix. */
export interface ManagedPython {
  readonly prefix: string;
  readonly executable: string;
  readonly marker: string;
  /** The pip script, whose first line names the executable. */
  readonly pip: string;
}

export const plainMarker = '[externally-managed]\nError=Not here\n';

/** The Python to be copied: its binary, the directory of its library, and where below `lib` it looks for packages. */
export interface PythonSeed {
  readonly binary: string;
  readonly library: string;
  readonly packages: string;
}

function systemSeed(): PythonSeed {
  const binary = realpathSync(python);
  return { binary, library: join('/usr/lib', basename(binary)), packages: 'python3/dist-packages' };
}

/** Python finds its prefix by looking for its library upward from its own file, so a copied binary is enough. */
export function managedPython(prefix: string, pipSite: string, seed = systemSeed()): ManagedPython {
  const { binary, library } = seed;
  const name = basename(binary);
  const stdlib = join(prefix, 'lib', name);
  const packages = join(prefix, 'lib', seed.packages);
  for (const directory of [join(prefix, 'bin'), stdlib, packages]) mkdirSync(directory, { recursive: true });
  const executable = join(prefix, 'bin', name);
  copyFileSync(binary, executable);
  linkAll(library, stdlib, ['EXTERNALLY-MANAGED', 'site-packages', compiled]);
  // A directory of its own: shared, another test's module of the same name, size and second would be taken for ours.
  mkdirSync(join(stdlib, compiled), { recursive: true });
  linkAll(join(library, compiled), join(stdlib, compiled), []);
  symlinkSync(join(pipSite, 'pip'), join(packages, 'pip'));
  const marker = join(stdlib, 'EXTERNALLY-MANAGED');
  writeFileSync(marker, plainMarker);
  const pip = join(prefix, 'bin/pip');
  const script = `#!${executable}\nimport sys\nfrom pip._internal.cli.main import main\nsys.exit(main())\n`;
  writeFileSync(pip, script, { mode: 0o755 });
  return { prefix, executable, marker, pip };
}

/** Where Python keeps what it has compiled (PEP 3147); what is there is taken for a source of that time and size. */
const compiled = '__pycache__';

function linkAll(from: string, to: string, except: readonly string[]): void {
  for (const entry of readdirSync(from))
    if (!except.includes(entry)) symlinkSync(join(from, entry), join(to, entry));
}

/** Puts another pip in the place of the one a managed Python has. */
export function replacePip({ prefix }: ManagedPython, pipSite: string): void {
  const place = join(prefix, 'lib/python3/dist-packages/pip');
  if (existsSync(place) && readlinkSync(place) === join(pipSite, 'pip')) return;
  rmSync(place, { force: true });
  symlinkSync(join(pipSite, 'pip'), place);
}
