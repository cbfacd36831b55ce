import stripAnsi from 'strip-ansi';

/** How much of what was said is looked at, in characters, from its end: what failed is told last. */
export const looked = 400_000;

/**
 * Its end, without colours, control characters, carriage returns and empty lines; lines that a tool indents stand at their
 * beginning. The time that a pattern takes grows with the square of a line: only pip's lists of versions stay as long as they are.
 */
export function legible(said: string): string {
  return stripAnsi(said.slice(-looked))
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
    .replace(/^[ \t|│]+/gm, '')
    .replace(/\n{2,}/g, '\n')
    .split('\n')
    .map((line) => (listsVersions.test(line) ? line : cut(line)))
    .join('\n');
}

const listsVersions =
  /^(?:ERROR: )?(?:Could not find a version|Ignored the following versions|pip-detour: files of )/;

/** Of each line no more than its beginning and its end. A pattern would look for the long ones from each character of a short one. */
export function cut(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.length > 600 ? `${line.slice(0, 300)} … ${line.slice(-300)}` : line))
    .join('\n');
}
