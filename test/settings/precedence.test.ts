import { describe, expect, it } from 'vitest';
import { detourIds } from '../../src/detours/ids.ts';
import { detours } from '../../src/detours/index.ts';
import { bansFor } from '../../src/settings/apply.ts';
import { type Source, schema, sources } from '../../src/settings/schema.ts';
import { sandbox } from '../support/sandbox.ts';
import { isRoot, say, settingsIn } from './saying.ts';

const pairs: [Source, Source][] = sources.flatMap((stronger, at) =>
  sources.slice(at + 1).map((weaker): [Source, Source] => [stronger, weaker]),
);
const testable = ([a, b]: readonly [Source, Source]) => isRoot || (a !== 'policy' && b !== 'policy');

describe('of two sources that say the same setting', () => {
  it.each(pairs.filter(testable))('%s comes before %s', async (stronger, weaker) => {
    const box = sandbox();
    const variables = {
      ...say(box, weaker, 'installer', 'pip'),
      ...say(box, stronger, 'installer', 'uv'),
    };
    const settings = await settingsIn(box, variables);
    expect(settings.warnings).toEqual([]);
    expect(settings.layers).toHaveLength(2);
    expect(settings.value(schema.installer)).toBe('uv');
    expect(settings.origin(schema.installer)).toMatchObject({ source: stronger });
  });

  it.each(sources.filter((source) => testable([source, source])))(
    '%s comes before the default',
    async (source) => {
      const box = sandbox();
      const settings = await settingsIn(box, say(box, source, 'installer', 'uv'));
      expect(settings.value(schema.installer)).toBe('uv');
    },
  );

  it('nobody says anything: the default, and it is said to be one', async () => {
    const settings = await settingsIn(sandbox());
    expect(settings.value(schema.installer)).toBe('pip');
    expect(settings.origin(schema.installer)).toEqual({ source: 'default' });
    expect(settings.warnings).toEqual([]);
  });
});

describe('what is forbidden', () => {
  it.each(pairs.filter(testable))('by %s and by %s adds up', async (one, other) => {
    const box = sandbox();
    const variables = { ...say(box, one, 'forbid', ['pipx']), ...say(box, other, 'forbid', ['venv']) };
    const settings = await settingsIn(box, variables);
    expect(Object.keys(bansFor(settings)).sort()).toEqual(['pipx', 'venv']);
  });

  it.runIf(isRoot)('by the administrator stays so, whatever anybody allows or types', async () => {
    const box = sandbox();
    const variables = {
      ...say(box, 'user', 'allow', [...detourIds]),
      ...say(box, 'directory', 'forbid', []),
      ...say(box, 'policy', 'forbid', ['break-system-packages']),
    };
    const bans = bansFor(await settingsIn(box, variables), 'break-system-packages');
    expect(bans).toEqual({ 'break-system-packages': 'not allowed by your administrator' });
  });

  it('by oneself can be typed all the same', async () => {
    const box = sandbox();
    const settings = await settingsIn(box, say(box, 'user', 'forbid', ['pipx']));
    expect(bansFor(settings)).toEqual({ pipx: 'not allowed by your settings' });
    expect(bansFor(settings, 'pipx')).toEqual({});
  });

  it('only what all allow is allowed', async () => {
    const box = sandbox();
    const variables = {
      ...say(box, 'user', 'allow', ['venv', 'pipx']),
      ...say(box, 'project', 'allow', ['venv', 'system-package']),
    };
    const banned = Object.keys(bansFor(await settingsIn(box, variables)));
    expect(detourIds.filter((detour) => !banned.includes(detour))).toEqual(['venv']);
  });
});

it('the schema knows every detour there is, and no other', () => {
  expect([...detourIds].sort()).toEqual(detours.map((detour) => detour.id).sort());
});
