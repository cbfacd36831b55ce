import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { listing } from '../system/listing.ts';
import { isInside } from '../system/real-path.ts';
import { replaceByLink, replaceFile } from '../system/replace-file.ts';
import { bytesOf, longest, textOf } from '../system/text-file.ts';
import type { RepairStep } from '../types.ts';
import { type Relocation, relocation } from './relocation.ts';
import {
  names,
  repairedCode,
  repairedHead,
  repairedJson,
  repairedPaths,
  repairedScript,
  repairedSettings,
} from './repaired-text.ts';

/*
 * An environment that was moved or copied is told where it lies. Each file is written beside the old one and put in its
 * place whole: another environment that shares it by a hard or a symbolic link keeps what it has. What says where it was
 * made, `bin/activate`, comes last: a run that was killed leaves one that is still known to be misplaced.
 */

/** What a file, or a symbolic link, of an environment is to be. */
export type Repair =
  | { readonly file: string; readonly bytes: Buffer }
  | { readonly file: string; readonly leadsTo: string };

/** What repairing an environment changes, and what it leaves as it is. */
export interface Repairs {
  readonly changes: readonly Repair[];
  /** Files that go on naming the old place, for where they lie now cannot be written into them. */
  readonly left: readonly string[];
}

type Where = Pick<RepairStep, 'directory' | 'from'>;
/** Whom a file is asked for: the places it may name, and where it lies (a real path). */
interface Move {
  readonly from: readonly string[];
  readonly to: string;
  readonly moved: Relocation;
}

/** A command is seldom longer than this (bytes); what is, is no script. */
const longestCommand = 16_000_000;

/** What is to be changed in an environment, in the order it is to be done; changes nothing. */
export function repairsOf({ directory, from }: Where): Repairs {
  const to = realpathSync(directory);
  const move: Move = { from, to, moved: relocation(from, to) };
  const bin = listing(join(to, 'bin')).map((name) => join(to, 'bin', name));
  const links = [...listing(to).map((name) => join(to, name)), ...bin].flatMap((path) =>
    relinked(path, move),
  );
  const files = bin.filter((path) => !links.some(({ file }) => file === path));
  const scripts = files.filter(isShellScript).sort((a, b) => rank(a) - rank(b));
  const changed = scripts.flatMap((file) => {
    const text = textOf(file) ?? '';
    const now = repairedScript(text, basename(file), from, to);
    return now === text ? [] : [{ file, bytes: Buffer.from(now) }];
  });
  return {
    changes: [
      ...links,
      ...files.filter((file) => !isShellScript(file)).flatMap((file) => repairedCommand(file, move)),
      ...repairedPackages(move),
      ...repaired(join(to, 'pyvenv.cfg'), (text) => repairedSettings(text, from, to)),
      ...changed,
    ],
    left: scripts.filter((file) => {
      const now = changed.find((one) => one.file === file)?.bytes.toString('utf8') ?? textOf(file) ?? '';
      return !from.some((place) => isInside(to, place)) && names(now, from);
    }),
  };
}

/** Repairs an environment in place. @throws what writing there throws; the files repaired before that stay repaired. */
export function repair(where: Where): Repairs {
  const repairs = repairsOf(where);
  for (const change of repairs.changes)
    if ('leadsTo' in change) replaceByLink(change.file, change.leadsTo);
    else replaceFile(change.file, change.bytes);
  return repairs;
}

function isShellScript(file: string): boolean {
  return /^(?:de)?activate/i.test(basename(file));
}

function rank(file: string): number {
  return basename(file) === 'activate' ? 1 : 0;
}

/** A link to the old place by its full path leads to the same thing here; one to a Python, to where that leads in the end. */
function relinked(link: string, { from, to }: Move): { file: string; leadsTo: string }[] {
  if (!lstatSync(link).isSymbolicLink()) return [];
  const target = readlinkSync(link);
  const place = from.find((one) => target.startsWith('/') && isInside(target, one));
  if (place === undefined) return [];
  const here = join(to, relative(place, target));
  if (here !== link) return [{ file: link, leadsTo: here }];
  // `cp -rs` leaves a link for every file: what is a script is written anew, the rest may stay shared.
  return /^(?:python|pypy)[\d.]*$/.test(basename(link)) ? [{ file: link, leadsTo: realpathSync(link) }] : [];
}

function repairedCommand(file: string, { from, to, moved }: Move): Repair[] {
  const bytes = bytesOf(file, longestCommand);
  const now = bytes === undefined ? undefined : repairedHead(bytes, from, to);
  if (now === undefined) return [];
  const text = now.length > longest || now.includes(0) ? undefined : now.toString('utf8');
  // What setuptools' `develop` has left names the script of the project that it runs.
  const isText = text !== undefined && Buffer.from(text).equals(now);
  return [{ file, bytes: isText ? Buffer.from(repairedCode(text, moved)) : now }];
}

/** What leads to the project or into the environment by its full path: editable installs, a notebook's kernel. */
function repairedPackages({ to, moved }: Move): Repair[] {
  const sites = listing(join(to, 'lib')).map((library) => join(to, 'lib', library, 'site-packages'));
  const kernels = join(to, 'share/jupyter/kernels');
  return [
    ...sites.flatMap((site) =>
      listing(site).flatMap((name) => {
        const file = join(site, name);
        if (/\.(?:pth|egg-link)$/.test(name)) return repaired(file, (text) => repairedPaths(text, moved));
        if (/^_.*editable.*\.py$/.test(name)) return repaired(file, (text) => repairedCode(text, moved));
        if (!name.endsWith('.dist-info')) return [];
        return repaired(join(file, 'direct_url.json'), (text) => repairedJson(text, moved));
      }),
    ),
    ...listing(kernels).flatMap((name) =>
      repaired(join(kernels, name, 'kernel.json'), (text) => repairedJson(text, moved)),
    ),
  ];
}

function repaired(file: string, by: (text: string) => string): Repair[] {
  const text = textOf(file);
  const now = text === undefined ? undefined : by(text);
  return now === undefined || now === text ? [] : [{ file, bytes: Buffer.from(now) }];
}
