import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publish, setShellSwitch } from '../../src/shell/activation.ts';
import { readyEnvironment } from '../support/environments.ts';
import { hooked, hookShells, readsHook } from '../support/hooked.ts';
import { dist, lacks, python } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { interactive } from '../support/typed.ts';

const slow = 30_000;

function project(extra: Record<string, string> = {}): Sandbox {
  const box = sandbox({ PIP_DETOUR: 'venv', ...extra });
  box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
  return box;
}

/** One whose environment is there already: to make one is another test's. */
function withEnvironment(): Sandbox {
  const box = project();
  readyEnvironment(join(box.project, '.venv'));
  return box;
}

const posix = hookShells.filter((name) => name !== 'fish');

describe.each(posix)('in %s', (name) => {
  describe.skipIf(lacks(name))('what is set for one command', () => {
    it.each([
      'PATH=/opt/foo:$PATH pip install demo-lib; echo "in <$VIRTUAL_ENV>"',
      'PATH=/opt/foo:$PATH python3 -m pip install demo-lib; echo "in <$VIRTUAL_ENV>"',
      'PS1=\'other> \' pip install demo-lib && echo "in <$VIRTUAL_ENV>"',
      'PYTHONHOME= pip install demo-lib; echo "in <$VIRTUAL_ENV>"',
      'A=1 B= NO_COLOR=1 pip install demo-lib; echo "in <$VIRTUAL_ENV>"',
      'VIRTUAL_ENV= python3 -m pip install demo-lib; echo "in <$VIRTUAL_ENV>"',
      'pip install demo-lib; echo "in <$VIRTUAL_ENV>"; trap - USR1',
      'pip install demo-lib; set -f; set +f; echo "in <$VIRTUAL_ENV>"',
      'command pip install demo-lib; echo "in <$VIRTUAL_ENV>"',
      'echo "pip install demo-lib" >pip.sh; . ./pip.sh; echo "in <$VIRTUAL_ENV>"',
      'f() { local PATH=/opt/foo:$PATH; pip install demo-lib; echo "in <$VIRTUAL_ENV>"; }; f',
      'f() { local PATH=/opt/foo:$PATH; python3() { command python3 "$@"; }; pip install demo-lib; echo "in <$VIRTUAL_ENV>"; }; f',
    ])('is over with it, and the shell is in the environment when it is said: %s', async (line) => {
      const box = withEnvironment();
      const user = await hooked(name, box, { columns: 200 });
      const [path, prompt] = [await user.variable('PATH'), await user.variable('PS1')];
      const shown = await user.command(line, slow);
      const environment = join(box.project, '.venv');
      // Of the shell's next prompt the other sentence is true in any case.
      expect(shown).toMatch(/this shell is in it (now|from its next prompt on) \(deactivate leaves it\)\.$/m);
      if (shown.includes('is in it now')) expect(shown).toContain(`in <${environment}>\n`);
      expect(shown).not.toMatch(/^(?:bash|zsh|declare|typeset|_pip_detour\w*): /m);
      expect(await user.variable('VIRTUAL_ENV')).toBe(environment);
      expect(await user.variable('PATH')).toBe(`${environment}/bin:${path}`);
      expect(await user.variable('PS1')).toBe(`(shop) ${prompt}`);
      await user.command('deactivate');
      expect(await user.variable('PATH')).toBe(path);
      expect(await user.variable('PS1')).toBe(prompt);
    });

    it.each(['PATH', 'PS1', 'VIRTUAL_ENV'])(
      'with %s readonly what can be typed there is shown',
      async (variable) => {
        const box = withEnvironment();
        const user = await hooked(name, box, { columns: 200, lines: [`readonly ${variable}`] });
        const before = await user.variable(variable);
        const shown = await user.command('pip install demo-lib; echo "the rest"', slow);
        expect(shown).toContain(
          `This shell cannot enter it: ${variable} is readonly here. To use it:\n  .venv/bin/python ...\n`,
        );
        expect(await user.command('pip list >all', slow)).toContain('to use it: ~/shop/.venv/bin/python ...');
        expect(shown).toMatch(/^the rest$/m);
        expect(await user.variable(variable)).toBe(before);
        expect(await user.variable('VIRTUAL_ENV_PROMPT')).toBe('unset');
        expect(user.history()).not.toMatch(/read-?only variable/i);
      },
    );
  });

  describe.skipIf(lacks(name))('set -a', () => {
    it.each([
      ['before the hook', ['set -a'], []],
      ['after it', [], ['set -a']],
    ])('%s exports nothing of ours', async (_, before, after) => {
      const box = withEnvironment();
      const user = await hooked(name, box, { columns: 200, lines: before });
      for (const line of after) await user.command(line);
      await user.command('cd ..; cd shop; python3 -m pip install demo-lib', slow);
      expect(await user.variable('VIRTUAL_ENV')).toBe(join(box.project, '.venv'));
      expect(await user.command("bash -c 'python --version; echo code $?'")).toMatch(/^Python 3.*\ncode 0/m);
      // These two tell a shell that is started from this one what it is in.
      const names = await user.command(
        "env | grep -o '^[A-Z_]*pip_detour[^=]*' | grep -v '_pip_detour_\\(auto\\|for\\)$'",
      );
      expect(names).not.toMatch(/^_?pip_detour|^BASH_FUNC/m);
      await user.command('deactivate; cd ..');
      expect(await user.command('env | grep -c pip_detour_')).toMatch(/^0$/m);
    });
  });

  describe.skipIf(lacks(name))('IFS', () => {
    it.each(['0', '1', '_', '/e', 'a-z', ':', ' '])('%j in it changes nothing', async (ifs) => {
      const box = withEnvironment();
      const user = await hooked(name, box, { columns: 200, lines: [`IFS='${ifs}'`] });
      expect(await user.command('pip list >/dev/null; echo "code $?"')).toMatch(/^code 0$/m);
      await user.command('python3 -m pip install demo-lib', slow);
      expect(await user.variable('VIRTUAL_ENV')).toBe(join(box.project, '.venv'));
      await user.command('cd ..; cd shop');
      expect(await user.variable('IFS')).toBe(ifs);
      expect(user.history()).not.toMatch(/_pip_detour_\w+:|not found|numeric|hook\.\w+:/i);
    });
  });

  it.skipIf(lacks(name))(
    'readonly variables that shells and others write to stop nothing of ours',
    async () => {
      const box = withEnvironment();
      const user = await hooked(name, box, {
        columns: 200,
        lines: ['readonly REPLY=mine MATCH=mine MBEGIN=1 MEND=1'],
      });
      expect(await user.command('pip list >/dev/null; echo "code $?"')).toMatch(/^code 0$/m);
      await user.command('pip install demo-lib', slow);
      expect(await user.variable('VIRTUAL_ENV')).toBe(join(box.project, '.venv'));
      await user.command('cd ..');
      expect(await user.variable('VIRTUAL_ENV')).toBe('unset');
      expect(await user.variable('REPLY')).toBe('mine');
      expect(user.history()).not.toMatch(/read-?only variable|_pip_detour_\w+:/i);
    },
  );

  describe.skipIf(lacks(name))('traps and traces', () => {
    /** How often a trap is called, or how many lines are traced, from a first prompt on, by each of the lines typed. */
    async function events(hook: boolean, setup: string, lines: readonly string[], signs: RegExp) {
      const box = withEnvironment();
      const user = await hooked(name, box, hook ? { columns: 300 } : { columns: 300, directory: '/nowhere' });
      await user.command(setup);
      const counts: number[] = [];
      for (const line of lines) {
        await user.command('true');
        const before = user.history().length;
        await user.command(line, slow);
        await user.command('true');
        const shown = user.history().slice(before);
        if (hook && line.includes('install'))
          expect(await user.variable('VIRTUAL_ENV')).toBe(join(box.project, '.venv'));
        counts.push(shown.match(signs)?.length ?? 0);
      }
      return counts;
    }

    /** How many more there are with the hook. */
    async function more(setup: string, lines: readonly string[], signs: RegExp): Promise<number[]> {
      const with_ = await events(true, setup, lines, signs);
      const without = await events(false, setup, lines, signs);
      return with_.map((count, at) => count - (without[at] ?? 0));
    }

    const sets: readonly (readonly [string, string])[] = [
      ['DEBUG', 'trap \'echo "event"\' DEBUG'],
      ...(name === 'bash'
        ? ([
            ['DEBUG and functrace', 'set -T; trap \'echo "event"\' DEBUG'],
            ['RETURN', 'set -T; trap \'echo "event"\' RETURN'],
            ['ERR', 'set -E; trap \'echo "event"\' ERR'],
            ['everything', 'set -EuTa; trap \'echo "event"\' ERR DEBUG RETURN'],
          ] satisfies [string, string][])
        : ([['ZERR', 'trap \'echo "event"\' ZERR']] satisfies [string, string][])),
    ];
    it.each(sets)(
      'a trap of theirs on %s sees at most one event of an install, or of a cd',
      async (_, setup) => {
        const lines = ['cd ..', 'cd shop', 'pip install demo-lib'];
        const [out, back, installed] = await more(setup, lines, /^event$/gm);
        // One a prompt, and there are two; one of the cd.
        expect(out, 'cd ..').toBeLessThanOrEqual(3);
        expect(back, 'cd shop').toBeLessThanOrEqual(3);
        expect(installed, 'pip install demo-lib').toBeLessThanOrEqual(2);
      },
    );

    it.skipIf(name !== 'bash')('a trap that hears all sees two events of the hook being read', async () => {
      const user = await hooked(name, withEnvironment(), { columns: 300, directory: '/nowhere' });
      await user.command('set -EuTa; trap \'echo "event"\' DEBUG RETURN');
      const heard = async (line: string) => (await user.command(line)).match(/^event$/gm)?.length;
      // The line itself and its end, and up to three of the prompt.
      expect(await heard(`. ${join(dist, 'hook.bash')}`)).toBeLessThanOrEqual(2 + 2 + 3);
      expect(await heard('true')).toBeLessThanOrEqual(1 + 3);
      expect(await user.command('env')).not.toContain('_pip_detour_');
      expect(await user.command('trap')).toMatch(/trap -- 'echo "event"' DEBUG\n.*'echo "event"' RETURN/);
      await user.command('pip install demo-lib', slow);
      expect(await user.variable('VIRTUAL_ENV')).toContain('/shop/.venv');
    });

    it('set -x shows one line of ours a prompt, and none of what is done in it', async () => {
      const [installed] = await more('set -x', ['pip install demo-lib'], /^\+.*/gm);
      expect(installed).toBeLessThanOrEqual(2);
    });

    it('their trap is theirs still, and set -eEu is, too', async () => {
      const box = withEnvironment();
      const user = await hooked(name, box, { columns: 200, lines: ["trap 'seen=1' DEBUG", 'set -eu'] });
      await user.command('pip install demo-lib', slow);
      expect(await user.variable('VIRTUAL_ENV')).toBe(join(box.project, '.venv'));
      expect(await user.command('trap')).toMatch(/'seen=1 ?' DEBUG/);
      expect(await user.command('trap')).not.toContain('_pip_detour');
      expect(await user.command('echo "<$->"')).toMatch(/^<.*e.*>$/m);
    });

    it.each(['true', 'pip list >/dev/null', 'cd ..; cd shop'])(
      'no trap of ours is found after %s',
      async (line) => {
        const user = await hooked(name, project(), { columns: 200 });
        await user.command(line);
        expect((await user.command('trap')).split('\n').slice(1).join('\n')).not.toContain('_pip_detour');
      },
    );

    it.skipIf(name !== 'bash')(
      'a trap that is set later is called for each command once, with what it asks for',
      async () => {
        const user = await hooked(name, project(), { columns: 200 });
        await user.command(`mark() { echo "[$1 $2 $BASH_COMMAND]"; }; trap 'mark $? "$_"' DEBUG`);
        await user.command('true');
        expect(await user.command('false one two')).toMatch(/^\[0 true false one two\]$/m);
        expect(await user.command('true a | cat')).toMatch(/^\[1 two true a\]\n\[. \S+ cat\]/m);
      },
    );
  });
});

describe.skipIf(lacks('fish'))('in fish, which runs no function of ours after a pip', () => {
  it.each([
    ['pip install demo-lib; echo "in <$VIRTUAL_ENV>"', 'from its next prompt on'],
    ['function f; pip install demo-lib; echo "in <$VIRTUAL_ENV>"; end; f', 'from its next prompt on'],
    ['if true; pip install demo-lib; end', 'from its next prompt on'],
    ['cd ..; and cd shop; and python3 -m pip install demo-lib', 'now'],
  ])('what is said of this shell is true: %s', async (line, when) => {
    const box = withEnvironment();
    const user = await hooked('fish', box, { columns: 200 });
    const shown = await user.command(line, slow);
    expect(shown).toContain(`this shell is in it ${when} (deactivate leaves it).`);
    expect(await user.variable('VIRTUAL_ENV')).toBe(join(box.project, '.venv'));
    expect(await user.variable('_PIP_DETOUR_SHELL')).toContain(',prompt,');
  });
});

describe.each(hookShells)('in %s', (name) => {
  it.skipIf(lacks(name))('whatever is typed is answered as without us', () => {
    const common = ['true', 'echo a b', 'no-such-command', 'cd /', 'false', '/bin/true', 'A=1 /bin/true'];
    const compound = [
      '[[ a == a ]]',
      '(( 1 ))',
      'for i in 1 2; do :; done',
      'case a in a) :;; esac',
      '! true',
    ];
    const assigned = ['A=1', 'B=(1 2)', 'B[0]=3', 'A+=1 B=2', 'A=1 eval true', '{ :; }', '(:)'];
    const onlyBash = [
      'for ((i = 0; i < 2; i++)); do :; done',
      'set -o posix',
      ...common,
      ...compound,
      ...assigned,
    ];
    const lines = [
      ...common,
      ...(name === 'fish' ? ['set A 1', 'begin; true; end', '[ a = a ]'] : [...compound, ...assigned]),
      ...(name === 'bash' ? onlyBash : []),
    ];
    const { words, input } = interactive(name, ['echo begins >&2', ...lines, 'echo ends >&2']);
    const [program, ...args] = words;
    const [ours, theirs] = [(text: string) => text, (text: string) => text.replace(readsHook(name), ':')].map(
      (change) => {
        const ran = sandbox().run(program, args.map(change), { input: change(input) });
        return ran.stderr.slice(ran.stderr.indexOf('begins')).replaceAll(/\/tmp\/[\w.-]+/g, 'BOX');
      },
    );
    expect(theirs).toContain('ends');
    expect(ours).toBe(theirs);
  });

  describe.skipIf(lacks(name))('whoever asks where a program is', () => {
    const asks =
      name === 'fish'
        ? ['command -s', 'type -p', 'which']
        : name === 'zsh'
          ? ['command -v', 'whence -p', 'which', 'whence']
          : ['command -v', 'type -p', 'which', 'type -P'];
    it.each(asks)('is told its path: %s', async (ask) => {
      const user = await hooked(name, project(), { columns: 200 });
      const shims = join(dist, 'shims');
      const paths = [
        ['python3', '/usr/bin/python3'],
        ['pip', `${shims}/pip`],
        ['pip3', `${shims}/pip3`],
      ] as const;
      // Each program is the first that is asked for after each line, in one way of asking or another.
      const first = asks.indexOf(ask) % paths.length;
      for (const line of ['true', 'python3 -m pip --version']) {
        await user.command(line);
        for (const [program, path] of [...paths.slice(first), ...paths.slice(0, first)])
          expect(await user.command(`${ask} ${program}`)).toMatch(new RegExp(`^${path}$`, 'm'));
      }
      if (name !== 'fish') {
        const line = 'test -x "$(command -v python3)" && test -x "$(command -v pip)" && echo they" "are';
        expect(await user.command(line)).toMatch(/^they are$/m);
        expect(await user.command('$(command -v pip) --version')).toMatch(/^pip [\d.]+ from/m);
      }
    });

    it.skipIf(name === 'fish')('is told so on the very line that installs, too', async () => {
      const box = withEnvironment();
      const user = await hooked(name, box, { columns: 200 });
      const shown = await user.command(
        '[ -x "$(command -v pip)" ] && pip install demo-lib; command -v pip',
        slow,
      );
      expect(shown).toContain('Successfully installed demo-lib');
      expect(shown).toMatch(/^\/\S*\/pip$/m);
      expect(await user.variable('VIRTUAL_ENV')).toBe(join(box.project, '.venv'));
    });
  });

  describe.skipIf(lacks(name))('sudo', () => {
    const explains = "pip-detour: sudo runs the system's own pip as root";
    it.each([
      'pip install x',
      '-H pip3 install x',
      '-EH -- pip3.11 install -U x',
      '-u root /usr/bin/pip install x',
      '--user=root A=b python3 -I -m pip -q install x',
    ])('that installs as root on the system is explained: sudo %s', async (words) => {
      expect(await typed(`sudo ${words}`)).toContain(explains);
    });

    it.each([
      'sudo docker exec c pip install x',
      'sudo podman run -it image pip install x',
      'sudo kubectl exec pod -- pip install x',
      'sudo chroot /srv pip install x',
      'sudo -R /srv pip install x',
      'sudo -u bob pip install x',
      'sudo -Hu bob python3 -m pip install x',
      'sudo --user=bob pip install x',
      'sudo /home/me/proj/.venv/bin/pip install x',
      'sudo .venv/bin/python -m pip install x',
      'sudo lxc-attach -n c -- pip install x',
      'sudo apt install python3-pip',
      'sudo pip list',
      'sudo sh -c "pip install x"',
      'echo sudo pip install x',
    ])('is not where it does something else: %s', async (line) => {
      expect(await typed(line)).not.toContain(explains);
    });

    async function typed(line: string): Promise<string> {
      const box = project();
      const bin = join(box.root, 'bin');
      mkdirSync(bin);
      writeFileSync(join(bin, 'sudo'), '#!/bin/sh\necho "sudo was given" "$@"\n', { mode: 0o755 });
      box.env['PATH'] = `${bin}:${box.env['PATH']}`;
      const user = await hooked(name, box, { columns: 200 });
      const shown = await user.command(line);
      if (line.startsWith('sudo')) expect(shown).toContain('sudo was given ');
      return shown;
    }
  });

  it.skipIf(lacks(name))(
    'cd and a python that the system does not have, on one line, from the first line on',
    async () => {
      const box = project();
      const state = join(box.home, '.local/state/pip-detour');
      for (const of of ['homework', 'other']) {
        mkdirSync(join(box.home, of), { recursive: true });
        box.run(python, ['-m', 'venv', '--without-pip', join(box.home, of, '.venv')]);
        publish(state, join(box.home, of), join(box.home, of, '.venv'));
        writeFileSync(join(box.home, of, 'script.py'), 'import sys; print(sys.prefix)\n');
      }
      setShellSwitch(state, 'auto-activate', true);
      mkdirSync(join(box.home, 'programs'));
      for (const program of ['python3', 'pwd', 'ls', 'sh', 'env', 'uname', 'tty', 'stty', 'cat', 'rm'])
        symlinkSync(`/usr/bin/${program}`, join(box.home, 'programs', program));
      box.env['PATH'] = join(box.home, 'programs');
      const user = await hooked(name, box, { cwd: box.home, columns: 200 });
      expect(await user.command('cd homework; python script.py')).toContain(`\n${box.home}/homework/.venv\n`);
      expect(await user.command('cd; cd other && python script.py')).toContain(`\n${box.home}/other/.venv\n`);
    },
  );
});

it('the hooks have one pattern for sudo', () => {
  const of = (name: string) =>
    /(?:_pip_detour_sudo=|set -l \w+ )'(\(\^\|\[;[^']*)'/.exec(
      readFileSync(join(dist, `hook-rest.${name}`), 'utf8'),
    )?.[1];
  expect(of('bash')).toMatch(/sudo/);
  for (const name of hookShells) expect(of(name), name).toBe(of('bash'));
});
