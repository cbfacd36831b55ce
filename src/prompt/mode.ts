/** What the decision between the drawn prompt and the plain one rests on. */
export interface Surface {
  /** Of stderr; 0 or undefined when it would not say. */
  readonly columns: number | undefined;
  readonly rows: number | undefined;
  /** `TERM`. */
  readonly term: string | undefined;
  /** Wished for: `ACCESSIBLE`, a screen reader, a setting (`environment.plain`). */
  readonly plain: boolean;
  /** How many options the question has. */
  readonly options: number;
}

/** Narrower than this, lines are cut to nothing. */
const fewestColumns = 20;

/** Beside one line per option: headline, command, place, notice, the keys on up to four lines, and the cursor's own. */
const otherRows = 9;

/**
 * `ink` draws and redraws; `plain` is a numbered list that only ever appends. Drawing needs a terminal that can move
 * its cursor and has room for the whole frame: what has scrolled off the top cannot be redrawn.
 */
export function mode(surface: Surface): 'ink' | 'plain' {
  if (surface.plain || surface.term === undefined || surface.term === '' || surface.term === 'dumb')
    return 'plain';
  if ((surface.columns ?? 0) < fewestColumns) return 'plain';
  return (surface.rows ?? 0) < surface.options + otherRows ? 'plain' : 'ink';
}
