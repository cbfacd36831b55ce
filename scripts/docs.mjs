// Writes what is published of the code's own tables: docs/schema/*.json, and in docs/*.md what stands between two marks.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const outfile = join(tmpdir(), `pip-detour-docs-${process.pid}.cjs`);
await build({
  entryPoints: [join(top, 'src/completion/pages.ts')],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  outfile,
});
const { between, pages, placed, schemas } = createRequire(join(top, 'package.json'))(outfile);
rmSync(outfile);

mkdirSync(join(top, 'docs/schema'), { recursive: true });
for (const [file, schema] of Object.entries(schemas()))
  writeFileSync(join(top, file), `${JSON.stringify(schema, null, 2)}\n`);
execFileSync(join(top, 'node_modules/.bin/biome'), ['format', '--write', 'docs/schema'], {
  cwd: top,
  stdio: 'ignore',
});

const files = readdirSync(join(top, 'src'), { recursive: true, encoding: 'utf8' });
const sources = files
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join(top, 'src', name), 'utf8'));
for (const made of pages(sources)) {
  const { file, mark } = made;
  const page = readFileSync(join(top, file), 'utf8');
  const written = between(page, mark);
  if (written === undefined) throw new Error(`docs: ${file} has no marks for ${mark}`);
  const start = page.indexOf('\n', page.indexOf(`${mark}: npm run docs`)) + 1;
  writeFileSync(join(top, file), page.slice(0, start) + placed(made) + page.slice(start + written.length));
}
