import { readFileSync } from 'node:fs';

/**
 * What Linux says of a process in /proc/PID/stat: its name, and the fields from the third on, numbered as proc(5) numbers
 * them. The name stands in parentheses and may have any character in it. Undefined for none, or where there is no /proc.
 */
export function statusOf(
  pid: number | 'self',
): { readonly name: string; field(number: number): string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return {
      name: text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')),
      field: (number) => fields[number - 3] ?? '',
    };
  } catch {
    return undefined;
  }
}
