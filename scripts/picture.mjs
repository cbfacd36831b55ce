// Draws docs/prompt.svg: the real prompt, from the real bundle, on a real pty, read back from a terminal emulator.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';

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
  return Array.from({ length: rows }, (_, row) => runsOf(vt.buffer.active.getLine(row)));
}

/** The cells of a line, those of one look together. */
function runsOf(line) {
  const runs = [];
  for (let column = 0; column < columns; column += 1) {
    const cell = line.getCell(column);
    if (cell === undefined || cell.getWidth() === 0) continue;
    const look = `${cell.isFgDefault() ? 'text' : `c${cell.getFgColor()}`}${cell.isBold() ? ' bold' : ''}${cell.isDim() ? ' dim' : ''}`;
    const last = runs.at(-1);
    const characters = cell.getChars() || ' ';
    if (last?.look === look) last.text += characters;
    else runs.push({ look, text: characters, column });
  }
  // Each piece of text at a place of its own: renderers do not agree on what rows of blanks are worth.
  return runs.flatMap((run) =>
    [...run.text.matchAll(/\S+(?: \S+)*/g)].map((found) => ({
      look: run.look,
      text: found[0],
      column: run.column + found.index,
    })),
  );
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function svg(lines) {
  const [cell, height, left, above] = [8.43, 21, 22, 62];
  const width = Math.ceil(left * 2 + columns * cell);
  const total = above + lines.length * height + 10;
  const text = lines.flatMap((runs, row) =>
    runs.map((run) => {
      const x = (left + run.column * cell).toFixed(1);
      // Keeps columns straight in whatever monospaced font there is.
      const size = ([...run.text].length * cell).toFixed(1);
      return `<text class="${run.look}" x="${x}" y="${above + row * height}" textLength="${size}">${escaped(run.text)}</text>`;
    }),
  );
  const label = lines
    .map((runs) => runs.map((run) => run.text).join(' '))
    .join(' ')
    .trim();
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" role="img" aria-label="${escaped(label).replaceAll('"', '&quot;')}">
<style>
text { font: 14px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre; }
.text { fill: #d8dee9; } .bold { font-weight: 700; } .dim { opacity: .6; }
.c1 { fill: #ff7b85; } .c2 { fill: #8fd694; } .c6 { fill: #6fd6e8; }
</style>
<rect width="${width}" height="${total}" rx="10" fill="#1b2028"/>
<path d="M0 34V10a10 10 0 0 1 10-10h${width - 20}a10 10 0 0 1 10 10v24z" fill="#262d38"/>
<circle cx="20" cy="17" r="6" fill="#ff5f57"/><circle cx="40" cy="17" r="6" fill="#febc2e"/><circle cx="60" cy="17" r="6" fill="#28c840"/>
${text.join('\n')}
</svg>
`;
}

const shell =
  'printf \'\\033[2m~/work/shop $\\033[0m %s\\n\\n\' "pip install requests flask"; exec "$0" -e "$1"';
const drawn = svg(await screenOf('sh', ['-c', shell, process.execPath, program], 'esc leave'));
mkdirSync(dirname(file), { recursive: true });
let before = '';
try {
  before = readFileSync(file, 'utf8');
} catch {
  // The first time.
}
if (before !== drawn) writeFileSync(file, drawn);
console.log(before === drawn ? 'docs/prompt.svg is as it was' : 'docs/prompt.svg drawn');
process.exit();
