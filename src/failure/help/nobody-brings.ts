import { type Brought, whoBrings } from '../../detours/system-package/brought.ts';
import type { Found } from '../../detours/system-package/managers/manager.ts';
import type { Environment } from '../../system/variables.ts';
import type { Missing, Situation } from '../../types.ts';
import type { Explained, Had } from '../explained.ts';
import { called } from './called.ts';
import { getting } from './getting.ts';
import { areThereNow, gotBefore, listFirst } from './list-first.ts';

/** What a build lacks and no package is known to bring. */

/** pkg-config may tell where these lie. */
const ofLibraries: ReadonlySet<Missing['kind']> = new Set([
  'header',
  'library',
  'pkg-config',
  'cmake',
] as const);

/** What is there and not found all the same: Debian has some libraries in directories that only pkg-config tells (`hdf5/serial`). */
export async function hidden(
  asked: readonly Missing[],
  { there }: Brought,
  situation: Situation,
  environment: Environment,
  had: Had,
): Promise<Explained | undefined> {
  // Of a header in a directory only the directory may be known.
  const one = asked.find(
    (missing) => there.has(missing) && !missing.name.includes('/') && ofLibraries.has(missing.kind),
  );
  const program: Missing = { kind: 'program', name: 'pkg-config' };
  const has = one && there.get(one);
  const brought = has && (await whoBrings([program], situation, environment));
  const package_ = brought?.packages.get(program);
  if (one === undefined || has === undefined || brought === undefined) return undefined;
  if (package_ === undefined || had.packages.includes(package_)) return undefined;
  const lines = [
    `The build does not find ${called(one)}, although ${inFull(has)} is there.`,
    `Perhaps it needs the program pkg-config to find it; ${situation.manager} has that program in ${package_}.`,
  ];
  const got = getting([package_], lines.join(' '), situation, brought);
  return { reference: 'build-lacks', missing: [program.name], lines, ...got };
}

function inFull({ package: name, installed = '' }: Found): string {
  return `${name} ${installed}`.trim();
}

/** Nobody is known to bring it: perhaps because there is no list of packages to look into. */
export function unresolved(
  asked: readonly Missing[],
  situation: Situation,
  brought: Brought | undefined,
  had: Had,
): Explained | undefined {
  // What only a sentence speaks of may be nothing's name, unless a list may tell.
  const first = asked.find(({ loose }) => loose !== true) ?? (brought?.lacks && asked[0]);
  if (first === undefined) return undefined;
  const said = { reference: 'build-lacks', missing: [first.name] };
  const lacks = `The build ${first.loose === true ? 'perhaps ' : ''}lacks ${called(first)}.`;
  const there = brought?.there.get(first);
  // Without a list of files it is only likely that this package is the one.
  const lead = there === undefined ? lacks : unseen(first, there)[0];
  const list = brought && listFirst(lead, brought, situation, had);
  if (list !== undefined) return { ...said, ...list };
  // A package that a build names is there already, or is none of this release's: that is not why it failed.
  if (first.kind === 'package' || first.loose === true) return undefined;
  const got = had.missing.includes(first.name) ? gotBefore(had) : [];
  if (got.length === 0 && there !== undefined) return { ...said, lines: unseen(first, there) };
  return {
    ...said,
    lines: [lacks, got.length > 0 ? `It is still not found, although ${areThereNow(got)}.` : noPackage],
  };
}

const noPackage = "No package is known to bring it: the project's page may say what the build needs.";

/** The package that should bring it is there, and was there before. */
function unseen(one: Missing, there: Found): readonly [string, string] {
  if (one.kind === 'header' && one.name.includes('/'))
    return [
      `The build lacks ${called(one)}, which ${inFull(there)} does not have: perhaps the build was made for another version of that library.`,
      noPackage,
    ];
  return [
    `The build does not find ${called(one)}, although ${inFull(there)} is there.`,
    one.kind === 'program'
      ? 'Perhaps its directory is not on PATH: type echo $PATH to see what is.'
      : "Perhaps it wants another version of it: the project's page may say which.",
  ];
}
