import { compareVersions } from '../../pip/versions.ts';
import { satisfies } from '../../place/python-version.ts';
import type { CauseOfIndex } from '../../types.ts';
import { isFinished, nearestVersion } from './nearest-version.ts';
import { asSpecifier } from './specifier.ts';

/** What pip tells of a project's versions where it took none of them. */
export interface Versions {
  /** What was asked for (PEP 440); empty: any. */
  readonly wanted: string;
  /** Those that pip chose from. */
  readonly listed: readonly string[];
  /** Those for other Pythons, as pip lists them: `1.0 Requires-Python >=3.12; 1.1 Requires-Python >=3.13`. */
  readonly passedOver: string;
}

/** Why none of them was taken; undefined where there are none, or it is not known. */
export function ofTheVersions(name: string, versions: Versions): CauseOfIndex | undefined {
  const { wanted, listed } = versions;
  const requires = requiresIn(versions);
  if (requires !== undefined && (listed.length === 0 || wanted !== ''))
    return { kind: 'needs-python', name, requires };
  const withdrawn = wanted === '' ? undefined : listed.findLast((one) => fitsFinished(one, wanted));
  if (withdrawn !== undefined) return { kind: 'withdrawn', name, version: withdrawn };
  const unfinished = preRelease(wanted, listed);
  if (unfinished !== undefined) return { kind: 'pre-release', name, wanted, version: unfinished };
  return listed.length > 0 && wanted !== ''
    ? { kind: 'no-version', name, wanted, nearest: nearestVersion(wanted, listed) }
    : undefined;
}

/** pip before 23.1 lists withdrawn versions among the others: what fits and was not taken is one of them. */
function fitsFinished(version: string, wanted: string): boolean {
  return !wanted.startsWith('=') && /^\d+(?:\.\d+)*$/.test(version) && satisfies(version, wanted);
}

/** The newest that is not finished and still fits, where pip took nothing that is: `>=1.5` of 1.0 and 2.0rc1. */
function preRelease(wanted: string, versions: readonly string[]): string | undefined {
  const above = /^(?:>=|>|~=)\s*([\d.]+)/.exec(wanted)?.[1];
  if (above === undefined) return undefined;
  const fitting = versions.flatMap((version) => {
    const release = /^(\d+(?:\.\d+)*)\.?(?:a|b|rc|dev)\d/.exec(version)?.[1];
    const fits = release !== undefined && compareVersions(release, above) > 0 && satisfies(release, wanted);
    return fits ? [{ version, release }] : [];
  });
  return fitting.sort((a, b) => compareVersions(a.release, b.release)).at(-1)?.version;
}

/** What the version that was wanted requires, of those passed over. An exact one that is none of them may be a slip of the finger. */
function requiresIn({ passedOver, wanted }: Versions): string | undefined {
  const passed = passedOver.split('; ').flatMap((one) => {
    const [, version, requires] = /^(\S+) Requires-Python (.+)$/.exec(one) ?? [];
    return version === undefined || requires === undefined ? [] : [{ version, requires }];
  });
  const exact = /^===?\s*([\w.+!-]+)$/.exec(wanted)?.[1];
  const meant = exact === undefined ? passed : passed.filter(({ version }) => version === exact);
  // pip lists them as text (`2.10` before `2.9`), and those that are not yet finished, which it would not take.
  const finished = meant.filter(({ version }) => isFinished(version));
  const [newest] = [...(finished.length > 0 ? finished : meant)].sort((a, b) =>
    compareVersions(b.version, a.version),
  );
  return asSpecifier(newest?.requires) || undefined;
}
