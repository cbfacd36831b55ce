import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProgram } from '../../place/programs.ts';
import { mayBeProject } from '../../project/find.ts';
import { repositories } from '../../project/repository.ts';
import type { ProjectText } from '../../project/toml.ts';
import { readTextFile } from '../../system/text-file.ts';
import type { Environment } from '../../system/variables.ts';
import type { ManagedProject, ProjectTool } from '../../types.ts';

type ToolId = ProjectTool['id'];

/** Each tool's lock file, and the manifests of its own; all but Pipenv can live in pyproject.toml. */
const files: readonly { readonly id: ToolId; readonly lock?: string; readonly manifest?: string }[] = [
  { id: 'uv', lock: 'uv.lock' },
  { id: 'poetry', lock: 'poetry.lock' },
  { id: 'pdm', lock: 'pdm.lock' },
  { id: 'pipenv', lock: 'Pipfile.lock', manifest: 'Pipfile' },
  { id: 'pixi', lock: 'pixi.lock', manifest: 'pixi.toml' },
  { id: 'hatch' },
];

/** What was found around a directory about tools that keep a project's dependencies. */
export interface ProjectLook {
  readonly managed?: ManagedProject;
  /** `requires-python` of the nearest pyproject.toml. */
  readonly requiresPython?: string;
}

/**
 * Looks from `cwd` (a real path) upward, to the root of the repository and never as far as `home`, for a project whose
 * dependencies a tool keeps. Reads files and starts nothing.
 */
export async function lookForManagedProject(
  cwd: string,
  home: string,
  uid: number,
  environment: Environment,
): Promise<ProjectLook> {
  let nearest: ManagedProject | undefined;
  let requiresPython: string | undefined;
  for (
    let directory = cwd;
    directory !== '' && mayBeProject(directory, home, uid);
    directory = dirname(directory)
  ) {
    const text = await readProject(join(directory, 'pyproject.toml'));
    requiresPython ??= text?.requiresPython;
    const tools = toolsIn(directory, text);
    if (nearest === undefined && tools.length > 0) nearest = { root: directory, tools };
    // A member of a workspace names its tool, and the lock file lies at the top.
    else if (nearest !== undefined) nearest = withLockAbove(nearest, directory, tools);
    if (Object.keys(repositories).some((name) => existsSync(join(directory, name)))) break;
  }
  return {
    ...(nearest === undefined ? {} : { managed: withPrograms(nearest, environment) }),
    ...(requiresPython === undefined ? {} : { requiresPython }),
  };
}

async function readProject(file: string): Promise<ProjectText | undefined> {
  const read = readTextFile(file);
  if (read.kind !== 'text') return undefined;
  const { readProjectText } = await import('../../project/toml.ts');
  return readProjectText(read.text);
}

/** The tools of one directory: those with a lock file, else those with a manifest or a table. */
function toolsIn(directory: string, text: ProjectText | undefined): ProjectTool[] {
  const has = (name: string | undefined): name is string =>
    name !== undefined && existsSync(join(directory, name));
  const found = files.flatMap(({ id, lock, manifest }): ProjectTool[] => {
    const isNamed = has(manifest) || text?.tools.includes(id) === true;
    if (!has(lock)) return isNamed ? [{ id, manifest: has(manifest) ? manifest : 'pyproject.toml' }] : [];
    return [
      {
        id,
        lock,
        manifest: manifest !== undefined && (id === 'pipenv' || has(manifest)) ? manifest : 'pyproject.toml',
      },
    ];
  });
  const locked = found.filter(({ lock }) => lock !== undefined);
  if (locked.length > 0) return locked;
  // hatch has no command to add with, and its lock file (pylock.toml, PEP 751) may be anybody's: where another tool is
  // named, that one is meant.
  const adding = found.filter(({ id }) => id !== 'hatch');
  return adding.length > 0 ? adding : found;
}

function withLockAbove(
  nearest: ManagedProject,
  above: string,
  tools: readonly ProjectTool[],
): ManagedProject {
  const [only, ...more] = nearest.tools;
  if (only === undefined || more.length > 0 || only.lock !== undefined) return nearest;
  const same = tools.find(({ id, lock }) => id === only.id && lock !== undefined);
  return same === undefined
    ? nearest
    : { root: above, tools: [{ ...only, ...same, manifest: only.manifest }] };
}

function withPrograms({ root, tools }: ManagedProject, environment: Environment): ManagedProject {
  // The others may keep it anywhere; uv keeps it here unless this variable says otherwise.
  const isHere = tools[0]?.id === 'uv' && (environment.variables['UV_PROJECT_ENVIRONMENT'] ?? '') === '';
  return {
    root,
    tools: tools.map((tool) => {
      const executable = findProgram(tool.id, environment, root);
      return executable === undefined ? tool : { ...tool, executable };
    }),
    ...(isHere ? { environment: join(root, '.venv') } : {}),
  };
}
