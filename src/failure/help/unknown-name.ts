import { whoBrings } from '../../detours/system-package/brought.ts';
import { printable } from '../../system/quote.ts';
import type { Environment } from '../../system/variables.ts';
import type { Cause, Missing, Situation } from '../../types.ts';
import type { Explained } from '../explained.ts';
import type { Failing } from '../said/failing.ts';
import { getting } from './getting.ts';
import { partOf } from './part-of-python.ts';
import { packageOf, spelledAlike } from './spelling.ts';
import { inSentences } from './words.ts';
import { nameToTake } from './words-of-the-index.ts';

/** A name that no package has: a module of Python's own, another package's, or a slip of the finger. */
export async function unknownName(
  cause: Extract<Cause, { kind: 'no-such-name' }>,
  situation: Situation,
  environment: Environment,
): Promise<Explained> {
  const reference = cause.kind;
  const own = await ofPython(cause.name, situation, environment);
  if (own !== undefined) return { reference, lines: own };
  const nearest = spelledAlike(cause.name);
  return { reference, lines: inSentences(cause, situation, nearest === undefined ? {} : { nearest }) };
}

/** A package that is called like another one's module and does not install: whoever types that name means the other. */
export function namedLikeModule({ name }: Failing, situation: Situation): Explained | undefined {
  const brings = packageOf(name);
  if (brings === undefined) return undefined;
  return {
    reference: 'named-like-module',
    lines: [`${printable(name)} could not be built.`, nameToTake(name, brings, situation)],
  };
}

/** What there is to say where this is a module that Python itself brings; undefined where it is none. */
async function ofPython(
  typed: string,
  situation: Situation,
  environment: Environment,
): Promise<readonly string[] | undefined> {
  const name = typed.toLowerCase();
  const shown = printable(name);
  const { interpreter, manager } = situation;
  if (interpreter === undefined || !/^[a-z_]\w*$/.test(name)) return undefined;
  const isPart = `${shown} is a part of Python itself, and no package of an index.`;
  const part = partOf(interpreter, name);
  if (part === 'here') return [isPart, `Nothing has to be installed: import ${shown} works already.`];
  if (part === undefined) return undefined;
  const missing: Missing = { kind: 'module', name };
  const brought = await whoBrings([missing], situation, environment);
  const package_ = brought?.packages.get(missing);
  const line = brought && package_ && getting([package_], '', situation, brought).advice;
  return line === undefined || line === ''
    ? [isPart, 'This Python was built, or packaged, without it.']
    : [`${isPart} ${manager} keeps it in ${package_}.`, `To get it, type: ${line}`];
}
