import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../src/commands/index.ts';
import { between, pages, placed, schemas } from '../src/completion/pages.ts';
import { offeredIds } from '../src/detours/index.ts';
import { managers } from '../src/detours/system-package/managers/index.ts';
import { schema as settings } from '../src/settings/schema.ts';
import { top } from './support/machine.ts';

const source = (file: string) => readFileSync(join(top, file), 'utf8');
const readme = source('README.md');
const inDocs = readdirSync(join(top, 'docs')).filter((name) => name.endsWith('.md'));
const sources = readdirSync(join(top, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => source(`src/${name}`));
const files = ['README.md', 'CONTRIBUTING.md', ...inDocs.map((name) => `docs/${name}`)];

/** The first cells of a page's rows that are code, as `venv` or `pip-detour setup`. */
const firstCells = (page: string) => [...page.matchAll(/^\| `([^`]+)`/gm)].map(([, cell = '']) => cell);

describe('the front page', () => {
  it('has at most 1,300 words, and no line over 200 characters', () => {
    expect(readme.split(/\s+/).length).toBeLessThanOrEqual(1300);
    expect(readme.split('\n').filter((line) => line.length > 200)).toEqual([]);
  });

  it('has the two commands', () => {
    expect(readme).toContain('./install.sh --demo');
    expect(readme).toContain('npm cit');
    expect(source('.ci/run')).toContain('npm cit');
  });
});

describe('the pages keep up with the code', () => {
  it.each(['README.md', 'docs/detours.md'])('%s has every detour in its table, and no other', (file) => {
    const named = firstCells(source(file)).filter((cell) => /^[a-z-]+$/.test(cell));
    expect(named.sort()).toEqual([...offeredIds()].sort());
  });

  it('docs/detours.md knows every package manager', () => {
    const [row = ''] = source('docs/detours.md').match(/^\| `system-package` .*$/m) ?? [];
    const known = Object.keys(managers).map((id) => (id === 'brew' ? 'homebrew' : id));
    expect(known.filter((name) => !row.toLowerCase().includes(name))).toEqual([]);
  });

  it('what PIP_DETOUR may be is told whole', () => {
    const [row = ''] = source('docs/choosing-in-advance.md').match(/^The detours are .*$/m) ?? [];
    const named = [...row.matchAll(/`([a-z-]+)`/g)].map(([, id = '']) => id);
    expect(named.sort()).toEqual([...offeredIds()].sort());
  });

  it('every setting is read somewhere, so that it does what its row says', () => {
    const read = new Set(sources.flatMap((text) => text.match(/\bschema\.\w+/g) ?? []));
    expect(Object.keys(settings).filter((name) => !read.has(`schema.${name}`))).toEqual([]);
  });

  it('docs/command.md has every command, and only those', () => {
    const named = firstCells(source('docs/command.md')).map((cell) => /^pip-detour ([a-z]+)/.exec(cell)?.[1]);
    const there = commands.map((command) => String(command.command).split(' ')[0]);
    expect(named.sort()).toEqual(there.sort());
  });

  it('every variable of ours is told', () => {
    const ours = new Set(source('src/system/variables.ts').match(/'PIP_DETOUR(_[A-Z]+)?'/g));
    expect(ours.size).toBeGreaterThan(1);
    for (const quoted of ours)
      expect(source('docs/choosing-in-advance.md')).toContain(`\`${quoted.replaceAll("'", '')}=`);
  });

  it.each(pages(sources).map((made) => [made.file, made.mark, made] as const))(
    '%s: %s is as `npm run docs` writes it',
    (file, mark, made) => {
      expect(between(source(file), mark)).toBe(placed(made));
    },
  );

  it.each(Object.entries(schemas()))('%s is the schema in use', (file, schema) => {
    expect(JSON.parse(source(file))).toEqual(JSON.parse(JSON.stringify(schema)));
  });
});

describe('what the pages name is there', () => {
  it.each(files)('%s: files, pictures and headings that are linked to', (file) => {
    const links = [...source(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const missing = links
      .filter((target) => !/^https:/.test(target))
      .filter((target) => {
        const [path = '', heading] = target.split('#');
        const linked = path === '' ? file : join(dirname(file), path);
        if (!existsSync(join(top, linked))) return true;
        return heading !== undefined && !headings(source(linked)).includes(heading);
      });
    expect(missing).toEqual([]);
  });

  it('docs/README.md leads to every page', () => {
    const pagesThere = inDocs.filter((name) => name !== 'README.md');
    expect(pagesThere.filter((name) => !source('docs/README.md').includes(`](${name})`))).toEqual([]);
  });

  it.each(files)('%s: npm scripts', (file) => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(source('package.json'));
    for (const [, name = ''] of source(file).matchAll(/npm run ([a-z:]+)/g))
      expect(scripts).toHaveProperty([name]);
  });
});

/** The anchors of a page's headings, as GitHub makes them. */
function headings(page: string): string[] {
  return [...page.matchAll(/^#+ (.*)$/gm)].map(([, text = '']) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
