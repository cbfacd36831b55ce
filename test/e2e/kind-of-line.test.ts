import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { remember } from '../../src/memory/choices.ts';
import type { DetourId } from '../../src/types.ts';
import { choose } from '../support/choose.ts';
import { lacks } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { shell } from '../support/shell.ts';

/** A choice speaks for the kind of line it was made for. */

let box: Sandbox;
let state: string;
beforeEach(() => {
  box = sandbox();
  state = join(box.home, '.local/state/pip-detour');
});

const pip = (...words: string[]) => box.run('pip', words);

describe.skipIf(lacks('pipx'))('pipx, chosen before', () => {
  const sources: readonly (readonly [string, () => Promise<void> | void])[] = [
    ['remembered', () => remember(state, box.project, 'pipx')],
    ['set', () => void box.run('pip-detour', ['config', 'set', 'detour', 'pipx'])],
  ];

  it.each(sources)('and %s, is taken for an application', async (_, say) => {
    await say();
    const ran = pip('install', 'demo-app');
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain('pip-detour: using pipx, ');
  });

  it.each(sources)(
    'and %s, is not taken for a known library: pip refuses, and what venv would do is said',
    async (_, say) => {
      await say();
      const ran = pip('install', 'requests');
      expect(ran.code).toBe(1);
      expect(ran.stderr).toMatch(
        /pipx \(.*\) is not taken here, because requests is a library, and pipx is for applications/,
      );
      expect(ran.stderr).toContain('error: externally-managed-environment');
      expect(ran.stderr).toMatch(/Another way is PIP_DETOUR=venv: create ~\/shop\/\.venv · Python 3\.\d+\./);
      expect(ran.stdout + ran.stderr).not.toContain('No apps associated');
    },
  );

  it.each(sources)('and %s, gives way where pipx finds no commands', async (_, say) => {
    await say();
    const ran = pip('install', 'demo-lib');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(
      'not done after all: demo-lib has no commands to run, so pipx did not install it.',
    );
    expect(ran.stderr).toContain('error: externally-managed-environment');
    expect(ran.stderr).toContain('Another way is PIP_DETOUR=venv: create ~/shop/.venv');
  });

  it('is followed where it was typed for this very line', () => {
    const ran = box.run('pip', ['install', 'demo-lib'], { env: { PIP_DETOUR: 'pipx' } });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('demo-lib');
    expect(ran.stderr).not.toContain('externally-managed');
  });

  it('leads to the question at a terminal, which says why and takes another way', async () => {
    await remember(state, box.project, 'pipx');
    const user = await shell('bash', box, { columns: 140 });
    user.type('pip install demo-lib');
    const screen = await user.waitFor('esc leave');
    expect(screen).toContain('demo-lib has no commands to run, so pipx did not install it.');
    expect(screen).toMatch(/– +Install as an app with pipx +demo-lib has no commands to run/);
    await choose(user, /virtual environment/);
    expect(await user.ready()).toContain('Installed into ~/shop/.venv');
  });

  it('agents get the other way as the line to run', async () => {
    await remember(state, box.project, 'pipx');
    const { stderr } = box.run('pip', ['install', 'demo-lib'], { env: { AI_AGENT: '1' } });
    expect(JSON.parse(/^pip-detour-hint: (.*)$/m.exec(stderr)?.[1] ?? '{}')).toMatchObject({
      notTaken: expect.stringContaining('pipx is not taken here, because demo-lib has no commands to run'),
      run: 'PIP_DETOUR=venv pip install demo-lib',
    });
  });

  it('explain says it beforehand', async () => {
    await remember(state, box.project, 'pipx');
    const { stdout } = box.run('pip-detour', ['explain', '--', 'pip', 'install', 'requests']);
    expect(stdout).toContain('you would be asked first: requests is a library, and pipx is for applications');
  });
});

describe('every other choice that cannot be right for the line', () => {
  const rows: readonly (readonly [DetourId, readonly string[], RegExp])[] = [
    ['pipx', ['-r', 'requirements.txt'], /-r/],
    ['pipx', ['-e', '.'], /-e is for working on a project/],
    ['system-package', ['demo-lib'], /has no package for demo-lib|could not be asked|has no list/],
    ['system-package', ['-r', 'requirements.txt'], /only pip can read requirements\.txt/],
    [
      'project-manager',
      ['-r', 'requirements.txt'],
      /-r: Poetry reads no requirements file when it adds|not here|is not|not found/,
    ],
    ['other-python', ['demo-lib'], /./],
  ];
  it.each(rows)('%s for pip install %j: why is said, and what venv would do', async (detour, words, why) => {
    mkdirSync(join(box.project, 'lib'));
    box.write('requirements.txt', 'demo-lib\n');
    if (detour === 'project-manager') {
      box.write('poetry.lock', '');
      box.write('pyproject.toml', '[tool.poetry]\nname = "shop"\n');
    }
    await remember(state, box.project, detour);
    const ran = pip('install', ...words);
    expect(ran.code).toBe(1);
    expect(/is not taken here, (.*)/.exec(ran.stderr)?.[1]).toMatch(why);
    expect(ran.stderr).toContain(`${detour} (remembered for ~/shop) is not taken here, because `);
    expect(ran.stderr).toContain('error: externally-managed-environment');
    expect(ran.stderr).toContain('Another way is PIP_DETOUR=venv: create ~/shop/.venv');
  });
});
