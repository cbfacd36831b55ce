// Draws docs/recording.svg: a person types `pip install`, Enter, and uses the package in the same terminal. All of it
// happens: a bash that has read our hook, on a real pty, with the system's pip, an environment and a package made for it.
// Only the clock of the film is its own, so that it is drawn the same however long things took.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';
import { runsOf, save, textOf, windowOf } from './screen.mjs';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const program = process.argv[2] ?? join(top, 'dist');
const file = join(top, 'docs/recording.svg');
const [columns, rows] = [92, 30];

/** How long things are shown, in ms. */
const shown = { letter: 55, before: 500, question: 2600, result: 1400, end: 5000 };

const root = mkdtempSync(join(tmpdir(), 'pip-detour-recording-'));
const project = join(root, 'work/shop');
mkdirSync(join(project, 'wheels'), { recursive: true });
writeFileSync(join(project, 'pyproject.toml'), '');
const made = spawnSync('/usr/bin/python3', [
  join(top, 'src/python/make-wheel.py'),
  join(project, 'wheels'),
  'demo-package',
  '1.0',
]);
if (made.status !== 0) throw new Error(`recording: no wheel could be made: ${made.stderr}`);
const rc = join(root, 'rc');
writeFileSync(rc, `PS1='\\[\\e[2m\\]\\w $\\[\\e[0m\\] '\n. ${join(program, 'hook.bash')}\n`);

const vt = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
const pty = spawn('/bin/bash', ['--noprofile', '--rcfile', rc, '-i'], {
  name: 'xterm-256color',
  cols: columns,
  rows,
  cwd: project,
  env: {
    HOME: root,
    PATH: `${join(root, '.local/bin')}:/usr/bin:/bin`,
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    SHELL: '/bin/bash',
    PIP_CONFIG_FILE: '/dev/null',
    PIP_NO_INDEX: '1',
    PIP_FIND_LINKS: 'wheels',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    PIP_ROOT_USER_ACTION: 'ignore',
  },
});
const listeners = new Set();
pty.onData((data) =>
  vt.write(data, () => {
    for (const listener of listeners) listener();
  }),
);

const lines = () =>
  Array.from({ length: rows }, (_, row) => vt.buffer.active.getLine(row)?.translateToString(true) ?? '');
const text = () => lines().join('\n').trimEnd();

/** Resolves once the screen is as wanted. */
function until(wanted) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`recording: waited for ${wanted}:\n${text()}`)), 60_000);
    const look = () => {
      if (!wanted.test(text())) return;
      clearTimeout(timer);
      listeners.delete(look);
      resolve();
    };
    listeners.add(look);
    look();
  });
}

/** Every picture of the film: the lines as drawn, and how long they stay. */
const frames = [];
function keep(lasts) {
  const drawn = lines().map((_, row) => textOf(runsOf(vt.buffer.active.getLine(row), columns), row).join(''));
  frames.push({ drawn, lasts });
}

async function type(line) {
  keep(shown.before);
  for (let length = 1; length <= line.length; length += 1) {
    pty.write(line[length - 1]);
    const typed = line.slice(0, length).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    await until(new RegExp(`\\$ ${typed.trimEnd()}$`));
    keep(shown.letter);
  }
  frames.at(-1).lasts = shown.before;
}

/** Each line of the screen is drawn once for each stretch of time in which it stays the same. */
function film() {
  const whole = frames.reduce((sum, { lasts }) => sum + lasts, 0);
  const last = frames.at(-1);
  const used = Math.max(...frames.flatMap(({ drawn }) => drawn.findLastIndex((line) => line !== '') + 1));
  const groups = [];
  for (let row = 0; row < used; row += 1) {
    let time = 0;
    let stretch;
    for (const { drawn, lasts } of frames) {
      if (stretch?.line !== drawn[row]) {
        stretch = { line: drawn[row], from: time, to: time };
        if (stretch.line !== '') groups.push(stretch);
      }
      time += lasts;
      stretch.to = time;
    }
  }
  const at = (time) => `${((100 * time) / whole).toFixed(2)}%`;
  const names = new Map();
  for (const key of new Set(groups.map(({ from, to }) => `${from}-${to}`))) names.set(key, `s${names.size}`);
  const style = [...names].map(([key, name]) => {
    const [from, to] = key.split('-').map(Number);
    const steps = [
      ...(from > 0 ? ['0%{visibility:hidden}'] : []),
      `${at(from)}{visibility:visible}`,
      ...(to < whole ? [`${at(to)}{visibility:hidden}`] : []),
    ];
    const resting = to === whole ? 'visible' : 'hidden';
    return `.${name}{visibility:${resting};animation:${name} ${whole}ms step-end infinite}@keyframes ${name}{${steps.join('')}}`;
  });
  return windowOf({
    columns,
    rows: used,
    label: `A recording of a terminal. ${lines()
      .filter((_, row) => last.drawn[row] !== '')
      .join(' ')}`,
    style: `${style.join('\n')}\n@media (prefers-reduced-motion: reduce){g{animation:none!important}}\n`,
    content: groups.map(({ line, from, to }) => `<g class="${names.get(`${from}-${to}`)}">${line}</g>`),
  });
}

try {
  await until(/shop \$$/);
  await type('pip install demo-package');
  pty.write('\r');
  // Debian's packages are looked up meanwhile.
  await until(/^(?!.*looking …).*esc leave/s);
  keep(shown.question);
  pty.write('\r');
  await until(/Successfully installed.*\(\.venv\) ~\/work\/shop \$$/s);
  keep(shown.result);
  await type('python -c "import demo_package; print(demo_package.__version__)"');
  pty.write('\r');
  await until(/^1\.0\n.*\$$/m);
  keep(shown.end);
} finally {
  pty.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
}
const drawn = film();
save(file, drawn);
process.exit();
