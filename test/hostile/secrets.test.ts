import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { quoteAll } from '../../src/system/quote.ts';
import { canMount, inContainer } from '../support/machines.ts';
import { type Ran, type Sandbox, sandbox } from '../support/sandbox.ts';
import { keys, terminal } from '../support/terminal.ts';

/**
 * No line of ours, in no place, holds a secret. Each way to spell one has a secret of its own, and each
 * place gets them all, on one command line, in variables and in pip.conf: what is seen names the spelling that leaked.
 */

/** Refuses a connection at once. */
const host = '127.0.0.1:9';
const secretOf = (at: number) => `sEcReT${String(at).padStart(2, '0')}x`;

/** How it is spelled, with the secret put in. */
const onLine: readonly ((secret: string) => readonly string[])[] = [
  (secret) => ['--index-url', `http://alice:${secret}@${host}/simple`],
  (secret) => [`--index-url=http://alice:${secret}@${host}/simple`],
  (secret) => ['-i', `http://alice:${secret}@${host}/simple`],
  (secret) => [`-ihttp://alice:${secret}@${host}/simple`],
  (secret) => ['--extra-index-url', `https://${secret}@${host}/simple`],
  (secret) => [`--extra-index-url=https://alice:p%40${secret}@${host}/simple`],
  (secret) => ['--extra-index-url', `HTTPS://alice:${secret}@${host}/simple`],
  (secret) => [`--extra-index-url=http://${host}/simple?token=${secret}`],
  (secret) => ['--proxy', `http://alice:${secret}@${host}`],
  (secret) => [`--proxy=alice:${secret}@${host}`],
  (secret) => ['-f', `http://alice:${secret}@${host}/links`],
  (secret) => [`--find-links=http://alice:${secret}@${host}/links?api_key=${secret}`],
  (secret) => [`http://alice:${secret}@${host}/direct-1.0.zip`],
  (secret) => [`named @ http://alice:${secret}@${host}/named-1.0.zip`],
  (secret) => [`git+https://oauth2:${secret}@${host}/a/demo.git@v1#egg=demo`],
  (secret) => [`git+https://${secret}@${host}/a/other.git`],
];
const words = onLine.flatMap((spelling, at) => spelling(secretOf(at)));
const variables = {
  PIP_INDEX_URL: `http://alice:${secretOf(50)}@${host}/simple`,
  PIP_EXTRA_INDEX_URL: `http://alice:${secretOf(51)}@${host}/simple https://${secretOf(52)}@${host}/`,
  PIP_PROXY: `http://alice:${secretOf(53)}@${host}`,
};
const configuration = `[global]\nindex-url = http://alice:${secretOf(60)}@${host}/simple\nproxy = alice:${secretOf(61)}@${host}\n`;

/** The spellings whose secrets can be seen, wherever a narrow screen broke the line. */
function leaks(text: string): readonly string[] {
  const bytes = text.replace(/\x1b\[[\d;?]*[A-Za-z]|\s/g, '');
  return [...new Set(bytes.match(/sEcReT\d\dx/g) ?? [])].sort();
}

function place(extra: Readonly<Record<string, string>> = {}): Sandbox {
  const box = sandbox({ ...variables, PIP_CONFIG_FILE: undefined, PIP_RETRIES: '0', ...extra });
  box.write('../.config/pip/pip.conf', configuration);
  return box;
}

/** Every file below HOME, but the person's own pip.conf. */
function kept(directory: string): string {
  return readdirSync(directory, { withFileTypes: true })
    .map((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return kept(path);
      return entry.isFile() && !path.endsWith('/.config/pip/pip.conf') ? readFileSync(path, 'latin1') : '';
    })
    .join('\n');
}

function shows({ stdout, stderr }: Ran, mark: string | RegExp, box: Sandbox): void {
  expect(stdout + stderr).toMatch(mark);
  expect(leaks(stdout + stderr)).toEqual([]);
  expect(leaks(kept(box.home))).toEqual([]);
}

it('every spelling would be seen', () => {
  expect(leaks(words.join('\n'))).toEqual(onLine.map((_, at) => secretOf(at)));
});

describe('where nobody is asked', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ['no terminal', {}, /To choose in advance.*\*\*\*\*/],
    ['plain CI', { CI: 'true' }, /To choose in advance.*\*\*\*\*/],
    ['GitHub', { CI: 'true', GITHUB_ACTIONS: 'true' }, /setup-python.*\*\*\*\*/],
    ['GitLab', { CI: 'true', GITLAB_CI: 'true' }, /image: python.*\*\*\*\*/],
    ['Jupyter', { JPY_PARENT_PID: '1' }, /%pip install.*\*\*\*\*/],
    ['a coding agent', { CLAUDECODE: '1' }, /pip-detour-hint: \{.*\*\*\*\*/],
    ['a choice that means nothing', { PIP_DETOUR: 'nosuch' }, /nosuch[\s\S]*\*\*\*\*/],
    [
      'a choice that cannot be taken',
      { PIP_DETOUR: 'system-package' },
      /system-package .* is not taken here/,
    ],
    ['a dry run of a choice', { PIP_DETOUR: 'system-package', PIP_DRY_RUN: '1' }, /pip-detour/],
  ])('%s', (_, env, mark) => {
    const box = place(env);
    shows(box.run('pip', ['install', ...words]), mark, box);
  });

  it.skipIf(!canMount)('a Dockerfile', () => {
    const box = place();
    const ran = inContainer(box, `pip install ${quoteAll(words)}`);
    shows(ran, /In a Dockerfile.*\*\*\*\*/, box);
  });

  it('what is announced and fails, in the lines of ours', () => {
    const box = place({ PIP_DETOUR: 'venv' });
    const { stderr, code } = box.run('pip', ['install', ...words]);
    expect(code).not.toBe(0);
    const ours = stderr.split('\n').filter((line) => line.startsWith('pip-detour:'));
    expect(ours.length).toBeGreaterThan(0);
    expect(leaks(ours.join('\n'))).toEqual([]);
    expect(leaks(kept(box.home))).toEqual([]);
  });
});

describe('in what is looked up', () => {
  it.each<[string, string[], RegExp]>([
    ['explain', ['explain', '--', 'pip', 'install', ...words], /\*\*\*\*/],
    ['status --json', ['status', '--json'], /\{/],
    ['doctor --json', ['doctor', '--json'], /\{/],
    ['a command that is none', ['install', ...words], /pip/],
  ])('%s', (_, args, mark) => {
    const box = place();
    shows(box.run('pip-detour', args), mark, box);
  });
});

describe('at a terminal', () => {
  const ask = (box: Sandbox, args: readonly string[]) =>
    terminal('/bin/sh', ['-c', `pip install ${quoteAll(args)}; echo "code $?"`], {
      env: box.env,
      cwd: box.project,
      columns: 200,
      rows: 200,
    });

  it('the question, and the commands behind d', async () => {
    const box = place();
    const user = ask(box, words);
    await user.waitFor('esc leave', 30_000);
    user.send('d');
    await user.waitFor(/\$ .*pip/);
    user.send(keys.escape);
    await user.waitFor('code 1');
    expect(user.raw()).toContain('****');
    expect(leaks(user.raw())).toEqual([]);
    expect(leaks(kept(box.home))).toEqual([]);
  });

  it('the plain question', async () => {
    const box = place({ PIP_DETOUR_ACCESSIBLE: '1' });
    const user = ask(box, words);
    await user.waitFor('q to leave:', 30_000);
    for (const [typed, said] of [
      ['d 1', 'environment here runs:'],
      ['d 2', 'pipx runs:'],
    ] as const) {
      user.send(`${typed}\r`);
      await user.waitFor(said);
    }
    user.send('q\r');
    expect(user.raw()).toContain('****');
    expect(leaks(user.raw())).toEqual([]);
  });

  it('what is done, remembered and said of it later', async () => {
    const box = place();
    const user = ask(box, ['--no-index', ...words.slice(0, words.indexOf('-f')), 'demo-lib']);
    await user.waitFor('esc leave', 30_000);
    user.send(keys.enter);
    await user.waitFor(/code \d/, 60_000);
    expect(user.history()).toContain('Installed into ~/shop/.venv');
    expect(leaks(user.raw())).toEqual([]);
    expect(leaks(kept(box.home))).toEqual([]);
    for (const args of [
      ['choices', '--json'],
      ['status', '--json'],
    ])
      shows(box.run('pip-detour', args), /[{[]/, box);
  });
});
