import { describe, expect, it, vi } from 'vitest';
import { type DetourRow, detourRows } from '../../src/detours/ids.ts';
import { keepValid } from '../../src/settings/layers.ts';

/** Three more detours than there are, one of each reach. */
vi.mock('../../src/detours/ids.ts', async (original) => {
  const ids = await original<typeof import('../../src/detours/ids.ts')>();
  const more: readonly DetourRow[] = [
    { id: 'in-the-project', reach: 'project' },
    { id: 'in-the-home', reach: 'person' },
    { id: 'in-the-machine', reach: 'machine' },
  ];
  const rows = [...ids.detourRows, ...more];
  return {
    ...ids,
    detourIds: rows.map(({ id }) => id),
    staysWithPerson: (id: string) => ids.staysWithPerson(id, rows),
  };
});

const chosenBy = (trusted: boolean, detour: string) =>
  keepValid({ source: 'project', from: '/home/u/shop/.pip-detour.toml', values: { detour }, trusted });

describe("a repository's file that nobody has trusted", () => {
  it.each([
    ['in-the-project', true],
    ['in-the-home', true],
    ['in-the-machine', false],
    ['none', true],
    ['ask', true],
    ...detourRows.map(({ id, reach }): [string, boolean] => [id, reach !== 'machine']),
  ])('a detour %s may be chosen by it: %s', (detour, may) => {
    const { layer, withheld, problems } = chosenBy(false, detour);
    expect(problems).toEqual([]);
    expect(layer.values.has('detour')).toBe(may);
    expect(withheld.map(({ name }) => name)).toEqual(may ? [] : ['detour']);
    expect(chosenBy(true, detour).layer.values.get('detour')).toBe(detour);
  });

  it('chooses nothing that is no detour', () => {
    expect(chosenBy(false, 'no-such-detour').layer.values.has('detour')).toBe(false);
  });
});

it('a detour without a reach does not compile', () => {
  // @ts-expect-error its reach is missing
  const row: DetourRow = { id: 'vendor' };
  expect(row).not.toHaveProperty('reach');
  // @ts-expect-error no such reach
  const other: DetourRow = { id: 'vendor', reach: 'everywhere' };
  expect(other.reach).toBe('everywhere');
});
