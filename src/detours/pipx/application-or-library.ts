import { hasOption } from '../../pip/command-line.ts';
import { inWords } from '../../system/sentences.ts';
import type { Requirement, Situation } from '../../types.ts';
import { answerFor, factsOf } from '../shared/index-answers.ts';
import { type Application, applicationNamed } from './applications.ts';
import { isMadeToBeRun } from './from-index.ts';
import { belongsBesideOthers, isLibrary } from './libraries.ts';

/** Options that only a project's packages are installed with. */
const ofProjects = ['--constraint', '--require-hashes'];

/**
 * Why what is installed here is an application and so pipx's, in words; undefined when it may be a library or belongs
 * to the project. The doubt goes to the environment: there a command can still be run, whereas nothing can import what
 * pipx keeps.
 */
export function speaksForPipx(situation: Situation): string | undefined {
  const { command, project } = situation;
  if (ofProjects.some((option) => hasOption(command, option))) return undefined;
  const known = command.requirements.flatMap((requirement) => knownApplication(requirement, situation) ?? []);
  const [first] = known;
  if (first === undefined || known.length < command.requirements.length) return undefined;
  const together = known.length > 1;
  if (project !== undefined) {
    // Several, or one of a certain version, are what this project is worked on with.
    if (together || command.requirements.some(({ specifier }) => specifier !== undefined)) return undefined;
    if (project.python && first.application.keepsProjects !== true) return undefined;
  }
  if (together) return `${inWords(known.map(({ name }) => name))} are applications`;
  const apart = project?.python === true ? ', kept apart from the projects it manages' : '';
  return `${first.name} is ${first.application.what}${apart}`;
}

function knownApplication(
  requirement: Requirement,
  situation: Situation,
): { name: string; application: Pick<Application, 'what' | 'keepsProjects'> } | undefined {
  const { kind, name, text, editable } = requirement;
  if (kind !== 'name' || name === undefined || editable === true) return undefined;
  // `black @ file:///…` and a condition behind a semicolon may mean something else by that name.
  const typed = /^[\w.-]+/.exec(text)?.[0];
  const application = applicationNamed(name) ?? applicationBySigns(name, situation);
  if (typed === undefined || application === undefined || /[@;]/.test(text)) return undefined;
  return { name: typed, application };
}

/** What no table lists is known by what its package says; where nobody has read that, by its name. */
function applicationBySigns(name: string, situation: Situation): Pick<Application, 'what'> | undefined {
  if (isLibrary(name) || belongsBesideOthers(name)) return undefined;
  const answer = answerFor(situation, name);
  const known = answer === undefined ? undefined : isMadeToBeRun(answer);
  if (known === true && !mayBeImported(situation, name)) return { what: 'made to be run, not imported' };
  // Who has its commands already and types its name again wants the rest of it.
  const isThere = [situation.pipx, situation.withoutPipx].some((one) => one?.installed.includes(name));
  if (known === true && !isThere) return { what: 'made to be run; as an app it cannot be imported' };
  return known === undefined && isNamedLikeOne(name)
    ? { what: 'a program for the terminal, by its name' }
    : undefined;
}

/**
 * Of the 10,428 projects of PyPI (2026-11) with these endings 8 in 100 call themselves a library or a part of one; of those
 * that are downloaded most, these are such, or have to see the packages of a project.
 */
const notForThemselves: ReadonlySet<string> = new Set(
  `az-cli crewai-cli dagster-cloud-cli dagster-dg-cli fastapi-cli flet-cli inference-cli langchain-cli langgraph-cli
  llama-index-cli pip-licenses-cli polylith-cli pydantic-cli pyodide-cli redis-cli reflex-hosting-cli speedtest-cli
  typer-cli`.split(/\s+/),
);

/** Its description shows it being imported, too. */
export function mayBeImported(situation: Situation, name: string): boolean {
  return factsOf(situation, name)?.says.includes('import') === true;
}

function isNamedLikeOne(name: string): boolean {
  return /-(?:cli|tui)$/.test(name) && !notForThemselves.has(name);
}
