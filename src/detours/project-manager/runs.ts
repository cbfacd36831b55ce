import { isAbsolute, join } from 'node:path';
import { hasOption, optionValues } from '../../pip/command-line.ts';
import type { ManagedProject, PipCommand, ProjectTool, Requirement, Situation } from '../../types.ts';
import { absolutePlace } from '../pipx/variables.ts';
import { nowhereElse } from '../shared/pip-variables.ts';
import { fateOf, type Task } from './options.ts';
import { type Parts, partsOf } from './parts.ts';

type Tool = ProjectTool['id'];

/** One run of a tool. */
export interface ToolRun {
  readonly args: readonly string[];
  /** What it does, for a title: `Adding requests`. */
  readonly doing: string;
}

/** The words each tool begins with, by task. uv would remove what the lock file does not name; pip removes nothing. */
const words: Readonly<Record<Tool, Readonly<Record<Task, readonly string[]>>>> = {
  uv: { add: ['add'], install: ['sync', '--inexact'], remove: ['remove'] },
  poetry: {
    add: ['add', '--no-interaction'],
    install: ['install', '--no-interaction'],
    remove: ['remove', '--no-interaction'],
  },
  pdm: { add: ['add'], install: ['install'], remove: ['remove'] },
  pipenv: { add: ['install'], install: ['install'], remove: ['uninstall'] },
  pixi: { add: ['add', '--pypi'], install: ['install'], remove: ['remove', '--pypi'] },
  hatch: { add: [], install: [], remove: [] },
};

/** The runs that stand for a pip command line which was not declined. */
export function toolRuns(tool: Tool, situation: Situation, project: ManagedProject): ToolRun[] {
  const { command } = situation;
  const parts = partsOf(situation, project, tool);
  return parts.tasks.flatMap((task): ToolRun[] => {
    const start = [...words[tool][task], ...carried(tool, task, command)];
    if (task === 'install')
      return [{ args: [...start, ...selection(tool, parts)], doing: 'Installing the project' }];
    if (task === 'remove') {
      const names = parts.others.map(({ name = '' }) => name);
      return [{ args: [...start, ...names], doing: `Removing ${names.join(', ')}` }];
    }
    return additions(tool, parts.others, command).map(({ args, doing }) => ({
      args: [...start, ...args],
      doing,
    }));
  });
}

/** Editable ones go by themselves: uv's flag is for all that stand on its line, and PDM only takes them for development. */
function additions(tool: Tool, requirements: readonly Requirement[], command: PipCommand): ToolRun[] {
  const upgrade = hasOption(command, '--upgrade');
  const again = hasOption(command, '--force-reinstall') || hasOption(command, '--ignore-installed');
  const plain = requirements.filter(({ editable }) => editable !== true);
  const editable = requirements.filter((one) => one.editable === true);
  const run = (
    group: readonly Requirement[],
    flags: readonly string[],
    each: readonly string[] = [],
  ): ToolRun[] => {
    if (group.length === 0) return [];
    const names = tool === 'uv' ? group.flatMap(({ name }) => name ?? []) : [];
    const args = [
      ...flags,
      ...(upgrade ? names.map((name) => `--upgrade-package=${name}`) : []),
      ...(again ? names.map((name) => `--reinstall-package=${name}`) : []),
      ...group.flatMap((one) =>
        one.kind === 'file' ? [] : [...each, specOf(tool, one, upgrade && one.editable !== true)],
      ),
      ...group.flatMap((one) => (one.kind === 'file' ? [`--requirements=${one.text}`] : [])),
    ];
    return [{ args, doing: `Adding ${group.map(({ text }) => text).join(', ')}` }];
  };
  switch (tool) {
    case 'pdm':
      return [...run(plain, []), ...run(editable, ['--dev'], ['--editable'])];
    case 'pipenv':
      return [...run(plain, []), ...run(editable, [], ['--editable'])];
    default:
      return [...run(plain, []), ...run(editable, ['--editable'])];
  }
}

/** A requirement as the tool takes it: local paths begin with `.` or `/` for all of them. */
function specOf(
  tool: Tool,
  { kind, text, extras, name, specifier, marker }: Requirement,
  upgrade: boolean,
): string {
  if (kind === 'path') return isAbsolute(text) || text.startsWith('.') ? text : `./${text}`;
  // Poetry leaves alone what the project has already, unless a version is named.
  if (tool === 'poetry' && upgrade && kind === 'name' && specifier === undefined && marker === undefined)
    return `${name}${extras === undefined ? '' : `[${extras.join(',')}]`}@latest`;
  return text;
}

/** The project's own extras and groups that were asked for. */
function selection(tool: Tool, { itself, groups }: Parts): string[] {
  const extras = itself.flatMap((one) => one.extras ?? []);
  switch (tool) {
    case 'uv':
      return [...extras.map((extra) => `--extra=${extra}`), ...groups.map((group) => `--group=${group}`)];
    case 'poetry':
      return [...extras.map((extra) => `--extras=${extra}`), ...groups.map((group) => `--with=${group}`)];
    case 'pdm':
      return [...extras, ...groups].map((group) => `--group=${group}`);
    default:
      return [];
  }
}

/** The options that the tool knows under a name of its own. Always with `=`, whatever a value begins with. */
function carried(tool: Tool, task: Task, command: PipCommand): string[] {
  const found: string[] = [];
  // pip takes the last index it is given, and uv takes one default only.
  const last = command.options.findLast(({ name }) => name === '--index-url');
  for (const option of command.options) {
    const fate = fateOf(tool, task, option);
    const value = option.value ?? '';
    // Told twice to be quiet, uv would not tell its errors, as pip with -qq does.
    if (fate === 'as: --quiet' && found.includes('--quiet')) continue;
    if (fate.startsWith('as: ')) found.push(fate.slice(4));
    else if (fate.startsWith('with: ') && (option.name !== '--index-url' || option === last))
      found.push(`${fate.slice(6)}=${value}`);
    else if (fate === 'handled' && tool === 'uv') found.push(...binaries(option.name, value));
  }
  return found;
}

/** pip's lists of names, and `:all:`, as uv's flags. */
function binaries(name: string, value: string): string[] {
  const flag = name === '--no-binary' ? '--no-binary' : name === '--only-binary' ? '--no-build' : undefined;
  if (flag === undefined) return [];
  return value
    .split(',')
    .filter((one) => one !== '')
    .map((one) => (one === ':all:' ? flag : `${flag}-package=${one}`));
}

/** The environment a tool is started with: nothing that leads it away from the project's own environment. */
export function toolVariables(
  { command, active, cwd }: Situation,
  { root }: ManagedProject,
): Record<string, string | null> {
  const proxy = optionValues(command, '--proxy').at(-1);
  const certificate = optionValues(command, '--cert').at(-1);
  const file = certificate === undefined ? undefined : absolutePlace(certificate, cwd);
  const own = active?.directory.startsWith(join(root, '/')) === true;
  return {
    // Poetry, PDM and Pipenv install into whatever environment is activated; uv warns about it.
    ...(own ? {} : { VIRTUAL_ENV: null }),
    ...nowhereElse,
    PIP_USER: null,
    ...(proxy === undefined
      ? {}
      : { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, http_proxy: proxy, https_proxy: proxy }),
    ...(file === undefined ? {} : { SSL_CERT_FILE: file, REQUESTS_CA_BUNDLE: file }),
    ...(hasOption(command, '--no-color') ? { NO_COLOR: '1' } : {}),
  };
}
