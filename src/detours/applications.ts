/** What an application is, for the reason told, and how we know that it is one. */
export interface Application {
  readonly what: string;
  /** `list`: pipx's own list; `own`: its own installation page names pipx; `kind`: a program to be typed by all it says of itself. */
  readonly source: 'list' | 'own' | 'kind';
  /** Needs `pipx install --include-deps`: the commands wanted come from a package it depends on. */
  readonly commandsOfDependencies?: boolean;
}

/**
 * Programs to be typed, not libraries to be imported, by PEP 503 name; only what is certain, so nothing that has to see
 * the packages of a project (pylint, pytest, mkdocs). `list` is docs/reference/programs-to-try of pypa/pipx.
 */
export const applications: Readonly<Record<string, Application>> = {
  // The commands people mean are ansible-core's; `ansible` itself brings ansible-community only.
  ansible: { what: 'an automation tool', source: 'list', commandsOfDependencies: true },
  asciinema: { what: 'a terminal recorder', source: 'list' },
  black: { what: 'a code formatter', source: 'list' },
  cookiecutter: { what: 'a project generator', source: 'list' },
  hatch: { what: 'a project manager', source: 'list' },
  httpie: { what: 'an HTTP client for the terminal', source: 'kind' },
  nox: { what: 'a test runner for several Pythons', source: 'own' },
  pdm: { what: 'a project manager', source: 'own' },
  pipenv: { what: 'a project manager', source: 'list' },
  poetry: { what: 'a project manager', source: 'list' },
  'pre-commit': { what: 'a manager of git hooks', source: 'kind' },
  ruff: { what: 'a linter and formatter', source: 'list' },
  tox: { what: 'a test runner for several Pythons', source: 'own' },
  twine: { what: 'an uploader of packages', source: 'kind' },
  uv: { what: 'a package and project manager', source: 'own' },
  'yt-dlp': { what: 'a video downloader', source: 'kind' },
};

/** An application by its PEP 503 name; undefined for a library and for what is not known to be one or the other. */
export function applicationNamed(name: string): Application | undefined {
  return Object.hasOwn(applications, name) ? applications[name] : undefined;
}
