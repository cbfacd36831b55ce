import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dist } from '../support/machine.ts';
import { canMount, inContainer } from '../support/machines.ts';
import { managedPython } from '../support/managed.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys, type Terminal, terminal } from '../support/terminal.ts';

const slow = 30_000;
const imports = (box: Sandbox, environment: string) =>
  box.run(join(environment, 'bin/python'), ['-c', 'import demo_lib']).code === 0;

/** Somebody who typed a command line, and is asked. */
async function asked(
  box: Sandbox,
  line: string,
  cwd = box.project,
): Promise<{ user: Terminal; shown: string }> {
  const env = box.env;
  const user = terminal('/bin/sh', ['-c', `${line}; echo "code $?"`], { env, cwd, columns: 110, rows: 60 });
  return { user, shown: await user.waitFor('esc leave', slow) };
}

describe('what is typed in earnest and is no install into a project', () => {
  it('pip install --upgrade pip: no environment is offered, and Enter leaves the pip as it is', async () => {
    const box = sandbox();
    const { user, shown } = await asked(box, 'pip install --upgrade pip');
    expect(shown).toMatch(/– {2}Use a virtual environment here.*this pip\s+belongs\s+to\s+(Debian|Ubuntu)/s);
    expect(shown).toMatch(/❯ \d {2}Leave it/);
    user.send(keys.enter);
    await user.exited;
    expect(user.history()).toContain('externally-managed-environment');
    expect(user.history()).toContain('code 1');
    expect(box.exists('.venv')).toBe(false);
  });

  it('in / a personal environment is made, and nothing in /', async () => {
    const box = sandbox();
    const { user, shown } = await asked(box, 'pip install demo-lib', '/');
    expect(shown).toMatch(/❯ 1 {2}Use a personal environment[\s\S]*leaves \/ and the system as they are/);
    user.send(keys.enter);
    await user.exited;
    expect(imports(box, join(box.home, '.local/share/pip-detour-environments/personal'))).toBe(true);
    expect(existsSync('/.venv')).toBe(false);
  });
});

describe('a project that a tool keeps which is not here', () => {
  it.each([
    ['poetry.lock', '[tool.poetry]\nname = "shop"\n', 'Poetry', 'pipx install poetry'],
    ['uv.lock', '[project]\nname = "shop"\n', 'uv', 'pipx install uv'],
  ])('%s: the tool is named, and the environment says what becomes of it', async (lock, text, tool, how) => {
    const box = sandbox();
    box.env['PATH'] = `${dist}/shims:/usr/bin:/bin`;
    box.write('pyproject.toml', text);
    box.write(lock, '');
    const { user, shown } = await asked(box, 'pip install demo-lib');
    expect(shown.replace(/\s+/g, ' ')).toMatch(
      new RegExp(`– Add to the project with ${tool} .*which is not installed; to get it: ${how}`),
    );
    expect(shown).toMatch(
      new RegExp(`❯ 1 {2}Use a virtual environment here[^–]*${lock} is not\\s+updated by this`),
    );
    user.send(keys.enter);
    await user.exited;
    expect(user.history()).toContain(`\n${lock} is not updated by this.\n`);
    expect(imports(box, join(box.project, '.venv'))).toBe(true);
    expect(box.read(lock)).toBe('');
  });
});

describe('an environment all the same', () => {
  it('by a redirect file: in the one it names', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    box.run('/usr/bin/python3', ['-I', '-m', 'venv', '--without-pip', '../elsewhere']);
    box.write('.venv', '../elsewhere\n');
    expect(box.run('pip', ['install', 'demo-lib']).code).toBe(0);
    expect(imports(box, join(box.home, 'elsewhere'))).toBe(true);
    expect(box.read('.venv')).toBe('../elsewhere\n');
  });

  it.skipIf(!canMount).each([
    ['ensurepip', '/usr/lib/python3*/ensurepip'],
    ['ensurepip, and no wheel of pip lies here', '/usr/lib/python3*/ensurepip /usr/share/python-wheels'],
  ])('with a pip of its own, without %s', (_, directories) => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    box.write('../empty/.keep', '');
    const hide = `for d in ${directories}; do [ ! -d "$d" ] || mount --bind '${box.home}/empty' "$d"; done`;
    const failing = 'python3 -m venv ../plain >/dev/null && exit 9';
    const ran = box.run('unshare', ['--mount', 'sh', '-c', `${hide}; ${failing}; pip install demo-lib`]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('Successfully installed demo-lib-2.0');
    expect(ran.stderr).not.toContain('Not done');
    const own = box.run(join(box.project, '.venv/bin/pip'), ['--version']);
    expect(own.stdout).toContain(box.project);
    expect(imports(box, join(box.project, '.venv'))).toBe(true);
  });
});

describe("a Python that is not the distribution's is called by its own name, in all that is shown", () => {
  const german = 'Dieses Python verwaltet uv; bitte nicht verändern.';
  it.each([
    [
      'Homebrew',
      'homebrew/Cellar/python@3.11/3.11.2',
      'try brew install\n xyz, where xyz is it.',
      'try brew install xyz',
    ],
    [
      'uv',
      'home/.local/share/uv/python/cpython-3.11.2-linux-x86_64-gnu',
      `Not here.\nError-de=${german}`,
      german,
    ],
  ])('%s', async (manager, prefix, words, read) => {
    const box = sandbox({ LANG: 'de_DE.UTF-8' });
    const own = managedPython(join(box.root, prefix), '/usr/lib/python3/dist-packages');
    writeFileSync(own.marker, `[externally-managed]\nError=${words}\n`);
    box.env['PATH'] = `${dist}/shims:${own.prefix}/bin:/usr/bin:/bin`;
    const { user, shown } = await asked(box, 'pip install demo-lib');
    expect(shown).toContain(`This Python belongs to ${manager}, so pip may not change it`);
    user.send('?');
    const help = await user.waitFor('any key: back', slow);
    expect(help).toContain(`${manager} says:`);
    expect(help).toContain('pip-detour does not offer to set break-system-packages in pip.conf or to delete');
    expect(help.replaceAll(/\s+/g, ' ')).toContain(read);
    user.send('x');
    await user.waitFor('esc leave', slow);
    user.send('d');
    const details = await user.waitFor('Enter runs:', slow);
    const status = box.run('pip-detour', ['status']).stdout;
    for (const text of [shown, help, details, status]) {
      expect(text).toContain(manager);
      expect(text).not.toMatch(/Debian|\bapt\b|distribution/);
    }
    user.send(keys.escape);
    await user.exited;
  });
});

it.skipIf(!canMount)(
  "a marker that was deleted is told, by dpkg's own list, with what brings it back",
  () => {
    const line = 'rm /usr/lib/python3.*/EXTERNALLY-MANAGED; pip-detour doctor --quick';
    const said = inContainer(sandbox(), line).stdout.replaceAll(/\s+/g, ' ');
    expect(said).toMatch(/EXTERNALLY-MANAGED was deleted: pip changes this Python without refusing/);
    expect(said).toMatch(/apt install --reinstall libpython3\.\d+-stdlib/);
  },
);
