import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/doctor/ask-shell.ts';
import { judgeShell, type ShellFacts } from '../../src/doctor/judge-shell.ts';

const shims = '/h/.local/share/pip-detour/shims';
const facts: ShellFacts = {
  shell: 'bash',
  mine: true,
  files: [{ path: '/h/.bashrc', line: 'there' }],
  shims,
  hasHook: true,
  short: (path) => path.replace('/h/', '~/'),
};
const well: Answer = {
  kind: 'our-function',
  alias: '',
  file: `${shims}/pip`,
  path: `${shims}:/usr/bin`,
  hook: true,
  completes: true,
  virtualEnv: '',
};

describe('what is said of a shell', () => {
  const cases: readonly (readonly [string, Partial<ShellFacts>, Partial<Answer>, string, string, string])[] =
    [
      ['all is well', {}, {}, 'ok', 'by the line in ~/.bashrc', ''],
      [
        'nothing has run compinit',
        { shell: 'zsh', files: [{ path: '/h/.zshrc', line: 'there' }] },
        { completes: false },
        'ok',
        'Tab completes pip-detour once ~/.zshrc has: autoload -Uz compinit && compinit',
        '',
      ],
      ['the hook has no function for pip', {}, { kind: 'file' }, 'ok', 'by the line in', ''],
      ['oh-my-zsh has its alias', {}, { kind: 'alias', alias: 'noglob pip' }, 'ok', 'by the line in', ''],
      [
        'an alias of theirs',
        {},
        { kind: 'alias', alias: 'pip3 --user' },
        'failed',
        'an alias of yours, pip3 --user',
        'unalias pip',
      ],
      ['a function of theirs', {}, { kind: 'function' }, 'failed', 'a function called pip', 'unset -f pip'],
      [
        'a function of theirs, in fish',
        { shell: 'fish' },
        { kind: 'function' },
        'failed',
        'a function',
        'functions -e pip',
      ],
      [
        'the hook is not read',
        {},
        { kind: 'file', hook: false },
        'failed',
        'of an older pip-detour',
        'pip-detour setup --shell bash',
      ],
      [
        'a version without a hook',
        { hasHook: false },
        { kind: 'file', hook: false },
        'ok',
        'by the line in',
        '',
      ],
      [
        'another directory is put in front',
        {},
        { file: '/opt/x/pip', path: `/opt/x:${shims}:/usr/bin` },
        'failed',
        '/opt/x/pip comes first: what stands after our line in ~/.bashrc puts /opt/x in front',
        'pip-detour setup --shell bash --last',
      ],
      [
        'the rc files activate an environment',
        {},
        { file: '/h/v/bin/pip', path: `/h/v/bin:${shims}:/usr/bin`, virtualEnv: '/h/v' },
        'ok',
        'of the environment that your start-up files activate',
        '',
      ],
      [
        'there is no line',
        { files: [{ path: '/h/.bashrc', line: 'missing' }] },
        { kind: 'file', file: '/usr/bin/pip', path: '/usr/bin' },
        'failed',
        '/usr/bin/pip; there is no line of ours in ~/.bashrc',
        'pip-detour setup --shell bash',
      ],
      [
        'the line is not reached',
        {},
        { kind: 'nothing', file: '', path: '/usr/bin' },
        'failed',
        'no pip; the line in ~/.bashrc is not reached',
        'to the top of ~/.bashrc',
      ],
    ];
  it.each(cases)('%s', (_, given, said, state, words, mend) => {
    const found = judgeShell({ ...facts, ...given }, 'interactive', { ...well, ...said });
    expect(found.state).toBe(state);
    expect(found.says).toContain(words);
    if (found.state === 'failed') expect(found.mend).toContain(mend);
  });

  it('a shell that gives no answer is no fault of its own, and is named with what to type in it', () => {
    expect(judgeShell(facts, 'interactive', undefined)).toMatchObject({
      state: 'note',
      says: expect.stringContaining('type -a pip'),
    });
  });
});
