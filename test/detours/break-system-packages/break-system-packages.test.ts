import { describe, expect, it } from 'vitest';
import { breakSystemPackages as detour } from '../../../src/detours/break-system-packages/index.ts';
import { recommendation } from '../../../src/detours/recommendation.ts';
import { buildQuestion } from '../../../src/prompt/build.ts';
import type { Situation } from '../../../src/types.ts';
import { situationFor } from '../../support/situations.ts';

const interpreter = (stdlib: string) => ({
  executable: '/usr/bin/python3',
  prefix: '/usr',
  stdlib,
  version: '3.12',
});
const container = { where: { kinds: ['docker', 'root'], throwAway: true }, uid: 0 } as const;

/** The line it runs, with the variable before it where there is one. */
function ran(line: string, change: Partial<Situation> = {}): string {
  const [step, ...more] = detour.plan(situationFor(line, change)).steps;
  expect(more).toEqual([]);
  if (step?.kind !== 'run') throw new Error('nothing is run');
  const variables = Object.entries(step.env ?? {}).map(([name, value]) => `${name}=${value}`);
  return [...variables, step.command, ...step.args].join(' ');
}

describe('the command it runs', () => {
  it.each<[string, Partial<Situation>, string]>([
    ['install requests', {}, '/usr/bin/pip install --break-system-packages requests'],
    ['-v install -r r.txt', {}, '/usr/bin/pip -v install --break-system-packages -r r.txt'],
    ['install -- -x', {}, '/usr/bin/pip install --break-system-packages -- -x'],
    ['uninstall -y x', {}, '/usr/bin/pip uninstall --break-system-packages -y x'],
    ['install --user x', {}, '/usr/bin/pip install --break-system-packages --user x'],
    ['install x', { pipVersion: '23.0' }, 'PIP_BREAK_SYSTEM_PACKAGES=1 /usr/bin/pip install x'],
    [
      'install --isolated x',
      { pipVersion: '23.0' },
      '/usr/bin/pip install --break-system-packages --isolated x',
    ],
  ])('pip %s with %j: %s', (line, change, wanted) => {
    expect(ran(line, change)).toBe(wanted);
  });

  it('a pip whose version is unknown gets the variable, which every pip takes', () => {
    const { pipVersion: _, ...unknown } = situationFor('install x');
    const [step] = detour.plan(unknown).steps;
    expect(step).toMatchObject({ args: ['install', 'x'], env: { PIP_BREAK_SYSTEM_PACKAGES: '1' } });
  });
});

describe('what it says can break', () => {
  it.each<[string, Partial<Situation>, RegExp]>([
    ['Debian', { uid: 0 }, /\/usr\/local\/lib\/python3\.12\/dist-packages.*apt/],
    ['Debian', {}, /~\/\.local\/lib\/python3\.12.*for you alone/],
    ['Ubuntu', { uid: 0 }, /before the packages that apt gave them/],
    ['Raspberry Pi OS', { uid: 0 }, /\/usr\/local\/lib/],
    ['openSUSE', { uid: 0 }, /\/usr\/local\/lib\/python3\.12\/site-packages.*zypper/],
    ['Arch Linux', { uid: 0 }, /among the files of pacman itself/],
    ['Alpine', { uid: 0 }, /among the files of apk itself/],
    ['Void Linux', { uid: 0 }, /among the files of xbps itself/],
    ['Gentoo', { uid: 0 }, /among the files of Portage itself.*Portage runs on this Python/],
    ['MSYS2', { uid: 0 }, /among the files of pacman itself/],
    ['Homebrew', {}, /Homebrew's own packages.*brew knows nothing/],
    ['uv', {}, /a Python that uv keeps/],
    ['your system', { uid: 0 }, /programs of your system/],
  ])('on %s with %j', (manager, change, said) => {
    const situation = situationFor('install x', {
      manager,
      interpreter: interpreter('/usr/lib/python3.12'),
      ...change,
    });
    const confirm = detour.confirm?.(situation);
    expect(confirm?.word).toBe('break');
    expect(confirm?.warning).toMatch(said);
    if (!/Debian/.test(manager))
      expect(`${confirm?.warning} ${detour.detail(situation)}`).not.toContain('Debian');
  });

  it('an uninstallation takes away, and does not add', () => {
    expect(detour.confirm?.(situationFor('uninstall x'))?.warning).toMatch(/^It takes files away that apt/);
  });
});

describe('it declines, in words', () => {
  it.each<[string, Partial<Situation>, RegExp]>([
    ['Nix', { manager: 'Nix' }, /Nix store/],
    [
      'a pip of 23.0 that is not Debian’s',
      { pipVersion: '23.0', interpreter: interpreter('/usr/lib/python3.12') },
      /23\.0\.1 has one/,
    ],
  ])('%s', (_, change, why) => {
    expect(detour.unavailable(situationFor('install x', change))).toMatch(why);
  });
});

it('is not preselected where it is the only way left', () => {
  const { pipx: _, ...only } = situationFor('install x', {
    uid: 0,
    where: { kinds: ['sudo'], throwAway: false },
    place: { directory: '/home/u/shop', writable: true, owner: 1000 },
  });
  const { options, preselected } = buildQuestion(only);
  expect(options.filter(({ unavailable }) => unavailable === undefined).map(({ id }) => id)).toEqual([
    detour.id,
    'none',
  ]);
  expect(options[preselected]?.id).toBe('none');
});

describe('when it is recommended', () => {
  const ready = { directory: '/home/u/shop/.venv', state: 'ready', version: '3.11' } as const;
  it.each<[string, Partial<Situation>, boolean]>([
    ['a laptop', {}, false],
    ['root on a server', { uid: 0, where: { kinds: ['root'], throwAway: false } }, false],
    ['a dev container', { uid: 0, where: { kinds: ['devcontainer', 'root'], throwAway: false } }, false],
    ['a throw-away container as root', container, true],
    ['a throw-away container as somebody else', { ...container, uid: 1000 }, false],
    ['a throw-away container in which an environment is ready', { ...container, environment: ready }, false],
    ['a throw-away container in which one is activated', { ...container, active: ready }, false],
  ])('%s', (_, change, wanted) => {
    const situation = situationFor('install requests', change);
    expect(recommendation(situation)?.id === detour.id).toBe(wanted);
    const question = buildQuestion(situation);
    const option = question.options.find(({ id }) => id === detour.id);
    expect(option?.rememberOnlyIfAsked).toBe(true);
    expect(option?.confirm).toBe(situation.where.throwAway && situation.uid === 0 ? undefined : 'break');
    expect(question.options[question.preselected]?.id === detour.id).toBe(wanted);
    expect(question.options.filter(({ unavailable }) => unavailable === undefined).at(-2)?.id).toBe(
      detour.id,
    );
  });
});
