/** The rows with a ratio as bars, for docs/performance.md: one bar each, a line at 1, a mark at the target. */
const chosen = [
  ['pip --version', 'a command pip does not refuse, through the shim'],
  ['refused, with the hint (by the shell alone)', 'a refusal nobody can answer'],
  ['from Enter to the question on the screen', 'the question on the screen'],
  ['reinstall a small wheel', 'a remembered choice, against .venv/bin/python -m pip'],
  [
    'python3 -m venv .venv && .venv/bin/pip install',
    'the first install, against python3 -m venv && pip install',
  ],
  [
    'installer = uv: uv venv && uv pip install',
    'the first install with uv, against uv venv && uv pip install',
  ],
];

const asText = (text) => text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]);

/** An SVG drawn from the table's rows; empty when none of the rows it shows was measured. */
export function plot(rows, machine) {
  const bars = chosen.flatMap(([name, title]) => {
    const row = rows.find((each) => each.name === name && each.ratio !== undefined);
    return row === undefined ? [] : [{ title, row }];
  });
  if (bars.length === 0) return '';
  const [left, width, high] = [400, 300, 34];
  const most = Math.max(1.5, ...bars.map(({ row }) => row.ratio));
  const x = (ratio) => left + (width * ratio) / most;
  const height = 40 + bars.length * high + 24;
  const lines = bars.map(({ title, row }, at) => {
    const y = 34 + at * high;
    const time = (value) => (value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${value.toFixed(0)} ms`);
    const target = /×([\d.]+)/.exec(row.target ?? '')?.[1];
    const mark =
      target === undefined ? '' : `<path d="M${x(Number(target)).toFixed(1)} ${y - 3}v26" class="target"/>`;
    return `<text x="${left - 10}" y="${y + 14}" text-anchor="end">${asText(title)}</text>
<rect x="${left}" y="${y}" width="${(x(row.ratio) - left).toFixed(1)}" height="20" class="bar"/>${mark}
<text x="${(x(Math.max(row.ratio, 1)) + 8).toFixed(1)}" y="${y + 14}" class="value">×${row.ratio.toFixed(2)} (${time(row.ours.median)} / ${time(row.theirs.median)})</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + 190} ${height}" role="img" aria-label="pip-detour's time as a multiple of doing without it">
<style>text{font:13px sans-serif;fill:#444}.value{font-size:12px}.bar{fill:#4878a8}.one{stroke:#444}.target{stroke:#c0504d;stroke-width:2}@media(prefers-color-scheme:dark){text{fill:#ccc}.one{stroke:#ccc}}</style>
<text x="${x(1)}" y="18" text-anchor="middle">×1: without us</text>
<path d="M${x(1)} 24v${bars.length * high + 6}" class="one"/>
${lines.join('\n')}
<text x="${left - 10}" y="${height - 8}" text-anchor="end" class="value">red: the target · ${asText(machine)}</text>
</svg>
`;
}
