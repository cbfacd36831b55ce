import { existsSync, readlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type PythonPlace, pythonPlaces } from '../../place/python-places.ts';
import { isOf, newestFirst } from '../../place/python-version.ts';
import { type WantedPython, wantedHere } from '../../place/python-wanted.ts';
import { isInside, realOr } from '../../system/real-path.ts';
import type { OtherPython, OtherPythons } from '../../types.ts';
import { judge, type PythonsAsked } from './judge.ts';

/** This person's Pythons that nobody else manages, found and judged without starting any. */
export function lookForPythons(asked: PythonsAsked): OtherPythons {
  const { environment, cwd } = asked;
  const judged = distinct(pythonPlaces(environment)).map((place) => judge(place, asked));
  const found = judged.flatMap((one) => (one !== undefined && 'python' in one ? [one.python] : []));
  const wanted = wantedHere(environment, cwd);
  const activated = realOr(environment.condaPrefix ?? '');
  const chosen =
    found.find(({ executable }) => realOr(dirname(dirname(executable))) === activated) ??
    wantedAmong(found, wanted);
  const isActivated = chosen !== undefined && realOr(dirname(dirname(chosen.executable))) === activated;
  const because = isActivated ? 'it is activated' : `${wanted?.by} asks for it`;
  const first = chosen === undefined ? [] : [{ ...chosen, because }];
  const isMissing = chosen === undefined && wanted !== undefined && !wanted.names.includes('system');
  return {
    usable: [...first, ...found.filter((python) => python !== chosen).sort(inOrder)],
    passedOver: judged.flatMap((one) => (one !== undefined && 'why' in one ? [one.why] : [])),
    ...(isMissing ? { missing: `${wanted.by} asks for ${wanted.names.join(', ')}, which is not there` } : {}),
  };
}

/** An environment somebody made for a purpose comes after the Pythons themselves, however new. */
function inOrder(a: OtherPython, b: OtherPython): number {
  return Number(a.environment) - Number(b.environment) || newestFirst(a, b);
}

function wantedAmong(
  found: readonly OtherPython[],
  wanted: WantedPython | undefined,
): OtherPython | undefined {
  for (const text of wanted?.names ?? []) {
    const named = found.find(({ name }) => name === text);
    const fitting = found.filter(({ version, environment }) => !environment && isOf(version, text));
    const one = named ?? fitting.sort(newestFirst)[0];
    if (one !== undefined) return one;
  }
  return undefined;
}

/**
 * mise and asdf link `3` and `latest` to what is there, and a hand may have linked one of them into /usr/local/bin: each
 * installation counts once, under its own name and its keeper's. An environment's program leads to another's.
 */
function distinct(places: readonly PythonPlace[]): PythonPlace[] {
  const found = new Map<string, PythonPlace>();
  for (const place of places) {
    const prefix = dirname(dirname(place.executable));
    const isEnvironment = existsSync(join(prefix, 'pyvenv.cfg'));
    const key = realOr(isEnvironment ? prefix : place.executable);
    const isOwnName = !isAlias(prefix) && place.keeper !== 'plain';
    if (!found.has(key) || isOwnName) found.set(key, place);
  }
  return [...found.values()];
}

/** A link to what lies beside it or below that; one that leads elsewhere was made to be this keeper's (`mise link`). */
function isAlias(prefix: string): boolean {
  try {
    return isInside(resolve(dirname(prefix), readlinkSync(prefix)), dirname(prefix));
  } catch {
    return false;
  }
}
