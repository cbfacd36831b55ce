import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { python } from './machine.ts';

/**
 * What pipx shares between its environments, so that no test makes it: on its first run pipx makes a whole venv there and
 * wants a newer pip from an index (3 s and a traceback where there is none), and two at once would clear each other's.
 * pipx takes it for made when bin/python and bin/pip are files (pipx/shared_libs.py); here its pip is the system's own.
 */
export function makeSharedLibraries(directory: string): void {
  if (existsSync(join(directory, 'bin/pip'))) return;
  execFileSync(python, ['-I', '-m', 'venv', '--without-pip', directory]);
  const said = execFileSync(
    python,
    ['-c', 'import pip, sys; print(pip.__path__[0]); print("%d.%d" % sys.version_info[:2])'],
    { encoding: 'utf8' },
  );
  const [pipPackage = '', version = ''] = said.split('\n');
  const packages = join(directory, 'lib', `python${version}`, 'site-packages');
  mkdirSync(packages, { recursive: true });
  symlinkSync(pipPackage, join(packages, 'pip'));
  writeFileSync(join(directory, 'bin/pip'), '', { mode: 0o755 });
}
