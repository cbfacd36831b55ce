import { join } from 'node:path';
import { textOf } from '../system/text-file.ts';

/** Where a git clone came from, and which commit it stands at. */
export interface Clone {
  readonly url: string;
  readonly commit: string;
}

/** Reads a git clone's own files (gitrepository-layout(5)); starts no git. Undefined where they do not say both. */
export function cloneAt(directory: string): Clone | undefined {
  const git = join(directory, '.git');
  const origin = /^\[remote "origin"\]\s*$([^[]*)/m.exec(textOf(join(git, 'config')) ?? '')?.[1];
  const url = /^\s*url\s*=\s*(\S+)\s*$/m.exec(origin ?? '')?.[1];
  const commit = commitOf(git);
  // A path or an address of ssh's own form (`git@host:a/b`) is no URL that pip would take.
  if (url === undefined || commit === undefined || !/^[a-z+]+:\/\//.test(url)) return undefined;
  return { url, commit };
}

function commitOf(git: string): string | undefined {
  const head = textOf(join(git, 'HEAD'))?.trim() ?? '';
  const reference = /^ref: (refs\/[\w./-]+)$/.exec(head)?.[1];
  if (reference === undefined) return hash.exec(head)?.[0];
  const loose = hash.exec(textOf(join(git, reference))?.trim() ?? '')?.[0];
  if (loose !== undefined) return loose;
  const packed = textOf(join(git, 'packed-refs')) ?? '';
  return packed
    .split('\n')
    .find((line) => line.endsWith(` ${reference}`))
    ?.split(' ')[0];
}

const hash = /^[0-9a-f]{40,64}$/;
