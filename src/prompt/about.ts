import { answerFor } from '../detours/shared/index-answers.ts';
import { partOf } from '../failure/help/part-of-python.ts';
import { spelledAlike, takenFor } from '../failure/help/spelling.ts';
import { normalizeName } from '../pip/requirement.ts';
import { plainText, printable } from '../system/quote.ts';
import type { IndexAnswer, Interpreter, PackageFacts, Situation } from '../types.ts';

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
    const extras = command.requirements.flatMap((one) => (one.name === name ? (one.extras ?? []) : []));
    if (answer !== undefined) return printable(inWords(answer, interpreter, extras));
    return at === 0 && index.state === 'looking' ? 'looking it up …' : '';
  });
}

function inWords(answer: IndexAnswer, python: Interpreter | undefined, extras: readonly string[]): string {
  const { name } = answer;
  if (answer.kind === 'absent') {
    if (python !== undefined && partOf(python, name) !== undefined)
      return `${name} is a part of Python itself, and no package.`;
    const meant = spelledAlike(name);
    return `There is no ${name} in the package index${meant === undefined ? '.' : `; did you mean ${meant}?`}`;
  }
  const { version } = answer;
  if (answer.kind === 'version') return `There is no such version of ${name}: the newest is ${version}.`;
  if (answer.kind === 'python')
    return `${name} ${version} needs Python ${answer.requires}${python === undefined ? '' : `, and this is ${python.version}`}.`;
  const { summary = '', commands = [] } = answer.package ?? {};
  const unknown = unknownExtra(answer.package, extras);
  if (unknown !== undefined) return `${name} ${version} has no extra ${unknown}`;
  const listed = [...commands.slice(0, named), ...(commands.length > named ? ['…'] : [])].join(', ');
  const other = takenFor(name);
  return [
    `${name} ${version}`,
    ...(other === undefined ? [] : [`did you mean ${other}?`]),
    ...(summary === '' ? [] : [plainText(summary.replace(/\.$/, ''), longest)]),
    ...(listed === '' ? [] : [`${commands.length === 1 ? 'command' : 'commands'}: ${listed}`]),
  ].join(' · ');
}

/** pip installs without an extra that is not there, and only warns: its name, and those that there are. */
function unknownExtra(facts: PackageFacts | undefined, wanted: readonly string[]): string | undefined {
  if (facts === undefined || facts.extras.length >= mostExtras) return undefined;
  const there = new Set(facts.extras.map(normalizeName));
  const unknown = wanted.find((one) => !there.has(normalizeName(one)));
  if (unknown === undefined) return undefined;
  const listed = [...facts.extras.slice(0, named), ...(facts.extras.length > named ? ['…'] : [])];
  return `[${unknown}]${listed.length === 0 ? '.' : `: it has ${listed.join(', ')}.`}`;
}

/** Of more the look reads no more (python/index_look/package.py). */
export const mostExtras = 30;
