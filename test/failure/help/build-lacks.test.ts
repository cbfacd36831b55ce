import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lacking } from '../../../src/failure/help/build-lacks.ts';
import type { Missing } from '../../../src/types.ts';
import { whereAptKnowsAll as here } from './apt-knows-all.ts';

describe('a build without a compiler', () => {
  it.each<[string, Missing, boolean, readonly string[], readonly string[]]>([
    [
      'a compiler, without headers',
      { kind: 'program', name: 'x86_64-linux-gnu-gcc' },
      false,
      [],
      ['build-essential', 'python3.11-dev'],
    ],
    [
      'c++, without headers',
      { kind: 'program', name: 'c++' },
      false,
      [],
      ['build-essential', 'python3.11-dev'],
    ],
    ['a compiler, and the headers are there', { kind: 'program', name: 'cc' }, true, [], ['build-essential']],
    [
      'a compiler, and the headers were got before',
      { kind: 'program', name: 'cc' },
      false,
      ['python3.11-dev'],
      ['build-essential'],
    ],
    ['what is no compiler', { kind: 'program', name: 'pkg-config' }, false, [], ['pkg-config']],
  ])('%s: one round for what every build needs', async (_, missing, withHeaders, had, packages) => {
    const { situation, environment } = here(withHeaders);
    const explained = await lacking([missing], situation, environment, { packages: had, missing: [] });
    expect(explained?.remedy?.packages).toEqual(packages);
    expect(explained?.remedy?.detail).toMatch(new RegExp(`apt-get install .*${packages.join(' ')}$`));
    // What is only likely is said apart from what the build has said.
    expect(explained?.lines.join(' ')).toMatch(
      packages.length > 1
        ? /in build-essential\. Nearly every build needs Python\.h next, from python3\.11-dev\.$/
        : /\.$/,
    );
    expect(explained?.missing).toEqual([missing.name]);
  });
});

describe('what no package brings', () => {
  const missing: Missing = { kind: 'header', name: 'no/such/thing-at-all.h' };

  it.each([
    ['and nothing was got for it', ['cmake'], /No package is known to bring it/],
    [
      'although something was got for it',
      [missing.name],
      /still not found, although libnowhere-dev is there now/,
    ],
  ])('is said, %s', async (_, before, says) => {
    const { situation, environment } = here(true);
    const had = { packages: ['libnowhere-dev'], missing: before };
    const explained = await lacking([missing], situation, environment, had);
    expect(explained?.remedy).toBeUndefined();
    expect(explained?.lines.join(' ')).toMatch(says);
  });

  it.each([
    ['is there already', 'apt', ['libnowhere-dev']],
    ["is another manager's", 'dnf', []],
  ])('is not said of a package that the build only names and that %s', async (_, by, packages) => {
    const { situation, environment } = here(true);
    const named: Missing = { kind: 'package', name: 'libnowhere-dev', by };
    expect(await lacking([named], situation, environment, { packages, missing: packages })).toBeUndefined();
  });
});

describe('what should be there, for its package is', () => {
  it.each<[Missing, RegExp]>([
    [
      { kind: 'program', name: 'pg_config' },
      /does not find the program pg_config, although \S+ 1\.0 is there\. .*PATH/,
    ],
    [
      { kind: 'pkg-config', name: 'libpq' },
      /does not find the library libpq .*although \S+ 1\.0 is there\. .*another version/,
    ],
    [
      { kind: 'header', name: 'git2/sys/errors.h' },
      /lacks the header git2\/sys\/errors\.h, which \S+ 1\.0 does not have/,
    ],
  ])('%s: is not offered again', async (missing, says) => {
    const { situation, environment } = here(true, '1.0');
    const explained = await lacking([missing], situation, environment, { packages: [], missing: [] });
    expect(explained?.remedy).toBeUndefined();
    expect(explained?.lines.join(' ')).toMatch(says);
  });
});

it('a program that a sentence speaks of is not missing where it is there', async () => {
  const { situation, environment } = here(true);
  const missing: Missing = { kind: 'program', name: 'tesseract', loose: true };
  const nothing = { packages: [], missing: [] };
  expect((await lacking([missing], situation, environment, nothing))?.missing).toEqual(['tesseract']);
  writeFileSync(join(environment.home, 'bin/tesseract'), '#!/bin/sh\n', { mode: 0o755 });
  expect(await lacking([missing], situation, environment, nothing)).toBeUndefined();
});

describe('what only the build itself says', () => {
  it.each<[string, Missing, true | undefined]>([
    ['a package that it names is not marked', { kind: 'package', name: 'libfoo-dev', by: 'apt' }, true],
    ['a header that it lacks is', { kind: 'header', name: 'mysql.h' }, undefined],
  ])('%s', async (_, missing, onlyAdvised) => {
    const { situation, environment } = here(true);
    const explained = await lacking([missing], situation, environment, { packages: [], missing: [] });
    expect(explained?.remedy?.detail).toMatch(/apt-get install /);
    expect(explained?.remedy?.onlyAdvised).toBe(onlyAdvised);
  });
});
