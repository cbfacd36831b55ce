import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readCommand } from '../../src/pip/read.ts';
import { readEnvironment } from '../../src/system/variables.ts';
import { python, systemIsManaged } from '../support/machine.ts';
import { plainMarker } from '../support/managed.ts';
import { pyenvVersions } from '../support/pyenv.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'pip-detour-layouts-')));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A real Python, to be planted elsewhere. */
interface Seed {
  readonly binary: string;
  readonly library: string;
  readonly pipPackage: string;
}
const debian: Seed = {
  binary: realpathSync(python),
  library: join('/usr/lib', basename(realpathSync(python))),
  pipPackage: '/usr/lib/python3/dist-packages/pip',
};
/** One that no distribution has changed; Debian's knows no lib64. */
const upstream = seedOfPyenv();

function seedOfPyenv(): Seed | undefined {
  const version = existsSync(pyenvVersions)
    ? readdirSync(pyenvVersions).find((each) => /^3\.1[0-9]\./.test(each))
    : undefined;
  if (version === undefined) return undefined;
  const name = /^3\.[0-9]+/.exec(version)?.[0] ?? '';
  const library = join(pyenvVersions, version, 'lib', `python${name}`);
  return {
    binary: realpathSync(join(pyenvVersions, version, 'bin', `python${name}`)),
    library,
    pipPackage: join(library, 'site-packages/pip'),
  };
}

/** Where things lie below a root of their own, `python3.11` written `@`. */
interface Layout {
  readonly title: string;
  /** The real executable, and the library beside it. */
  readonly executable: string;
  readonly stdlib: string;
  /** Holds the `pip` package. */
  readonly packages: string;
  /** The script, and the executable its first line names. */
  readonly script: string;
  readonly named: string;
  readonly links?: Readonly<Record<string, string>>;
  /** What this Python was built with, as the variables that have the same effect on one that was not. */
  readonly built?: Readonly<Record<string, string>>;
  readonly upstream?: true;
}

const layouts: readonly Layout[] = [
  {
    title: 'Debian, Ubuntu',
    executable: 'usr/bin/@',
    stdlib: 'usr/lib/@',
    packages: 'usr/lib/python3/dist-packages',
    script: 'usr/bin/pip',
    named: 'usr/bin/python3',
    links: { 'usr/bin/python3': '@' },
  },
  {
    title: 'Debian with merged /usr, named by the old path',
    executable: 'usr/bin/@',
    stdlib: 'usr/lib/@',
    packages: 'usr/lib/python3/dist-packages',
    script: 'usr/bin/pip',
    named: 'bin/python3',
    links: { 'usr/bin/python3': '@', bin: 'usr/bin', lib: 'usr/lib' },
  },
  {
    title: 'Fedora, openSUSE: /usr/lib64',
    executable: 'usr/bin/@',
    stdlib: 'usr/lib64/@',
    packages: 'usr/lib/@/site-packages',
    script: 'usr/bin/pip3',
    named: 'usr/bin/@',
    built: { PYTHONPLATLIBDIR: 'lib64' },
    upstream: true,
  },
  {
    title: 'Homebrew on Linux: a Cellar, and links into it',
    executable: 'Cellar/python@3/3.9/bin/@',
    stdlib: 'Cellar/python@3/3.9/lib/@',
    packages: 'Cellar/python@3/3.9/lib/@/site-packages',
    script: 'Cellar/python@3/3.9/bin/pip3',
    named: 'opt/python@3/bin/@',
    links: { 'opt/python@3': '../Cellar/python@3/3.9', 'bin/pip3': '../Cellar/python@3/3.9/bin/pip3' },
  },
  {
    title: 'Homebrew on macOS: a framework in a Cellar',
    executable: 'Cellar/python@3/3.9/Frameworks/Python.framework/Versions/3/bin/@',
    stdlib: 'Cellar/python@3/3.9/Frameworks/Python.framework/Versions/3/lib/@',
    packages: 'Cellar/python@3/3.9/Frameworks/Python.framework/Versions/3/lib/@/site-packages',
    script: 'Cellar/python@3/3.9/bin/pip3',
    named: 'opt/python@3/bin/@',
    links: {
      'opt/python@3': '../Cellar/python@3/3.9',
      'Cellar/python@3/3.9/bin/@': '../Frameworks/Python.framework/Versions/3/bin/@',
      'bin/pip3': '../Cellar/python@3/3.9/bin/pip3',
    },
  },
  {
    title: 'uv-managed',
    executable: 'uv/python/cpython-3-linux/bin/@',
    stdlib: 'uv/python/cpython-3-linux/lib/@',
    packages: 'uv/python/cpython-3-linux/lib/@/site-packages',
    script: 'uv/python/cpython-3-linux/bin/pip',
    named: 'uv/python/cpython-3-linux/bin/@',
    links: { 'local/bin/@': '../../uv/python/cpython-3-linux/bin/@' },
  },
  {
    title: 'Nix: pip in a store path of its own, started by a wrapper',
    executable: 'nix/store/a-python3/bin/@',
    stdlib: 'nix/store/a-python3/lib/@',
    packages: 'nix/store/a-python3/lib/@/site-packages',
    script: 'nix/store/b-pip/bin/.pip-wrapped',
    named: 'nix/store/a-python3/bin/@',
  },
  {
    title: 'Gentoo: python-exec chooses',
    executable: 'usr/bin/@',
    stdlib: 'usr/lib/@',
    packages: 'usr/lib/@/site-packages',
    script: 'usr/lib/python-exec/@/pip',
    named: 'usr/bin/@',
  },
];

type Variables = Readonly<Record<string, string>>;

interface Planted {
  readonly pip: string;
  readonly python: string;
  readonly packages: string;
  readonly stdlib: string;
}

function plant(layout: Layout, seed: Seed, marked: boolean): Planted {
  const { binary, library, pipPackage } = seed;
  const name = basename(binary);
  const top = mkdtempSync(join(root, 'layout-'));
  const at = (path: string) => join(top, path.replaceAll('@/', `${name}/`).replace(/@$/, name));
  const make = (path: string) => mkdirSync(dirname(path), { recursive: true });
  make(at(layout.executable));
  copyFileSync(binary, at(layout.executable));
  mkdirSync(at(layout.stdlib), { recursive: true });
  for (const entry of readdirSync(library))
    if (!['EXTERNALLY-MANAGED', 'site-packages'].includes(entry))
      symlinkSync(join(library, entry), join(at(layout.stdlib), entry));
  if (marked) writeFileSync(join(at(layout.stdlib), 'EXTERNALLY-MANAGED'), plainMarker);
  mkdirSync(at(layout.packages), { recursive: true });
  symlinkSync(pipPackage, join(at(layout.packages), 'pip'));
  for (const [from, to] of Object.entries(layout.links ?? {})) {
    make(at(from));
    symlinkSync(to.replace(/@$/, name), at(from));
  }
  make(at(layout.script));
  // Debian's Python looks in dist-packages only, wherever it lies; the others of these are built to look beside it.
  const script = `#!${at(layout.named)}\nimport sys\nsys.path.append(${JSON.stringify(at(layout.packages))})\nfrom pip._internal.cli.main import main\nsys.exit(main())\n`;
  writeFileSync(at(layout.script), script, { mode: 0o755 });
  return {
    pip: at(layout.script),
    python: at(layout.named),
    packages: at(layout.packages),
    stdlib: at(layout.stdlib),
  };
}

const environment = {
  HOME: root,
  PATH: '/usr/bin:/bin',
  PIP_CONFIG_FILE: '/dev/null',
  PIP_NO_INDEX: '1',
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
};

const isRefusal = (said: string) => {
  expect(said).toMatch(/^error: externally-managed-environment|^ERROR: |^WARNING: /m);
  return said.includes('error: externally-managed-environment');
};

function refused(pip: string, args: readonly string[], env: Readonly<Record<string, string>>): boolean {
  const ran = spawnSync(pip, args, { cwd: root, env: { ...environment, ...env }, encoding: 'utf8' });
  return isRefusal(ran.stderr);
}

/** Loads pip once, and runs its script in a fork for each command line: three pips start in the time of one. */
const forEach = `import json, os, runpy, sys
script, packages, lines = sys.argv[1:]
sys.path.append(packages)
from pip._internal.cli import main
from pip._internal.commands import install, uninstall
said = []
for line in json.loads(lines):
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(write, 2)
        os.close(write)
        sys.argv = [script, *line]
        runpy.run_path(script, run_name="__main__")
    os.close(write)
    said.append(open(read).read())
    os.waitpid(child, 0)
print(json.dumps(said))
`;

/** Whether a pip refuses each of these, by the Python that its script names. */
function refusals(
  lines: readonly string[][],
  { pip, python, packages }: Planted,
  built: Variables,
): boolean[] {
  const ran = spawnSync(python, ['-c', forEach, pip, packages, JSON.stringify(lines)], {
    cwd: root,
    env: { ...environment, ...built },
    encoding: 'utf8',
  });
  expect(ran.stderr).toBe('');
  const [last = ''] = ran.stdout.trim().split('\n').slice(-1);
  const said: readonly string[] = JSON.parse(last);
  return said.map(isRefusal);
}

describe.skipIf(!systemIsManaged())('a Python planted as', () => {
  const here = layouts.filter((layout) => layout.upstream !== true || upstream !== undefined);
  const lines = [
    ['install', 'nosuch'],
    ['install', '-t', 'out', 'nosuch'],
    ['uninstall', '-y', 'nosuch'],
  ];
  it.each(here)('$title: the verdict is what its pip does, with the marker and without', (layout) => {
    for (const marked of [true, false]) {
      const place = plant(layout, layout.upstream === true ? (upstream ?? debian) : debian, marked);
      expect(refusals(lines, place, layout.built ?? {})).toEqual([marked, false, marked]);
      for (const args of lines) {
        const { verdict } = readCommand(args, place.pip, readEnvironment(environment));
        const expected = marked && !args.includes('-t');
        expect(verdict.kind, verdict.because).toBe(expected ? 'refuses' : 'proceeds');
        expect(verdict.interpreter?.stdlib).toBe(place.stdlib);
      }
    }
  });

  it.skipIf(process.env['PIP_DETOUR_TEST_APT'] === undefined)(
    "Debian's real PyPy: the verdict is what pip does on it, and pip says so itself",
    () => {
      const top = join(root, 'pypy');
      mkdirSync(top);
      execFileSync('apt-get', ['download', 'pypy3', 'pypy3-lib'], { cwd: top, stdio: 'ignore' });
      for (const file of readdirSync(top)) execFileSync('dpkg', ['-x', file, 'x'], { cwd: top });
      const usr = join(top, 'x/usr');
      mkdirSync(join(usr, 'lib/python3/dist-packages'), { recursive: true });
      cpSync(debian.pipPackage, join(usr, 'lib/python3/dist-packages/pip'), { recursive: true });
      const pypy = join(usr, 'bin/pypy3');
      const pip = join(usr, 'bin/pip');
      const script = `#!${pypy}\nimport sys\nfrom pip._internal.cli.main import main\nsys.exit(main())\n`;
      writeFileSync(pip, script, { mode: 0o755 });
      const env = { LD_LIBRARY_PATH: join(usr, 'lib/x86_64-linux-gnu') };
      expect(existsSync(realpathSync(pypy))).toBe(true);
      for (const [args, expected] of [
        [['install', 'nosuch'], true],
        [['install', '-t', 'out', 'nosuch'], false],
        [['uninstall', '-y', 'nosuch'], true],
      ] as const) {
        expect(refused(pip, args, env)).toBe(expected);
        const { verdict } = readCommand(args, pip, readEnvironment({ ...environment, ...env }));
        expect(verdict.kind, verdict.because).toBe(expected ? 'refuses' : 'proceeds');
        const itself = spawnSync(pypy, ['src/python/pip-witness.py', '--held', '-', pip, ...args], {
          env: { ...environment, ...env },
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
        });
        expect(itself.output[3]).toMatch(expected ? /^refuses \/.*pypy/ : /^$/);
      }
    },
  );
});
