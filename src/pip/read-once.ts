import { dirname, join, resolve } from 'node:path';
import { type Copy, copyOf, readToTheEnd } from '../system/copy.ts';
import { canBeReadTwice } from '../system/text-file.ts';
import type { PipCommand } from '../types.ts';

/** A command line of which every pip that is started with it can read everything. */
export interface Kept {
  readonly argv: readonly string[];
  /** Takes the copies away. */
  forget(): void;
}

const ofFiles = ['--requirement', '--constraint'];

/** Whether a file of `-r` or `-c` gives its text only once: `<(…)`, `/dev/stdin`, a FIFO. */
export function givesOnce({ options }: PipCommand): boolean {
  return options.some(({ name, value }) => ofFiles.includes(name) && isOnce(value));
}

/**
 * Reads what gives its text only once, and names a copy in its place. Waits for the writer, as pip would. One that cannot
 * be read is left to pip, which says so.
 */
export async function keepWhatGivesOnce(command: PipCommand): Promise<Kept> {
  const argv = [...command.argv];
  const copies: Copy[] = [];
  for (const { name, value, at, valueAt } of command.options) {
    if (value === undefined || !ofFiles.includes(name) || !isOnce(value)) continue;
    const text = await readToTheEnd(value);
    if (text === undefined) continue;
    const copy = copyOf(fromAnywhere(text, dirname(resolve(value))));
    copies.push(copy);
    const place = valueAt ?? at;
    const typed = argv[place] ?? '';
    argv[place] = typed.slice(0, typed.length - value.length) + copy.path;
  }
  return {
    argv,
    forget() {
      for (const copy of copies) copy.forget();
    },
  };
}

function isOnce(file: string | undefined): boolean {
  return file !== undefined && !/^[a-z+]+:/i.test(file) && !canBeReadTwice(file);
}

/** pip looks for what a requirements file names beside that file (req/req_file.py, `parse`). */
function fromAnywhere(text: string, directory: string): string {
  return text.replace(
    /^([ \t]*(?:-r|-c|--requirement|--constraint)[ \t=]*)(?![a-z+]+:\/|\/)(\S.*)$/gim,
    (_, option: string, file: string) => `${option}${join(directory, file)}`,
  );
}
