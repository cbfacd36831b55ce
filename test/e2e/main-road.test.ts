import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { heldBy } from '../support/environments.ts';
import { dist, lacks, python } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { type ShellName, shell } from '../support/shell.ts';
import { keys, terminal } from '../support/terminal.ts';

/** What every prompt shows, wherever it stands. */
const asked = /This Python belongs to [\s\S]*esc leave/;
const slow = 20_000;

function project(box: Sandbox): void {
  box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
}

/** A line that the question shows, as a shell reads it: the words after the variables. */
function wordsOf(box: Sandbox, line: string): string[] {
  const command = line.replace(/^(?:\w+=\S* )*/, '');
  return box
    .run('/bin/sh', ['-c', `printf '%s\\n' ${command}`])
    .stdout.trimEnd()
    .split('\n');
}

/** The commands that strace saw start: the program as it was named, and its arguments. */
function commandsIn(log: string): string[][] {
  return [...readFileSync(log, 'utf8').matchAll(/execve\(("(?:[^"\\]|\\.)*"), \[(.*?)\], 0x/g)].map(
    ([, program = '', args = '']): string[] => [JSON.parse(program), ...JSON.parse(`[${args}]`).slice(1)],
  );
}

function canImport(box: Sandbox, module: string, environment = join(box.project, '.venv')): boolean {
  return box.run(join(environment, 'bin/python'), ['-c', `import ${module}`], { cwd: '/' }).code === 0;
}

describe.each<ShellName>(['bash', 'zsh', 'fish'])('in %s', (name) => {
  describe.skipIf(lacks(name))('the main road', () => {
    it('a refused install is asked about, taken by Enter, and remembered', async () => {
      const box = sandbox();
      project(box);
      const user = await shell(name, box);
      user.type('pip install demo-lib');
      const screen = await user.waitFor(asked, slow);
      expect(screen).toContain('pip install demo-lib');
      expect(screen).not.toContain('error: externally-managed-environment');
      expect(screen).toContain('~/shop/.venv');
      expect(existsSync(join(box.project, '.venv'))).toBe(false);
      user.send(keys.enter);
      const done = await user.ready(slow);
      expect(done).toContain('Successfully installed demo-lib-2.0');
      expect(done).toContain('Remembered for ~/shop');
      expect(done).toMatch(/\.venv\/bin\/activate/);
      expect(canImport(box, 'demo_lib')).toBe(true);
      expect(await user.command(name === 'fish' ? 'echo code $status' : 'echo code $?')).toContain('code 0');

      // The next time there is no question, and the failing pip is not run first.
      const again = await user.command('pip install demo-other', slow);
      expect(again).toContain('remembered for ~/shop');
      expect(again).toContain('Successfully installed demo-other-1.0');
      expect(again).not.toMatch(/Leave it/);
      expect(canImport(box, 'demo_other')).toBe(true);

      // Below it, too.
      mkdirSync(join(box.project, 'src'));
      await user.command('cd src');
      expect(await user.command('pip uninstall -y demo-other', slow)).toContain('Successfully uninstalled');
      expect(canImport(box, 'demo_other')).toBe(false);

      // Another directory is asked about anew.
      await user.command('cd; mkdir elsewhere; cd elsewhere');
      user.type('pip install demo-lib');
      await user.waitFor(asked, slow);
      user.send(keys.escape);
      await user.ready(slow);
    });
  });
});

describe('the answers', () => {
  it('Esc leaves it: nothing made, pip’s own message and exit code', async () => {
    const box = sandbox();
    project(box);
    const user = await shell('bash', box);
    user.type('pip install demo-lib');
    await user.waitFor(asked, slow);
    user.send(keys.escape);
    const screen = await user.ready(slow);
    expect(screen).toContain('error: externally-managed-environment');
    expect(screen).toContain('hint: See PEP 668');
    expect(await user.command('echo code $?')).toContain('code 1');
    expect(readdirSync(box.project)).toEqual(['pyproject.toml']);
    expect(existsSync(join(box.home, '.local'))).toBe(false);
  });

  it('Ctrl-C ends with 130 and leaves a usable terminal', async () => {
    const box = sandbox();
    project(box);
    const user = await shell('bash', box);
    await user.command('stty -a > before.txt');
    user.type('pip install demo-lib');
    await user.waitFor(asked, slow);
    user.send(keys.ctrlC);
    await user.ready(slow);
    expect(await user.command('echo code $?')).toContain('code 130');
    await user.command('stty -a > after.txt');
    expect(box.read('after.txt')).toBe(box.read('before.txt'));
    expect(box.exists('.venv')).toBe(false);
  });

  it('a loop stops at Ctrl-C, as with any program', async () => {
    const box = sandbox();
    const user = await shell('bash', box);
    user.type('for i in 1 2 3; do pip install demo-lib; done; echo after the loop');
    await user.waitFor(asked, slow);
    user.send(keys.ctrlC);
    expect(await user.ready(slow)).not.toMatch(/^after the loop/m);
  });

  it('"Leave it" by the arrows does what Esc does', async () => {
    const box = sandbox();
    project(box);
    const user = await shell('bash', box);
    user.type('pip install demo-lib');
    await user.waitFor(asked, slow);
    user.send(keys.up);
    await user.waitFor(/❯[^\n]*Leave it/);
    user.send(keys.enter);
    expect(await user.ready(slow)).toContain('hint: See PEP 668');
    expect(box.exists('.venv')).toBe(false);
  });

  it('remembering can be switched off with r', async () => {
    const box = sandbox();
    project(box);
    const user = await shell('bash', box);
    user.type('pip install demo-lib');
    await user.waitFor(asked, slow);
    user.send('r');
    await user.waitFor(/remember[^\n]*no/);
    user.send(keys.enter);
    expect(await user.ready(slow)).not.toContain('Remembered');
    expect(existsSync(join(box.home, '.local/state/pip-detour'))).toBe(false);
    user.type('pip install demo-other');
    await user.waitFor(asked, slow);
    user.send(keys.escape);
    await user.ready(slow);
  });

  it.skipIf(lacks('strace') || lacks('pipx')).each<[string, string, string, RegExp]>([
    ['venv', 'demo-lib', '', /-m venv --without-pip ~\/shop\/\.venv\n/],
    ['pipx', 'demo-app', keys.down, /pipx install/],
  ])('d shows the exact commands of %s, and they are what is then run', async (_, name, move, shows) => {
    const box = sandbox();
    project(box);
    const log = join(box.root, 'started');
    const traced = `exec strace -f --seccomp-bpf -s 9999 -o '${log}' -e trace=execve '${dist}/shims/pip' install ${name}`;
    const env = { ...box.env, PATH: `${box.env['PATH']}:${box.home}/.local/bin` };
    const user = terminal('/bin/sh', ['-c', traced], { env, cwd: box.project, columns: 500 });
    await user.waitFor(asked, slow);
    user.send(`d${move}`);
    const screen = await user.waitFor(shows);
    const shown = [...screen.matchAll(/^ {4}\$ (.+)$/gm)].map(([, line = '']) => wordsOf(box, line));
    expect(shown.length).toBeGreaterThan(0);
    const before = commandsIn(log).length;
    user.send(keys.enter);
    await user.exited;
    const run = commandsIn(log).slice(before);
    // A pip is started by the script that listens to it. What may begin before its turn does; its turn comes last.
    const inTurn = [false, true].flatMap((early) =>
      run.filter((words) => words.includes('--ahead') === early),
    );
    const asShown = inTurn.map((words) =>
      words.join('\0').replace(/\0[^\0]*\/pip-witness\.py\0--heard\0\d+(?=\0)|\0--ahead(?=\0)/g, ''),
    );
    const lines = shown.map((line) => line.join('\0'));
    expect(asShown.filter((words) => lines.includes(words))).toEqual(lines);
  });

  it.skipIf(lacks('pipx'))('pipx installs an application and says where its command is', async () => {
    const box = sandbox();
    const user = await shell('bash', box);
    user.type('pip install demo-app');
    await user.waitFor(asked, slow);
    user.send(keys.down);
    await user.waitFor(/❯[^\n]*pipx/);
    user.send(keys.enter);
    await user.waitFor(/Put ~\/\.local\/bin on PATH[\s\S]*esc leave/, slow);
    user.send(keys.escape);
    const screen = await user.ready(slow);
    expect(screen).toContain('demo-app');
    expect(box.run(join(box.home, '.local/bin/demo-app')).stdout).toContain('demo-app 2.0');
    expect(box.exists('.venv')).toBe(false);
  });

  it.skipIf(lacks('pipx'))(
    'a library given to pipx leads back to the same question, with the reason',
    async () => {
      const box = sandbox();
      const user = await shell('bash', box);
      user.type('pip install demo-lib');
      await user.waitFor(asked, slow);
      user.send(keys.down);
      await user.waitFor(/❯[^\n]*pipx/);
      user.send(keys.enter);
      await user.waitFor(/no commands[\s\S]*esc leave/, slow);
      user.send(keys.enter);
      expect(await user.ready(slow)).toContain('Successfully installed demo-lib-2.0');
      expect(canImport(box, 'demo_lib')).toBe(true);
    },
  );
});

describe('the environment that is made', () => {
  it('has a pip of its own and holds what python3 -m venv puts into one, is ignored by git and left out of backups', {
    timeout: 120_000,
  }, () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    project(box);
    const ran = box.run('pip', ['install', 'demo-lib']);
    expect(ran).toMatchObject({ code: 0 });
    const environment = join(box.project, '.venv');
    expect(readFileSync(join(environment, '.gitignore'), 'utf8')).toBe('*\n');
    expect(readFileSync(join(environment, 'CACHEDIR.TAG'), 'utf8')).toMatch(
      /^Signature: 8a477f597d28d172789f06886806bc55\n/,
    );
    expect(existsSync(join(environment, '.pip-detour-unfinished'))).toBe(false);
    expect(box.run(join(environment, 'bin/pip'), ['--version']).stdout).toContain(environment);
    expect(box.run(join(environment, 'bin/pip'), ['check']).code).toBe(0);
    const theirs = join(box.root, 'theirs');
    expect(box.run(python, ['-m', 'venv', theirs])).toMatchObject({ code: 0 });
    expect(heldBy(environment)).toEqual(['demo_lib-2.0', ...heldBy(theirs)]);
  });

  it('of a failed install is taken away again, with pip’s exit code', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    project(box);
    const ran = box.run('pip', ['install', 'no-such-thing']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('No matching distribution found for no-such-thing');
    expect(readdirSync(box.project)).toEqual(['pyproject.toml']);
  });
});
