import { mkdirSync, readFileSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type HookShell, hooked, hookShells } from '../support/hooked.ts';
import { lacks, pythonName } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys } from '../support/terminal.ts';

/** A week of one person in one project: what is typed each day, and what has become of the directory meanwhile. */

const slow = 60_000;
/** A minor version that this machine's Python is not. */
const before = 'python3.7';

async function terminalIn(name: HookShell, box: Sandbox, directory: string) {
  const user = await hooked(name, box, { cwd: join(box.home, directory), columns: 180 });
  return { ...user, inside: () => user.variable('VIRTUAL_ENV') };
}

/** An environment as an upgrade of the system leaves it: made for the Python before, its links lead to the new one. */
function upgraded(environment: string): void {
  renameSync(join(environment, 'lib', pythonName), join(environment, 'lib', before));
  unlinkSync(join(environment, 'bin', pythonName));
  symlinkSync('python3', join(environment, 'bin', before));
  const settings = join(environment, 'pyvenv.cfg');
  writeFileSync(
    settings,
    readFileSync(settings, 'utf8').replace(/^version = .*$/m, `version = ${before.slice(6)}.9`),
  );
}

describe.each(hookShells)('a week in %s', (name) => {
  it.skipIf(lacks(name))(
    'ends with everything that was installed on its first day',
    { timeout: 240_000 },
    async () => {
      const box = sandbox();
      box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
      box.write('app.py', 'import demo_lib, sys\nopen("ran", "w").write(sys.prefix)\n');
      mkdirSync(join(box.home, 'elsewhere'));

      // Monday: pip refuses, and asks once.
      const monday = await terminalIn(name, box, 'shop');
      monday.type('pip install demo-lib demo-app');
      await monday.waitFor(/a activate: always here/, slow);
      monday.send(keys.enter);
      expect(await monday.ready(slow)).toContain('Installed into ~/shop/.venv; this shell is in it now');

      // Tuesday: a new terminal agrees in everything with what was installed, and leaving leaves it.
      const tuesday = await terminalIn(name, box, 'shop');
      expect(tuesday.history()).toContain('pip-detour: in ~/shop/.venv, as chosen here');
      const frozen = await tuesday.command('pip freeze > requirements.lock; cat requirements.lock', slow);
      expect(frozen).toMatch(/^demo-app==2\.0$/m);
      expect(box.read('requirements.lock').split('\n')).toHaveLength(3);
      expect(await tuesday.command('python -c "import demo_lib; print(6 * 7)"')).toMatch(/^42$/m);
      expect(await tuesday.command('demo-app')).toMatch(/^demo-app 2\.0$/m);
      await tuesday.command('cd ../elsewhere');
      expect(await tuesday.inside()).toBe('unset');
      expect(await tuesday.command('demo-app')).not.toMatch(/^demo-app 2\.0$/m);

      // Wednesday: the folder has another name.
      renameSync(box.project, join(box.home, 'store'));
      const environment = join(box.home, 'store/.venv');
      const wednesday = await terminalIn(name, box, 'store');
      expect(wednesday.history()).toContain(
        '~/store/.venv was made for ~/shop/.venv (moved or copied); to repair it: pip-detour repair',
      );
      expect(await wednesday.inside()).toBe('unset');
      expect(await wednesday.command('pip-detour run demo-app', slow)).toMatch(
        /was made for .*pip-detour repair/s,
      );
      const repaired = await wednesday.command('pip-detour repair', slow);
      expect(repaired).toContain('~/store/.venv works again.');
      expect(await wednesday.command('pip-detour run demo-app', slow)).toMatch(/^demo-app 2\.0$/m);
      const along = 'pip-detour choices move ~/shop ~/store';
      expect(repaired).toContain(`remembered; to take that along: ${along}\n`);
      await wednesday.command(along, slow);
      expect(await wednesday.inside()).toBe(environment);
      await wednesday.command('pip install demo-other', slow);

      // Thursday: the system's Python is another.
      upgraded(environment);
      const thursday = await terminalIn(name, box, 'store');
      const says =
        '~/store/.venv, remembered here, was made for another Python than it runs now (upgraded); to repair it: pip-detour repair';
      expect(thursday.history().split(says)).toHaveLength(2);
      expect(await thursday.inside()).toBe('unset');
      expect(await thursday.command('pip-detour repair', slow)).toContain('~/store/.venv works again.');
      expect(await thursday.inside()).toBe(environment);
      expect(await thursday.command('pip freeze', slow)).toMatch(
        /^demo-app==2\.0\s+demo-lib==2\.0\s+demo-other/m,
      );

      // Friday: cron, which reads nothing of a shell's.
      const friday = await terminalIn(name, box, 'store');
      await friday.command('pip-detour where --for cron app.py > ../line', slow);
      const line = readFileSync(join(box.home, 'line'), 'utf8').replace(/^0 7 \* \* \* /, '');
      const bare = ['-i', `HOME=${box.home}`, 'PATH=/usr/bin:/bin', '/bin/sh', '-c', line];
      expect(box.run('/usr/bin/env', bare, { cwd: box.home })).toMatchObject({ code: 0, stderr: '' });
      expect(readFileSync(join(box.home, 'store/ran'), 'utf8')).toBe(environment);
    },
  );
});
