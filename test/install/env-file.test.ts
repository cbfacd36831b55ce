import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lacks, lacksShell, top } from '../support/machine.ts';
import { freshHome } from './support.ts';

/** The static files and a shims directory, under a name that asks for trouble. */
function place(
  home: ReturnType<typeof freshHome>,
  directory = join(home.home, ".local/share/it's $(x) * a b"),
) {
  const program = join(directory, 'pip-detour');
  mkdirSync(join(program, 'shims'), { recursive: true });
  for (const name of ['env.sh', 'env.fish']) copyFileSync(join(top, 'shims', name), join(program, name));
  writeFileSync(join(program, 'shims/pip'), '#!/bin/sh\n', { mode: 0o755 });
  return { program, shims: join(program, 'shims'), data: directory };
}

const shells: readonly (readonly string[])[] = [
  ['bash'],
  ['bash', '--posix'],
  ['zsh'],
  ['zsh', '--emulate', 'sh'],
  ['dash'],
  ['busybox', 'sh'],
  ['mksh'],
  ['yash'],
];

describe.each(shells.map((words) => [words.join(' '), words] as const))('env.sh in %s', (_, words) => {
  const [program = '', ...flags] = words;
  const missing = lacksShell(program);
  const read = (script: string, variables: Record<string, string> = {}) => {
    const home = freshHome();
    const { program: directory, shims, data } = place(home);
    const ran = home.run(`/usr/bin/${program}`, [...flags, '-c', script], {
      env: { PATH: '/one:/two', XDG_DATA_HOME: data, FILE: join(directory, 'env.sh'), ...variables },
    });
    expect(ran.stderr).toBe('');
    expect(ran.code).toBe(0);
    return { lines: ran.stdout.split('\n'), shims };
  };

  it.skipIf(missing)('puts the shims first on PATH, once however often it is read', () => {
    const { lines, shims } = read(
      '. "$FILE"; echo "$PATH"; . "$FILE"; PATH=/new:$PATH; . "$FILE"; echo "$PATH"',
    );
    expect(lines.slice(0, 2)).toEqual([`${shims}:/one:/two`, `${shims}:/new:/one:/two`]);
  });

  it.skipIf(missing)('stays behind an activated environment', () => {
    const { lines, shims } = read('. "$FILE"; PATH=/venv/bin:$PATH; . "$FILE"; echo "$PATH"', {
      VIRTUAL_ENV: '/venv',
    });
    expect(lines[0]).toBe(`/venv/bin:${shims}:/one:/two`);
  });

  it.skipIf(missing)('keeps empty entries, which mean the directory one stands in', () => {
    const { lines, shims } = read('. "$FILE"; echo "$PATH"', { PATH: ':/one::' });
    expect(lines[0]).toBe(`${shims}::/one::`);
  });

  it.skipIf(missing)('works under set -eu, and leaves no variable and no failure behind', () => {
    const { lines } = read('set -eu; unset VIRTUAL_ENV; . "$FILE"; echo $?; set');
    expect(lines[0]).toBe('0');
    expect(lines.filter((line) => line.startsWith('_pip_detour'))).toEqual([]);
  });

  it.skipIf(missing)('does nothing once the shims are gone', () => {
    const { lines } = read('/bin/rm "$(/usr/bin/dirname "$FILE")/shims/pip"; . "$FILE"; echo "$PATH"');
    expect(lines[0]).toBe('/one:/two');
  });
});

describe.skipIf(lacks('fish'))('env.fish', () => {
  const read = (script: string, variables: Record<string, string> = {}) => {
    const home = freshHome();
    const { program, shims } = place(home);
    const ran = home.run('/usr/bin/fish', ['--no-config', '-c', script], {
      env: { PATH: '/one:/two', FILE: join(program, 'env.fish'), ...variables },
    });
    expect(ran.stderr).toBe('');
    return { lines: ran.stdout.split('\n'), shims };
  };

  it('puts the shims first on PATH, once however often it is read', () => {
    const { lines, shims } = read(
      'source $FILE; source $FILE; echo "$PATH"; set -p PATH /new; source $FILE; echo "$PATH"',
    );
    expect(lines.slice(0, 2)).toEqual([`${shims}:/one:/two`, `${shims}:/new:/one:/two`]);
  });

  it('stays behind an activated environment, and leaves no variable behind', () => {
    const { lines, shims } = read(
      'source $FILE; set -p PATH /venv/bin; source $FILE; echo "$PATH"; set --names',
      {
        VIRTUAL_ENV: '/venv',
      },
    );
    expect(lines[0]).toBe(`/venv/bin:${shims}:/one:/two`);
    expect(lines).not.toContain('shims');
    expect(lines).not.toContain('rest');
    expect(lines).not.toContain('directory');
  });
});
