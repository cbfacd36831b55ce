import { describe, expect, it } from 'vitest';
import { decideAll } from '../../../src/detours/decide.ts';
import { applications } from '../../../src/detours/pipx/applications.ts';
import { pipx } from '../../../src/detours/pipx/index.ts';
import { belongsBesideOthers, isLibrary } from '../../../src/detours/pipx/libraries.ts';
import { recommendation } from '../../../src/detours/recommendation.ts';
import type { Situation } from '../../../src/types.ts';
import { situationFor } from '../../support/situations.ts';
import { situationOf, somePipx } from '../situation.ts';

describe('what is only imported is not offered as an application', () => {
  it.each([
    ['requests', 'requests is a library, and pipx is for applications'],
    ['numpy==1.26', 'numpy is a library, and pipx is for applications'],
    ['-U setuptools', 'setuptools is a library, and pipx is for applications'],
    ['Wheel', 'wheel is a library, and pipx is for applications'],
    ['scikit_learn[alldeps]', 'scikit-learn is a library, and pipx is for applications'],
    ['numpy pandas', 'numpy and pandas are libraries, and pipx is for applications'],
    ['black requests', 'requests is a library, and pipx is for applications'],
  ])('pip install %s', (typed, reason) => {
    expect(pipx.unavailable(situationOf(['install', ...typed.split(' ')]))).toBe(reason);
  });

  it.each(['flask', 'django', 'fastapi', 'celery', 'pygments', 'jupyter', 'pytest', 'black'])(
    '%s has commands and can still be chosen',
    (name) => {
      expect(pipx.unavailable(situationOf(['install', name]))).toBeUndefined();
    },
  );

  it('what pipx keeps already was one all the same', () => {
    const kept = { pipx: somePipx({ installed: ['numpy'] }) };
    expect(pipx.unavailable(situationOf(['install', '-U', 'numpy'], kept))).toBeUndefined();
    expect(pipx.unavailable(situationOf(['uninstall', 'numpy'], kept))).toBeUndefined();
  });

  it('nothing is an application and a library', () => {
    expect([...applications.keys()].filter(isLibrary)).toEqual([]);
    expect([...applications.keys()].filter(belongsBesideOthers)).toEqual([]);
  });
});

describe('pip install pipx', () => {
  const { pipx: found, ...rest } = situationFor('install pipx');
  const without: Situation = rest;
  const debians: Situation = {
    ...without,
    systemPackages: {
      state: 'answered',
      manager: 'apt',
      answers: [{ kind: 'packaged', name: 'pipx', package: 'pipx', version: '1.1.0' }],
      does: ['/usr/bin/apt-get', 'install', 'pipx'],
      root: ['sudo'],
      attended: true,
    },
  };

  it.each(['pipx', 'PIPX', '--user pipx'])(
    '%s is there already: nothing is recommended, and what to type is said',
    (typed) => {
      const situation = situationFor(`install ${typed}`);
      expect(found).toBeDefined();
      expect(recommendation(situation)).toBeUndefined();
      expect(pipx.unavailable(situation)).toBe('/usr/bin/pipx is here already; type: pipx install NAME');
    },
  );

  it('nor is it where there is an environment or a project', () => {
    const environment = { directory: '/home/u/shop/.venv', state: 'ready' } as const;
    const project = { root: '/home/u/shop', because: 'pyproject.toml', python: true };
    expect(recommendation(situationFor('install pipx', { environment, project }))).toBeUndefined();
  });

  it("is Debian's package where there is none", () => {
    expect(recommendation(debians)?.id).toBe('system-package');
    expect(pipx.unavailable(debians)).toBe('pipx is not installed: sudo apt install pipx');
  });

  it('is an environment where nothing else brings it', () => {
    expect(recommendation(without)?.id).toBe('venv');
  });

  it.each(['pipx==1.7', '-U pipx', 'pipx black', 'git+https://example.org/pipx.git'])(
    '%s asks for something more, which is decided as ever',
    (typed) => {
      const situation = situationFor(`install ${typed}`);
      expect(decideAll(situation).some((one) => 'recommended' in one)).toBe(true);
    },
  );
});
