import { chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { directoriesDirectory, directoryFileName } from '../../src/settings/directory.ts';
import { schema } from '../../src/settings/schema.ts';
import { dist } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { isRoot, policyDirectory, policyFile, put, settingsIn } from './saying.ts';

type Make = (file: string, box: Sandbox) => void;
const text =
  (content: string | Buffer): Make =>
  (file) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
const user = (box: Sandbox) => join(box.home, '.config/pip-detour/config.toml');
const own = (box: Sandbox) => join(box.project, '.pip-detour.toml');

/** What may stand in the place of a file of settings, and the words it is told by. */
const spoilt: [string, Make, RegExp][] = [
  [
    'a value of a wrong type',
    text('installer = 7\n'),
    /: installer = 7: it is not one of pip and uv; this setting is ignored$/,
  ],
  [
    'a truth in words',
    text('hint = "yes"\n'),
    /: hint = yes: it is neither true nor false; this setting is ignored$/,
  ],
  ['a text where a list is wanted', text('forbid = "venv"\n'), /forbid = venv: it is not a list/],
  [
    'a list of what is no detour',
    text('forbid = ["venvv"]\n'),
    /has venvv in it, which is not one of .*; did you mean venv\?/,
  ],
  ['a list of tables', text('forbid = [{ a = 1 }]\n'), /forbid = \[\{"a":1\}\]: it has/],
  ['a date', text('installer = 1979-05-27\n'), /installer = "1979-05-27.*": it is not one of/],
  [
    'a number that is too big',
    text('package-timeout = 1e300\n'),
    /it is not a whole number of seconds|is for each person/,
  ],
  ['not a number', text('package-timeout = nan\n'), /it is not a whole number of seconds|is for each person/],
  ['a table where a value is wanted', text('[detour]\nx = 1\n'), /detour = \{"x":1\}: it is not one of/],
  [
    'an unknown key',
    text('instaler = "uv"\n'),
    /there is no setting instaler; did you mean installer\?; this setting is ignored$/,
  ],
  [
    'an unknown key like no other',
    text('zzzzzzzz = 1\n'),
    /there is no setting zzzzzzzz; this setting is ignored$/,
  ],
  [
    'several things wrong',
    text('installer = 1\nhint = 1\nx = 1\n'),
    /installer = 1: .* \(and 2 more: pip-detour config list\)$/,
  ],
  [
    'a key twice',
    text('installer = "uv"\ninstaller = "pip"\n'),
    /is not valid TOML: line 2, .*; the whole file is ignored$/,
  ],
  ['__proto__', text('__proto__ = { installer = "uv" }\n'), /there is no setting __proto__/],
  ['a table __proto__', text('[__proto__]\ninstaller = "uv"\n'), /there is no setting __proto__/],
  [
    'constructor',
    text('constructor = "uv"\ntoString = 1\n'),
    /there is no setting constructor.* \(and 1 more/,
  ],
  ['no TOML', text('installer == uv\n'), /is not valid TOML: line 1, /],
  ['JSON', text('{ "installer": "uv" }\n'), /is not valid TOML: line 1, /],
  ['10 MB', text(Buffer.alloc(10_000_000, '#')), /is longer than 1 MB; the whole file is ignored$/],
  ['many keys', text(Array.from({ length: 50_000 }, (_, at) => `k${at} = 1\n`).join('')), /\(and 49999 more/],
  [
    'deep nesting of lists',
    text(`forbid = ${'['.repeat(50_000)}${']'.repeat(50_000)}\n`),
    /is not valid TOML/,
  ],
  [
    'lists as deep as they are read',
    text(`forbid = ${'['.repeat(900)}${']'.repeat(900)}\n`),
    /forbid = .*: it has .* in it, which is not one of/,
  ],
  [
    'deep nesting of tables',
    text(`${'a.'.repeat(50_000)}a = 1\n`),
    /there is no setting a|is not valid TOML/,
  ],
  [
    'binary',
    text(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe, 0, 1])),
    /is not a text file in UTF-8; the whole file is ignored$/,
  ],
  ['NUL', text('installer = "uv"\0\n'), /is not a text file; the whole file/],
  ['UTF-16', text(Buffer.from('\ufeffinstaller = "uv"\n', 'utf16le')), /is not a text file/],
  ['escape sequences', text('"\u001b[31mx" = 1\n'), /is not valid TOML|there is no setting \\x1b\[31mx/],
  ['escaped escape sequences', text('"\\u001b[31mx" = 1\n'), /there is no setting \\x1b\[31mx/],
  [
    'a link to itself',
    (file) => {
      mkdirSync(dirname(file), { recursive: true });
      symlinkSync(file, file);
    },
    /is a link that leads back to itself/,
  ],
  [
    'a FIFO',
    (file, box) => {
      mkdirSync(dirname(file), { recursive: true });
      box.run('/usr/bin/mkfifo', [file]);
    },
    /is not a regular file; the whole file is ignored$/,
  ],
  ['a directory', (file) => mkdirSync(file, { recursive: true }), /is not a regular file/],
  [
    'a device',
    (file) => {
      mkdirSync(dirname(file), { recursive: true });
      symlinkSync('/dev/zero', file);
    },
    /is not a regular file/,
  ],
  [
    '.. in a path',
    text('environments-directory = "/srv/../etc"\n'),
    /has \.\. in it: write the path without it|is for each person/,
  ],
  [
    'a path that is not whole',
    text('environments-directory = "envs"\n'),
    /is not a full path|is for each person/,
  ],
  [
    'a variable in a path',
    text('environments-directory = "$HOME/x"\n'),
    /variables are not expanded here|is for each person/,
  ],
  [
    "another user's home",
    text('environments-directory = "~bob/x"\n'),
    /names another user's home|is for each person/,
  ],
  ['a name with a slash', text('environment = "a/b"\n'), /is a path: give a name without \//],
  ['a name that leads out', text('environment = ".."\n'), /is not the name of a directory/],
  ['a name that leads out further', text('environment = "../../x"\n'), /is a path/],
  ['an absolute name', text('environment = "/etc"\n'), /is a path/],
  ['a name with a tilde', text('environment = "~"\n'), /begins with ~, which has no special meaning here/],
  ['a name of a variable', text('environment = "$x"\n'), /begins with \$, which has no special meaning here/],
  ['a name like an option', text('environment = "-rf"\n'), /begins with -/],
  [
    'a name with a colon',
    text('environment = "a:b"\n'),
    /has a character that the name of an environment cannot have/,
  ],
  [
    'a name with a newline',
    text('environment = "a\\nb"\n'),
    /has a character that the name of an environment cannot have/,
  ],
  ["the repository's own", text('environment = ".git"\n'), /is a directory that other things are kept in/],
  ['an empty name', text('environment = ""\n'), /is not the name of a directory/],
  ['a name without end', text(`environment = "${'a'.repeat(300)}"\n`), /is longer than a file name can be/],
  ['a Python that is a path of the project', text('interpreter = "./python"\n'), /is not a full path/],
];

describe.each([
  ['your settings', user],
  ['a project’s file', own],
] as const)('in the place of %s', (_, place) => {
  it.each(spoilt)('%s: one line says so, and nothing of it counts', async (_name, make, words) => {
    const box = sandbox();
    make(place(box), box);
    const settings = await settingsIn(box);
    expect(settings.warnings).toHaveLength(1);
    expect(settings.warnings[0]).toMatch(words);
    for (const setting of Object.values(schema))
      expect(settings.origin(setting)).toEqual({ source: 'default' });
    expect(Reflect.get({}, 'installer')).toBeUndefined();
  });
});

describe('a pyproject.toml', () => {
  it.each<[string, Make]>([
    ['that is not valid TOML and does not speak of us', text('[project\n')],
    ['of 10 MB', text(Buffer.alloc(10_000_000, '#'))],
    ['that is a FIFO', (file, box) => void box.run('/usr/bin/mkfifo', [file])],
    ['that is binary', text(Buffer.from([0xff, 0, 1]))],
    ['without a table of ours', text('[project]\nname = "pip-detour-plugin"\n')],
  ])('%s is not ours to judge', async (_, make) => {
    const box = sandbox();
    make(join(box.project, 'pyproject.toml'), box);
    expect((await settingsIn(box)).warnings).toEqual([]);
  });

  it.each([
    ['[tool.pip-detour]\ndetour = "pipxx"\n', 'detour = pipxx: it is not one of'],
    ['[tool]\npip-detour = 3\n', 'has a tool.pip-detour that is not a table'],
    ['[[tool.pip-detour]]\ndetour = "venv"\n', 'has a tool.pip-detour that is not a table'],
    ['[tool.pip-detour]\n[project\n', 'is not valid TOML: line 2'],
  ])('%j: told', async (content, words) => {
    const box = sandbox();
    box.write('pyproject.toml', content);
    expect((await settingsIn(box)).warnings).toEqual([expect.stringContaining(words)]);
  });
});

describe('whose project is it', () => {
  it('no file outside the project is read: none of home, none above the repository', async () => {
    const box = sandbox();
    writeFileSync(join(box.home, '.pip-detour.toml'), 'installer = "uv"\n');
    expect((await settingsIn(box)).value(schema.installer)).toBe('pip');
    box.write('above/.pip-detour.toml', 'installer = "uv"\n');
    mkdirSync(join(box.project, 'above/repository/.git'), { recursive: true });
    const cwd = join(box.project, 'above/repository');
    expect((await settingsIn(box, {}, cwd)).value(schema.installer)).toBe('pip');
    expect((await settingsIn(box, {}, join(box.project, 'above'))).value(schema.installer)).toBe('uv');
  });

  it('from deep within a repository its file at the top is found', async () => {
    const box = sandbox();
    mkdirSync(join(box.project, '.git'));
    box.write('.pip-detour.toml', 'installer = "uv"\n');
    box.write('packages/a/pyproject.toml', '[project]\nname = "a"\n');
    expect((await settingsIn(box, {}, join(box.project, 'packages/a'))).value(schema.installer)).toBe('uv');
  });

  it('the nearest file counts, whole: two do not add up', async () => {
    const box = sandbox();
    box.write('.pip-detour.toml', 'installer = "uv"\nhint = false\n');
    box.write('packages/.pip-detour.toml', 'hint = true\n');
    mkdirSync(join(box.project, '.git'));
    const settings = await settingsIn(box, {}, join(box.project, 'packages'));
    expect([settings.value(schema.installer), settings.value(schema.hint)]).toEqual(['pip', true]);
  });

  it.runIf(isRoot)(
    'one that lies in a directory anybody may write to, or that is somebody else’s, is not read',
    async () => {
      const box = sandbox();
      box.write('.pip-detour.toml', 'installer = "uv"\n');
      chownSync(box.project, 1234, 1234);
      expect((await settingsIn(box)).value(schema.installer)).toBe('pip');
      chownSync(box.project, 0, 0);
      box.run('/bin/chmod', ['o+w', box.project]);
      expect((await settingsIn(box)).value(schema.installer)).toBe('pip');
    },
  );
});

describe('a variable', () => {
  it.each([
    [
      'PIP_DETOUR_INSTALLER',
      'uvx',
      'PIP_DETOUR_INSTALLER: installer = uvx: it is not one of pip and uv; did you mean uv?; this setting is ignored',
    ],
    ['PIP_DETOUR_REMEMBER', 'perhaps', 'remember = perhaps: it is neither true nor false'],
    ['PIP_DETOUR_ENVIRONMENT', '../x', 'is a path'],
  ])('%s=%s: told', async (name, value, words) => {
    expect((await settingsIn(sandbox(), { [name]: value })).warnings).toEqual([
      expect.stringContaining(words),
    ]);
  });

  it('that is empty says nothing', async () => {
    const settings = await settingsIn(sandbox(), { PIP_DETOUR_INSTALLER: '', PIP_DETOUR_REMEMBER: '' });
    expect(settings.warnings).toEqual([]);
    expect(settings.layers).toEqual([]);
  });
});

describe('what is set for a directory', () => {
  const record = (box: Sandbox) =>
    join(
      directoriesDirectory(join(box.home, '.config/pip-detour')),
      `${directoryFileName(box.project)}.json`,
    );

  it.each([
    ['no JSON', () => '{'],
    ['another directory’s', () => JSON.stringify({ directory: '/elsewhere', settings: { installer: 'uv' } })],
    ['no record', () => '[]'],
    ['without settings', (box: Sandbox) => JSON.stringify({ directory: box.project })],
  ])('%s: told, and pip goes on', async (_, content) => {
    const box = sandbox();
    put(record(box), content(box));
    const settings = await settingsIn(box);
    expect(settings.warnings).toEqual([
      expect.stringMatching(/directories\/[0-9a-f]{16}\.json is damaged; the whole file is ignored/),
    ]);
    expect(settings.value(schema.installer)).toBe('pip');
  });

  it('what was set for home does not hold for every project below it', async () => {
    const box = sandbox();
    const set = box.run(`${dist}/shims/pip-detour`, [
      'config',
      'set',
      '--directory',
      box.home,
      'installer',
      'uv',
    ]);
    expect(set.code).toBe(0);
    expect((await settingsIn(box)).value(schema.installer)).toBe('pip');
    expect((await settingsIn(box, {}, box.home)).value(schema.installer)).toBe('uv');
  });
});

describe('pip goes on, whatever lies there', () => {
  const some = [
    'a value of a wrong type',
    '10 MB',
    'a FIFO',
    'a link to itself',
    'binary',
    'deep nesting of lists',
    '__proto__',
    'a key twice',
  ];
  const rows = spoilt.filter(([name]) => some.includes(name));

  it.each(rows)('%s: pip’s own answer, and one line before it', (_, make, words) => {
    const box = sandbox({ PIP_DETOUR_HINT: '0' });
    const untouched = box.run('pip', ['install', 'demo-lib']);
    make(user(box), box);
    const ran = box.run('pip', ['install', 'demo-lib']);
    expect(ran).toMatchObject({ code: 1, stdout: untouched.stdout });
    const [line = '', ...rest] = ran.stderr.split('\n');
    expect(line).toMatch(/^pip-detour: ~\/\.config\/pip-detour\/config\.toml/);
    expect(line).toMatch(words);
    expect(rest.join('\n')).toBe(untouched.stderr);
  });

  it('and a choice that stands is taken all the same', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    put(user(box), 'nonsense\n');
    box.write('.pip-detour.toml', 'nonsense\n');
    const ran = box.run('pip', ['install', 'demo-lib']);
    expect(ran.code).toBe(0);
    expect(ran.stderr.match(/the whole file is ignored/g)).toHaveLength(2);
  });

  it.runIf(isRoot)('a spoilt file of the administrator’s forbids nothing, and is told', () => {
    const box = sandbox();
    put(policyFile(box), 'forbid = ["venv"\n');
    const ran = box.run('pip', ['install', 'demo-lib'], {
      env: { PIP_DETOUR: 'venv', XDG_CONFIG_DIRS: policyDirectory(box) },
    });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(/^pip-detour: \/.*\/config\.toml is not valid TOML: line \d/m);
  });
});
