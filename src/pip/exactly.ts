import type { PipCommand, Requirement } from '../types.ts';

/** The same line, which asks for this very version of one of its requirements; undefined where that one stands in no word of its own. */
export function asksExactly(
  command: PipCommand,
  requirement: Requirement,
  version: string,
): PipCommand | undefined {
  if (requirement.name === undefined) return undefined;
  const [typed] = /^[\w.-]+/.exec(requirement.text) ?? [requirement.name];
  const extras = (requirement.extras ?? []).length === 0 ? '' : `[${requirement.extras?.join(',')}]`;
  const marker = requirement.marker === undefined ? '' : `; ${requirement.marker}`;
  const text = `${typed}${extras}==${version}${marker}`;
  return replaced(command, requirement, { ...requirement, text, specifier: `==${version}` });
}

/** The same line, which asks for one of its requirements under another name; undefined as above. */
export function underName(
  command: PipCommand,
  requirement: Requirement,
  name: string,
): PipCommand | undefined {
  const text = requirement.text.replace(/^[\w.-]+/, name);
  return replaced(command, requirement, { ...requirement, text, name });
}

function replaced(command: PipCommand, requirement: Requirement, by: Requirement): PipCommand | undefined {
  const { argv, options, subcommandAt } = command;
  const taken = new Set(
    options.flatMap(({ at, tokens, valueAt }) => [
      ...Array.from({ length: tokens }, (_, more) => at + more),
      ...(valueAt === undefined ? [] : [valueAt]),
    ]),
  );
  const place = argv.findIndex(
    (word, at) => at !== subcommandAt && !taken.has(at) && word === requirement.text,
  );
  if (place === -1 || requirement.editable === true) return undefined;
  // It may be typed twice.
  const first = command.positionals.indexOf(requirement.text);
  return {
    ...command,
    argv: argv.map((word, at) => (at === place ? by.text : word)),
    requirements: command.requirements.map((one) => (one === requirement ? by : one)),
    positionals: command.positionals.map((word, at) => (at === first ? by.text : word)),
  };
}
