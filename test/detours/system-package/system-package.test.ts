import { describe, expect, it } from 'vitest';
import { pipx } from '../../../src/detours/pipx/index.ts';
import { recommendation } from '../../../src/detours/recommendation.ts';
import { systemPackage } from '../../../src/detours/system-package/index.ts';
import { venv } from '../../../src/detours/venv/index.ts';
import { buildQuestion } from '../../../src/prompt/build.ts';
import { readEnvironment } from '../../../src/system/variables.ts';
import type { PackageAnswer, Situation, SystemPackages } from '../../../src/types.ts';
import { situationFor } from '../../support/situations.ts';

const requests: PackageAnswer = {
  kind: 'packaged',
  name: 'requests',
  package: 'python3-requests',
  version: '2.28.1',
};
const flask: PackageAnswer = { kind: 'packaged', name: 'flask', package: 'python3-flask', version: '2.2.2' };

/** apt as it answers somebody with sudo at a terminal. */
function apt(answers: readonly PackageAnswer[], change: Partial<SystemPackages> = {}): SystemPackages {
  const packages = answers.flatMap((one) => (one.kind === 'packaged' ? one.package : []));
  return {
    manager: 'apt',
    state: 'answered',
    answers,
    age: 1,
    root: ['/usr/bin/sudo'],
    attended: true,
    does: ['/usr/bin/apt-get', 'install', '--no-install-recommends', ...packages],
    refreshes: ['/usr/bin/apt-get', 'update'],
    ...change,
  };
}

const on = (line: string, systemPackages: SystemPackages, change: Partial<Situation> = {}) =>
  situationFor(line, { systemPackages, ...change });
const linesOf = (situation: Situation) =>
  systemPackage
    .plan(situation)
    .steps.map((step) => (step.kind === 'run' ? [step.command, ...step.args].join(' ') : step.kind));

describe('what is packaged', () => {
  const situation = on('install requests flask', apt([requests, flask]));

  it('is offered with package, version and that it needs sudo', () => {
    expect(systemPackage.title(situation)).toBe("Install Debian's packages");
    expect(systemPackage.detail(situation)).toBe('python3-requests 2.28.1, python3-flask 2.2.2 · sudo');
    expect(systemPackage.unavailable(situation)).toBeUndefined();
  });

  it('is installed by the exact line, from /, and nothing has to be activated', () => {
    expect(linesOf(situation)).toEqual([
      '/usr/bin/sudo /usr/bin/apt-get install --no-install-recommends python3-requests python3-flask',
    ]);
    const plan = systemPackage.plan(situation);
    expect(plan.steps[0]).toMatchObject({ cwd: '/' });
    expect(plan.activate).toBeUndefined();
    expect(plan.afterwards).toEqual([
      "It is in Debian's own Python (/usr/bin/python3): there is nothing to activate.",
    ]);
  });

  it('plain when root', () => {
    const root = on('install requests', apt([requests], { root: [] }), { uid: 0 });
    expect(linesOf(root)[0]).toMatch(/^\/usr\/bin\/apt-get install/);
    expect(systemPackage.detail(root)).toBe('python3-requests 2.28.1');
  });

  it('an index of last month is fetched anew first, and its failure is no failure', () => {
    const old = on('install requests', apt([requests], { age: 45 }));
    expect(linesOf(old)[0]).toBe('/usr/bin/sudo /usr/bin/apt-get update');
    expect(systemPackage.plan(old).steps[0]).toMatchObject({ optional: true });
  });

  it('carries the manager’s name, never another’s', () => {
    const arch = on('install requests', apt([requests], { manager: 'pacman' }), { manager: 'Arch Linux' });
    const question = JSON.stringify(buildQuestion(arch));
    expect(question).toContain("Install Arch Linux's package");
    expect(question).not.toContain('Debian');
  });

  it('is not even mentioned where the Python has no package manager', () => {
    const uv = situationFor('install requests', { manager: 'uv' });
    expect(buildQuestion(uv).options.map(({ id }) => id)).not.toContain('system-package');
  });
});

describe('why it cannot be taken is said in its own words', () => {
  const none = (name: string): PackageAnswer => ({ kind: 'not-packaged', name });
  const old: PackageAnswer = {
    kind: 'too-old',
    name: 'requests',
    package: 'python3-requests',
    version: '2.28.1',
    wanted: '>=2.31',
  };
  const other: PackageAnswer = { ...old, kind: 'other-version', wanted: '<2' };
  const installed: PackageAnswer = { ...requests, installed: '2.28.1' };
  it.each<[string, string, Partial<SystemPackages> & { answers?: readonly PackageAnswer[] }, RegExp]>([
    ['nothing packaged', 'install nope', { answers: [none('nope')] }, /^Debian has no package for nope$/],
    [
      'one of two',
      'install requests nope',
      { answers: [requests, none('nope')] },
      /^Debian has no package for nope \(there is python3-requests 2\.28\.1\)/,
    ],
    [
      'an old index',
      'install nope',
      { answers: [none('nope')], age: 90 },
      /Debian has no package for \S+, according to a list that is 90 days old/,
    ],
    ['too old', 'install requests>=2.31', { answers: [old] }, /is 2\.28\.1, too old for >=2\.31/],
    ['another version', 'install requests<2', { answers: [other] }, /is 2\.28\.1, not <2/],
    ['there already', 'install requests', { answers: [installed] }, /2\.28\.1 is installed already$/],
    ['newest already', 'install -U requests', { answers: [installed] }, /already, and the newest there is/],
    ['being asked', 'install requests', { state: 'looking' }, /^looking …$/],
    [
      'no answer in time',
      'install requests',
      { state: 'silent', why: 'it gave no answer in 8 seconds' },
      /^apt could not be asked: it gave no answer in 8 seconds$/,
    ],
    [
      'no terminal',
      'install requests',
      { answers: [requests], attended: false },
      /sudo would ask for a password, and this is not a terminal/,
    ],
    ['a file', 'install -r requirements.txt', {}, /requirements\.txt/],
    ['a URL', 'install git+https://example.org/x.git', {}, /is not the name of a package/],
    ['a directory', 'install -e .', {}, /is not the name of a package/],
    ['extras', 'install requests[socks]', {}, /^extras such as requests\[socks\] are unknown/],
    [
      'another index',
      'install --index-url https://example.org x',
      {},
      /--index-url is an option of pip only/,
    ],
    ['constraints', 'install -c c.txt x', {}, /--constraint is an option of pip only/],
    ['nothing named', 'install', {}, /no package is named/],
  ])('%s', (_, line, { answers = [], ...change }, expected) => {
    expect(systemPackage.unavailable(on(line, apt(answers, change)))).toMatch(expected);
  });

  it('no sudo', () => {
    const { root: _, ...without } = apt([requests]);
    expect(systemPackage.unavailable(on('install requests', without))).toBe(
      'only root can use apt, and there is no sudo',
    );
  });
});

describe('an index that was never fetched', () => {
  const situation = on('install requests', apt([], { state: 'no-index' }));

  it('is offered to be fetched, and then the question is asked anew', async () => {
    expect(systemPackage.unavailable(situation)).toBeUndefined();
    expect(systemPackage.title(situation)).toBe("Look for Debian's packages");
    expect(systemPackage.detail(situation)).toMatch(/no list of packages yet: fetch it · sudo/);
    expect(linesOf(situation)).toEqual(['/usr/bin/sudo /usr/bin/apt-get update']);
    const ran = { situation, succeeded: true, meanings: [] };
    const next = await systemPackage.after?.(ran, readEnvironment({ PATH: '/nowhere', HOME: '/home/u' }));
    expect(next?.again?.notice).toBe('The list of packages of Debian is here now.');
  });
});

describe('pip uninstall', () => {
  const there: PackageAnswer = { ...requests, installed: '2.28.1' };
  const remove = { does: ['/usr/bin/apt-get', 'remove', 'python3-requests'] };

  it('of what the distribution installed is its remove line, recommended', () => {
    const situation = on('uninstall -y requests', apt([there], remove));
    expect(systemPackage.title(situation)).toBe("Remove Debian's package");
    // pip's --yes is not handed on: apt shows what else would go.
    expect(linesOf(situation)).toEqual(['/usr/bin/sudo /usr/bin/apt-get remove python3-requests']);
    expect(recommendation(situation)?.id).toBe('system-package');
    expect(recommendation(situation)?.recommended).toBe('Debian installed it');
  });

  it('of what it did not install is not', () => {
    expect(systemPackage.unavailable(on('uninstall requests', apt([requests], remove)))).toBe(
      'python3-requests is not installed',
    );
  });

  it('never without somebody to answer, root or not', () => {
    const situation = on('uninstall -y requests', apt([there], { ...remove, root: [], attended: false }), {
      uid: 0,
    });
    expect(systemPackage.unavailable(situation)).toMatch(/apt asks before it removes/);
  });
});

describe('pip install --upgrade pip', () => {
  const pip = (version: string): PackageAnswer => ({
    kind: 'packaged',
    name: 'pip',
    package: 'python3-pip',
    version,
    installed: '23.0.1',
  });

  it('is offered neither a new environment nor pipx', () => {
    const situation = on('install --upgrade pip', apt([pip('23.0.1')]));
    expect(venv.unavailable(situation)).toMatch(/this pip belongs to Debian/);
    expect(pipx.unavailable(situation)).toBeDefined();
    expect(systemPackage.unavailable(situation)).toBe(
      'python3-pip 23.0.1 is installed already, and the newest there is',
    );
  });

  it('is the distribution’s newer one where it has one', () => {
    const situation = on('install --upgrade pip', apt([pip('25.1')]));
    expect(systemPackage.unavailable(situation)).toBeUndefined();
    expect(recommendation(situation)?.id).toBe('system-package');
  });

  it('is the environment’s own where there is one', () => {
    const environment = { directory: '/home/u/shop/.venv', state: 'ready', version: '3.11' } as const;
    expect(venv.unavailable(on('install -U pip', apt([pip('23.0.1')]), { environment }))).toBeUndefined();
  });
});
