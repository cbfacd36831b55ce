import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { python } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';
import { shell } from '../support/shell.ts';

/** An environment without a pip of its own, as uv and PDM make them. */
function pipless(box: ReturnType<typeof sandbox>, directory = join(box.project, '.venv')): string {
  expect(box.run(python, ['-I', '-m', 'venv', '--without-pip', directory]).code).toBe(0);
  return directory;
}

describe('an activated environment without a pip of its own', () => {
  it('is where the package goes, without a question, and one line says so', async () => {
    const box = sandbox();
    const environment = pipless(box);
    const user = await shell('bash', box);
    await user.command('. .venv/bin/activate');
    const screen = await user.command('pip install demo-lib', 20_000);
    expect(screen).toContain('pip-detour: using ~/shop/.venv, because it is activated');
    expect(screen).toContain('Successfully installed demo-lib-2.0');
    expect(screen).not.toContain('PEP 668');
    expect(await user.command('python -c "import demo_lib; print(demo_lib.__file__)"')).toContain(
      environment,
    );
    expect(await user.command('pip uninstall -y demo-lib', 20_000)).toContain('Successfully uninstalled');
    expect(box.exists('.pip-detour')).toBe(false);
  });

  it('also where nobody can answer', () => {
    const box = sandbox();
    const environment = pipless(box, join(box.home, 'elsewhere'));
    const ran = box.run('pip', ['install', 'demo-lib'], { env: { VIRTUAL_ENV: environment } });
    expect(ran.code).toBe(0);
    expect(box.run(join(environment, 'bin/python'), ['-c', 'import demo_lib']).code).toBe(0);
    expect(box.exists('.venv')).toBe(false);
  });

  it.each([
    ['that is gone', '/proc/nowhere'],
    ['that is no environment', '/usr'],
  ])('%s is not used: pip’s own answer', (_, directory) => {
    const ran = sandbox().run('pip', ['install', 'demo-lib'], { env: { VIRTUAL_ENV: directory } });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('hint: See PEP 668');
  });

  it('PIP_DETOUR overrules it', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const environment = pipless(box, join(box.home, 'elsewhere'));
    expect(box.run('pip', ['install', 'demo-lib'], { env: { VIRTUAL_ENV: environment } }).code).toBe(0);
    expect(box.run(join(box.project, '.venv/bin/python'), ['-c', 'import demo_lib']).code).toBe(0);
  });
});

it('an activated environment with a pip of its own never meets us', async () => {
  const box = sandbox({ PIP_DETOUR: 'venv' });
  expect(box.run('pip', ['install', 'demo-lib']).code).toBe(0);
  const user = await shell('bash', box);
  await user.command('. .venv/bin/activate');
  expect(await user.command('command -v pip')).toContain(`${box.project}/.venv/bin/pip`);
  const screen = await user.command('pip install demo-other', 20_000);
  expect(screen).toContain('Successfully installed demo-other-1.0');
  expect(screen).not.toContain('pip-detour:');
});
