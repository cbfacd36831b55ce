// Measures pip-detour against doing without it, side by side in one run: medians of interleaved runs, ratios, spread.
//   npm run bench [-- --runs 21]
// Needs a system pip that is externally managed; strace for the prompt's row. Writes .bench/result.json.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const shim = join(top, 'dist/shims/pip');
const pip = '/usr/bin/pip';
const python = '/usr/bin/python3';
const at = process.argv.indexOf('--runs');
const runs = at === -1 ? 21 : Number(process.argv[at + 1]);

const root = mkdtempSync(join(tmpdir(), 'pip-detour-bench-'));
const wheels = join(root, 'wheels');
mkdirSync(wheels);
execFileSync(python, [join(top, 'src/make-wheel.py'), wheels, 'demo-lib', '1.0']);

const plain = {
  HOME: join(root, 'home'),
  PATH: `${dirname(shim)}:/usr/bin:/bin`,
  LANG: 'C.UTF-8',
  TERM: 'xterm-256color',
  PIP_CONFIG_FILE: '/dev/null',
  PIP_NO_INDEX: '1',
  PIP_FIND_LINKS: wheels,
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
  PIP_ROOT_USER_ACTION: 'ignore',
};
mkdirSync(plain.HOME);
/** As in many companies: Node 18 and 20 read this whole bundle at every start. */
const certificates = { ...plain, NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt' };

/** Milliseconds one command takes, from outside. `prepare` is not counted. */
function timed({ command, args, env, cwd, prepare, expect = 0 }) {
  prepare?.();
  const from = process.hrtime.bigint();
  const ran = spawnSync(command, args, { env, cwd, stdio: 'ignore' });
  const took = Number(process.hrtime.bigint() - from) / 1e6;
  if (ran.status !== expect) throw new Error(`${command} ${args.join(' ')} ended with ${ran.status}`);
  return took;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

const rows = [];
/** Runs ours and theirs in turn, `count` times each after one of each to warm up. */
function compare(name, ours, theirs, count = runs) {
  const times = { ours: [], theirs: [] };
  for (let run = -1; run < count; run += 1) {
    const both = run % 2 === 0 ? [ours, theirs] : [theirs, ours];
    for (const side of both) {
      const took = timed(side);
      if (run >= 0) times[side === ours ? 'ours' : 'theirs'].push(took);
    }
  }
  report(name, times.ours, times.theirs);
}

function report(name, ours, theirs) {
  const row = {
    name,
    runs: ours.length,
    ours: median(ours),
    theirs: median(theirs),
    ratio: median(ours) / median(theirs),
    added: median(ours) - median(theirs),
    spread: [Math.min(...ours), Math.max(...ours), Math.min(...theirs), Math.max(...theirs)],
  };
  rows.push(row);
  const ms = (value) => value.toFixed(value < 20 ? 2 : 0).padStart(8);
  console.log(
    `${name.padEnd(64)}${ms(row.ours)} ms ${ms(row.theirs)} ms   × ${row.ratio.toFixed(2)}   ${row.added >= 0 ? '+' : ''}${row.added.toFixed(1)} ms`,
  );
}

const project = join(root, 'home/shop');
const fresh = () => {
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project);
};
fresh();

console.log(
  `Node ${process.versions.node}, ${cpus().length} CPUs, load ${loadavg()[0].toFixed(1)}, ${execFileSync(pip, ['--version']).toString().trim()}, ${runs} runs each\n`,
);
console.log(`${''.padEnd(64)}${'ours'.padStart(11)} ${'without'.padStart(11)}`);

// A pip that does nothing shows what the shim itself adds; a real one, what that is worth.
mkdirSync(join(root, 'elf'));
execFileSync('cp', ['/bin/true', join(root, 'elf/pip')]);
compare(
  'the shim alone (the pip behind it is /bin/true)',
  {
    command: shim,
    args: ['--version'],
    env: { ...plain, PATH: `${dirname(shim)}:${join(root, 'elf')}` },
    cwd: project,
  },
  { command: join(root, 'elf/pip'), args: ['--version'], env: plain, cwd: project },
  Math.max(runs, 201),
);
compare(
  'pip --version',
  { command: shim, args: ['--version'], env: plain, cwd: project },
  { command: pip, args: ['--version'], env: plain, cwd: project },
);
compare(
  'a refusal nobody can answer',
  { command: shim, args: ['install', 'demo-lib'], env: plain, cwd: project, expect: 1 },
  { command: pip, args: ['install', 'demo-lib'], env: plain, cwd: project, expect: 1 },
);

const byHand = join(root, 'home/by-hand');
const handScript = `rm -rf .venv && ${python} -m venv .venv && .venv/bin/pip install -q demo-lib`;
mkdirSync(byHand, { recursive: true });
const canVenv = spawnSync('/bin/sh', ['-c', handScript], { env: plain, cwd: byHand }).status === 0;
if (canVenv)
  compare(
    'first rescue: python3 -m venv .venv && .venv/bin/pip install demo-lib',
    {
      command: shim,
      args: ['install', 'demo-lib'],
      env: { ...plain, PIP_DETOUR: 'venv' },
      cwd: project,
      prepare: fresh,
    },
    {
      command: '/bin/sh',
      args: ['-c', `${python} -m venv .venv && .venv/bin/pip install demo-lib`],
      env: plain,
      cwd: byHand,
      prepare: () => rmSync(join(byHand, '.venv'), { recursive: true, force: true }),
    },
    Math.min(runs, 11),
  );
else console.log('first rescue: skipped, python3 -m venv does not work here (python3-venv is not installed)');

for (const [what, env] of [
  ['', plain],
  [', NODE_EXTRA_CA_CERTS set', certificates],
]) {
  const again = ['install', '--force-reinstall', 'demo-lib'];
  timed({
    command: shim,
    args: ['install', 'demo-lib'],
    env: { ...plain, PIP_DETOUR: 'venv' },
    cwd: project,
    prepare: fresh,
  });
  compare(
    `choice stands, environment exists: .venv/bin/python -m pip${what}`,
    { command: shim, args: again, env: { ...env, PIP_DETOUR: 'venv' }, cwd: project },
    { command: join(project, '.venv/bin/python'), args: ['-m', 'pip', ...again], env, cwd: project },
  );
}

if (existsSync('/usr/bin/strace')) await promptRow();
else console.log("the prompt's first frame: skipped, strace is not installed");

/** From pip's last system call to the frame's first byte, as the kernel saw both; and the whole against pip alone. */
async function promptRow() {
  const untilFrame = [];
  for (let run = -1; run < runs; run += 1) {
    fresh();
    const log = join(root, 'trace');
    const traced = `exec strace -f -ttt -s 200 --seccomp-bpf -e trace=execve,exit_group,write -o ${log} ${shim} install demo-lib`;
    await frame(traced);
    const lines = readFileSync(log, 'utf8').split('\n');
    const pid = lines.find((line) => line.includes(`execve("${pip}"`))?.split(/\s+/)[0];
    const exit = lines.find((line) => line.startsWith(`${pid} `) && line.includes('exit_group'));
    const drawn = lines.find((line) => line.includes('write(') && line.includes('This Python belongs'));
    if (exit === undefined || drawn === undefined) throw new Error('the trace does not show exit and frame');
    const seconds = (line) => Number(line.trim().split(/\s+/)[1]);
    if (run >= 0) untilFrame.push((seconds(drawn) - seconds(exit)) * 1000);
  }
  const ours = [];
  const theirs = [];
  for (let run = -1; run < runs; run += 1) {
    const withUs = await frame(`exec ${shim} install demo-lib`);
    const without = timed({
      command: pip,
      args: ['install', 'demo-lib'],
      env: plain,
      cwd: project,
      expect: 1,
    });
    if (run >= 0) {
      ours.push(withUs);
      theirs.push(without);
    }
  }
  report('refused pip and the prompt on the screen, against the refusal alone', ours, theirs);
  console.log(
    `${"from pip's exit to the prompt's first frame".padEnd(64)}${median(untilFrame).toFixed(1).padStart(8)} ms   (${Math.min(...untilFrame).toFixed(1)} … ${Math.max(...untilFrame).toFixed(1)})`,
  );
  rows.push({ name: "from pip's exit to the prompt's first frame", ours: median(untilFrame), runs });
}

/** Milliseconds until the prompt stands on a terminal; it is then left by Ctrl-C. */
function frame(line) {
  return new Promise((resolve, reject) => {
    const from = process.hrtime.bigint();
    const pty = spawn('/bin/sh', ['-c', line], {
      name: 'xterm-256color',
      cols: 100,
      rows: 40,
      cwd: project,
      env: plain,
    });
    let seen = '';
    let took;
    pty.onData((data) => {
      seen += data;
      if (took === undefined && seen.includes('This Python belongs')) {
        took = Number(process.hrtime.bigint() - from) / 1e6;
        pty.write('\x03');
      }
    });
    pty.onExit(() => (took === undefined ? reject(new Error(`no prompt came:\n${seen}`)) : resolve(took)));
  });
}

mkdirSync(join(top, '.bench'), { recursive: true });
writeFileSync(
  join(top, '.bench/result.json'),
  `${JSON.stringify({ node: process.versions.node, rows }, null, 2)}\n`,
);
rmSync(root, { recursive: true, force: true });
