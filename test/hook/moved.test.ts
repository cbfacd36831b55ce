import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rememberChoice } from '../../src/flow/remember.ts';
import { meaningOf } from '../../src/memory/meaning.ts';
import { isConfirmed, publish } from '../../src/shell/activation.ts';
import { readEnvironment } from '../../src/system/variables.ts';
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

  it.skipIf(lacks(name) || lacks('git'))(
    'or replaced is asked about where it may be somebody else’s; one made anew by hand is entered without a word',
    { timeout: 60_000 },
    async () => {
      const box = sandbox();
      const at = (...names: string[]) => join(box.home, ...names);
      const environment = (of: string) => at(of, of === 'apart' ? '../envs/x' : '.venv');
      const make = (of: string) => box.run(python, ['-m', 'venv', '--without-pip', environment(of)]);
      const then = new Date('2026-01-01');
      for (const of of ['over', 'pulled', 'led', 'python', 'anew', 'apart', 'same', 'alone']) {
        mkdirSync(at(of));
        make(of);
        const means = meaningOf({ environment: environment(of) }, process.getuid?.() ?? -1);
        const detour = of === 'apart' ? 'active-venv' : 'venv';
        await rememberChoice(readEnvironment(box.env), at(of), detour, { ...means, activate: 'always' });
        utimesSync(at('.local/state/pip-detour/shell/auto', at(of), '.pip-detour-environment'), then, then);
        if (of === 'same' || of === 'python') utimesSync(at(of, '.venv/pyvenv.cfg'), then, then);
        else if (of !== 'over') rmSync(environment(of), { recursive: true });
        if (of === 'led') symlinkSync(at('same/.venv'), at(of, '.venv'));
        else if (of === 'pulled') box.run('cp', ['-R', at('over/.venv'), at(of)]);
        else if (of === 'python') {
          rmSync(at(of, '.venv/bin/python'));
          box.write(`../${of}/.venv/bin/python`, '#!/bin/sh\n', 0o755);
        } else if (of !== 'same') make(of);
      }
      for (const of of ['pulled', 'over', 'python'])
        box.run('sh', ['-c', 'git init -q && git add -f .venv'], { cwd: at(of) });
      const set = name === 'fish' ? 'set -g _pip_detour_shim /nowhere' : '_pip_detour_shim=/nowhere';
      const comes = ['pulled', 'over', 'led', 'python', 'pulled', 'anew', 'apart', 'same'].flatMap((of) => [
        `cd ~/${of}`,
        says[name].show('VIRTUAL_ENV'),
      ]);
      const ran = typed(name, box, [...comes, set, 'cd ~/alone', says[name].show('VIRTUAL_ENV')], {
        cwd: box.home,
        timeout: 30_000,
      });
      const told = ran.stderr.split('\n').filter((line) => line.includes('pip-detour: '));
      const asks = '; pip install NAME asks once whether to use it, and remembers your answer';
      expect(told.map((line) => line.slice(line.indexOf('pip-detour: ')))).toEqual([
        `pip-detour: not entered: ~/pulled/.venv came with the repository, and what is in it would be run${asks}`,
        `pip-detour: not entered: ~/over/.venv came with the repository, and what is in it would be run${asks}`,
        `pip-detour: not entered: ~/led/.venv leads to another environment now: ~/same/.venv${asks}`,
        'pip-detour: not entered: ~/python/.venv has a python that is not an installed Python; move it away (mv ~/python/.venv ~/python/.venv.old), and pip install NAME makes another',
        'pip-detour: in ~/anew/.venv, as chosen here (deactivate leaves it)',
        `pip-detour: not entered: ~/alone/.venv has changed since you chose it, and pip-detour could not check it; to be in it all the same: source ~/alone/.venv/bin/activate${name === 'fish' ? '.fish' : ''}`,
      ]);
      expect([...ran.stdout.matchAll(/VIRTUAL_ENV is <(.*)>/g)].map(([, entered]) => entered)).toEqual([
        ...[
          'unset',
          'unset',
          'unset',
          'unset',
          'unset',
          at('anew/.venv'),
          at('envs/x'),
          at('same/.venv'),
          'unset',
        ],
      ]);
      const state = at('.local/state/pip-detour');
      expect(['pulled', 'anew'].map((of) => isConfirmed(state, at(of), at(of, '.venv')))).toEqual([
        false,
        true,
      ]);
    },
  );
});
