import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { interpreterAt } from '../../src/pip/interpreter.ts';
import { lookForOverrides } from '../../src/place/overrides.ts';
import { readEnvironment } from '../../src/system/variables.ts';
import { dist } from '../support/machine.ts';
import { managedPython } from '../support/managed.ts';
import { sandbox } from '../support/sandbox.ts';

/** A managed Python, what is done to it and to the package manager's lists, and what is then found. */
function found(
  change: (given: { marker: string; list(path: string, text: string): void }) => void,
  variables: Record<string, string> = {},
) {
  const box = sandbox();
  const { executable, marker } = managedPython(join(box.root, 'python'), '/usr/lib/python3/dist-packages');
  const root = join(box.root, 'system');
  const list = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  change({ marker, list });
  const environment = readEnvironment({ ...box.env, ...variables });
  const interpreter = interpreterAt(executable, environment);
  return { overrides: lookForOverrides(interpreter, '23.0.1', environment, root), marker, box };
}

describe('the marker', () => {
  it('is there: nothing to tell', () => {
    expect(found(() => {}).overrides).toEqual([]);
  });

  it('was never packaged: nothing to tell', () => {
    expect(found(({ marker }) => rmSync(marker)).overrides).toEqual([]);
  });

  it.each<[string, string, (marker: string) => string]>([
    ['dpkg', 'var/lib/dpkg/info/libpython3.11-stdlib:amd64.list', (marker) => `/.\n${marker}\n`],
    [
      'pacman',
      'var/lib/pacman/local/python-3.13.1-1/files',
      (marker) => `%FILES%\nusr/\n${marker.slice(1)}\n`,
    ],
    [
      'apk',
      'lib/apk/db/installed',
      (marker) =>
        `P:python3\nF:usr\nF:${dirname(marker).slice(1)}\nR:EXTERNALLY-MANAGED\nZ:Q1\nR:os.py\n\nP:x\n`,
    ],
  ])('was deleted, as the list of %s tells', (_, path, text) => {
    const { overrides, marker } = found(({ marker, list }) => {
      list(path, text(marker));
      rmSync(marker);
    });
    expect(overrides).toEqual([{ kind: 'marker-removed', marker }]);
  });

  it('was renamed', () => {
    const { overrides, marker } = found(({ marker }) => renameSync(marker, `${marker}.old`));
    expect(overrides).toEqual([{ kind: 'marker-removed', marker, now: `${marker}.old` }]);
  });
});

describe('a setting', () => {
  it.each<[string, string, boolean]>([
    ['[global]\nbreak-system-packages = true\n', 'in [global]', true],
    ['[install]\nBreak_System_Packages = yes\n', 'in [install], spelled otherwise', true],
    ['[uninstall]\nbreak-system-packages = true\n', 'for another command', false],
    ['[global]\nbreak-system-packages = false\n', 'that says no', false],
  ])('%j (%s)', (text, _, wanted) => {
    const box = sandbox();
    const file = box.write('pip.conf', text);
    expect(found(() => {}, { PIP_CONFIG_FILE: file }).overrides).toEqual(
      wanted ? [{ kind: 'switched-off', by: file }] : [],
    );
  });

  it('a variable', () => {
    expect(found(() => {}, { PIP_BREAK_SYSTEM_PACKAGES: '1' }).overrides).toEqual([
      { kind: 'switched-off', by: 'PIP_BREAK_SYSTEM_PACKAGES' },
    ]);
  });
});

it('pip-detour status tells', () => {
  const box = sandbox();
  const file = box.write('pip.conf', '[global]\nbreak-system-packages = true\n');
  const env = { PIP_CONFIG_FILE: file };
  const ran = box.run(join(dist, 'shims/pip-detour'), ['status'], { env });
  expect(ran.stdout).toContain('unprotected  ~/shop/pip.conf sets break-system-packages');
  const json = JSON.parse(box.run(join(dist, 'shims/pip-detour'), ['status', '--json'], { env }).stdout);
  expect(json.overrides).toEqual([{ kind: 'switched-off', by: file }]);
});
