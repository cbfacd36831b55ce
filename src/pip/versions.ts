/** The newest pip that the table of options was compared with. */
export const newest = '26.3';

/** The oldest pip whose options it has. */
export const oldest = '22.3';

/** Negative when `a` is older than `b`. Only the numbers count: `26.3.dev0` has what 26.3 has. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const parts = new Map<string, readonly number[]>();

/** The same few versions are compared with each option of the table. */
function numbers(text: string): readonly number[] {
  const known = parts.get(text);
  if (known !== undefined) return known;
  const read = (/^\d+(\.\d+)*/.exec(text)?.[0] ?? '0').split('.').map(Number);
  parts.set(text, read);
  return read;
}
