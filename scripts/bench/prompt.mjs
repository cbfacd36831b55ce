import { readFileSync } from 'node:fs';
import { spawn } from '@lydell/node-pty';
import { inTurn, onPath, quietAndBusy, summary } from './measure.mjs';
import { pip } from './stage.mjs';

/** What stands in the prompt's first line. */
export const drawn = 'This Python belongs';

/** The prompt: how soon it stands, what that takes from pip, how much memory it holds. */
export async function prompt(table, stage, runs) {
  table.title('A refusal, and the prompt on a terminal');
  stage.fresh(stage.project);
  await quietAndBusy(runs, (count, how) => question(table, stage, count, how));
  const memory = [];
  // Once keys count Ink is there; at the first frame it is still to come.
  for (let run = 0; run < 5; run += 1)
    memory.push((await ask(stage, `exec ${stage.shim} install demo-lib`, 'remember for')).peak);
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

/** How soon it stands, against pip's refusal alone: there the terminal is the person's again once pip has ended. */
async function question(table, stage, runs, how) {
  const [ours, theirs] = [[], []];
  for (let run = -1; run < runs; run += 1) {
    const shown = await ask(stage, `exec ${stage.shim} install demo-lib`);
    const alone = await ask(stage, `exec ${pip} install demo-lib`, 'See PEP 668', {}, '');
    if (run < 0) continue;
    ours.push(shown.took);
    theirs.push(alone.ended);
  }
  const [mine, alone] = [summary({ wall: ours }), summary({ wall: theirs })];
  // A machine that is busy takes what time it takes.
  const quiet = how === '';
  table.add({
    name: `from Enter to the question on the screen${how}`,
    ours: mine,
    theirs: alone,
    against: 'the refusal alone, until pip has ended',
    target: quiet ? '≤ ×0.35, ≤ 90 ms' : '≤ ×0.35',
    met: mine.median / alone.median <= 0.35 && (!quiet || mine.median <= 90),
  });
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
