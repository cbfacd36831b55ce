import { join } from 'node:path';
import { shortPath } from '../../system/quote.ts';
import type { EnvironmentLook, RunStep, Situation, Step } from '../../types.ts';
import { seesSystem } from './system-site.ts';

/** The steps that make an environment, or make a broken one anew. */
export function creation(situation: Situation, environment: EnvironmentLook): Step[] {
  const { directory, state } = environment;
  const title = `Creating ${shortPath(directory, situation.home)}`;
  return [
    ...packageFirst(situation),
    { kind: 'make', path: directory, ...(state === 'broken' ? { replace: true } : {}) },
    { kind: 'run', ...maker(situation, directory), title, quiet: true, watch: signs },
    { kind: 'write', path: join(directory, '.gitignore'), text: '*\n' },
    { kind: 'write', path: join(directory, 'CACHEDIR.TAG'), text: cacheTag },
  ];
}

/**
 * What `python -m venv` says where symlink(2) fails: `Error: [Errno 1] Operation not permitted: 'lib' -> '…/lib64'`. Of a
 * link in bin/ it makes a copy and only warns (CPython 3.9 to 3.14, venv/__init__.py, symlink_or_copy): such a Python
 * is left behind by the system's upgrades, and every later look takes it for somebody's own file.
 */
const signs = [
  { means: 'no-symlinks', pattern: "^Error: \\[Errno \\d+\\] .*: '[^']*' -> '" },
  { means: 'no-symlinks', pattern: '(^|\\n)Unable to symlink ', fails: true },
] as const;

function maker(situation: Situation, directory: string): Pick<RunStep, 'command' | 'args' | 'cwd'> {
  const { maker, interpreter } = situation;
  const python = interpreter?.executable ?? 'python3';
  const system = seesSystem(situation) === undefined ? [] : ['--system-site-packages'];
  switch (maker.kind) {
    case 'virtualenv':
      // Both read settings where they stand; a repository's are not ours to follow.
      return {
        command: maker.executable,
        args: ['--no-seed', ...system, '--python', python, directory],
        cwd: '/',
      };
    case 'uv':
      return {
        command: maker.executable,
        args: [
          'venv',
          '--quiet',
          '--no-project',
          '--allow-existing',
          ...system,
          '--python',
          python,
          directory,
        ],
        cwd: '/',
      };
    default:
      // -I: with plain -m the current directory comes first on sys.path, and somebody's venv.py would be run.
      return { command: python, args: ['-I', '-m', 'venv', '--without-pip', ...system, directory] };
  }
}

function packageFirst({ maker }: Situation): Step[] {
  if (maker.kind !== 'none' || maker.bringer === undefined) return [];
  const [command = '', ...args] = maker.bringer.words;
  return [{ kind: 'run', command, args, cwd: '/', title: `Installing ${maker.bringer.package}` }];
}

/** The Cache Directory Tagging Specification: backup programs leave such a directory out. */
const cacheTag = `Signature: 8a477f597d28d172789f06886806bc55
# This file marks a Python virtual environment as a directory that can be made again.
`;
