import type { Missing } from '../../types.ts';

/** One way of saying that something is missing. */
export interface Rule {
  readonly kind: Missing['kind'];
  /** Its group `name` is what is missing; `names` are several, in quotes or with commas. */
  readonly pattern: RegExp;
  /** What it is called instead, where the words name it otherwise. */
  readonly as?: string;
  /** Where the words have it in capitals: cmake's `DOXYGEN_EXECUTABLE`. */
  readonly inLowerCase?: true;
  /** Whose package it is, where the words tell how to get one. */
  readonly by?: string;
}

/** A name as programs print it, for a pattern: no option, no shell word. */
export const word = '[A-Za-z_][\\w.+-]*';

/** Such a name, or a path of them that leads nowhere else. */
export const path = `${word}(?:/[\\w.+-]+)*`;
