import { hasOption, optionValues, spelled } from '../../pip/command-line.ts';
import type { ManagedProject, ProjectTool, Requirement, Situation } from '../../types.ts';
import { notUnderstood } from '../shared/not-understood.ts';
import { fateOf, reasonOf, toolNames } from './options.ts';
import { partsOf } from './parts.ts';

type Tool = ProjectTool['id'];

/** Why a tool cannot do what this command line says, as the person is told; undefined where it can. */
export function declinedBy(tool: Tool, situation: Situation, project: ManagedProject): string | undefined {
  const { command } = situation;
  const { subcommand, options } = command;
  const name = toolNames[tool];
  if (subcommand !== 'install' && subcommand !== 'uninstall')
    return 'packages are only added and removed this way';
  if (command.python !== undefined) return '--python: another Python was named, and the project has its own';
  const unclear = notUnderstood(command);
  if (unclear !== undefined) return unclear;
  const { itself, others, groups, tasks } = partsOf(situation, project, tool);
  for (const task of tasks)
    for (const option of options) {
      const fate = fateOf(tool, task, option);
      if (fate.startsWith('no: ')) return `${spelled(command, option)}: ${reasonOf(tool, fate)}`;
    }
  if (tasks.length === 0 || (subcommand === 'uninstall' && others.length === 0))
    return 'no package was named';
  const group = groups.find((text) => text.includes(':'));
  if (group !== undefined) return `--group ${group}: ${name} knows the groups of this project only`;
  if (tool === 'pipenv' || tool === 'pixi') {
    if (groups.length > 0) return `--group: ${name} keeps groups in a way of its own`;
    if (itself.some(({ extras }) => extras !== undefined))
      return `${name} takes no extras of the project itself`;
  }
  const password = ['--index-url', '--extra-index-url']
    .flatMap((option) => optionValues(command, option))
    .find((url) => /^[a-z+]+:\/\/[^/]*@/i.test(url));
  if (password !== undefined)
    return `the address of an index would be written into the project, and its password belongs to ${name}'s settings`;
  if (tool === 'uv' && isOfNone(situation)) return ':none: has no counterpart in uv';
  for (const one of others) {
    const reason = subcommand === 'uninstall' ? notRemovable(name, one) : notAddable(tool, one, situation);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function isOfNone({ command }: Situation): boolean {
  return ['--no-binary', '--only-binary'].some((option) =>
    optionValues(command, option).some((value) => value.includes(':none:')),
  );
}

function notRemovable(name: string, { kind, text, name: project }: Requirement): string | undefined {
  if (text.startsWith('-')) return `${text} is not a package`;
  return kind === 'name' && project !== undefined ? undefined : `${text}: ${name} removes packages by name`;
}

function notAddable(tool: Tool, one: Requirement, { command }: Situation): string | undefined {
  const { kind, text, name: project, editable } = one;
  const name = toolNames[tool];
  if (text.startsWith('-')) return `${text} is not a package`;
  if (kind === 'file') {
    if (tool !== 'uv' && tool !== 'pipenv') return `-r: ${name} reads no requirements file when it adds`;
    if (tool === 'uv' && hasOption(command, '--upgrade'))
      return '-r with -U: uv would upgrade everything in its lock file';
    return undefined;
  }
  if (project === 'pip') return 'pip cannot be a dependency of a project';
  if (tool === 'pixi' && kind !== 'name' && (kind === 'path' || !/^[\w.-]+\s*(\[|@)/.test(text)))
    return `${text}: pixi has to be told its name`;
  if (tool === 'pipenv' && kind === 'url' && project === undefined && editable !== true)
    return `${text}: Pipenv has to be told its name`;
  if (editable === true && kind === 'url' && (tool === 'uv' || tool === 'pixi'))
    return `-e ${text}: ${name} can only edit what lies in a directory here`;
  return undefined;
}
