// Proposes applications for src/detours/pipx/application-rows.ts: which names of a list of packages that table lacks, and what they
// say of themselves makes them programs to be run. Names and facts only; whether one belongs there is for a person to say.
//
//     node scripts/propose-applications.mjs PYPI.tsv [RANKED-AT-LEAST]      (name, version, month, rank, summary)
//
// The same signs decide as where the index is asked (src/detours/pipx/from-index.ts), with a command of the project's name
// taken for granted. Printed: rank, name, month of the last release.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const [list, atLeast = '15000'] = process.argv.slice(2);
const folder = join(import.meta.dirname, '../src/detours/pipx');
const { outputFiles } = await build({
  stdin: {
    contents: `export { applications } from './applications.ts';
export { isLibrary } from './libraries.ts';
export { isMadeToBeRun } from './from-index.ts';
export { nothingSaid } from '../../../test/support/facts.ts';`,
    resolveDir: folder,
    loader: 'ts',
  },
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
});
const { applications, isLibrary, isMadeToBeRun, nothingSaid } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`
);
const proposed = readFileSync(list, 'utf8')
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'))
  .filter(([, , , rank = '']) => rank !== '' && Number(rank) <= Number(atLeast))
  .map(([name, version, month, rank, summary]) => ({
    name: name.toLowerCase().replace(/[-_.]+/g, '-'),
    version,
    month,
    rank: Number(rank),
    summary,
  }))
  .filter(({ name }) => !applications.has(name) && !isLibrary(name))
  .filter(({ name, version, summary }) =>
    isMadeToBeRun({ kind: 'found', name, version, package: { ...nothingSaid, summary, commands: [name] } }),
  )
  .sort((a, b) => a.rank - b.rank);
for (const { rank, name, month } of proposed) console.log(`${rank}\t${name}\t${month}`);
