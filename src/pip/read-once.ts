import { dirname, join, resolve } from 'node:path';
import { type Copy, copyOf, readToTheEnd } from '../system/copy.ts';
import { canBeReadTwice } from '../system/text-file.ts';
import type { PipCommand } from '../types.ts';

/** A call of which every pip that is started with it can read everything. */
export interface Kept {
  readonly argv: readonly string[];
  /** What stands in place of the person's variables of these names. */
  readonly variables: Readonly<Record<string, string>>;
  /** Takes the copies away. */
  forget(): void;
}

/** What pip was called with: its arguments, and the variables that it takes for settings. */
export interface Given {
  readonly command: PipCommand;
  readonly variables: Readonly<Record<string, string>>;
}

const ofFiles = ['--requirement', '--constraint'];
const configuration = 'PIP_CONFIG_FILE';

/** Whether a file of `-r` or `-c`, typed or in a variable, gives its text only once: `<(…)`, `/dev/stdin`, a FIFO. */
export function givesOnce({ command, variables }: Given): boolean {
  return (
    command.options.some(({ name, value }) => ofFiles.includes(name) && isOnce(value)) ||
    listsIn(variables).some(([, files]) => files.some(isOnce))
  );
}

/** Whether pip's configuration does: `PIP_CONFIG_FILE=<(…)`. */
export function configuresOnce(variables: Given['variables']): boolean {
  const file = variables[configuration];
  return file !== '' && isOnce(file);
}

/**
 * Reads what gives its text only once, and names a copy in its place. Waits for the writer, as pip would. One that cannot
 * be read is left to pip, which says so.
 */
export async function keepWhatGivesOnce({ command, variables }: Given): Promise<Kept> {
  const argv = [...command.argv];
  const instead: Record<string, string> = {};
  const copies = new Map<string, Copy>();
  // Named twice, it is read once; the second reading would wait for a writer who has gone.
  const copied = async (file: string, change: (text: string) => string): Promise<string | undefined> => {
    if (!isOnce(file)) return undefined;
    const known = copies.get(file);
    if (known !== undefined) return known.path;
    const text = await readToTheEnd(file);
    if (text === undefined) return undefined;
    const copy = copyOf(change(text));
    copies.set(file, copy);
    return copy.path;
  };
  const ofNames = (file: string) => copied(file, (text) => fromAnywhere(text, dirname(resolve(file))));

  const file = variables[configuration];
  const settings = file === undefined || file === '' ? undefined : await copied(file, (text) => text);
  if (settings !== undefined) instead[configuration] = settings;
  for (const [name, files] of listsIn(variables)) {
    const now: string[] = [];
    for (const each of files) now.push((await ofNames(each)) ?? each);
    if (now.some((each, at) => each !== files[at])) instead[name] = now.join(' ');
  }
  for (const { name, value, at, valueAt } of command.options) {
    if (value === undefined || !ofFiles.includes(name)) continue;
    const path = await ofNames(value);
    if (path === undefined) continue;
    const place = valueAt ?? at;
    const typed = argv[place] ?? '';
    argv[place] = typed.slice(0, typed.length - value.length) + path;
  }
  return {
    argv,
    variables: instead,
    forget() {
      for (const copy of copies.values()) copy.forget();
    },
  };
}

/** The variables that name files of requirements, with the files (configuration.py; values apart by blanks, cli/parser.py). */
function listsIn(variables: Given['variables']): (readonly [name: string, files: readonly string[]])[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    const option = `--${name.slice(4).toLowerCase().replaceAll('_', '-')}`;
    if (!name.startsWith('PIP_') || !ofFiles.includes(option)) return [];
    return [[name, value.split(/\s+/).filter((part) => part !== '')] as const];
  });
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
