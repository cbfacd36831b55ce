import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dist, lacks, top } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';
import { keys, terminal } from '../support/terminal.ts';

/** Which packages went into which bundle, as the build says. */
function packagesIn(bundle: string): Set<string> {
  const meta: { outputs: Record<string, { inputs: Record<string, unknown> }> } = JSON.parse(
    readFileSync(join(top, '.build/meta.json'), 'utf8'),
  );
  const found = Object.entries(meta.outputs).find(([file]) => file.endsWith(`/lib/${bundle}.cjs`));
  const inputs = Object.keys(found?.[1].inputs ?? {});
  expect(inputs.length).toBeGreaterThan(0);
  return new Set(inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []));
}

describe('what is in which bundle', () => {
  it.each([
    [
      'intercept',
      ['cross-spawn', 'strip-ansi'],
      ['ink', 'react', 'yargs', 'conf', 'yoga-layout', 'smol-toml', 'toml-eslint-parser'],
    ],
    ['toml', ['smol-toml'], ['ink', 'react', 'yargs', 'conf', 'cross-spawn']],
    ['store', ['conf'], ['ink', 'react', 'yargs', 'ajv']],
    ['settings-write', ['conf', 'toml-eslint-parser', 'atomically'], ['ink', 'react', 'yargs', 'ajv']],
    ['record-write', ['smol-toml', 'toml-eslint-parser'], ['ink', 'react', 'yargs', 'conf']],
    ['prompt', ['ink', 'react'], ['yargs', 'conf']],
    ['cli', ['yargs', 'cross-spawn'], ['ink', 'react', 'conf']],
  ])('%s holds %j and none of %j', (bundle, wanted, unwanted) => {
    const packages = packagesIn(bundle);
    expect([...packages]).toEqual(expect.arrayContaining(wanted));
    for (const name of unwanted) expect(packages).not.toContain(name);
  });
});

it('no cryptography is loaded on the way to pip: it takes a tenth of what Node itself takes', () => {
  expect(readFileSync(join(dist, 'lib/intercept.cjs'), 'utf8')).not.toMatch(/require\("(node:)?crypto"\)/);
  expect(readFileSync(join(dist, 'lib/start.cjs'), 'utf8')).not.toMatch(/require\('(node:)?crypto'\)/);
});

it('of every bundle V8 keeps one byte a letter, and none brings what only promises of files need', () => {
  const bundles = readdirSync(join(dist, 'lib')).filter((name) => name.endsWith('.cjs'));
  expect(bundles).toContain('intercept.cjs');
  for (const name of bundles) expect(`${name} ${firstBeyondAscii(name)}`).toBe(`${name} none`);
  expect(readFileSync(join(dist, 'lib/intercept.cjs'), 'utf8')).not.toMatch(
    /require\("(node:)?fs\/promises"\)|\bperformance\.now\b/,
  );
  expect(readFileSync(join(dist, 'lib/start.cjs'), 'utf8')).not.toMatch(/ = require\('module'\)/);
});

function firstBeyondAscii(bundle: string): string {
  const found = /[^\0-\x7f].{0,20}/.exec(readFileSync(join(dist, 'lib', bundle), 'utf8'));
  return found?.[0] ?? 'none';
}

describe.skipIf(lacks('strace'))('what is opened and started on each path', () => {
  /** The files of ours that were opened, and the programs that were started. */
  function traced(args: readonly string[], env: Record<string, string> = {}) {
    const box = sandbox();
    const log = join(box.root, 'trace');
    box.run(
      'strace',
      ['-f', '--seccomp-bpf', '-o', log, '-e', 'trace=execve,openat', `${dist}/shims/pip`, ...args],
      { env },
    );
    const trace = readFileSync(log, 'utf8');
    const opened = [...trace.matchAll(/openat\([^"]*"[^"]*\/lib\/([\w-]+\.c?js)", [^)]*\) = \d/g)].map(
      (m) => m[1],
    );
    const started = [...trace.matchAll(/execve\("([^"]+)".*\) = 0/g)].map((m) => m[1]?.split('/').at(-1));
    return { opened: [...new Set(opened)].sort(), started };
  }

  it.each([
    [['--version']],
    [['list']],
    [['install', '--target', 'x', '--no-deps', 'demo-lib']],
    [['download', 'no-such-thing']],
  ])('pip %j: no Node', (args) => {
    const { opened, started } = traced(args);
    expect(opened).toEqual([]);
    // The shim and the pip it becomes; what pip itself starts (lsb_release, for its user agent) comes after.
    expect(started.slice(0, 2)).toEqual(['pip', 'pip']);
    expect(started).not.toContain('node');
  });

  it('a refusal nobody can answer: no Node, and the shim becomes pip, with its hint', () => {
    const { opened, started } = traced(['install', 'demo-lib']);
    expect(opened).toEqual([]);
    expect(started).toEqual(['pip', 'python3']);
  });

  it('a refusal nobody can answer, with something for Node to decide: no prompt, no memory', () => {
    const { opened } = traced(['install', 'demo-lib'], { PIP_DETOUR: 'ask' });
    expect(opened).toEqual(['intercept.cjs', 'start.cjs']);
  });

  it('a choice that stands: neither prompt nor the failing pip', () => {
    const { opened, started } = traced(['install', 'demo-lib'], { PIP_DETOUR: 'venv' });
    expect(opened).toEqual(['intercept.cjs', 'start.cjs']);
    expect(started.filter((name) => name === 'pip')).toEqual(['pip']);
    expect(started.filter((name) => name === 'python3').length).toBeGreaterThan(0);
  });

  it('a choice that stands, where its environment is there: no pipe to a pip that is listened to', () => {
    const box = sandbox();
    const pip = `${dist}/shims/pip`;
    const install = ['install', '--no-deps', 'demo-lib'];
    const env = { PIP_DETOUR: 'venv' };
    expect(box.run(pip, install, { env }).code).toBe(0);
    const log = join(box.root, 'trace');
    box.run('strace', ['-f', '--seccomp-bpf', '-o', log, '-e', 'trace=socketpair,execve', pip, ...install], {
      env,
    });
    const trace = readFileSync(log, 'utf8');
    expect(trace).toMatch(/execve\("[^"]*\/\.venv\/bin\/python", \[[^\]]*--heard/);
    expect(trace).not.toMatch(/socketpair/);
  });

  it('a question is painted while pip is on its way to its refusal, and Ink is loaded after it', async () => {
    const box = sandbox();
    const log = join(box.root, 'trace');
    const line = `exec strace -f --seccomp-bpf -s 300 -o '${log}' -e trace=openat,execve,exit_group '${dist}/shims/pip' install demo-lib`;
    const user = terminal('/bin/sh', ['-c', line], { env: box.env, cwd: box.project });
    await user.waitFor('esc leave');
    user.send(keys.escape);
    await user.exited;
    const trace = readFileSync(log, 'utf8');
    // Another thread's call may be printed in between: the call's own beginning is what counts.
    const at = (call: RegExp) => {
      expect(trace).toMatch(call);
      return trace.search(call);
    };
    const opening = at(/openat\([^"]*"[^"]*\/lib\/opening\.cjs"/);
    expect(opening).toBeLessThan(at(/openat\([^"]*"[^"]*\/lib\/prompt\.cjs"/));
    const asked = /^(\d+) +execve\("[^"]*\/python[\d.]*", \[[^\]]*pip-witness/m.exec(trace)?.[1] ?? '';
    expect(opening).toBeLessThan(at(new RegExp(`^${asked} .*exit_group`, 'm')));
    // Its version is read off its files; asking it would cost a Python while pip is failing.
    expect(trace).not.toMatch(/execve\("[^"]*\/pipx"/);
  });
});
