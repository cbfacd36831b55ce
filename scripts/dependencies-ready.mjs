// Exit code 0 when this checkout's node_modules has what building needs, in the versions of package-lock.json.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('..', import.meta.url));
const versionOf = (path) => JSON.parse(readFileSync(join(top, path, 'package.json'), 'utf8')).version;

try {
  const { packages } = JSON.parse(readFileSync(join(top, 'package-lock.json'), 'utf8'));
  const needed = Object.entries(packages).filter(
    ([path, entry]) => path !== '' && !entry.dev && !entry.optional,
  );
  process.exitCode = needed.every(([path, entry]) => versionOf(path) === entry.version) ? 0 : 1;
} catch {
  process.exitCode = 1;
}
