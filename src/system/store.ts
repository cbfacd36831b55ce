import Conf from 'conf';

/**
 * One conf file per remembered directory: writers never share a file, so none is lost, and a damaged one costs one
 * choice (measured: fifty writers on one shared file kept one entry). Loaded only when there is something to
 * write: conf installs signal handlers when imported.
 */

/** A record as it is written. */
export type Stored = Readonly<Record<string, unknown>>;

function open(directory: string, name: string): Conf<Record<string, unknown>> {
  return new Conf<Record<string, unknown>>({
    cwd: directory,
    configName: name,
    projectName: 'pip-detour',
    projectSuffix: '',
    // A key may be a path; with dots taken as nesting one path could destroy another.
    accessPropertiesByDotNotation: false,
    configFileMode: 0o600,
  });
}

/** Replaces the record whole, atomically (a new file renamed over the old one). */
export function write(directory: string, name: string, record: Stored): void {
  open(directory, name).store = { ...record };
}
