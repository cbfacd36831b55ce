/** What a check found. `note` is worth knowing and no fault; what failed always says what to type. */
export type Finding =
  | { readonly check: Check; readonly state: 'ok' | 'note'; readonly says: string }
  | { readonly check: Check; readonly state: 'failed'; readonly says: string; readonly mend: string };

/** Stable names, for `--json`. */
export type Check =
  | 'program'
  | 'origin'
  | 'node'
  | 'leftovers'
  | 'this-terminal'
  | 'this-shell'
  | 'shell'
  | 'versioned-pips'
  | 'real-pip'
  | 'marker'
  | 'overrides'
  | 'pipx'
  | 'settings'
  | 'memory'
  | 'environments'
  | 'live-install';

/** All is well with it. */
export function ok(check: Check, says: string): Finding {
  return { check, state: 'ok', says };
}

/** Worth knowing, and nothing to mend. */
export function note(check: Check, says: string): Finding {
  return { check, state: 'note', says };
}

/** `mend` is what to type, or to do where no command can do it. */
export function failed(check: Check, says: string, mend: string): Finding {
  return { check, state: 'failed', says, mend };
}
