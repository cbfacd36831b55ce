// Draws docs/recording.svg: a person types `pip install`, Enter, and uses the package in the same terminal. All of it
// happens, with an environment made for it. Only the clock of the film is its own, so that it is drawn the same however
// long things took.
import { join } from 'node:path';
import { runsOf, save, textOf, windowOf } from './screen.mjs';
import { asked, openTerminal, top } from './terminal.mjs';

const file = join(top, 'docs/recording.svg');
const [columns, rows] = [92, 30];
const terminal = openTerminal({ program: process.argv[2] ?? join(top, 'dist'), columns, rows });
const { lines, until } = terminal;

/** How long things are shown, in ms. */
const shown = { letter: 55, before: 500, question: 2600, result: 1400, end: 5000 };

/** Every picture of the film: the lines as drawn, and how long they stay. */
const frames = [];
function keep(lasts) {
  const drawn = lines().map((_, row) => textOf(runsOf(terminal.line(row), columns), row).join(''));
  frames.push({ drawn, lasts });
}

async function type(line) {
  keep(shown.before);
  for (let length = 1; length <= line.length; length += 1) {
    terminal.write(line[length - 1]);
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
  terminal.write('\r');
  await until(asked);
  keep(shown.question);
  terminal.write('\r');
  await until(/Successfully installed.*\(shop\) ~\/work\/shop \$$/s);
  keep(shown.result);
  await type('python -c "import demo_package; print(demo_package.__version__)"');
  terminal.write('\r');
  await until(/^1\.0\n.*\$$/m);
  keep(shown.end);
} finally {
  terminal.end();
}
const drawn = film();
save(file, drawn);
process.exit();
