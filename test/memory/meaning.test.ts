import { describe, expect, it } from 'vitest';
import { breakSystemPackages } from '../../src/detours/break-system-packages/index.ts';
import { otherPython } from '../../src/detours/other-python/index.ts';
import { pipx } from '../../src/detours/pipx/index.ts';
import { projectManager } from '../../src/detours/project-manager/index.ts';
import { asMeant, meaningOf, stillMeant } from '../../src/memory/meaning.ts';
import type { Choice, DetourId, OtherPython, RememberedTarget } from '../../src/types.ts';
import { situationFor } from '../support/situations.ts';

function python(version: string, change: Partial<OtherPython> = {}): OtherPython {
  const root = `/home/u/.pyenv/versions/${version}`;
  return {
    keeper: 'pyenv',
    name: version,
    executable: `${root}/bin/python`,
    version,
    pip: `${root}/lib/site-packages/pip`,
    pipVersion: '24.2',
    writable: true,
    environment: false,
    ...change,
  };
}

const pythons = (...usable: OtherPython[]) => ({ otherPythons: { usable, passedOver: [] } });
const managed = (id: 'uv' | 'poetry') => ({
  managedProject: {
    root: '/home/u/shop',
    tools: [{ id, manifest: 'pyproject.toml', executable: `/usr/bin/${id}` }],
  },
});
const line = 'install demo-lib';

function remembered(detour: DetourId, means: RememberedTarget): Choice {
  return { detour, source: 'remembered', directory: '/home/u/shop', means };
}

describe('what a detour means', () => {
  it.each([
    [
      otherPython,
      pythons(python('3.12.4'), python('3.11.1')),
      { python: { executable: python('3.12.4').executable, version: '3.12.4' } },
    ],
    [breakSystemPackages, {}, { python: { executable: '/usr/bin/python3', version: '3.11' } }],
    [pipx, {}, { tool: 'pipx' }],
    [projectManager, managed('uv'), { tool: 'uv' }],
  ])('is noted: $id', (detour, change, means) => {
    expect(meaningOf(detour.target(situationFor(line, change)), 1000)).toEqual(means);
  });
});

describe('another Python', () => {
  const means = { python: { executable: python('3.11.1').executable, version: '3.11.1' } };
  const choice = remembered('other-python', means);

  it('is the one that was meant, though a newer one has come', () => {
    const situation = asMeant(situationFor(line, pythons(python('3.13.0'), python('3.11.1'))), choice);
    expect(otherPython.detail(situation)).toBe('pyenv 3.11.1');
    expect(stillMeant(choice, situation)).toEqual({ state: 'holds' });
  });

  it('is not silently the next one when it cannot be used any more', () => {
    const situation = asMeant(situationFor(line, pythons(python('3.13.0'))), choice);
    expect(stillMeant(choice, situation)).toEqual({
      state: 'lapsed',
      why: '~/.pyenv/versions/3.11.1/bin/python cannot be used any more',
    });
  });

  it('is not silently the next one when its pip does not know the line', () => {
    const old = python('3.11.1', { pipVersion: '22.3' });
    const found = situationFor('install --group dev', pythons(python('3.13.0', { pipVersion: '26.0' }), old));
    expect(otherPython.unavailable(found)).toBeUndefined();
    expect(otherPython.unavailable(asMeant(found, choice))).toContain('does not know --group');
  });

  it('of a choice that does not say is looked for as before', () => {
    const situation = situationFor(line, pythons(python('3.13.0')));
    expect(otherPython.detail(asMeant(situation, remembered('other-python', {})))).toBe('pyenv 3.13.0');
  });
});

it.each<[DetourId, RememberedTarget, object, string | undefined]>([
  ['project-manager', { tool: 'poetry' }, managed('poetry'), undefined],
  ['project-manager', { tool: 'poetry' }, managed('uv'), 'uv, where it was poetry'],
  ['pipx', { tool: 'pipx' }, {}, undefined],
  ['pipx', { tool: 'without-pipx' }, {}, 'pipx, where it was without-pipx'],
])('%s: that somebody else carries it out now is said (%j)', (detour, means, change, why) => {
  const choice = remembered(detour, means);
  const found = stillMeant(choice, situationFor(line, change));
  expect(found).toEqual({ state: 'holds', ...(why === undefined ? {} : { why }) });
});
