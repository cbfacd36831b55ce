import stripAnsi from 'strip-ansi';

/**
 * The refusal as pip prints it on stderr: a line of its own, lower case, never translated
 * (`reference` of ExternallyManagedEnvironment in pip/_internal/exceptions.py, pip 23.0 and later).
 */
const firstLine = 'error: externally-managed-environment';
/** Third line of the same message; a build log that quotes the first line alone is not a refusal. */
const thirdLine = 'This environment is externally managed';

/** Longest piece of a line worth keeping undecided: the sought line with every colour code pip could put in it. */
const longest = 200;

/** Goes through pip's stderr chunk by chunk. */
export interface RefusalWatch {
  /** Takes what pip wrote; returns what may be shown at once. */
  push(chunk: Buffer): Buffer;
  /** What is held back: from the refusal's first line to the end; empty when nothing was recognised. */
  held(): Buffer;
  /** Gives up holding back, for when what looked like a refusal turns out not to be one. */
  release(): Buffer;
  /** True once the refusal's opening lines have been seen whole. */
  seen(): boolean;
}

/** What stands at the start of a line counts: pip indents what a build printed, and that may be another pip's refusal. */
function plain(bytes: Buffer): string {
  return stripAnsi(bytes.toString('utf8')).trimEnd();
}

/** A partial line is held only as long as it can still become the sought one. */
function mayBecome(partial: Buffer): boolean {
  if (partial.length > longest) return false;
  // A colour code cut in two must not look like text.
  const text = stripAnsi(partial.toString('utf8')).replace(/\u001b[^a-zA-Z]*$/, '');
  return firstLine.startsWith(text);
}

/**
 * Lets pip's stderr through as it comes and holds back only a refusal. Colours are stripped for the comparison alone.
 * What follows the first line decides: a blank line, then the sentence; anything else and the bytes are let go.
 */
export function watchForRefusal(): RefusalWatch {
  let line: Buffer = Buffer.alloc(0);
  /** Part of this line has been let through, so the rest of it is no line of its own. */
  let begun = false;
  let held: Buffer[] = [];
  /** Lines held so far; undefined while nothing is. */
  let lines: string[] | undefined;

  /** One whole line (with its end), or at the end of the stream a part of one. Returns what may pass. */
  const take = (whole: Buffer): Buffer => {
    // Longer lines are no part of the opening, and stripping one that was made for it would take hours.
    const text = whole.length > longest ? '(a long line)' : plain(whole);
    if (lines === undefined) {
      if (text !== firstLine) return whole;
      lines = [];
      held = [];
    }
    lines.push(text);
    held.push(whole);
    const fits =
      lines.length === 2 ? text === '' : lines.length === 3 ? text.replace(/^×\s*/, '') === thirdLine : true;
    if (fits) return Buffer.alloc(0);
    const let_go = Buffer.concat(held);
    lines = undefined;
    held = [];
    return let_go;
  };

  return {
    push(chunk) {
      const passed: Buffer[] = [];
      let rest = Buffer.concat([line, chunk]);
      for (let end = rest.indexOf(0x0a); end !== -1; end = rest.indexOf(0x0a)) {
        const whole = rest.subarray(0, end + 1);
        passed.push(begun ? whole : take(whole));
        begun = false;
        rest = rest.subarray(end + 1);
      }
      const wait = !begun && (lines !== undefined || mayBecome(rest));
      line = wait ? rest : Buffer.alloc(0);
      if (!wait) {
        passed.push(rest);
        begun ||= rest.length > 0;
      }
      return Buffer.concat(passed);
    },
    held: () => Buffer.concat([...held, line]),
    release() {
      const all = Buffer.concat([...held, line]);
      begun = line.length > 0;
      line = Buffer.alloc(0);
      held = [];
      lines = undefined;
      return all;
    },
    seen: () => lines !== undefined && lines.length >= 3,
  };
}
