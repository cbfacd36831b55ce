import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quote } from '../../src/system/quote.ts';

/** What apt has to be told to fetch Contents too; everything it writes goes into a directory of ours. */
function options(directory: string): string[] {
  const target = 'Acquire::IndexTargets::deb::Contents-deb::';
  return [
    `Dir::State::lists=${directory}`,
    `Dir::Cache=${directory}/cache`,
    `${target}MetaKey=$(COMPONENT)/Contents-$(ARCHITECTURE)`,
    `${target}ShortDescription=Contents-$(ARCHITECTURE)`,
    `${target}Description=$(SITE) Contents`,
    `${target}KeepCompressed=true`,
    'Acquire::Languages=none',
  ].flatMap((option) => ['-o', option]);
}

/** `usr/lib/python3/dist-packages/PyYAML-6.0.egg-info/PKG-INFO`, and the same with dist-info, or as one file. */
const information =
  /\/([^/ ]+?)(?:-[\w.+!~]*)?(?:-py3[\d.]*)?\.(?:dist-info|egg-info)(?:\/(?:METADATA|PKG-INFO))?\s+(\S+)$/;

/**
 * The packages of this Debian or Ubuntu that hold each PyPI project, by PEP 503 name, out of the release's own Contents
 * index: where a project's dist-info or egg-info lies, there the project is. Fetches some 50 MB by apt.
 */
export function packagesByContents(): ReadonlyMap<string, readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'pip-detour-contents-'));
  try {
    execFileSync('mkdir', ['-p', `${directory}/partial`, `${directory}/cache/archives/partial`]);
    execFileSync('apt-get', [...options(directory), 'update'], { stdio: 'pipe' });
    const files = readdirSync(directory).filter((name) => name.includes('_Contents-'));
    const read = files.map((name) => `/usr/lib/apt/apt-helper cat-file ${quote(join(directory, name))}`);
    const lines = execFileSync('/bin/sh', ['-c', `{ ${read.join('; ')}; } | grep -E '[.](dist|egg)-info'`], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const packages = new Map<string, string[]>();
    for (const line of lines.split('\n')) {
      const [, project, where] = information.exec(line) ?? [];
      if (project === undefined || where === undefined) continue;
      const name = project.toLowerCase().replace(/[-_.]+/g, '-');
      // A line tells of section and package: `python/python3-yaml,libs/other`.
      const held = where.split(',').map((one) => one.slice(one.lastIndexOf('/') + 1));
      packages.set(name, [...new Set([...(packages.get(name) ?? []), ...held])]);
    }
    return packages;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
