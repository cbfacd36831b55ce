// Measures pip-detour against doing without it, side by side in one run: medians of interleaved runs, ratios, spread.
//   npm run bench [-- --runs 21] [-- --only forwarding,prompt] [-- --publish] [-- --profile]
//   npm run bench -- --slow [--against DIRECTORY] [--runs 3]    what a person sees with a tenth of a core (root, cgroups)
// Needs a system pip that is externally managed; what else is missing is skipped by name. Writes .bench/result.json and
// .bench/plot.svg; with --publish the table goes into docs/performance.md and the plot into docs/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import yargs from 'yargs';
import { forwarding } from './bench/forwarding.mjs';
import { growth } from './bench/growth.mjs';
import { hooks } from './bench/hooks.mjs';
import { Table, versionOf } from './bench/measure.mjs';
import { insert, publish } from './bench/page.mjs';
import { fetchPeers } from './bench/peers.mjs';
import { plot } from './bench/plot.mjs';
import { profile } from './bench/profile.mjs';
import { prompt } from './bench/prompt.mjs';
import { remembered, rescue, unattended } from './bench/refusals.mjs';
import { slowly } from './bench/slow.mjs';
import { pip, setStage } from './bench/stage.mjs';

const parts = {
  forwarding,
  unattended,
  prompt,
  remembered,
  rescue: (table, stage, runs) => rescue(table, stage, runs, fetchPeers(stage)),
  hooks,
  growth,
};

const options = await yargs(process.argv.slice(2))
  .option('runs', { type: 'number', default: 21, describe: 'Runs of each side' })
  .option('only', { type: 'string', describe: `Some of ${Object.keys(parts).join(',')}` })
  .option('publish', {
    type: 'boolean',
    default: false,
    describe: 'Put table and plot into docs/',
  })
  .option('profile', {
    type: 'boolean',
    default: false,
    describe: 'Show where the time goes of what misses its target, in place of the table',
  })
  .option('slow', {
    type: 'boolean',
    default: false,
    describe: 'Show what a person sees with a tenth of a core, in place of the table',
  })
  .option('against', { type: 'string', describe: 'With --slow: another version, a dist/ of its own' })
  .option('record', { type: 'string', describe: 'With --slow: a directory for recordings (asciicast v2)' })
  // A part of the table is no table; `publish` is set even where it is not asked for.
  .check(
    ({ publish: wanted, only }) =>
      !wanted || only === undefined || '--publish wants a whole run, without --only',
  )
  .strict()
  .parse();

const top = join(import.meta.dirname, '..');
const machine = `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? '?'}, ${versionOf(pip, '--version')?.split(' from ')[0]}`;
console.log(
  `${machine}, load ${loadavg()[0].toFixed(1)}, ${options.runs} runs of each side, medians (smallest…largest)`,
);

const began = Date.now();
const stage = setStage();
if (options.profile) {
  try {
    const text = `${new Date().toISOString().slice(0, 10)}, ${machine}, ${options.runs} runs.\n\n${await profile(stage, options.runs, fetchPeers(stage))}`;
    console.log(`\n${text}`);
    if (options.publish) insert(join(top, 'docs/performance.md'), text, 'profile');
  } finally {
    stage.strike();
  }
  process.exit();
}
if (options.slow) {
  try {
    const programs = {
      ...(options.against === undefined ? {} : { before: options.against }),
      now: stage.program,
    };
    const text = `${new Date().toISOString().slice(0, 10)}, ${machine}, ${options.runs} runs.\n\n${await slowly(stage, options.runs, programs, options.record)}`;
    console.log(`\n${text}`);
    if (options.publish) insert(join(top, 'docs/performance.md'), text, 'slow');
  } finally {
    stage.strike();
  }
  process.exit();
}
const table = new Table();
try {
  for (const [name, part] of Object.entries(parts)) {
    if (options.only !== undefined && !options.only.split(',').includes(name)) continue;
    try {
      await part(table, stage, options.runs);
    } catch (error) {
      table.skip(name, error.message);
    }
  }
} finally {
  stage.strike();
}

const judged = table.rows.filter((row) => row.met !== undefined);
const missed = judged.filter((row) => !row.met);
console.log(
  `\n${judged.length - missed.length} of ${judged.length} targets met, in ${((Date.now() - began) / 1000).toFixed(0)} s${missed.length === 0 ? '' : `; missed: ${missed.map((row) => row.name).join('; ')}`}`,
);
mkdirSync(join(top, '.bench'), { recursive: true });
const result = { at: new Date().toISOString(), machine, runs: options.runs, rows: table.rows };
writeFileSync(join(top, '.bench/result.json'), `${JSON.stringify(result, null, 2)}\n`);
const picture = plot(table.rows, machine);
if (picture !== '') {
  writeFileSync(join(top, '.bench/plot.svg'), picture);
  if (options.publish) publish(top, result, picture);
}
