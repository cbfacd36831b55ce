import type { DetourId } from '../detours/ids.ts';

/** The project somebody stands in. `because` names what told us: `pyproject.toml`, `.venv`, `git repository`. */
export interface Project {
  readonly root: string;
  readonly because: string;
  /** A Python project, as opposed to a mere repository. */
  readonly python: boolean;
}

/** A directory with something that makes it a project of its own, apart from those around it. */
export interface OwnProject {
  readonly directory: string;
  /** What it has of its own: `.venv`, `poetry.lock`, `git repository`. */
  readonly because: string;
}

/** A choice that is remembered for a directory above and is not used here, because a project of its own lies between. */
export interface ChoiceAbove {
  /** The directory it is remembered for, a real path. */
  readonly directory: string;
  readonly detour: DetourId;
  /** The environment it means, where the record says so. */
  readonly environment?: string;
  readonly own: OwnProject;
}

/** A directory something may be made in. */
export interface Place {
  readonly directory: string;
  readonly writable: boolean;
  /** User id of its owner; -1 when it is gone. */
  readonly owner: number;
}

/** A kind of place that changes what is sensible; several may hold at once (see place/kinds.ts). */
export type PlaceKind =
  | 'agent'
  | 'jupyter'
  | 'github-actions'
  | 'gitlab-ci'
  | 'ci'
  | 'docker-build'
  | 'docker'
  | 'podman'
  | 'kubernetes'
  | 'codespaces'
  | 'devcontainer'
  | 'toolbox'
  | 'lxc'
  | 'wsl1'
  | 'wsl2'
  | 'raspberry-pi'
  | 'nixos'
  | 'homebrew'
  | 'sudo'
  | 'root'
  | 'ssh';

/** What kind of machine and session this is. */
export interface Where {
  readonly kinds: readonly PlaceKind[];
  /** A container whose Python nobody else uses and that is made anew, not mended: a Docker build, a pod. */
  readonly throwAway: boolean;
}
