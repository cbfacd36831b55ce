import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../src/commands/index.ts';
import { detourIds } from '../src/detours/index.ts';
import { jsonSchema, markdownTable } from '../src/settings/published.ts';
import { top } from './support/machine.ts';

const readme = readFileSync(join(top, 'README.md'), 'utf8');
const source = (file: string) => readFileSync(join(top, file), 'utf8');

describe('the README keeps up with the code', () => {
  it.each(detourIds())('it has the detour %s in its table', (id) => {
    expect(readme).toContain(`| \`${id}\` |`);
  });

  it('it names no detour that is not there', () => {
    const table = readme.slice(readme.indexOf('The ways round'), readme.indexOf('## The prompt'));
    const named = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1]);
    expect(named.sort()).toEqual([...detourIds()].sort());
  });

  it('it has every command, and only those', () => {
    const named = [...readme.matchAll(/^\| `pip-detour ([a-z]+)/gm)].map((match) => match[1]);
    const there = commands.map((command) => String(command.command).split(' ')[0]);
    expect(named.sort()).toEqual(there.sort());
  });

  it('it has every environment variable of ours', () => {
    const ours = new Set(source('src/environment.ts').match(/'PIP_DETOUR(_[A-Z]+)?'/g));
    for (const quoted of ours) expect(readme).toContain(quoted.replaceAll("'", ''));
  });

  it('its table of settings is the schema, as `npm run settings` writes it', () => {
    expect(readme).toContain(`-->\n\n${markdownTable()}\n\n<!-- end of settings -->`);
  });

  it.each(['project', 'user', 'policy'] as const)(
    'the published JSON schema for %s is the one in use',
    (source) => {
      const published: unknown = JSON.parse(readFileSync(join(top, `docs/schema/${source}.json`), 'utf8'));
      expect(published).toEqual(JSON.parse(JSON.stringify(jsonSchema(source))));
    },
  );

  it('every npm script it names is there', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(source('package.json'));
    for (const match of readme.matchAll(/npm run ([a-z:]+)/g))
      expect(scripts).toHaveProperty(String(match[1]));
  });

  it('the two commands are there', () => {
    expect(readme).toContain('./install.sh --demo');
    expect(readme).toContain('npm cit');
    expect(source('.ci/run')).toContain('npm cit');
  });
});
