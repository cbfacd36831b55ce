import { join } from 'node:path';
import { inTurn, quietAndBusy, summary } from './measure.mjs';
import { ask } from './prompt.mjs';
import { pip, python } from './stage.mjs';

/** Commands that pip refuses, where nobody is asked. */
export function unattended(table, stage, runs) {
  table.title('A refusal, and nobody to ask (theirs: the real pip’s refusal)');
  const args = ['install', 'demo-lib'];
  const common = { env: stage.env, cwd: stage.project, expect: 1 };
  const found = inTurn(
    [
      { ...common, name: 'ours', argv: [stage.shim, ...args] },
      { ...common, name: 'node', argv: [stage.shim, ...args], env: { ...stage.env, PIP_DETOUR: 'ask' } },
      { ...common, name: 'theirs', argv: [pip, ...args] },
    ],
    Math.max(runs, 31),
  );
  const ratio = summary(found.ours).median / summary(found.theirs).median;
  table.add({
    name: 'refused, with the hint (by the shell alone)',
    ours: summary(found.ours),
    theirs: summary(found.theirs),
    against: 'the real pip',
    target: '≤ ×1.03',
    met: ratio <= 1.03,
  });
  table.add({
    name: 'the same by Node (an agent, a notebook, a setting)',
    ours: summary(found.node),
    theirs: summary(found.theirs),
    against: 'the real pip',
  });
}

/** A fresh project for which the question has been answered once, with its environment. */
export async function answered(stage) {
  stage.fresh(stage.project);
  await ask(stage, `exec ${stage.shim} install demo-lib`, 'remember for', {}, '\r');
  return stage.project;
}

/** A choice that is remembered and an environment that is there. */
export async function remembered(table, stage, runs) {
  table.title('A remembered choice, the environment is there (theirs: .venv/bin/python -m pip)');
  const again = ['install', '--force-reinstall', 'demo-lib'];
  const project = await answered(stage);
  const reinstall = (count, what, env) => {
    const found = inTurn(
      [
        { name: 'ours', argv: [stage.shim, ...again], env, cwd: project },
        {
          name: 'theirs',
          argv: [join(project, '.venv/bin/python'), '-m', 'pip', ...again],
          env,
          cwd: project,
        },
      ],
      count,
    );
    const [ours, theirs] = [summary(found.ours), summary(found.theirs)];
    table.add({
      name: `reinstall a small wheel${what}`,
      ours,
      theirs,
      against: '.venv/bin/python -m pip',
      target: '≤ ×1.05, ≤ 15 ms added',
      met: ours.median / theirs.median <= 1.05 && ours.median - theirs.median <= 15,
    });
  };
  reinstall(runs, ', NODE_EXTRA_CA_CERTS set', stage.certificates);
  await quietAndBusy(runs, (count, how) => reinstall(count, how, stage.env));
  stage.forget();
  const floor = inTurn(
    [{ name: 'node', argv: [process.execPath, '-e', '0'], env: stage.env, cwd: project }],
    runs,
  );
  table.add({ name: 'floor: node -e 0', ours: summary(floor.node) });
}

/** No environment yet: ours against what one would type. */
export async function rescue(table, stage, runs, peers) {
  table.title('First rescue: no environment yet, one small wheel (theirs: by hand)');
  const [project, byHand] = ['shop', 'by-hand'].map((name) => stage.fresh(join(stage.home, name)));
  const anew = (directory) => ['/bin/sh', '-c', `rm -rf '${directory}/.venv'`];
  const ours = (env = {}) => ({
    name: 'ours',
    argv: [stage.shim, 'install', 'demo-lib'],
    env: { ...stage.env, PIP_DETOUR: 'venv', ...env },
    cwd: project,
    prepare: anew(project),
  });
  const hand = (name, script, env = stage.env) => ({
    name,
    argv: ['/bin/sh', '-c', script],
    env,
    cwd: byHand,
    prepare: anew(byHand),
  });
  /** `limit`: how many times theirs it may take; `most`: how many ms more. */
  const compare = (row, sides, count, { limit, most } = {}) => {
    try {
      const found = inTurn(sides, count);
      const [mine, theirs] = [summary(found.ours), summary(found.theirs)];
      const targets = [
        ...(limit === undefined ? [] : [[`≤ ×${limit.toFixed(2)}`, mine.median / theirs.median <= limit]]),
        ...(most === undefined ? [] : [[`≤ ${most} ms added`, mine.median - theirs.median <= most]]),
      ];
      table.add({
        ...row,
        ours: mine,
        theirs,
        target: targets.length === 0 ? undefined : targets.map(([words]) => words).join(', '),
        met: targets.length === 0 ? undefined : targets.every(([, met]) => met),
      });
    } catch (error) {
      table.skip(row.name, error.message.split('\n')[0]);
    }
  };
  const full = `${python} -m venv .venv && .venv/bin/pip install demo-lib`;
  await quietAndBusy(runs, (count, how) =>
    compare(
      { name: `python3 -m venv .venv && .venv/bin/pip install${how}`, against: full },
      [ours(), hand('theirs', full)],
      count,
      { limit: 0.18 },
    ),
  );
  if (peers.virtualenv !== undefined) {
    const line = `${peers.virtualenv} --quiet --python ${python} .venv && .venv/bin/pip install demo-lib`;
    compare(
      { name: 'virtualenv .venv && .venv/bin/pip install', against: line },
      [ours(), hand('theirs', line)],
      runs,
    );
  } else table.skip('virtualenv .venv && .venv/bin/pip install', peers.why);
  if (peers.uv !== undefined) {
    const uv = { ...stage.env, UV_CACHE_DIR: join(stage.root, 'uv-cache') };
    const line = `${peers.uv} venv --quiet --no-project --python ${python} .venv && ${peers.uv} pip install --no-index --find-links ${stage.wheels} demo-lib`;
    const path = `${stage.env.PATH}:${peers.bin}`;
    const byUv = ours({ PIP_DETOUR_INSTALLER: 'uv', PATH: path, UV_CACHE_DIR: uv.UV_CACHE_DIR });
    compare(
      { name: 'installer = uv: uv venv && uv pip install', against: line },
      [byUv, hand('theirs', line, uv)],
      runs,
      { most: 60 },
    );
    const again = `${peers.uv} pip install --reinstall --no-index --find-links ${stage.wheels} demo-lib`;
    const { prepare: _anew, ...there } = byUv;
    const { prepare: _byHand, ...thereByHand } = hand('theirs', again, uv);
    compare(
      { name: 'the second install with installer = uv: uv pip install', against: again },
      [{ ...there, argv: [stage.shim, 'install', '--force-reinstall', 'demo-lib'] }, thereByHand],
      runs,
      { limit: 1.5 },
    );
  } else table.skip('installer = uv: uv venv && uv pip install', peers.why);
  if (peers.pipim !== undefined) {
    const line = `${peers.pipim} install demo-lib`;
    compare({ name: 'pipim install', against: line }, [ours(), hand('theirs', line)], runs);
  } else table.skip('pipim install', peers.whyPipim ?? peers.why);
}
