import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { inTurn, onPath, summary } from './measure.mjs';
import { pip } from './stage.mjs';

/** What stands in the prompt's first line. */
export const drawn = 'This Python belongs';

/** The prompt: how soon it stands, what that takes from pip, how much memory it holds. */
export async function prompt(table, stage, runs) {
  table.title('A refusal, and the prompt on a terminal');
  stage.fresh(stage.project);
  if (onPath('strace') === undefined)
    table.skip("from pip's exit to the first frame", 'strace is not installed');
  else await untilFrame(table, stage, runs);
  const ours = [];
  const theirs = [];
  const memory = [];
  for (let run = -1; run < runs; run += 1) {
    const shown = await ask(stage, `exec ${stage.shim} install demo-lib`);
    const alone = await ask(stage, `exec ${pip} install demo-lib`, 'See PEP 668', {}, '');
    if (run < 0) continue;
    ours.push(shown.took);
    // The question follows pip's end; alone, too, the terminal is the person's again only then.
    theirs.push(alone.ended);
    // Once keys count Ink is there; at the first frame it is still to come.
    if (run < 5) memory.push((await ask(stage, `exec ${stage.shim} install demo-lib`, 'remember for')).peak);
  }
  const ratio = summary({ wall: ours }).median / summary({ wall: theirs }).median;
  table.add({
    name: 'refused pip and the prompt on the screen',
    ours: summary({ wall: ours }),
    theirs: summary({ wall: theirs }),
    against: 'the refusal alone, until pip has ended',
    target: '≤ ×1.10',
    met: ratio <= 1.1,
  });
  const held = summary({ wall: memory });
  table.add({
    name: 'peak memory with the prompt open',
    ours: held,
    unit: 'MB',
    target: '≤ 90 MB',
    met: held.median <= 90,
  });
  lookUp(table, stage);
  await whileInstalling(table, stage);
}

/** From pip's last system call to the frame's first byte, as the kernel saw both. */
async function untilFrame(table, stage, runs) {
  const took = [];
  for (let run = -1; run < runs; run += 1) {
    const log = join(stage.root, 'trace');
    const line = `exec strace -f -ttt -s 200 --seccomp-bpf -e trace=execve,exit_group,write -o ${log} ${stage.shim} install demo-lib`;
    await ask(stage, line);
    const lines = readFileSync(log, 'utf8').split('\n');
    const pid = lines.find((each) => each.includes(`execve("${pip}"`))?.split(/\s+/)[0];
    const exit = lines.find((each) => each.startsWith(`${pid} `) && each.includes('exit_group'));
    const frame = lines.find((each) => each.includes('write(') && each.includes(drawn));
    if (exit === undefined || frame === undefined) throw new Error('the trace does not show exit and frame');
    const seconds = (each) => Number(each.trim().split(/\s+/)[1]);
    if (run >= 0) took.push((seconds(frame) - seconds(exit)) * 1000);
  }
  const ours = summary({ wall: took });
  table.add({ name: "from pip's exit to the first frame", ours, target: '≤ 25 ms', met: ours.median <= 25 });
}

/** What the package manager takes to answer, which the frame above did not wait for. */
function lookUp(table, stage) {
  const apt = onPath('apt-cache');
  if (apt === undefined) return table.skip('look-up of a system package', 'only apt is measured');
  const side = { name: 'apt', argv: [apt, 'policy', 'python3-demo-lib'], env: stage.env, cwd: '/' };
  const found = inTurn([side], 5);
  table.add({
    name: 'look-up of a system package, not waited for',
    ours: summary(found.apt),
    note: 'apt-cache policy',
  });
}

/** Our process while the pip that it retried runs. */
async function whileInstalling(table, stage) {
  const peaks = [];
  for (let run = 0; run < 3; run += 1) {
    const { peak } = await ask(
      stage,
      `exec ${stage.shim} install --force-reinstall demo-lib`,
      'Successfully installed',
      {
        PIP_DETOUR: 'venv',
      },
    );
    peaks.push(peak);
  }
  table.add({
    name: 'peak memory while the retried pip runs',
    ours: summary({ wall: peaks }),
    unit: 'MB',
    note: 'it must tell, remember and clean up when pip has ended',
  });
}

/**
 * Runs a line on a terminal until `sign` is on it, and presses `key` then: after how many ms that was, the peak memory
 * in MB until then, and after how many ms all had ended.
 */
export function ask(stage, line, sign = drawn, more = {}, key = '\x03') {
  return new Promise((resolve, reject) => {
    const from = process.hrtime.bigint();
    const passed = () => Number(process.hrtime.bigint() - from) / 1e6;
    const pty = spawn('/bin/sh', ['-c', line], {
      name: 'xterm-256color',
      cols: 100,
      rows: 40,
      cwd: stage.project,
      env: { ...stage.env, ...more },
    });
    let seen = '';
    let found;
    pty.onData((data) => {
      seen += data;
      if (found !== undefined || !seen.includes(sign)) return;
      found = { took: passed(), peak: peakOf(pty.pid) };
      pty.write(key);
    });
    const late = setTimeout(() => pty.kill('SIGKILL'), 60_000);
    pty.onExit(() => {
      clearTimeout(late);
      if (found === undefined) reject(new Error(`${sign} never came:\n${seen}`));
      else resolve({ ...found, ended: passed() });
    });
  });
}

function peakOf(pid) {
  try {
    return (
      Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024
    );
  } catch {
    return Number.NaN;
  }
}
