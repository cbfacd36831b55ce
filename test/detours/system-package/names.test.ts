import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { debianNames } from '../../../src/detours/system-package/debian-names.ts';
import { knownNames } from '../../../src/detours/system-package/known-names.ts';
import { apt } from '../../../src/detours/system-package/managers/apt.ts';
import { top } from '../../support/machine.ts';
import { popular } from './popular.ts';

// apt answers about hundreds of names in a second, and on a busy machine in a minute.
vi.setConfig({ testTimeout: 300_000 });

const machine = { python: '3.11', stdlib: '/usr/lib/python3.11', arch: 'x64', known: knownNames };

/** apt's own index of Debian 12 is on this machine: the right answers are written down for that release. */
function hasIndexOfDebian12(): boolean {
  try {
    const fetched = readdirSync('/var/lib/apt/lists').some((name) => /bookworm_main.*_Packages/.test(name));
    return fetched && existsSync('/usr/bin/apt-cache');
  } catch {
    return false;
  }
}

function askApt(names: readonly string[]) {
  const { program, args } = apt.ask(names, machine, 'install');
  const output = execFileSync(program, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  const found = apt.read(output, names, machine);
  if (found === undefined) throw new Error('not understood');
  return found;
}

const others =
  'jwt serial usb magic git dns yaml docx dotenv slugify websocket nacl gnupg multipart attr pil bs4 dateutil tz openssl ldap zmq socks jose sklearn skimage mysqldb apt debian dbus gi cairo cups socketio engineio editor can box bidi decouple mpv vlc nmap twitter pycryptodome xdg all dev doc full minimal venv distutils tk dbg examples lib2to3 gdbm uno newt debconf software-properties uhd samba ldb talloc';
const known = [
  ['psycopg2-binary', 'python3-psycopg2'],
  ['opencv-python-headless', 'python3-opencv'],
  ['zope-interface', 'python3-zope.interface'],
  ['ruamel-yaml-clib', 'python3-ruamel.yaml.clib'],
  ['mysqlclient', 'python3-mysqldb'],
  ['wxpython', 'python3-wxgtk4.0'],
  ['flit', 'flit'],
  ['mkdocs', 'mkdocs'],
  ['meson', 'meson'],
  ['scons', 'scons'],
] as const;

/** One question for all: where apt may keep no cache each takes it half a second. */
let answered: ReturnType<typeof askApt> | undefined;
function askedOnce() {
  answered ??= askApt([
    ...new Set([...popular.keys(), ...others.split(' '), ...known.map(([name]) => name)]),
  ]);
  return answered;
}

describe.skipIf(!hasIndexOfDebian12())('asked of apt itself, on Debian 12', () => {
  it('of the most used projects none is answered with a wrong package, and 98 % of the packaged ones are found', () => {
    const found = askedOnce();
    const wrong: string[] = [];
    const missed: string[] = [];
    for (const [name, right] of popular) {
      const given = found.get(name)?.package;
      if (given === right) continue;
      if (given === undefined) missed.push(name);
      else wrong.push(`${name}: ${given}, not ${right ?? 'any'}`);
    }
    const packaged = [...popular.values()].filter((right) => right !== undefined).length;
    expect(popular.size).toBeGreaterThanOrEqual(300);
    expect(wrong).toEqual([]);
    expect((packaged - missed.length) / packaged).toBeGreaterThanOrEqual(0.98);
    process.stdout.write(
      `${popular.size} projects, ${packaged} packaged, ${packaged - missed.length} found, ${wrong.length} wrong\n`,
    );
  });

  // python3-X is there for each of them, and holds another project or none.
  it.each(others.split(' '))('pip install %s is not answered with python3-%s', (name) => {
    expect(askedOnce().get(name)).toBeUndefined();
  });

  it('nearly every package python3-X that is left out is really there: the rule alone would be wrong', () => {
    const there = new Set(
      execFileSync('apt-cache', ['pkgnames', 'python3-'], { encoding: 'utf8' }).split('\n'),
    );
    const real = others.split(' ').filter((name) => there.has(`python3-${name}`));
    expect(real.length / others.split(' ').length).toBeGreaterThan(0.9);
  });

  it.each(known)('%s is in %s', (name, package_) => {
    expect(askedOnce().get(name)?.package).toBe(package_);
  });

  it('one question for a hundred names', () => {
    const names = [...popular.keys()].slice(0, 100);
    expect(apt.ask(names, machine, 'install').args[0]).toBe('policy');
    expect(askApt(names).size).toBeGreaterThan(80);
  });
});

describe('the table', () => {
  it('is small: what every installation carries has to be', () => {
    expect(statSync(join(top, 'src/detours/system-package/names.ts')).size).toBeLessThan(40_000);
    expect(statSync(join(top, 'src/detours/system-package/proven-names.ts')).size).toBeLessThan(30_000);
  });

  it('names its source and licence', () => {
    expect(readFileSync(join(top, 'LICENSE-3rd-party'), 'utf8')).toMatch(/dh-python[\s\S]*License: Expat/);
  });

  it.each(['constructor', '__proto__', 'tostring', 'hasownproperty'])(
    '%s is a name like any other',
    (name) => {
      expect(debianNames(name)).toEqual([`python3-${name}`]);
    },
  );

  it('Debian 13 calls some otherwise: both names are asked for, the newer first', () => {
    expect(debianNames('pytz')).toEqual(['python3-pytz', 'python3-tz']);
    const output = 'python3-pytz:\n  Installed: (none)\n  Candidate: 2025.1-1\n  Version table:\n';
    expect(apt.read(output, ['pytz'], machine)?.get('pytz')?.package).toBe('python3-pytz');
  });
});

it('every package name that is asked for stays a package name', () => {
  for (const name of popular.keys())
    for (const package_ of debianNames(name)) expect(package_).toMatch(/^[a-z0-9][a-z0-9+.-]*[a-z0-9]$/);
});
