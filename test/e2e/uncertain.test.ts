import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compare, type Mode } from '../support/compare.ts';
import { heldBuild } from '../support/held.ts';
import { dist, pip } from '../support/machine.ts';
import { comparable, differences, recorded } from '../support/recording.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { shell } from '../support/shell.ts';
import { keys, terminal } from '../support/terminal.ts';

/** A sandbox where no verdict is certain: what sitecustomize does to Python cannot be told from outside. */
function uncertain(extra: Record<string, string> = {}): Sandbox {
  const box = sandbox({ PYTHONPATH: 'odd', ...extra });
  box.write('odd/sitecustomize.py', '');
  return box;
}

const words = 'hint: See PEP 668 for the detailed specification.';
const count = (text: string, part: string) => text.split(part).length - 1;

/** Types one command at a terminal; Esc leaves the question where there is one. */
async function typed(box: Sandbox, command: string, env: Record<string, string> = {}) {
  const user = terminal('/bin/sh', ['-c', `${command}; echo "code $?."`], {
    env: { ...box.env, ...env },
    cwd: box.project,
    columns: 110,
  });
  await user.waitUntil((text) => /esc leave|code \d+\./.test(text));
  const before = user.history();
  const asked = before.includes('esc leave');
  if (asked) user.send(keys.escape);
  await user.exited;
  return { asked, question: asked ? before : '', screen: user.history(), raw: user.raw() };
}

describe('where it cannot be told whether pip will refuse', () => {
  it('pip has the terminal to itself, as without us', async () => {
    const box = sandbox();
    const modes: Mode[] = ['pty', 'pty-narrow', 'pty-out', 'pipes'];
    // The recording pip is no script of pip's own, which no verdict can be certain about.
    const cases = modes.flatMap((mode) => [
      recorded(box, ['install', 'x'], { mode }),
      recorded(box, ['install', 'x'], { mode, env: { STANDIN: '1' } }),
      recorded(box, ['uninstall', 'x'], { mode, env: { PIP_DETOUR: 'venv', STANDIN: '1' } }),
    ]);
    const found = (await compare(cases)).flatMap(({ direct, through }, at) =>
      direct.seen === null
        ? [`${cases[at]?.title}: the recording pip wrote nothing`]
        : differences(comparable(direct), comparable(through)).map((one) => `${cases[at]?.title}${one}`),
    );
    expect(found).toEqual([]);
  });

  it('pip is started in its own words, which whatever is loaded with it may look at', async () => {
    const box = uncertain();
    const noted = `import sys\nprint(*sys.orig_argv[1:], file=open(${JSON.stringify(`${box.project}/words`)}, 'a'))\n`;
    box.write('odd/sitecustomize.py', noted);
    const { asked } = await typed(box, 'pip install demo-lib');
    expect(asked).toBe(true);
    expect(box.read('words').split('\n')[0]).toMatch(/^\S+\/pip install demo-lib$/);
  });

  it('its refusal stands there once, byte for byte; the question comes below, and leaving it adds nothing', async () => {
    const box = uncertain();
    const direct = await typed(box, `${pip} install demo-lib`);
    const ours = await typed(box, 'pip install demo-lib');
    expect(ours.asked).toBe(true);
    expect(ours.question).toContain("pip's message stands above");
    expect(count(ours.screen, words)).toBe(1);
    const message = direct.raw.slice(0, direct.raw.indexOf('code 1.'));
    expect(message).toContain('\x1b[');
    expect(ours.raw.startsWith(message)).toBe(true);
    expect(ours.screen).toContain('code 1.');
  });

  it('the answer is carried out', async () => {
    const box = uncertain();
    const user = await shell('bash', box);
    user.type('pip install demo-lib');
    await user.waitFor(/❯ 1 {2}Use a virtual environment here[\s\S]*esc leave/);
    user.send(keys.enter);
    expect(await user.ready()).toContain('Successfully installed demo-lib-2.0');
    expect(box.exists('.venv/pyvenv.cfg')).toBe(true);
  });

  it('a choice that stands is taken once pip has refused, whether or not somebody is there', async () => {
    const box = uncertain({ PIP_DETOUR: 'venv' });
    const ran = box.run('pip', ['install', 'demo-lib']);
    expect(ran).toMatchObject({ code: 0 });
    expect(count(ran.stderr, words)).toBe(1);
    expect(ran.stdout).toContain('Successfully installed demo-lib-2.0');
  });

  it('a choice that cannot be taken leaves pip’s message, once, and its exit code', () => {
    const box = uncertain({ PIP_DETOUR: 'active-venv' });
    const ran = box.run('pip', ['install', 'demo-lib']);
    expect(ran.code).toBe(1);
    expect(count(ran.stderr, words)).toBe(1);
  });

  it('a silent refusal is known as one, too', async () => {
    const { asked, screen } = await typed(uncertain(), 'pip install -qqq demo-lib');
    expect(asked).toBe(true);
    expect(screen).not.toContain(words);
  });

  it('nothing named to install: pip’s refusal and one line', async () => {
    const { asked, screen } = await typed(uncertain(), 'pip install');
    expect(asked).toBe(false);
    expect(count(screen, words)).toBe(1);
    expect(screen).toContain('pip-detour: you did not say what to install');
  });

  it.each([
    ['a package that is not there', 'install -t out nosuch', {}],
    ['a requirements file that is not there', 'install -t out -r nosuch.txt', {}],
    ['nothing to uninstall', 'uninstall', {}],
    ['a configuration pip stumbles over', 'install demo-lib', { PIP_CONFIG_FILE: 'broken.conf' }],
    ['the override in the environment', 'install nosuch', { PIP_BREAK_SYSTEM_PACKAGES: '1' }],
    ['--python that is not there', '--python /nosuch/python install x', {}],
  ])('nobody is asked where it failed for another reason: %s', async (_title, line, env) => {
    const box = uncertain(env);
    box.write('broken.conf', '[global\n');
    const direct = await typed(box, `${pip} ${line}`);
    const ours = await typed(box, `pip ${line}`);
    expect(direct.screen).toMatch(/code [12]\./);
    expect(ours).toEqual(direct);
    expect(box.exists('out')).toBe(false);
  });

  it('nobody is asked who pressed Ctrl-C', async () => {
    const box = uncertain();
    const held = heldBuild(box);
    // Waits before pip has come to look for the marker.
    box.write(
      'odd/sitecustomize.py',
      'import sys\nsys.path.insert(0, "slow")\nimport waiting\nwaiting.get_requires_for_build_wheel()\n',
    );
    const user = await shell('bash', box);
    user.type('pip install demo-lib');
    await held.reached();
    user.send(keys.ctrlC);
    await user.ready();
    expect(user.history()).not.toContain('esc leave');
  });

  it('what is asked of pip changes nothing: no log, no cache, no file', () => {
    const box = sandbox();
    const before = box.run('find', [box.home]).stdout;
    for (const line of ['install demo-lib', 'install -t out demo-lib', 'uninstall -y x', 'download demo-lib'])
      box.run(
        '/usr/bin/python3',
        [join(dist, 'lib/pip-witness.py'), '--held', '-', pip, ...line.split(' '), '--log', 'log.txt'],
        {
          env: { PIP_BREAK_SYSTEM_PACKAGES: line.startsWith('un') ? '1' : undefined },
        },
      );
    expect(box.run('find', [box.home]).stdout).toBe(before);
  });
});

describe('behind a wrapper that becomes pip’s Python, as Gentoo and Nix have them', () => {
  function wrapped(box: Sandbox, then: string): Record<string, string> {
    // Any program of a directory called shims may lead anywhere.
    box.write('../../wrappers/shims/.keep', '');
    symlinkSync('/bin/bash', join(box.root, 'wrappers/shims/bash'));
    const interpreter = join(box.root, 'wrappers/shims/bash');
    box.write('../../bin/pip', `#!${interpreter}\nexport WRAPPED=1\n${then}\n`, 0o755);
    return { PATH: `${dist}/shims:${box.root}/bin:/usr/bin:/bin` };
  }

  it('its refusal is known by the Python it has become', async () => {
    const box = sandbox();
    const env = wrapped(box, `exec ${pip} "$@"`);
    const { question, screen } = await typed(box, 'pip install demo-lib', env);
    expect(question).toMatch(/This Python belongs to (Debian|Ubuntu), so/);
    expect(count(screen, words)).toBe(1);
  });

  it('a failure of its own is nothing to ask about', async () => {
    const box = sandbox();
    const env = wrapped(box, 'echo "pip is not for you: error: externally-managed-environment" >&2\nexit 1');
    const { asked, screen } = await typed(box, 'pip install demo-lib', env);
    expect(asked).toBe(false);
    expect(screen).toContain('pip is not for you');
    expect(screen).toContain('code 1.');
  });
});
