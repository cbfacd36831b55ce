import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listing } from '../../system/listing.ts';
import type { Interpreter } from '../../types.ts';

/**
 * Whether a module is one of this Python's own: `here`, in its standard library (sysconfig's `stdlib`) or compiled into it;
 * `apart`, where distributions keep it in a package of its own and it is not here. Undefined for any other.
 */
export function partOf({ stdlib }: Interpreter, name: string): 'here' | 'apart' | undefined {
  const isHere =
    builtIn.has(name) ||
    existsSync(join(stdlib, `${name}.py`)) ||
    existsSync(join(stdlib, name, '__init__.py')) ||
    listing(join(stdlib, 'lib-dynload')).some((file) => file.startsWith(`${name}.`));
  if (isHere) return 'here';
  return name === 'tkinter' ? 'apart' : undefined;
}

/** `sys.builtin_module_names` of Debian 12's Python that people import by name. */
const builtIn: ReadonlySet<string> = new Set(
  'array atexit binascii builtins cmath errno faulthandler fcntl gc grp itertools marshal math posix pwd pyexpat select spwd sys syslog time unicodedata zlib'.split(
    ' ',
  ),
);
