/**
 * Edits of an rc file's text, and their exact undoing. Texts are Latin-1 readings of the bytes (`Buffer.toString('latin1')`),
 * so that whatever encoding a file has, every byte comes back as it was.
 */

/** Ends our line. What stands after it says what else must go with the line: nothing here depends on another file. */
const marker = '# >>> pip-detour >>>';
/** By how many newlines before our line are ours as well, because the file had no final one. */
const withNewlines = ['', ' (and the newline before it)', ' (and the two newlines before it)'];
/** There was no such file: when nothing else is in it, it goes too. */
const withFile = ' (and this file)';

/** A start-up file with our line in it. */
export interface LineAdded {
  readonly text: string;
  /** What was found: `same` changes nothing, `off` is our line commented out by the person, which is respected. */
  readonly found: 'nothing' | 'same' | 'other' | 'off' | 'elsewhere';
}

/** `before` with the command on a marked line of its own, last; undefined stands for a file that is not there. */
export function addLine(before: string | undefined, command: string): LineAdded {
  const text = before ?? '';
  const present = find(text);
  if (present !== undefined) {
    if (/^\s*#/.test(present.line)) return { text, found: 'off' };
    const tail = present.line.slice(present.line.indexOf(marker));
    const wanted = `${latin1(command)} ${tail}`;
    const after = text.slice(0, present.start) + wanted + text.slice(present.start + present.line.length);
    return { text: after, found: after === text ? 'same' : 'other' };
  }
  const newline = lineEnd(text);
  const newlines = missingNewlines(text);
  const flag = before === undefined ? withFile : withNewlines[newlines];
  return {
    text: `${text}${newline.repeat(newlines)}${latin1(command)} ${marker}${flag}${newline}`,
    found: 'nothing',
  };
}

/** The same with the line at the end, wherever it stood: what is written after it may have undone it. */
export function addLineLast(before: string | undefined, command: string): LineAdded {
  const added = addLine(before, command);
  if (before === undefined || added.found === 'nothing' || added.found === 'off') return added;
  const { text } = addLine(removeLines(before), command);
  return { text, found: text === before ? 'same' : 'elsewhere' };
}

/** The text without our lines, as it would be had they never been added; undefined when the file should go as well. */
export function removeLines(before: string): string | undefined {
  let text = before;
  let ours = false;
  for (let present = find(text); present !== undefined; present = find(text)) {
    ours ||= present.line.includes(withFile);
    text = withoutLine(text, present);
  }
  return ours && text === '' ? undefined : text;
}

function withoutLine(text: string, { start, line }: Line): string {
  const end = start + line.length;
  const ending = /^\r?\n?/.exec(text.slice(end))?.[0] ?? '';
  const rest = text.slice(end + ending.length);
  const kept = text.slice(0, start);
  // Where the person built something around our command, the command alone goes: `:` is one that does nothing.
  const command = /(?<before>.*?)if (?:\[|test) -r .*$/.exec(line.slice(0, line.indexOf(marker)));
  const inFront = command?.groups?.['before'] ?? '';
  if (!/^\s*(?:#.*)?$/.test(inFront)) return `${kept}${inFront}:${ending}${rest}`;
  if (/^\s*$/.test(inFront) && emptiesBlock(kept, rest)) return `${kept}${inFront}:${ending}${rest}`;
  // With something written after our line since, the newlines before it are needed.
  const newlines = (ending || '\n').repeat(newlinesOf(line));
  return rest === '' && kept.endsWith(newlines) ? kept.slice(0, kept.length - newlines.length) : kept + rest;
}

/** bash and its kin take `if …; then` with nothing before its `fi` for an error, and would read none of the file. */
function emptiesBlock(kept: string, rest: string): boolean {
  const code = (line: string) => line.trim() !== '' && !line.trimStart().startsWith('#');
  const before = kept.split('\n').findLast(code) ?? '';
  const after = rest.split('\n').find(code) ?? '';
  return (
    /(?:^|[\s;&|])(?:then|do|else|\{|\()\s*(?:#.*)?$/.test(before) &&
    /^\s*(?:fi|done|else|elif|\}|\))/.test(after)
  );
}

/** Whether a marked line of ours is in there, commented out or not. */
export function hasLine(text: string): boolean {
  return find(text) !== undefined;
}

interface Line {
  /** Where it starts in the text. */
  readonly start: number;
  /** Without its line end. */
  readonly line: string;
}

function find(text: string): Line | undefined {
  const at = text.indexOf(marker);
  if (at === -1) return undefined;
  const start = text.lastIndexOf('\n', at) + 1;
  const line = /^[^\r\n]*/.exec(text.slice(start))?.[0] ?? '';
  return { start, line };
}

/** How many newlines must come between the text and our line for it to be a command of its own. */
function missingNewlines(text: string): number {
  const finished = text === '' || text.endsWith('\n') ? 0 : 1;
  // A backslash at the very end would join our line to the last one.
  return /\\\r?\n?$/.test(text) ? finished + 1 : finished;
}

function newlinesOf(line: string): number {
  const count = withNewlines.findLastIndex((flag) => line.includes(marker + flag));
  return Math.max(count, 0);
}

/** The kind of line end the file uses, judged by its last one. */
function lineEnd(text: string): '\n' | '\r\n' {
  return /\r\n[^\n]*$/.test(text) ? '\r\n' : '\n';
}

function latin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
