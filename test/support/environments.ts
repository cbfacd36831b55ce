import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipPackage, python } from './machine.ts';

/**
 * An environment with a pip, as `python3 -m venv` leaves one, for a tenth of its seconds: the pip is the system's own package,
 * which is compiled already. For tests of what follows once an environment is there; returns its directory.
 */
export function readyEnvironment(directory: string): string {
  execFileSync(python, ['-I', '-m', 'venv', '--without-pip', directory], { stdio: 'pipe' });
  const [library = ''] = readdirSync(join(directory, 'lib'));
  const packages = join(directory, 'lib', library, 'site-packages');
  mkdirSync(packages, { recursive: true });
  symlinkSync(pipPackage, join(packages, 'pip'));
  // As pip writes it.
  const head = directory.includes(' ')
    ? `#!/bin/sh\n'''exec' "${directory}/bin/python" "$0" "$@"\n' '''`
    : `#!${directory}/bin/python`;
  const script = `${head}\nimport sys\nfrom pip._internal.cli.main import main\nsys.exit(main())\n`;
  for (const name of ['pip', 'pip3']) writeFileSync(join(directory, 'bin', name), script, { mode: 0o755 });
  return directory;
}

/** What an environment holds (`demo_lib-2.0`), by what pip leaves there; to ask the environment's pip takes a second. */
export function heldBy(directory: string): string[] {
  const [library = ''] = readdirSync(join(directory, 'lib'));
  return readdirSync(join(directory, 'lib', library, 'site-packages'))
    .filter((name) => name.endsWith('.dist-info'))
    .map((name) => name.replace('.dist-info', ''))
    .sort();
}
