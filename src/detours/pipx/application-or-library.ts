import { hasOption } from '../../pip/command-line.ts';
import { inWords } from '../../system/sentences.ts';
import type { Requirement, Situation } from '../../types.ts';
import { answerFor } from '../shared/index-answers.ts';
import { type Application, applicationNamed } from './applications.ts';
import { isMadeToBeRun } from './from-index.ts';
import { isLibrary } from './libraries.ts';

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
  const application = applicationNamed(name) ?? applicationByIndex(name, situation);
  if (typed === undefined || application === undefined || /[@;]/.test(text)) return undefined;
  return { name: typed, application };
}

/** What no table lists is known by what its package says. */
function applicationByIndex(name: string, situation: Situation): Pick<Application, 'what'> | undefined {
  const answer = answerFor(situation, name);
  if (answer === undefined || isLibrary(name) || isMadeToBeRun(answer) !== true) return undefined;
  return { what: 'made to be run, not imported' };
}
