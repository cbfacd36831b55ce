import { spelled } from '../../pip/command-line.ts';
import { shortPath } from '../../system/quote.ts';
import { inWords } from '../../system/sentences.ts';
import type { Detour, ManagedProject, Plan, ProjectTool, Situation, Step } from '../../types.ts';
import { listenedTo } from '../shared/listened-to.ts';
import { declinedBy } from './declined.ts';
import { fateOf, reasonOf, toolNames } from './options.ts';
import { partsOf } from './parts.ts';
import { toolRuns, toolVariables } from './runs.ts';

type Tool = ProjectTool['id'];

/** The tool that keeps this project's dependencies adds the package itself, to project file, lock file and environment. */
export const projectManager: Detour = {
  id: 'project-manager',
  title(situation) {
    const tool = soleTool(situation);
    if (tool === undefined) return "Add with the project's tool";
    const name = toolNames[tool.id];
    if (situation.command.subcommand === 'uninstall') return `Remove from the project with ${name}`;
    const [first] = partsOf(situation, projectOf(situation), tool.id).tasks;
    return first === 'install' ? `Install the project with ${name}` : `Add to the project with ${name}`;
  },
  detail(situation) {
    const tool = soleTool(situation);
    if (tool === undefined) return '';
    const files = [tool.manifest, tool.lock].filter((file) => file !== undefined).join(' and ');
    return `${toolNames[tool.id]} in ${shortPath(projectOf(situation).root, situation.home)} · ${files}`;
  },
  unavailable(situation) {
    const project = situation.managedProject;
    if (project === undefined) return 'no tool manages the dependencies here';
    const tool = soleTool(situation);
    if (tool === undefined) return contradiction(project.tools);
    if (tool.id === 'hatch')
      return 'Hatch has no command to add packages: write them into pyproject.toml by hand';
    const reason = declinedBy(tool.id, situation, project);
    if (reason !== undefined) return reason;
    if (tool.executable !== undefined) return undefined;
    const sign = tool.lock ?? tool.manifest;
    return `${sign} belongs to ${toolNames[tool.id]}, which is not installed; to get it: ${howToGet[tool.id]}`;
  },
  recommended(situation) {
    const lock = soleTool(situation)?.lock;
    return lock === undefined ? undefined : `${lock} here`;
  },
  hidden: ({ managedProject }) => managedProject === undefined,
  plan: planOf,
  target({ managedProject }) {
    const tool = managedProject?.tools[0]?.id;
    const environment = managedProject?.environment;
    return {
      ...(environment === undefined ? {} : { environment }),
      ...(tool === undefined ? {} : { tool }),
    };
  },
  runsProjectCode({ managedProject }) {
    const tool = managedProject?.tools[0]?.id;
    return tool === undefined ? undefined : toolNames[tool];
  },
};

/** The remark beside a detour that would change this project's packages without the tool that keeps them. */
export function lockNote({ managedProject }: Situation): string | undefined {
  const locks = (managedProject?.tools ?? []).flatMap(({ lock }) => lock ?? []);
  if (locks.length === 0) return undefined;
  return `${inWords(locks)} ${locks.length === 1 ? 'is' : 'are'} not updated by this`;
}

const howToGet: Readonly<Record<Tool, string>> = {
  uv: 'pipx install uv',
  poetry: 'pipx install poetry',
  pdm: 'pipx install pdm',
  pipenv: 'pipx install pipenv',
  pixi: 'curl -fsSL https://pixi.sh/install.sh | sh',
  hatch: 'pipx install hatch',
};

function planOf(situation: Situation): Plan {
  const tool = soleTool(situation);
  const command = tool?.executable;
  if (tool === undefined || command === undefined) throw new Error('no tool manages the dependencies here');
  const project = projectOf(situation);
  const env = toolVariables(situation, project);
  const steps = toolRuns(tool.id, situation, project).map(
    // Started where the person stands: every tool looks upward for its project, and paths on the line are theirs.
    ({ args, doing }): Step => ({
      kind: 'run',
      command,
      args,
      env,
      title: `${doing} with ${toolNames[tool.id]}`,
      hears: tool.id,
      ...listenedTo(situation),
    }),
  );
  const dropped = droppedBy(tool.id, situation, project);
  const { tasks, others } = partsOf(situation, project, tool.id);
  const afterwards = [
    ...(tool.id === 'pdm' && others.some(({ editable }) => editable)
      ? ['PDM puts editable packages among the dependencies for development.']
      : []),
    ...(tasks.includes('remove') ? [] : [`To run something with it: ${tool.id} run …`]),
  ];
  return {
    steps,
    ...(project.environment === undefined || tasks.includes('remove')
      ? {}
      : { activate: project.environment }),
    ...(dropped.length === 0 ? {} : { dropped }),
    ...(afterwards.length === 0 ? {} : { afterwards }),
  };
}

/** What was left out, each with its reason, once. */
function droppedBy(tool: Tool, situation: Situation, project: ManagedProject): string[] {
  const { command } = situation;
  const { tasks } = partsOf(situation, project, tool);
  const found = command.options.flatMap((option) => {
    const fates = tasks.map((task) => fateOf(tool, task, option));
    const fate = fates.every((one) => one.startsWith('drop: ')) ? fates[0] : undefined;
    if (fate !== undefined) return [`${spelled(command, option)} (${reasonOf(tool, fate)})`];
    // The newest is taken by these without being told, as far as the project file allows.
    const silent = option.name === '--upgrade' && tool !== 'uv' && tool !== 'poetry';
    return silent
      ? [`${spelled(command, option)} (${toolNames[tool]} takes the newest that the project allows)`]
      : [];
  });
  return [...new Set(found)];
}

function projectOf({ managedProject }: Situation): ManagedProject {
  if (managedProject === undefined) throw new Error('no tool manages the dependencies here');
  return managedProject;
}

function soleTool({ managedProject }: Situation): ProjectTool | undefined {
  const [only, ...more] = managedProject?.tools ?? [];
  return more.length === 0 ? only : undefined;
}

function contradiction(tools: readonly ProjectTool[]): string {
  const files = tools.map(({ id, lock, manifest }) => lock ?? `${toolNames[id]}'s part of ${manifest}`);
  return `${inWords(files)} are both here, and pip-detour cannot know which one counts`;
}
