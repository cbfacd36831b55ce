import type { CommandModule } from 'yargs';
import { recall } from '../../memory/recall.ts';
import { change } from '../../settings/change.ts';
import { problemOf } from '../../settings/layers.ts';
import { readSettings } from '../../settings/read.ts';
import type { Setting } from '../../settings/schema.ts';
import { fromOf, type Target, targetOf } from '../../settings/target.ts';
import { DetourError } from '../../system/errors.ts';
import { printable, quoteAll, shortPath } from '../../system/quote.ts';
import { realOr } from '../../system/real-path.ts';
import type { Environment } from '../../system/variables.ts';
import { stringsIn } from '../strings.ts';
import { inWords, sourceInWords } from './rows.ts';
import { namedSetting, placeOf, wantedOf } from './scope.ts';

/** `pip-detour config set NAME VALUE`: says what is in force afterwards, should that be something else. */
export const set: CommandModule = {
  command: 'set <setting> <value..>',
  describe: 'Set a value; several detours with commas or blanks between them',
  builder: (yargs) =>
    yargs
      .hide('policy')
      .positional('setting', { type: 'string', demandOption: true, describe: 'Its name' })
      .positional('value', { type: 'string', array: true, demandOption: true, describe: 'Its value' })
      .example('$0 config set installer uv', '')
      .example('$0 config set --project detour venv', ''),
  async handler(args) {
    const setting = namedSetting(args['setting']);
    const { environment, cwd } = placeOf(args);
    const target = targetOf(wantedOf(args), environment, cwd);
    const words = stringsIn(args['value']);
    const value = setting.kind.fromText(words.join(setting.addsUp === true ? ',' : ' '));
    const problem = problemOf(setting, value, target.source);
    if (problem !== undefined)
      throw new DetourError(
        'wrong-value',
        printable(problem),
        `${setting.name} takes ${setting.kind.shape}`,
        2,
      );
    await change(target, setting, value, environment);
    const whom = { source: target.source, from: fromOf(target) };
    const lines = [`${setting.name} = ${inWords(value)}  (${sourceInWords(whom, environment.home)})`];
    lines.push(...(await afterwards(setting, target, environment, cwd)));
    process.stdout.write(`${lines.map(printable).join('\n')}\n`);
  },
};

/** What keeps a value from being in force here, if anything does. */
async function afterwards(
  setting: Setting<unknown>,
  target: Target,
  environment: Environment,
  cwd: string,
): Promise<string[]> {
  const { home, stateDirectory } = environment;
  const settings = await readSettings(environment, cwd);
  const held = settings.withheld.find(({ name }) => name === setting.name);
  if (target.source === 'project' && held !== undefined)
    return [`It counts here once you trust the file: ${quoteAll(['pip-detour', 'trust', held.from])}`];
  if (setting.name === 'detour') {
    const remembered = (await recall(stateDirectory, cwd, realOr(home))).choice?.directory;
    if (remembered !== undefined)
      return [
        `What is remembered for ${shortPath(remembered, home)} comes first: ${quoteAll(['pip-detour', 'forget', remembered])}`,
      ];
  }
  const { source, from = null } = settings.origin(setting);
  if (setting.addsUp === true || source === 'default' || from === fromOf(target)) return [];
  return [
    `Here it is ${inWords(settings.value(setting))}: ${sourceInWords({ source, from }, home)} comes first`,
  ];
}
