import { builderIn, whoBrings } from '../../detours/system-package/brought.ts';
import { onPath } from '../../place/programs.ts';
import { currentDirectory } from '../../system/real-path.ts';
import { inWords } from '../../system/sentences.ts';
import type { Environment } from '../../system/variables.ts';
import type { Missing, Situation } from '../../types.ts';
import type { Explained, Had } from '../explained.ts';
import { calledTogether } from './called.ts';
import { getting } from './getting.ts';
import { hidden, unresolved } from './nobody-brings.ts';
import { headerBeside } from './python-headers.ts';

/** A build that looked for something which is not there: who brings it here. `had`: what was got already. */
export async function lacking(
  missing: readonly Missing[],
  situation: Situation,
  environment: Environment,
  had: Had,
): Promise<Explained | undefined> {
  // What a build says for people with another package manager is nothing that it lacks here.
  const ofHere = missing.filter(
    (one) =>
      (one.by === undefined || one.by === situation.systemPackages?.manager) && !isHere(one, environment),
  );
  const places = [...new Set(ofHere.map(placeOf))].slice(0, most);
  const asked = ofHere.filter((one) => places.includes(placeOf(one)));
  // With a compiler Python's header is asked about, in the same question.
  const python = builderIn(situation);
  const beside = asked.map((one) => headerBeside(one, python)).find((header) => header !== undefined);
  const brought = await whoBrings(beside === undefined ? asked : [...asked, beside], situation, environment);
  const isNew = (name: string | undefined) => name !== undefined && !had.packages.includes(name);
  const first = asked.find((one) => isNew(brought?.packages.get(one)));
  if (brought === undefined || first === undefined)
    return (
      (brought && (await hidden(asked, brought, situation, environment, had))) ??
      unresolved(asked, situation, brought, had)
    );
  const isBesideIt = (one: Missing) =>
    one !== first && placeOf(one) === placeOf(first) && isNew(brought.packages.get(one));
  const together = [first, ...asked.filter(isBesideIt)] as const;
  const packages = [...new Set(together.flatMap((one) => brought.packages.get(one) ?? []))];
  const what = calledTogether(together);
  const it = together.length === 1 ? 'it' : 'them';
  const known = beside && headerBeside(first, python) && brought.packages.get(beside);
  const headers = known !== undefined && had.packages.includes(known) ? undefined : known;
  const more = headers === undefined ? '' : ` Nearly every build needs Python.h next, from ${headers}.`;
  const asksItself = first.kind === 'package' ? `The build itself asks for ${what}.` : undefined;
  const brings = `${situation.manager}'s ${inWords(packages)} ${packages.length === 1 ? 'brings' : 'bring'}`;
  const { advice, remedy } = getting(
    headers === undefined ? packages : [...packages, headers],
    asksItself ?? `The build lacks ${what}; ${brings} ${it}.${more}`,
    situation,
    brought,
  );
  return {
    reference: 'build-lacks',
    missing: together.map(({ name }) => name),
    lines: [
      asksItself ?? `The build lacks ${what}; ${situation.manager} has ${it} in ${inWords(packages)}.${more}`,
    ],
    ...(advice === undefined ? {} : { advice }),
    ...(remedy === undefined
      ? {}
      : { remedy: asksItself === undefined ? remedy : { ...remedy, onlyAdvised: true } }),
  };
}

/** A sentence may speak of a program that is there, as of what else the build needs. */
function isHere({ kind, name, loose }: Missing, environment: Environment): boolean {
  return kind === 'program' && loose === true && onPath(name, environment, currentDirectory()) !== undefined;
}

/** What one sentence names together has one place, and is asked about together. */
function placeOf({ kind, name, at }: Missing): string {
  return at === undefined ? `${kind} ${name}` : `${kind} at ${at}`;
}

/** No more sentences are followed: a configure script tells of all it looked for. */
const most = 12;
