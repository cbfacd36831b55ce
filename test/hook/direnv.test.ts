import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publish } from '../../src/shell/activation.ts';
import { hooked, hookShells } from '../support/hooked.ts';
import { lacks, python } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';

/** What a real direnv activates is never entered over, left or replaced; beside it, what is remembered is entered as ever. */

const hook = {
  bash: 'eval "$(direnv hook bash)"',
  zsh: 'eval "$(direnv hook zsh)"',
  fish: 'direnv hook fish | source',
};

describe.each(hookShells)('in %s', (name) => {
  it.skipIf(lacks(name, 'direnv')).each(['before', 'after'] as const)(
    'with direnv’s line %s ours, each directory has its own',
    { timeout: 90_000 },
    async (where) => {
      const box = sandbox();
      const of = (...names: string[]) => join(box.home, ...names);
      // Remembered as well as direnv's; direnv's alone; remembered alone.
      for (const project of ['both', 'theirs', 'ours', 'both/inner']) {
        mkdirSync(of(project, 'src'), { recursive: true });
        for (const directory of ['.venv', 'other'])
          box.run(python, ['-m', 'venv', '--without-pip', of(project, directory)]);
        if (project !== 'theirs')
          publish(of('.local/state/pip-detour'), of(project), of(project, '.venv'), { always: true });
        if (['both', 'theirs'].includes(project)) {
          const there = of(project, 'other');
          writeFileSync(of(project, '.envrc'), `export VIRTUAL_ENV='${there}'\nPATH_add '${there}/bin'\n`);
          box.run('/usr/bin/direnv', ['allow', of(project)]);
        }
      }
      const user = await hooked(name, box, {
        cwd: box.home,
        env: { PATH: `${box.env['PATH']}:/usr/bin` },
        lines: where === 'before' ? [hook[name]] : [],
      });
      if (where === 'after') await user.command(hook[name]);
      const now = async () => {
        // What direnv does, it does at a prompt, some of it after us.
        await user.command('true');
        return user.variable('VIRTUAL_ENV');
      };
      for (const [directory, environment] of [
        ['both', of('both/other')],
        ['both/src', of('both/other')],
        ['ours', of('ours/.venv')],
        ['theirs', of('theirs/other')],
        ['ours/src', of('ours/.venv')],
        ['both', of('both/other')],
        ['.', 'unset'],
        ['ours', of('ours/.venv')],
        ['.', 'unset'],
      ] as const) {
        await user.command(`cd ~/${directory}`);
        expect(await now(), directory).toBe(environment);
        const path = await user.variable('PATH');
        const bins = path.split(/[: ]/).filter((entry) => /\/(other|\.venv)\/bin$/.test(entry));
        expect(bins, directory).toEqual(environment === 'unset' ? [] : [`${environment}/bin`]);
      }
      expect(user.history()).not.toMatch(/_pip_detour_\w+:|syntax error|not found/i);
    },
  );

  it.skipIf(lacks(name, 'direnv')).each(['before', 'after'] as const)(
    'with direnv’s line %s ours, a PATH that it sets and takes back has nothing of another directory’s',
    { timeout: 90_000 },
    async (where) => {
      const box = sandbox();
      const of = (...names: string[]) => join(box.home, ...names);
      for (const project of ['store', 'shop']) {
        mkdirSync(of(project), { recursive: true });
        box.run(python, ['-m', 'venv', '--without-pip', of(project, '.venv')]);
        publish(of('.local/state/pip-detour'), of(project), of(project, '.venv'), { always: true });
      }
      const user = await hooked(name, box, {
        cwd: of('store'),
        env: { PATH: `${box.env['PATH']}:/usr/bin` },
        lines: where === 'before' ? [hook[name]] : [],
      });
      if (where === 'after') await user.command(hook[name]);
      await user.command('true');
      expect(await user.variable('VIRTUAL_ENV')).toBe(of('store/.venv'));
      // Allowed while its environment is entered, so that direnv knows a PATH with that.
      await user.command("echo 'PATH_add bin' >.envrc; direnv allow");
      await user.command('true');
      for (const [directory, bins] of [
        ['shop', ['shop/.venv/bin']],
        ['store', ['store/.venv/bin', 'store/bin']],
        ['shop', ['shop/.venv/bin']],
        ['.', []],
        ['store', ['store/.venv/bin', 'store/bin']],
        ['.', []],
        ['shop', ['shop/.venv/bin']],
      ] as const) {
        await user.command(`cd ~/${directory}`);
        // The first program that is typed there is its own already.
        if (directory !== '.')
          expect(await user.command('command -v python')).toContain(of(directory, '.venv/bin/python'));
        await user.command('true');
        const path = (await user.variable('PATH')).split(/[: ]/);
        const ours = path.filter((entry) => /\/(?:store|shop)\//.test(entry));
        expect(ours.sort(), directory).toEqual(bins.map((bin) => of(bin)).sort());
      }
    },
  );
});
