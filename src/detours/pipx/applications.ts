import { rows, type Source } from './application-rows.ts';

/** What an application is, for the reason told, and how we know that it is one. */
export interface Application {
  readonly what: string;
  readonly source: Source;
  /** Needs `pipx install --include-deps`: the commands wanted come from a package it depends on. */
  readonly commandsOfDependencies?: boolean;
  /** Keeps projects from outside, so it never belongs into the environment of one, not even in a project. */
  readonly keepsProjects?: boolean;
}

/** The commands people mean are a dependency's: `ansible` itself brings ansible-community only. */
const ansible: Application = { what: 'an automation tool', source: 'list', commandsOfDependencies: true };

/** Every application known, by PEP 503 name. */
export const applications: ReadonlyMap<string, Application> = new Map([
  ['ansible', ansible] as const,
  ...rows.flatMap(([what, source, names]) =>
    names.split(/\s+/).map((name): readonly [string, Application] => [name, application(what, source)]),
  ),
]);

function application(what: string, source: Source): Application {
  return / project manager$/.test(what) ? { what, source, keepsProjects: true } : { what, source };
}

/** An application by its PEP 503 name; undefined for a library and for what is not known to be one or the other. */
export function applicationNamed(name: string): Application | undefined {
  return applications.get(name);
}
