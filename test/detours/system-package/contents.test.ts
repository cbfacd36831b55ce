import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { debianNames } from '../../../src/detours/system-package/debian-names.ts';
import { packagesByContents } from '../../support/contents.ts';
import { lacks } from '../../support/machine.ts';
import { popular } from './popular.ts';

/**
 * The mapping of names against the release's own Contents index, which says in which package each project's metadata
 * lies: PIP_DETOUR_TEST_APT=1, for it fetches some 50 MB by apt. Without it names.test.ts holds the most used to apt's index.
 */
const mayFetch = process.env['PIP_DETOUR_TEST_APT'] === '1' && !lacks('apt-get');

/**
 * The same sources under another name of PyPI, or the same project whose metadata is called otherwise or lies beside it.
 * Each was looked at by hand.
 */
const known: ReadonlyMap<string, string> = new Map([
  ['psycopg2-binary', 'python3-psycopg2'],
  ['opencv-python', 'python3-opencv'],
  ['h5py', 'python3-h5py'],
  ['mercurial', 'mercurial'],
  ['pycbf', 'python3-pycbf'],
]);

describe.skipIf(!mayFetch)('the mapping, by where each project lies (PIP_DETOUR_TEST_APT=1)', () => {
  it('of the most used nothing wrong and 98 % found; of all that are packaged nothing wrong either', () => {
    const right = packagesByContents();
    const there = new Set(
      execFileSync('apt-cache', ['pkgnames'], { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\n'),
    );
    const given = (name: string) => debianNames(name).find((one) => there.has(one));
    const judged = (names: readonly string[]) => {
      const packaged = names.filter((name) => (right.get(name) ?? []).some((one) => there.has(one)));
      const wrong = names.filter((name) => {
        const one = given(name);
        return one !== undefined && right.get(name)?.includes(one) !== true && known.get(name) !== one;
      });
      const missed = packaged.filter((name) => given(name) === undefined);
      return { packaged: packaged.length, found: packaged.length - missed.length, wrong, missed };
    };
    const used = judged([...popular.keys()]);
    const all = judged([...right.keys()]);
    for (const [what, { packaged, found, wrong }] of Object.entries({ used, all }))
      console.log(`${what}: ${packaged} packaged, ${found} found, ${wrong.length} wrong ${wrong.join(' ')}`);
    // Every package python3-X that holds projects, asked for as the project X: X is one of them, or nothing is said.
    const holding = [...new Set([...right.values()].flat())].filter((one) => one.startsWith('python3-'));
    const named = holding.map((one) =>
      one
        .slice('python3-'.length)
        .toLowerCase()
        .replace(/[-_.]+/g, '-'),
    );
    expect(judged(named).wrong).toEqual([]);
    expect(popular.size).toBeGreaterThanOrEqual(300);
    expect(used.wrong).toEqual([]);
    expect(used.found / used.packaged).toBeGreaterThanOrEqual(0.98);
    expect(all.wrong).toEqual([]);
    expect(all.found / all.packaged).toBeGreaterThanOrEqual(0.9);
  }, 600_000);
});
