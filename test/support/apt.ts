import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { which } from './machine.ts';

const partsHere = '/etc/apt/apt.conf.d';

/**
 * An image for containers tells apt to keep nothing it has made of its lists (`docker-clean`), so that every question of
 * every test would have it read them anew: a second of a processor, in place of a fortieth. Here is all of this machine's
 * configuration, and a place where it may keep that; apt itself looks whether it still holds. Returns what APT_CONFIG
 * (apt.conf(5)) is to name, nothing where there is no apt.
 */
export function makeAptConfiguration(directory: string): string {
  if (which('apt-cache') === undefined || !existsSync(partsHere)) return '';
  // Whoever a test is may read it.
  chmodSync(directory, 0o755);
  const [parts, kept] = [join(directory, 'parts'), join(directory, 'kept')];
  for (const made of [parts, kept]) mkdirSync(made);
  for (const name of readdirSync(partsHere)) symlinkSync(join(partsHere, name), join(parts, name));
  const settings = {
    'Dir::Cache': kept,
    'Dir::Cache::archives': '/var/cache/apt/archives/',
    'Dir::Cache::pkgcache': 'pkgcache.bin',
    'Dir::Cache::srcpkgcache': 'srcpkgcache.bin',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} "${value}";\n`);
  writeFileSync(join(parts, 'zz-tests'), lines.join(''));
  const configuration = join(directory, 'apt.conf');
  writeFileSync(configuration, `Dir::Etc::Parts "${parts}";\n`);
  // The first to ask makes it.
  execFileSync('apt-cache', ['policy', 'pip'], { env: { ...process.env, APT_CONFIG: configuration } });
  return configuration;
}
