import stripAnsi from 'strip-ansi';

/** How much of what was said is looked at, in characters, from its end: what failed is told last. */
export const looked = 400_000;

/**
 * Without colours, control characters, carriage returns and empty lines, each line with its end; lines that a tool indents
 * stand at their beginning. The time that a pattern takes grows with the square of a line: only pip's lists of versions stay
 * as long as they are.
 */
export function legible(said: string): string {
  const lines = stripAnsi(said)
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
    .replace(/^[ \t|│]+/gm, '')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => `${listsVersions.test(line) ? line : cutLine(line)}\n`).join('');
}

const listsVersions =
  /^(?:ERROR: )?(?:Could not find a version|Ignored the following versions|pip-detour: files of )/;

/** The same without pip's lists of versions: of each line no more than its beginning and its end. */
export function cut(text: string): string {
  return text.split('\n').map(cutLine).join('\n');
}

/** A pattern would look for the long ones from each character of a short one. */
function cutLine(line: string): string {
  return line.length > 600 ? `${line.slice(0, 300)} … ${line.slice(-300)}` : line;
}
