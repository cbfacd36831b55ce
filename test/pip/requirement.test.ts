import { describe, expect, it } from 'vitest';
import { normalizeName, parseRequirement } from '../../src/pip/requirement.ts';

describe('a requirement is read as pip reads it', () => {
  it.each([
    ['requests', { kind: 'name', name: 'requests' }],
    ['Flask_Login', { kind: 'name', name: 'flask-login' }],
    [
      'requests[socks,Security]>=2,<3',
      { kind: 'name', name: 'requests', extras: ['socks', 'Security'], specifier: '>=2,<3' },
    ],
    ['x == 1.*', { kind: 'name', name: 'x', specifier: '== 1.*' }],
    ['x (>=1)', { kind: 'name', name: 'x', specifier: '>=1' }],
    ['x===weird', { kind: 'name', name: 'x', specifier: '===weird' }],
    ['x;python_version<"3"', { kind: 'name', name: 'x', marker: 'python_version<"3"' }],
    [`x ; (os_name=="a" or 'b' in platform_release) and extra == 'e'`, { kind: 'name', name: 'x' }],
    ['x @ https://h/x.whl', { kind: 'url', name: 'x' }],
    ['x[e]@git+https://h/x', { kind: 'url', name: 'x', extras: ['e'] }],
    ['git+https://h/x.git@v1#egg=X_y[e]&subdirectory=s', { kind: 'url', name: 'x-y', extras: ['e'] }],
    ['git+ssh://git@h/x.git', { kind: 'url' }],
    ['https://h/a/Foo_Bar-1.0-py3-none-any.whl', { kind: 'url', name: 'foo-bar' }],
    ['./dir', { kind: 'path' }],
    ['.', { kind: 'path' }],
    ['.[dev]', { kind: 'path', extras: ['dev'] }],
    ['../x-1.0-py3-none-any.whl', { kind: 'path', name: 'x' }],
    ['x-1.0.tar.gz', { kind: 'path' }],
    ['#egg=x.zip', { kind: 'path' }],
  ])('%s', (text, expected) => {
    expect(parseRequirement(text)).toMatchObject({ text, ...expected });
    if (!('name' in expected)) expect(parseRequirement(text)?.name).toBeUndefined();
  });
});

describe('what pip would refuse, or we do not know, is no requirement', () => {
  it.each([
    '',
    ' ',
    'x y',
    'x=1',
    'x==',
    'x~=1',
    'x>=1.*',
    'x;',
    'x; nope == "1"',
    'x; os_name',
    '-x',
    '_x',
    'x[',
    'ü',
    'x (===1)',
    'x===1,==1',
    'x==1,',
    'x==1..0',
    'x===]',
    'x!=git+https://h/x',
  ])('%j', (text) => {
    const found = parseRequirement(text);
    // An empty marker is none at all.
    expect(found?.text).toBe(text === 'x;' ? text : undefined);
  });
});

describe('an editable is a directory or a version control URL', () => {
  it.each([
    ['.', 'path'],
    ['src/x[dev]', 'path'],
    ['git+https://h/x#egg=x', 'url'],
    ['name', 'path'],
  ])('%s', (text, kind) => {
    expect(parseRequirement(text, true)).toMatchObject({ kind, editable: true });
  });
});

it.each([
  ['A.B--c__d', 'a-b-c-d'],
  ['requests', 'requests'],
])('%s is normalised to %s', (name, normal) => {
  expect(normalizeName(name)).toBe(normal);
});
