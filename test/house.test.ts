import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { top } from './support/machine.ts';

/** The house as CONTRIBUTING.md draws it: data flows one way, and what acts on the world stands where it is expected. */

const source = join(top, 'src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /(?<!\.d)\.tsx?$/.test(name),
);
const textOf = (name: string) => readFileSync(join(source, name), 'utf8');

/** Folders and files from the left to the right; nothing imports what stands to the right of it, types included. */
const order = [
  ...[
    'types/',
    'types.ts',
    'detour-names.ts',
    'digest.ts',
    'errors.ts',
    'nearest.ts',
    'quote.ts',
    'spinner.ts',
    'words.ts',
  ],
  ...[
    'environment.ts',
    'listing.ts',
    'ownership.ts',
    'process-status.ts',
    'foreground.ts',
    'real-path.ts',
    'remove-empty.ts',
    'running.ts',
    'store.ts',
    'text-file.ts',
    'tried.ts',
    'left-running.ts',
  ],
  ...['process.ts', 'alone.ts', 'activation.ts', 'typed-shell.ts'],
  ...['pip/', 'project/', 'settings/', 'situation/', 'detours/', 'memory/'],
  ...['attendance.ts', 'call.ts', 'nothing-named.ts', 'hint.ts', 'choose.ts', 'report.ts', 'remembering.ts'],
  ...[
    'turn.ts',
    'make.ts',
    'execute.ts',
    'prompt/',
    'path-offer.ts',
    'rescue.ts',
    'prepare.ts',
    'agent-hint.ts',
    'intercept.ts',
  ],
  ...['setup/', 'demo/', 'doctor/', 'commands/', 'cli.ts', 'completion/'],
];
const placeOf = (name: string) => (name.includes('/') ? `${name.split('/')[0]}/` : name);

/** What a file imports of ours, by path below src/, whether as a type, as a value or later. */
function importsOf(name: string): string[] {
  const form = /(?:^(?:import|export)\b[^'";]*\bfrom |^import |\bimport\()'(\.[^']+)'/gm;
  return [...textOf(name).matchAll(form)].map(([, path = '']) =>
    relative(source, join(source, dirname(name), path)),
  );
}

describe('the direction of imports', () => {
  it('every file has its place', () => {
    expect(files.map(placeOf).filter((place) => !order.includes(place))).toEqual([]);
    expect(order.filter((place) => !files.map(placeOf).includes(place))).toEqual([]);
  });

  it('is from the right to the left', () => {
    const against = files.flatMap((name) =>
      importsOf(name)
        .filter((imported) => placeOf(imported) !== placeOf(name))
        .filter((imported) => order.indexOf(placeOf(imported)) >= order.indexOf(placeOf(name)))
        .map((imported) => `${name} imports ${imported}`),
    );
    expect(against).toEqual([]);
  });

  it('leads in no circle within a folder, types apart, which describe each other', () => {
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (name: string, way: readonly string[]) => {
      if (way.includes(name)) circles.push([...way.slice(way.indexOf(name)), name].join(' → '));
      if (done.has(name) || way.includes(name)) return;
      for (const imported of importsOf(name)) visit(imported, [...way, name]);
      done.add(name);
    };
    for (const name of files.filter((file) => !file.startsWith('types'))) visit(name, []);
    expect(circles.filter((circle) => !circle.startsWith('types/'))).toEqual([]);
  });

  it('is read from every form of import', () => {
    expect(importsOf('types.ts')).toContain('types/pip.ts');
    expect(importsOf('prompt/put.ts')).toEqual(expect.arrayContaining(['prompt/ask.tsx', 'prompt/mode.ts']));
    expect(importsOf('settings/layers.ts')).toContain('settings/schema.ts');
  });
});

/** The places of the files whose text has a pattern in it. */
function placesWith(pattern: RegExp): string[] {
  return [...new Set(files.filter((name) => pattern.test(textOf(name))).map(placeOf))].sort();
}

describe('what acts on the world', () => {
  it('environment variables are read in one file', () => {
    expect(placesWith(/\bprocess\.env\b/)).toEqual(['environment.ts']);
  });

  it('the disk is changed by these alone', () => {
    const changing =
      /\b(?:writeFile|appendFile|mkdir|mkdtemp|rm|rmdir|unlink|rename|symlink|link|copyFile|cp|chmod|chown|utimes|lutimes|ftruncate|truncate)Sync\(|\bfrom '(?:conf|atomically)'/;
    expect(placesWith(changing)).toEqual([
      'activation.ts',
      'alone.ts',
      'commands/',
      'completion/',
      'demo/',
      'doctor/',
      'execute.ts',
      'make.ts',
      'memory/',
      'remove-empty.ts',
      'settings/',
      'setup/',
      'store.ts',
    ]);
  });

  it('on the way of a pip only report and prompt write to the terminal', () => {
    const writing = /\bprocess\.(?:stdout|stderr)\.write\b|\bstderr\.write\b|\bwriteSync\([12]\b|\bconsole\./;
    // The commands are programs of their own; rescue hands execute a way to write.
    expect(placesWith(writing)).toEqual(['cli.ts', 'commands/', 'prompt/', 'report.ts', 'rescue.ts']);
  });

  it('quotes for a shell are written in one file', () => {
    expect(placesWith(/'\\\\''/)).toEqual(['quote.ts']);
  });

  it('programs are started by way of two files', () => {
    expect(placesWith(/\bfrom 'cross-spawn'/)).toEqual(['process.ts', 'situation/']);
    expect(placesWith(/^import (?!type )[^;]*from 'node:child_process'/m)).toEqual([]);
  });
});
