import { describe, expect, it } from 'vitest';
import { pipx } from '../../../src/detours/pipx/index.ts';
import { wayOf } from '../../../src/detours/pipx/way.ts';
import type { PipxPackage, Situation, WithoutPipx } from '../../../src/types.ts';
import { situationFor } from '../../support/situations.ts';
import { somePipx } from '../situation.ts';

const environments = '/home/u/.local/share/pip-detour-environments/applications';

function place(change: Partial<WithoutPipx> = {}): WithoutPipx {
  const names = ['black', 'ruff', 'ansible', 'demo', 'requests'];
  return {
    environments,
    bin: '/home/u/.local/bin',
    installed: [],
    binOnPath: true,
    looks: Object.fromEntries(
      names.map((name) => [name, { directory: `${environments}/${name}`, state: 'missing' }]),
    ),
    pathLine: 'fish_add_path --append /home/u/.local/bin',
    ...change,
  };
}

const bySudo: PipxPackage = {
  name: 'pipx',
  words: ['/usr/bin/sudo', '/usr/bin/apt-get', 'install', '--no-install-recommends', 'pipx'],
  typed: ['sudo', 'apt-get', 'install', 'pipx'],
  sudo: true,
  pipx: somePipx({ bin: '/home/u/.local/bin' }),
};
const byRoot: PipxPackage = {
  ...bySudo,
  words: bySudo.words.slice(1),
  typed: bySudo.typed.slice(1),
  sudo: false,
};

/** Somebody without pipx. */
function missing(line: string, change: Partial<WithoutPipx> = {}, more: Partial<Situation> = {}): Situation {
  const { pipx: _, ...rest } = situationFor(line, { withoutPipx: place(change), ...more });
  return rest;
}

function lines(situation: Situation): string[] {
  return pipx
    .plan(situation)
    .steps.flatMap((step) => (step.kind === 'run' ? [[step.command, ...step.args].join(' ')] : []));
}

describe('who takes an application in', () => {
  const there = { installed: ['black'] };
  const rows: readonly (readonly [string, Situation, string])[] = [
    ['the pipx that is here', situationFor('install black', { withoutPipx: place() }), 'pipx'],
    ['one that is got first, where it can be', missing('install black', { package: bySudo }), 'package'],
    ['we ourselves, where none can', missing('install black'), 'us'],
    [
      'we, whatever has come since, what we took in',
      situationFor('install -U black', { withoutPipx: place(there) }),
      'us',
    ],
    ['we, whatever could be got, likewise', missing('install -U black', { ...there, package: bySudo }), 'us'],
    ['we, to take it away', situationFor('uninstall black', { withoutPipx: place(there) }), 'us'],
    [
      'pipx, to take away what we never had',
      situationFor('uninstall ruff', { withoutPipx: place(there) }),
      'pipx',
    ],
    ['nobody, to take away what is not there', missing('uninstall ruff', { package: bySudo }), 'nobody'],
    ['we, from a URL that says its name', missing('install demo@https://example.org/x.zip'), 'us'],
    ['nobody, from one that does not', missing('install https://example.org/x.zip'), 'nobody'],
    ['nobody, from a directory', missing('install ./demo'), 'nobody'],
    [
      'nobody, where nothing makes environments',
      missing('install black', {}, { maker: { kind: 'none' } }),
      'nobody',
    ],
    [
      'nobody, where something else lies in the way',
      missing('install black', {
        looks: { black: { directory: '/x', state: 'unusable', why: 'is a file' } },
      }),
      'nobody',
    ],
  ];
  it.each(rows)('%s', (_, situation, by) => {
    expect(wayOf(situation).by).toBe(by);
    expect(pipx.unavailable(situation) === undefined).toBe(
      by !== 'nobody' && !/ruff/.test(situation.command.argv.join()),
    );
  });
});

describe('what is shown', () => {
  it.each([
    [
      'install black',
      { package: bySudo },
      'gets pipx first: sudo apt-get install pipx · commands in ~/.local/bin',
    ],
    [
      'install black',
      { package: byRoot },
      'gets pipx first: apt-get install pipx · commands in ~/.local/bin',
    ],
    ['install black', {}, 'commands in ~/.local/bin · without pipx, which is not installed'],
    [
      'install black',
      { binOnPath: false },
      'commands in ~/.local/bin, not on PATH yet · without pipx, which is not installed',
    ],
    ['uninstall black', { installed: ['black'] }, 'in ~/.local/share/pip-detour-environments/applications'],
  ])('pip %s, %j', (line, change, detail) => {
    expect(pipx.detail(missing(line, change))).toBe(detail);
  });

  it('pipx, though it is missing, is recommended for an application', () => {
    expect(pipx.recommended(missing('install black'))).toBe('black is a code formatter');
    expect(pipx.recommended(missing('install requests'))).toBeUndefined();
  });
});

describe('a choice that stands', () => {
  it.each([
    [bySudo, 'pipx is not installed; to get it: sudo apt-get install pipx'],
    [byRoot, undefined],
    [undefined, undefined],
  ])('never starts sudo: %#', (package_, why) => {
    const change = package_ === undefined ? {} : { package: package_ };
    expect(pipx.onlyAsked?.(missing('install black', change))).toBe(why);
    expect(pipx.onlyAsked?.(situationFor('install black', { withoutPipx: place(change) }))).toBeUndefined();
  });
});

describe('the plan', () => {
  it('gets pipx from /, then goes on with where the package puts it', () => {
    const situation = missing('install black ruff', { package: bySudo });
    expect(lines(situation)).toEqual([
      '/usr/bin/sudo /usr/bin/apt-get install --no-install-recommends pipx',
      '/usr/bin/pipx install black',
      '/usr/bin/pipx install ruff',
    ]);
    expect(pipx.plan(situation).steps[0]).toMatchObject({ kind: 'run', cwd: '/' });
  });

  const pip = (name: string) =>
    `${environments}/${name}/bin/python /usr/lib/python3/dist-packages/pip/__pip-runner__.py install`;
  const link =
    '/usr/bin/python3 -I /home/u/.local/share/pip-detour/lib/application-commands.py link /home/u/.local/bin';
  const make = (name: string) => `/usr/bin/python3 -I -m venv --without-pip ${environments}/${name}`;
  it.each([
    ['black', [make('black'), `${pip('black')} -- black`, `${link} black ${environments}/black`]],
    ['ansible', [make('ansible'), `${pip('ansible')} -- ansible`, `${link} * ${environments}/ansible`]],
    [
      '--user -qU --pre -i https://x/ -c pins.txt black[d]>=24',
      [
        make('black'),
        `${pip('black')} --quiet --upgrade --pre --index-url=https://x/ --constraint=pins.txt -- black[d]>=24`,
        `${link} black ${environments}/black`,
      ],
    ],
    [
      'black Ruff',
      [
        make('black'),
        `${pip('black')} -- black`,
        make('ruff'),
        `${pip('ruff')} -- Ruff`,
        `${link} black ${environments}/black ruff ${environments}/ruff`,
      ],
    ],
  ])('pip install %s, without pipx', (line, wanted) => {
    // What every environment gets (detours/venv/seeds.ts) depends on the wheels of this machine.
    const own = lines(missing(`install ${line}`)).filter((step) => !step.includes('/lib/seed.py '));
    expect(own).toEqual(wanted);
  });

  it('makes nothing anew that is there', () => {
    const looks = { black: { directory: `${environments}/black`, state: 'ready' } } as const;
    expect(lines(missing('install -U black', { installed: ['black'], looks }))[0]).toContain(
      'install --upgrade',
    );
  });

  it('says in the words of their shell how the commands get on PATH', () => {
    expect(pipx.plan(missing('install black', { binOnPath: false })).afterwards).toEqual([
      '~/.local/bin is not on your PATH, so its commands are not found yet. Type this, and then open a new terminal: fish_add_path --append /home/u/.local/bin',
    ]);
  });

  it('takes away links and environment together', () => {
    expect(lines(missing('uninstall -y Black', { installed: ['black'] }))).toEqual([
      `${link.replace(' link ', ' remove ')} ${environments}/black`,
    ]);
  });
});

it.each(['--', '-o', '../x', '.', 'black --force', '$(id)', 'a/../../b'])(
  'a requirement meant to be an option, a path or a shell word, %j, makes no environment',
  (text) => {
    const situation = missing('install black');
    const command = { ...situation.command, requirements: [{ kind: 'name', text, name: text } as const] };
    expect(pipx.unavailable({ ...situation, command })).toBeDefined();
  },
);
