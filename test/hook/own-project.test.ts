import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { usualNames } from '../../src/project/environments.ts';
import { nearestOwnProject, projectFiles } from '../../src/project/find.ts';
import { repositories } from '../../src/project/repository.ts';
import { hookShells } from '../support/hooked.ts';
import { dist, lacks, shellProgram } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';

/** What makes a directory a project of its own is known alike to the program (src/project/find.ts) and to the hooks. */

const own = [
  ...projectFiles,
  ...Object.keys(repositories),
  ...usualNames.map((name) => `${name}/pyvenv.cfg`),
  'odd/pyvenv.cfg + odd/bin/python',
  ...[
    'requirements.txt',
    'requirements-dev.txt',
    'requirements.in',
    'requirements_test.lock',
    'pylock.dev.toml',
    'requirements/base.txt',
  ],
];
const notOwn = [
  'README.md',
  'requirements.md',
  'my-requirements.txt',
  'pylock.toml.bak',
  '.venv/bin/python',
  'odd/pyvenv.cfg',
  '.venv.old/pyvenv.cfg + .venv.old/bin/python',
  'src/setup.py',
  'requirements/README.md',
  'requirements/.txt',
];

/** Prints the names of directories `_pip_detour_real` is set to that are beyond `$top`. */
const asks: Readonly<Record<string, string>> = {
  bash: '. "$HOOK"; _pip_detour_load; set -f; shopt -s failglob; for each in $DIRECTORIES; do _pip_detour_real=$each; if _pip_detour_beyond "$TOP"; then echo "$each"; fi; done',
  zsh: '. "$HOOK"; _pip_detour_load; setopt no_glob; for each in $=DIRECTORIES; do _pip_detour_real=$each; if _pip_detour_beyond "$TOP"; then echo "$each"; fi; done',
  fish: 'source $HOOK; _pip_detour_load; for each in (string split " " $DIRECTORIES); set -g _pip_detour_real $each; if _pip_detour_beyond $TOP; echo $each; end; end',
};
const withoutTheirOwn: Readonly<Record<string, readonly string[]>> = {
  bash: ['--norc', '-i'],
  zsh: ['-f', '-i'],
  fish: ['--no-config', '-i'],
};

it.each(hookShells)('by %s', (name) => {
  if (lacks(name)) return;
  const box = sandbox();
  const directories = [...own, ...notOwn].map((mark, at) => {
    for (const part of mark.split(' + ')) {
      const file = join(box.project, String(at), part);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, '');
    }
    return join(box.project, String(at));
  });
  const ran = box.run(shellProgram(name), [...(withoutTheirOwn[name] ?? []), '-c', asks[name] ?? ''], {
    env: { HOOK: `${dist}/hook.${name}`, TOP: box.project, DIRECTORIES: directories.join(' ') },
  });
  const beyond = directories.slice(0, own.length);
  expect(ran.stdout.trim().split('\n')).toEqual(beyond);
  const known = directories.filter((directory) => nearestOwnProject(directory, box.project) !== undefined);
  expect(known).toEqual(beyond);
});
