import { detourIds } from '../detours/ids.ts';
import { nearest } from '../system/nearest.ts';
import { printable, shortPath, typable } from '../system/quote.ts';
import type { DetourId } from '../types.ts';
import { show } from './kinds.ts';
import { allSettings, type Setting, type Source, schema, settingNamed, sources } from './schema.ts';

/** What one source says, as it stands there. */
export interface Raw {
  readonly source: Source;
  /** Where it stands, to be shown: a file's path, or how a variable is called. */
  readonly from: string;
  /** By setting; for the environment only variables of ours. */
  readonly values: Readonly<Record<string, unknown>>;
  /** A project's file that this person trusts as it is now. */
  readonly trusted?: boolean;
}

/** What is to be read, before anything of it is judged. */
export type Reading =
  | { readonly ok: true; readonly raw: Raw }
  | { readonly ok: false; readonly source: Source; readonly from: string; readonly problem: string };

/** What one source says, after what cannot be meant has been taken out. */
export interface Layer {
  readonly source: Source;
  readonly from: string;
  readonly values: ReadonlyMap<string, unknown>;
  /** A project's file that this person trusts as it is now. */
  readonly trusted?: true;
}

/** A value of a project's file that waits to be trusted. */
export interface Withheld {
  readonly name: string;
  readonly value: string;
  readonly from: string;
}

/** What a repository says and nobody has agreed to yet, and what to type to agree. */
export function waiting({ name, value, from }: Withheld, home: string): string {
  const where = shortPath(from, home);
  return `${where} asks for ${name} = ${printable(value)}; it is ignored until you trust this file: pip-detour trust ${typable(from, home)}`;
}

/** What is left of a source, and what was taken out of it. */
export interface ValidValues {
  readonly layer: Layer;
  /** What is wrong, a sentence each without its full stop. */
  readonly problems: readonly string[];
  readonly withheld: readonly Withheld[];
}

/** For so many unknown names it is worth finding out what was meant. */
const worded = 20;

/** Takes out of a source what is unknown, of a wrong type, not for it to say, or not yet trusted. */
export function keepValid(raw: Raw): ValidValues {
  const values = new Map<string, unknown>();
  const problems: string[] = [];
  const withheld: Withheld[] = [];
  for (const [name, value] of Object.entries(raw.values)) {
    const setting = settingNamed(name);
    // A file of nothing but mistakes is not worth the time that pip would wait.
    if (setting === undefined && problems.length >= worded) {
      problems.push(`${show(name)} is not a setting`);
      continue;
    }
    const problem = setting === undefined ? unknownSetting(name) : problemOf(setting, value, raw.source);
    if (setting === undefined || problem !== undefined) problems.push(problem ?? '');
    else if (waitsForTrust(setting, value, raw)) withheld.push({ name, value: show(value), from: raw.from });
    else values.set(name, value);
  }
  const { source, from, trusted } = raw;
  return { layer: { source, from, values, ...(trusted === true ? { trusted } : {}) }, problems, withheld };
}

/** That there is no such setting, and what may be meant. */
export function unknownSetting(name: string): string {
  const meant = nearest(
    name,
    allSettings.map((setting) => setting.name),
  );
  return `there is no setting ${show(name)}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}

/** Why a source cannot say this, in a sentence; undefined when it can. */
export function problemOf(setting: Setting<unknown>, value: unknown, source: Source): string | undefined {
  if (!setting.sources.includes(source)) return `${setting.name} ${mayNot[source]}`;
  const checked = setting.kind.check(value);
  return checked.ok ? undefined : `${setting.name} = ${show(value)}: it ${checked.problem}`;
}

const mayNot: Readonly<Record<Source, string>> = {
  environment: 'cannot be set by a variable',
  directory: 'cannot be set for one directory',
  project: 'is for each person to set, not for a project',
  user: 'cannot be set in your settings',
  policy: 'cannot be set for everybody',
};

function waitsForTrust(setting: Setting<unknown>, value: unknown, raw: Raw): boolean {
  return raw.source === 'project' && raw.trusted !== true && setting.needsTrust?.(value) === true;
}

/** Who said a value. */
export interface Origin {
  readonly source: Source | 'default';
  /** Absent for a default. */
  readonly from?: string;
}

/** Why a detour is forbidden. */
export interface Ban {
  readonly source: Source;
  readonly from: string;
}

/** All that was said, put together. */
export interface Settings {
  /** The strongest first. */
  readonly layers: readonly Layer[];
  /** The value in force. */
  value<T>(setting: Setting<T>): T;
  origin(setting: Setting<unknown>): Origin;
  /** Who forbids a detour, the administrator before others; undefined when nobody does. */
  ban(detour: DetourId): Ban | undefined;
  readonly withheld: readonly Withheld[];
  /** A line each, for the person; one per source. */
  readonly warnings: readonly string[];
}

/** Puts sources together: of two that say the same the stronger wins, of one kind the earlier. */
export function mergeLayers(
  given: readonly Layer[],
  withheld: readonly Withheld[] = [],
  warnings: readonly string[] = [],
): Settings {
  const layers = sources.flatMap((source) => given.filter((layer) => layer.source === source));
  const saying = (setting: Setting<unknown>) => layers.find((layer) => layer.values.has(setting.name));
  return {
    layers,
    withheld,
    warnings,
    value<T>(setting: Setting<T>): T {
      const layer = saying(setting);
      const checked = layer === undefined ? undefined : setting.kind.check(layer.values.get(setting.name));
      return checked?.ok === true ? checked.value : setting.default;
    },
    origin(setting) {
      const layer = saying(setting);
      return layer === undefined ? { source: 'default' } : { source: layer.source, from: layer.from };
    },
    ban: (detour) => banIn(layers, detour),
  };
}

/** The weakest source is looked at first: it is the administrator's, whose ban cannot be passed over. */
function banIn(layers: readonly Layer[], detour: DetourId): Ban | undefined {
  const banning = layers.filter(({ values }) => {
    const forbidden = schema.forbid.kind.check(values.get('forbid') ?? []);
    const allowed = schema.allow.kind.check(values.get('allow') ?? detourIds);
    return (
      (forbidden.ok && forbidden.value.includes(detour)) || (allowed.ok && !allowed.value.includes(detour))
    );
  });
  const layer = banning.at(-1);
  return layer === undefined ? undefined : { source: layer.source, from: layer.from };
}
