// What a terminal shows, as the parts of an SVG: shared by the scripts that draw for the README.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Sizes in pixels: a cell of the terminal, and what is left and above of the first. */
const [cell, height, left, above] = [8.43, 21, 22, 62];

/** The cells of a line of @xterm/headless' buffer, those of one look together: each piece with the column it starts in. */
export function runsOf(line, columns) {
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

export const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The pieces of a line as SVG, in its place. */
export function textOf(runs, row) {
  return runs.map((run) => {
    const x = (left + run.column * cell).toFixed(1);
    // Keeps columns straight in whatever monospaced font there is.
    const size = ([...run.text].length * cell).toFixed(1);
    return `<text class="${run.look}" x="${x}" y="${above + row * height}" textLength="${size}">${escaped(run.text)}</text>`;
  });
}

/** A window of a terminal around its content; `style` is added to that of the text. */
export function windowOf({ columns, rows, label, style = '', content }) {
  const width = Math.ceil(left * 2 + columns * cell);
  const total = above + rows * height + 10;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" role="img" aria-label="${escaped(label).replaceAll('"', '&quot;')}">
<style>
text { font: 14px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre; }
.text { fill: #d8dee9; } .bold { font-weight: 700; } .dim { opacity: .6; }
.c1 { fill: #ff7b85; } .c2 { fill: #8fd694; } .c6 { fill: #6fd6e8; }
${style}</style>
<rect width="${width}" height="${total}" rx="10" fill="#1b2028"/>
<path d="M0 34V10a10 10 0 0 1 10-10h${width - 20}a10 10 0 0 1 10 10v24z" fill="#262d38"/>
<circle cx="20" cy="17" r="6" fill="#ff5f57"/><circle cx="40" cy="17" r="6" fill="#febc2e"/><circle cx="60" cy="17" r="6" fill="#28c840"/>
${content.join('\n')}
</svg>
`;
}

/** Writes what was drawn, where it differs from what is there, and says which it was. */
export function save(file, drawn) {
  mkdirSync(dirname(file), { recursive: true });
  let before = '';
  try {
    before = readFileSync(file, 'utf8');
  } catch {
    // The first time.
  }
  if (before !== drawn) writeFileSync(file, drawn);
  console.log(`docs/${basename(file)} ${before === drawn ? 'is as it was' : 'drawn'}`);
}
