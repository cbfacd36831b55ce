import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { PipCommand } from '../types.ts';
import { listOf, type Setting } from './effective.ts';
import { parseIni } from './ini.ts';
import { namesOnly } from './uninstall.ts';

type Values = ReadonlyMap<string, Setting>;

/** What the subcommand itself does on an externally managed Python, and why, in words. */
export interface Outcome {
  readonly kind: 'refuses' | 'proceeds' | 'unknown';
  readonly because: string;
  /** It would be a refusal but for files that give their text only once: see read-once.ts. */
  readonly once?: true;
}

const proceeds = (because: string): Outcome => ({ kind: 'proceeds', because });
const unknown = (because: string): Outcome => ({ kind: 'unknown', because });

/** pip's commands/install.py, `run`: the check comes first, but for one mistake. */
export function installOutcome(values: Values, marker: string): Outcome {
  if (values.get('--user') === true && values.get('--target') !== undefined)
    return proceeds('--user and --target contradict each other');
  if (values.get('--dry-run') === true && (values.get('--report') ?? '') !== '')
    return proceeds('--dry-run with --report changes nothing');
  for (const name of ['--root', '--target', '--prefix'])
    if (values.get(name) !== undefined) return proceeds(`${name} names another place`);
  return markerOutcome(values, marker);
}

/** pip's commands/uninstall.py, `run`: names and files are read before the check. */
export function uninstallOutcome(command: PipCommand, values: Values, marker: string): Outcome {
  // A session is made ready first, which some values end.
  if (values.get('--use-feature') !== undefined) return unknown('--use-feature');
  const hosts = listOf(values.get('--trusted-host'));
  if (!hosts.every((host) => /^[a-z0-9.-]+(:[0-9]{1,4})?$/i.test(host))) return unknown('--trusted-host');
  const named = namesOnly(command.positionals, listOf(values.get('--requirement')));
  if (named === 'unsure') return unknown('what is to be uninstalled is not plain names');
  if (named === 'once') {
    const outcome = markerOutcome(values, marker);
    return outcome.kind === 'refuses'
      ? { ...unknown('what is to be uninstalled can be read only once'), once: true }
      : outcome;
  }
  if (named === 'wrong') return proceeds('pip ends over what is to be uninstalled');
  return markerOutcome(values, marker);
}

/** What is left: the override, and anything that could end pip before it reports. */
function markerOutcome(values: Values, marker: string): Outcome {
  if (values.get('--break-system-packages') === true) return proceeds('--break-system-packages is given');
  const log = values.get('--log');
  if (typeof log === 'string' && !canWrite(log)) return unknown(`whether ${log} can be written`);
  if (isDuplicated(marker)) return proceeds(`${marker} has a duplicate, over which pip stumbles`);
  return { kind: 'refuses', because: `${marker} is there` };
}

/** Python's configparser ends pip over a repeated key or section, while any other flaw only costs the text. */
function isDuplicated(marker: string): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(marker));
    const read = parseIni(text, (name) => name.toLowerCase());
    return 'wrong' in read && read.wrong === 'duplicate';
  } catch {
    return false;
  }
}

function canWrite(file: string): boolean {
  try {
    if (file.startsWith('~')) return false;
    const path = resolve(file);
    if (statSync(path, { throwIfNoEntry: false }) === undefined) accessSync(dirname(path), constants.W_OK);
    else {
      accessSync(path, constants.W_OK);
      return statSync(path).isFile();
    }
    return true;
  } catch {
    return false;
  }
}
