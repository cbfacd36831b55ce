import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownNames } from '../../src/detours/system-package/known-names.ts';
import { managers } from '../../src/detours/system-package/managers/index.ts';
import { isPlausible, nameOf } from '../../src/detours/system-package/managers/manager.ts';
import { parseCommandLine } from '../../src/pip/command-line.ts';

/** Whatever is typed as a requirement is for every package manager a name or nothing: no option, pattern or shell word. */

const nasty = fc.constantFrom(
  '-',
  '--',
  '-o',
  '$(',
  ')',
  '`',
  ';',
  '\n',
  ' ',
  '"',
  "'",
  '|',
  '*',
  '\\',
  '${',
);
const word = fc.constantFrom('a', 'demo', 'PyYAML', 'jinja2', '.', '_', '-', '[x]', '==1', '@', '/', '%');
const requirement = fc.oneof(
  fc.string(),
  fc.array(fc.oneof(nasty, word), { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
);
const machine = { python: '3.11', stdlib: '/usr/lib/python3.11', arch: 'x64', known: knownNames };

/** What an argument that holds names may look like. */
const embedded: Readonly<Record<string, RegExp>> = {
  dnf: /^(?:python3dist\([a-z0-9._-]+\),?)+$/,
  emerge: /^<remote-id type="pypi">\((?:[a-z0-9|]|\[-_\.\])+\)<\/remote-id>$/,
};
/** Homebrew is asked in these words only where a name stands in its table; the usual question below names none. */
const words: Readonly<Record<string, readonly string[]>> = { brew: ['info', '--json=v2', '--formula'] };
const plain = /^[a-z0-9][a-z0-9+._/@-]*$/i;

describe('a requirement that is meant to be more than a name', () => {
  it.each(Object.entries(managers))('reaches %s as a name or not at all', (id, manager) => {
    let asked = 0;
    fc.assert(
      fc.property(fc.array(requirement, { maxLength: 4 }), (texts) => {
        const { requirements } = parseCommandLine(['install', 'demo-lib', '--', ...texts]);
        const names = requirements.flatMap((one) => nameOf(one) ?? []);
        for (const purpose of ['install', 'uninstall'] as const) {
          const usual = manager.ask(['demo-lib'], machine, purpose);
          const { program, args } = manager.ask(names, machine, purpose);
          expect([usual.program, 'brew']).toContain(program);
          const known = [...usual.args, ...(words[id] ?? [])];
          for (const arg of args.filter((one) => !known.includes(one))) {
            asked += 1;
            if (id === 'nix') expect(withoutNames(arg)).toBe(withoutNames(usual.args.at(-1) ?? ''));
            else expect(arg).toMatch(embedded[id] ?? plain);
          }
        }
      }),
      { numRuns: 500 },
    );
    // Homebrew is asked about the names of its own table only, xbps with the same words whatever was typed.
    if (id !== 'brew' && id !== 'xbps') expect(asked).toBeGreaterThan(0);
  });
});

describe('a package that comes back', () => {
  it.each([
    'python3-requests',
    'python3-zope.interface',
    'dev-python/pyyaml',
    'python3Packages.requests',
    'mingw-w64-ucrt-x86_64-python-requests',
    'python313-PyYAML',
  ])('%s is handed on', (name) => {
    expect(isPlausible({ package: name, version: '1:2.0~rc1+dfsg' })).toBe(true);
  });

  it.each([
    '-y',
    '--root=/tmp',
    'python3-a-',
    'python3-a+',
    'a b',
    'a;b',
    '$(touch run)',
    'a\n-y',
    '',
    '../a',
  ])('%j is not', (name) => {
    expect(isPlausible({ package: name })).toBe(false);
  });

  it.each(['1.0\u001b]0;x\u0007', '1.0 --now', '$(id)'])('nor one whose version is %j', (version) => {
    expect(isPlausible({ package: 'python3-a', version })).toBe(false);
    expect(isPlausible({ package: 'python3-a', installed: version })).toBe(false);
  });
});

/** The expression with each run of name literals made one; a name that ended its literal would be left over. */
function withoutNames(expression: string): string {
  return expression.replace(/"[a-z0-9._-]*"/gi, '""').replace(/""(?:\s+"")+/g, '""');
}
