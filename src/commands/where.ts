import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isatty } from 'node:tty';
import type { CommandModule } from 'yargs';
import { whyNotEntered } from '../flow/entering.ts';
import { type Meant, meantHere } from '../flow/meant-here.ts';
import { isExecutable } from '../pip/shebang.ts';
import { typedShell } from '../shell/typed-shell.ts';
import { DetourError } from '../system/errors.ts';
import { listing } from '../system/listing.ts';
import { masked } from '../system/mask.ts';
import { printable, quote, shortPath } from '../system/quote.ts';
import { currentDirectory } from '../system/real-path.ts';
import { type Environment, readEnvironment } from '../system/variables.ts';
import { stringsIn } from './strings.ts';
import { type Job, type JobPlace, jobPlaces, nameOf, standIn } from './where/places.ts';

/** `pip-detour where [--for PLACE [SCRIPT]]`: this directory's interpreter, alone or in the line that a place takes. */
export const where: CommandModule = {
  command: 'where [script..]',
  describe:
    "Print the path of this directory's Python, or the line that cron, systemd, sudo, a notebook or an editor takes",
  builder: (yargs) =>
    yargs
      .positional('script', {
        type: 'string',
        array: true,
        describe: 'What is to be run there, with its arguments after --',
      })
      .option('for', { choices: jobPlaces.map(({ id }) => id), describe: 'The place to print the line for' })
      .option('in', { type: 'string', describe: 'Another directory than this one' })
      // The hooks', before they enter an environment that may have been replaced since it was chosen.
      .option('entering', { type: 'string', hidden: true })
      .parserConfiguration({ 'populate--': true })
      .example('$0 where', '')
      .example('$0 where --for cron app.py', ''),
  async handler(args) {
    const environment = readEnvironment();
    const script = [...stringsIn(args['script']), ...stringsIn(args['--'])];
    const place = jobPlaces.find(({ id }) => id === args['for']);
    if (script.length > 0 && place?.runs !== true)
      throw new DetourError(
        'unexpected-argument',
        `where takes no ${printable(script[0] ?? '')} ${place === undefined ? 'without --for' : `for ${place.id}`}`,
        'pip-detour where --for cron app.py',
        2,
      );
    if (typeof args['in'] === 'string') enter(args['in']);
    const entering = args['entering'];
    if (typeof entering === 'string') {
      const refused = await whyNotEntered(entering, environment);
      if (refused === undefined) return;
      process.stdout.write(`${masked(refused.why)}\n`);
      process.exitCode = refused.broken ? 3 : 1;
      return;
    }
    const meant = await meantHere(environment);
    if (meant.ofHome === true && isatty(2)) sayOfHome(meant, environment);
    if (place === undefined) process.stdout.write(`${meant.python}\n`);
    else await tell(place, meant, script, environment);
  },
};

/** To a person, for a script has asked for the path alone. */
function sayOfHome({ look, python }: Meant, { home }: Environment): void {
  const [here, own] = [currentDirectory(), look?.directory ?? python].map((path) => shortPath(path, home));
  process.stderr.write(
    `pip-detour: ${printable(`${here} has no environment; your personal environment is used: ${own}`)}\n`,
  );
}

function enter(directory: string): void {
  try {
    process.chdir(directory);
  } catch {
    throw new DetourError(
      'not-there',
      `there is no directory ${printable(directory)}, or you may not enter it`,
      'name another one',
    );
  }
}

async function tell(
  place: JobPlace,
  meant: Meant,
  script: readonly string[],
  environment: Environment,
): Promise<void> {
  const directory = currentDirectory();
  const words = place.runs ? wordsOf(script, meant, directory) : [meant.python];
  for (const word of [directory, ...words]) refuseUnwritable(word);
  const job: Job = {
    python: meant.python,
    directory,
    words,
    name: nameOf(words, directory),
    hasKernel: holdsKernel(meant),
    shell: place.id === 'sudo' ? await typedShell(environment.variables) : undefined,
  };
  process.stdout.write(`${place.lines(job).join('\n')}\n`);
  const first = place.runs && script.length === 0 ? ['Put your script where SCRIPT.py stands.'] : [];
  for (const line of [...first, ...place.says(job)]) process.stderr.write(`pip-detour: ${printable(line)}\n`);
}

/** A script is run by the interpreter; a command of the environment is run itself; options are the interpreter's. */
function wordsOf(
  [first, ...rest]: readonly string[],
  { python }: Meant,
  directory: string,
): readonly string[] {
  if (first === undefined) return [python, standIn(directory)];
  if (first.startsWith('-')) return [python, first, ...rest];
  const path = resolve(directory, first);
  const command = join(dirname(python), first);
  if (isFile(path)) return dirname(path) === dirname(python) ? [path, ...rest] : [python, path, ...rest];
  if (basename(first) === first && isExecutable(command)) return [command, ...rest];
  throw new DetourError(
    'not-there',
    `there is no file ${printable(first)} here, and the environment has no command of that name`,
    basename(first) !== first || /\.\w+$/.test(first)
      ? 'name a script that is there'
      : `name a script, or install what brings the command: pip install ${printable(quote(first))}`,
  );
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** A line ends at a line break, whatever stands around it. */
function refuseUnwritable(word: string): void {
  if (!/[\u0000-\u001f\u007f]/.test(word)) return;
  throw new DetourError(
    'cannot-be-written',
    `${printable(word)} has a line break or another control character in its name, so it cannot stand in a line of such a file`,
    'give it another name',
  );
}

function holdsKernel({ look, python }: Meant): boolean {
  const libraries = join(look?.directory ?? dirname(dirname(python)), 'lib');
  return listing(libraries).some((name) => existsSync(join(libraries, name, 'site-packages/ipykernel')));
}
