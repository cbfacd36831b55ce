import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { detourById } from '../detours/index.ts';
import { show } from '../settings/kinds.ts';
import { keepValid } from '../settings/layers.ts';
import { lookForProjectFile, ownProjectFile } from '../settings/project-file.ts';
import { type Document, documentOf } from '../settings/read.ts';
import { refuseAnothers } from '../settings/target.ts';
import { isTrusted, listTrust, revoke, trust as trustFile } from '../settings/trust.ts';
import { DetourError } from '../system/errors.ts';
import { maskedJson } from '../system/mask.ts';
import { printable, shortPath, typable } from '../system/quote.ts';
import { realOr } from '../system/real-path.ts';
import { type Environment, readEnvironment } from '../system/variables.ts';

/** What `trust --list --json` prints for each file. */
interface Row {
  readonly file: string;
  /** ISO 8601. */
  readonly at: string;
  /** `lapsed`: it has changed since; `gone`: it is not there. */
  readonly state: 'holds' | 'lapsed' | 'gone';
}

/** `pip-detour trust [FILE]`: a project's file may from now on say what leaves the project, as long as it stays as it is. */
export const trust: CommandModule = {
  command: 'trust [file]',
  describe: "Allow a project's settings to change things outside the project",
  builder: (yargs) =>
    yargs
      .positional('file', {
        type: 'string',
        describe: 'The file, or its directory (default: the one that applies here)',
      })
      .option('list', { type: 'boolean', describe: 'List what is trusted' })
      .option('revoke', { type: 'boolean', describe: 'Stop trusting it' })
      .option('json', { type: 'boolean', describe: 'Print JSON (with --list)' })
      .conflicts('list', 'revoke'),
  async handler(args) {
    const environment = readEnvironment();
    const typed = typeof args['file'] === 'string' ? args['file'] : undefined;
    if (args['list'] === true) return printList(environment, args['json'] === true);
    refuseAnothers(environment.stateDirectory);
    if (args['revoke'] === true) return revokeFile(fileNamed(typed, environment), environment);
    await trustAs(fileNamed(typed, environment), environment);
  },
};

/** The file that is meant. @throws DetourError `nothing-to-trust`. */
function fileNamed(typed: string | undefined, { home }: Environment): string {
  const nothing = (what: string) =>
    new DetourError(
      'nothing-to-trust',
      what,
      `a project has its settings in ${ownProjectFile} or pyproject.toml`,
    );
  const path = resolve(typed ?? '.');
  const isDirectory = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isDirectory) {
    if (![ownProjectFile, 'pyproject.toml'].includes(basename(path)))
      throw nothing(`${shortPath(path, home)} is not a file of project settings`);
    return path;
  }
  const look = lookForProjectFile(realpathSync(path), realOr(home), process.getuid?.() ?? -1);
  if (look.kind === 'found') return look.file.path;
  throw nothing(`there are no project settings in ${shortPath(path, home)}`);
}

async function trustAs(file: string, { stateDirectory, home }: Environment): Promise<void> {
  const document = await read(file, home);
  const { values } = document;
  const { problems, withheld } = keepValid({ source: 'project', from: file, values });
  const [first] = problems;
  if (first !== undefined)
    throw new DetourError(
      'wrong-settings',
      `${shortPath(file, home)}: ${printable(first)}`,
      'correct the file first',
    );
  const already = isTrusted(stateDirectory, document);
  await trustFile(stateDirectory, document);
  const says = [
    ...withheld.map(({ name, value }) => `  ${name} = ${show(value)}`),
    ...(runsProjectCode(values['detour']) ? [`  detour = ${values['detour']}, without asking first`] : []),
  ];
  const lines = [
    `${shortPath(file, home)} is ${already ? 'trusted already' : 'trusted'} as it is now; when it changes, you are told.`,
    ...says,
    ...(says.length === 0 ? ['Nothing in it needed your trust.'] : []),
    `To take it back: pip-detour trust --revoke ${typable(file, home)}`,
  ];
  process.stdout.write(`${lines.map(printable).join('\n')}\n`);
}

/** A detour that may be chosen untrusted, but is only then taken unasked. */
function runsProjectCode(detour: unknown): boolean {
  return typeof detour === 'string' && detourById(detour)?.runsProjectCode !== undefined;
}

async function read(file: string, home: string): Promise<Document> {
  const look = await documentOf(file, basename(file) === ownProjectFile);
  if (look.kind === 'there') return look.file;
  const why = look.kind === 'absent' ? 'is not there' : look.problem;
  throw new DetourError(
    'nothing-to-trust',
    `${shortPath(file, home)} ${why}`,
    look.kind === 'absent' ? 'name a file that exists' : 'correct the file first',
  );
}

function revokeFile(file: string, { stateDirectory, home }: Environment): void {
  if (!revoke(stateDirectory, realFile(file)))
    throw new DetourError(
      'not-trusted',
      `${shortPath(file, home)} is not trusted`,
      'pip-detour trust --list',
    );
  process.stdout.write(`${shortPath(file, home)} is no longer trusted.\n`);
}

/** A file that is gone can still be named; its directory may be there, and be a link. */
function realFile(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    try {
      return resolve(realpathSync(dirname(file)), basename(file));
    } catch {
      return file;
    }
  }
}

async function printList({ stateDirectory, home }: Environment, json: boolean): Promise<void> {
  const rows = await Promise.all(
    listTrust(stateDirectory).map(async ({ file, at }): Promise<Row> => {
      const look = await documentOf(file, basename(file) === ownProjectFile);
      if (look.kind !== 'there') return { file, at, state: look.kind === 'absent' ? 'gone' : 'lapsed' };
      return { file, at, state: isTrusted(stateDirectory, look.file) ? 'holds' : 'lapsed' };
    }),
  );
  const words = { holds: '', lapsed: '  (has changed: no longer trusted)', gone: '  (is not there)' };
  if (json) process.stdout.write(`${maskedJson(rows, 2)}\n`);
  else if (rows.length === 0) process.stdout.write('Nothing is trusted yet.\n');
  else
    for (const { file, at, state } of rows)
      process.stdout.write(`${shortPath(file, home)}  ${at.slice(0, 10)}${words[state]}\n`);
}
