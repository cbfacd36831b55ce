import type { Invocation } from './invocation.ts';

/** Options by which something to install is named without a positional argument. */
const naming = ['--requirement', '--editable', '--group', '--requirements-from-script'];

/**
 * `pip install` with nothing to install: pip refuses before it looks, but the person's mistake is another, and no
 * detour would help. What variables may name counts as named.
 */
export function namesNothing({ command, environment }: Invocation): boolean {
  if (command.subcommand !== 'install' || command.positionals.length > 0) return false;
  if (command.options.some(({ name }) => naming.includes(name))) return false;
  const variables = ['PIP_REQUIREMENT', 'PIP_EDITABLE', 'PIP_GROUP', 'PIP_REQUIREMENTS_FROM_SCRIPT'];
  return command.unparsed.length === 0 && variables.every((name) => !environment.variables[name]);
}

/** The line after pip's refusal: pip's own words for this mistake, which the refusal kept it from saying. */
export function nothingNamed(name: string): string {
  return `pip-detour: you did not say what to install. Type ${name} install NAME, ${name} install -r FILE, or ${name} install . for the project here`;
}
