import { systemText } from '../../../system/text-file.ts';

/** Whether one line of a file of a package manager's database is this. */
export function hasLine(file: string, line: string): boolean {
  return systemText(file).split('\n').includes(line);
}
