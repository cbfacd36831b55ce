import type { PlaceKind } from '../types.ts';

/** What a hint is made from: what is known where nobody can answer, without looking further. */
export interface HintFacts {
  /** The command as it can be pasted, e.g. `pip install requests`. */
  readonly line: string;
  /** What follows `pip`, e.g. `install requests`. */
  readonly rest: string;
  /** `major.minor` of the refused Python, when it is known. */
  readonly version?: string;
  /** The command that brings what `python3 -m venv` needs first (Debian's ensurepip), when that is missing. */
  readonly venvLine?: string;
  /** The Python of the notebook that called us: whether pip may install there. */
  readonly kernel?: 'free' | 'managed';
  /** No environment is made for this command: it uninstalls something, or is about pip itself. */
  readonly needsEnvironment?: boolean;
}

/** One row of the table in docs/places.md, which is made from here. */
export interface PlaceRow {
  readonly kinds: readonly PlaceKind[];
  readonly situation: string;
  /** What pip-detour recommends or says there. */
  readonly does: string;
  /** What it will not do there. */
  readonly never: string;
  /** The sentence that is shown where nobody can be asked, if one for this place helps more than the general one. */
  readonly hint?: (facts: HintFacts) => string;
}

const inAdvance = ({ line, needsEnvironment = false }: HintFacts) =>
  needsEnvironment
    ? `To choose in advance, if there is an environment already: PIP_DETOUR=venv ${line} (or PIP_DETOUR=none)`
    : `To choose in advance: PIP_DETOUR=venv ${line} (or PIP_DETOUR=pipx, PIP_DETOUR=none)`;

/** Every place that is known. Where two apply at once, the hint of the upper one is shown. */
export const places: readonly PlaceRow[] = [
  {
    kinds: ['agent'],
    situation: 'a coding agent runs pip',
    does: 'one line of JSON after `pip-detour-hint:`: what refused, which detours there are, what would be recommended to a person here and why, the command to run instead',
    never: 'ask; wait for a key',
  },
  {
    kinds: ['jupyter'],
    situation: "Jupyter's `!pip`",
    does: "says `%pip install …`, which installs for the notebook's own Python; where that one is managed too, how to get a kernel of an environment",
    never: 'ask: the cell would hang for ever',
    hint: ({ rest, kernel }) =>
      kernel === 'managed'
        ? "The notebook's own Python is managed too, so make a kernel of an environment: python3 -m venv .venv, .venv/bin/pip install ipykernel, .venv/bin/python -m ipykernel install --user --name NAME"
        : `In a notebook, use %pip ${rest}: it installs for the notebook's own Python`,
  },
  {
    kinds: ['github-actions'],
    situation: 'GitHub Actions',
    does: 'names `actions/setup-python`, or `PIP_DETOUR` in the `env:` of the job',
    never: 'ask; make a `.venv` that later steps do not look for',
    hint: (facts) => `Put a step with uses: actions/setup-python before this one. ${inAdvance(facts)}`,
  },
  {
    kinds: ['gitlab-ci'],
    situation: 'GitLab CI',
    does: 'names the `python:` image, or `PIP_DETOUR` under `variables:`',
    never: 'ask; make a `.venv` unasked',
    hint: (facts) => `Use image: python:${facts.version ?? '3'} for this job. ${inAdvance(facts)}`,
  },
  {
    kinds: ['ci'],
    situation:
      'other CI (`CI` is set, or what marks a job of Jenkins, TeamCity, Azure, CodeBuild, Bamboo or GoCD)',
    does: 'says how to choose in advance with `PIP_DETOUR`',
    never: 'ask; make a `.venv` unasked',
  },
  {
    kinds: ['docker-build'],
    situation: '`RUN pip install` in a Dockerfile (root, a layered file system, no terminal)',
    does: 'gives the two lines of an environment in `/opt/venv`, and `PIP_DETOUR=break-system-packages`',
    never: 'ask; install into the system unless the Dockerfile says so',
    hint: ({ line, venvLine }) =>
      `In a Dockerfile: RUN ${venvLine === undefined ? '' : `${venvLine} && `}python3 -m venv /opt/venv, then ENV PATH=/opt/venv/bin:$PATH; or, as nobody else uses this Python: PIP_DETOUR=break-system-packages ${line}`,
  },
  {
    kinds: ['docker', 'podman'],
    situation: 'a shell in a Docker or Podman container, as root',
    does: 'recommends the system Python, as nobody else uses it; an environment that is there comes first',
    never: 'take the container of a laptop for it: `/.dockerenv` alone proves nothing',
  },
  {
    kinds: ['kubernetes'],
    situation: 'a Kubernetes pod',
    does: 'as in a container; the hint says that what is installed is gone with the pod',
    never: 'pretend that it stays',
    hint: (facts) =>
      `What you install in a pod is lost with the pod: install it into the image instead. ${inAdvance(facts)}`,
  },
  {
    kinds: ['codespaces', 'devcontainer'],
    situation: 'Codespaces, dev containers, Gitpod',
    does: "the project's `.venv`: people live there",
    never: 'recommend the system Python',
  },
  {
    kinds: ['toolbox'],
    situation: 'distrobox, toolbox',
    does: "the project's `.venv`; one of the host's, whose Python is not in here, is left alone",
    never: 'repair an environment that works outside; recommend the system Python',
  },
  {
    kinds: ['lxc'],
    situation: 'LXC, systemd-nspawn',
    does: 'as on any machine',
    never: 'take it for a throw-away container',
  },
  {
    kinds: ['wsl1', 'wsl2'],
    situation: 'WSL 1 and 2',
    does: "as on any machine; for a project under `/mnt/c` the environment goes to Linux's own disk, and is remembered",
    never: 'make an environment on a Windows drive, which knows no symbolic links',
  },
  {
    kinds: ['raspberry-pi'],
    situation: 'Raspberry Pi',
    does: "for hardware libraries (gpiozero, picamera2, lgpio …) apt's are recommended, and a new environment sees apt's packages; piwheels in pip.conf stays in force",
    never: 'hide the libraries that only apt has',
  },
  {
    kinds: ['homebrew'],
    situation: 'Homebrew, on macOS or Linux',
    does: 'the same ways; what is said names Homebrew',
    never: 'sudo',
  },
  {
    kinds: ['nixos'],
    situation: 'NixOS, Nix',
    does: 'an environment; the system way is greyed: nothing can write to the store',
    never: 'try to write to `/nix/store`',
  },
  {
    kinds: ['sudo'],
    situation: "`sudo pip` in somebody's project",
    does: 'says to do it without sudo',
    never: "a `.venv` of root's in the project; a file of root's in the person's settings",
    hint: (facts) =>
      facts.needsEnvironment === true
        ? `Do it without sudo. ${inAdvance(facts)}`
        : `Do it without sudo: PIP_DETOUR=venv ${facts.line} needs no root`,
  },
  {
    kinds: ['root'],
    situation: 'root, on a machine that is used',
    does: "the same ways, in root's own directories",
    never: 'recommend the system Python',
  },
  {
    kinds: ['ssh'],
    situation: 'SSH without a terminal (`ssh host pip install …`)',
    does: 'says that `ssh -t` gives a terminal, and how to choose in advance',
    never: 'ask',
    hint: (facts) => `With ssh -t, pip-detour has a terminal and can ask. ${inAdvance(facts)}`,
  },
];

/** The sentence that helps most in these places. */
export function hintFor(kinds: readonly PlaceKind[], facts: HintFacts): string {
  const row = places.find(
    (place) => place.hint !== undefined && place.kinds.some((kind) => kinds.includes(kind)),
  );
  return (row?.hint ?? inAdvance)(facts);
}

/** A row as it stands in docs/places.md. */
export function asMarkdown({ situation, does, never }: PlaceRow): string {
  return `| ${situation} | ${does} | ${never} |`;
}
