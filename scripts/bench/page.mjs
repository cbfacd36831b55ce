import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const number = (value) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
const cell = (text) => String(text).replaceAll('|', '\\|');

/** The table as Markdown, with what it was measured on. */
export function asMarkdown({ at, machine, runs, rows }) {
  const lines = rows.map((row) => {
    if (row.skipped !== undefined) return `| ${cell(row.name)} | | | | not measured: ${cell(row.skipped)} |`;
    const side = (value) =>
      value === undefined
        ? ''
        : `${number(value.median)} ${row.unit} (${number(value.min)}…${number(value.max)})`.replace(
            / {2}/g,
            ' ',
          );
    const judged = row.met === undefined ? '' : row.met ? ', met' : ', **missed**';
    const ratio = row.ratio === undefined ? '' : `×${row.ratio.toFixed(2)}`;
    return `| ${cell(row.name)} | ${side(row.ours)} | ${side(row.theirs)} | ${ratio} | ${cell(row.target ?? '')}${judged} |`;
  });
  return `${at.slice(0, 10)}, ${machine}, ${runs} runs of each side in turn: medians (smallest…largest).

| | ours | without, or theirs | ratio | target |
| --- | --- | --- | --- | --- |
${lines.join('\n')}`;
}

/** Puts text between the marks of a page; a page without marks is left alone. */
export function insert(file, text, mark = 'bench') {
  const page = readFileSync(file, 'utf8');
  const marks = new RegExp(`(<!-- ${mark}: [^\\n]*-->\\n)[\\s\\S]*?(<!-- /${mark} -->)`);
  if (marks.test(page))
    writeFileSync(
      file,
      page.replace(marks, (_, from, to) => `${from}\n${text}\n\n${to}`),
    );
}

/** The table into docs/performance.md and the plot beside it. */
export function publish(top, result, picture) {
  writeFileSync(join(top, 'docs/performance.svg'), picture);
  insert(
    join(top, 'docs/performance.md'),
    `![The rows with a ratio as bars](performance.svg)\n\n${asMarkdown(result)}`,
  );
}
