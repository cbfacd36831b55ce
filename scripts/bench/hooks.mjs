import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTurn, onPath, summary, traced } from './measure.mjs';

/**
 * Each shell: its rc file, direnv's line in it, and how it has so many prompts and prints the nanoseconds of one. bash and
 * zsh have real ones, with a command typed at each, for what is done before a command is as much a part of what it costs;
 * fish has none without a terminal, but an event.
 */
const shells = {
  bash: {
    rc: '.bashrc',
    direnv: 'eval "$(direnv hook bash)"',
    typed: (count) => `s=$EPOCHREALTIME\n${':\n'.repeat(count)}e=$EPOCHREALTIME
echo "ns $(( (\${e/[.,]/} - \${s/[.,]/}) * 1000 / ${count} ))"\n`,
  },
  zsh: {
    rc: '.zshrc',
    direnv: 'eval "$(direnv hook zsh)"',
    typed: (
      count,
    ) => `zmodload zsh/datetime; typeset -F s=$EPOCHREALTIME\n${':\n'.repeat(count)}typeset -F e=$EPOCHREALTIME
printf 'ns %.0f\\n' $(( (e - s) * 1e9 / ${count} ))\n`,
  },
  fish: {
    rc: '.config/fish/config.fish',
    direnv: 'direnv hook fish | source',
    loop: (count) => `set s (date +%s%N); for i in (seq ${count}); emit fish_prompt; end; set e (date +%s%N)
echo ns (math "floor(($e - $s) / ${count})")`,
  },
};

/** What the line in the rc file costs: when a shell starts, and at each prompt. */
export function hooks(table, stage, runs) {
  table.title('Hooks (theirs: an rc file without ours, or with direnv’s)');
  for (const [shell, { rc, direnv, typed, loop }] of Object.entries(shells)) {
    const program = onPath(shell);
    if (program === undefined) {
      table.skip(`hook of ${shell}`, `${shell} is not installed`);
      continue;
    }
    const homes = {
      empty: '',
      ours: `. '${join(stage.program, `hook.${shell}`)}'\n`,
      always: `. '${join(stage.program, `hook.${shell}`)}'\n`,
      ...(onPath('direnv') === undefined ? {} : { direnv: `${direnv}\n` }),
    };
    const env = {};
    for (const [kind, text] of Object.entries(homes)) {
      const home = stage.fresh(join(stage.root, `rc-${shell}-${kind}`));
      // Without it fish makes completions out of every manual page in the background.
      mkdirSync(join(home, '.local/share/fish/generated_completions'), { recursive: true });
      mkdirSync(join(home, '.config/fish'), { recursive: true });
      writeFileSync(join(home, rc), text);
      if (kind === 'always') remember(home, join(stage.root, 'elsewhere'));
      env[kind] = { ...stage.env, HOME: home, PATH: '/usr/bin:/bin' };
    }
    const side = (name) => ({
      name,
      argv: [program, '-i', '-c', 'exit 0'],
      env: env[name],
      cwd: stage.project,
    });
    const found = inTurn(Object.keys(homes).map(side), Math.max(runs, 61));
    const added = (name) => summary(found[name]).median - summary(found.empty).median;
    table.add({
      name: `${shell} starts, with our hook`,
      ours: summary(found.ours),
      theirs: summary(found.empty),
      against: 'an empty rc file',
      target: '≤ 0.6 ms added',
      met: added('ours') <= 0.6,
    });
    const more = added('always') - added('ours');
    table.add({
      name: `${shell} starts, with something remembered as always here`,
      ours: summary(found.always),
      theirs: summary(found.ours),
      against: 'our hook with nothing remembered',
      target: '≤ 0.1 ms more',
      met: more <= 0.1,
    });
    if (found.direnv !== undefined)
      table.add({
        name: `${shell} starts: added by our hook, and by direnv’s`,
        ours: flat(added('ours'), runs),
        theirs: flat(added('direnv'), runs),
        against: 'direnv',
        target: '≤ ×0.05',
        met: added('ours') / added('direnv') <= 0.05,
      });
    const forks = (kind) => {
      const lines = traced(side(kind).argv, { env: env[kind], cwd: stage.project, calls: 'process' });
      return lines?.filter((line) => /(fork|clone3?)\(/.test(line)).length;
    };
    const [without, withOurs] = [forks('empty'), forks('ours')];
    if (without !== undefined && withOurs !== undefined)
      table.add({
        name: `${shell} starts: forks added by our hook`,
        ours: flat(withOurs - without, 1),
        unit: '',
        target: '0',
        met: withOurs === without,
      });
    const prompts = (count) => {
      if (loop !== undefined) return [program, '-i', '-c', loop(count)];
      const file = join(stage.root, `typed-${shell}-${count}`);
      writeFileSync(file, typed(count));
      return ['/bin/sh', '-c', 'exec "$0" -i <"$1"', program, file];
    };
    perPrompt(table, stage, { shell, prompts, env });
  }
}

/** As src/shell/activation.ts tells the shells of a directory whose environment is always to be entered. */
function remember(home, directory) {
  const place = join(home, '.local/state/pip-detour/shell/auto', directory);
  mkdirSync(place, { recursive: true, mode: 0o700 });
  writeFileSync(join(place, '.pip-detour-environment'), `${directory}/.venv\nbelow\nalways\n`);
}

const flat = (value, runs) => ({ median: value, min: value, max: value, runs });

function perPrompt(table, stage, { shell, prompts, env }) {
  const one = (kind, count) => {
    const [program, ...args] = prompts(count);
    const ran = spawnSync(program, args, {
      env: env[kind],
      cwd: stage.project,
      encoding: 'utf8',
      timeout: 60_000,
    });
    const nanoseconds = /ns (-?\d+)/.exec(ran.stdout ?? '')?.[1];
    if (nanoseconds === undefined) throw new Error(`${shell}: no time came: ${ran.stdout}${ran.stderr}`);
    return Number(nanoseconds) / 1e6;
  };
  const times = (kind, count) => summary({ wall: Array.from({ length: 5 }, () => one(kind, count)) });
  const [ours, empty] = [times('ours', 1000), times('empty', 1000)];
  const added = Math.max(0, ours.median - empty.median);
  table.add({
    name: `${shell}: our hook at each prompt`,
    ours,
    theirs: empty,
    against: 'no hook',
    target: '≤ 0.1 ms added',
    met: added <= 0.1,
  });
  if (env.direnv !== undefined) {
    const direnv = times('direnv', 10);
    const they = direnv.median - empty.median;
    table.add({
      name: `${shell}: added at each prompt by our hook, and by direnv’s`,
      ours: flat(added, ours.runs),
      theirs: flat(they, direnv.runs),
      against: 'direnv',
      target: '≤ ×0.05',
      met: added / they <= 0.05,
    });
  }
  const forks = (count) =>
    traced(prompts(count), {
      env: env.ours,
      cwd: stage.project,
      calls: 'process',
    })?.filter((line) => /(fork|clone3?)\(/.test(line)).length;
  const [few, many] = [forks(1), forks(11)];
  if (few !== undefined && many !== undefined)
    table.add({
      name: `${shell}: forks of ten prompts more`,
      ours: flat(many - few, 1),
      unit: '',
      target: '0',
      met: many === few,
    });
}
