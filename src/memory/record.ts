import { detourIds } from '../detours/ids.ts';
import type { DetourId, RememberedTarget } from '../types.ts';

/** What is remembered for a directory. */
export interface Remembered {
  /** Real path. */
  readonly directory: string;
  /** Which directory that was then: see identity.ts. */
  readonly identity?: string;
  readonly detour: DetourId;
  readonly means: RememberedTarget;
  /** ISO 8601, when it was chosen. */
  readonly at: string;
}

/** 1 had no `identity` and no `means`. */
const version = 2;

type Fields = Readonly<Record<string, unknown>>;

/** The record as it is written. */
export function asStored(remembered: Remembered): Fields {
  return { version, ...remembered };
}

/** A newer pip-detour wrote it; it is left alone. */
export function isNewer(record: Fields): boolean {
  return typeof record['version'] === 'number' && record['version'] > version;
}

/** A record of this version or an older one; undefined when it is damaged. */
export function asRemembered(record: Fields): Remembered | undefined {
  const { directory, detour, at, identity, means } = record;
  if (typeof directory !== 'string' || typeof at !== 'string' || !isDetour(detour)) return undefined;
  return { directory, detour, at, ...text('identity', identity), means: asMeans(means) };
}

function isDetour(value: unknown): value is DetourId {
  return detourIds.some((name) => name === value);
}

/** What of it makes no sense is left out: the choice is then as one that does not say. */
function asMeans(value: unknown): RememberedTarget {
  if (!isFields(value)) return {};
  const { environment, python, tool, activate } = value;
  return {
    ...(isFields(environment) && isAbsolute(environment['directory'])
      ? {
          environment: {
            directory: environment['directory'],
            ...text('identity', environment['identity']),
            ...(environment['kept'] === true ? { kept: true } : {}),
          },
        }
      : {}),
    ...(isFields(python) && isAbsolute(python['executable']) && typeof python['version'] === 'string'
      ? { python: { executable: python['executable'], version: python['version'] } }
      : {}),
    ...text('tool', tool),
    ...(activate === false || activate === 'always' ? { activate } : {}),
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAbsolute(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('/');
}

function text<Name extends string>(name: Name, value: unknown): { readonly [key in Name]?: string };
function text(name: string, value: unknown): Readonly<Record<string, string>> {
  return typeof value === 'string' ? { [name]: value } : {};
}
