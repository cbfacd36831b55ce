import { statusOf } from './process-status.ts';

/**
 * Whether the keyboard's signals come to us: we belong to the terminal's foreground group. Fields 5 and 8 of
 * /proc/PID/stat (proc(5)) are the process group and that group, -1 without a terminal. Undefined where there is no /proc.
 */
export function isForeground(): boolean | undefined {
  const status = statusOf('self');
  return status === undefined ? undefined : status.field(5) === status.field(8);
}
