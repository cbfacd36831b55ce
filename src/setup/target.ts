import { dirname, join } from 'node:path';
import { DetourError } from '../system/errors.ts';
import { quote, shortPath } from '../system/quote.ts';
import type { Environment } from '../system/variables.ts';
import { missingDirectories } from './files.ts';
import { type FrontPlan, mayBeFront, planFront } from './front.ts';
import { machineFiles, machineFront, refuseForAll } from './machine.ts';
import { installedDirectory, isProgram, programDirectory } from './place.ts';
import type { RcFile } from './shells.ts';
import { isPackaged, isTemporary, originOf } from './way.ts';

/** Where it is to be set up. */
export interface SetupTarget {
  /** What the rc line will name. */
  readonly directory: string;
  /** What has to lie there first; undefined where the program itself does. */
  readonly front: FrontPlan | undefined;
  /** Directories that are made on the way. */
  readonly made: readonly string[];
  /** The files of all users' shells; undefined: of this person's. */
  readonly files: readonly RcFile[] | undefined;
}

/** For whoever runs this. @throws DetourError `not-installed`, `temporary-copy`, `installed-otherwise`. */
export function targetForPerson(environment: Environment): SetupTarget {
  const program = programDirectory(environment);
  if (!isProgram(program))
    throw new DetourError(
      'not-installed',
      `${program} is not a complete pip-detour`,
      'run ./install.sh again',
    );
  const origin = originOf(program);
  if (!isPackaged(origin)) return { directory: program, front: undefined, made: [], files: undefined };
  const short = (path: string) => shortPath(path, environment.home);
  if (isTemporary(program))
    throw new DetourError(
      'temporary-copy',
      `${short(program)} is deleted by itself sooner or later, so it cannot be set up`,
      'install it to stay: pipx install, uv tool install or npm install --global',
    );
  const directory = installedDirectory(environment);
  if (directory !== machineFront && !mayBeFront(directory))
    throw new DetourError(
      'installed-otherwise',
      `install.sh has installed another pip-detour in ${short(directory)}`,
      `type this, and then the same command again: ${quote(join(directory, 'shims/pip-detour'))} uninstall --keep-memory`,
    );
  return {
    directory,
    front: planFront(directory, program),
    made: missingDirectories(dirname(directory)),
    files: undefined,
  };
}

/** For all of a machine's users. @throws DetourError `not-root`, `not-for-all`. */
export function targetForAll(environment: Environment): SetupTarget {
  const program = programDirectory(environment);
  refuseForAll([`${program}/lib/start.cjs`, process.execPath]);
  return {
    directory: machineFront,
    front: planFront(machineFront, program),
    made: missingDirectories(dirname(machineFront)),
    files: machineFiles(),
  };
}
