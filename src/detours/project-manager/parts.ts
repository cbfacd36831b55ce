import { resolve } from 'node:path';
import { optionValues } from '../../pip/command-line.ts';
import { isInside } from '../../system/real-path.ts';
import type { ManagedProject, ProjectTool, Requirement, Situation } from '../../types.ts';
import type { Task } from './options.ts';

/** A command line split into what is to be done. */
export interface Parts {
  /** The project one stands in: it is installed, not added to itself. */
  readonly itself: readonly Requirement[];
  /** What is added or removed. */
  readonly others: readonly Requirement[];
  /** Groups of the project's own dependencies. */
  readonly groups: readonly string[];
  /** In this order. */
  readonly tasks: readonly Task[];
}

/** Which part of a command line is the project itself, and which is to be added to or removed from it. */
export function partsOf(situation: Situation, project: ManagedProject, tool: ProjectTool['id']): Parts {
  const { command, cwd } = situation;
  const groups = optionValues(command, '--group');
  if (command.subcommand === 'uninstall')
    return { itself: [], others: command.requirements, groups, tasks: ['remove'] };
  // Pipenv knows no project beside its Pipfile: there it is a package like any other.
  const isOwn = (one: Requirement) => tool !== 'pipenv' && isItself(one, cwd, project);
  const itself = command.requirements.filter(isOwn);
  const others = command.requirements.filter((one) => !isOwn(one));
  const installs = itself.length > 0 || groups.length > 0;
  return {
    itself,
    others,
    groups,
    tasks: [...(installs ? (['install'] as const) : []), ...(others.length > 0 ? (['add'] as const) : [])],
  };
}

/** In a member of a workspace that is the member, at its top the whole. */
function isItself({ kind, text }: Requirement, cwd: string, { root }: ManagedProject): boolean {
  if (kind !== 'path') return false;
  const path = resolve(cwd, text.replace(/\[[^\]]*\]$/, ''));
  return isInside(path, root) && isInside(cwd, path);
}
