import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dist } from '../support/machine.ts';
import { type ManagedPython, managedPython, plainMarker } from '../support/managed.ts';
import { pipsHere } from '../support/pips.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys, terminal } from '../support/terminal.ts';

const isRoot = process.getuid?.() === 0;
const systemPipSite = '/usr/lib/python3/dist-packages';

interface Shown {
  readonly asked: boolean;
  /** Everything on the screen at the end, when the question was left with Esc. */
  readonly screen: string;
}

/** Types one command at a terminal; where it asks, Esc leaves the question. */
async function typed(box: Sandbox, command: string, env: Record<string, string> = {}): Promise<Shown> {
  const user = terminal('/bin/sh', ['-c', `${command}; echo "code $?."`], {
    env: { ...box.env, ...env },
    cwd: box.project,
    columns: 110,
  });
  await user.waitUntil((text) => /esc leave|code \d+\./.test(text));
  const asked = user.history().includes('esc leave');
  if (asked) user.send(keys.escape);
  await user.exited;
  return { asked, screen: user.history() };
}

/** The words both forms of the refusal end with. */
const words = 'hint: See PEP 668 for the detailed specification.';

describe('asked exactly where pip has refused, however it says so', () => {
  it.each<[string, string, Record<string, string>]>([
    ['in colours', 'pip install demo-lib', {}],
    ['to uninstall', 'pip uninstall -y demo-lib', {}],
    ['with -q', 'pip install -q demo-lib', {}],
    ['with -qq', 'pip install -qq demo-lib', {}],
    ['with -qqqv, which takes one back', 'pip install -qqqv demo-lib', {}],
    ['with -v', 'pip install -v demo-lib', {}],
    ['with -vv, and a traceback on stdout', 'pip install -vv demo-lib', {}],
    ['with --no-color', 'pip --no-color install demo-lib', {}],
    ['with --log', 'pip --log log.txt install demo-lib', {}],
    ['where only ASCII can be printed', 'pip install demo-lib', { PYTHONIOENCODING: 'ascii' }],
    ['in Latin-1', 'pip install demo-lib', { PYTHONIOENCODING: 'latin-1' }],
    ['with LC_ALL=C', 'pip install demo-lib', { LC_ALL: 'C' }],
    ['with NO_COLOR', 'pip install demo-lib', { NO_COLOR: '1' }],
    ['with FORCE_COLOR', 'pip install demo-lib', { FORCE_COLOR: '1' }],
    ['with stdout in a file', 'pip install demo-lib > out.txt', {}],
  ])('%s', async (_, command, env) => {
    const { asked, screen } = await typed(sandbox(), command, env);
    expect(asked).toBe(true);
    expect(screen).toContain(words);
    expect(screen).toContain('externally-managed-environment');
    expect(screen).toContain('code 1.');
  });

  it('in silence, with -qqq: what is left is silence, too', async () => {
    const { asked, screen } = await typed(sandbox(), 'pip install -qqq demo-lib');
    expect(asked).toBe(true);
    expect(screen).not.toContain(words);
    expect(screen).toContain('code 1.');
  });

  it.skipIf(!isRoot)('after a warning, which stands on the screen before the question', async () => {
    const box = sandbox();
    mkdirSync(join(box.home, '.cache/pip'), { recursive: true });
    const { asked, screen } = await typed(
      box,
      `chown -R 12345 "$HOME/.cache" && pip install demo-lib; chown -R 0 "$HOME/.cache"`,
    );
    expect(asked).toBe(true);
    expect(screen.indexOf('WARNING: The directory')).toBeGreaterThanOrEqual(0);
    expect(screen.indexOf('WARNING: The directory')).toBeLessThan(screen.indexOf(words));
  });

  it.each(pipsHere().filter(({ version }) => !/^22\./.test(version)))('by pip $version', async ({ site }) => {
    const box = sandbox();
    const managed = managedPython(join(box.root, 'prefix'), site);
    const { asked, screen } = await typed(box, 'pip install demo-lib', onPath(managed));
    expect(asked).toBe(true);
    expect(screen).toContain('Not here');
    expect(screen).toContain(words);
  });
});

function onPath({ prefix }: ManagedPython): Record<string, string> {
  return { PATH: `${dist}/shims:${prefix}/bin:/usr/bin:/bin` };
}

const ours = '[externally-managed]\n';
const foreign = 'is managed externally, and may not be';

describe('whatever the marker of a Python looks like', () => {
  it.each<[string, string | Buffer, string]>([
    ['without an Error key', `${ours}Note=x\n`, foreign],
    ['empty', '', foreign],
    ['of another section', '[other]\nError=x\n', foreign],
    ['without a section', 'Error=x\n', foreign],
    ['with an empty first line', `${ours}Error=\n  Second line\n  \n  Third\n`, 'Second line'],
    ['with an empty Error', `${ours}Error=\n`, words],
    ['not UTF-8', Buffer.from('[externally-managed]\nError=caf\xe9\n', 'latin1'), foreign],
    ['with a byte order mark', `\ufeff${ours}Error=x\n`, foreign],
    ['with marks of other languages', `${ours}Error-de=Nicht hier\nError-C=In C\nError=Not here\n`, words],
    ['with letters of other alphabets', `${ours}Error=Недоступно — 不可\n`, 'Недоступно — 不可'],
    ['with signs of its own', `${ours}Error=100% [red]no[/red] $(id)\n`, '100% [red]no[/red] $(id)'],
    ['with the words of a refusal in it', `${ours}Error=error: externally-managed-environment\n`, words],
    ['of many lines', `${ours}Error=First\n${'  more of it\n'.repeat(30)}`, 'more of it'],
  ])('%s', async (_, marker, said) => {
    const box = sandbox();
    const managed = managedPython(join(box.root, 'prefix'), systemPipSite);
    writeFileSync(managed.marker, marker);
    const { asked, screen } = await typed(box, 'pip install demo-lib', onPath(managed));
    expect(asked).toBe(true);
    expect(screen).toContain(said);
    expect(screen).toContain('code 1.');
  });

  it.each<[string, (file: string) => void, number]>([
    ['a directory', (file) => mkdirSync(file), 0],
    ['a link to nowhere', (file) => symlinkSync('/proc/nowhere', file), 0],
    [
      'a file with a key twice, over which pip stumbles',
      (file) => writeFileSync(file, `${ours}Error=a\nError=b\n`),
      2,
    ],
    ['not there', () => {}, 0],
  ])('%s is none, and nobody is asked', async (_, make, code) => {
    const box = sandbox();
    const managed = managedPython(join(box.root, 'prefix'), systemPipSite);
    rmSync(managed.marker);
    make(managed.marker);
    const { asked, screen } = await typed(box, 'pip install --dry-run demo-lib', onPath(managed));
    expect(asked).toBe(false);
    expect(screen).toContain(`code ${code}.`);
  });

  it.skipIf(!isRoot)('one that may not be read is one all the same', async () => {
    const box = sandbox();
    const managed = managedPython(join(box.root, 'prefix'), systemPipSite);
    writeFileSync(managed.marker, plainMarker);
    chmodSync(managed.marker, 0);
    for (const directory of [box.root, box.home, box.project]) chmodSync(directory, 0o777);
    const user = 'setpriv --reuid=65534 --clear-groups';
    const { asked, screen } = await typed(box, `${user} pip install demo-lib`, onPath(managed));
    expect(asked).toBe(true);
    expect(screen).toContain(foreign);
  });
});

describe('nobody is asked where it only looks so', () => {
  /** A build that prints what another pip refused, as a setup.py that calls pip does. */
  const printing = `import sys
def get_requires_for_build_wheel(settings=None):
    print("error: externally-managed-environment\\n\\n× This environment is externally managed\\n╰─> x\\n\\nhint: See PEP 668", file=sys.stderr)
    raise SystemExit(1)
`;
  it.each([
    ['a failing build that printed the same words', ''],
    ['such a build, shown as it goes', '-v'],
  ])('%s', async (_, option) => {
    const box = sandbox();
    // What sitecustomize does cannot be told, so pip is asked once it has failed.
    box.write('odd/sitecustomize.py', '');
    box.write(
      'other/pyproject.toml',
      '[build-system]\nrequires = []\nbuild-backend = "printing"\nbackend-path = ["."]\n',
    );
    box.write('other/printing.py', printing);
    const env = { PYTHONPATH: 'odd', PIP_TARGET: 'out' };
    const { asked, screen } = await typed(box, `pip install ${option} ./other`, env);
    expect(asked).toBe(false);
    expect(screen).toContain('This environment is externally managed');
    expect(screen).toContain('code 1.');
  });

  it('the words on stderr of a command that ends well', async () => {
    const box = sandbox();
    const printed = 'error: externally-managed-environment\\n\\n× This environment is externally managed\\n';
    box.write(
      '../../bin/pip',
      `#!/usr/bin/python3 -IS\nimport sys\nprint("${printed}", file=sys.stderr)\n`,
      0o755,
    );
    const { asked, screen } = await typed(box, 'pip install demo-lib', {
      PATH: `${dist}/shims:${box.root}/bin:/usr/bin:/bin`,
    });
    expect(asked).toBe(false);
    expect(screen).toContain('This environment is externally managed');
    expect(screen).toContain('code 0.');
  });
});
