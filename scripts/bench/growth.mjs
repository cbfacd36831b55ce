import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTurn, summary } from './measure.mjs';

/** How the cost of looking around grows: `pip-detour explain`, which gathers everything a prompt is made from. */
export function growth(table, stage, runs) {
  table.title('Growth, by pip-detour explain (theirs: the smallest)');
  const explain = join(stage.shims, 'pip-detour');
  const side = (name, cwd, args, env = stage.env) => ({
    name,
    argv: [explain, 'explain', '--', 'pip', 'install', ...args],
    env,
    cwd,
  });
  const count = Math.max(5, Math.min(runs, 9));
  const show = (what, found, sizes, linear) => {
    const [smallest] = sizes;
    for (const size of sizes.slice(1)) {
      const [ours, theirs] = [summary(found[size]), summary(found[smallest])];
      const times = Number(size) / Number(smallest);
      const limit = linear ? times : 1.25;
      table.add({
        name: `${what}: ${size}`,
        ours,
        theirs,
        against: `${smallest}`,
        target: linear ? 'at most linear' : 'flat',
        met: ours.median / theirs.median <= limit,
      });
    }
  };

  const lines = ['10', '1000', '10000'];
  const project = stage.fresh(join(stage.home, 'lines'));
  for (const size of lines)
    writeFileSync(
      join(project, `requirements-${size}.txt`),
      Array.from({ length: Number(size) }, (_, n) => `package-${n}==1.${n}\n`).join(''),
    );
  show(
    'lines of a requirements file',
    inTurn(
      lines.map((size) => side(size, project, ['-r', `requirements-${size}.txt`])),
      count,
    ),
    lines,
    true,
  );

  const depths = ['5', '100'];
  const deep = Object.fromEntries(
    depths.map((depth) => {
      const directory = join(
        stage.home,
        `depth-${depth}`,
        ...Array.from({ length: Number(depth) }, () => 'd'),
      );
      mkdirSync(directory, { recursive: true });
      return [depth, directory];
    }),
  );
  show(
    'depth of the directory',
    inTurn(
      depths.map((depth) => side(depth, deep[depth], ['demo-lib'])),
      count,
    ),
    depths,
    false,
  );

  const choices = ['10', '10000'];
  const states = Object.fromEntries(choices.map((size) => [size, remember(stage, Number(size))]));
  show(
    'remembered directories',
    inTurn(
      choices.map((size) =>
        side(size, stage.project, ['demo-lib'], { ...stage.env, XDG_STATE_HOME: states[size] }),
      ),
      count,
    ),
    choices,
    false,
  );
}

/** A state directory with so many choices in it, the last for the project. */
function remember(stage, size) {
  const state = join(stage.root, `state-${size}`);
  const directory = join(state, 'pip-detour/choices');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (let n = 0; n < size; n += 1) {
    const path = n === size - 1 ? stage.project : `/home/somebody/work/project-${n}`;
    const name = createHash('sha256').update(path).digest('hex').slice(0, 16);
    const record = { version: 1, directory: path, detour: 'venv', at: '2026-01-01T00:00:00.000Z' };
    writeFileSync(join(directory, `${name}.json`), `${JSON.stringify(record)}\n`);
  }
  return state;
}
