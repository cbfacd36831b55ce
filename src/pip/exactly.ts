import type { PipCommand, Requirement } from '../types.ts';

/** The same line, which asks for this very version of one of its requirements; undefined where that one stands in no word of its own. */
export function asksExactly(
  command: PipCommand,
  requirement: Requirement,
  version: string,
): PipCommand | undefined {
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
  if (place === -1 || requirement.editable === true || requirement.name === undefined) return undefined;
  const [typed = requirement.name] = /^[\w.-]+/.exec(requirement.text) ?? [];
  const extras = (requirement.extras ?? []).length === 0 ? '' : `[${requirement.extras?.join(',')}]`;
  const marker = requirement.marker === undefined ? '' : `; ${requirement.marker}`;
  const text = `${typed}${extras}==${version}${marker}`;
  const exact = { ...requirement, text, specifier: `==${version}` };
  // It may be typed twice.
  const first = command.positionals.indexOf(requirement.text);
  return {
    ...command,
    argv: argv.map((word, at) => (at === place ? text : word)),
    requirements: command.requirements.map((one) => (one === requirement ? exact : one)),
    positionals: command.positionals.map((word, at) => (at === first ? text : word)),
  };
}
