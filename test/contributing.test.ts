import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { situationOf } from './detours/situation.ts';
import { vendor } from './detours/vendor.ts';
import { top } from './support/machine.ts';

const page = readFileSync(join(top, 'CONTRIBUTING.md'), 'utf8');
const from = (text: string) => text.slice(text.indexOf('/** Puts the packages'));

it('the detour of the contributor’s page is one that compiles', () => {
  const [block = ''] = from(page).split(/\n\n\d\. /);
  const file = readFileSync(join(top, 'test/detours/vendor.ts'), 'utf8');
  expect(`${block.replace(/^ {7}/gm, '')}\n`).toBe(from(file));
});

it('and that does what it says', () => {
  const found = situationOf(['install', 'demo-lib']);
  expect(vendor.unavailable(found)).toBeUndefined();
  expect(vendor.plan(found).steps[0]).toMatchObject({
    args: ['install', '--target', `${found.cwd}/vendor`, ...found.command.argv.slice(1)],
  });
});

it('the files and scripts it names are there', () => {
  const paths = [...page.matchAll(/`((?:src|test|docs|scripts)\/[\w./-]+)`/g)].map(([, path = '']) => path);
  expect(paths.length).toBeGreaterThan(10);
  expect(
    paths.filter((path) => !existsSync(join(top, path)) && path !== 'src/detours/vendor/index.ts'),
  ).toEqual([]);
  const { scripts } = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8'));
  const named = [...page.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});
