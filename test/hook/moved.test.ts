import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publish } from '../../src/shell/activation.ts';
import { hookShells, says } from '../support/hooked.ts';
import { lacks, python } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';
import { typed } from '../support/typed.ts';

/** A folder that has another name since its environment was made: the shell says so where it comes, and how to repair it. */

describe.each(hookShells)('in %s, an environment that was moved or copied', (name) => {
  it.skipIf(lacks(name))(
    'is named once with its repair, there and after a listing; what merely lies there is not',
    { timeout: 60_000 },
    () => {
      const box = sandbox();
      const of = "it's a shop";
      const at = (...names: string[]) => join(box.home, ...names);
      for (const project of [of, 'copied', 'theirs', 'other', 'dead', 'fine']) {
        mkdirSync(at(project, 'src'), { recursive: true });
        box.run(python, ['-m', 'venv', '--without-pip', at(project, '.venv')]);
        if (project !== 'theirs')
          publish(at('.local/state/pip-detour'), at(project), at(project, '.venv'), { always: true });
      }
      renameSync(at(of), at('store'));
      box.run('cp', ['-a', at('copied'), at('copy')], { cwd: box.home });
      renameSync(at('theirs'), at('unpacked'));
      renameSync(at('dead/.venv'), at('dead/.venv.old'));
      // Another name of one that is in its place.
      symlinkSync(at('other/.venv'), at('copied/link'));
      // What is remembered for a directory is of another by now.
      renameSync(at('other'), at('aside'));
      mkdirSync(at('other'));
      renameSync(at('copied/.venv'), at('other/.venv'));
      // Without a terminal fish has no such event.
      const list = 'cd ~/unpacked; pip freeze>/dev/null';
      const listing = name === 'fish' ? `emit fish_preexec '${list}'; ${list}` : list;
      const ran = typed(
        name,
        box,
        [
          ...['cd ~/store/src', 'true', 'cd ~', 'cd ~/store'],
          ...['cd ~/copy', 'cd ~/unpacked', 'cd ~/other', 'cd ~/fine', says[name].show('VIRTUAL_ENV')],
          ...['cd ~/dead', listing, listing],
        ],
        { cwd: box.home, timeout: 30_000 },
      );
      const told = ran.stderr.split('\n').filter((line) => line.includes('pip-detour: '));
      const repair = '(moved or copied); to repair it: pip-detour repair';
      const was = /(?<=was made for )~.*a.*shop['"]?/.exec(ran.stderr)?.[0];
      expect(told.map((line) => line.slice(line.indexOf('pip-detour: ')))).toEqual([
        `pip-detour: ~/store/.venv was made for ${was}/.venv ${repair}`,
        `pip-detour: ~/copy/.venv was made for ~/copied/.venv ${repair}`,
        `pip-detour: ~/other/.venv, remembered here, was made for ~/copied/.venv ${repair}`,
        'pip-detour: in ~/fine/.venv, as chosen here (deactivate leaves it)',
        `pip-detour: ~/dead/.venv, remembered here, is gone; to make it anew: pip install ...`,
        `pip-detour: pip did not look into ~/unpacked/.venv, this directory's environment, which was made for ~/theirs/.venv ${repair}`,
      ]);
      expect(ran.stdout).toContain(`VIRTUAL_ENV is <${at('fine/.venv')}>`);
    },
  );
});
