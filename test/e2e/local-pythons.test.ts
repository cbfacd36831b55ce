import { chmodSync, cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { choose } from '../support/choose.ts';
import { type LocalMachine, localMachine } from '../support/local-machine.ts';
import { dist, lacks, python, pythonName, systemIsManaged } from '../support/machine.ts';
import { canMount } from '../support/machines.ts';
import { pyenvVersions, pythonOfPyenv } from '../support/pythons.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { shell } from '../support/shell.ts';

const slow = 60_000;

/** Real Pythons that nobody manages: pyenv's, as they lie after `make altinstall`. The system's own minor version, too. */
const newest = pyenvVersions().findLast((name) => /^3\.1\d\./.test(name) && !isSystems(name));
const same = pyenvVersions().find(isSystems);

function isSystems(version: string): boolean {
  return version.startsWith(`${pythonName.slice('python'.length)}.`);
}

const nameOf = (version = '') => `python${version.split('.').slice(0, 2).join('.')}`;

/** Debian's pip keeps what root installs in /usr/local, beside what is built there. */
const debians = `/usr/local/lib/${pythonName}/dist-packages`;

function machineWith(box: Sandbox, version = ''): LocalMachine {
  const machine = localMachine(box);
  pythonOfPyenv(machine.at('/usr/local'), version, machine.pyenv);
  const kept = machine.at(`${debians}/demo_kept-1.0.dist-info`);
  mkdirSync(kept, { recursive: true });
  writeFileSync(join(kept, 'METADATA'), 'Metadata-Version: 2.1\nName: demo-kept\nVersion: 1.0\n');
  chmodSync(box.root, 0o755);
  return machine;
}

function boxFor(): Sandbox {
  const box = sandbox();
  const path = `${dist}/shims:/usr/local/bin:/usr/bin:/bin:${join(box.root, 'node')}`;
  Object.assign(box.env, { PATH: path });
  return box;
}

describe.skipIf(!canMount || !systemIsManaged() || newest === undefined)(
  'a real Python of /usr/local, which nobody manages',
  () => {
    const program = `/usr/local/bin/${nameOf(newest)}`;

    it('is offered where pip is refused, installs with its own pip, and is remembered', async () => {
      const box = boxFor();
      const machine = machineWith(box, newest);
      const under = ['/usr/bin/unshare', ...machine.enter];
      const user = await shell('bash', box, { under, columns: 110 });
      user.type('pip install demo-app');
      const shown = `Use another Python\\s+${program}, Python ${newest}`;
      await user.waitFor(new RegExp(shown.replaceAll('.', '\\.')), slow);
      await choose(user, /Use another Python/);
      const done = await user.ready(slow);
      expect(done).toContain('Successfully installed demo-app-2.0');
      expect(done).toContain(`Installed into ${program}, Python ${newest}. It runs as ${program}`);
      expect(await user.command('/usr/local/bin/demo-app')).toContain('demo-app 2.0');
      expect(readdirSync(machine.at(`/usr/local/lib/${nameOf(newest)}/site-packages`))).toContain(
        'demo_app-2.0.dist-info',
      );

      const again = await user.command('pip install demo-lib', slow);
      expect(again).toContain('remembered for ~/shop');
      expect(again).toContain('Successfully installed demo-lib-2.0');
      expect(await user.command('pip uninstall -y demo-lib', slow)).toContain(
        'Successfully uninstalled demo-lib-2.0',
      );

      // Debian's own pip has neither gained nor lost anything.
      const debian = await user.command(`${python} -m pip list --format=freeze`, slow);
      expect(debian).toContain('demo-kept==1.0');
      expect(debian).not.toContain('demo-app');
      expect(readdirSync(machine.at(debians))).toEqual(['demo_kept-1.0.dist-info']);
    });

    it.skipIf(lacks('setpriv'))('that is root’s gives an ordinary user a place of their own', () => {
      const box = boxFor();
      const machine = machineWith(box, newest);
      cpSync(box.wheels, join(box.root, 'wheels'), { recursive: true });
      box.run('chown', ['-R', '1000:1000', box.home]);
      const env = {
        PIP_FIND_LINKS: join(box.root, 'wheels'),
        PIP_DETOUR: 'other-python',
        LD_LIBRARY_PATH: join(machine.pyenv, 'versions', newest ?? '', 'lib'),
      };
      const line = [
        'setpriv',
        '--reuid=1000',
        '--regid=1000',
        '--clear-groups',
        'pip',
        'install',
        'demo-lib',
      ];
      const ran = box.run('unshare', [...machine.enter, ...line], { env });
      expect(ran.stderr).toContain('in your user site, because you may not write to its own');
      expect(ran).toMatchObject({ code: 0 });
      expect(box.exists(`../.local/lib/${nameOf(newest)}/site-packages/demo_lib`)).toBe(true);
    });
  },
);

describe.skipIf(!canMount || !systemIsManaged() || newest === undefined)(
  'a conda environment under /opt (real Pythons, laid out and marked as conda does)',
  () => {
    it('is installed into, and its base, newer or not, is left alone', () => {
      const box = boxFor();
      const machine = localMachine(box);
      const base = machine.at('/opt/conda');
      for (const [prefix, record] of [
        [base, 'conda-25.1.0-0.json'],
        [join(base, 'envs/data'), 'python-3.12.2-h0.json'],
      ] as const) {
        pythonOfPyenv(prefix, newest ?? '', machine.pyenv);
        symlinkSync(nameOf(newest), join(prefix, 'bin/python'));
        mkdirSync(join(prefix, 'conda-meta'));
        writeFileSync(join(prefix, 'conda-meta', record), '{}');
      }
      const env = { PIP_DETOUR: 'other-python' };
      const ran = box.run('unshare', [...machine.enter, 'pip', 'install', 'demo-lib'], { env });
      expect(ran).toMatchObject({ code: 0 });
      expect(ran.stderr).toContain(`Installed into conda data, Python ${newest}`);
      expect(ran.stderr).toContain('conda activate data');
      const site = `lib/${nameOf(newest)}/site-packages`;
      expect(readdirSync(join(base, 'envs/data', site))).toContain('demo_lib');
      expect(readdirSync(join(base, site))).not.toContain('demo_lib');
    });
  },
);

describe.skipIf(!canMount || !systemIsManaged() || same === undefined)(
  'a Python of /usr/local of the same version as the distribution’s',
  () => {
    it('is another one all the same, and the two keep apart', () => {
      const box = boxFor();
      const machine = machineWith(box, same);
      const line = `pip install demo-lib && /usr/local/bin/${pythonName} -c 'import demo_lib; print(demo_lib.__file__)' && ! ${python} -c 'import demo_lib'`;
      const env = { PIP_DETOUR: 'other-python' };
      const ran = box.run('unshare', [...machine.enter, 'sh', '-c', line], { env });
      expect(ran).toMatchObject({ code: 0 });
      expect(ran.stdout).toContain(`/usr/local/lib/${pythonName}/site-packages/demo_lib`);
      expect(readdirSync(machine.at(debians))).toEqual(['demo_kept-1.0.dist-info']);
    });
  },
);
