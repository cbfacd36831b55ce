import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeDirectories } from '../../src/system/make-directories.ts';

function top(): string {
  const directory = mkdtempSync(join(tmpdir(), 'pip-detour-directories-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

it('nobody else may change what is in a directory of ours, whatever the umask', () => {
  const before = process.umask(0);
  onTestFinished(() => void process.umask(before));
  const directory = top();
  makeDirectories(join(directory, 'a/b'));
  for (const made of ['a', 'a/b']) expect(statSync(join(directory, made)).mode & 0o022).toBe(0);
});

it('the topmost that had to be made is named, and none where all are there', () => {
  const directory = top();
  mkdirSync(join(directory, 'there'));
  expect(makeDirectories(join(directory, 'there/a/b'))).toBe(join(directory, 'there/a'));
  expect(makeDirectories(join(directory, 'there/a/b'))).toBeUndefined();
});

it('what can hold no directory is an error, and no endless loop', () => {
  expect(() => makeDirectories('/proc/nowhere/a')).toThrow(/ENOENT|EACCES|EPERM/);
});
