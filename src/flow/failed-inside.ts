import { readEnvironment } from '../system/variables.ts';
import { lookAround } from './look-around.ts';
import { outside } from './meant-here.ts';
import { costlyParts } from './situation.ts';
import { pipsIn } from './typed-line.ts';

/**
 * What is said after a line that somebody typed in an environment that we entered, and that failed: where an install is
 * explained. Undefined where that would not lead there: the line has no install, or outside the environment pip does not
 * refuse it, and would install into another Python.
 */
export async function whereExplained(line: string): Promise<string | undefined> {
  const variables = outside(readEnvironment());
  for (const argv of pipsIn(line)) {
    const { situation } = await lookAround('pip', argv, { variables, without: costlyParts });
    if (situation.command.subcommand === 'install' && situation.verdict.kind === 'refuses')
      return 'if pip failed, pip-detour can say why: type deactivate, then pip install ... again';
  }
  return undefined;
}
