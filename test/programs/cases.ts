import type { PypiTool } from '../support/project-tools.ts';
import type { Sandbox } from '../support/sandbox.ts';

/** A program that runs pip, or is run beside it, and must not notice the shims. */
export interface ProgramCase {
  readonly program: string;
  /** Prints its version; one line of sh. */
  readonly version: string;
  /** How it comes by a pip, in a few words, for docs/real-programs.md. */
  readonly how: string;
  /** Where it comes from. */
  readonly from: { readonly apt: readonly string[] } | { readonly pypi: PypiTool } | { readonly npm: string };
  /** What lies in the project. */
  prepare(box: Sandbox): void;
  /** One line of sh, run in the project. */
  readonly line: string;
  /** The exit code without the shims: some cases are about the refusal itself. */
  readonly code: number;
  /** Something the output must hold, so that no two failures are taken for a success. */
  readonly says: RegExp;
}

const refusal = /externally-managed-environment/;
const setup = `import subprocess, sys
from setuptools import setup
subprocess.check_call(["pip", "install", "--target", "vendor", "demo-lib"])
setup(name="shop", version="1")
`;
const notebook = (cell: string) =>
  JSON.stringify({
    cells: [{ cell_type: 'code', execution_count: null, id: 'a', metadata: {}, outputs: [], source: [cell] }],
    metadata: { kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' } },
    nbformat: 4,
    nbformat_minor: 5,
  });
/** What the cell said, whole: in how many pieces it came differs with each run. */
const nbconvert = `jupyter-nbconvert --to notebook --execute --log-level ERROR --ExecutePreprocessor.timeout=60 --output done shop.ipynb && python3 -c '
import json
for cell in json.load(open("done.ipynb"))["cells"]:
    print("".join(text for output in cell["outputs"] for text in output.get("text", [])))'`;
const addon = `#include <node_api.h>
static napi_value start(napi_env env, napi_value exports) {
  napi_value pip;
  napi_create_int32(env, PIP_MAJOR, &pip);
  napi_set_named_property(env, exports, "pip", pip);
  return exports;
}
NAPI_MODULE(NODE_GYP_MODULE_NAME, start)
`;
const tox = '[tox]\nskipsdist = true\nenvlist = py\n[testenv]\n';
const none = () => {};

/** One row for each way of coming by a pip; each is run twice, with the shims first on PATH and without. */
export const programCases: readonly ProgramCase[] = [
  {
    program: 'make',
    version: 'make --version | head -n 1',
    how: 'a recipe: `pip install --target`, `pip list`, `pip --version`',
    from: { apt: ['make'] },
    prepare: (box) =>
      box.write(
        'Makefile',
        'all:\n\tpip --version\n\tpip install --target lib demo-lib\n\tpip list --path lib --format freeze\n',
      ),
    line: 'make',
    code: 0,
    says: /demo-lib==2\.0/,
  },
  {
    program: 'make',
    version: 'make --version | head -n 1',
    how: 'a recipe that is refused',
    from: { apt: ['make'] },
    prepare: (box) => box.write('Makefile', 'all:\n\tpip install demo-lib\n'),
    line: 'make',
    code: 2,
    says: refusal,
  },
  {
    program: 'setuptools',
    version: 'python3 -c "import setuptools; print(setuptools.__version__)"',
    how: '`setup.py` that runs pip in a subprocess',
    from: { apt: ['python3'] },
    prepare: (box) => box.write('setup.py', setup),
    line: 'python3 setup.py --quiet --name; ls vendor',
    code: 0,
    says: /demo_lib/,
  },
  {
    program: 'npm',
    version: 'npm --version',
    how: 'a package script: `pip install --target`',
    from: { apt: ['npm'] },
    prepare: (box) =>
      box.write('package.json', JSON.stringify({ scripts: { deps: 'pip install --target lib demo-lib' } })),
    line: 'npm run --no-update-notifier deps',
    code: 0,
    says: /Successfully installed demo-lib-2\.0/,
  },
  {
    program: 'npm',
    version: 'npm --version',
    how: 'a package script that is refused',
    from: { apt: ['npm'] },
    prepare: (box) =>
      box.write('package.json', JSON.stringify({ scripts: { deps: 'pip install demo-lib' } })),
    line: 'npm run --no-update-notifier --loglevel=error deps',
    code: 1,
    says: refusal,
  },
  {
    program: 'pipx',
    version: 'pipx --version',
    how: '`pipx install`, `pipx list`, `pipx runpip`, `pipx uninstall`',
    from: { apt: ['pipx'] },
    prepare: none,
    // pipx 1.7 wants a newer pip for what it shares, and gives up where no index has one.
    line: 'export PIP_FIND_LINKS="$PIP_FIND_LINKS /usr/share/python-wheels"; pipx install demo-app && pipx runpip demo-app --version && pipx list --short && pipx uninstall demo-app',
    code: 0,
    says: /installed package demo-app 2\.0/,
  },
  {
    program: 'venv',
    version: 'python3 --version',
    how: '`python3 -m venv`, activated, its own pip',
    from: { apt: ['python3'] },
    prepare: none,
    line: 'python3 -m venv env && . env/bin/activate && pip install demo-lib && pip list --format freeze && command -v pip',
    code: 0,
    says: /env\/bin\/pip/,
  },
  {
    program: 'xargs',
    version: 'xargs --version | head -n 1',
    how: '`xargs pip`, `find -exec pip`, `timeout pip`, `env pip`, `nice pip`',
    from: { apt: ['xargs'] },
    prepare: (box) => box.write('names', 'demo-lib\ndemo-other\n'),
    line: 'xargs <names pip install --target lib && find . -name names -exec pip install --target lib2 -r {} \\; && timeout 60 pip --version && env nice pip list --path lib --format freeze',
    code: 0,
    says: /demo-other==1\.0/,
  },
  {
    program: 'git',
    version: 'git --version',
    how: 'a hook that runs pip',
    from: { apt: ['git'] },
    prepare(box) {
      box.run('git', ['init', '-q']);
      box.write('.git/hooks/pre-commit', '#!/bin/sh\npip install --target lib demo-lib\n', 0o755);
    },
    line: 'git add . && git -c user.name=n -c user.email=e@example.org commit -q --allow-empty -m one; ls lib',
    code: 0,
    says: /demo_lib/,
  },
  {
    program: 'tox',
    version: 'tox --version 2>/dev/null | sed -n "s/ from .*//p"',
    how: '`deps`, and `pip` among the commands',
    from: { pypi: 'tox' },
    prepare: (box) => box.write('tox.ini', `${tox}deps = demo-lib\ncommands = pip list --format freeze\n`),
    line: 'tox run --quiet',
    code: 0,
    says: /demo-lib==2\.0/,
  },
  {
    program: 'tox',
    version: 'tox --version 2>/dev/null | sed -n "s/ from .*//p"',
    how: 'the pip of outside, by `allowlist_externals`',
    from: { pypi: 'tox' },
    prepare: (box) =>
      box.write(
        'tox.ini',
        `${tox}allowlist_externals = sh\ncommands = sh -c 'pip install --target lib demo-lib'\n`,
      ),
    line: 'tox run --quiet',
    code: 0,
    says: /Successfully installed demo-lib-2\.0/,
  },
  {
    program: 'nox',
    version: 'nox --version 2>&1',
    how: '`session.install`, `session.run("pip", …)`',
    from: { pypi: 'nox' },
    prepare: (box) =>
      box.write(
        'noxfile.py',
        'import nox\n@nox.session\ndef lib(session):\n    session.install("demo-lib")\n    session.run("pip", "list", "--format", "freeze")\n',
      ),
    line: 'nox --non-interactive',
    code: 0,
    says: /demo-lib==2\.0/,
  },
  {
    program: 'pre-commit',
    version: 'pre-commit --version',
    how: 'a `language: system` hook that runs pip',
    from: { pypi: 'pre-commit' },
    prepare(box) {
      box.run('git', ['init', '-q']);
      box.write(
        '.pre-commit-config.yaml',
        'repos:\n- repo: local\n  hooks:\n  - id: pip\n    name: pip\n    entry: pip install --target lib demo-lib\n    language: system\n    pass_filenames: false\n    always_run: true\n    verbose: true\n',
      );
      box.run('git', ['add', '.']);
    },
    line: 'pre-commit run --all-files',
    code: 0,
    says: /Successfully installed demo-lib-2\.0/,
  },
  {
    program: 'cookiecutter',
    version: 'cookiecutter --version | cut -d " " -f 1-2',
    how: 'a hook after generating: `pip install --target`',
    from: { pypi: 'cookiecutter' },
    prepare(box) {
      box.write('template/cookiecutter.json', '{"name": "made"}');
      box.write('template/{{cookiecutter.name}}/requirements.txt', 'demo-lib\n');
      box.write(
        'template/hooks/post_gen_project.sh',
        '#!/bin/sh\npip install --target lib -r requirements.txt\n',
        0o755,
      );
    },
    line: 'cookiecutter --no-input template && ls made/lib',
    code: 0,
    says: /demo_lib/,
  },
  {
    program: 'Ansible',
    version: 'ansible --version | head -n 1',
    how: 'its pip module with `virtualenv`',
    from: { pypi: 'ansible' },
    prepare: none,
    line: 'ansible -i localhost, -c local -m pip -a "name=demo-lib virtualenv=$PWD/env virtualenv_command=\'/usr/bin/python3 -m venv\'" localhost',
    code: 0,
    says: /Successfully installed demo-lib-2\.0/,
  },
  {
    program: 'Ansible',
    version: 'ansible --version | head -n 1',
    how: 'its pip module with `executable: pip3`, refused',
    from: { pypi: 'ansible' },
    prepare: none,
    line: 'ansible -i localhost, -c local -m pip -a "name=demo-lib executable=pip3" localhost',
    code: 2,
    says: refusal,
  },
  {
    program: 'Jupyter',
    version: 'jupyter-nbconvert --version',
    how: '`!pip install`, refused, and `!pip --version` in a cell (a pty with nobody at it)',
    from: { pypi: 'jupyter-nbconvert' },
    prepare: (box) => box.write('shop.ipynb', notebook('!pip install demo-lib\n!pip --version')),
    line: nbconvert,
    code: 0,
    says: refusal,
  },
  {
    program: 'Jupyter',
    version: 'jupyter-nbconvert --version',
    how: '`%pip install --target`, `!pip install --target`',
    from: { pypi: 'jupyter-nbconvert' },
    prepare: (box) =>
      box.write(
        'shop.ipynb',
        notebook('%pip install --target one demo-lib\n!pip install --target two demo-lib'),
      ),
    line: nbconvert,
    code: 0,
    says: /Successfully installed demo-lib-2\.0/,
  },
  {
    program: 'node-gyp',
    version: 'node-gyp --version',
    how: '`node-gyp rebuild` of an addon whose `binding.gyp` runs python3 and pip',
    from: { npm: 'node-gyp' },
    prepare(box) {
      box.write('addon.c', addon);
      const pip = "PIP_MAJOR=<!(pip --version | cut -d ' ' -f 2 | cut -d . -f 1)";
      const made = '<!(python3 -c \'import sys; print("addon" if sys.version_info[0] == 3 else "none")\')';
      box.write(
        'binding.gyp',
        JSON.stringify({ targets: [{ target_name: made, sources: ['addon.c'], defines: [pip] }] }),
      );
    },
    // With the headers of the Node that is here: it would fetch them.
    line: 'node-gyp rebuild --nodedir "$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")" && node -p "require(\'./build/Release/addon\').pip > 20"',
    code: 0,
    says: /^true$/m,
  },
  ...(['poetry', 'pdm'] as const).map(
    (tool): ProgramCase => ({
      program: tool === 'pdm' ? 'PDM' : 'Poetry',
      version: `${tool} --version`,
      how: '`add`, and `run pip` in its environment',
      from: { pypi: tool },
      prepare(box) {
        const table =
          tool === 'poetry' ? '[tool.poetry]\npackage-mode = false\n' : '[tool.pdm]\ndistribution = false\n';
        box.write(
          'pyproject.toml',
          `[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = []\n${table}`,
        );
      },
      line:
        tool === 'poetry'
          ? 'poetry add --no-interaction --quiet "$PIP_FIND_LINKS"/demo_lib-2.0-*.whl && poetry run python -c "import demo_lib; print(demo_lib.__version__)" && poetry run pip --version'
          : 'pdm add --quiet "$PIP_FIND_LINKS"/demo_lib-2.0-*.whl && pdm run python -c "import demo_lib; print(demo_lib.__version__)" && pdm run pip --version',
      code: 0,
      says: /^2\.0$/m,
    }),
  ),
];
