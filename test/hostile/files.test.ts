import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { heldBy } from '../support/environments.ts';
import { lacks, systemIsManaged } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';

/** Threats 6 and 7 of docs/security.md: what lies where a file is looked for, and what can be read only once. */

const managed = systemIsManaged() && !lacks('pip', 'bash');
/** Nothing here may take longer; without a limit a FIFO would hold us for ever. */
const timeout = 50_000;

const places: readonly string[] = [
  'pyproject.toml',
  '.pip-detour.toml',
  '.python-version',
  '.tool-versions',
  'Pipfile',
  'poetry.lock',
  'setup.cfg',
  'setup.py',
  '.venv',
  '.venv/pyvenv.cfg',
  '.git',
];

const kinds: Readonly<Record<string, (file: string) => void>> = {
  'a FIFO': (file) => execFileSync('mkfifo', [file]),
  'a file of 100 MB': (file) => {
    writeFileSync(file, '[project]\n');
    truncateSync(file, 100_000_000);
  },
  'a link to itself': (file) => symlinkSync(file, file),
  'a link to /dev/zero': (file) => symlinkSync('/dev/zero', file),
  'a directory': (file) => mkdirSync(file),
  'deep nesting': (file) => writeFileSync(file, `x = ${'['.repeat(50_000)}`),
  'binary rubbish': (file) =>
    writeFileSync(file, Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7) % 256))),
};

function withOdd(kind: string): Sandbox {
  const box = sandbox();
  for (const place of places) {
    const file = join(box.project, place);
    if (place === '.venv' && kind !== 'a FIFO') continue;
    if (place.startsWith('.venv/') && kind === 'a FIFO') continue;
    mkdirSync(dirname(file), { recursive: true });
    kinds[kind]?.(file);
  }
  return box;
}

describe.skipIf(!managed)('pip is waited for, and nothing else, where every file of a project is', () => {
  it.each(Object.keys(kinds))('%s', (kind) => {
    const box = withOdd(kind);
    const refused = box.run('pip', ['install', 'demo-lib'], { timeout });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('externally-managed-environment');
    const status = box.run('pip-detour', ['status'], { timeout });
    expect(status.signal).toBe(null);
    const explained = box.run('pip-detour', ['explain', '--', 'pip', 'install', '-e', '.'], { timeout });
    expect(explained.signal).toBe(null);
    const chosen = box.run('pip', ['install', 'demo-lib'], { timeout, env: { PIP_DETOUR: 'venv' } });
    expect(chosen.signal).toBe(null);
    rmSync(box.project, { recursive: true });
  });
});

describe.skipIf(!managed)('nor is it waited for what git keeps, beside an environment that is there', () => {
  const rows = ['a FIFO', 'a link to /dev/zero'].flatMap((kind) =>
    ['.git', '.git/index'].map((place) => [place, kind] as const),
  );
  it.each(rows)('%s is %s', (place, kind) => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    box.run('/usr/bin/python3', ['-I', '-m', 'venv', '--without-pip', '.venv']);
    if (place !== '.git') mkdirSync(join(box.project, '.git'));
    kinds[kind]?.(join(box.project, place));
    expect(box.run('pip', ['install', 'demo-lib'], { timeout })).toMatchObject({ code: 0, signal: null });
  });
});

describe.skipIf(!managed)('what can be read only once is left for pip', () => {
  const list = `printf 'demo-lib\\ndemo-other\\n'`;
  it.each([
    ['a requirements file from <(…)', `pip install -r <(${list})`],
    ['a requirements file on standard input', `${list} | pip install -r /dev/stdin`],
    ['constraints from <(…)', `pip install -c <(${list}) demo-lib demo-other`],
    ['a configuration from <(…)', `PIP_CONFIG_FILE=<(printf '[global]\\n') pip install demo-lib demo-other`],
  ])('%s', (_, line) => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const ran = box.run('bash', ['-c', line], { timeout });
    expect(ran.stderr).not.toContain('ERROR');
    expect(heldBy(join(box.project, '.venv'))).toEqual(
      expect.arrayContaining(['demo_lib-2.0', 'demo_other-1.0']),
    );
  });

  it('names to uninstall, which the pip that refuses reads, are read once and handed on', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    box.run('pip', ['install', 'demo-lib', 'demo-other']);
    const ran = box.run('bash', ['-c', 'pip uninstall -y -r <(printf "demo-lib\\n")'], { timeout });
    expect(ran.code, ran.stderr).toBe(0);
    const held = heldBy(join(box.project, '.venv'));
    expect(held).not.toContain('demo_lib-2.0');
    expect(held).toContain('demo_other-1.0');
  });
});
