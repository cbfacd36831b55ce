// Writes what is published of the settings' schema: docs/schema/*.json and the README's table between its marks.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const outfile = join(tmpdir(), `pip-detour-settings-${process.pid}.cjs`);
await build({
  entryPoints: [join(top, 'src/settings/published.ts')],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  outfile,
});
const { jsonSchema, markdownTable } = createRequire(import.meta.url)(outfile);

mkdirSync(join(top, 'docs/schema'), { recursive: true });
for (const source of ['project', 'user', 'policy'])
  writeFileSync(join(top, `docs/schema/${source}.json`), `${JSON.stringify(jsonSchema(source), null, 2)}\n`);
execFileSync(join(top, 'node_modules/.bin/biome'), ['format', '--write', 'docs/schema'], {
  cwd: top,
  stdio: 'ignore',
});

const readme = join(top, 'README.md');
const marks = /(<!-- settings: npm run settings -->\n)[\s\S]*?(<!-- end of settings -->)/;
writeFileSync(
  readme,
  readFileSync(readme, 'utf8').replace(marks, (_, from, to) => `${from}\n${markdownTable()}\n\n${to}`),
);
