import type { PackageFacts } from '../../types.ts';

/** What is seen of a package whose commands are known. */
export interface Seen extends Omit<PackageFacts, 'commands'> {
  readonly name: string;
  readonly commands: readonly string[];
}

/** Something that a package has or has not. */
export type Trait = (seen: Seen) => boolean;

/** Bytes of an `__init__.py` in which, beside a version and a sentence, nothing is offered to whoever imports it. */
const hardlyAnything = 350;

/** Bytes of an `__init__.py` that offers a lot. */
const aLot = 1500;

/** Its name is such. */
export const named =
  (pattern: RegExp): Trait =>
  ({ name }) =>
    pattern.test(name);

/** Its summary has such words. */
export const summed =
  (pattern: RegExp): Trait =>
  ({ summary }) =>
    pattern.test(summary);

/** Its description begins with such words. */
export const opens =
  (pattern: RegExp): Trait =>
  ({ opening }) =>
    pattern.test(opening);

/** One of its classifiers is such. */
export const classified =
  (pattern: RegExp): Trait =>
  ({ classifiers }) =>
    classifiers.some((one) => pattern.test(one));

/** Its description shows this (`PackageFacts.says`). */
export const shows =
  (sign: string): Trait =>
  ({ says }) =>
    says.includes(sign);

export const both =
  (...all: readonly Trait[]): Trait =>
  (seen) =>
    all.every((one) => one(seen));

export const either =
  (...all: readonly Trait[]): Trait =>
  (seen) =>
    all.some((one) => one(seen));

export const not =
  (one: Trait): Trait =>
  (seen) =>
    !one(seen);

/** Beside its commands there is hardly anything to import. */
export const offersNothing: Trait = ({ offers }) => offers !== undefined && offers <= hardlyAnything;

/** Beside its commands there is a lot to import. */
export const offersMuch: Trait = ({ offers }) => offers !== undefined && offers >= aLot;

/** One of its dependencies is such. */
export const dependsOn =
  (pattern: RegExp): Trait =>
  ({ dependencies }) =>
    dependencies.some((one) => pattern.test(one));

/** It wants exact versions, as nobody does who is imported beside others. */
export const pins: Trait = ({ dependencies }) =>
  dependencies.filter((one) => /^[^;]*==/.test(one)).length > 1;

/** Groups of programs that run it, or read its settings, and are not run by it. */
const ofInstallers = /^(?:pipx\.run$|validate_pyproject\.)/;

/** It enters something into the groups of other projects. A group that bears its own name is where its own plugins are entered. */
export const isPlugin: Trait = ({ groups, name, commands }) =>
  groups.some(
    (group) =>
      !ofInstallers.test(group) &&
      ![name, ...commands].some((own) => sameWord(group.split('.')[0] ?? '', own)),
  );

/** A command is named after it: `grip` of grip-ai, `den` of den-python, `auto-patch.py` of auto-patch. */
export const hasItsCommand: Trait = ({ name, commands }) =>
  commands.some((command) => {
    const bare = command.replace(/\.(?:py|sh)$/, '');
    const parts = name.split('-').filter((part) => part.length > 3);
    return [name, name.replace(/-(?:python|py|cli|tools?|app|dev)$/, ''), ...parts].some((one) =>
      sameWord(bare, one),
    );
  });

function sameWord(one: string, other: string): boolean {
  const bare = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return bare(one) === bare(other);
}
