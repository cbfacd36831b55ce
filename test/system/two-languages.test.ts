import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { usualNames } from '../../src/project/environments.ts';
import { mostExtras } from '../../src/prompt/about.ts';
import { flag } from '../../src/settings/kinds.ts';
import { fromKeyboard, handedOn } from '../../src/system/signals.ts';
import { wordsFor } from '../../src/system/variable-values.ts';
import { personsVariables } from '../../src/system/variables.ts';
import { hookShells } from '../support/hooked.ts';
import { dist, lacks, shellProgram, top } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';

/** What more than one language of ours must know is the same in each. */

const textOf = (file: string) => readFileSync(join(top, file), 'utf8');
const namesIn = (text: string | undefined, form: RegExp) => (text?.match(form) ?? []).sort();
const hooks = hookShells.map((shell) => [shell, `hook.${shell}`, `hook-rest.${shell}`] as const);
const bothOf = (files: readonly string[]) =>
  files.map((file) => readFileSync(join(dist, file), 'utf8')).join('');

describe('signals', () => {
  it.each([
    ['src/start.cjs', /\[('SIGINT'[^\]]*)\]/, fromKeyboard],
    ['src/start.cjs', /\[('SIGTERM'[^\]]*)\]/, handedOn],
    ['src/python/pip-witness.py', /def meant_for_node[^\n]*\n(.*)\n/, [...fromKeyboard, ...handedOn]],
    ['src/python/pip-witness.py', /keyboards = number in (.*)\n/, fromKeyboard],
  ])('in %s as in src/system/signals.ts', (file, list, signals) => {
    expect(namesIn(list.exec(textOf(file))?.[1], /SIG[A-Z]+[12]?/g)).toEqual([...signals].sort());
  });
});

describe('yes and no', () => {
  it.each(hookShells)('said to a setting, by %s', (shell) => {
    if (lacks(shell)) return;
    const asked = (each: string) =>
      `_pip_detour_yes "$${each}" && echo "yes $${each}"; _pip_detour_no "$${each}" && echo "no $${each}"`;
    const loop =
      shell === 'fish'
        ? `source $argv[1]; for word in $argv[2..]; ${asked('word')}; end`
        : `. "$1"; shift; for word in "$@"; do ${asked('word')}; done`;
    const words = [...wordsFor.no, 'NO', 'False', ...wordsFor.yes, 'YES', 'True', '', 'none'];
    const given = [join(dist, `hook-rest.${shell}`), ...words];
    const args = shell === 'fish' ? ['--no-config', '-c', loop, ...given] : ['-c', loop, shell, ...given];
    const { stdout } = sandbox().run(shellProgram(shell), args);
    expect(stdout.split('\n').filter((line) => line !== '')).toEqual(
      words
        .map((word) => [flag.fromText(word), word] as const)
        .filter(([value]) => typeof value === 'boolean')
        .map(([value, word]) => `${value === true ? 'yes' : 'no'} ${word}`),
    );
  });
});

describe.each(hooks)('hook.%s', (shell, ...files) => {
  it('knows the names that environments usually have, wherever it needs them', () => {
    const text = bothOf(files);
    expect(text).toContain(`in ${usualNames.join(' ')}`);
    if (shell !== 'fish') expect(text).toContain(`\n${usualNames.join(' | ')})`);
  });

  it('looks for the same commands as the others', () => {
    const patterns = (text: string) => namesIn(text.replace(/\\+/g, '\\'), /'\((?:\^|pip|\/usr\/bin).*'$/gm);
    const ours = patterns(bothOf(files));
    expect(ours.length).toBeGreaterThanOrEqual(5);
    expect(ours).toEqual(patterns(textOf('shims/parts/environments.bash')));
  });
});

describe('variables of our own', () => {
  const scripts = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^(?:shims\/|[^/]*\.(?:sh|bash|zsh|fish)$|lib\/[^/]*\.py$)/.test(name))
    .map((name) => readFileSync(join(dist, name), 'utf8'));
  const named = [...new Set(scripts.join('').match(/\b_PIP_DETOUR_[A-Z_]*[A-Z]\b/g))];

  it.each(named)('%s reaches no program that we start', (name) => {
    expect(personsVariables({ [name]: 'x' })).not.toHaveProperty(name);
  });
});

it('how many extras of a package are read, beyond which none is said to be missing', () => {
  const read = /"Provides-Extra"\)\]\[:(\d+)\]/.exec(textOf('src/python/index_look/package.py'))?.[1];
  expect(read).toBe(String(mostExtras));
});

it('the oldest Node that will do', () => {
  const [, major, minor] = /\boldest = \[(\d+), (\d+)\]/.exec(textOf('src/start.cjs')) ?? [];
  const files = ['install.sh', 'shims/pip-detour', 'scripts/build.mjs', 'docs/installing.md'];
  for (const file of files) {
    const said = textOf(file).match(/\b\d\d\.\d+(?= or newer)|(?<=target: 'node)[\d.]+/g) ?? [];
    expect([file, ...new Set(said)]).toEqual([file, `${major}.${minor}`]);
  }
});

it('where the XDG directories are by default', () => {
  const defaults = { CONFIG: '.config', DATA: '.local/share', STATE: '.local/state' };
  const files = [
    'install.sh',
    ...readdirSync(join(top, 'shims'), { recursive: true, encoding: 'utf8' }).map((name) => `shims/${name}`),
  ];
  for (const file of files.filter((name) => /\/pip$|\.\w+$|-detour$/.test(name))) {
    const text = textOf(file);
    const named = Object.entries(defaults).filter(([name]) => text.includes(`XDG_${name}_HOME`));
    const used = Object.values(defaults).filter((path) => new RegExp(`HOME[^/\\n]*/${path}\\b`).test(text));
    expect([file, ...used]).toEqual([file, ...named.map(([, path]) => path)]);
  }
});
