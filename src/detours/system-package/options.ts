import type { PipCommand } from '../../types.ts';
import { notUnderstood } from '../shared/not-understood.ts';

/** Options of `pip install` that a package manager needs no word of: what they ask for is so, or means nothing there. */
const harmless: Readonly<Record<string, string>> = {
  '--user': 'the package is for everybody on this machine',
  '--break-system-packages': 'nothing is broken',
  '--upgrade': 'the newest version is installed anyway',
  '--upgrade-strategy': 'the newest version is installed anyway',
  '--no-warn-script-location': 'its commands are on PATH',
  '--prefer-binary': 'the package is already built',
  '--no-build-isolation': 'the package is already built',
  '--use-pep517': 'the package is already built',
  '--no-compile': 'the package is already built',
  '--compile': 'the package is already built',
};

/** Said of how pip talks and fetches, not of what it installs. */
const manners = [
  '--yes',
  '--quiet',
  '--verbose',
  '--no-input',
  '--no-color',
  '--no-cache-dir',
  '--cache-dir',
  '--disable-pip-version-check',
  '--root-user-action',
  '--progress-bar',
  '--retries',
  '--timeout',
  '--log',
  '--proxy',
  // Nothing is run then: the commands are told (flow/dry-run.ts).
  '--dry-run',
];

/** A clause: what in the command line a package manager cannot do; undefined where it can do everything. */
export function declined(command: PipCommand, manager: string): string | undefined {
  const { requirements, options } = command;
  const unclear = notUnderstood(command);
  if (unclear !== undefined) return unclear;
  const [first] = requirements;
  if (first === undefined) return 'no package is named';
  // pip reads a file of requirements with pins and options of its own; a package of each is a rare thing.
  const file = requirements.find(({ kind }) => kind === 'file');
  if (file !== undefined) return `only pip can read ${file.text}`;
  const other = requirements.find(({ kind }) => kind !== 'name');
  if (other !== undefined) return `${other.text} is not the name of a package`;
  const extra = requirements.find(({ extras }) => extras !== undefined && extras.length > 0);
  if (extra !== undefined) return `extras such as ${extra.text} are unknown to ${manager}'s packages`;
  const marked = requirements.find(({ marker }) => marker !== undefined);
  if (marked !== undefined) return `${marked.text} has a condition that only pip can evaluate`;
  const strange = options.find(({ name }) => !Object.hasOwn(harmless, name) && !manners.includes(name));
  return strange === undefined ? undefined : `${strange.name} is an option of pip only`;
}

/** The options that are left out, each with the reason. */
export function droppedOptions(command: PipCommand): string[] {
  const names = [...new Set(command.options.map(({ name }) => name))];
  return names.flatMap((name) => {
    const because = Object.hasOwn(harmless, name) ? harmless[name] : undefined;
    if (because !== undefined) return `${name} (${because})`;
    return name === '--yes' || name === '--dry-run' || !manners.includes(name)
      ? []
      : `${name} (it is an option of pip only)`;
  });
}
