// Draws docs/prompt.svg: the question that `pip install requests flask` leads to on this machine, read back from a real
// terminal.
import { join } from 'node:path';
import { runsOf, save, textOf, windowOf } from './screen.mjs';
import { asked, openTerminal, top } from './terminal.mjs';

const [columns, rows] = [100, 24];
const terminal = openTerminal({ program: process.argv[2] ?? join(top, 'dist'), columns, rows });
try {
  await terminal.until(/shop \$$/);
  terminal.write('pip install requests flask\r');
  await terminal.until(asked);
  const label = terminal.lines().filter((line) => line !== '');
  const used = terminal.lines().findLastIndex((line) => line !== '') + 1;
  const drawn = Array.from({ length: used }, (_, row) => textOf(runsOf(terminal.line(row), columns), row));
  save(
    join(top, 'docs/prompt.svg'),
    windowOf({ columns, rows: used, label: label.join(' '), content: drawn.flat() }),
  );
} finally {
  terminal.end();
}
process.exit();
