import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { whoBrings } from '../../detours/system-package/brought.ts';
import { listing } from '../../system/listing.ts';
import { printable } from '../../system/quote.ts';
import type { Environment } from '../../system/variables.ts';
import type { Cause, Interpreter, Missing, Situation } from '../../types.ts';
import type { Explained } from '../explained.ts';
import { getting } from './getting.ts';
import { spelledAlike } from './spelling.ts';
import { inSentences } from './words.ts';

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
  if (isThere(name, interpreter))
    return [isPart, `Nothing has to be installed: import ${shown} works already.`];
  if (name !== 'tkinter') return undefined;
  const missing: Missing = { kind: 'module', name };
  const brought = await whoBrings([missing], situation, environment);
  const package_ = brought?.packages.get(missing);
  const line = brought && package_ && getting([package_], '', situation, brought).advice;
  return line === undefined || line === ''
    ? [isPart, 'This Python was built, or packaged, without it.']
    : [`${isPart} ${manager} keeps it in ${package_}.`, `To get it, type: ${line}`];
}

/** Looked for in the standard library (sysconfig's `stdlib`), and among what is compiled into Python. */
function isThere(name: string, { stdlib }: Interpreter): boolean {
  return (
    builtIn.has(name) ||
    existsSync(join(stdlib, `${name}.py`)) ||
    existsSync(join(stdlib, name, '__init__.py')) ||
    listing(join(stdlib, 'lib-dynload')).some((file) => file.startsWith(`${name}.`))
  );
}

/** `sys.builtin_module_names` of Debian 12's Python that people import by name. */
const builtIn: ReadonlySet<string> = new Set(
  'array atexit binascii builtins cmath errno faulthandler fcntl gc grp itertools marshal math posix pwd pyexpat select spwd sys syslog time unicodedata zlib'.split(
    ' ',
  ),
);
