import { chmodSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { succeeds } from './succeeds.ts';

/** Puts new bytes in the place of a file's, in one step (rename(2)); its mode stays. @throws what the system says. */
export function replaceFile(file: string, bytes: string | Uint8Array): void {
  replace(file, (beside) => {
    const mode = statSync(file).mode & 0o7777;
    writeFileSync(beside, bytes, { mode, flag: 'wx' });
    chmodSync(beside, mode);
  });
}

/** Puts a symbolic link in the place of a file or of another link, in one step. @throws what the system says. */
export function replaceByLink(file: string, target: string): void {
  replace(file, (beside) => symlinkSync(target, beside));
}

function replace(file: string, make: (beside: string) => void): void {
  const beside = `${file}.pip-detour-${process.pid}`;
  try {
    make(beside);
    renameSync(beside, file);
  } catch (thrown) {
    succeeds(() => rmSync(beside, { force: true }));
    throw thrown;
  }
}
