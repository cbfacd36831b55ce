// get.sh for this release: it knows the address and the SHA-256 of the archive, and takes no other.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export function getScript({ top, version, url }, archive) {
  const known = {
    VERSION: version,
    URL: url,
    ARCHIVE: archive.name,
    DIRECTORY: archive.name.replace('.tar.gz', ''),
    SHA256: createHash('sha256').update(archive.bytes).digest('hex'),
  };
  const template = readFileSync(join(top, 'scripts/release/get.sh'), 'utf8');
  return { name: 'get.sh', bytes: Buffer.from(template.replace(/@([A-Z0-9]+)@/g, (_, name) => known[name])) };
}
