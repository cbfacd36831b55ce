import { describe, expect, it } from 'vitest';
import { decide } from '../../src/detours/decide.ts';
import { detourById } from '../../src/detours/index.ts';
import { recommendation } from '../../src/detours/recommendation.ts';
import type { DetourId, IndexAnswer, Situation } from '../../src/types.ts';
import { told } from '../support/facts.ts';

/** What the index's answer changes in what is decided, as data. */

const decided = (id: DetourId, situation: Situation) => {
  const detour = detourById(id);
  if (detour === undefined) throw new Error(id);
  return decide(detour, situation);
};

describe('a name that needs another Python', () => {
  const needs: IndexAnswer = { kind: 'python', name: 'thing', version: '3.0', requires: '>=3.12' };
  const newer = {
    interpreter: {
      executable: '/opt/p/bin/python3',
      prefix: '/opt/p',
      stdlib: '/opt/p/lib/python3.13',
      version: '3.13',
    },
    pipPackage: '/opt/p/lib/python3.13/site-packages/pip',
    maker: { kind: 'venv' },
    seeds: [],
  } as const;

  it('gets an environment with one that fits', () => {
    const situation = told('thing', [needs], { making: newer });
    expect(recommendation(situation)).toMatchObject({
      id: 'venv',
      recommended: 'thing needs Python >=3.12, and it has 3.13',
      detail: 'create ~/shop/.venv · Python 3.13',
    });
  });

  it('is not recommended anything where there is none; what to get is said', () => {
    const situation = told('thing', [needs], { unmet: { who: 'thing', requires: '>=3.12' } });
    expect(recommendation(situation)).toBeUndefined();
    expect(decided('venv', situation)).toMatchObject({
      detail: expect.stringContaining('thing requires Python >=3.12: uv python install 3.12'),
    });
    expect(decided('pipx', situation).unavailable).toBe('thing needs Python >=3.12, and pipx would use 3.11');
  });

  it('does not fit an environment that stands', () => {
    const environment = { directory: '/home/u/shop/.venv', state: 'ready', version: '3.11' } as const;
    const situation = told('thing', [needs], { environment });
    expect(decided('venv', situation)).toMatchObject({
      detail: expect.stringContaining('but thing needs Python >=3.12'),
    });
    expect(recommendation(situation)?.id).not.toBe('venv');
  });
});
