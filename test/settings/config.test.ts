import { chmodSync, chownSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { remember } from '../../src/memory/choices.ts';
import { dist } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { config, fileOf, isRoot, put } from './saying.ts';

const userFile = (box: Sandbox) => fileOf(box, 'user');

describe('pip-detour config', () => {
  it('lists every setting with its value and who says it', () => {
    const box = sandbox({ PIP_DETOUR_HINT: '0' });
    put(userFile(box), 'installer = "uv"\n');
    box.write('.pip-detour.toml', 'detour = "venv"\n');
    const ran = config(box, 'list');
    expect(ran.stderr).toBe('');
    expect(ran.stdout).toMatch(/^detour +venv +~\/shop\/\.pip-detour\.toml$/m);
    expect(ran.stdout).toMatch(/^installer +uv +~\/\.config\/pip-detour\/config\.toml$/m);
    expect(ran.stdout).toMatch(/^hint +false +PIP_DETOUR_HINT$/m);
    expect(ran.stdout).toMatch(/^activate +ask +default$/m);
    const rows: unknown = JSON.parse(config(box, 'list', '--json').stdout);
    expect(rows).toContainEqual({ name: 'installer', value: 'uv', source: 'user', from: userFile(box) });
    expect(config(box, 'list', '--user').stdout).toBe('installer  uv  ~/.config/pip-detour/config.toml\n');
  });

  it('sets, gets and takes out again; comments and order of the file stay', () => {
    const box = sandbox();
    put(userFile(box), '# mine\ncolor = "never" # always was\n\n# the rest\n');
    expect(config(box, 'set', 'installer', 'uv')).toMatchObject({
      code: 0,
      stdout: 'installer = uv  (~/.config/pip-detour/config.toml)\n',
    });
    expect(readFileSync(userFile(box), 'utf8')).toBe(
      '# mine\ncolor = "never" # always was\ninstaller = "uv"\n\n# the rest\n',
    );
    expect(config(box, 'get', 'installer').stdout).toBe('uv\n');
    expect(config(box, 'set', 'color', 'auto').code).toBe(0);
    expect(config(box, 'unset', 'installer').code).toBe(0);
    expect(readFileSync(userFile(box), 'utf8')).toBe('# mine\ncolor = "auto" # always was\n\n# the rest\n');
    expect(config(box, 'get', 'installer').stdout).toBe('pip\n');
    expect(config(box, 'unset', 'installer')).toMatchObject({ code: 1 });
  });

  it('a first file of settings is for its owner alone', () => {
    const box = sandbox();
    config(box, 'set', 'installer', 'uv');
    expect(statSync(userFile(box)).mode & 0o777).toBe(0o600);
  });

  it('a settings file that is a link into somebody’s dotfiles stays one', () => {
    const box = sandbox();
    const real = join(box.home, 'dotfiles/pd.toml');
    put(real, '# kept\n');
    mkdirSync(join(box.home, '.config/pip-detour'), { recursive: true });
    symlinkSync(real, userFile(box));
    config(box, 'set', 'installer', 'uv');
    expect(readFileSync(real, 'utf8')).toBe('# kept\ninstaller = "uv"\n');
  });

  it.each([
    [
      'an unknown name',
      ['instaler', 'uv'],
      'unknown-setting: there is no setting instaler; did you mean installer?',
    ],
    [
      'an unknown value',
      ['installer', 'uvx'],
      'wrong-value: installer = uvx: it is not one of pip and uv; did you mean uv?',
    ],
    [
      'a word for true or false',
      ['remember', 'maybe'],
      'wrong-value: remember = maybe: it is neither true nor false',
    ],
    ['a detour in a list', ['forbid', 'venv,pipxx'], 'has pipxx in it, which is not one of'],
    ['a name with a slash', ['environment', 'a/b'], 'it is a path: give a name without /'],
    [
      'a number that is none',
      ['package-timeout', 'soon'],
      'it is not a whole number of seconds from 1 to 600',
    ],
    ['a variable', ['environments-directory', '$HOME/envs'], 'variables are not expanded here'],
    ['a way up', ['environments-directory', '/srv/../etc'], 'has .. in it'],
    ['two values', ['installer', 'pip', 'uv'], 'is not one of pip and uv'],
    [
      'what is not for a project',
      ['--project', 'activate', 'always'],
      'is for each person to set, not for a project',
    ],
    [
      'what is not for a directory',
      ['--directory', '.', 'color', 'never'],
      'color cannot be set for one directory',
    ],
    ['the administrator’s', ['--policy', 'color', 'never'], 'not-yours-to-change'],
    ['a directory that is not there', ['--directory', 'nowhere', 'installer', 'uv'], 'no-such-directory'],
  ])('%s: what is wrong, what was meant, and nothing written', (_, args, message) => {
    const box = sandbox();
    const ran = config(box, 'set', ...args);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(message);
    expect(ran.stderr).toMatch(/^hint: /m);
    expect(box.run('/usr/bin/find', [box.home, '-mindepth', '2']).stdout).toBe('');
  });

  it.each([
    ['set', ['--policy']],
    ['unset', ['--policy']],
    ['edit', ['--policy', '--directory']],
  ])('%s --help lists no %s, which it would refuse', (command, refused) => {
    const help = config(sandbox(), command, '--help').stdout;
    expect(help).toContain('--project');
    for (const option of refused) expect(help).not.toContain(option);
  });

  it('a project’s settings go into its pyproject.toml, between what is there', () => {
    const box = sandbox();
    const before = '[project]\nname = "shop"   # ours\n\n[tool.black]\nline-length = 99\n';
    box.write('pyproject.toml', before, 0o640);
    expect(config(box, 'set', '--project', 'detour', 'venv').code).toBe(0);
    expect(box.read('pyproject.toml')).toBe(`${before}\n[tool.pip-detour]\ndetour = "venv"\n`);
    expect(statSync(join(box.project, 'pyproject.toml')).mode & 0o777).toBe(0o640);
    expect(config(box, 'get', 'detour').stdout).toBe('venv\n');
    config(box, 'unset', '--project', 'detour');
    expect(box.read('pyproject.toml')).toBe(`${before}\n[tool.pip-detour]\n`);
  });

  it('a pyproject.toml that is not valid TOML is left alone', () => {
    const box = sandbox();
    box.write('pyproject.toml', '[project\n');
    const ran = config(box, 'set', '--project', 'detour', 'venv');
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.stderr).toContain('is not valid TOML: line 1');
    expect(box.read('pyproject.toml')).toBe('[project\n');
  });

  it('home is no project', () => {
    const box = sandbox();
    const ran = box.run(`${dist}/shims/pip-detour`, ['config', 'set', '--project', 'detour', 'venv'], {
      cwd: box.home,
    });
    expect(ran.stderr).toContain('no-project: ~ cannot have project settings: it is not a project directory');
  });

  it('says what is in force when it is something else', async () => {
    const box = sandbox();
    config(box, 'set', '--directory', '.', 'installer', 'pip');
    expect(config(box, 'set', 'installer', 'uv').stdout).toContain(
      'Here it is pip: yours for ~/shop comes first\n',
    );
    await remember(join(box.home, '.local/state/pip-detour'), box.project, 'pipx');
    expect(config(box, 'set', 'detour', 'venv').stdout).toContain(
      `What is remembered for ~/shop comes first: pip-detour forget ${box.project}\n`,
    );
  });

  it('what is set for a directory holds below it and nowhere else', () => {
    const box = sandbox();
    config(box, 'set', '--directory', '.', 'installer', 'uv');
    mkdirSync(join(box.project, 'deep/er'), { recursive: true });
    const at = (cwd: string) =>
      box.run(`${dist}/shims/pip-detour`, ['config', 'get', 'installer'], { cwd }).stdout;
    expect(at(join(box.project, 'deep/er'))).toBe('uv\n');
    expect(at(box.home)).toBe('pip\n');
    config(box, 'unset', '--directory', '.', 'installer');
    expect(at(box.project)).toBe('pip\n');
  });

  it('tells the shells what they can only know by a file', () => {
    const box = sandbox();
    const flag = (name: string) => join(box.home, '.local/state/pip-detour/shell', name);
    config(box, 'set', 'auto-activate', 'yes');
    config(box, 'set', 'python-m-pip', 'no');
    expect(box.run('/bin/ls', [join(flag('auto-activate'), '..')]).stdout).toBe(
      'auto-activate\nno-python-m-pip\n',
    );
    config(box, 'unset', 'auto-activate');
    config(box, 'unset', 'python-m-pip');
    expect(box.run('/bin/ls', [join(flag('auto-activate'), '..')]).stdout).toBe('');
  });

  it('edit: opens the file in the editor of theirs, and says what is wrong in it afterwards', () => {
    const box = sandbox();
    const editor = box.write(
      'my editor',
      '#!/bin/sh\n[ "$1" = -w ] || exit 9\nprintf "installer = 1\\ninstalle = 2\\n" >"$2"\n',
      0o755,
    );
    const ran = box.run(`${dist}/shims/pip-detour`, ['config', 'edit'], {
      env: { EDITOR: `'${editor}' -w` },
    });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(
      'installer = 1: it is not one of pip and uv; there is no setting installe; did you mean installer?',
    );
    expect(ran.stderr).toContain('hint: pip-detour config edit\n');
  });

  it('edit: a file that was never there shows all settings as comments, and is gone if left so', () => {
    const box = sandbox();
    const ran = box.run(`${dist}/shims/pip-detour`, ['config', 'edit'], {
      env: { VISUAL: `cp -t ${box.home}`, EDITOR: 'false' },
    });
    expect(ran.code).toBe(0);
    const shown = readFileSync(join(box.home, 'config.toml'), 'utf8');
    expect(shown).toContain('# installer = "pip"\n');
    expect(shown).not.toMatch(/^[^#\n]/m);
    expect(box.run('/usr/bin/test', ['-e', userFile(box)]).code).toBe(1);
  });

  it('path names the file of each', () => {
    const box = sandbox({ XDG_CONFIG_DIRS: '/srv/xdg:relative' });
    expect(config(box, 'path').stdout).toBe(`${userFile(box)}\n`);
    expect(config(box, 'path', '--project').stdout).toBe(`${join(box.project, '.pip-detour.toml')}\n`);
    expect(config(box, 'path', '--policy').stdout).toBe(
      '/srv/xdg/pip-detour/config.toml\n/etc/xdg/pip-detour/config.toml\n',
    );
  });

  it('--help lists every setting with its values', () => {
    const { stdout } = config(sandbox(), '--help');
    expect(stdout).toMatch(/^ {2}installer +What installs into an environment \(pip\|uv\)$/m);
    expect(stdout).toMatch(/^ {2}package-timeout/m);
  });

  it.runIf(isRoot)('root does not write into a home that sudo kept', () => {
    const box = sandbox();
    box.run('/bin/chown', ['-R', '1234', box.home]);
    const ran = config(box, 'set', 'installer', 'uv');
    expect(ran.stderr).toContain('not-as-root');
    expect(box.run('/usr/bin/find', [box.home, '-name', '.config']).stdout).toBe('');
  });
});

describe.runIf(isRoot)('what another user says', () => {
  it('in the file of the person’s settings is not theirs; what root wrote there counts', () => {
    const box = sandbox();
    put(userFile(box), 'installer = "uv"\n');
    box.run('/bin/chown', ['-R', '1234:1234', box.home]);
    chmodSync(box.root, 0o755);
    const as = ['--reuid=1234', '--regid=1234', '--clear-groups', `${dist}/shims/pip-detour`];
    const installer = () => box.run('/usr/bin/setpriv', [...as, 'config', 'get', 'installer']);
    expect(installer()).toMatchObject({ stdout: 'uv\n', stderr: '' });
    chownSync(userFile(box), 4321, 4321);
    expect(installer().stdout).toBe('pip\n');
    expect(installer().stderr).toContain('config.toml belongs to another user; the whole file is ignored');
    chownSync(userFile(box), 0, 0);
    expect(installer().stdout).toBe('uv\n');
  });
});
