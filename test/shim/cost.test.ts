import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lacks, lacksShell, which } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { install, shells, write } from './house.ts';

/** The system calls of one call of pip up to the moment the real pip takes the process over. */
function traced(box: Sandbox, ours: string, args: readonly string[], path: string): string[] {
  const file = `${box.root}/trace`;
  const calls = 'trace=execve,fork,vfork,clone,clone3,open,openat';
  const ran = box.run(
    which('strace') ?? 'strace',
    ['-f', '--seccomp-bpf', '-qq', '-e', calls, '-o', file, `${ours}/pip`, ...args],
    {
      env: { PATH: `${ours}:${path}` },
    },
  );
  expect(ran.code).toBe(0);
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

describe.skipIf(lacks('strace'))('what the shim costs before pip takes over', () => {
  describe.each(shells)('in $title', (shell) => {
    it.skipIf(lacksShell(shell.program)).each([
      ['pip --version', ['--version'], false],
      ['pip list behind 300 dead entries of PATH', ['list'], true],
      ['pip install in a Python without a marker', ['install', 'x'], false],
    ])('%s: no fork, one exec, a few tens of files', (_title, args, long) => {
      const box = sandbox();
      const ours = install(`${box.root}/ours`, shell);
      // Not a virtual environment, so that the whole search for a marker is done: the longest way to the exec.
      const prefix = `${box.root}/prefix`;
      write(`${prefix}/lib/python3.11/os.py`, '');
      write(`${prefix}/bin/pip`, `#!${prefix}/bin/python3\n`);
      box.run('/bin/cp', ['/bin/true', `${prefix}/bin/python3`]);
      const dead = Array.from({ length: 300 }, (_, n) => `/no/such/${n}:`).join('');
      const trace = traced(box, ours, args, `${long ? dead : ''}${prefix}/bin`);
      const execs = trace.flatMap((line, at) => (/execve\(.*= 0$/.test(line) ? [at] : []));
      expect(execs).toHaveLength(2);
      expect(trace[execs[1] ?? 0]).toContain(`${prefix}/bin/pip`);
      const before = trace.slice(0, execs[1]);
      expect(before.filter((line) => /(fork|clone3?)\(/.test(line))).toEqual([]);
      expect(before.filter((line) => /open(at)?\(/.test(line)).length).toBeLessThan(60);
    });
  });

  it('with the system’s Python: no Node for what cannot be refused', () => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    const trace = traced(box, ours, ['--version'], '/usr/bin');
    expect(trace.filter((line) => /execve\(.*= 0$/.test(line))).toHaveLength(2);
    expect(trace.filter((line) => line.includes(process.execPath))).toEqual([]);
  });

  it('on the way to Node, Node takes the shell’s place', () => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    const trace = traced(box, ours, ['install', 'x'], '/usr/bin');
    const [, second] = trace.flatMap((line, at) => (/execve\(.*= 0$/.test(line) ? [at] : []));
    expect(trace[second ?? 0]).toContain(process.execPath);
    const processOf = (line: string | undefined) => line?.split(' ')[0];
    expect(processOf(trace[second ?? 0])).toBe(processOf(trace[0]));
  });
});
