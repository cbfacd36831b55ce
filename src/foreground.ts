import { readFileSync } from 'node:fs';

/**
 * Whether the keyboard's signals come to us: we belong to the terminal's foreground group. Fields 5 and 8 of
 * /proc/PID/stat (proc(5)) are the process group and that group, -1 without a terminal. Undefined where there is no /proc.
 */
export function isForeground(): boolean | undefined {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[2] === fields[5];
  } catch {
    return undefined;
  }
}
