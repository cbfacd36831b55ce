import { existsSync, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryAround } from '../project/repository.ts';
import { statOf } from '../system/ownership.ts';
import { isInside, realPath } from '../system/real-path.ts';
import { textOf } from '../system/text-file.ts';
import type { EnvironmentLook } from '../types.ts';
import { copiesInstalled } from './copied-python.ts';
import { brokenLook } from './environment-broken.ts';
import { ofAnother, ownedBy } from './environment-owner.ts';
import { isMountedFrom } from './file-system.ts';
import { isMadeByUs } from './made-by-us.ts';
import { placesNamed } from './made-for.ts';
import { makerOf, putAsideFor, unfinishedFile } from './unfinished.ts';

/** What a failed `python3 -m venv` leaves: ensurepip was missing, so the scripts were never written (nothing is in it). */
function neverFinished(directory: string, library: string): boolean {
  if (readdirSync(join(directory, 'bin')).some((name) => /^activate/.test(name))) return false;
  const packages = join(directory, 'lib', library, 'site-packages');
  return !existsSync(packages) || readdirSync(packages).length === 0;
}

/** What a run of somebody else's (`sudo .venv/bin/pip …`) has left in it, where pip has to write. */
function foreignPart(directory: string, library: string, uid: number): number | undefined {
  return ['bin', join('lib', library, 'site-packages')]
    .map((part) => statOf(join(directory, part))?.uid)
    .find((owner) => owner !== undefined && owner !== uid);
}

/** What the files inside an environment say of its state. @throws what reading them throws. */
export function lookInside(directory: string, uid: number): EnvironmentLook {
  const broken = (why: string): EnvironmentLook =>
    brokenLook(directory, why, putAsideFor(directory) ?? directory);
  const maker = makerOf(directory);
  if (typeof maker === 'number')
    return { directory, state: 'making', why: 'is being made by another pip-detour right now', maker };
  if (maker === 'gone') return brokenLook(directory, 'was left half-made', putAsideFor(directory));
  if (maker === 'taken-over')
    return {
      directory,
      state: 'unusable',
      why: `was left half-made by a run that was killed, and was changed since: remove ${unfinishedFile} in it to keep it, or all of it`,
    };

  const names = readdirSync(directory);
  if (!names.includes('pyvenv.cfg')) {
    return isHalfMade(directory, names)
      ? broken(names.length === 0 ? 'is empty' : 'was left half-made')
      : { directory, state: 'unusable', why: 'is not a virtual environment', inTheWay: true };
  }
  const settings = readSettings(join(directory, 'pyvenv.cfg'));
  const version = /^\d+\.\d+/.exec(settings.get('version') ?? settings.get('version_info') ?? '')?.[0];
  const python = join(directory, 'bin/python');
  if (!existsSync(python)) return broken(`leads to a Python that is gone (${linkEnd(python)})`);
  const home = settings.get('home');
  if (home?.startsWith('/') === true && !existsSync(home))
    return broken(`leads to a Python that is gone (${home})`);
  const around = repositoryAround(realPath(dirname(directory)));
  if (isInside(realPath(python), around) && !copiesInstalled(python, { home, version, around }))
    return {
      directory,
      state: 'unusable',
      why: 'has a python that is not an installed Python',
    };
  const libraries = readdirSync(join(directory, 'lib')).filter((name) => /^(python|pypy)\d/.test(name));
  const library = libraries.find((name) => version !== undefined && name.endsWith(version));
  if (version === undefined || library === undefined)
    return broken('has another Python than its pyvenv.cfg says');
  const real = /(\d+\.\d+)$/.exec(realPath(python))?.[1];
  if (real !== undefined && real !== version)
    return broken(`was made for Python ${version}, but runs ${real} now`);
  if (neverFinished(directory, library)) return broken('was left half-made');
  const foreign = uid === 0 ? undefined : foreignPart(directory, library, uid);
  if (foreign !== undefined)
    return ofAnother(
      { directory, state: 'unusable', why: `in part ${ownedBy(foreign, directory)}` },
      foreign,
    );
  const { elsewhere, noexec } = placesNamed(realPath(directory));
  if (noexec)
    return {
      directory,
      state: 'unusable',
      why: 'lies on a disk where no program can be run (noexec)',
      offersOutside: true,
    };
  const [origin] = elsewhere;
  if (origin !== undefined && !existsSync(origin) && isMountedFrom(realPath(directory), origin))
    return {
      directory,
      state: 'unusable',
      why: `is mounted here from ${origin} and was made to lie there: a repair for this place would break it there`,
      offersOutside: true,
    };
  const pip = join(directory, 'lib', library, 'site-packages/pip');
  const hasRunner = existsSync(join(pip, '__pip-runner__.py'));
  return {
    directory,
    version,
    ...(settings.get('include-system-site-packages')?.toLowerCase() === 'true' ? { seesSystem: true } : {}),
    ...(existsSync(join(pip, '__init__.py'))
      ? { pip, ...(hasRunner ? {} : { oldPip: true }) }
      : isMadeByUs(directory)
        ? { owed: true }
        : {}),
    ...(elsewhere[0] === undefined
      ? { state: 'ready' }
      : { state: 'misplaced', why: whyMisplaced(elsewhere[0]), madeFor: elsewhere }),
  };
}

function whyMisplaced(place: string): string {
  return existsSync(join(place, 'pyvenv.cfg')) ? `is a copy of ${place}` : `was made for ${place}`;
}

/**
 * What an interrupted `python -m venv` leaves before it writes pyvenv.cfg: directories without a file. Files there are
 * somebody's, who may have a `venv` that is no environment, unless a python leads out of it as only an environment's does.
 */
function isHalfMade(directory: string, names: readonly string[]): boolean {
  if (!names.every((name) => ['bin', 'include', 'lib', 'lib64', '.gitignore'].includes(name))) return false;
  if (lstatSync(join(directory, 'bin/python'), { throwIfNoEntry: false })?.isSymbolicLink() === true)
    return true;
  return !['bin', 'include', 'lib'].some(
    (name) =>
      names.includes(name) &&
      readdirSync(join(directory, name), { recursive: true, withFileTypes: true }).some((entry) =>
        entry.isFile(),
      ),
  );
}

/** pyvenv.cfg: `key = value` lines, keys in any case (CPython's site.py reads it so). */
function readSettings(file: string): Map<string, string> {
  const settings = new Map<string, string>();
  const text = textOf(file);
  // Whose look this is takes it for an environment that cannot be read, and leaves it alone.
  if (text === undefined) throw new Error(`${file} is no text`);
  for (const line of text.split('\n')) {
    const at = line.indexOf('=');
    if (at > 0) settings.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
  }
  return settings;
}

/** Follows `python` → `python3` → … inside bin/ to the name that is missing. */
function linkEnd(path: string): string {
  let current = path;
  for (let hop = 0; hop < 10; hop += 1) {
    let next: string;
    try {
      next = readlinkSync(current);
    } catch {
      return current;
    }
    current = next.startsWith('/') ? next : join(dirname(current), next);
  }
  return current;
}
