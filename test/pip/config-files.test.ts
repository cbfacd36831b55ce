import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { configurationFiles } from '../../src/pip/config-files.ts';
import { readEnvironment } from '../../src/system/variables.ts';
import { type KnownPip, pipsDownloaded, pipsHere } from '../support/pips.ts';

const home = realpathSync(mkdtempSync(join(tmpdir(), 'pip-detour-config-files-')));
for (const name of ['xdg', 'own', '~/xdg']) mkdirSync(join(home, name), { recursive: true });
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Where the system's and the person's files are looked for; `@` stands for HOME, where pip stands, too. */
const cases: ReadonlyArray<Record<string, string>> = [
  {},
  ...[
    '',
    ' ',
    '@/xdg',
    '~',
    '~/xdg',
    '~/xdg/',
    '@/xdg:~/xdg:/gone',
    'xdg',
    './xdg:@/xdg',
    '@/xdg:',
    ':@/xdg',
    '@/xdg: :/gone',
    ' : ',
    ' @/xdg ',
    '@/xdg /',
  ].map((value) => ({ XDG_CONFIG_DIRS: value })),
  ...['', ' ', '@/own', '@/own/', '~/own', 'own', ' @/own '].map((value) => ({ XDG_CONFIG_HOME: value })),
  ...['', 'own', './own', '@/', '@//'].map((value) => ({ HOME: value })),
];

const script = `
import json, os, sys
sys.path.insert(0, sys.argv[1])
from pip._internal.configuration import get_configuration_files
def look(variables):
    for name in ("XDG_CONFIG_DIRS", "XDG_CONFIG_HOME"):
        os.environ.pop(name, None)
    os.environ["HOME"] = sys.argv[2]
    os.environ.update(variables)
    found = get_configuration_files()
    return [*found["global"], *found["user"]]
json.dump([sys.prefix, sys.base_prefix, [look(each) for each in json.load(sys.stdin)]], sys.stdout)
`;

/** The files a real pip names, without the one beside its Python. */
function named(pip: KnownPip, all: ReadonlyArray<Record<string, string>>): [string, string, string[][]] {
  const ran = spawnSync(pip.python, ['-c', script, pip.site, home], {
    input: JSON.stringify(all),
    encoding: 'utf8',
    cwd: home,
    env: { HOME: home, LANG: 'C.UTF-8', PATH: '/usr/bin:/bin' },
  });
  expect(ran.stderr).toBe('');
  return JSON.parse(ran.stdout);
}

describe('pip.conf is looked for where the real pip looks', () => {
  it.each([...pipsHere(), ...pipsDownloaded()])('as pip $version does', (pip) => {
    const all = cases.map((each) =>
      Object.fromEntries(Object.entries(each).map(([name, value]) => [name, value.replaceAll('@', home)])),
    );
    const [prefix, basePrefix, theirs] = named(pip, all);
    const ours = all.map((variables) => {
      const environment = readEnvironment({ HOME: home, ...variables });
      const request = { environment, prefix, basePrefix, pip: pip.version, isolated: false };
      const site = [join(prefix, 'pip.conf'), join(basePrefix, 'pip.conf')];
      return configurationFiles(request).filter((file) => !site.includes(file));
    });
    all.forEach((variables, at) => {
      expect([variables, ours[at]]).toEqual([variables, theirs[at]?.map(normalize)]);
    });
  });
});
