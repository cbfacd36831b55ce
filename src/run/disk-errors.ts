import { DetourError, systemCode, tooManyFiles } from '../system/errors.ts';

/** Turns what Node throws where the disk refuses something into a message with a hint; returns anything else as it is. */
export function asDetourError(thrown: unknown): unknown {
  if (thrown instanceof DetourError || !(thrown instanceof Error)) return thrown;
  switch (systemCode(thrown)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new DetourError(
        'disk-full',
        `there is no space left: ${thrown.message}`,
        'free some space and try again',
      );
    case 'EIO':
      return new DetourError(
        'disk-fails',
        `the disk reports an error: ${thrown.message}`,
        'type dmesg to see what is wrong with the disk, or use another directory',
      );
    case 'EMFILE':
    case 'ENFILE':
      return tooManyFiles(thrown);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new DetourError(
        'not-writable',
        `pip-detour may not write here: ${thrown.message}`,
        'choose another directory, or another way',
      );
    case 'EEXIST':
      return new DetourError(
        'made-meanwhile',
        `another program made it in the meantime: ${thrown.message}`,
        'type the same command again',
      );
    default:
      return thrown;
  }
}
