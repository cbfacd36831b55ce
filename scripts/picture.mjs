// Draws docs/prompt.svg: the real prompt, from the real bundle, on a real pty, read back from a terminal emulator.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';
import { runsOf, save, textOf, windowOf } from './screen.mjs';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const bundle = join(process.argv[2] ?? join(top, 'dist'), 'lib/prompt.cjs');
const file = join(top, 'docs/prompt.svg');
const columns = 88;

const question = {
  headline: 'This Python belongs to Debian, so pip may not change it (PEP 668).',
  command: 'pip install requests flask',
  place: '~/work/shop',
  options: [
    {
      id: 'venv',
      title: 'Use a virtual environment here',
      detail: 'create ~/work/shop/.venv · Python 3.11',
      recommended: 'pyproject.toml here',
      commands: [],
    },
    {
      id: 'pipx',
      title: 'Install as an app with pipx',
      detail: '',
      unavailable: 'requests has no commands to run',
      commands: [],
    },
    { id: 'none', title: 'Leave it', detail: "show pip's message", commands: [] },
  ],
  preselected: 0,
  rememberFor: '~/work/shop',
  remember: true,
  help: [],
};
const program = `require(${JSON.stringify(bundle)}).ask(${JSON.stringify(question)}, {color: true, screenReader: false})`;

/** The screen once `wanted` stands on it. */
async function screenOf(command, args, wanted) {
  const vt = new headless.Terminal({ cols: columns, rows: 24, allowProposedApi: true });
  const { CI: _, ...env } = process.env;
  const pty = spawn(command, args, { name: 'xterm-256color', cols: columns, rows: 24, env });
  const text = () =>
    Array.from({ length: vt.rows }, (_, row) => vt.buffer.active.getLine(row)?.translateToString(true) ?? '');
  await new Promise((resolve, reject) => {
    pty.onExit(() => reject(new Error(`picture: ended before it showed ${wanted}:\n${text().join('\n')}`)));
    pty.onData((data) =>
      vt.write(data, () => {
        if (text().some((line) => line.includes(wanted))) resolve();
      }),
    );
  });
  pty.kill('SIGKILL');
  const rows = text().findLastIndex((line) => line !== '') + 1;
  return Array.from({ length: rows }, (_, row) => runsOf(vt.buffer.active.getLine(row), columns));
}

function svg(lines) {
  const label = lines
    .map((runs) => runs.map((run) => run.text).join(' '))
    .join(' ')
    .trim();
  return windowOf({ columns, rows: lines.length, label, content: lines.flatMap(textOf) });
}

const shell =
  'printf \'\\033[2m~/work/shop $\\033[0m %s\\n\\n\' "pip install requests flask"; exec "$0" -e "$1"';
const drawn = svg(await screenOf('sh', ['-c', shell, process.execPath, program], 'esc leave'));
save(file, drawn);
process.exit();
