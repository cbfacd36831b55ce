import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import yargs, { type Argv } from 'yargs';
import { commands } from './commands/index.ts';
import { DetourError, describe, systemCode } from './system/errors.ts';
import { nearest } from './system/nearest.ts';
import { printable, quoteAll } from './system/quote.ts';

/** The `pip-detour` command. One place turns an error into a message and an exit code; 2 means it was mistyped. */
export async function main(argv: readonly string[]): Promise<void> {
  heedReaders();
  try {
    await program(argv.length === 0 ? ['--help'] : argv).parseAsync();
  } catch (thrown) {
    const error = thrown instanceof Mistyped ? await usageError(thrown.message, argv) : thrown;
    process.stderr.write(`${describe(error)}\n`);
    process.exitCode = error instanceof DetourError ? error.code : 1;
  }
}

/**
 * A reader that has gone (`| head`) is no failure, and keeps nothing from being done to its end. What cannot be written for
 * another reason, as on a full disk, is said.
 */
function heedReaders(): void {
  let isSaid = false;
  process.stderr.on('error', () => {});
  process.stdout.on('error', (error) => {
    if (isSaid || systemCode(error) === 'EPIPE') return;
    isSaid = true;
    const failed = new DetourError(
      'cannot-write',
      `the output cannot be written: ${error.message}`,
      'see where the output of this command goes',
    );
    process.stderr.write(`${describe(failed)}\n`);
    process.exitCode = failed.code;
  });
}

/** yargs did not understand the command line; the message is its own. */
class Mistyped extends Error {}

/** The parser of the whole command line; `width` in columns, null for lines of any length. */
export function program(
  argv: readonly string[],
  width: number | null = Math.min(process.stdout.columns ?? 80, 100),
  ownVersion = version(),
): Argv {
  return yargs([...argv])
    .scriptName('pip-detour')
    .usage('$0 <command>\n\nKeeps `pip install` going where pip refuses with externally-managed-environment.')
    .command(commands)
    .demandCommand(1, 'no command was given')
    .strict()
    .locale('en')
    .parserConfiguration({ 'populate--': true })
    .wrap(width)
    .version(ownVersion)
    .help()
    .alias({ h: 'help', V: 'version' })
    .epilogue('`PIP_DETOUR=off pip …` runs the real pip, even though pip-detour is installed.')
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new Mistyped(message);
    });
}

/** yargs says what is unknown; this says what was probably meant. */
async function usageError(message: string, argv: readonly string[]): Promise<DetourError> {
  const command = argv.filter((word) => commandNames.includes(word)).slice(0, 1);
  const help = `type: ${quoteAll(['pip-detour', ...command, '--help'])}`;
  const unknown = /^Unknown (?:arguments?|commands?): (.*)$/.exec(message)?.[1]?.split(', ') ?? [];
  const word = argv.find((typed) => isOneOf(typed, unknown));
  if (word === undefined)
    return new DetourError('usage', printable(message.replaceAll(/\s+/g, ' ')), help, 2);
  const isOption = word.startsWith('-');
  if (!isOption && command[0] !== undefined)
    return new DetourError('unexpected-argument', `${command[0]} takes no ${printable(word)} here`, help, 2);
  const typed = word.replace(/=.*$/, '');
  if (pipsWords.includes(word))
    return new DetourError(
      'unknown-command',
      `${word} is a command of pip, not of pip-detour`,
      `to ${pipsDeeds[word] ?? word}, type: ${printable(quoteAll(['pip', ...argv]))}`,
      2,
    );
  const meant = nearest(typed, isOption ? await optionsOf(command) : commandNames);
  return new DetourError(
    isOption ? 'unknown-option' : 'unknown-command',
    `there is no ${isOption ? 'option' : 'command'} ${printable(typed)}`,
    meant === undefined ? help : `did you mean ${meant}? Otherwise ${help}`,
    2,
  );
}

/** What people type here that pip does, and what it is for. */
const pipsDeeds: Readonly<Record<string, string>> = {
  install: 'install a package',
  download: 'download a package',
  wheel: 'build a wheel',
  list: 'list packages',
  freeze: 'list packages with their versions',
  show: 'show a package',
  check: 'check what is installed',
  search: 'look for a package',
};
const pipsWords = Object.keys(pipsDeeds);

/** The options a command's help lists. */
async function optionsOf(command: readonly string[]): Promise<readonly string[]> {
  return (await program(command).getHelp()).match(/(?<=\s)--[a-z][a-z-]*/g) ?? [];
}

function isOneOf(typed: string, unknown: readonly string[]): boolean {
  return unknown.includes(typed) || unknown.includes(typed.replace(/^--?(no-)?/, '').replace(/=.*$/, ''));
}

const commandNames = commands.map(({ command }) => String(command).replace(/ .*$/, ''));

function version(): string {
  return readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'version'), 'utf8').trim();
}
