import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detourIds } from '../src/detours/ids.ts';
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
    'detours/ids.ts',
    'system/automation.ts',
    'system/variable-values.ts',
    'system/unattended.ts',
    'system/typed-in.ts',
    'system/variables.ts',
    'types/',
    'types.ts',
    'system/',
  ],
  ...['shell/', 'pip/', 'project/', 'settings/', 'detours/system-package/managers/', 'place/'],
  ...[
    'detours/shared/',
    'detours/pipx/',
    'detours/project-manager/',
    'detours/venv/',
    'detours/active-venv/',
    'detours/other-python/',
  ],
  ...['detours/system-package/', 'detours/break-system-packages/', 'detours/'],
  ...['failure/explained.ts', 'failure/said/', 'failure/missing/', 'failure/causes/', 'failure/help/'],
  ...['failure/', 'memory/', 'run/', 'prompt/', 'flow/', 'intercept.ts'],
  ...['setup/', 'demo/', 'doctor/', 'commands/', 'cli.ts', 'completion/'],
];

/** The narrowest of them that a file belongs to. */
const placeOf = (name: string) =>
  order
    .filter((place) => name === place || (place.endsWith('/') && name.startsWith(place)))
    .reduce((narrowest, place) => (place.length > narrowest.length ? place : narrowest), '');

/** What a file imports of ours, by path below src/, whether as a type, as a value or later. */
function importsOf(name: string): string[] {
  const form = /(?:^(?:import|export)\b[^'";]*\bfrom |^import |\bimport\()'(\.[^']+)'/gm;
  return [...textOf(name).matchAll(form)].map(([, path = '']) =>
    relative(source, join(source, dirname(name), path)),
  );
}

describe('the direction of imports', () => {
  it('every file has its place', () => {
    expect(files.filter((name) => placeOf(name) === '')).toEqual([]);
    expect(order.filter((place) => !files.map(placeOf).includes(place))).toEqual([]);
  });

  it('at most a dozen files lie at the top', () => {
    const top = readdirSync(source, { withFileTypes: true }).filter((entry) => entry.isFile());
    expect(top.length).toBeLessThanOrEqual(12);
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

  it('leads in no circle, of types either', () => {
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (name: string, way: readonly string[]) => {
      if (way.includes(name)) circles.push([...way.slice(way.indexOf(name)), name].join(' → '));
      if (done.has(name) || way.includes(name)) return;
      for (const imported of importsOf(name)) visit(imported, [...way, name]);
      done.add(name);
    };
    for (const name of files) visit(name, []);
    expect(circles).toEqual([]);
  });

  it('is read from every form of import', () => {
    expect(importsOf('types.ts')).toContain('types/pip.ts');
    expect(importsOf('prompt/show-prompt.ts')).toEqual(
      expect.arrayContaining(['prompt/ask.tsx', 'prompt/mode.ts']),
    );
    expect(importsOf('settings/layers.ts')).toContain('settings/schema.ts');
  });
});

/** Of these, who acts on the world is told by the file. */
const byFile = /^(?:system|shell|place|detours|run|flow)\//;

/** The files, or the folders where more than one of it may, whose text has a pattern in it. */
function placesWith(pattern: RegExp): string[] {
  const found = files.filter((name) => pattern.test(textOf(name)));
  return [...new Set(found.map((name) => (byFile.test(name) ? name : placeOf(name))))].sort();
}

describe('what is known of a detour', () => {
  const ids = detourIds.join('|');
  const elsewhere = files.filter((name) => !name.startsWith('detours/'));

  it('no id is tested outside detours/: the decision or the detour is asked', () => {
    const testing = new RegExp(
      `[!=]==? *'(?:${ids})'|'(?:${ids})' *[!=]==?|\\bcase '(?:${ids})'|\\[[^\\]]*'(?:${ids})'[^\\]]*\\]\\.includes\\(`,
    );
    expect(elsewhere.filter((name) => testing.test(textOf(name)))).toEqual([]);
    expect("detour === 'venv'").toMatch(testing);
    expect("['venv', 'pipx'].includes(id)").toMatch(testing);
  });

  it('its plan is asked for in one place, so that what is shown is what is run', () => {
    const asking = /\.(?:plan|unavailable|recommended|onlyAsked)\??\.?\((?:situation|found)\b/;
    const asked = files.filter((name) => asking.test(textOf(name)));
    expect(asked.filter((name) => !/^detours\/[\w-]+\//.test(name))).toEqual([
      'detours/decide.ts',
      'detours/index.ts',
    ]);
  });
});

describe('what acts on the world', () => {
  it('environment variables are read in one file', () => {
    expect(
      placesWith(/\bprocess\s*(?:\.\s*|\[\s*')env\b|\benv\b[^;\n]*= process\b|'(?:node:)?process'/),
    ).toEqual(['system/variables.ts']);
  });

  it('the disk is changed by these alone', () => {
    const changing =
      /\b(?:writeFile|appendFile|mkdir|mkdtemp|rm|rmdir|unlink|rename|symlink|link|copyFile|cp|chmod|chown|utimes|lutimes|ftruncate|truncate)Sync\(|\bopenSync\([^;]*'(?:a|w|r\+)|\bO_(?:RDWR|WRONLY|CREAT)\b|\bcreateWriteStream\b|'(?:node:)?fs\/promises'|\bpromises\b[^;]*'node:fs'|'(?:conf|atomically)'/;
    expect(placesWith(changing)).toEqual([
      'commands/',
      'completion/',
      'demo/',
      'doctor/',
      'memory/',
      'run/environment-directory.ts',
      'run/execute.ts',
      'run/put-aside.ts',
      'run/rehearse.ts',
      'run/tidying.ts',
      'settings/',
      'setup/',
      'shell/activation.ts',
      'shell/this-shell.ts',
      'shell/told-files.ts',
      'system/copy.ts',
      'system/lock.ts',
      'system/make-directories.ts',
      'system/remove-empty.ts',
      'system/replace-file.ts',
      'system/store.ts',
      'system/unnamed-file.ts',
    ]);
  });

  it('on the way of a pip only report and prompt write to the terminal', () => {
    // Whatever a stream is called where it is written to, and wherever one is handed on; `file` is one that was opened.
    const writing =
      /\bprocess\s*\.\s*(?:stdout|stderr)\b(?!\.(?:columns|rows|isTTY)\b)|\.write\(|\bwriteSync\((?!file,)|\bconsole\.|\/dev\/tty\b/;
    // The commands are programs of their own.
    expect(placesWith(writing)).toEqual(['cli.ts', 'commands/', 'flow/report.ts', 'prompt/']);
  });

  it('quotes for a shell are written in one file', () => {
    expect(placesWith(/'\\\\''/)).toEqual(['system/quote.ts']);
  });

  it('programs are started by way of two files', () => {
    expect(placesWith(/\bfrom 'cross-spawn'/)).toEqual([
      'detours/system-package/consult.ts',
      'system/process.ts',
    ]);
    expect(
      placesWith(/(?<!^import type [^;]*)'(?:node:)?(?:child_process|worker_threads|cluster)'/m),
    ).toEqual([]);
  });
});
