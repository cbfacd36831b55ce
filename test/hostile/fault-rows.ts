import { resolve } from 'node:path';
import { type Fault, withFault } from '../support/faults.ts';
import type { Ran, Sandbox } from '../support/sandbox.ts';

/** What can go wrong, by what it is called in docs/faults.md. */
export const faults = {
  ENOSPC: 'disk full (ENOSPC)',
  EACCES: 'not permitted (EACCES)',
  EIO: 'disk fails (EIO)',
  EMFILE: 'too many files (EMFILE)',
  gone: 'interpreter gone (ENOENT)',
  killed: 'SIGKILL',
} as const;

/** What is left in the project. Of what is `unfinished` the next run knows, and makes it anew. */
export type Left = 'as before' | 'finished' | 'finished outside the project' | 'unfinished';

/** One cell of the table. */
export interface Row {
  readonly stage: string;
  readonly fault: keyof typeof faults;
  /** Where it strikes, in words. */
  readonly where: string;
  readonly left: Left;
  readonly code: number;
  /** What is said, as a pattern for stderr or stdout. */
  readonly says: RegExp;
  strike(box: Sandbox): Ran & { readonly struck: boolean };
}

const install = ['pip', 'install', 'demo-lib'];

const mark = '.venv/.pip-detour-unfinished';

/** A fault at calls of these names on exactly this path of the project, while a choice stands. */
function at(names: string, path: string, fault: Fault): Row['strike'] {
  return (box) => {
    box.env['PIP_DETOUR'] = 'venv';
    return withFault(box, { names: names.split(' '), paths: [resolve(box.project, path)] }, fault, install);
  };
}

const making = 'making .venv';
const own = 'giving it a pip of its own';
const notDone = /Not done: Giving it a pip of its own\. Everything else is\./;

export const rows: readonly Row[] = [
  {
    stage: 'the shim, before Node',
    fault: 'EMFILE',
    where: 'a choice stands and `ulimit -n` is 16, of which Node would die',
    left: 'as before',
    code: 1,
    says: /^pip-detour: too few files may be open here .*; running the real pip\nerror: externally-managed-environment/,
    strike(box) {
      const line = `ulimit -n 16; ${install.join(' ')}`;
      return { ...box.run('bash', ['-c', line], { env: { PIP_DETOUR: 'venv' } }), struck: true };
    },
  },
  ...(['ENOSPC', 'EACCES', 'EIO'] as const).map(
    (error): Row => ({
      stage: making,
      fault: error,
      where: 'the link bin/python3 is made, for which venv then puts a copy',
      left: 'finished outside the project',
      code: 0,
      says: /no symbolic links can be made in the project/,
      strike: at('symlink symlinkat', '.venv/bin/python3', { error }),
    }),
  ),
  {
    stage: making,
    fault: 'EIO',
    where: 'it is marked as unfinished',
    left: 'as before',
    code: 1,
    says: /^pip-detour: disk-fails: .*EIO.*\nhint: .*dmesg/m,
    strike: at('openat', mark, { error: 'EIO' }),
  },
  {
    stage: making,
    fault: 'EMFILE',
    where: 'it is marked as unfinished',
    left: 'as before',
    code: 1,
    says: /^pip-detour: too-many-files: .*EMFILE.*\nhint: ulimit -n 1024/m,
    strike: at('openat', mark, { error: 'EMFILE' }),
  },
  {
    stage: making,
    fault: 'EMFILE',
    where: 'Python is started',
    left: 'as before',
    code: 1,
    says: /^pip-detour: too-many-files: .*EMFILE.*\nhint: ulimit -n 1024/m,
    strike: at('execve', '/usr/bin/python3', { error: 'EMFILE' }),
  },
  {
    stage: 'the end: the mark of the unfinished is removed',
    fault: 'EIO',
    where: 'it cannot be removed, only written to',
    left: 'finished',
    code: 0,
    says: /Successfully installed demo-lib-2\.0/,
    strike: at('unlink unlinkat', mark, { error: 'EIO' }),
  },
  {
    stage: 'the end: the mark of the unfinished is removed',
    fault: 'EACCES',
    where: 'it can neither be removed nor written to, and so nothing of the environment can',
    left: 'unfinished',
    code: 1,
    says: /^pip-detour: not-writable: .*EACCES/m,
    strike(box) {
      const paths = [resolve(box.project, mark)];
      box.env['PIP_DETOUR'] = 'venv';
      const names = ['unlink', 'unlinkat'];
      return withFault(box, { names, paths, again: ['openat'] }, { error: 'EACCES' }, install);
    },
  },
  {
    stage: own,
    fault: 'ENOSPC',
    where: 'its scripts are put in their place',
    left: 'finished',
    code: 0,
    says: notDone,
    strike: at('rename', '.venv/.pip-detour-pip/bin/pip3', { error: 'ENOSPC' }),
  },
  {
    stage: own,
    fault: 'killed',
    where: 'the package is put in its place, last of all',
    left: 'finished',
    code: 0,
    says: notDone,
    strike: at('rename', '.venv/.pip-detour-pip/pip', 'kill'),
  },
];
