import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publish, setShellSwitch } from '../../src/shell/activation.ts';
import { type HookShell, hooked, hookShells, readsHook, says } from '../support/hooked.ts';
import { dist, lacks, python, shellProgram } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { shell } from '../support/shell.ts';
import { keys } from '../support/terminal.ts';

/** What the person's shell is like before the hook is read, and after; a typed line must not spell the mark
 * the test waits for, or its echo is taken for the prompt. */
interface House {
  readonly title: string;
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What they type then, and what it must still say. */
  readonly kept?: readonly (readonly [line: string, shows: string | RegExp])[];
  readonly edit?: (hook: string) => string;
  /** Something has taken our place at the prompt: nobody is told of a shell that would never read the answer. */
  readonly deaf?: true;
}

const lastStatus: readonly (readonly [string, string])[] = [
  ['false', ''],
  ['echo "code $?"', 'code 1'],
];
const posix: readonly House[] = [
  {
    title: 'as it comes',
    kept: [...lastStatus, ['echo one two', 'one two'], ['echo "last $_"', 'last two']],
  },
  { title: 'set -u', before: ['set -u'], kept: lastStatus },
  { title: 'set -u afterwards', after: ['set -u'] },
  {
    title: 'set -e',
    before: ['set -e'],
    kept: [
      ['! true', ''],
      ['echo alive', 'alive'],
    ],
  },
  {
    title: 'set -e afterwards',
    after: ['set -e'],
    kept: [
      ['! true', ''],
      ['echo alive', 'alive'],
    ],
  },
  { title: 'noclobber', before: ['set -o noclobber'] },
  { title: 'a strange IFS', before: ["IFS='/e1'"], kept: [...lastStatus, ['echo "<$IFS>"', '</e1>']] },
  { title: 'no IFS', before: ['unset IFS'], kept: [[`echo "<\${IFS-none}>"`, '<none>']] },
  { title: 'vi mode', before: ['set -o vi'] },
  { title: 'the C locale', env: { LC_ALL: 'C', LANG: 'C' } },
  {
    title: 'aliases for what the hook uses',
    before: ["alias read='echo no' hash='echo no' pwd='echo no' eval='echo no'"],
  },
  { title: 'no HOME', env: { XDG_STATE_HOME: '/nowhere' }, after: ['unset HOME'] },
];

const houses: Record<HookShell, readonly House[]> = {
  bash: [
    ...posix,
    {
      title: 'PIPESTATUS',
      kept: [
        ['false | true | (exit 3)', ''],
        [`echo "\${PIPESTATUS[*]}"`, '1 0 3'],
      ],
    },
    {
      title: 'a PROMPT_COMMAND that looks at what there was',
      before: [`PROMPT_COMMAND='seen="$? \${PIPESTATUS[*]} $_"'`],
      kept: [
        ['true last | false', ''],
        ['echo "$seen"', /^1 0 1 (?!.*_pip_detour)/m],
      ],
    },
    {
      title: 'a PROMPT_COMMAND with a semicolon and a comment at its end',
      before: [`PROMPT_COMMAND='seen=$?; # mine'`],
      kept: [
        ['false', ''],
        ['echo "seen $seen"', 'seen 1'],
      ],
    },
    {
      title: 'a PROMPT_COMMAND in an array, as bash has them from 5.1 on',
      before: [`PROMPT_COMMAND=('one=$?' 'two="$? \${PIPESTATUS[*]}"')`],
      kept: [
        ['true | (exit 4)', ''],
        ['echo "$one $two"', '4 4 0 4'],
      ],
    },
    {
      title: 'a PROMPT_COMMAND put before ours',
      after: [`PROMPT_COMMAND="seen=\\$?; $PROMPT_COMMAND"`],
      kept: [
        ['(exit 5)', ''],
        ['echo "seen $seen"', 'seen 5'],
      ],
    },
    {
      title: 'a PROMPT_COMMAND put behind ours',
      after: [`PROMPT_COMMAND="$PROMPT_COMMAND; seen=\\$?"`],
      kept: [
        ['(exit 5)', ''],
        ['echo "seen $seen"', 'seen 5'],
        ['echo "code $?"', 'code 0'],
      ],
    },
    {
      title: 'a prompt like starship’s, which keeps what was there and runs it first',
      after: [
        'kept=$PROMPT_COMMAND; precmd() { seen=$?; eval "$kept"; PS1="$VIRTUAL_ENV <re""ady> "; }; PROMPT_COMMAND=precmd',
      ],
      kept: [
        ['(exit 5)', ''],
        ['echo "seen $seen"', 'seen 5'],
      ],
    },
    {
      title: 'a prompt like VS Code’s, which keeps the first command of PROMPT_COMMAND only',
      before: ["PROMPT_COMMAND=('one=$?' 'two=$?')"],
      after: ['kept=$PROMPT_COMMAND; mine() { seen=$?; eval "$kept"; }; PROMPT_COMMAND=mine'],
      kept: [
        ['(exit 5)', ''],
        ['echo "seen $seen"', 'seen 5'],
      ],
    },
    {
      title: 'a prompt that has taken our place',
      after: ['PROMPT_COMMAND="seen=\\$?"'],
      kept: [
        ['false', ''],
        ['echo "seen $seen"', 'seen 1'],
      ],
      deaf: true,
    },
    {
      title: 'a PROMPT_COMMAND that nobody may change',
      deaf: true,
      before: ["PROMPT_COMMAND='seen=$?'; readonly PROMPT_COMMAND"],
      kept: [
        ['false', ''],
        ['echo "seen $seen"', 'seen 1'],
      ],
    },
    {
      title: 'a bash before 5.1, as far as PROMPT_COMMAND goes',
      before: [`PROMPT_COMMAND='seen="$? \${PIPESTATUS[*]}";'`],
      edit: (hook) => hook.replace('[1-4].* | 5.0)', '*.*)'),
      kept: [
        ['true | (exit 4)', ''],
        ['echo "$seen"', '4 0 4'],
        ['false', ''],
        ['echo "code $?"', 'code 1'],
      ],
    },
    { title: 'posix mode', before: ['set -o posix'], kept: lastStatus },
    {
      title: 'extdebug, failglob and nocasematch',
      before: ['shopt -s extdebug failglob nocasematch'],
      kept: [
        ['mkdir -p a A && cd a', ''],
        ['cd ../A', ''],
        [`echo "at \${_pip_detour_pwd##*/}"`, 'at A'],
        ['cd ..; shopt nocasematch', /nocasematch\s+on/],
      ],
    },
    {
      title: 'a DEBUG and an ERR trap',
      before: ["trap 'debugged=1' DEBUG; trap 'erred=$?' ERR"],
      kept: [
        ['false', ''],
        ['echo "erred $erred"', 'erred 1'],
      ],
    },
    { title: 'set -a', before: ['set -a'] },
    { title: 'set -f', before: ['set -f'] },
  ],
  zsh: [
    ...posix,
    {
      title: 'pipestatus',
      kept: [
        ['false | true | (exit 3)', ''],
        ['echo "$pipestatus"', '1 0 3'],
      ],
    },
    {
      title: 'oh-my-zsh’s alias',
      before: ["alias pip='noglob pip' pip3='noglob pip3'"],
      kept: [['pip --version', /^pip [\d.]+ from/m]],
    },
    { title: 'emulate sh', before: ['emulate sh'], kept: lastStatus },
    { title: 'emulate ksh', before: ['emulate ksh'], kept: lastStatus },
    {
      title: 'options that change arrays, words and patterns',
      before: [
        'setopt ksh_arrays sh_word_split glob_subst null_glob extended_glob no_unset csh_null_glob warn_create_global',
      ],
    },
    {
      title: 'precmd functions before and behind ours',
      before: ['one() { seen1="$? $pipestatus" }; precmd_functions=(one)'],
      after: ['two() { seen2="$? $pipestatus" }; precmd_functions+=(two)'],
      kept: [
        ['true | (exit 4)', ''],
        ['echo "$seen1, $seen2"', '4 0 4, 4 0 4'],
      ],
    },
    { title: 'prompt_subst', before: ['setopt prompt_subst'] },
    {
      title: 'a prompt that is put together anew each time',
      after: ["two() { PS1='<re''ady> ' }; precmd_functions+=(two)"],
    },
    {
      title: 'a prompt that has taken our place',
      after: ['two() { seen=$? }; precmd_functions=(two)'],
      kept: [
        ['false', ''],
        ['echo "seen $seen"', 'seen 1'],
      ],
      deaf: true,
    },
  ],
  fish: [
    {
      title: 'as it comes',
      kept: [
        ['false', ''],
        ['echo "code $status"', 'code 1'],
        ['false | true | fish --no-config -c "exit 3"', ''],
        ['echo "codes $pipestatus"', 'codes 1 0 3'],
      ],
    },
    { title: 'the C locale', env: { LC_ALL: 'C', LANG: 'C' } },
    {
      title: 'a prompt event of the person’s own',
      before: ['function mine --on-event fish_prompt; set -g seen $status; end'],
      kept: [
        ['false', ''],
        ['echo "seen $seen"', 'seen 1'],
      ],
    },
    {
      title: 'a prompt that shows the exit code',
      after: ['function fish_prompt; echo -n "$status <re""ady> "; end'],
      kept: [['fish --no-config -c "exit 5"', /^(\(shop\) )?5 <ready>/m]],
    },
    { title: 'a strange IFS', before: ['set IFS /'] },
    { title: 'a prompt that has taken our place', after: ['functions -e _pip_detour_prompt'], deaf: true },
  ],
};

const anotherBash = shellProgram('bash') !== '/usr/bin/bash';

/** The program's shell files, changed as a house wants it. */
function program(box: Sandbox, name: HookShell, { edit }: House): string {
  if (edit === undefined) return dist;
  const directory = join(box.root, 'program');
  box.run('cp', ['-R', dist, directory]);
  const file = join(directory, `hook.${name}`);
  const text = readFileSync(file, 'utf8');
  expect(edit(text)).not.toBe(text);
  writeFileSync(file, edit(text));
  return directory;
}

describe.each(hookShells)('in %s', (name) => {
  describe.skipIf(lacks(name))('with the hook', () => {
    // Another bash than the system's (test/support/machine.ts) may be an older one.
    const known = houses[name].filter(({ title }) => !anotherBash || !title.includes('from 5.1 on'));
    it.each(known.map((house) => [house.title, house] as const))('a shell with %s', async (_title, house) => {
      const box = sandbox(house.env);
      const environment = join(box.project, '.venv');
      box.run(python, ['-m', 'venv', '--without-pip', environment]);
      const bare = await hooked(name, box, {
        lines: house.before ?? [],
        directory: program(box, name, house),
        columns: 200,
      });
      for (const line of house.after ?? []) await bare.command(line);
      const keep = async () => {
        for (const [line, shows] of house.kept ?? []) {
          const shown = await bare.command(line);
          if (shows instanceof RegExp) expect(shown).toMatch(shows);
          else if (shows !== '') expect(shown.replace(line, '')).toContain(shows);
        }
      };
      await keep();
      if (house.env?.['XDG_STATE_HOME'] !== undefined) return;
      const pid = await bare.command(name === 'fish' ? 'echo pid $fish_pid' : 'echo "pid $$"');
      const own = `${hostname()}.${/^pid (\d+)/m.exec(pid)?.[1]}`;
      const file = join(box.home, '.local/state/pip-detour/shell', own);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${environment}\n`);
      await bare.command('true');
      expect(await bare.variable('VIRTUAL_ENV')).toBe(house.deaf ? 'unset' : environment);
      await keep();
      if (!house.deaf) await bare.command('deactivate');
      const told =
        name === 'fish'
          ? 'echo "typed <$_PIP_DETOUR_SHELL>"'
          : '_pip_detour_here; echo "typed <$_pip_detour_typed>"';
      expect(await bare.command(told)).toContain(house.deaf ? 'typed <>' : `typed <${name},`);
      expect(await bare.variable('VIRTUAL_ENV')).toBe('unset');
      await keep();
      expect(bare.history()).not.toMatch(
        /_pip_detour_\w+:|not found|unbound|parameter not set|syntax error|hook\.\w+:/i,
      );
    });

    it('sudo pip is explained once, and runs as it is', async () => {
      const box = sandbox();
      const bin = join(box.root, 'bin');
      mkdirSync(bin);
      writeFileSync(join(bin, 'sudo'), '#!/bin/sh\necho "sudo was given" "$@"\nexit 3\n', { mode: 0o755 });
      box.env['PATH'] = `${bin}:${box.env['PATH']}`;
      const user = await hooked(name, box, { columns: 160 });
      const explains = "pip-detour: sudo runs the system's own pip as root";
      for (const line of ['sudo true', 'sudo apt install python3-pip', 'sudo -u ana pip list'])
        expect(await user.command(line)).not.toContain(explains);
      const first = await user.command("true; sudo -H pip3 install 'a b' x");
      expect(first).toContain(explains);
      expect(first).toContain('sudo was given -H pip3 install a b x');
      expect(await user.command(says[name].status)).toContain('code 3');
      const second = await user.command('sudo python3 -m pip install x');
      expect(second).toContain('sudo was given python3 -m pip install x');
      expect(second).not.toContain(explains);
      // Whose python it is, where the person stands in an environment.
      const tells = 'to run this one: sudo ~/shop/.venv/bin/python ...';
      expect(await user.command('sudo python app.py')).not.toContain('to run this one');
      box.run(python, ['-m', 'venv', '--without-pip', join(box.project, '.venv')]);
      await user.command(
        `${name === 'fish' ? 'source' : '.'} .venv/bin/activate${name === 'fish' ? '.fish' : ''}`,
      );
      for (const line of [
        'sudo true',
        'sudo /usr/bin/python3 app.py',
        'sudo -u ana python app.py',
        'echo sudo python',
      ])
        expect(await user.command(line)).not.toContain(tells);
      const third = await user.command('sudo python app.py');
      expect(third).toContain(tells);
      expect(third).toContain('sudo was given python app.py');
      expect(await user.command('sudo pip list')).not.toContain(tells);
    });
  });

  it.skipIf(lacks(name, 'strace'))(
    'no process is started as the shell starts, nor at the prompt',
    async () => {
      const box = sandbox();
      const state = join(box.home, '.local/state/pip-detour');
      box.run(python, ['-m', 'venv', '--without-pip', join(box.project, '.venv')]);
      setShellSwitch(state, 'auto-activate', true);
      publish(state, box.project, join(box.project, '.venv'));
      mkdirSync(join(box.home, 'elsewhere'));
      // With a link on the way in, too; each line is one prompt.
      box.run('ln', ['-s', 'shop', join(box.home, 'link')]);
      const typed = ['cd ..', 'cd shop', 'cd ../link', 'cd ../elsewhere', 'true', 'true'];
      const log = join(box.root, 'strace');
      const calls = 'trace=clone,clone3,fork,vfork,execve';
      const traced = async (lines: readonly string[]) => {
        const user = await shell(name, box, {
          under: ['strace', '-f', '--seccomp-bpf', '-qq', '-e', calls, '-o', log],
        });
        for (const line of [...lines, ...typed]) await user.command(line);
        const shown = user.history();
        user.send('exit\r');
        await user.exited;
        const text = readFileSync(log, 'utf8');
        const started = text.match(/\b(?:v?fork|execve|clone3?)\((?![^\n]*CLONE_THREAD)/g) ?? [];
        return { started: started.length, entered: shown.split('(shop) ').length - 1 };
      };
      const without = await traced([]);
      const withHook = await traced([readsHook(name)]);
      // It was there, and at work: entered at once, left, entered twice.
      expect(withHook.entered).toBe(3);
      expect(without.entered).toBe(0);
      expect(withHook.started).toBe(without.started);
    },
  );
});

it.skipIf(lacks('bash'))(
  'Ctrl-C while bash waits for a program of ours at the prompt leaves what is set as it is',
  async () => {
    const box = sandbox();
    const environment = join(box.project, '.venv');
    publish(join(box.home, '.local/state/pip-detour'), box.project, environment, { always: true });
    // Made after it was chosen: the program is asked.
    box.run(python, ['-m', 'venv', '--without-pip', environment]);
    const pip = box.write('bin/pip', '');
    box.write('bin/pip-detour', '#!/bin/sh\necho asked >/dev/tty\nexec sleep 60\n', 0o755);
    const user = await hooked('bash', box, { cwd: box.home });
    await user.command(`_pip_detour_shim='${pip}'`);
    await user.command('set -u; shopt -s nocasematch');
    user.type('cd ~/shop');
    await user.waitUntil((history) => /^asked/m.test(history));
    user.send(keys.ctrlC);
    await user.ready();
    expect(await user.command('shopt -q nocasematch && echo "has $-"')).toMatch(/has \w*u/);
  },
);
