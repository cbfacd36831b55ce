import { join } from 'node:path';
import { realOr } from '../system/real-path.ts';
import { textOf } from '../system/text-file.ts';

/** `VIRTUAL_ENV=/home/me/shop/.venv`, in the quotes that CPython's venv, virtualenv and uv write; a path in full only. */
const assignment =
  /^[ \t]*(?:export[ \t]+)?VIRTUAL_ENV=(?:'(\/[^'\n]*)'|"(\/[^"$`\\\n]*)"|(\/[^\s'"$`\\;]*))[ \t]*$/gm;

/**
 * Whether an environment (by its real path) was made where it lies: its activate script names the place. One that was
 * unpacked with somebody's archive names another, for nobody knows beforehand where it will be unpacked.
 */
export function wasMadeAt(environment: string): boolean {
  const script = textOf(join(environment, 'bin/activate')) ?? '';
  const named = [...script.matchAll(assignment)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
  return named.length > 0 && named.every((path) => realOr(path) === environment);
}
