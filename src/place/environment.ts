import { existsSync, lstatSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { redirection } from '../project/redirection.ts';
import { repositoryAround } from '../project/repository.ts';
import { listing } from '../system/listing.ts';
import { isAnybodys, statOf } from '../system/ownership.ts';
import { quote } from '../system/quote.ts';
import { isInside, realPath } from '../system/real-path.ts';
import { textOf } from '../system/text-file.ts';
import type { EnvironmentLook } from '../types.ts';
import { isMountedFrom } from './file-system.ts';
import { heldPackages } from './held-packages.ts';
import { isMadeByUs } from './made-by-us.ts';
import { placesNamed } from './made-for.ts';
import { makerOf, putAsideFor, unfinishedFile } from './unfinished.ts';

type Look = EnvironmentLook;

/** Looks at a directory that is, or should become, a virtual environment (PEP 405). Executes nothing of it. */
export function lookAtEnvironment(directory: string, uid: number, redirected = false): Look {
  const look = lookFromOutside(directory, uid, redirected);
  if (look !== undefined) return look;
  try {
    return lookInside(directory, uid);
  } catch {
    return { directory, state: 'unusable', why: 'cannot be read' };
  }
}

/** The process that is making an environment there right now. */
export function whoMakes(directory: string, uid: number): number | undefined {
  if (lookFromOutside(directory, uid, false) !== undefined) return undefined;
  try {
    const maker = makerOf(directory);
    return typeof maker === 'number' ? maker : undefined;
  } catch {
    return undefined;
  }
}

/** What is to be said of it without looking inside; undefined for a directory that may be looked into. */
function lookFromOutside(directory: string, uid: number, redirected: boolean): Look | undefined {
  const unusable = (why: string): Look => ({ directory, state: 'unusable', why });
  let stat: ReturnType<typeof lstatSync>;
  try {
    stat = lstatSync(directory);
  } catch {
    return putAsideFor(directory) === undefined
      ? { directory, state: 'missing' }
      : brokenLook(directory, 'was being made anew by a run that was killed', putAsideFor(directory));
  }
  if (stat.isSymbolicLink()) {
    // symlink(7): the kernel refuses to follow such a link in /tmp only, and only where that is switched on.
    if (stat.uid !== uid && stat.uid !== 0) return unusable('is a link that another user made');
    try {
      stat = statSync(directory);
    } catch {
      return unusable('is a link to nowhere');
    }
  }
  if (stat.isFile() && !redirected) return lookThrough(directory, uid);
  if (!stat.isDirectory()) return unusable('is not a directory');
  if (stat.uid !== uid) return another(unusable(ownedBy(stat.uid, directory)), stat.uid);
  if (isAnybodys(stat.mode)) return unusable('can be changed by anybody (chmod -R o-w takes that away)');
  return undefined;
}

/** The environment a file stands for; it must pass the same look, and a file leads no further. */
function lookThrough(file: string, uid: number): Look {
  const unusable = (why: string): Look => ({ directory: file, state: 'unusable', why });
  const target = redirection(file);
  if (target === undefined) return unusable('is a file that does not name an environment');
  const look = lookAtEnvironment(target, uid, true);
  if (look.state === 'ready') return { ...look, by: file };
  // Nothing is made or mended where a file that came with a repository points to.
  return unusable(
    look.state === 'missing'
      ? `is not a directory but names ${target}, which is not there: move it away to have an environment made`
      : `is not a directory but names ${target}, which ${look.why}`,
  );
}

/** What a failed `python3 -m venv` leaves: ensurepip was missing, so the scripts were never written (nothing is in it). */
function neverFinished(directory: string, library: string): boolean {
  if (readdirSync(join(directory, 'bin')).some((name) => /^activate/.test(name))) return false;
  const packages = join(directory, 'lib', library, 'site-packages');
  return !existsSync(packages) || readdirSync(packages).length === 0;
}

/** What root left is not in a person's way. What another person put there is no place to pass over in silence. */
function another(look: Look, owner: number): Look {
  return owner === 0 ? { ...look, offersOutside: true } : look;
}

/** What root made by an earlier `sudo` is made the person's own again by one line. */
function ownedBy(owner: number, directory: string): string {
  if (owner !== 0) return 'belongs to another user';
  return `belongs to root (sudo chown -R "$(id -u):$(id -g)" ${quote(directory)} makes it yours)`;
}

/** What a run of somebody else's (`sudo .venv/bin/pip …`) has left in it, where pip has to write. */
function foreignPart(directory: string, library: string, uid: number): number | undefined {
  return ['bin', join('lib', library, 'site-packages')]
    .map((part) => statOf(join(directory, part))?.uid)
    .find((owner) => owner !== undefined && owner !== uid);
}

function lookInside(directory: string, uid: number): Look {
  const broken = (why: string): Look => brokenLook(directory, why, putAsideFor(directory) ?? directory);
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
      : { directory, state: 'unusable', why: 'is not a virtual environment' };
  }
  const settings = readSettings(join(directory, 'pyvenv.cfg'));
  const version = /^\d+\.\d+/.exec(settings.get('version') ?? settings.get('version_info') ?? '')?.[0];
  const python = join(directory, 'bin/python');
  if (!existsSync(python)) return broken(`leads to a Python that is gone (${linkEnd(python)})`);
  const home = settings.get('home');
  if (home?.startsWith('/') === true && !existsSync(home))
    return broken(`leads to a Python that is gone (${home})`);
  if (isInside(realPath(python), repositoryAround(realPath(dirname(directory)))))
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
    return another({ directory, state: 'unusable', why: `in part ${ownedBy(foreign, directory)}` }, foreign);
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
 * With what it holds, so that it can be made anew with that; a run that was killed at it has put the old one aside. What
 * that run itself had installed by then is nobody's yet.
 */
function brokenLook(directory: string, why: string, old: string | undefined): Look {
  const held = old === undefined ? [] : heldPackages(old);
  if (old === undefined || held.length === 0) return { directory, state: 'broken', why };
  const beside = listing(dirname(directory)).filter((name) =>
    name.startsWith(`${basename(directory)}.before-`),
  );
  const sees = seesSystem(textOf(join(old, 'pyvenv.cfg')) ?? '');
  return {
    directory,
    state: 'broken',
    why: old === directory ? why : `${why}; the old one is kept as ${basename(old)} until it is done`,
    held,
    ...(beside.length === 0 ? {} : { beside: beside.filter((name) => name !== basename(old)) }),
    ...(sees ? { seesSystem: true } : {}),
  };
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

/** Whether a pyvenv.cfg lets its Python see the system's packages (CPython's site.py). */
export function seesSystem(settings: string): boolean {
  return /^include-system-site-packages\s*=\s*true\s*$/im.test(settings);
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
