// How often Debian's package of a name would be offered, or taken unasked, for another project of that name: a random sample of
// the python3-* packages of this machine's apt lists, each typed as the name behind python3-.
//
//     node scripts/measure-namesakes.mjs PYPI.tsv [HOW-MANY] [SEED] >SAMPLE.tsv      (name, version, month, rank, summary)
//
// PYPI.tsv stands for the index: it has versions and summaries, no home pages. One row for each name that PyPI has, to be read:
// what happens without the index, and with its version alone; both versions, Debian's home page and both descriptions.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const top = join(import.meta.dirname, '..');
const [list, many = '300', seed = '16'] = process.argv.slice(2);
const entry = `export { debianNames, isProven, namesakes } from './debian-names.ts';
export { sameness } from './same-project.ts';
export { upstream } from './managers/upstream.ts';`;
const { outputFiles } = await build({
  stdin: { contents: entry, resolveDir: join(top, 'src/detours/system-package'), loader: 'ts' },
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
});
const { debianNames, isProven, namesakes, sameness, upstream } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`
);
const normal = (name) => name.toLowerCase().replace(/[-_.]+/g, '-');
const pypi = new Map();
for (const line of readFileSync(list, 'utf8').split('\n').slice(1)) {
  const [name = '', version = '', , , summary = ''] = line.split('\t');
  pypi.set(normal(name), { version, summary });
}
const apt = (...args) => execFileSync('apt-cache', args, { encoding: 'utf8', maxBuffer: 1 << 28 });
const all = apt('pkgnames', 'python3-').trim().split('\n').sort();
// A small generator of its own (mulberry32): the same sample everywhere.
let state = Number(seed);
const random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};
const sample = new Map();
while (sample.size < Number(many) && all.length > 0) {
  const [package_] = all.splice(Math.floor(random() * all.length), 1);
  const name = normal(package_.slice('python3-'.length));
  if (pypi.has(name)) sample.set(name, package_);
}
const shown = new Map(
  apt(
    'show',
    '--no-all-versions',
    ...new Set([...sample.keys()].flatMap((name) => [...debianNames(name), ...namesakes(name)])),
  )
    .split(/\n\n+/)
    .map((text) => [/^Package: (.*)$/m.exec(text)?.[1], text]),
);
const field = (text, name) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1];
const count = {};
for (const name of sample.keys()) {
  const known = debianNames(name).find((package_) => shown.has(package_));
  const other = namesakes(name).find((package_) => shown.has(package_));
  const package_ = known ?? other;
  if (package_ === undefined) continue;
  const text = shown.get(package_);
  const page = field(text, 'Homepage');
  const version = upstream(field(text, 'Version'));
  const doubt = known === undefined ? 'another' : isProven(name) ? undefined : 'guessed';
  const packaged = {
    kind: 'packaged',
    name,
    package: package_,
    version,
    ...(page ? { page } : {}),
    ...(doubt ? { doubt } : {}),
  };
  const answer = { kind: 'found', name, version: pypi.get(name).version };
  const found = sameness(packaged, answer);
  const without = doubt === undefined ? 'offered' : doubt === 'guessed' ? 'remark' : 'no';
  const withVersion =
    found === 'same'
      ? 'offered'
      : doubt === 'another' || (found === 'another' && doubt)
        ? 'no'
        : doubt === undefined && found !== 'another'
          ? 'offered'
          : 'remark';
  count[`without ${without}, with ${withVersion}`] =
    (count[`without ${without}, with ${withVersion}`] ?? 0) + 1;
  const told = [
    without,
    withVersion,
    name,
    package_,
    version,
    answer.version,
    page ?? '',
    field(text, 'Description(?:-en)?'),
    pypi.get(name).summary,
  ];
  console.log(told.join('\t'));
}
console.error(sample.size, 'names of', all.length + sample.size, count);
