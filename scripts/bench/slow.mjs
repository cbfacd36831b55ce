import { appendFileSync, existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { summary } from './measure.mjs';
import { drawn } from './prompt.mjs';
import { pip, python } from './stage.mjs';

/** A tenth of one core, as cgroups(7) give it: version 2, else version 1. As root. */
function tenth() {
  const name = `pip-detour-${process.pid}`;
  const second = existsSync('/sys/fs/cgroup/cgroup.controllers');
  const directory = join(second ? '/sys/fs/cgroup' : '/sys/fs/cgroup/cpu', name);
  mkdirSync(directory, { recursive: true });
  if (second) writeFileSync(join(directory, 'cpu.max'), '10000 100000');
  else {
    writeFileSync(join(directory, 'cpu.cfs_period_us'), '100000');
    writeFileSync(join(directory, 'cpu.cfs_quota_us'), '10000');
  }
  return {
    procs: join(directory, 'cgroup.procs'),
    strike() {
      try {
        rmdirSync(directory);
      } catch {
        // Somebody has not quite ended yet; an empty group costs nothing.
      }
    },
  };
}

/**
 * What a person sees on a machine with a tenth of a core, as Markdown: seconds from Enter to each sign on the terminal.
 * `programs`: by name, directories that hold an installed program. `directory`: where recordings of them are put.
 */
export async function slowly(stage, runs, programs, directory) {
  const rows = [];
  const cast = (name) => directory && join(directory, `${name}.cast`);
  const line = (cells) => `| ${cells.join(' | ')} |`;
  for (const [name, program] of Object.entries(programs)) {
    const shim = join(program, 'shims/pip');
    const first = await medians(
      stage,
      runs,
      `exec ${shim} install demo-lib`,
      [
        // Keys count from then on; the line below the question says so.
        [drawn, ''],
        ['remember for', '\r'],
        ['Successfully installed', ''],
      ],
      cast(`${name}, answered`),
    );
    rows.push([`${name}: the question, answered as soon as keys count`, ...first]);
    const left = await medians(
      stage,
      runs,
      `exec ${shim} install demo-lib`,
      [
        [drawn, ''],
        ['remember for', '\x1b'],
        ['See PEP 668', ''],
      ],
      cast(`${name}, left`),
    );
    rows.push([`${name}: left, for pip's own message`, ...left]);
  }
  const hand = `${pip} install demo-lib; ${python} -m venv .venv && exec .venv/bin/pip install demo-lib`;
  const [refused, installed, end] = await medians(
    stage,
    runs,
    hand,
    [
      ['See PEP 668', ''],
      ['Successfully installed', ''],
    ],
    cast('by hand'),
  );
  rows.push([
    'by hand: pip, python3 -m venv, pip, typed in no time',
    `${refused} (the refusal)`,
    '',
    installed,
    end,
  ]);
  const head = [
    'seconds from Enter, medians',
    'the question',
    'keys count',
    "pip's last line",
    'the shell again',
  ];
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Medians of when each sign came, and when all had ended, in seconds; `cast` is where the first run is recorded. */
async function medians(stage, runs, command, signs, cast) {
  const all = [];
  for (let run = 0; run < runs; run += 1) {
    stage.forget();
    stage.fresh(stage.project);
    all.push(await watch(stage, command, signs, run === 0 ? cast : undefined));
  }
  return all[0].map((_, at) => (summary({ wall: all.map((one) => one[at]) }).median / 1000).toFixed(1));
}

/** `cast`: a file in the format of asciinema (asciicast v2), in the seconds that it took. */
function watch(stage, command, signs, cast) {
  const slow = tenth();
  const [columns, rows] = [100, 40];
  if (cast !== undefined)
    writeFileSync(
      cast,
      `${JSON.stringify({ version: 2, width: columns, height: rows, title: basename(cast, '.cast') })}\n`,
    );
  return new Promise((resolve, reject) => {
    const pty = spawn('/bin/sh', ['-c', `read -r _; ${command}`], {
      name: 'xterm-256color',
      cols: columns,
      rows,
      cwd: stage.project,
      env: stage.env,
    });
    appendFileSync(slow.procs, `${pty.pid}\n`);
    const from = process.hrtime.bigint();
    const passed = () => Number(process.hrtime.bigint() - from) / 1e6;
    pty.write('\n');
    const came = [];
    let seen = '';
    pty.onData((data) => {
      seen += data;
      if (cast !== undefined) appendFileSync(cast, `${JSON.stringify([passed() / 1000, 'o', data])}\n`);
      while (came.length < signs.length && seen.includes(signs[came.length][0])) {
        pty.write(signs[came.length][1]);
        came.push(passed());
      }
    });
    const late = setTimeout(() => pty.kill('SIGKILL'), 300_000);
    pty.onExit(() => {
      clearTimeout(late);
      slow.strike();
      if (came.length < signs.length) reject(new Error(`${signs[came.length][0]} never came:\n${seen}`));
      else resolve([...came, passed()]);
    });
  });
}
