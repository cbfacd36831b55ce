import { basename, dirname } from 'node:path';
import { statOf } from '../system/ownership.ts';
import { quote, shortPath, typable } from '../system/quote.ts';
import type { EnvironmentLook } from '../types.ts';

/** A clause: why an environment is misplaced, broken or unusable. A path in it is written as a person writes it. */
export function whyOf({ why = '', madeFor: [place = ''] = [] }: EnvironmentLook, home: string): string {
  return place === '' ? why : why.replace(place, () => shortPath(place, home));
}

/** The same of one that is unusable, with what to type in `cwd` where something else only lies in its place. */
export function whyUnusable(look: EnvironmentLook, home: string, cwd?: string): string {
  const why = whyOf(look, home);
  return look.inTheWay === true ? `${why}; to make room for one, type: ${awayLine(look, home, cwd)}` : why;
}

/**
 * What to type to have an environment where something else lies; nothing is written over. In `cwd` itself the names alone,
 * which fit a narrow terminal.
 */
export function awayLine({ directory }: EnvironmentLook, home: string, cwd?: string): string {
  const free = ['.old', '.old2', '.old3'].find((end) => statOf(`${directory}${end}`, false) === undefined);
  const isHere = dirname(directory) === cwd && !basename(directory).startsWith('-');
  const typed = (path: string) => (isHere ? quote(basename(path)) : typable(path, home));
  return `mv ${typed(directory)} ${typed(`${directory}${free ?? '.old4'}`)}`;
}
