import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pip } from '../support/machine.ts';
import { type Ran, type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys, terminal } from '../support/terminal.ts';

/** The one line that is added, made of what this place calls for. */
const hint = (sentence: string) =>
  new RegExp(
    `^pip-detour: you were not asked, because [^\\n]*\\. ${sentence}[^\\n]*\\. PIP_DETOUR_HINT=0 silences this line\\.\\n$`,
  );
const inAdvance =
  'To choose in advance: PIP_DETOUR=venv pip install demo-lib \\(or PIP_DETOUR=pipx, PIP_DETOUR=none\\)';

/** What the real pip says to a command line in an empty project. Where it is run does not matter to it, so once will do. */
const alone = new Map<string, Ran>();
function withoutUs(args: readonly string[]): Ran {
  const line = args.join(' ');
  const said = alone.get(line) ?? sandbox().run(pip, args);
  alone.set(line, said);
  return said;
}

/** The same command line with and without the shim. */
function both(box: Sandbox, args: readonly string[], env: Record<string, string> = {}) {
  return { real: withoutUs(args), ours: box.run('pip', args, { env }) };
}

describe('where nobody can answer', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ['not a terminal', {}, hint(inAdvance)],
    ['CI', { CI: 'true' }, hint(inAdvance)],
    ['Jenkins', { JENKINS_URL: 'https://ci/', BUILD_ID: '7' }, hint(inAdvance)],
    ['GitHub Actions', { CI: 'true', GITHUB_ACTIONS: 'true' }, hint('.*actions/setup-python')],
    ['GitLab CI', { CI: 'true', GITLAB_CI: 'true' }, hint('.*image: python:3')],
    ['Jupyter', { JPY_PARENT_PID: '1' }, hint('.*%pip install demo-lib')],
    ['SSH without a terminal', { SSH_CONNECTION: '1 2 3 4' }, hint('With ssh -t')],
    ['a coding agent', { CLAUDECODE: '1' }, /^pip-detour-hint: \{.*\}\n$/],
    ['a Debian build', { DEBIAN_FRONTEND: 'noninteractive' }, hint(inAdvance)],
    ['pip told not to ask', { PIP_NO_INPUT: '1' }, hint(inAdvance)],
  ])("%s: pip's bytes and exit code, then one hint", (_, env, added) => {
    const box = sandbox();
    const { real, ours } = both(box, ['install', 'demo-lib'], env);
    expect(real.code).toBe(1);
    expect(ours.code).toBe(1);
    expect(ours.stdout).toBe(real.stdout);
    expect(ours.stderr.startsWith(real.stderr)).toBe(true);
    expect(ours.stderr.slice(real.stderr.length)).toMatch(added);
    expect(existsSync(join(box.home, '.local'))).toBe(false);
  });

  it.each([
    ['pip itself', ['install', '--upgrade', 'pip']],
    ['what is to be uninstalled', ['uninstall', '-y', 'demo-lib']],
  ])('no environment is made for %s, so the advice is for where one is, and holds there', (_, args) => {
    const box = sandbox();
    const line = `PIP_DETOUR=venv pip ${args.join(' ')}`;
    const sentence = `To choose in advance, if there is an environment already: ${line} \\(or PIP_DETOUR=none\\)`;
    expect(box.run('pip', args).stderr).toMatch(new RegExp(`^pip-detour: [^\n]*\\. ${sentence}`, 'm'));
    expect(box.run('sh', ['-c', line]).code).toBe(1);
    box.run('sh', ['-c', 'PIP_DETOUR=venv pip install demo-lib']);
    expect(box.run('sh', ['-c', line])).toMatchObject({ code: 0 });
  });

  it.each<[string, string[], Record<string, string>]>([
    ['PIP_DETOUR_HINT=0', ['install', 'demo-lib'], { PIP_DETOUR_HINT: '0' }],
    ['PIP_DETOUR=none', ['install', 'demo-lib'], { PIP_DETOUR: 'none' }],
    ['PIP_DETOUR=off', ['install', 'demo-lib'], { PIP_DETOUR: 'off' }],
    ['-q, which asks for silence', ['install', '-q', 'demo-lib'], {}],
    ['-qqq, whose refusal is silent', ['install', '-qqq', 'demo-lib'], {}],
    ['an error of another kind', ['install', '--no-such-option'], {}],
    ['success', ['install', '--break-system-packages', '--dry-run', 'demo-lib'], {}],
    ['a command that is not refused', ['download', 'no-such-thing'], {}],
    ['no requirement to uninstall', ['uninstall'], {}],
  ])('nothing at all is added with %s', (_, args, env) => {
    const { real, ours } = both(sandbox(), args, env);
    expect(ours).toEqual(real);
  });

  it.each([
    ['with CI set', { CI: '1' }],
    ['in a job of Azure Pipelines, which leaves CI unset', { TF_BUILD: 'True' }],
    ['in Jupyter, whose pty nobody can type into', { JPY_PARENT_PID: '1' }],
  ])('a terminal %s is not asked either', async (_, env) => {
    const box = sandbox();
    const user = terminal('/bin/sh', ['-c', 'pip install demo-lib; echo "code $?"'], {
      env: { ...box.env, ...env },
      cwd: box.project,
    });
    await user.exited;
    expect(user.history()).toContain('hint: See PEP 668');
    expect(user.history()).toContain('pip-detour: you were not asked');
    expect(user.history()).toContain('code 1');
    expect(user.history()).not.toContain('Leave it');
  });

  it.each([
    ['stdin from a file', 'pip install demo-lib < /dev/null'],
    ['stderr in a file', 'pip install demo-lib 2> errors.txt'],
    ['--no-input', 'pip --no-input install demo-lib'],
    ['a background job', '{ pip install demo-lib; } & wait'],
  ])('%s is not asked, at a terminal', async (_, line) => {
    const box = sandbox();
    const user = terminal('/bin/bash', ['-i', '-c', `set -m; ${line}; echo "done"`], {
      env: { ...box.env, HISTFILE: '' },
      cwd: box.project,
    });
    await user.exited;
    const said = user.history() + (box.exists('errors.txt') ? box.read('errors.txt') : '');
    expect(said).toContain('See PEP 668');
    expect(said).toContain('pip-detour: you were not asked');
    expect(said).not.toContain('Leave it');
  });

  it('stdout in a file is no reason not to ask', async () => {
    const box = sandbox();
    const user = terminal('/bin/sh', ['-c', 'pip install demo-lib > out.txt'], {
      env: box.env,
      cwd: box.project,
    });
    await user.waitFor('esc leave');
    user.send(keys.enter);
    await user.exited;
    expect(box.read('out.txt')).toContain('Successfully installed demo-lib-2.0');
  });
});

describe('pip install with nothing to install', () => {
  const named = /^pip-detour: you did not say what to install\. .*\n$/;
  it.each([[['install']], [['install', '--upgrade']], [['install', '-v', '--user']]])(
    "%j: pip's bytes, and one line that names the mistake",
    (args) => {
      const { real, ours } = both(sandbox(), args);
      expect(ours.code).toBe(1);
      expect(ours.stderr.startsWith(real.stderr)).toBe(true);
      expect(ours.stderr.slice(real.stderr.length)).toMatch(named);
    },
  );

  it.each<[string[], Record<string, string>]>([
    [['install', '-r', 'requirements.txt'], {}],
    [['install', '-e', '.'], {}],
    [['install'], { PIP_REQUIREMENT: 'requirements.txt' }],
  ])('%j with %j names something', (args, env) => {
    const { ours } = both(sandbox(), args, env);
    expect(ours.stderr).toContain('pip-detour: you were not asked');
  });

  it('is not asked about at a terminal either', async () => {
    const box = sandbox();
    const user = terminal('/bin/sh', ['-c', 'pip install; echo "code $?"'], {
      env: box.env,
      cwd: box.project,
    });
    await user.exited;
    expect(user.history()).toContain('you did not say what to install');
    expect(user.history()).toContain('code 1');
    expect(user.history()).not.toContain('Leave it');
  });

  it("in an environment it is pip's own message", () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const ran = box.run('pip', ['install']);
    expect(ran.stderr).toContain('You must give at least one requirement to install');
    expect(box.exists('.venv')).toBe(false);
  });
});

describe('PIP_DETOUR decides for one command, attended or not', () => {
  it('venv: straight there, with one line that says so', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const ran = box.run('pip', ['install', 'demo-lib']);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain('pip-detour: creating ~/shop/.venv, because PIP_DETOUR=venv is set');
    expect(ran.stdout).toContain('Successfully installed demo-lib-2.0');
    expect(ran.stderr).not.toContain('externally-managed');
  });

  it('-q silences us as it silences pip', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const ran = box.run('pip', ['install', '-q', 'demo-lib']);
    expect(ran).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
  });

  it('a value that means nothing is said, and pip is as without us', () => {
    const box = sandbox({ PIP_DETOUR: 'vnev' });
    const ran = box.run('pip', ['install', 'demo-lib']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('pip-detour: PIP_DETOUR=vnev is not a known value; did you mean venv?');
    expect(ran.stderr).toContain('hint: See PEP 668');
  });

  it('a way that cannot be taken is said with the reason, and pip’s refusal stands', () => {
    const box = sandbox({ PIP_DETOUR: 'pipx' });
    box.write('requirements.txt', 'demo-lib\n');
    const ran = box.run('pip', ['install', '-r', 'requirements.txt']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('pip-detour: pipx (PIP_DETOUR=pipx) is not taken here, because');
    expect(ran.stderr).toContain('hint: See PEP 668');
  });

  it('a directory whose path is not UTF-8 is not said to be gone', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const ran = box.run('sh', ['-c', 'd=$(printf "\\377"); mkdir "$d"; cd "$d" && pip install demo-lib']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('because the path of this directory is not UTF-8');
    expect(ran.stderr).toContain('hint: See PEP 668');
  });
});
