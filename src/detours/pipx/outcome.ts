import { maskedWords } from '../../system/mask.ts';
import { quoteAll, shortPath } from '../../system/quote.ts';
import { has, inWords } from '../../system/sentences.ts';
import type { OutputMeaning, OutputSign, Situation } from '../../types.ts';
import { mayBeImported } from './application-or-library.ts';
import { applicationNamed } from './applications.ts';
import { keeperOf } from './way.ts';

/** pipx breaks its sentences at the width of the terminal (`pipx_wrap`), so any blank may be a line's end. */
function sentence(words: string): string {
  return words.replaceAll(' ', '\\s+');
}

/** What pipx 1.0 to 1.16 prints where its exit code alone does not tell enough (pipx/commands/common.py, install.py; pip for `not-found`). */
export const pipxSigns: readonly OutputSign[] = [
  // Exit code 1, the environment removed again; also when only what it depends on brings commands.
  { means: 'no-apps', pattern: sentence('No apps associated with package') },
  // Exit code 0, and nothing done.
  {
    means: 'already-installed',
    pattern: sentence('already seems to be installed\\. Not modifying existing installation'),
  },
  // Exit code 0, the environment made, the command not linked.
  {
    means: 'name-clash',
    pattern: sentence(
      'File exists at [\\s\\S]+? and (?:points to|does not match) [\\s\\S]+?\\. Not modifying',
    ),
  },
  // Exit code 1. pipx also fails to renew its own pip where there is no index, and goes on.
  {
    means: 'not-found',
    pattern: 'No matching distribution found for (?!(?:pip|setuptools|wheel)(?:\\s|[<>=]|$))',
  },
];

/** What there is to say when pipx has ended, as sentences. `commands` are those that lead to what was installed. */
export function tellOutcome(
  meanings: readonly OutputMeaning[],
  situation: Situation,
  commands: readonly string[],
): string[] {
  const { command, home } = situation;
  const keeper = keeperOf(situation);
  const names = command.requirements.map((requirement) => requirement.name ?? requirement.text);
  const there = names.filter((name) => keeper?.installed.includes(name));
  const bin = shortPath(keeper?.bin ?? '', home);
  const ours = keeper !== undefined && keeper === situation.withoutPipx;
  const sentences: string[] = [];
  if (meanings.includes('already-installed')) {
    const known = there.length > 0 ? there : names;
    sentences.push(
      `pipx had ${inWords(known)} installed already and changed nothing. To upgrade: ` +
        known.map((name) => `pipx upgrade ${name}`).join(' && '),
    );
    // What the list calls an application is hardly ever imported.
    const others = known.filter((name) => applicationNamed(name) === undefined);
    if (others.length > 0) sentences.push(toImport(others, situation));
  }
  if (meanings.includes('name-clash'))
    sentences.push(
      `${bin} already held a command of that name, which ${ours ? 'was' : 'pipx'} left alone: it still starts what it did before. ${
        ours
          ? 'To replace it, take that one away and type the same line again.'
          : `To replace it: pipx install --force ${names.join(' ')}`
      }`,
    );
  if (meanings.includes('no-apps'))
    sentences.push(`${inWords(names)} ${has(names)} no commands to run; pipx is for applications.`);
  if (meanings.includes('not-found'))
    sentences.push(`No package was found for ${inWords(names)}; the spelling, or the index, may be wrong.`);
  if (commands.length > 0) sentences.push(`Commands in ${bin}: ${commands.join(', ')}.`);
  const imported = names.filter((name) => mayBeImported(situation, name));
  if (imported.length > 0 && commands.length > 0 && !meanings.includes('already-installed'))
    sentences.push(toImport(imported, situation));
  return sentences;
}

/**
 * Nothing can import what pipx keeps: a library with commands is wanted in an environment as well. PIP_DETOUR comes before
 * what is remembered here. Where it is all that was typed, it is the line that was typed, with its index and its versions;
 * no full stop follows what is to be copied.
 */
function toImport(names: readonly string[], { name, command }: Situation): string {
  const { argv, requirements } = command;
  const it = names.length === 1 ? 'it' : 'them';
  const whole = names.length === requirements.length && maskedWords(argv).join() === argv.join();
  return `To import ${it} in your own code: PIP_DETOUR=venv ${name} ${quoteAll(whole ? argv : ['install', ...names])}`;
}

/** What to do so that the commands can be typed; undefined when they can. */
export function pathNote(situation: Situation): string | undefined {
  const keeper = keeperOf(situation);
  if (keeper === undefined || keeper.binOnPath) return undefined;
  const line = keeper === situation.withoutPipx ? situation.withoutPipx.pathLine : 'pipx ensurepath';
  return `${shortPath(keeper.bin, situation.home)} is not on your PATH, so its commands are not found yet. Type this, and then open a new terminal: ${line}`;
}
