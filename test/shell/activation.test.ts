import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publish, setShellSwitch, withdraw, withdrawAll } from '../../src/shell/activation.ts';
import { shellDirectory } from '../../src/shell/told-files.ts';
import { sandbox } from '../support/sandbox.ts';

const leaf = '.pip-detour-environment';

function place() {
  const state = join(sandbox().home, 'state');
  const fileFor = (directory: string) => join(shellDirectory(state), 'auto', directory, leaf);
  return { state, fileFor };
}

describe('what is published for shells', () => {
  it('is found by the path of the directory, and names the environment on a line', () => {
    const { state, fileFor } = place();
    expect(publish(state, '/home/ana/shop', '/home/ana/shop/.venv')).toBe(true);
    expect(readFileSync(fileFor('/home/ana/shop'), 'utf8')).toBe('/home/ana/shop/.venv\nbelow\n');
    expect(publish(state, '/home/ana', '/home/ana/e', { alone: true })).toBe(true);
    expect(readFileSync(fileFor('/home/ana'), 'utf8')).toBe('/home/ana/e\nalone\n');
    expect(publish(state, '/', '/srv/e', { alone: true })).toBe(true);
    expect(readFileSync(fileFor('/'), 'utf8')).toBe('/srv/e\nalone\n');
  });

  it('is nobody else’s to read or write', () => {
    const { state, fileFor } = place();
    publish(state, '/a', '/a/.venv');
    expect(statSync(fileFor('/a')).mode & 0o077).toBe(0);
    expect(statSync(shellDirectory(state)).mode & 0o077).toBe(0);
  });

  it('replaces what was said before, and leaves nothing beside it', () => {
    const { state, fileFor } = place();
    publish(state, '/a', '/a/.venv');
    publish(state, '/a', '/a/venv');
    expect(readFileSync(fileFor('/a'), 'utf8')).toBe('/a/venv\nbelow\n');
    expect(readdirSync(join(fileFor('/a'), '..'))).toEqual([leaf]);
  });

  it.each([
    ['a newline in the directory', '/a\nb', '/e'],
    ['a newline in the environment', '/a', '/e\n/f'],
    ['an escape sequence', '/a', '/e\u001b[2J'],
    ['bytes that are not UTF-8', '/a\ufffd', '/e'],
    ['a relative environment', '/a', 'e'],
    ['a directory named like our file', `/a/${leaf}/b`, '/e'],
  ])('is declined with %s', (_, directory, environment) => {
    const { state } = place();
    expect(publish(state, directory, environment)).toBe(false);
    expect(existsSync(state)).toBe(false);
  });

  it('is declined where it cannot be written', () => {
    const { state } = place();
    writeFileSync(state, 'a file in the way');
    expect(publish(state, '/a', '/a/.venv')).toBe(false);
  });

  it('is taken back alone, with the directories that led to it', () => {
    const { state, fileFor } = place();
    publish(state, '/a/b/c', '/e');
    publish(state, '/a', '/f');
    expect(withdraw(state, '/a/b/c')).toBe(true);
    expect(existsSync(fileFor('/a'))).toBe(true);
    expect(readdirSync(join(fileFor('/a'), '..'))).toEqual([leaf]);
    expect(withdraw(state, '/a/b/c')).toBe(false);
    expect(withdraw(state, '/a')).toBe(true);
    expect(readdirSync(shellDirectory(state))).toEqual([]);
  });

  it('is taken back whole', () => {
    const { state } = place();
    withdrawAll(state);
    publish(state, '/a/b/c', '/e');
    setShellSwitch(state, 'auto-activate', true);
    withdrawAll(state);
    expect(readdirSync(shellDirectory(state))).toEqual(['auto-activate']);
  });
});

describe('a switch', () => {
  it('is a file that is there when it is on', () => {
    const { state } = place();
    setShellSwitch(state, 'auto-activate', false);
    expect(existsSync(state)).toBe(false);
    setShellSwitch(state, 'auto-activate', true);
    setShellSwitch(state, 'auto-activate', true);
    expect(existsSync(join(shellDirectory(state), 'auto-activate'))).toBe(true);
    setShellSwitch(state, 'auto-activate', false);
    expect(readdirSync(shellDirectory(state))).toEqual([]);
  });
});
