import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dist, pythonName } from '../support/machine.ts';
import { canMount, containerArguments, inContainer } from '../support/machines.ts';
import { managedPython } from '../support/managed.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { shell } from '../support/shell.ts';
import { keys, terminal } from '../support/terminal.ts';

const slow = 30_000;

const root = process.getuid?.() === 0;

/**
 * A managed Python of the test's own, so that nothing of this machine's is broken; its pip comes after the shim. As the
 * system's, it is not for an ordinary user to write to: their pip goes to ~/.local.
 */
function withOwnPython(extra: Record<string, string> = {}): Sandbox & { imports(module: string): boolean } {
  const box = sandbox(extra);
  const own = managedPython(join(box.root, 'python'), '/usr/lib/python3/dist-packages');
  box.env['PATH'] = `${dist}/shims:${own.prefix}/bin:/usr/bin:/bin`;
  chmodSync(own.prefix, 0o555);
  onTestFinished(() => chmodSync(own.prefix, 0o755));
  return { ...box, imports: (module) => box.run(own.executable, ['-c', `import ${module}`]).code === 0 };
}

describe('break-system-packages', () => {
  it('PIP_DETOUR takes it without a question, and one line says so', () => {
    const box = withOwnPython({ PIP_DETOUR: 'break-system-packages' });
    const ran = box.run('pip', ['install', 'demo-lib']);
    expect(ran.stderr).toContain(
      'pip-detour: using --break-system-packages, because PIP_DETOUR=break-system-packages is set',
    );
    expect(ran.stdout).toContain('Successfully installed demo-lib-2.0');
    expect(box.imports('demo_lib')).toBe(true);
    expect(box.run('pip', ['uninstall', '-y', 'demo-lib']).stdout).toContain('Successfully uninstalled');
    expect(box.imports('demo_lib')).toBe(false);
  });

  it('is the last of the ways, says what can break, wants its word, and is not remembered', async () => {
    const box = withOwnPython();
    const user = await shell('bash', box);
    user.type('pip install demo-lib');
    const asked = await user.waitFor('esc leave', slow);
    expect(asked).toMatch(/❯ 1 {2}Use a virtual environment here/);
    const offered = [...asked.matchAll(/^. \d {2}(\w+)/gm)].map((match) => match[1]);
    expect(offered.slice(-2)).toEqual(['Install', 'Leave']);
    user.send(/(\d) {2}Install into/.exec(asked)?.[1] ?? '');
    await user.waitFor(/❯ \d {2}Install into.*[\s\S]*remember.*: no/);
    user.send(keys.enter);
    const personal = `.local/lib/${pythonName}/site-packages`;
    expect(await user.waitFor('type break and enter')).toContain(
      root ? 'dist-packages, for everybody' : `~/${personal}, for you alone`,
    );
    expect(box.imports('demo_lib')).toBe(false);
    user.send('break');
    await user.waitFor('break_');
    user.send(keys.enter);
    const done = await user.ready(slow);
    expect(done).toContain('Successfully installed demo-lib-2.0');
    expect(done).not.toContain('Remembered');
    expect(box.imports('demo_lib')).toBe(true);
    expect(existsSync(join(box.home, personal, 'demo_lib'))).toBe(!root);
    expect(existsSync(join(box.home, '.local/state/pip-detour'))).toBe(false);
  });

  it('is remembered when that was asked for on its line, and is then announced each time', async () => {
    const box = withOwnPython();
    const user = await shell('bash', box);
    user.type('pip install demo-lib');
    const asked = await user.waitFor('esc leave', slow);
    user.send(/(\d) {2}Install into/.exec(asked)?.[1] ?? '');
    await user.waitFor(/remember.*: no/);
    user.send('r');
    await user.waitFor(/remember.*: yes/);
    user.send(keys.enter);
    await user.waitFor('(remembered for ~/shop)');
    user.send('break');
    await user.waitFor('break_');
    user.send(keys.enter);
    expect(await user.ready(slow)).toContain('Remembered for ~/shop');
    const again = box.run('pip', ['install', 'demo-other']);
    expect(again.stderr).toContain(
      'using --break-system-packages, remembered for ~/shop; to be asked again: pip-detour forget',
    );
    expect(again.code).toBe(0);
  });
});

describe.skipIf(!canMount)('in a throw-away container as root', () => {
  it('the system Python is recommended, and Enter is enough', async () => {
    const box = sandbox();
    const line = 'pip install demo-lib; python3 -c "import demo_lib; print(demo_lib.__file__)"';
    const args = containerArguments(box, line, { files: ['/.dockerenv'] });
    const user = terminal('/usr/bin/unshare', args, { env: box.env, cwd: box.project });
    const asked = await user.waitFor('esc leave', slow);
    expect(asked).toMatch(/❯ \d {2}Install into Debian's Python[\s\S]*recommended: a throw-away container/);
    user.send(keys.enter);
    await user.exited;
    expect(user.history()).toContain('Successfully installed demo-lib-2.0');
    expect(user.history()).toMatch(/\/usr\/local\/lib\/python3\.\d+\/dist-packages\/demo_lib/);
  });

  it('PIP_DETOUR does in a Dockerfile what it says', () => {
    const ran = inContainer(sandbox({ PIP_DETOUR: 'break-system-packages' }), 'pip install demo-lib');
    expect(ran.stdout).toContain('Successfully installed demo-lib-2.0');
  });
});
