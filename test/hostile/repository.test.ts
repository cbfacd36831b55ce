import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeProgram } from '../install/support.ts';
import { lacks, systemIsManaged } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { lookAtAll } from './from-all-sides.ts';
import { layTripwires, type Tripwires } from './tripwires.ts';

/** Threats 1 to 4 of docs/security.md: standing in somebody's checkout runs nothing of it. */

const managed = systemIsManaged() && !lacks('pip');

/** Where somebody stands, who has the checkout's own directories on PATH, after ours and after the system's. */
function inCheckout(change: Readonly<Record<string, string>> = {}): Sandbox & Tripwires {
  const box = sandbox(change);
  const wires = layTripwires(box.project);
  const [shims = '', ...system] = (box.env['PATH'] ?? '').split(':');
  box.env['PATH'] = [shims, ...system, '.', '', 'bin', 'node_modules/.bin'].join(':');
  return { ...box, ...wires };
}

/**
 * What the same line runs where we are not there. Only `lsb_release` may be: pip names the distribution to the index, and
 * asks that program by PATH, before it looks at the marker for `uninstall` (pip 25.1.1, pip/_internal/network/session.py,
 * user_agent, and pip/_vendor/distro/distro.py, _lsb_release_info); a system that has one has it before the checkout's.
 */
function runByPipAlone(command: string, args: readonly string[]): readonly string[] {
  const box = inCheckout();
  box.env['PATH'] = (box.env['PATH'] ?? '').split(':').slice(1).join(':');
  box.run(command, args);
  const names = box.tripped();
  expect(names.filter((name) => name !== 'lsb_release')).toEqual([]);
  return names;
}

/** The programs are still found where they lie: a test in which nothing can trip proves nothing. */
it('has tripwires that trip', () => {
  const box = inCheckout();
  box.run('/bin/sh', ['-c', './uv; /usr/bin/python3 -m venv x; . .venv/bin/activate']);
  expect(box.tripped()).toEqual(expect.arrayContaining(['uv', 'venv.py', '.venv/bin/activate']));
});

describe.skipIf(!managed)('in a checkout full of traps nothing of it runs, whatever is asked', () => {
  const lines: readonly (readonly [string, ...string[]])[] = [
    ['pip', 'list'],
    ['pip', '--version'],
    ['pip', 'install', 'demo-lib'],
    ['pip', 'install', '-r', 'requirements.txt'],
    ['pip', 'uninstall', '-y', 'demo-lib'],
    ['pip3', 'install', 'ruff'],
    ['pip-detour', 'status'],
    ['pip-detour', 'status', '--json'],
    ['pip-detour', 'explain', '--', 'pip', 'install', 'demo-lib', 'ruff'],
    ['pip-detour', 'explain', '--', 'pip', 'install', '-e', '.'],
    ['pip-detour', 'choices'],
    ['pip-detour', 'forget'],
  ];
  it.each(lines)('%s %s %s %s %s', (command, ...args) => {
    const box = inCheckout();
    box.run(command, args);
    expect(box.tripped()).toEqual(command.startsWith('pip-') ? [] : runByPipAlone(command, args));
  });

  it.each([
    ['NODE_OPTIONS', '--require ./evil.cjs'],
    ['NODE_PATH', './node_modules'],
    ['NODE_REPL_EXTERNAL_MODULE', './evil.cjs'],
  ])('nor by way of %s', (name, value) => {
    const box = inCheckout({ [name]: value });
    box.run('pip', ['install', 'demo-lib']);
    box.run('pip-detour', ['status']);
    expect(box.tripped()).toEqual([]);
  });

  it('nor while the prompt is open, its details and help are read, and it is left', async () => {
    const box = inCheckout();
    // What is recommended here depends on who one is, and on pipx's version.
    await lookAtAll(box, 'pip', ['install', 'demo-lib', 'demo-app'], box.project, 'Enter runs:', '1');
    expect(box.tripped()).toEqual([]);
  });

  /** PATH with its directories before the system's, as a tool that sets PATH for a project may put them there. */
  const foremost = (box: Sandbox) => {
    const [shims, ...rest] = (box.env['PATH'] ?? '').split(':');
    return [shims, '.', box.project, join(box.project, 'bin'), ...rest].join(':');
  };

  it.each([
    ['status'],
    ['explain', '--', 'pip', 'install', 'demo-lib', 'ruff'],
    ['doctor', '--quick'],
    ['demo'],
  ])('nor by pip-detour %s where PATH has its directories before the system’s', (...args) => {
    const box = inCheckout({ SHELL: '/bin/zsh' });
    const [, ...others] = (box.env['PATH'] ?? '').split(':');
    box.env['PATH'] = [join(placeProgram(box), 'shims'), ...others].join(':');
    // bash is set up, and is not the person's own: it is looked for on PATH.
    box.run('pip-detour', ['setup', '--shell', 'bash']);
    box.run('pip-detour', args, { env: { PATH: foremost(box) } });
    // The system's rc file of bash asks id, by the person's PATH: that is their shell's doing.
    expect(box.tripped().filter((name) => name !== 'id' && name !== 'bin/id')).toEqual([]);
  });

  it('nor is one of its files the editor for settings', () => {
    const box = inCheckout();
    const tools = join(box.home, 'tools');
    mkdirSync(tools);
    writeFileSync(join(tools, 'editor'), '#!/bin/sh\necho edited "$@"\n', { mode: 0o755 });
    const ran = box.run('pip-detour', ['config', 'edit'], {
      env: { PATH: foremost(box).replace('/usr/local/sbin', `${tools}:/usr/local/sbin`) },
    });
    expect(box.tripped()).toEqual([]);
    expect(ran.stdout).toMatch(/^edited .*\/config\.toml$/m);
  });

  it('nor from a directory further down, whose PATH leads up again', () => {
    const box = inCheckout();
    const below = join(box.project, 'src/deep');
    mkdirSync(below, { recursive: true });
    const env = { PATH: `${box.env['PATH']}:../..:../../bin` };
    box.run('pip', ['install', 'demo-lib'], { cwd: below, env });
    box.run('pip-detour', ['status'], { cwd: below, env });
    expect(box.tripped()).toEqual([]);
  });
});
