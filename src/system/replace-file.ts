import { chmodSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';

/** Puts new bytes in the place of a file's, in one step (rename(2)); its mode stays. @throws what the system says. */
export function replaceFile(file: string, bytes: string | Uint8Array): void {
  const beside = `${file}.pip-detour-${process.pid}`;
  try {
    const mode = statSync(file).mode & 0o7777;
    writeFileSync(beside, bytes, { mode, flag: 'wx' });
    chmodSync(beside, mode);
    renameSync(beside, file);
  } catch (thrown) {
    try {
      rmSync(beside, { force: true });
    } catch {}
    throw thrown;
  }
}
