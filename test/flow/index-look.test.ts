import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerIn, lookInIndex } from '../../src/flow/index-look.ts';
import { parseCommandLine } from '../../src/pip/command-line.ts';
import { lacks, pip, python, systemIsManaged, top } from '../support/machine.ts';
import { packageIndex } from '../support/package-index.ts';
import { pipsHere } from '../support/pips.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { terminal } from '../support/terminal.ts';

/** The look at the index by itself: src/python/index-look.py run as the prompt runs it, against an index of the tests' own. */
const index = packageIndex();
const never = new AbortController().signal;
const canRefuse = pipsHere().filter(({ version }) => Number(version.split('.')[0]) >= 23);

async function look(
  line: string,
  mode = 'good',
  box: Sandbox = sandbox(),
  signal = never,
  patience = 30_000,
) {
  const env = sandboxed(box, mode);
  const start = { python, flags: [], script: pip, variables: env };
  return lookInIndex(start, parseCommandLine(line.split(' ')), options(box, signal, patience));
}

function sandboxed(box: Sandbox, mode: string): Record<string, string> {
  const env: Record<string, string> = { ...box.env, PIP_INDEX_URL: index.url(mode) };
  delete env['PIP_NO_INDEX'];
  delete env['PIP_FIND_LINKS'];
  return env;
}

const options = (box: Sandbox, signal = never, patience = 30_000) => ({
  cwd: box.project,
  patience,
  signal,
  library: join(top, 'src/python'),
});

const fence = '```';

/** What src/python/index-look.py reads out of a description: of the project `tool` with the command `tool`. */
function readIn(about: string): { says: readonly string[]; opening: string } {
  const program =
    'import json, sys; sys.path.insert(0, sys.argv[1]); from index_look.description import opening, said; ' +
    'print(json.dumps({"says": said("tool", sys.argv[2], ["tool"], ["tool"]), "opening": opening(sys.argv[2])}))';
  const parts = join(top, 'src/python');
  return JSON.parse(execFileSync(python, ['-B', '-c', program, parts, about], { encoding: 'utf8' }));
}

describe.skipIf(!systemIsManaged())('however it is started, and wherever', () => {
  const hostile = 'open(__import__("os").environ["HOME"] + "/ran", "w")';
  it.each<[string, readonly string[], Record<string, string>]>([
    ['plainly', [], {}],
    ['with -I', ['-I'], {}],
    ['with -P', ['-P'], {}],
    ['with PYTHONSAFEPATH', [], { PYTHONSAFEPATH: '1' }],
    ['where the directory is on PYTHONPATH', [], { PYTHONPATH: '.:' }],
    ['with -P and that', ['-P'], { PYTHONPATH: '.' }],
  ])('%s, through a link, it loads its own parts and nothing that lies there', (_, flags, variables) => {
    const box = sandbox();
    // What PYTHONPATH names Python itself may load as it starts, re for the .pth files of some distributions.
    const itsOwn = variables['PYTHONPATH'] === undefined ? ['re.py'] : [];
    for (const name of ['index_look/__init__.py', 'json.py', 'pip/__init__.py', ...itsOwn])
      box.write(name, hostile);
    symlinkSync(join(top, 'src/python/index-look.py'), join(box.home, 'linked.py'));
    // Its stdin ends when nobody wants to know any more.
    const line = 'mkfifo "$HOME/in"; exec 3<>"$HOME/in"; exec "$@" <&3';
    const words = [python, ...flags, join(box.home, 'linked.py'), '30', 'install', 'quickfmt'];
    const ran = box.run('/bin/sh', ['-c', line, 'sh', ...words], {
      env: { ...index.variables(), ...variables },
    });
    expect(ran.stdout).toMatch(/^\{"name": "quickfmt", "kind": "found", "version": "1\.5"/);
    expect(box.exists('../ran')).toBe(false);
  });
});

describe('what a description shows', () => {
  it.each<[string, string, readonly string[]]>([
    ['a command in a fenced block', `${fence}sh\ntool in.txt\n${fence}\n`, ['typed', 'typed-first']],
    ['one behind a prompt, and alone', '$ tool\n', ['typed', 'typed-first']],
    ['one that is indented', 'Usage::\n\n    tool --all\n', ['typed', 'typed-first']],
    ['one between backquotes', 'Run `tool check .` first.\n', ['typed', 'typed-first']],
    ['a sentence that begins with its name is none', 'tool is a tool.\n', []],
    ['nor is its name between backquotes', 'See `tool`.\n', []],
    ['an import', '>>> from tool import x\n', ['import']],
    ['both', '$ tool x\n\n    import tool\n', ['typed', 'typed-before', 'import']],
    [
      'commands first, and twice as often',
      `${'$ tool x\n'.repeat(2)}    import tool\n`,
      ['typed', 'typed-before', 'typed-first', 'import'],
    ],
    [
      'one import far behind many commands',
      `${'$ tool x\n'.repeat(5)}    import tool\n`,
      ['typed', 'typed-before', 'typed-first', 'mostly-typed', 'import'],
    ],
    ['many commands behind an import', `    import tool\n${'$ tool x\n'.repeat(9)}`, ['typed', 'import']],
    ['much, and neither', 'So much to say. '.repeat(20), ['described']],
    ['many options', '`--ab` '.repeat(20), ['many-options']],
    ['fewer', '`--ab` '.repeat(19), []],
    ['how Homebrew has it', 'brew install tool\n', ['other-installers']],
    ['how a project gets it', `${fence}\nuv add --dev "tool>=1"\n${fence}\n`, ['added']],
    ['how it gets another', `${fence}\nuv add toolbox\n${fence}\n`, []],
    ['whom it has to be beside', 'Install it in the same virtual environment as dbt.', ['beside-others']],
    ["somebody's own code", '$ tool shop.web:app\n', ['typed', 'typed-first', 'loads-code']],
    [
      'a host, an address and an image are none',
      '$ tool 0.0.0.0:80 http://a:app/b c/d:latest\n',
      ['typed', 'typed-first'],
    ],
  ])('%s', (_, about, signs) => {
    expect(readIn(about).says).toEqual(signs);
  });

  it('begins with its first words, without pictures, badges, code and marks', () => {
    const about =
      '<!-- hidden -->\n[![build](b.svg)](https://ci)\n# **tool**\n\n' +
      `![shot](s.png) A [TUI](https://x) for \`things\`.\n\n${fence}sh\ntool --help\n${fence}\n\nMore <b>words</b>.\n`;
    expect(readIn(about).opening).toBe('tool A TUI for things . More words .');
  });
});

it('the package that a command is in is known where the command is in one of its modules', () => {
  const program =
    'import sys; sys.path.insert(0, sys.argv[1]); from index_look.package import read_entry_points; answer = {}; ' +
    'print(read_entry_points(answer, sys.argv[2].encode(), []), answer["commands"], answer["groups"])';
  const points =
    '[console_scripts]\na = one.cli.main:run\nb = two:run\n[pytest11]\nx = three.plugin\n[gui_scripts]\nc=one.gui:run\n';
  const read = execFileSync(python, ['-B', '-c', program, join(top, 'src/python'), points], {
    encoding: 'utf8',
  });
  expect(read).toBe("{'one'} ['a', 'b', 'c'] ['pytest11']\n");
});

it.each([
  ['thing/core.cpython-311-x86_64-linux-gnu.so', 'compiled'],
  ['thing-1.data/data/lib/libthing.so.4.1', 'compiled'],
  ['thing/core.pyd', 'compiled'],
  ['thing/py.typed', 'typed'],
  ['thing/part/py.typed', 'typed'],
  ['thing/_vendor/other/py.typed', ''],
  ['thing/notes.so.txt', ''],
])('a wheel that holds %s is %s', (file, expected) => {
  const program = `
import sys, zipfile; sys.path.insert(0, sys.argv[1]); from index_look import package
class link: is_wheel, is_file, file_path = True, True, sys.argv[2]
with zipfile.ZipFile(link.file_path, "w") as wheel:
    wheel.writestr(sys.argv[3], ""); wheel.writestr("thing-1.dist-info/METADATA", "Name: thing\\n")
package.served_metadata = lambda *_: None
answer = {}; package.described(answer, "thing", link, None)
print(*[one for one in ("compiled", "typed") if answer[one]])`;
  const wheel = join(sandbox().home, 'thing-1-py3-none-any.whl');
  const read = execFileSync(python, ['-B', '-c', program, join(top, 'src/python'), wheel, file], {
    encoding: 'utf8',
  });
  expect(read.trim()).toBe(expected);
});

/** Every file below a directory, by its path there. */
const filesIn = (directory: string) =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(directory.length + 1));

describe('the look at the index', () => {
  it('finds what would be installed and what it says of itself, and writes nothing but the cache', async () => {
    const box = sandbox();
    const [found, ...others] = await look('install quickfmt', 'good', box);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      kind: 'found',
      name: 'quickfmt',
      version: '1.5',
      package: {
        summary: 'A command-line formatter for tests.',
        pages: ['https://github.com/tests/quickfmt'],
        commands: ['quickfmt', 'quickfmtd'],
        says: ['pipx'],
        dependencies: ['textual==1; python_version < "3"'],
        typed: false,
      },
    });
    expect(await look('install plainlib', 'good')).toMatchObject([{ package: { typed: true } }]);
    expect(filesIn(box.home).filter((file) => !file.startsWith('.cache/pip/'))).toEqual([]);
  });

  it('never has the whole of a large wheel, whether its metadata lie beside it or not', async () => {
    // Over JSON pip 23.0 stumbles, and does without.
    for (const mode of ['ranges', 'html']) {
      await look('install quickfmt', mode);
      const wheels = index.requests(mode).filter((line) => line.includes('.whl '));
      expect(wheels.length).toBeGreaterThan(0);
      expect(wheels.filter((line) => !line.includes('bytes='))).toEqual([]);
      expect(index.requests(mode).some((line) => line.includes('.metadata'))).toBe(mode === 'html');
    }
  });

  it.each([
    ['install quickfmt==1.0', [{ kind: 'found', version: '1.0', newest: '1.5' }]],
    ['install quickfmt==7', [{ kind: 'version', version: '1.5' }]],
    ['install newpy', [{ kind: 'python', version: '3.0', requires: '>=3.99' }]],
    ['install nosuchname', [{ kind: 'absent', name: 'nosuchname' }]],
    [
      'install plainlib nosuchname QuickFmt',
      [{ name: 'plainlib' }, { name: 'nosuchname' }, { name: 'quickfmt' }],
    ],
    ['install quickfmt -c limits.txt', [{ kind: 'found', version: '1.0', newest: '1.5' }]],
    ['install quickfmt -c never.txt', [{ kind: 'version', version: '1.5' }]],
    ['install quickfmt -c not-there.txt', []],
    ['install quickfmt -c fifo', []],
    ['install plainlib --no-index', []],
    ['install plainlib --such-an-option', []],
  ])('pip %s', async (line, expected) => {
    const box = sandbox();
    box.write('limits.txt', '-c more.txt\nplainlib<1; python_version < "3"\n');
    box.write('more.txt', 'QuickFmt<1.5\n');
    box.write('never.txt', 'quickfmt>9\n');
    box.run('mkfifo', ['fifo']);
    const found = await look(line, 'good', box);
    expect(found).toHaveLength(expected.length);
    expect(found).toMatchObject(expected);
  });

  it.each([
    ['sends 10 GB for a page', 'endless'],
    ['leads in a circle', 'loop'],
    ['wants a password', 'secret'],
    ['leads on and on', 'chain'],
    ['speaks no HTML', 'garbage'],
    ['is a picture', 'picture'],
    ['fails', 'error'],
  ])('says nothing, and soon, where the index %s', async (_, mode) => {
    const began = Date.now();
    expect(await look('install quickfmt', mode)).toEqual([]);
    expect(Date.now() - began).toBeLessThan(25_000);
    expect(index.requests(mode).length).toBeGreaterThan(0);
  });

  it('nor where it is slow, sends a byte a second, leads to a device or sends what swells to 3 GB', async () => {
    const began = Date.now();
    // All four are waited for at once, and not for long: they never end by themselves.
    const modes = ['slow', 'drip', 'device', 'bomb'];
    const looks = modes.map((mode) => look('install quickfmt', mode, sandbox(), never, 4_000));
    expect(await Promise.all(looks)).toEqual(modes.map(() => []));
    expect(Date.now() - began).toBeLessThan(25_000);
    expect(modes.filter((mode) => index.requests(mode).length === 0)).toEqual([]);
  });

  it.each([
    ['sends 10 GB for a wheel', 'huge'],
    ['has a broken wheel', 'broken'],
    ['has a wheel with a lying directory', 'directory'],
    ['knows no ranges', 'whole'],
  ])('knows the version alone, or what lies beside the wheel, where the index %s', async (_, mode) => {
    const [found] = await look('install quickfmt', mode);
    expect(found).toMatchObject({ kind: 'found', version: '1.5' });
    expect(found?.kind === 'found' ? found.package?.commands : 'none').toBeUndefined();
  });

  it('reads no more than anybody has to say of a file that swells', async () => {
    const [found] = await look('install quickfmt', 'swollen');
    expect(found).toMatchObject({ kind: 'found', package: { summary: 'small', commands: [] } });
  });

  it('shows nothing of what would work on a terminal', async () => {
    const [found] = await look('install colours');
    const facts = found?.kind === 'found' ? found.package : undefined;
    expect(facts?.commands).toEqual(['colours', 'badname']);
    expect(facts?.summary).toMatch(/^redtxt\.exe plain x+…$/);
    expect(facts?.summary.length).toBeLessThanOrEqual(120);
  });

  it('ends when nobody wants to know any more', async () => {
    const stopping = new AbortController();
    const began = Date.now();
    const looking = look('install quickfmt', 'slow', sandbox(), stopping.signal);
    stopping.abort();
    expect(await looking).toEqual([]);
    expect(Date.now() - began).toBeLessThan(20_000);
  });

  it('starts no other Python, although PIP_PYTHON has pip itself do so', async () => {
    const box = sandbox();
    const other = box.write('other-python', '#!/bin/sh\n: > "$HOME/started"\n');
    chmodSync(other, 0o755);
    const variables = { ...sandboxed(box, 'good'), PIP_PYTHON: other };
    const start = { python, flags: [], script: pip, variables };
    expect(await lookInIndex(start, parseCommandLine(['install', 'quickfmt']), options(box))).toEqual([]);
    expect(filesIn(box.home)).not.toContain('started');
  });

  it.skipIf(lacks('openssl'))('no passphrase of a certificate is asked for at the terminal', async () => {
    const box = sandbox();
    const user = terminal(
      '/bin/sh',
      [
        '-c',
        'openssl req -x509 -newkey rsa:2048 -keyout c.pem -out cert -passout pass:secret -subj /CN=x 2>/dev/null; cat cert >>c.pem\n' +
          'sleep 5 | "$0" "$1" 3 install --client-cert c.pem -i "$2" six; echo ended',
        python,
        join(top, 'src/python/index-look.py'),
        index.url('passphrase').replace('http:', 'https:'),
      ],
      { env: sandboxed(box, 'good'), cwd: box.project },
    );
    await user.waitFor('ended', 60_000);
    expect(user.history()).not.toMatch(/pass ?phrase/i);
    user.kill();
  });

  it.skipIf(canRefuse.length === 0)('is understood by every pip here that can refuse', async () => {
    for (const known of canRefuse) {
      const box = sandbox();
      const variables = { ...sandboxed(box, 'good'), PYTHONPATH: known.site };
      const start = { python: known.python, flags: [], script: pip, variables };
      const found = await lookInIndex(
        start,
        parseCommandLine(['install', 'quickfmt', 'newpy']),
        options(box),
      );
      expect([known.version, ...found.map(({ kind }) => kind)]).toEqual([known.version, 'found', 'python']);
    }
  });
});

describe('a line of its answer', () => {
  it.each([
    '',
    '{}',
    '[]',
    'null',
    '{"name":"x","kind":"found"}',
    '{"name":"x\\u001b","kind":"found","version":"1 2"}',
    '{"name":"a b","kind":"absent"}',
    '{"name":"x","kind":"python","version":"1","requires":"$(id)"}',
    `{"name":"${'x'.repeat(5000)}","kind":"absent"}`,
    '{"name":"x","kind":"abs',
  ])('is not believed: %s', (line) => {
    expect(answerIn(line)).toBeUndefined();
  });
});

describe.skipIf(!process.env['PIP_DETOUR_TEST_PYPI'] || !systemIsManaged())('with the real index', () => {
  it('a known application, a name that is not there and one that needs another Python', async () => {
    const box = sandbox();
    const variables = { ...box.env };
    delete variables['PIP_NO_INDEX'];
    delete variables['PIP_CONFIG_FILE'];
    const found = await lookInIndex(
      { python, flags: [], script: pip, variables },
      parseCommandLine(['install', 'black', 'no-such-name-of-ours-0']),
      options(box),
    );
    expect(found).toMatchObject([
      { kind: 'found', name: 'black', package: { commands: ['black', 'blackd'] } },
      { kind: 'absent' },
    ]);
  });
});
