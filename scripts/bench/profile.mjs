import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTurn, onPath, summary } from './measure.mjs';
import { firstPhases, phases, promptPhases, rememberedPhases, strace, uvPhases } from './phases.mjs';
import { ask, drawn } from './prompt.mjs';
import { answered } from './refusals.mjs';
import { pip } from './stage.mjs';

const moreOrLess = (difference) => `${one(Math.abs(difference))} ${difference < 0 ? 'less' : 'more'}`;

/**
 * For each row that misses its target: where each ms goes, and what nothing could be faster than, in one run. As
 * Markdown, for docs/performance.md.
 */
export async function profile(stage, runs, peers) {
  if (onPath('strace') === undefined) throw new Error('strace is not installed');
  const project = await answered(stage);
  const args = ['install', '--force-reinstall', 'demo-lib'];
  const sections = [];
  const logs = (count, run) => {
    const names = Array.from({ length: count + 1 }, (_, at) => join(stage.root, `trace-${at}`));
    for (const log of names) run(log);
    // The first run finds nothing in the caches.
    return names.slice(1);
  };
  const quietly = (env, cwd) => (log) => {
    const [command, ...words] = [...strace(log), stage.shim, ...args];
    const ran = spawnSync(command, words, { env, cwd, stdio: 'ignore' });
    if (ran.status !== 0) throw new Error(`${stage.shim} ${args.join(' ')} ended with ${ran.status}`);
  };

  const side = (name, argv, env = stage.env) => ({ name, argv, env, cwd: project });
  const empty = join(stage.root, 'empty.sh');
  writeFileSync(empty, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  const child = join(stage.root, 'child.cjs');
  writeFileSync(child, 'require("child_process").spawn("/bin/true")');
  const floors = inTurn(
    [
      side('empty', [empty]),
      side('node', [process.execPath, '-e', '0']),
      side('child', [process.execPath, child]),
      side('ours', [stage.shim, ...args]),
      side('theirs', [join(project, '.venv/bin/python'), '-m', 'pip', ...args]),
    ],
    runs,
  );
  const ms = (name) => summary(floors[name]).median;
  sections.push(
    section(
      'A remembered choice',
      phases(logs(runs, quietly(stage.env, project)), rememberedPhases),
      `Without strace ${one(ms('ours'))} against ${one(ms('theirs'))}: ${moreOrLess(ms('ours') - ms('theirs'))}. Floors of the same run: an empty sh script ${one(ms('empty'))}, \`node -e 0\` ${one(ms('node'))}, a Node that starts \`/bin/true\` and ends ${one(ms('child'))}: what a Node before pip adds at least, and one beside it does not.`,
    ),
  );

  stage.forget();
  stage.fresh(stage.project);
  const refused = [];
  const alone = [];
  for (let run = 0; run <= runs; run += 1) {
    const log = join(stage.root, `trace-${run}`);
    await ask(stage, `exec ${strace(log).join(' ')} ${stage.shim} install demo-lib`);
    const bare = `trace-alone-${run}`;
    await ask(
      stage,
      `exec ${strace(join(stage.root, bare)).join(' ')} ${pip} install demo-lib`,
      'See PEP 668',
      {},
      '',
    );
    if (run === 0) continue;
    refused.push(log);
    alone.push(join(stage.root, bare));
  }
  const [[, ours]] = phases(alone, [{ name: 'pip', text: /^exit_group\(/ }]);
  sections.push(
    section(
      'From Enter to the question',
      phases(refused, promptPhases(drawn)),
      `pip's refusal alone, on a terminal of its own and traced alike, takes ${one(ours)}. The floor is Node's start and one frame: ×${((ms('node') + ms('empty') + 5) / ours).toFixed(2)}, were everything else free.`,
    ),
  );

  const anew = (env) => (log) => {
    spawnSync('rm', ['-rf', join(project, '.venv')]);
    quietly({ ...env, PIP_DETOUR: 'venv' }, project)(log);
  };
  const first = logs(runs, anew(stage.env));
  const seeds = readFileSync(first[0], 'utf8').includes('setuptools');
  sections.push(section('The first install', phases(first, firstPhases(seeds))));

  if (peers.uv !== undefined) {
    const env = {
      ...stage.env,
      PIP_DETOUR_INSTALLER: 'uv',
      PATH: `${stage.env.PATH}:${peers.bin}`,
      UV_CACHE_DIR: join(stage.root, 'uv-cache'),
    };
    sections.push(section('The first install, by uv', phases(logs(runs, anew(env)), uvPhases)));
  }
  sections.push(hooks(stage, runs));
  return sections.join('\n\n');
}

const one = (value) => `${value.toFixed(1)} ms`;

function section(title, parts, note = '') {
  const whole = parts.reduce((sum, [, value]) => sum + value, 0);
  const rows = parts.map(([name, value]) => `| ${name} | ${value.toFixed(1)} |`);
  return `**${title}**\n\n| phase (traced, medians) | ms |\n| --- | --- |\n${rows.join('\n')}\n| together | ${whole.toFixed(1)} |${note === '' ? '' : `\n\n${note}`}`;
}

/** What each part of reading a hook costs a shell: a file that says nothing, one that is only read, one that is only parsed. */
function hooks(stage, runs) {
  const rows = ['bash', 'zsh', 'fish'].flatMap((shell) => {
    const program = onPath(shell);
    if (program === undefined) return [];
    const text = readFileSync(join(stage.program, `hook.${shell}`), 'utf8');
    const ends = shell === 'fish' ? ['if false', 'end'] : ['if false; then :', 'fi'];
    const variants = {
      nothing: undefined,
      empty: '',
      comments: text.replaceAll(/^/gm, '#'),
      parsed: `${ends[0]}\n${text}\n${ends[1]}\n`,
      whole: `. '${join(stage.program, `hook.${shell}`)}'\n`,
    };
    const rc = { bash: '.bashrc', zsh: '.zshrc', fish: '.config/fish/config.fish' }[shell];
    const sides = Object.entries(variants).map(([name, content]) => {
      const home = stage.fresh(join(stage.root, `profile-${shell}-${name}`));
      stage.fresh(join(home, '.config/fish'));
      stage.fresh(join(home, '.local/share/fish/generated_completions'));
      const file = join(home, 'read');
      writeFileSync(file, content ?? '');
      writeFileSync(join(home, rc), content === undefined ? '' : `. '${file}'\n`);
      const env = { ...stage.env, HOME: home, PATH: '/usr/bin:/bin' };
      return { name, argv: [program, '-i', '-c', 'exit 0'], env, cwd: stage.root };
    });
    const found = inTurn(sides, Math.max(runs, 61));
    const added = (name) => (summary(found[name]).median - summary(found.nothing).median).toFixed(2);
    return [`| ${shell} | ${['empty', 'comments', 'parsed', 'whole'].map(added).join(' | ')} |`];
  });
  return `**A shell starts with our hook**: ms more than with an empty rc file, by what the file read there is

| | empty | as long, all comments | parsed, not run | ours |
| --- | --- | --- | --- | --- |
${rows.join('\n')}`;
}
