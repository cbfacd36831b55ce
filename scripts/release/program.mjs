// The built program as entries of an archive, and what every package says of itself.
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Everything below a directory, as entries of an archive; modes are those that count: may it be run, or not. */
export function tree(directory, under = '') {
  return readdirSync(join(directory, under))
    .sort()
    .flatMap((name) => {
      const path = under === '' ? name : `${under}/${name}`;
      const status = lstatSync(join(directory, path));
      if (status.isDirectory()) return tree(directory, path);
      if (status.isSymbolicLink()) return [{ path, link: readlinkSync(join(directory, path)) }];
      return [fileEntry(path, readFileSync(join(directory, path)), (status.mode & 0o100) !== 0)];
    });
}

/** One file; `executable` where it is to be run. */
export function fileEntry(path, bytes, executable = false) {
  return { path, bytes: Buffer.from(bytes), mode: executable ? 0o755 : 0o644 };
}

/** The entries in a directory of this name. */
export function below(directory, entries) {
  return entries.map((entry) => ({ ...entry, path: `${directory}/${entry.path}` }));
}

/**
 * The program as one of the packages has it. `lib/way` says which one, and the address of the release: `pip-detour doctor`
 * reads both. Links are made where it is set up: neither a wheel nor an npm package can hold one.
 */
export function programFor(way, { program, url }) {
  return [...program.filter(({ link }) => link === undefined), fileEntry('lib/way', `${way}\n${url}\n`)];
}
