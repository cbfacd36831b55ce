import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allSettings, variableOf } from '../../src/settings/schema.ts';
import { shells, write } from '../shim/house.ts';
import { dist, lacks, pip, pythonName, systemIsManaged, top, which } from '../support/machine.ts';
import { canMount, inContainer } from '../support/machines.ts';
import { managedPython } from '../support/managed.ts';
import { pipsHere } from '../support/pips.ts';
import { type Ran, type RunOptions, type Sandbox, sandbox } from '../support/sandbox.ts';
import { terminal } from '../support/terminal.ts';

/*
 * Where nobody can answer, the shell does what Node would do. Each case is run twice: as it is, and with PIP_DETOUR=ask,
 * which changes nothing here but that the shell leaves it to Node. Both must start the same pip in the same way, and say
 * the same, byte for byte.
 */

/** The program with a Node that leaves a note when it is started; `then` is what it does next. */
function watched(
  box: Sandbox,
  firstLine = '#!/bin/sh',
  then = `exec '${process.execPath}' "$@"`,
): { shims: string; started: () => boolean } {
  const home = join(box.root, 'ours');
  cpSync(dist, home, { recursive: true, verbatimSymlinks: true });
  const note = join(box.root, 'node-started');
  write(join(home, 'node-seen'), `#!/bin/sh\n: >'${note}'\n${then}\n`);
  writeFileSync(join(home, 'node'), `${join(home, 'node-seen')}\n`);
  const shim = join(home, 'shims/pip');
  writeFileSync(shim, readFileSync(shim, 'utf8').replace(/^#!.*/, firstLine));
  return { shims: join(home, 'shims'), started: () => existsSync(note) };
}

/**
 * pip's own script (`real`, or the system's), which notes what it was started with and, once a first run's words lie beside
 * it, says those and ends as that one did: what the real pip refuses a row with is asked once, and held to both ways.
 */
function notingPip(
  box: Sandbox,
  real: string,
): { directory: string; seen: () => unknown; say: (ran: Ran) => void } {
  const directory = join(box.root, 'noting');
  const [seen, said] = [join(directory, 'seen'), join(directory, 'said')];
  const [firstLine = ''] = readFileSync(real, 'utf8').split('\n');
  write(
    join(directory, 'pip'),
    `${firstLine}
import json, os, sys
with open('${seen}', 'w') as file:
    json.dump([sys.argv[1:], {k: v for k, v in os.environ.items() if k not in ('_', 'PWD', 'PIP_DETOUR')}], file)
if os.path.exists('${said}'):
    with open('${said}') as file:
        out, err, code = json.load(file)
    os.write(1, out.encode())
    os.write(2, err.encode())
    sys.exit(code)
from pip._internal.cli.main import main
sys.exit(main())
`,
  );
  return {
    directory,
    seen: () => JSON.parse(readFileSync(seen, 'utf8')),
    say: ({ stdout, stderr, code }) => writeFileSync(said, JSON.stringify([stdout, stderr, code])),
  };
}

const hint = /^pip-detour: you were not asked, because .*\n/m;

function run(
  box: Sandbox,
  args: readonly string[],
  options: RunOptions = {},
  firstLine?: string,
  real = pip,
) {
  const { shims, started } = watched(box, firstLine);
  const noting = notingPip(box, real);
  const path = `${shims}:${noting.directory}:/usr/bin:/bin`;
  const call = (more: Record<string, string>) => ({
    ran: box.run(join(shims, 'pip'), args, { ...options, env: { PATH: path, ...options.env, ...more } }),
    seen: noting.seen(),
  });
  const ours = call({});
  const withNode = started();
  return {
    ours,
    withNode,
    byNode: () => {
      noting.say({ ...ours.ran, stderr: ours.ran.stderr.replace(hint, '') });
      return call({ PIP_DETOUR: 'ask' });
    },
  };
}

type Files = Readonly<Record<string, string>>;

describe.skipIf(!systemIsManaged())(
  'nobody to ask: the shell lets pip refuse and gives the hint, without Node',
  () => {
    it.each<[string, string[], Record<string, string>, Files?]>([
      ['no terminal', ['install', 'demo-lib'], {}],
      ['CI', ['install', 'demo-lib'], { CI: 'true' }],
      ['CI of another name', ['install', 'demo-lib'], { CONTINUOUS_INTEGRATION: 'yes' }],
      ['CI=false is none', ['install', 'demo-lib'], { CI: 'False' }],
      ['GitHub Actions', ['install', 'demo-lib'], { CI: 'true', GITHUB_ACTIONS: 'true' }],
      ['GitLab CI', ['install', 'demo-lib'], { CI: 'true', GITLAB_CI: 'true' }],
      ['a Debian build', ['install', 'demo-lib'], { DEBIAN_FRONTEND: 'noninteractive' }],
      ['PIP_NO_INPUT', ['install', 'demo-lib'], { PIP_NO_INPUT: '1' }],
      ['PIP_NO_INPUT=0', ['install', 'demo-lib'], { PIP_NO_INPUT: '0' }],
      ['--no-input', ['--no-input', 'install', 'demo-lib'], {}],
      ['SSH without a terminal', ['install', 'demo-lib'], { SSH_CONNECTION: '1 2 3 4' }],
      ['a requirements file', ['install', '--no-cache-dir', '-r', 'requirements.txt'], {}],
      ['its short form', ['install', '-rrequirements.txt', '-c', 'c.txt', '-e', '.', '-U'], {}],
      ['names to be quoted', ['install', 'uvicorn[standard]>=0.2,<1', 'a b', '', '~/x', '$HOME', '"'], {}],
      ['a name with =', ['install', 'a==1', 'B=2', '_c1=3', '1d=4', '=5', './e=6'], {}],
      ['a name that is a command', ['install', 'install'], {}],
      ['a name that begins like pip', ['install', 'pip-tools', 'pipx'], {}],
      ['an index', ['install', '--index-url', 'https://c/simple', '--trusted-host=c', 'x'], {}],
      ['--user', ['install', '--user', 'demo-lib'], {}],
      ['-q outdone by -v', ['install', '-q', '-v', '-v', 'demo-lib'], {}],
      ['-q', ['install', '-q', 'demo-lib'], {}],
      ['PIP_DETOUR_HINT=0', ['install', 'demo-lib'], { PIP_DETOUR_HINT: '0' }],
      ['LC_ALL=C', ['install', 'demo-lib'], { LC_ALL: 'C' }],
      ['no TERM', ['install', 'demo-lib'], { TERM: '' }],
      ['a HOME that cannot be written to', ['install', 'demo-lib'], { HOME: '/proc' }],
      ['an argument of 40,000 characters', ['install', 'x'.repeat(40_000)], {}],
      ['PIP_DETOUR_HINT=1', ['install', 'demo-lib'], { PIP_DETOUR_HINT: '1' }],
      [
        'a project that says nothing of us',
        ['install', '.'],
        {},
        { 'pyproject.toml': '[project]\nname = "x"' },
      ],
      [
        'piwheels in pip.conf',
        ['install', 'demo-lib'],
        { PIP_CONFIG_FILE: 'pip.conf' },
        { 'pip.conf': '# Raspberry Pi\n[global]\nextra-index-url=https://www.piwheels.org/simple\n' },
      ],
    ])('%s', (_title, args, env, files = {}) => {
      const box = sandbox();
      for (const [path, text] of Object.entries(files)) box.write(path, text);
      const { ours, withNode, byNode } = run(box, args, { env });
      expect(ours).toEqual(byNode());
      expect(ours.ran.code).toBe(1);
      expect(ours.ran.stderr).toContain('externally-managed-environment');
      expect(withNode).toBe(false);
    });

    it.each(pipsHere().filter(({ version }) => !/^2(2\.|3\.0$)/.test(version)))(
      'by pip $version',
      ({ site }) => {
        const box = sandbox();
        const { pip: managed } = managedPython(join(box.root, 'prefix'), site);
        const { ours, withNode, byNode } = run(box, ['install', 'demo-lib'], {}, undefined, managed);
        expect(ours).toEqual(byNode());
        expect(ours.ran.stderr).toContain('pip-detour: you were not asked');
        expect(withNode).toBe(false);
      },
    );

    it.each(shells)('run by $title', ({ program, as, word }) => {
      if (lacks(program)) return;
      const box = sandbox();
      const binary = which(program) ?? program;
      if (as !== undefined) box.run('/bin/sh', ['-c', `mkdir -p as && ln -s ${binary} as/${as}`]);
      const firstLine = `#!${as === undefined ? binary : join(box.project, 'as', as)}${word === undefined ? '' : ` ${word}`}`;
      const { ours, withNode, byNode } = run(box, ['install', 'x[y]>=1', 'a b'], {}, firstLine);
      expect(ours).toEqual(byNode());
      expect(ours.ran.stderr).toMatch(/PIP_DETOUR=venv pip install 'x\[y\]>=1' 'a b' \(or/);
      expect(withNode).toBe(false);
    });
  },
);

describe.skipIf(!systemIsManaged() || !canMount)('in a container (an overlay as root)', () => {
  it.each<[string, string[], Record<string, string>]>([
    ['a build', [], {}],
    ['a build, by Docker’s own mark', ['/.dockerenv'], {}],
    ['a build, by Podman’s', ['/run/.containerenv'], {}],
    ['in CI', ['/.dockerenv'], { CI: 'true', GITLAB_CI: 'true' }],
    ['a toolbox', ['/run/.toolboxenv', '/run/.containerenv'], {}],
  ])('%s: the same hint by the shell and by Node', (_title, files, env) => {
    const told = (more: Record<string, string>) =>
      inContainer(sandbox({ ...env, ...more }), 'pip install demo-lib', { files });
    const ours = told({});
    expect(ours).toEqual(told({ PIP_DETOUR: 'ask' }));
    expect(ours.stderr).toContain('pip-detour: you were not asked');
  });
});

describe.skipIf(!systemIsManaged())('left to Node, which says what there is to say:', () => {
  it.each<[string, string[], Record<string, string>, Files?]>([
    ['a choice in advance', ['install', 'demo-lib'], { PIP_DETOUR: 'none' }],
    ['an active environment', ['install', 'demo-lib'], { VIRTUAL_ENV: '/gone' }],
    ['a coding agent', ['install', 'demo-lib'], { CLAUDECODE: '1' }],
    ['a notebook', ['install', 'demo-lib'], { JPY_PARENT_PID: '1' }],
    ['sudo', ['install', 'demo-lib'], { SUDO_UID: '1000' }],
    ['pip itself', ['install', '--upgrade', 'pip'], {}],
    ['a version of pip itself', ['install', 'Pip>=24'], {}],
    ['a pod', ['install', 'demo-lib'], { KUBERNETES_SERVICE_HOST: '1' }],
    ['an apostrophe', ['install', "it's"], {}],
    ['a backslash', ['install', 'a\\nb'], {}],
    ['a newline', ['install', 'a\nb'], {}],
    ['an argument of 100,000 characters', ['install', 'x'.repeat(100_000)], {}],
    ['another alphabet', ['install', 'é'], {}],
    ['nothing to install', ['install', '-U'], {}],
    ['an option without its value', ['install', 'x', '-r'], {}],
    ['uninstall', ['uninstall', '-y', 'demo-lib'], {}],
    ['an abbreviated option', ['install', '--targ', 'out', '--no-deps', 'demo-lib'], {}],
    ['options run together', ['install', '-qU', 'demo-lib'], {}],
    ['an option it does not know', ['install', '--isolated', 'demo-lib'], {}],
    ['PIP_TARGET', ['install', '--no-deps', 'demo-lib'], { PIP_TARGET: 'out' }],
    ['PIP_QUIET', ['install', 'demo-lib'], { PIP_QUIET: '1' }],
    ['PYTHONPATH', ['install', 'demo-lib'], { PYTHONPATH: '/gone' }],
    ['a HOME that is no path', ['install', 'demo-lib'], { HOME: 'here' }],
    [
      'a pip.conf that overrides',
      ['install', '--no-deps', '--dry-run', 'demo-lib'],
      { PIP_CONFIG_FILE: 'pip.conf' },
      { 'pip.conf': '[install]\nbreak-system-packages = true\n' },
    ],
    [
      'a pip.conf with something twice',
      ['install', 'demo-lib'],
      { PIP_CONFIG_FILE: 'pip.conf' },
      { 'pip.conf': '[global]\nindex-url=a\nindex-url=b\n' },
    ],
    [
      "the person's pip.conf",
      ['install', 'x'],
      { PIP_CONFIG_FILE: '' },
      { '../.config/pip/pip.conf': '[list]\n' },
    ],
    ['a HOME in XDG_CONFIG_DIRS', ['install', 'x'], { PIP_CONFIG_FILE: '', XDG_CONFIG_DIRS: '/gone:~/xdg' }],
    ['a blank in XDG_CONFIG_DIRS', ['install', 'x'], { PIP_CONFIG_FILE: '', XDG_CONFIG_DIRS: '/gone ' }],
    ['CI that leaves CI unset', ['install', 'demo-lib'], { TEAMCITY_VERSION: '2025.07' }],
    ['settings', ['install', 'demo-lib'], {}, { '../.config/pip-detour/x': '' }],
    [
      'a policy',
      ['install', 'x'],
      { XDG_CONFIG_DIRS: '/gone:policy' },
      { 'policy/pip-detour/config.toml': '' },
    ],
    ['a file of the project', ['install', 'demo-lib'], {}, { '.pip-detour.toml': '' }],
    ['one further up', ['install', 'demo-lib'], {}, { '../../.pip-detour.toml': '' }],
    ['what may hold a secret', ['install', '--index-url', 'https://a:b@c/simple', 'x'], {}],
    ['a project that speaks of us', ['install', 'x'], {}, { '../pyproject.toml': '[tool.pip-detour]\n' }],
    ['something remembered', ['install', 'x'], {}, { '../.local/state/pip-detour/choices/a.json': '' }],
    [
      "a pip of the person's own",
      ['install', 'x'],
      {},
      { [`../.local/lib/${pythonName}/site-packages/pip/__init__.py`]: '__version__ = "22.0"' },
    ],
  ])('%s', (_title, args, env, files = {}) => {
    const box = sandbox();
    for (const [path, text] of Object.entries(files)) box.write(path, text);
    // What Node says then is the matter of other tests; here it ends at once, and nothing is done after it.
    const { shims, started } = watched(box, undefined, 'exit 23');
    const path = `${shims}:/usr/bin:/bin`;
    const ran = box.run(join(shims, 'pip'), args, { env: { PATH: path, ...env } });
    expect(started()).toBe(true);
    expect(ran).toEqual({ code: 23, signal: null, stdout: '', stderr: '' });
  });

  it('every setting there is', () => {
    const shell = readFileSync(join(top, 'shims/unattended.sh'), 'utf8');
    for (const setting of allSettings) expect(shell).toContain(`\${${variableOf(setting)}-`);
  });

  it('somebody who can be asked', async () => {
    const box = sandbox();
    const { shims, started } = watched(box);
    const user = terminal('/bin/sh', ['-c', 'pip install demo-lib'], {
      env: { ...box.env, PATH: `${shims}:/usr/bin:/bin` },
      cwd: box.project,
    });
    await user.waitFor('Leave it');
    expect(started()).toBe(true);
    user.send('\x03');
    await user.exited;
  });
});

describe.skipIf(!systemIsManaged())(
  'whoever calls it gets the refusal of the real pip, and the hint below:',
  () => {
    const python = "import subprocess, sys; sys.exit(subprocess.call(['pip', 'install', 'demo-lib']))";
    it.each<[string, string, string[]]>([
      ['xargs', 'sh', ['-c', 'echo demo-lib | xargs pip install']],
      ['make', 'sh', ['-c', "printf 'all:\\n\\tpip install demo-lib\\n' > Makefile; exec make -s"]],
      ['subprocess', 'python3', ['-c', python]],
      ['an absolute path', 'sh', ['-c', '"$(command -v pip)" install demo-lib']],
      [
        'the clean environment of ssh',
        'sh',
        [
          '-c',
          `exec env -i HOME="$HOME" USER=tester LOGNAME=tester SHELL=/bin/bash PATH="$PATH" SSH_CONNECTION='1 2 3 4' SSH_CLIENT='1 2 3' bash -c 'pip install demo-lib'`,
        ],
      ],
    ])('%s', (_title, program, args) => {
      const [ours, real] = [`${dist}/shims:/usr/bin:/bin`, '/usr/bin:/bin'].map((path) =>
        sandbox().run(program, args, { env: { PATH: path } }),
      );
      expect(real?.stderr).toContain('externally-managed-environment');
      const hint = /^pip-detour: you were not asked, because this is not a terminal\..*\n/m;
      expect(ours?.stderr).toMatch(hint);
      expect({ ...ours, stderr: ours?.stderr.replace(hint, '') }).toEqual(real);
    });
  },
);

describe.skipIf(!systemIsManaged())(
  'the pip that the shell becomes ends as it would have ended alone',
  () => {
    /** pip's own script but for one deed before pip starts. */
    function pipThat(box: Sandbox, deed: string): string {
      return write(
        join(box.root, 'real/pip'),
        `#!/usr/bin/python3\nimport os, signal, sys, time\n${deed}\nfrom pip._internal.cli.main import main\nsys.exit(main())\n`,
      );
    }
    /** The same in a process group of its own, with and without us; `$KILLED` is the group to be signalled from within. */
    function both(deed: string, line = '"$PIP" install demo-lib', env: Record<string, string> = {}) {
      const box = sandbox();
      const real = pipThat(box, deed);
      const { shims, started } = watched(box);
      const told = (pip: string) =>
        box.run('/usr/bin/setsid', ['-w', '/bin/bash', '-c', `${line}; echo "code $?" >&2`], {
          env: { PIP: pip, PATH: `${shims}:${box.root}/real:/usr/bin:/bin`, PIP_DETOUR_HINT: '0', ...env },
        });
      const result = { ours: told(join(shims, 'pip')), real: told(real) };
      expect(started()).toBe(false);
      return result;
    }
    const withHint = { PIP_DETOUR_HINT: '1' };
    const withoutNumbers = (text: string) => text.replace(/line \d+: +\d+ /g, '');

    it.each(['HUP', 'INT', 'QUIT', 'TERM', 'KILL', 'SEGV', 'USR1', 'PIPE'])('killed by SIG%s', (signal) => {
      const { ours, real } = both(
        `signal.signal(signal.SIG${signal}, signal.SIG_DFL) if '${signal}' != 'KILL' else 0\nos.kill(os.getpid(), signal.SIG${signal})\ntime.sleep(60)`,
        '"$PIP" install demo-lib',
        withHint,
      );
      expect(withoutNumbers(ours.stderr).replaceAll(/\S*\/pip|"\$PIP"/g, 'pip')).toBe(
        withoutNumbers(real.stderr).replaceAll(/\S*\/pip|"\$PIP"/g, 'pip'),
      );
      expect(ours.stderr).toMatch(/code 1[2-4]\d\n$/);
    });

    it('exit code 3: no hint', () => {
      const { ours, real } = both('sys.exit(3)', undefined, withHint);
      expect(ours).toEqual(real);
      expect(ours.stderr).toContain('code 3');
    });

    /** Started as a program starts another: with a pid that signals are sent to, and no shell in between. */
    async function killedAlone(program: string, path: string, signal: NodeJS.Signals) {
      const box = sandbox();
      const child = spawn(program, ['install', 'demo-lib'], {
        cwd: box.project,
        env: { ...box.env, PATH: path },
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      child.stderr.on('data', (chunk) => {
        said += chunk;
      });
      const closed = once(child, 'close');
      // Not a word of pip's own: who it is that waits.
      const [waiting] = await once(child.stdout, 'data');
      expect(Number(String(waiting))).toBe(child.pid);
      child.kill(signal);
      const [code, ended] = await closed;
      return { code, ended, said: said.replace(/^ *[~^]+\n/gm, '') };
    }
    // On one line: which of the two a Ctrl-C finds is chance, and Python underlines it.
    const waits = 'print(os.getpid(), flush=True); time.sleep(60)';

    it.each<NodeJS.Signals>(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR1', 'SIGALRM', 'SIGKILL'])(
      '%s to its process alone, at once: it is pip’s own process, and ends as pip, without a hint',
      async (signal) => {
        const box = sandbox();
        const real = pipThat(box, waits);
        const { shims } = watched(box);
        const [ours, alone] = await Promise.all([
          killedAlone(join(shims, 'pip'), `${shims}:${box.root}/real:/usr/bin:/bin`, signal),
          killedAlone(real, '/usr/bin:/bin', signal),
        ]);
        expect(ours).toEqual(alone);
        expect(ours.ended).toBe(signal);
      },
    );

    it.each(shells)('TERM to its process alone, run by $title', async ({ program, as, word }) => {
      if (lacks(program)) return;
      const box = sandbox();
      pipThat(box, waits);
      const binary = which(program) ?? program;
      if (as !== undefined) box.run('/bin/sh', ['-c', `mkdir -p as && ln -s ${binary} as/${as}`]);
      const start = as === undefined ? binary : join(box.project, 'as', as);
      const { shims } = watched(box, `#!${start}${word === undefined ? '' : ` ${word}`}`);
      const ours = await killedAlone(
        join(shims, 'pip'),
        `${shims}:${box.root}/real:/usr/bin:/bin`,
        'SIGTERM',
      );
      expect(ours).toEqual({ code: null, ended: 'SIGTERM', said: '' });
    });

    it('pip finds itself as it would: arguments, module, path, names, environment', () => {
      const { ours, real } = both(
        `print(sys.argv[1:], __name__, sorted(globals()), __file__.rpartition('/')[2], __doc__, __package__, __spec__, type(__loader__), sys.modules['__main__'] is sys.modules[__name__], vars(sys.modules['__main__']) is globals(), sys.path[0].rpartition('/')[2], sys.path[1:], sys.flags, open('/proc/self/comm').read(), [v for v in sorted(os.environ.items()) if v[0] not in ('_', 'PATH', 'PIP')])`,
        undefined,
        withHint,
      );
      expect(ours.stdout).toBe(real.stdout);
      expect(ours.stdout).toContain("['install', 'demo-lib'] __main__");
    });

    it('a pip that stumbles says so as it would, in a traceback without us', () => {
      const { ours, real } = both("raise ValueError('not today')", undefined, withHint);
      expect(ours).toEqual(real);
      expect(ours.stderr).toContain('real/pip", line 3');
    });

    it("Ctrl-C, which reaches both: pip's own words and exit code, and no hint", () => {
      const { ours, real } = both(
        `from pip._internal.commands.install import InstallCommand\nInstallCommand.run = lambda *_: (os.killpg(0, signal.SIGINT), time.sleep(60))`,
        `trap '' INT; (trap - INT; exec "$PIP" install demo-lib)`,
        withHint,
      );
      expect(ours.stderr).toBe(real.stderr);
    });

    it.each([
      [
        'the reader of stderr has gone',
        '( "$PIP" install demo-lib; echo "code $?" >code ) 2>&1 | :; cat code',
      ],
      ['stderr is closed', '"$PIP" install demo-lib 2>&-; echo "code $?"'],
      ['stdout is closed', '( "$PIP" install demo-lib >&- ); echo "code $?"'],
    ])('%s', (_title, line) => {
      const box = sandbox();
      const { shims, started } = watched(box);
      const told = (pip: string) =>
        box.run('/bin/bash', ['-c', line], { env: { PIP: pip, PIP_DETOUR_HINT: '1' } });
      const ours = told(join(shims, 'pip'));
      const real = told('/usr/bin/pip');
      expect(started()).toBe(false);
      expect(ours.stdout).toBe(real.stdout);
      expect(ours.stdout).toContain('code ');
      expect(ours.stderr.replace(/^pip-detour: you were not asked.*\n/m, '')).toBe(real.stderr);
    });

    it('descriptors, the umask, the limits and the ignored signals are the same', () => {
      const { ours, real } = both(
        `fds = sorted(fd for fd in os.listdir('/proc/self/fd') if os.path.exists('/proc/self/fd/' + fd))\nprint(fds, [os.readlink('/proc/self/fd/' + fd) for fd in fds if int(fd) > 2], oct(os.umask(0o22)), [l for l in open('/proc/self/status') if l.startswith('Sig')][2:], open('/proc/self/limits').read())`,
        `trap '' HUP; umask 27; ulimit -S -n 300; "$PIP" install demo-lib 3</dev/null 9>/dev/zero 8</`,
        withHint,
      );
      expect(ours.stdout).toBe(real.stdout);
      expect(ours.stdout).toContain("'/dev/zero'");
    });
  },
);
