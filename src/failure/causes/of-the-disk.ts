import type { CauseOfDisk } from '../../types.ts';

/** Where nothing can be written. Numbers of errno(3) are the same in every language. */
export function ofTheDisk(text: string): CauseOfDisk | undefined {
  if (/\[Errno (?:28|122)\]|\bos error 28\b|ENOSPC|No space left on device/.test(text))
    return { kind: 'no-space' };
  const readOnly = /\[Errno 30\](?:[^'\n]*'(?<path>\/[^'\s]{1,200})')?|\bos error 30\b/.exec(text);
  if (readOnly === null) return undefined;
  const path = readOnly.groups?.['path'];
  return { kind: 'read-only', ...(path === undefined ? {} : { path }) };
}
