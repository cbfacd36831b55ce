import { copyFileSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { inTurn, onPath, summary, traced } from './measure.mjs';
import { pip } from './stage.mjs';

/** Commands that pip would not refuse: what the shim itself costs. */
export function forwarding(table, stage, runs) {
  table.title('Forwarding (theirs: the same without the shim)');
  const side = (name, argv, env = stage.env) => ({ name, argv, env, cwd: stage.project });
  const real = inTurn([side('ours', [stage.shim, '--version']), side('theirs', [pip, '--version'])], runs);
  const ratio = summary(real.ours).median / summary(real.theirs).median;
  table.add({
    name: 'pip --version',
    ours: summary(real.ours),
    theirs: summary(real.theirs),
    against: 'the real pip',
    target: '≤ ×1.02',
    met: ratio <= 1.02,
  });
  const added = alone(table, stage, runs);
  pyenv(table, stage, runs, added);
  calls(table, stage);
}

/** A pip whose Python is the program `true`: only the shim is left. Returns what it adds under dash, in ms. */
function alone(table, stage, runs) {
  const prefix = stage.fresh(join(stage.root, 'quick'));
  const bin = stage.fresh(join(prefix, 'bin'));
  const library = stage.fresh(join(prefix, 'lib/python3.11'));
  copyFileSync('/bin/true', join(bin, 'python3'));
  writeFileSync(join(library, 'os.py'), '');
  const script = readFileSync(pip, 'utf8').replace(/^#!.*/, `#!${bin}/python3`);
  writeFileSync(join(bin, 'pip'), script, { mode: 0o755 });
  writeFileSync(join(prefix, 'empty'), `#!/bin/sh\nexec ${bin}/pip "$@"\n`, { mode: 0o755 });
  const dead = Array.from({ length: 290 }, (_, n) => `/no/such/directory/${n}`).join(':');
  const ten = Array.from({ length: 8 }, (_, n) => `/no/such/directory/${n}`).join(':');
  const sides = [
    { name: 'direct', argv: [join(bin, 'pip'), 'list'], env: stage.env, cwd: stage.project },
    { name: 'empty', argv: [join(prefix, 'empty'), 'list'], env: stage.env, cwd: stage.project },
  ];
  const shells = [];
  for (const [shell, line] of [
    ['dash', onPath('dash')],
    ['bash', asSh(stage, 'bash')],
    ['busybox', onPath('busybox') && `${onPath('busybox')} sh`],
  ]) {
    if (line === undefined) {
      table.skip(`the shim alone, under ${shell}`, `${shell} is not installed`);
      continue;
    }
    shells.push(shell);
    const own = stage.fresh(join(stage.root, `under-${shell}`));
    writeFileSync(join(own, 'pip'), readFileSync(stage.shim, 'utf8').replace(/^#!.*/, `#!${line}`), {
      mode: 0o755,
    });
    for (const [entries, path] of [
      ['10', ten],
      ['300', dead],
    ])
      sides.push({
        name: `${shell} ${entries}`,
        argv: [join(own, 'pip'), 'list'],
        env: { ...stage.env, PATH: `${own}:${path}:${bin}` },
        cwd: stage.project,
      });
  }
  const found = inTurn(sides, Math.max(runs, 201));
  const of = (name) => summary(found[name]);
  table.add({
    name: 'floor: an empty sh script before the same pip',
    ours: of('empty'),
    theirs: of('direct'),
    against: 'the same pip',
  });
  const plus = of('dash 10').median - of('direct').median;
  for (const shell of shells) {
    const more = of(`${shell} 10`).median - of('direct').median;
    table.add({
      name: `the shim alone, under ${shell}, 10 entries in PATH`,
      ours: of(`${shell} 10`),
      theirs: of('direct'),
      against: 'the same pip',
      ...(shell === 'dash' ? { target: '≤ 3 ms added', met: more <= 3 } : {}),
    });
    table.add({
      name: `the shim alone, under ${shell}, 300 entries`,
      ours: of(`${shell} 300`),
      theirs: of(`${shell} 10`),
      against: 'with 10 entries',
      target: '≤ 2 ms more',
      met: of(`${shell} 300`).median - of(`${shell} 10`).median <= 2,
    });
  }
  return plus;
}

/** A name `sh` for a shell that behaves as sh when it is called so. */
function asSh(stage, program) {
  const found = onPath(program);
  if (found === undefined) return undefined;
  const link = join(stage.fresh(join(stage.root, `as-${program}`)), 'sh');
  symlinkSync(found, link);
  return link;
}

/** pyenv's shim before a program that does nothing, beside ours. */
function pyenv(table, stage, runs, added) {
  const name = "pyenv's shim, python --version";
  const root = process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv');
  const shim = join(root, 'shims/python');
  const versions = existsSync(join(root, 'version'))
    ? readFileSync(join(root, 'version'), 'utf8').split('\n')
    : [];
  const real = versions
    .map((version) => join(root, 'versions', version, 'bin/python'))
    .find((file) => existsSync(file));
  if (!existsSync(shim) || real === undefined)
    return table.skip(name, `no pyenv with a global version in ${root}`);
  const env = { ...stage.env, PATH: `${root}/shims:${root}/bin:/usr/bin:/bin`, PYENV_ROOT: root };
  const found = inTurn(
    [
      { name: 'pyenv', argv: [shim, '--version'], env, cwd: stage.project },
      { name: 'direct', argv: [real, '--version'], env, cwd: stage.project },
    ],
    runs,
  );
  const [theirs, direct] = [summary(found.pyenv), summary(found.direct)];
  const they = theirs.median - direct.median;
  table.add({ name, ours: theirs, theirs: direct, against: 'the same python' });
  table.add({
    name: 'added by our shim, and by pyenv’s',
    ours: { ...theirs, median: added, min: added, max: added },
    theirs: { ...theirs, median: they, min: they, max: they },
    against: 'pyenv’s shim',
    target: '≤ ×0.05',
    met: added / they <= 0.05,
  });
}

/** What the kernel is asked for before pip takes over. */
function calls(table, stage) {
  const lines = traced([stage.shim, '--version'], { env: stage.env, cwd: stage.project, calls: 'all' });
  if (lines === undefined) return table.skip('processes, forks and opened files', 'strace is not installed');
  const execs = lines.flatMap((line, at) => (/execve\(.*= 0$/.test(line) ? [at] : []));
  const before = lines.slice(0, execs[1]);
  const count = (pattern) => before.filter((line) => pattern.test(line)).length;
  const row = (name, value, target, met) => {
    const side = { median: value, min: value, max: value, runs: 1 };
    table.add({ name, ours: side, unit: '', target, met });
  };
  const forks = count(/(fork|clone3?)\(/);
  row('forks before pip takes over', forks, '0', forks === 0);
  const opens = count(/open(at)?\(/);
  row('files opened before pip takes over', opens, 'tens', opens < 60);
  row('system calls before pip takes over', before.length);
}
