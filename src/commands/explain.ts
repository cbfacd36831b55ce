import type { CommandModule } from 'yargs';
import { decideAll } from '../detours/decide.ts';
import { bestOf } from '../detours/recommendation.ts';
import { withPackages } from '../detours/system-package/packages.ts';
import { becauseOf } from '../flow/choose.ts';
import { whereExplained } from '../flow/failed-inside.ts';
import { lookAround } from '../flow/look-around.ts';
import { packagesInWords } from '../flow/terminal.ts';
import { buildQuestion } from '../prompt/build.ts';
import { DetourError } from '../system/errors.ts';
import { printable, shortPath } from '../system/quote.ts';
import { sourceLines, sourceRows } from './choice-sources.ts';
import { stringsIn } from './strings.ts';

/** What pip will do with the line, as the person reads it. */
const inWords = {
  refuses: 'pip will refuse it: externally-managed-environment',
  proceeds: 'pip will do it: nothing is asked',
  unknown: 'only pip itself can tell whether it refuses',
} as const;

/** `pip-detour explain -- pip install …`: what would happen, and why; changes nothing. */
export const explain: CommandModule = {
  command: 'explain [command..]',
  describe: 'Show what would happen with a pip command line, and why; changes nothing',
  builder: (yargs) =>
    yargs
      .positional('command', { type: 'string', array: true, describe: 'The command line, after --' })
      // The hooks', after a line with pip in it that has failed in an environment that they had entered.
      .option('failed', { type: 'string', hidden: true })
      .parserConfiguration({ 'populate--': true })
      .example('$0 explain -- pip install requests', ''),
  async handler(args) {
    const { failed } = args;
    if (typeof failed === 'string') {
      const where = await whereExplained(failed);
      if (where === undefined) process.exitCode = 1;
      else process.stdout.write(`pip-detour: ${where}\n`);
      return;
    }
    const words = [...stringsIn(args['command']), ...stringsIn(args['--'])];
    const [name, ...argv] = words;
    if (name === undefined || !/^pip[\d.]*$/.test(name))
      throw new DetourError(
        'not-a-pip-command',
        name === undefined ? 'no command line was given' : `${printable(name)} is not pip`,
        'pip-detour explain -- pip install requests',
        2,
      );
    const looked = await lookAround(name, argv);
    const { choice, checks, choiceSources, warnings, environment } = looked;
    const situation = await withPackages(looked.situation, looked.environment);
    const { verdict, home } = situation;
    const lines = [...warnings, `${name} is ${situation.realPip}`];
    lines.push(`${inWords[verdict.kind]} (${verdict.because})`);
    lines.push(...packagesInWords(situation));
    for (const what of situation.command.unparsed) lines.push(`not understood: ${what}`);
    if (verdict.kind !== 'proceeds') {
      if (choice !== undefined)
        lines.push(`choice: ${choice.detour}, ${becauseOf(choice, (path) => shortPath(path, home))}`);
      for (const note of checks.lapsed === undefined ? checks.notes : []) lines.push(`  ${note}`);
      if (checks.lapsed !== undefined) lines.push(`  you would be asked first: ${checks.lapsed}`);
      lines.push(
        'who can choose (the first that says something wins):',
        ...sourceLines(sourceRows(choiceSources, environment.decided, home)),
      );
      const decided = decideAll(situation);
      const best = bestOf(decided);
      if (best !== undefined) lines.push(`recommended: ${best.id} (${best.recommended})`);
      for (const option of buildQuestion(situation, decided).options) {
        if (option.id === 'none') continue;
        lines.push('', `${option.id}: ${option.title}${option.detail === '' ? '' : ` — ${option.detail}`}`);
        if (option.unavailable !== undefined) lines.push(`  not possible here: ${option.unavailable}`);
        lines.push(...option.commands.map((command) => `  ${command}`));
      }
    }
    process.stdout.write(`${lines.map(printable).join('\n')}\n`);
  },
};
