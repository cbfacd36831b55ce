// Is the installed program what this checkout would build, or this release holds? Answers without building, so that installing twice is quick
// and changes nothing; and finds files that were damaged or lost since.
//   node scripts/same-program.mjs record PROGRAM    writes PROGRAM/built-from.json
//   node scripts/same-program.mjs check PROGRAM     exit code 0: the same
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const [, , task, program] = process.argv;
const top = fileURLToPath(new URL('..', import.meta.url));
const record = join(program, 'built-from.json');

/** What the bundle is made of. */
const sources = [
  'LICENSE',
  'LICENSE-3rd-party',
  'docs/pip-detour.1',
  'package.json',
  'package-lock.json',
  'scripts/build.mjs',
  'scripts/bundled.mjs',
  'scripts/code-cache.mjs',
  'src',
  'shims',
];

function filesUnder(directory, path) {
  const full = join(directory, path);
  if (!lstatSync(full).isDirectory()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesUnder(directory, path + sep + name));
}

function digests(directory, paths) {
  const files = paths.flatMap((path) => filesUnder(directory, path));
  return Object.fromEntries(
    files.map((path) => {
      const file = join(directory, path);
      const executable = (lstatSync(file).mode & 0o100) !== 0;
      return [
        path,
        `${createHash('sha256').update(readFileSync(file)).digest('hex')}${executable ? ' x' : ''}`,
      ];
    }),
  );
}

/** A release was built from the sources that it says. */
function builtFrom() {
  const released = join(top, 'program/built-from.json');
  return existsSync(released) ? JSON.parse(readFileSync(released, 'utf8')).sources : digests(top, sources);
}

/** Of neither is there a program without it, and both differ from place to place; the record does not hold itself. */
const ofThisPlace = new Set(['node', `lib${sep}way`, 'built-from.json']);

if (task === 'record') {
  const files = filesUnder(program, '.').map((path) => path.slice(2));
  const built = digests(
    program,
    files.filter((path) => !ofThisPlace.has(path)),
  );
  writeFileSync(record, `${JSON.stringify({ sources: builtFrom(), built })}\n`);
} else {
  try {
    const before = JSON.parse(readFileSync(record, 'utf8'));
    const now = { sources: builtFrom(), built: digests(program, Object.keys(before.built)) };
    process.exitCode = JSON.stringify(now) === JSON.stringify(before) ? 0 : 1;
  } catch {
    process.exitCode = 1;
  }
}
