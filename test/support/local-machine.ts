import { mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { quote } from '../../src/system/quote.ts';
import { pyenv } from './pythons.ts';
import type { Sandbox } from './sandbox.ts';

/** A view of this machine whose /usr/local and /opt are directories of the sandbox, to be filled before it is entered. */
export interface LocalMachine {
  /** What will stand at `/usr/local`, `/opt` or below. */
  at(path: string): string;
  /** The arguments for `unshare` before the command that is run there. */
  readonly enter: readonly string[];
  /** Node's place in there: this machine's own may lie under what is covered. */
  readonly node: string;
  /** Where pyenv is seen by people who may not look into its owner's home. */
  readonly pyenv: string;
}

/** Needs mounts of its own (`canMount`). */
export function localMachine(box: Sandbox): LocalMachine {
  const trees = { '/usr/local': join(box.root, 'usr-local'), '/opt': join(box.root, 'opt') };
  const [node, itsPyenv] = [join(box.root, 'node'), join(box.root, 'pyenv')];
  for (const directory of [...Object.values(trees), node, itsPyenv]) mkdirSync(directory);
  const mounts = [
    `mount --bind ${quote(dirname(process.execPath))} ${quote(node)}`,
    `if [ -d ${quote(pyenv)} ]; then mount --bind ${quote(pyenv)} ${quote(itsPyenv)}; fi`,
    ...Object.entries(trees).map(([place, tree]) => `mount --bind ${quote(tree)} ${place}`),
  ];
  return {
    at(path) {
      const [place, tree] = Object.entries(trees).find(([root]) => `${path}/`.startsWith(`${root}/`)) ?? [
        '',
        '',
      ];
      return join(tree, path.slice(place.length));
    },
    enter: ['--mount', '--', '/bin/sh', '-ec', `${mounts.join('\n')}\nexec "$@"`, 'sh'],
    node: join(node, basename(process.execPath)),
    pyenv: itsPyenv,
  };
}
