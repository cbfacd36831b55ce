import { join } from 'node:path';
import { cacheTag, cacheTagFile } from '../../place/made-by-us.ts';
import { shortPath } from '../../system/quote.ts';
import type { EnvironmentLook, RepairStep, RunStep, Situation, Step } from '../../types.ts';
import { runnerFor } from './environment-pip.ts';
import { installHeldAgain, keptAside, settled } from './make-anew.ts';
import { fetched, planted } from './seeding.ts';
import { seesSystem } from './system-site.ts';

/**
 * The steps after which an environment may be installed into: none for one that is ready, a repair for one that was moved
 * or copied, else those that make it (`settings`: what is written into it first), or make a broken one anew with what it held.
 */
export function makeOrMend(
  situation: Situation,
  environment: EnvironmentLook,
  settings: readonly Step[] = [],
): Step[] {
  switch (environment.state) {
    case 'ready':
    case 'making':
      return [];
    case 'misplaced':
      return [repairing(situation, environment)];
    default:
      return creation(situation, environment, settings);
  }
}

/** The step that tells an environment where it lies. */
function repairing({ home }: Situation, { directory, madeFor = [] }: EnvironmentLook): RepairStep {
  return { kind: 'repair', directory, from: madeFor, title: `Repairing ${shortPath(directory, home)}` };
}

function creation(situation: Situation, environment: EnvironmentLook, settings: readonly Step[]): Step[] {
  const { directory, state } = environment;
  const title = `Creating ${shortPath(directory, situation.home)}`;
  const kept = keptAside(situation, environment);
  return [
    ...packageFirst(situation),
    {
      kind: 'make',
      path: directory,
      ...(state === 'broken' ? { replace: true } : {}),
      ...(kept === undefined ? {} : { keep: kept }),
    },
    { kind: 'run', ...maker(situation, environment), title, quiet: true, watch: signs },
    { kind: 'write', path: join(directory, '.gitignore'), text: '*\n' },
    { kind: 'write', path: join(directory, cacheTagFile), text: cacheTag },
    ...planted(situation, directory, ['setuptools']),
    ...settings,
    ...(kept === undefined
      ? []
      : [
          ...installHeldAgain(situation, environment, kept),
          ...(situation.installer === 'uv' && situation.maker.kind === 'uv'
            ? []
            : [
                ...planted(situation, directory, ['pip']),
                ...fetched(situation, directory, runnerFor(situation, environment)),
              ]),
          settled(situation, environment, kept),
        ]),
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

function maker(
  situation: Situation,
  { directory, seesSystem: saw }: EnvironmentLook,
): Pick<RunStep, 'command' | 'args' | 'cwd'> {
  const { maker, interpreter } = situation;
  const python = interpreter?.executable ?? 'python3';
  const system = seesSystem(situation) === undefined && saw !== true ? [] : ['--system-site-packages'];
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
