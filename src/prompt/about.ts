import { answerFor } from '../detours/shared/index-answers.ts';
import { plainText, printable } from '../system/quote.ts';
import type { IndexAnswer, Situation } from '../types.ts';

/** Of more names than these nothing is said: the options would be pushed off the screen. */
const most = 3;

/** So much is said of what it is, in characters, so that its commands are to be seen in a narrow terminal. */
const longest = 60;

/** So many commands are named. */
const named = 4;

/**
 * What is to be installed, by the index, a line for each name; as many while it is being asked, and where it says nothing.
 * A slip of the finger, or a name that looks like another, is seen before it is installed.
 */
export function about(situation: Situation): readonly string[] {
  const { command, index, interpreter } = situation;
  const names = [...new Set(command.requirements.flatMap(({ name }) => name ?? []))];
  if (index === undefined || names.length > most) return [];
  return names.map((name, at) => {
    const answer = answerFor(situation, name);
    if (answer !== undefined) return printable(inWords(answer, interpreter?.version));
    return at === 0 && index.state === 'looking' ? 'looking it up …' : '';
  });
}

function inWords(answer: IndexAnswer, python: string | undefined): string {
  const { name } = answer;
  if (answer.kind === 'absent') return `There is no ${name} in the package index.`;
  const { version } = answer;
  if (answer.kind === 'version') return `There is no such version of ${name}: the newest is ${version}.`;
  if (answer.kind === 'python')
    return `${name} ${version} needs Python ${answer.requires}${python === undefined ? '' : `, and this is ${python}`}.`;
  const { summary = '', commands = [] } = answer.package ?? {};
  const listed = [...commands.slice(0, named), ...(commands.length > named ? ['…'] : [])].join(', ');
  return [
    `${name} ${version}`,
    ...(summary === '' ? [] : [plainText(summary.replace(/\.$/, ''), longest)]),
    ...(listed === '' ? [] : [`${commands.length === 1 ? 'command' : 'commands'}: ${listed}`]),
  ].join(' · ');
}
