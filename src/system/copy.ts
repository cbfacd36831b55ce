import { closeSync, existsSync, mkdtempSync, openSync, promises, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A text that other programs of this person's can read, each from its beginning, until it is forgotten. */
export interface Copy {
  readonly path: string;
  forget(): void;
}

/** Waits until whoever writes into it is done; one character per byte. Undefined where it cannot be read. */
export function readToTheEnd(file: string): Promise<string | undefined> {
  return promises.readFile(file, 'latin1').catch(() => undefined);
}

/** Where there is a /proc the copy has no name that could outlive us: others open it through ours (proc(5), fd). */
export function copyOf(text: string): Copy {
  const directory = mkdtempSync(join(tmpdir(), 'pip-detour-once-'));
  const file = join(directory, 'requirements.txt');
  const remove = () => rmSync(directory, { recursive: true, force: true });
  writeFileSync(file, text, { encoding: 'latin1', mode: 0o600 });
  const descriptor = openSync(file, 'r');
  const path = `/proc/${process.pid}/fd/${descriptor}`;
  if (existsSync(path)) {
    remove();
    return { path, forget: () => closeSync(descriptor) };
  }
  closeSync(descriptor);
  return { path: file, forget: remove };
}
