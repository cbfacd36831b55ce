import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { upstream } from '../../../src/detours/system-package/managers/upstream.ts';
import { judge } from '../../../src/detours/system-package/pep440.ts';
import { python } from '../../support/machine.ts';

const versions =
  '0.9 1 1.0 1.0.0 1.0.1 1.1 1.9.9 1.10 2.0 2.0.1 2.28.1 2.31.0 1!0.5 1.0a1 1.0b2 1.0rc1 1.0.dev3 1.0.post1 2.0rc1 2.0.dev1 2.0.post2 20230112 1.0a1.dev2 1.0.post1.dev1'.split(
    ' ',
  );
const specifiers =
  '==1.0 ==1.* ==1.0.* !=1.0 !=1.* >=1.0 >1.0 <2 <2.0 <=1.0 >=1,<2 >=2.31 ~=1.0 ~=1.0.0 ~=2.0 >=1.0a1 >1.0a1 <2.0rc2 ==2.28.1 !=2.0,>=1.5 >=1!0 ==1.0.post1 >1.0.post0 >=3'.split(
    ' ',
  );

describe('a version fits a specifier', () => {
  it('exactly where the packaging library of the real pip says so', () => {
    const script = `
import sys, json
from pip._vendor import packaging
from pip._vendor.packaging.specifiers import SpecifierSet
v, s = json.load(sys.stdin)
print(json.dumps([int(packaging.__version__.split('.')[0]), [[SpecifierSet(b).contains(a) for b in s] for a in v]]))`;
    const ran = spawnSync(python, ['-c', script], {
      input: JSON.stringify([versions, specifiers]),
      encoding: 'utf8',
    });
    expect(ran.stderr).toBe('');
    const [packaging, oracle]: [number, boolean[][]] = JSON.parse(ran.stdout);
    // Since 25.0 (pip 25.1) `<` and `>` let pre-releases in where they name one; older pips would not install those.
    const disputed = (version: string, specifier: string) =>
      packaging >= 25 && /^[<>]\d.*[a-z]\d$/.test(specifier) && /(a|b|rc|dev)\d/.test(version);
    const different: string[] = [];
    for (const [row, version] of versions.entries())
      for (const [column, specifier] of specifiers.entries())
        if (
          (judge(version, specifier) === 'fits') !==
          (oracle[row]?.[column] && !disputed(version, specifier))
        )
          different.push(
            `${version} ${specifier}: ${judge(version, specifier)}, not ${oracle[row]?.[column]}`,
          );
    expect(different).toEqual([]);
  });

  it.each([
    ['2.28.1', '>=2.31', 'too-old'],
    ['2.28.1', '==2.31.0', 'too-old'],
    ['1.24.2', '>=2,<3', 'too-old'],
    ['2.28.1', '<2', 'other'],
    ['2.28.1', '==2.20', 'other'],
    ['2.28.1', '!=2.28.1', 'other'],
    ['2.28.1', '===2.28.1', undefined],
    ['what', '>=1', undefined],
    ['1.0', 'what', undefined],
  ])('%s is to %s: %s', (version, specifier, expected) => {
    expect(judge(version, specifier)).toBe(expected);
  });
});

it.each([
  ['2.28.1+dfsg-1', '2.28.1'],
  ['1:1.24.2-1+deb12u1', '1.24.2'],
  ['2.0~rc1-1', '2.0rc1'],
  ['1.10.4+dfsg1-2', '1.10.4'],
  ['4.6.0+ds-2', '4.6.0'],
  ['3.11.0~dfsg1-4', '3.11.0'],
  ['2.0.0+really1.26.4-1', '1.26.4'],
  ['0.17.21-1', '0.17.21'],
  ['2.32.3-4', '2.32.3'],
  ['2.32.5-r0', '2.32.5'],
  ['2.0_rc1-r2', '2.0rc1'],
  ['1.4_p3-r1', '1.4.post3'],
  ['2.32.3_2', '2.32.3'],
  ['9.1~b2', '9.1b2'],
])('the upstream part of %s is %s', (version, expected) => {
  expect(upstream(version)).toBe(expected);
});
