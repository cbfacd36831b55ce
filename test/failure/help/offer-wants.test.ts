import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/detours/decide.ts';
import { detourById } from '../../../src/detours/index.ts';
import { offerWhatItWants } from '../../../src/failure/help/offer-wants.ts';
import type { Cause, Decision, DetourId, Situation } from '../../../src/types.ts';
import { situationFor } from '../../support/situations.ts';

type Wants = Extract<Cause, { kind: 'wants-module' | 'wants-older' }>;

const numpy: Wants = { kind: 'wants-module', name: 'numpy' };
const old: Wants = { kind: 'wants-older', name: 'setuptools', below: '58' };

function taken(id: DetourId, change: Partial<Situation> = {}): Decision {
  const detour = detourById(id);
  const decided = detour && decide(detour, situationFor('install --pre demo', change));
  if (decided === undefined || decided.unavailable !== undefined) throw new Error(`no ${id}`);
  return decided;
}

describe('a build that wants what it does not ask for', () => {
  it.each<[string, Wants, Partial<Situation>, readonly string[]]>([
    [
      'a module, and sees the environment',
      numpy,
      {},
      ['install numpy setuptools wheel', 'install --no-build-isolation --pre demo'],
    ],
    [
      'an older setuptools, and no newer one by itself',
      old,
      {},
      ['install setuptools<58 wheel', 'PIP_CONSTRAINT=setuptools<58 install --pre demo'],
    ],
    [
      'the same from a newer pip',
      old,
      { pipVersion: '26.3' },
      ['install setuptools<58 wheel', 'PIP_BUILD_CONSTRAINT=setuptools<58 install --pre demo'],
    ],
    [
      'pkg_resources',
      { kind: 'wants-module', name: 'pkg_resources' },
      {},
      ['install setuptools<81 wheel', 'PIP_CONSTRAINT=setuptools<81 install --pre demo'],
    ],
    [
      'a module, after an older setuptools',
      numpy,
      { buildsWith: { first: ['setuptools<58', 'wheel'], isolated: true } },
      ['install setuptools<58 wheel numpy', 'install --no-build-isolation --pre demo'],
    ],
  ])('gets %s', (_, cause, change, says) => {
    const { remedy } = offerWhatItWants(cause, taken('venv', change));
    const again = decide(detourById('venv') ?? never(), remedy?.situation ?? never());
    const steps = again.unavailable === undefined ? again.plan.steps : [];
    const texts = new Map(
      steps.flatMap((step) => (step.kind === 'write' ? [[step.path, step.text.trim()]] : [])),
    );
    const runs = steps.flatMap((step) => {
      if (step.kind !== 'run' || step.hears !== 'pip') return [];
      const limits = Object.entries(step.env ?? {}).filter(([name]) => /CONSTRAINT/.test(name));
      const set = limits.map(([name, path]) => `${name}=${texts.get(path ?? '')}`);
      return [[...set, ...step.args.slice(1)].join(' ')];
    });
    expect(runs).toEqual(says);
  });

  const standing: Partial<Situation> = {
    environment: { directory: '/home/u/shop/.venv', state: 'ready', version: '3.11' },
  };
  it.each<[string, Wants, Partial<Situation>, RegExp]>([
    ['into an environment made for it', old, {}, /say so\.$/],
    ['into one that was there', old, standing, /A newer setuptools in the environment would be replaced\.$/],
    ['without a limit, into one that was there', numpy, standing, /asking for it\.$/],
  ])('says what is replaced: %s', (_, cause, change, says) => {
    expect(offerWhatItWants(cause, taken('venv', change)).remedy?.headline).toMatch(says);
  });

  it('says what stays in an environment that was there, where it was of no use', () => {
    const given = { first: ['numpy', 'setuptools', 'wheel'], isolated: false };
    const { lines } = offerWhatItWants(numpy, taken('venv', { ...standing, buildsWith: given }));
    expect(lines.join(' ')).toContain(
      'Giving it numpy, setuptools and wheel did not help; they stay in the environment.',
    );
  });

  const byHand = /First .*--no-build-isolation/;
  it.each<[string, Wants, Decision, RegExp]>([
    [
      'a second time',
      numpy,
      taken('venv', { buildsWith: { first: ['numpy', 'setuptools', 'wheel'], isolated: false } }),
      /Giving it numpy, setuptools and wheel did not help\. Another version/,
    ],
    ['of an unknown module', { kind: 'wants-module', name: 'nosuchthing_at_all' }, taken('venv'), byHand],
    ['where constraints are set', numpy, taken('venv', { variables: ['PIP_CONSTRAINT'] }), byHand],
    [
      'by pipx',
      numpy,
      taken('pipx'),
      /In an environment that can be done; type: PIP_DETOUR=venv pip install --pre demo$/,
    ],
    ['into the system', numpy, taken('break-system-packages'), byHand],
  ])('is told of, and nothing is offered %s', (_, cause, decision, says) => {
    const explained = offerWhatItWants(cause, decision);
    expect(explained.remedy).toBeUndefined();
    expect(explained.lines.join(' ')).toMatch(says);
  });
});

function never(): never {
  throw new Error('there is none');
}
