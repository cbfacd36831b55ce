// How often the recommendation is right for names that no table holds: test/detours/pipx/fresh-names.ts, labelled before the
// rule was written.
//
//     npm run build && node scripts/measure-applications.mjs PYPI.tsv        (SET=later: the second set; name, version, month, rank, summary)
//     node scripts/measure-applications.mjs PYPI.tsv ANSWERS.jsonl           what index-look.py printed for some of them
//
// Without ANSWERS the index's answer is made from the list's name, version and summary alone: no classifiers, no
// description; every application has one command of its name, and so, to make it hard, has every library. With it the
// names it holds are judged by what their packages really say.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const top = join(import.meta.dirname, '..');
const [list, answers] = process.argv.slice(2);
const load = async (file) => {
  const { outputFiles } = await build({
    entryPoints: [join(top, file)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
};
const { fresh: first, later } = await load('test/detours/pipx/fresh-names.ts');
const fresh = process.env.SET === 'later' ? later : first;
const { nothingSaid } = await load('test/support/facts.ts');
const { isMadeToBeRun } = await load('src/detours/pipx/from-index.ts');
const normal = (name) => name.toLowerCase().replace(/[-_.]+/g, '-');
const rows = new Map();
for (const line of readFileSync(list, 'utf8').split('\n').slice(1)) {
  const [name = '', version, , , summary = ''] = line.split('\t');
  rows.set(normal(name), { version, summary });
}
const real = new Map(
  (answers === undefined ? '' : readFileSync(answers, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .map(({ name, kind, version, ...rest }) => [
      name,
      {
        name,
        kind,
        version,
        package: { ...nothingSaid, ...rest },
      },
    ]),
);
const assumed = (name) => {
  const { version, summary } = rows.get(name) ?? { version: '0', summary: '' };
  return {
    kind: 'found',
    name,
    version,
    package: { ...nothingSaid, summary: summary.slice(0, 120), commands: [name] },
  };
};
const judge = (names, wanted) =>
  names
    .filter((name) => answers === undefined || real.has(name))
    .map((name) => ({ name, wanted, given: isMadeToBeRun(real.get(name) ?? assumed(name)) === true }));
const cases = [...judge(fresh.applications, true), ...judge(fresh.libraries, false)];
const show = (title, found) =>
  console.log(`${title} (${found.length}): ${found.map(({ name }) => name).join(' ')}`);
const missed = cases.filter(({ wanted, given }) => wanted && !given);
const harmful = cases.filter(({ wanted, given }) => !wanted && given);
const right = cases.length - missed.length - harmful.length;
// Home, an empty directory and a git repository; in a Python project the environment is right for all of them.
const inPlaces = (4 * cases.length - 3 * missed.length - 3 * harmful.length) / (4 * cases.length);
console.log(
  `${right} of ${cases.length} names right (${((100 * right) / cases.length).toFixed(1)} %); in four places ${(100 * inPlaces).toFixed(1)} %`,
);
show('applications that get an environment, harmless', missed);
show('libraries that get pipx, harmful', harmful);
