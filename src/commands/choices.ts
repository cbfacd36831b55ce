import type { CommandModule } from 'yargs';
import { list, type Remembered } from '../memory/choices.ts';
import { type Validity, validityOf } from '../memory/validity.ts';
import { maskedJson } from '../system/mask.ts';
import { printable, shortPath } from '../system/quote.ts';
import { type Environment, readEnvironment } from '../system/variables.ts';
import { move } from './choices-move.ts';
import { prune } from './choices-prune.ts';

/** What `choices --json` prints for each; fields are only ever added. */
interface Row {
  readonly directory: string;
  readonly detour: string;
  /** What it means there: an environment, a Python, who carries it out; null where the record does not say. */
  readonly environment: string | null;
  readonly python: { readonly executable: string; readonly version: string } | null;
  readonly tool: string | null;
  /** Which shells are put into the environment: every one that comes there, the one it was typed in, none. */
  readonly shells: 'always' | 'once' | 'no' | null;
  /** ISO 8601. */
  readonly at: string;
  /** The directory is there. */
  readonly present: boolean;
  readonly valid: boolean;
  /** `holds`, `repairs` or `lapsed`: see memory/validity.ts. */
  readonly state: Validity['state'];
  readonly why: string | null;
}

/** `pip-detour choices [--json]`: what is remembered, what it means, and whether that is still there. */
export const choices: CommandModule = {
  command: 'choices',
  describe: 'List what is remembered, by directory',
  builder: (yargs) =>
    yargs.option('json', { type: 'boolean', default: false, describe: 'Print JSON' }).command([move, prune]),
  async handler(args) {
    const environment = readEnvironment();
    const { choices: found, damaged, newer } = await list(environment.stateDirectory);
    const rows = found.map((choice) => rowOf(choice, environment));
    if (args['json'] === true) process.stdout.write(`${maskedJson(rows, 2)}\n`);
    else process.stdout.write(rows.length === 0 ? 'Nothing is remembered yet.\n' : table(rows, environment));
    for (const file of damaged)
      process.stderr.write(`pip-detour: damaged: ${shortPath(file, environment.home)}\n`);
    for (const file of newer)
      process.stderr.write(
        `pip-detour: written by a newer pip-detour: ${shortPath(file, environment.home)}\n`,
      );
  },
};

function rowOf(choice: Remembered, environment: Environment): Row {
  const { directory, detour, means, at } = choice;
  const validity = validityOf(choice, environment);
  return {
    directory,
    detour,
    environment: means.environment?.directory ?? null,
    python: means.python ?? null,
    tool: means.tool ?? null,
    shells:
      means.environment === undefined ? null : means.activate === false ? 'no' : (means.activate ?? 'once'),
    at,
    present: validity.gone !== true,
    valid: validity.state !== 'lapsed',
    state: validity.state,
    why: validity.why ?? null,
  };
}

/** A line for each, and under it what is no longer as it was. */
function table(rows: readonly Row[], { home }: Environment): string {
  const cells = rows.map((row) => [
    shortPath(row.directory, home),
    row.detour,
    meaning(row, home),
    row.at.slice(0, 10),
  ]);
  const widths = [0, 1, 2].map((at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  return cells
    .map((line, at) => {
      const padded = line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
      const { why = null, state = 'holds', present } = rows[at] ?? {};
      if (present === false) return `${padded.trimEnd()}  (the directory is gone)\n`;
      const then = { lapsed: 'you would be asked again', repairs: 'made again next time', holds: 'goes on' };
      return `${padded.trimEnd()}\n${why === null ? '' : `  ${printable(why)}: ${then[state]}\n`}`;
    })
    .join('');
}

function meaning({ environment, python, tool, shells }: Row, home: string): string {
  if (environment !== null) {
    const name = shortPath(environment, home);
    const of = python === null ? '' : ` (Python ${printable(python.version)})`;
    return `${name}${of}${shells === 'always' ? ', every new terminal there enters it' : ''}`;
  }
  if (python !== null) return `${shortPath(python.executable, home)} (Python ${printable(python.version)})`;
  return tool === null ? '' : printable(tool);
}
