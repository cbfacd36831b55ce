import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { rememberChoice } from '../../src/flow/remember.ts';
import { choicesDirectory, remember } from '../../src/memory/choices.ts';
import { isConfirmed } from '../../src/shell/activation.ts';
import { readEnvironment } from '../../src/system/variables.ts';
import { lacks, python, pythonName } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { shell } from '../support/shell.ts';
import { keys } from '../support/terminal.ts';

let box: Sandbox;
let state: string;
beforeEach(() => {
  box = sandbox();
  state = join(box.home, '.local/state/pip-detour');
});

const install = (...words: string[]) => box.run('pip', ['install', 'demo-lib', ...words]);
const choices = () => JSON.parse(box.run('pip-detour', ['choices', '--json']).stdout);
const imports = (environment: string) =>
  box.run(join(environment, 'bin/python'), ['-c', 'import demo_lib'], { cwd: '/' }).code === 0;
const command = (...words: string[]) => box.run('pip-detour', words);

describe('a choice of an environment', () => {
  it('is noted with what it means, the first time it is used', async () => {
    await remember(state, box.project, 'venv');
    const [before] = choices();
    expect(install().code).toBe(0);
    const [row] = choices();
    expect(row).toMatchObject({
      directory: box.project,
      environment: join(box.project, '.venv'),
      python: { executable: expect.stringMatching(/^\/usr\/bin\/python3\.\d+$/) },
      at: before.at,
      valid: true,
      why: null,
    });
    const told = join(state, 'shell/auto', box.project, '.pip-detour-environment');
    expect(readFileSync(told, 'utf8')).toBe(`${join(box.project, '.venv')}\nbelow\n`);
  });

  it('that is gone is made again, and that is said in the one line', async () => {
    await remember(state, box.project, 'venv');
    install();
    rmSync(join(box.project, '.venv'), { recursive: true });
    expect(choices()).toMatchObject([{ state: 'repairs', why: '~/shop/.venv is gone' }]);
    const ran = install();
    expect(ran.stderr).toContain(
      'creating ~/shop/.venv, remembered for ~/shop; ~/shop/.venv is gone; to be asked again:',
    );
    expect(imports(join(box.project, '.venv'))).toBe(true);
    expect(choices()).toMatchObject([{ state: 'holds' }]);
  });

  /** The system's Python was upgraded; with `lost`, the wheel that demo-lib came from is gone, too. */
  const upgraded = (lost = false) => {
    const link = join(box.project, '.venv/bin/python');
    unlinkSync(link);
    symlinkSync('/usr/bin/python3.2', link);
    if (!lost) return;
    const from = { url: 'file:///tmp/gone/demo_lib-2.0-py3-none-any.whl', archive_info: {} };
    const info = join('.venv/lib', pythonName, 'site-packages/demo_lib-2.0.dist-info/direct_url.json');
    box.write(info, JSON.stringify(from));
  };

  it('whose Python is gone is made anew with its packages, and that is said in the one line', async () => {
    await remember(state, box.project, 'venv');
    install();
    upgraded();
    expect(choices()).toMatchObject([{ state: 'repairs' }]);
    const ran = box.run('pip', ['install', 'demo-other']);
    expect(ran.stderr).toMatch(
      /making ~\/shop\/.venv anew with its 1 package: .*, remembered for ~\/shop; .*; to be asked again:/,
    );
    expect(ran.code).toBe(0);
    expect(imports(join(box.project, '.venv'))).toBe(true);
    expect(choices()).toMatchObject([{ state: 'holds' }]);
  });

  it('whose Python is gone is not made anew over a package that cannot be installed again where nobody can be asked', async () => {
    await remember(state, box.project, 'venv');
    install();
    upgraded(true);
    const ran = install();
    expect(ran.stderr).toMatch(
      /venv .* is not taken here, .* leads to a Python that is gone .* demo-lib \(\/tmp\/gone\/demo_lib.* is gone\) cannot be installed again/,
    );
    expect(ran.stderr).toContain('error: externally-managed-environment');
    expect(ran.code).toBe(1);
    expect(existsSync(join(box.project, '.venv/lib'))).toBe(true);
  });

  it('of the settings is not made anew over such a package either; PIP_DETOUR says what to do now, and is followed', () => {
    box.write('../.config/pip-detour/config.toml', 'detour = "venv"\n');
    install();
    upgraded(true);
    expect(install().stderr).toMatch(/venv \(set in .*\) is not taken here, .*cannot be installed again/);
    const ran = box.run('pip', ['install', 'demo-other'], { env: { PIP_DETOUR: 'venv' } });
    expect(ran.stderr).toContain('making ~/shop/.venv anew');
    expect(ran.code).toBe(0);
  });

  it('whose Python is gone is asked about where somebody can answer, and made anew by that', async () => {
    await remember(state, box.project, 'venv');
    install();
    upgraded(true);
    const user = await shell('bash', box, { columns: 300 });
    user.type('pip install demo-lib');
    // A terminal breaks a line anywhere.
    const unbroken = (text: string) => text.replace(/\s+/g, '');
    const screen = unbroken(await user.waitFor('esc leave'));
    for (const says of [
      'demo-lib (/tmp/gone/demo_lib-2.0-py3-none-any.whl is gone) cannot be installed again',
      'make ~/shop/.venv anew with its 1 package',
      'without demo-lib',
      'keeps the old one as .venv.before-',
    ])
      expect(screen).toContain(unbroken(says));
    user.send(keys.enter);
    expect(await user.ready()).toContain('Successfully installed demo-lib');
    expect(choices()).toMatchObject([{ state: 'holds' }]);
  });

  it('is not silently another one', async () => {
    box.run(python, ['-m', 'venv', '--without-pip', 'venv']);
    await remember(state, box.project, 'venv');
    install();
    expect(choices()).toMatchObject([{ environment: join(box.project, 'venv') }]);
    // Another comes, which is looked at first, and the one that was meant stays meant.
    box.run(python, ['-m', 'venv', '--without-pip', '.venv']);
    expect(install('--force-reinstall').stderr).toContain('~/shop/venv, remembered for ~/shop');
    expect(imports(join(box.project, '.venv'))).toBe(false);
    rmSync(join(box.project, 'venv'), { recursive: true });
    const ran = install();
    expect(ran.stderr).toContain('~/shop/venv is gone, and ~/shop/.venv is another environment');
    expect(ran.code).toBe(1);
    expect(imports(join(box.project, '.venv'))).toBe(false);
  });

  it('says nothing under -q, and undoes what it says how to undo', async () => {
    await remember(state, box.project, 'venv');
    expect(install('-q').stderr).toBe('');
    const undo = /to be asked again: (pip-detour forget .*)/.exec(install().stderr)?.[1] ?? '';
    expect(box.run('sh', ['-c', undo]).code).toBe(0);
    expect(install().code).toBe(1);
    expect(existsSync(join(state, 'shell/auto', box.project))).toBe(false);
  });

  it.skipIf(lacks('git'))('counts in a further worktree, with an environment of its own', async () => {
    const git = (...args: string[]) => box.run('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args]);
    git('init', '-q');
    git('commit', '-q', '--allow-empty', '-m', 'first');
    git('worktree', 'add', '-q', '../fix');
    await remember(state, box.project, 'venv');
    install();
    const told = join(state, 'shell/auto', box.home, 'fix/.pip-detour-environment');
    const ran = box.run('pip', ['install', 'demo-lib'], { cwd: join(box.home, 'fix') });
    expect(ran.stderr).toContain('creating ~/fix/.venv, remembered for ~/shop, of which this is a worktree');
    expect(imports(join(box.home, 'fix/.venv'))).toBe(true);
    expect(choices()).toMatchObject([{ environment: join(box.project, '.venv') }]);
    // Shells enter that one there, as long as the choice is what it was.
    expect(readFileSync(told, 'utf8')).toBe(`${join(box.home, 'fix/.venv')}\nbelow\n`);
    box.run('pip-detour', ['forget'], { cwd: join(box.home, 'fix') });
    expect(existsSync(told)).toBe(false);
  });

  it.skipIf(lacks('git'))('is asked about again where git has brought something of it since', async () => {
    await remember(state, box.project, 'venv');
    expect(install().code).toBe(0);
    const run = () => box.run('pip-detour', ['run', 'true']);
    expect(run().code).toBe(0);
    box.run('sh', [
      '-c',
      'git init -q && git add -f .venv/pyvenv.cfg && touch -d 2100-01-01 .venv/pyvenv.cfg',
    ]);
    expect(run().stderr).toContain('not-chosen: ~/shop/.venv came with the repository');
    const ran = install();
    expect(ran.stderr).toContain('~/shop/.venv came with the repository, and what is in it would be run');
    expect(ran.code).toBe(1);
  });
});

it('a project moved by hand is known again where the question is asked', async () => {
  box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
  await remember(state, box.project, 'pipx');
  const moved = join(box.home, 'store');
  renameSync(box.project, moved);
  const user = await shell('bash', box, { cwd: moved, columns: 200 });
  user.type('pip install demo-lib');
  const screen = await user.waitFor('esc leave');
  const said =
    /~\/store was ~\/shop, where pipx is remembered; to take that along: (pip-detour choices move \S+ \S+)/;
  const move = said.exec(screen)?.[1] ?? '';
  expect(screen).toMatch(said);
  user.send(keys.escape);
  await user.ready();
  await user.command(move);
  expect(JSON.parse(box.run('pip-detour', ['choices', '--json'], { cwd: moved }).stdout)).toMatchObject([
    { directory: moved, detour: 'pipx', state: 'holds' },
  ]);
});

describe('what is remembered for the old place, where the moved project was answered anew,', () => {
  const moved = () => {
    const store = join(box.home, 'store');
    renameSync(box.project, store);
    return store;
  };

  it('is forgotten with the answer', async () => {
    await remember(state, box.project, 'pipx');
    const store = moved();
    await rememberChoice(readEnvironment(box.env), store, 'venv', {});
    expect(box.run('pip-detour', ['choices', '--json'], { cwd: store }).stdout).toContain('"venv"');
    expect(readdirSync(choicesDirectory(state))).toHaveLength(1);
  });

  it('does not keep what lies below from being moved', async () => {
    mkdirSync(join(box.project, 'tools'));
    await remember(state, box.project, 'pipx');
    await remember(state, join(box.project, 'tools'), 'pipx');
    const store = moved();
    await remember(state, store, 'venv');
    const ran = box.run('pip-detour', ['choices', 'move', box.project, store], { cwd: store });
    expect(ran.stdout).toBe(
      '~/shop is ~/store now, and was answered anew there\n~/shop/tools is ~/store/tools now: pipx\n',
    );
    expect(JSON.parse(box.run('pip-detour', ['choices', '--json'], { cwd: store }).stdout)).toMatchObject([
      { directory: store, detour: 'venv' },
      { directory: join(store, 'tools'), detour: 'pipx' },
    ]);
  });
});

it('status and explain say that a choice has lapsed, and why', async () => {
  await remember(state, box.project, 'break-system-packages', {
    python: { executable: '/usr/bin/python3.2', version: '3.2' },
  });
  expect(JSON.parse(command('status', '--json').stdout).choice.lapsed).toBe('/usr/bin/python3.2 is gone');
  expect(command('status').stdout).toContain('/usr/bin/python3.2 is gone: you would be asked');
  expect(command('explain', '--', 'pip', 'install', 'demo-lib').stdout).toContain(
    'you would be asked first: /usr/bin/python3.2 is gone',
  );
});

describe('pip-detour choices', () => {
  it('lists what each means and what is no longer so', async () => {
    await remember(state, box.project, 'venv');
    install();
    await remember(state, join(box.home, 'gone'), 'pipx');
    const text = command('choices').stdout;
    expect(text).toMatch(/^~\/shop {2}venv {2}~\/shop\/\.venv \(Python 3\.\d+\) {2}\d{4}-\d\d-\d\d$/m);
    expect(text).toMatch(/^~\/gone {2}pipx .*\(the directory is gone\)$/m);
    renameSync(join(box.project, '.venv'), join(box.project, 'away'));
    expect(command('choices').stdout).toContain('\n  ~/shop/.venv is gone: made again next time\n');
  });

  it('prune forgets what is gone and what was left behind; --dry-run only says so', async () => {
    await remember(state, box.project, 'venv');
    await remember(state, join(box.home, 'gone'), 'pipx');
    const directory = choicesDirectory(state);
    writeFileSync(join(directory, '0123456789abcdef.json.damaged'), '{');
    const said = command('choices', 'prune', '--dry-run').stdout;
    expect(said).toMatch(/^Would forget ~\/gone {2}pipx\nWould forget .*\.json\.damaged\n$/);
    expect(readdirSync(directory)).toHaveLength(3);
    expect(command('choices', 'prune').stdout).toBe(said.replaceAll('Would forget', 'Forgot'));
    expect(choices()).toMatchObject([{ directory: box.project }]);
    expect(command('choices', 'prune').stdout).toBe('Nothing to prune.\n');
  });

  it('move takes a project’s choices along, environment and all', async () => {
    await remember(state, box.project, 'venv');
    install();
    mkdirSync(join(box.project, 'tools'));
    await remember(state, join(box.project, 'tools'), 'pipx');
    const moved = join(box.home, 'store');
    renameSync(box.project, moved);
    expect(box.run('pip-detour', ['choices', 'move', box.project, moved], { cwd: moved }).code).toBe(0);
    expect(JSON.parse(box.run('pip-detour', ['choices', '--json'], { cwd: moved }).stdout)).toMatchObject([
      { directory: moved, environment: join(moved, '.venv'), state: 'holds', why: null },
      { directory: join(moved, 'tools'), detour: 'pipx', state: 'holds' },
    ]);
    expect(readFileSync(join(state, 'shell/auto', moved, '.pip-detour-environment'), 'utf8')).toContain(
      `${moved}/.venv\n`,
    );
    // Shells go on taking it for the one that was chosen, whatever of ours changes it.
    expect(isConfirmed(state, moved, join(moved, '.venv'))).toBe(true);
    const sees = ['repair', '--system-site-packages', '.venv'];
    expect(box.run('pip-detour', sees, { cwd: moved }).stdout).toContain("sees the system's packages");
    expect(isConfirmed(state, moved, join(moved, '.venv'))).toBe(true);
    const ran = box.run('pip', ['install', '--force-reinstall', 'demo-lib'], { cwd: moved });
    expect(ran.stderr).toContain('~/store/.venv, remembered for ~/store');
    expect(ran.code).toBe(0);
  });

  it('move takes it along where a link was left in the old place', async () => {
    await remember(state, box.project, 'pipx');
    const moved = join(box.home, 'store');
    renameSync(box.project, moved);
    symlinkSync(moved, box.project);
    expect(command('choices', 'move', box.project, moved).stdout).toContain('~/shop is ~/store now: pipx');
    expect(choices()).toMatchObject([{ directory: moved, state: 'holds' }]);
  });

  it.each([
    [['/nowhere/old', '.'], 'nothing-remembered'],
    [['.', '/nowhere/new'], 'not-there'],
    [['.', '..'], 'remembered-already'],
    [['.'], 'usage'],
  ])('move %j is an error that says what to do', async (words, reference) => {
    await remember(state, box.project, 'venv');
    await remember(state, box.home, 'pipx');
    const ran = command('choices', 'move', ...words);
    expect(ran.stderr).toContain(`pip-detour: ${reference}: `);
    expect(ran.code).not.toBe(0);
    expect(choices()).toHaveLength(2);
  });
});
