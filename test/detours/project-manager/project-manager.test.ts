import { describe, expect, it } from 'vitest';
import { projectManager } from '../../../src/detours/project-manager/index.ts';
import { fateOf } from '../../../src/detours/project-manager/options.ts';
import { venv } from '../../../src/detours/venv/index.ts';
import { optionsOf } from '../../../src/pip/options.ts';
import type { ProjectTool, Situation } from '../../../src/types.ts';
import { situationOf } from '../situation.ts';

type Tool = ProjectTool['id'];
const locks = {
  uv: 'uv.lock',
  poetry: 'poetry.lock',
  pdm: 'pdm.lock',
  pipenv: 'Pipfile.lock',
  pixi: 'pixi.lock',
};
const root = '/home/ana/work';
const url = 'https://example.org/demo-1.0.tar.gz';
const git = 'git+https://example.org/demo.git@v1';

function toolOf(id: Exclude<Tool, 'hatch'>, change: Partial<ProjectTool> = {}): ProjectTool {
  const manifest = id === 'pipenv' ? 'Pipfile' : id === 'pixi' ? 'pixi.toml' : 'pyproject.toml';
  return { id, lock: locks[id], manifest, executable: `/home/ana/.local/bin/${id}`, ...change };
}

function inProject(
  id: Exclude<Tool, 'hatch'>,
  argv: readonly string[],
  change: Partial<Situation> = {},
): Situation {
  return situationOf(argv, { managedProject: { root, tools: [toolOf(id)] }, ...change });
}

/** What the tool is run with, run by run; or why it is not. */
function runs(id: Exclude<Tool, 'hatch'>, argv: readonly string[], change: Partial<Situation> = {}) {
  const situation = inProject(id, argv, change);
  const why = projectManager.unavailable(situation);
  if (why !== undefined) return why;
  return projectManager
    .plan(situation)
    .steps.map((step) => (step.kind === 'run' ? step.args.join(' ') : step.kind));
}

describe('what pip was asked becomes what uv is asked', () => {
  it.each<[string, string[], string[]]>([
    ['a name', ['demo'], ['add demo']],
    ['a version and extras', ['demo[x,y]>=1,<2'], ['add demo[x,y]>=1,<2']],
    ['a condition', ["demo; python_version > '3'"], ["add demo; python_version > '3'"]],
    ['several', ['a', 'b==1'], ['add a b==1']],
    ['a URL', [url], [`add ${url}`]],
    ['a name at a URL', [`demo @ ${url}`], [`add demo @ ${url}`]],
    ['version control', [git], [`add ${git}`]],
    ['a path beside', ['../lib'], ['add ../lib']],
    [
      'a path that does not begin with a dot',
      ['dist/demo-1.0-py3-none-any.whl'],
      ['add ./dist/demo-1.0-py3-none-any.whl'],
    ],
    ['an absolute path', ['/opt/lib'], ['add /opt/lib']],
    ['something editable', ['-e', './lib'], ['add --editable ./lib']],
    ['both', ['-e', './lib', 'demo'], ['add demo', 'add --editable ./lib']],
    ['a list', ['-r', 'requirements.txt'], ['add --requirements=requirements.txt']],
    [
      'lists and a name',
      ['-r', 'a.txt', '-rb.txt', 'demo'],
      ['add demo --requirements=a.txt --requirements=b.txt'],
    ],
    ['constraints', ['-c', 'pins.txt', 'demo'], ['add --constraints=pins.txt demo']],
    [
      'an upgrade',
      ['-U', 'demo', 'other'],
      ['add --upgrade-package=demo --upgrade-package=other demo other'],
    ],
    [
      'an upgrade of what it needs',
      ['-U', '--upgrade-strategy', 'only-if-needed', 'demo'],
      ['add --upgrade-package=demo demo'],
    ],
    ['once more', ['--force-reinstall', 'demo'], ['add --reinstall-package=demo demo']],
    ['an index', ['-i', 'https://x/simple', 'demo'], ['add --default-index=https://x/simple demo']],
    [
      'the last of two indexes',
      ['-i', 'https://x/', '-i', 'https://y/', 'demo'],
      ['add --default-index=https://y/ demo'],
    ],
    ['another index', ['--extra-index-url', 'https://x/', 'demo'], ['add --index=https://x/ demo']],
    ['wheels only', ['--only-binary', ':all:', 'demo'], ['add --no-build demo']],
    ['no wheels of two', ['--no-binary=a,b', 'a'], ['add --no-binary-package=a --no-binary-package=b a']],
    [
      'build settings',
      ['-C', 'k=v', '--no-build-isolation', 'demo'],
      ['add --config-setting=k=v --no-build-isolation demo'],
    ],
    ['quietly, without a cache', ['-qq', '--no-cache-dir', 'demo'], ['add --quiet --no-cache demo']],
    ['the project itself', ['.'], ['sync --inexact']],
    [
      'the project, editable, with extras',
      ['-e', '.[dev,docs]'],
      ['sync --inexact --extra=dev --extra=docs'],
    ],
    ['the project by its path', [root], ['sync --inexact']],
    ['a group of its own', ['--group', 'dev'], ['sync --inexact --group=dev']],
    ['the project and something else', ['-e', '.', 'demo'], ['sync --inexact', 'add demo']],
  ])('%s', (_, argv, wanted) => {
    expect(runs('uv', ['install', ...argv])).toEqual(wanted);
  });

  it('in a member of a workspace, `.` is the member and paths are its own', () => {
    expect(runs('uv', ['install', '-e', '.'], { cwd: `${root}/packages/a` })).toEqual(['sync --inexact']);
    expect(runs('uv', ['install', './b'], { cwd: `${root}/packages/a` })).toEqual(['add ./b']);
    expect(runs('uv', ['install', '-e', '../b'], { cwd: `${root}/packages/a` })).toEqual([
      'add --editable ../b',
    ]);
  });
});

describe('and what the others are asked', () => {
  it.each<[Exclude<Tool, 'hatch'>, string[], string[]]>([
    ['poetry', ['demo'], ['add --no-interaction demo']],
    ['poetry', ['demo[x]>=1'], ['add --no-interaction demo[x]>=1']],
    ['poetry', ['-U', 'Demo', 'other==1'], ['add --no-interaction demo@latest other==1']],
    ['poetry', ['-U', 'demo[x,y]'], ['add --no-interaction demo[x,y]@latest']],
    ['poetry', ['--pre', 'demo'], ['add --no-interaction --allow-prereleases demo']],
    ['poetry', ['-e', './lib'], ['add --no-interaction --editable ./lib']],
    ['poetry', ['-e', `${git}#egg=demo`], [`add --no-interaction --editable ${git}#egg=demo`]],
    ['poetry', ['-e', '.[dev]'], ['install --no-interaction --extras=dev']],
    ['poetry', ['--group', 'dev', '--group', 'docs'], ['install --no-interaction --with=dev --with=docs']],
    ['pdm', ['demo'], ['add demo']],
    ['pdm', ['--pre', '-v', 'demo'], ['add --prerelease --verbose demo']],
    [
      'pdm',
      ['-e', './lib', '-e', './more', 'demo'],
      ['add demo', 'add --dev --editable ./lib --editable ./more'],
    ],
    ['pdm', ['.[dev]'], ['install --group=dev']],
    ['pipenv', ['demo', 'other'], ['install demo other']],
    ['pipenv', ['-r', 'requirements.txt'], ['install --requirements=requirements.txt']],
    ['pipenv', ['-e', '.'], ['install --editable .']],
    ['pipenv', ['-i', 'https://x/simple', '--pre', 'demo'], ['install --index=https://x/simple --pre demo']],
    ['pixi', ['demo', 'other[x]>=1'], ['add --pypi demo other[x]>=1']],
    ['pixi', ['-i', 'https://x/simple', 'demo'], ['add --pypi --index=https://x/simple demo']],
    ['pixi', [`demo @ ${git}`], [`add --pypi demo @ ${git}`]],
    ['pixi', ['.'], ['install']],
  ])('%s: pip install %j', (tool, argv, wanted) => {
    expect(runs(tool, ['install', ...argv])).toEqual(wanted);
  });

  it.each<[Exclude<Tool, 'hatch'>, string]>([
    ['uv', 'remove demo other'],
    ['poetry', 'remove --no-interaction demo other'],
    ['pdm', 'remove demo other'],
    ['pipenv', 'uninstall demo other'],
    ['pixi', 'remove --pypi demo other'],
  ])('%s: pip uninstall', (tool, wanted) => {
    expect(runs(tool, ['uninstall', '-y', 'Demo', 'other'])).toEqual([wanted]);
    expect(projectManager.plan(inProject(tool, ['uninstall', 'demo'])).afterwards).toBeUndefined();
  });
});

describe('what a tool cannot be given is declined in words', () => {
  const mine = '--find-links: uv does not remember it; write it into pyproject.toml under [tool.uv]';
  it.each<[Exclude<Tool, 'hatch'>, string[], string]>([
    ['uv', ['install', '--find-links', 'wheels', 'demo'], mine],
    ['uv', ['install', '--pre', 'demo'], '--pre: uv takes a pre-release only when its version is named'],
    ['uv', ['install', '--no-deps', 'demo'], '--no-deps: a lock file holds what a package needs, too'],
    ['uv', ['install', '-U', '-r', 'a.txt'], '-r with -U: uv would upgrade everything in its lock file'],
    ['uv', ['install', '--only-binary', ':none:', 'demo'], ':none: has no counterpart in uv'],
    ['uv', ['install', '-t', 'lib', 'demo'], '-t: uv itself decides where a package goes'],
    [
      'uv',
      ['install', '-e', `${git}#egg=demo`],
      `-e ${git}#egg=demo: uv can only edit what lies in a directory here`,
    ],
    ['uv', ['install', '-c', 'pins.txt', '.'], '-c: uv takes no file of constraints'],
    [
      'uv',
      ['install', '--group', 'other/pyproject.toml:dev'],
      '--group other/pyproject.toml:dev: uv knows the groups of this project only',
    ],
    [
      'uv',
      ['install', '--extra-index-url', 'https://ana:secret@x/simple', 'demo'],
      "the address of an index would be written into the project, and its password belongs to uv's settings",
    ],
    ['uv', ['install', '-U', 'pip'], 'pip cannot be a dependency of a project'],
    ['uv', ['install'], 'no package was named'],
    ['uv', ['uninstall', '-r', 'requirements.txt'], 'requirements.txt: uv removes packages by name'],
    [
      'uv',
      ['--python', 'x', 'install', 'demo'],
      '--python: another Python was named, and the project has its own',
    ],
    ['uv', ['download', 'demo'], 'packages are only added and removed this way'],
    [
      'poetry',
      ['install', '-i', 'https://x/', 'demo'],
      '-i: Poetry takes packages from where the project file says',
    ],
    ['poetry', ['install', '-r', 'requirements.txt'], '-r: Poetry reads no requirements file when it adds'],
    ['poetry', ['install', '-c', 'pins.txt', 'demo'], '-c: Poetry takes no file of constraints'],
    ['poetry', ['install', '-I', 'demo'], '-I: Poetry installs only what differs from its lock file'],
    [
      'poetry',
      ['install', '--no-binary', 'demo', 'demo'],
      '--no-binary: Poetry builds as the project file says',
    ],
    ['pdm', ['install', '-rrequirements.txt'], '-r: PDM reads no requirements file when it adds'],
    [
      'pdm',
      ['install', '--extra-index-url', 'https://x/', 'demo'],
      '--extra-index-url: PDM takes packages from where the project file says',
    ],
    ['pipenv', ['install', url], `${url}: Pipenv has to be told its name`],
    ['pipenv', ['install', '--group', 'dev'], '--group: Pipenv keeps groups in a way of its own'],
    ['pixi', ['install', './lib'], './lib: pixi has to be told its name'],
    ['pixi', ['install', git], `${git}: pixi has to be told its name`],
    ['pixi', ['install', '-e', '.[dev]'], 'pixi takes no extras of the project itself'],
  ])('%s: pip %j', (tool, argv, reason) => {
    expect(runs(tool, argv)).toBe(reason);
  });

  it.each([['--index=https://evil/'], ['-o'], ['--'], ['demo --dev'], ['$(id)'], ['demo\n--dev']])(
    'a requirement meant to be an option or a shell word, %j, reaches no command line',
    (text) => {
      for (const tool of ['uv', 'poetry', 'pdm', 'pipenv', 'pixi'] as const)
        for (const subcommand of ['install', 'uninstall'])
          expect(runs(tool, [subcommand, '--', text])).toMatch(
            /not understood|is not a package|no package was named/,
          );
    },
  );
});

/** Every option of every pip. */
const known = new Set(
  ['22.3', '23.1', '25.3', '26.3'].flatMap((version) =>
    (['global', 'install', 'uninstall'] as const).flatMap((parser) =>
      [...optionsOf(parser, version).values()].map((option) => option.name),
    ),
  ),
);

describe('every option of every pip', () => {
  it.each([...known])('%s is carried over, decided about, left out or declined, by each tool', (name) => {
    for (const tool of ['uv', 'poetry', 'pdm', 'pipenv', 'pixi'] as const)
      for (const task of ['add', 'install', 'remove'] as const) {
        const option = { name, at: 1, tokens: 1, scope: 'command' } as const;
        expect(fateOf(tool, task, option)).not.toContain('does not have this option');
      }
  });

  it('and one that no pip had yet is declined', () => {
    const situation = inProject('uv', ['install', 'demo']);
    const option = { name: '--future', at: 1, tokens: 1, scope: 'command' } as const;
    const command = { ...situation.command, argv: ['install', '--future', 'demo'], options: [option] };
    expect(projectManager.unavailable({ ...situation, command })).toBe(
      '--future: uv does not have this option',
    );
  });
});

/**
 * pixi comes from conda-forge and GitHub alone: what is called so on PyPI and npm is something else. So it is held
 * against the options its manual lists (prefix-dev/pixi, docs/reference/cli/pixi, made from its own parser, 2026).
 */
const pixiKnows: Readonly<Record<'add' | 'install' | 'remove', readonly string[]>> = {
  add: ['--pypi', '--index', '--editable', '--quiet', '--verbose'],
  install: ['--quiet', '--verbose'],
  remove: ['--pypi', '--quiet', '--verbose'],
};

describe('pixi, by its manual', () => {
  it.each(['add', 'install', 'remove'] as const)('knows every option that pixi %s is given', (task) => {
    const flags = [...known].flatMap((name) => {
      const option = { name, at: 1, tokens: 1, scope: 'command' } as const;
      return /^(?:as|with): (--\S+)$/.exec(fateOf('pixi', task, option))?.[1] ?? [];
    });
    expect(flags).toContain('--quiet');
    expect(flags.filter((flag) => !pixiKnows[task].includes(flag))).toEqual([]);
  });

  it.each([
    [['install', '-q', '-i', 'https://x/simple', 'demo']],
    [['install', '-v', '-e', '.']],
    [['uninstall', '-y', '-q', 'demo']],
  ])('pip %j', (argv) => {
    for (const line of runs('pixi', argv)) {
      const [task = '', ...words] = line.split(' ');
      const given = words.filter((word) => word.startsWith('-')).map((word) => word.split('=')[0]);
      expect(Object.entries(pixiKnows).find(([name]) => name === task)?.[1]).toEqual(
        expect.arrayContaining(given),
      );
    }
  });
});

describe('what is shown', () => {
  it('names the tool, the project, and what will change', () => {
    const situation = inProject('uv', ['install', 'demo']);
    expect(projectManager.title(situation)).toBe('Add to the project with uv');
    expect(projectManager.detail(situation)).toBe('uv in ~/work · pyproject.toml and uv.lock');
    expect(projectManager.recommended(situation)).toBe('uv.lock here');
    expect(projectManager.title(inProject('pdm', ['install', '.']))).toBe('Install the project with PDM');
    expect(projectManager.title(inProject('poetry', ['uninstall', 'x']))).toBe(
      'Remove from the project with Poetry',
    );
  });

  it('without a lock file the tool is offered, and not recommended', () => {
    const { lock: _, ...tool } = toolOf('uv');
    const situation = situationOf(['install', 'demo'], { managedProject: { root, tools: [tool] } });
    expect(projectManager.unavailable(situation)).toBeUndefined();
    expect(projectManager.recommended(situation)).toBeUndefined();
    expect(projectManager.detail(situation)).toBe('uv in ~/work · pyproject.toml');
  });

  it('several lock files are told, and none is chosen', () => {
    const managedProject = { root, tools: [toolOf('uv'), toolOf('poetry')] };
    const situation = situationOf(['install', 'demo'], { managedProject });
    expect(projectManager.unavailable(situation)).toBe(
      'uv.lock and poetry.lock are both here, and pip-detour cannot know which one counts',
    );
  });

  it('a tool that is missing is named with what to type, and the venv says what becomes of the lock file', () => {
    const { executable: _, ...tool } = toolOf('poetry');
    const situation = situationOf(['install', 'demo'], {
      managedProject: { root, tools: [tool] },
      pipPackage: '/usr/lib/python3/dist-packages/pip',
      environment: { directory: `${root}/.venv`, state: 'ready', version: '3.11' },
    });
    expect(projectManager.unavailable(situation)).toBe(
      'poetry.lock belongs to Poetry, which is not installed; to get it: pipx install poetry',
    );
    expect(venv.detail(situation)).toBe('~/work/.venv · Python 3.11 · poetry.lock is not updated by this');
    expect(venv.plan(situation).afterwards).toEqual(['poetry.lock is not updated by this.']);
  });

  it('Hatch has no way to add, and that is said', () => {
    const tools = [{ id: 'hatch', manifest: 'pyproject.toml', executable: '/usr/bin/hatch' }] as const;
    const situation = situationOf(['install', 'demo'], { managedProject: { root, tools } });
    expect(projectManager.unavailable(situation)).toContain('by hand');
  });
});

describe('the plan', () => {
  it('leaves out what the project makes needless, and says so', () => {
    const plan = projectManager.plan(
      inProject('pdm', ['install', '--user', '--timeout=9', '-U', '--debug', 'demo']),
    );
    expect(plan.dropped).toEqual([
      '--user (the project has an environment of its own)',
      '--timeout (PDM has limits of its own)',
      '-U (PDM takes the newest that the project allows)',
      '--debug (it is about pip itself)',
    ]);
  });

  it('keeps another environment’s activation away from the tool, and the project’s own with it', () => {
    const stepFor = (directory: string) =>
      projectManager.plan(inProject('poetry', ['install', 'demo'], { active: { directory, state: 'ready' } }))
        .steps[0];
    expect(stepFor('/home/ana/other/.venv')).toMatchObject({
      env: { VIRTUAL_ENV: null, PIP_TARGET: null },
    });
    expect(stepFor(`${root}/.venv`)).not.toHaveProperty('env.VIRTUAL_ENV');
  });

  it('carries proxy, certificate and colourlessness as variables', () => {
    const argv = ['install', '--proxy', 'http://p:1', '--cert', 'ca.pem', '--no-color', 'demo'];
    expect(projectManager.plan(inProject('uv', argv)).steps[0]).toMatchObject({
      args: ['add', 'demo'],
      env: { HTTPS_PROXY: 'http://p:1', SSL_CERT_FILE: `${root}/ca.pem`, NO_COLOR: '1' },
    });
  });

  it('runs the tool where the person stands, names the environment uv makes, and says how to use it', () => {
    const managedProject = { root, tools: [toolOf('uv')], environment: `${root}/.venv` };
    const plan = projectManager.plan(situationOf(['install', 'demo'], { managedProject }));
    expect(plan.steps).toMatchObject([{ command: '/home/ana/.local/bin/uv', title: 'Adding demo with uv' }]);
    expect(plan.steps[0]).not.toHaveProperty('cwd');
    expect(plan).toMatchObject({
      activate: `${root}/.venv`,
      afterwards: ['To run something with it: uv run …'],
    });
  });
});
