import { basename } from 'node:path';
import { type Brought, builderIn, whoBrings } from '../detours/system-package/brought.ts';
import type { Getting } from '../detours/system-package/command-line.ts';
import type { Found } from '../detours/system-package/managers/manager.ts';
import { quoteAll } from '../system/quote.ts';
import { inWords } from '../system/sentences.ts';
import type { Environment } from '../system/variables.ts';
import type { Missing, Situation } from '../types.ts';
import type { Explained, Had } from './explained.ts';
import { headerBeside } from './python-headers.ts';
import { called } from './words.ts';

/** A build that looked for something which is not there: who brings it here. `had`: what was got already. */
export async function lacking(
  missing: readonly Missing[],
  situation: Situation,
  environment: Environment,
  had: Had,
): Promise<Explained | undefined> {
  // What a build says for people with another package manager is nothing that it lacks here.
  const ofHere = missing.filter(({ by }) => by === undefined || by === situation.systemPackages?.manager);
  const asked = ofHere.slice(0, most);
  // With a compiler Python's header is asked about, in the same question.
  const python = builderIn(situation);
  const beside = asked.map((one) => headerBeside(one, python)).find((header) => header !== undefined);
  const brought = await whoBrings(beside === undefined ? asked : [...asked, beside], situation, environment);
  const first = asked.find((one) => {
    const name = brought?.packages.get(one);
    return name !== undefined && !had.packages.includes(name);
  });
  const reference = 'build-lacks';
  if (brought === undefined || first === undefined)
    return (
      (brought && (await hidden(asked, brought, situation, environment, had))) ??
      unresolved(
        reference,
        asked.find(({ loose }) => loose !== true),
        situation,
        brought,
        had,
      )
    );
  const together = asked.filter((one) => one.at === first.at && brought.packages.has(one));
  const packages = [...new Set(together.flatMap((one) => brought.packages.get(one) ?? []))];
  const what = inWords(together.map(called));
  const known = beside && headerBeside(first, python) && brought.packages.get(beside);
  const headers = known !== undefined && had.packages.includes(known) ? undefined : known;
  const more = headers === undefined ? '' : ` Nearly every build needs Python.h next, from ${headers}.`;
  const asksItself = first.kind === 'package' ? `The build itself asks for ${what}.` : undefined;
  const brings = `${situation.manager}'s ${inWords(packages)} ${packages.length === 1 ? 'brings' : 'bring'}`;
  const { advice, remedy } = getting(
    headers === undefined ? packages : [...packages, headers],
    asksItself ?? `The build lacks ${what}; ${brings} it.${more}`,
    situation,
    brought,
  );
  return {
    reference,
    missing: together.map(({ name }) => name),
    lines: [
      asksItself ?? `The build lacks ${what}; ${situation.manager} has it in ${inWords(packages)}.${more}`,
    ],
    ...(advice === undefined ? {} : { advice }),
    ...(remedy === undefined
      ? {}
      : { remedy: asksItself === undefined ? remedy : { ...remedy, onlyAdvised: true } }),
  };
}

const helpOfBuild = [
  "No ready-made build of a package was found for this machine, so it was built here. The build looked for something that is not installed: the build's own output names it.",
  'What you install for it is a package of the system, and stays there. Then the same command runs again; it may turn out to lack something else.',
];

/** Stands among the packages that were got for the package manager's own lists. */
const theList = (of: 'packages' | 'files') => `the list of ${of}`;
const lists = [theList('packages'), theList('files')];

/** No more are asked about: a configure script tells of all it looked for. */
const most = 12;

/** What installs these: the command to type and, where somebody can become root here, the offer. */
export function getting(
  packages: readonly string[],
  headline: string,
  situation: Situation,
  { gets, variables }: Getting,
): Pick<Explained, 'advice' | 'remedy'> {
  const words = gets(packages);
  if (words === undefined) return {};
  const { root, attended } = situation.systemPackages ?? {};
  const full = [...(root ?? ['sudo']), ...words];
  const [command = '', ...args] = full;
  const programs = (root?.length ?? 1) + 1;
  const advice = quoteAll(full.map((word, at) => (at < programs ? basename(word) : word)));
  // Without a way to become root, or somebody to type a password, it can only be said.
  if (root === undefined || attended !== true) return { advice };
  const env = variables === undefined ? {} : { env: variables };
  return {
    advice,
    remedy: {
      headline,
      title: 'Install it and try again',
      detail: advice,
      command: advice,
      steps: [{ kind: 'run', command, args, cwd: '/', ...env }],
      help: helpOfBuild,
      packages,
      situation,
    },
  };
}

/** What is there and not found all the same: Debian has some libraries in directories that only pkg-config tells (`hdf5/serial`). */
async function hidden(
  asked: readonly Missing[],
  { there }: Brought,
  situation: Situation,
  environment: Environment,
  had: Had,
): Promise<Explained | undefined> {
  // Of a header in a directory only the directory may be known.
  const one = asked.find(
    (missing) => there.has(missing) && !missing.name.includes('/') && missing.kind !== 'program',
  );
  const program: Missing = { kind: 'program', name: 'pkg-config' };
  const has = one && there.get(one);
  const brought = has && (await whoBrings([program], situation, environment));
  const package_ = brought?.packages.get(program);
  if (one === undefined || has === undefined || brought === undefined) return undefined;
  if (package_ === undefined || had.packages.includes(package_)) return undefined;
  const lines = [
    `The build does not find ${called(one)}, although ${inFull(has)} is there.`,
    `Perhaps pkg-config has to tell it where that lies; ${situation.manager} has that in ${package_}.`,
  ];
  const got = getting([package_], lines.join(' '), situation, brought);
  return { reference: 'build-lacks', missing: [program.name], lines, ...got };
}

function inFull({ package: name, installed = '' }: Found): string {
  return `${name} ${installed}`.trim();
}

/** Nobody is known to bring it: perhaps because there is no list of packages to look into. */
function unresolved(
  reference: string,
  first: Missing | undefined,
  situation: Situation,
  brought: Brought | undefined,
  had: Had,
): Explained | undefined {
  if (first === undefined) return undefined;
  const said = { reference, missing: [first.name] };
  const lacks = `The build lacks ${called(first)}.`;
  if (brought?.lacks !== undefined && !had.packages.includes(theList(brought.lacks.list))) {
    const { list, fetch } = brought.lacks;
    const untold = `${situation.manager}'s list of ${list} would say which package brings it, but it has not been fetched yet.`;
    const { advice, remedy } = getting([theList(list)], `${lacks} ${untold}`, situation, {
      gets: () => fetch,
    });
    return {
      ...said,
      lines: [lacks, untold],
      ...(advice === undefined ? {} : { advice }),
      ...(remedy === undefined
        ? {}
        : { remedy: { ...remedy, title: 'Fetch the list, and look', onlyLooks: true as const } }),
    };
  }
  // A package that a build names is there already, or is none of this release's: that is not why it failed.
  if (first.kind === 'package') return undefined;
  const there = brought?.there.get(first);
  const got = had.missing.includes(first.name) ? had.packages.filter((name) => !lists.includes(name)) : [];
  return {
    ...said,
    lines: [
      got.length === 0 && there !== undefined && first.kind === 'header'
        ? `The build lacks ${called(first)}, which ${inFull(there)} does not have: it is perhaps made for another version of that library.`
        : lacks,
      got.length > 0
        ? `It is still not found, although ${inWords(got)} ${got.length === 1 ? 'is' : 'are'} there now.`
        : "No package is known to bring it: the project's page may say what the build needs.",
    ],
  };
}
