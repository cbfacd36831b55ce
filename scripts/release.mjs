// Makes release/: everything that is given out, the same bytes for the same sources and the same Node.
//   npm run release                    without an address: get.sh says that it has none
//   npm run release -- --url BASE      for the address where the files of release/ will lie
//   npm run release -- --out DIRECTORY     elsewhere than in release/
// The time of everything is SOURCE_DATE_EPOCH (reproducible-builds.org), else that of the commit.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { archive } from './release/archive.mjs';
import { deb } from './release/deb.mjs';
import { getScript } from './release/get.mjs';
import { npmPackage } from './release/npm.mjs';
import { tree } from './release/program.mjs';
import { wheel } from './release/wheel.mjs';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');

try {
  const { values } = parseArgs({
    options: { url: { type: 'string', default: '' }, out: { type: 'string', default: join(top, 'release') } },
  });
  const release = prepare(address(values.url));
  const packages = [archive(release), npmPackage(release), wheel(release), deb(release)];
  put(resolve(values.out), [...packages, getScript(release, packages[0])]);
} catch (error) {
  console.error(`release: ${error.message}`);
  process.exitCode = 1;
}

/** `BASE` without a slash at its end. It is written into a script, so it must need no quoting there. */
function address(url) {
  if (url === '') return url;
  if (!/^https?:\/\/[\w.:[\]@%~+,/-]+$/.test(url))
    throw new Error(`${url} is no address; give one that begins with https://`);
  return url.replace(/\/+$/, '');
}

/** What every package is made from. */
function prepare(url) {
  const about = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8'));
  return {
    top,
    url,
    version: about.version,
    seconds: sourceDate(),
    maintainer: about.author,
    about: { ...about, runs: runsOn() },
    program: builtProgram(),
  };
}

/** The oldest Node that the program runs with, as src/start.cjs has it: `18.19`. */
function runsOn() {
  const [, major, minor] = /\boldest = \[(\d+), (\d+)\]/.exec(
    readFileSync(join(top, 'src/start.cjs'), 'utf8'),
  );
  return `${major}.${minor}`;
}

function sourceDate() {
  const given = process.env.SOURCE_DATE_EPOCH;
  if (given !== undefined && !/^\d+$/.test(given))
    throw new Error(`SOURCE_DATE_EPOCH is ${given}, which is no number of seconds`);
  if (given !== undefined) return Number(given);
  try {
    const git = ['-C', top, 'log', '-1', '--format=%ct'];
    return Number(execFileSync('git', git, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    throw new Error('there is no commit to take the time from; set SOURCE_DATE_EPOCH to seconds since 1970');
  }
}

/** The program as an archive holds it: without what belongs to this machine. */
function builtProgram() {
  const work = mkdtempSync(join(tmpdir(), 'pip-detour-release-'));
  try {
    const program = join(work, 'program');
    const run = (...words) => execFileSync(process.execPath, words, { stdio: 'inherit' });
    run(join(top, 'scripts/build.mjs'), program);
    run(join(top, 'scripts/same-program.mjs'), 'record', program);
    return tree(program).filter(({ path }) => path !== 'node');
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Written beside and swapped in: nobody finds half of it. */
function put(place, files) {
  const fresh = `${place}.new-${process.pid}`;
  mkdirSync(fresh);
  const sums = [...files]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, bytes }) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`);
  for (const { name, bytes } of [...files, { name: 'SHA256SUMS', bytes: sums.join('') }])
    writeFileSync(join(fresh, name), bytes);
  chmodSync(join(fresh, 'get.sh'), 0o755);
  rmSync(place, { recursive: true, force: true });
  renameSync(fresh, place);
  for (const { name, bytes } of files)
    console.log(`${join(place, name)}  ${Math.ceil(bytes.length / 1024)} kB`);
}
