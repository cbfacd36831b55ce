import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bareCheckout, freshHome, pathWith, snapshot } from '../install/support.ts';
import { dist, top } from '../support/machine.ts';

interface LockEntry {
  readonly version: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Record<string, string>;
}
interface Component {
  readonly 'bom-ref': string;
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly hashes: readonly { readonly alg: string; readonly content: string }[];
}
interface Bom {
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}
interface Meta {
  readonly outputs: Record<string, { readonly inputs: Record<string, { readonly bytesInOutput: number }> }>;
}

const lock: { packages: Record<string, LockEntry> } = JSON.parse(
  readFileSync(join(top, 'package-lock.json'), 'utf8'),
);
const bom: Bom = JSON.parse(readFileSync(join(dist, 'sbom.cdx.json'), 'utf8'));
const nameOf = ({ group, name }: Component) => (group === undefined ? name : `${group}/${name}`);

describe('what is installed', () => {
  it('is our own sources and packages in the versions of package-lock.json, and nothing else', () => {
    const meta: Meta = JSON.parse(readFileSync(join(top, '.build/meta.json'), 'utf8'));
    const inputs = Object.values(meta.outputs).flatMap(({ inputs }) => Object.keys(inputs));
    const foreign = inputs.filter((input) => !/^(src|node_modules)\/|^stub-[\w/.-]+:/.test(input));
    expect(foreign).toEqual([]);
    for (const component of bom.components) {
      const entry = lock.packages[`node_modules/${nameOf(component)}`];
      expect(entry?.version, nameOf(component)).toBe(component.version);
      expect(entry?.dev, `${nameOf(component)} is for developing only`).toBeUndefined();
    }
  });

  it('has no package beyond those that the dependencies of package.json lead to', () => {
    const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(
      readFileSync(join(top, 'package.json'), 'utf8'),
    );
    const reached = new Set<string>();
    const follow = (name: string) => {
      if (reached.has(name)) return;
      reached.add(name);
      for (const next of Object.keys(lock.packages[`node_modules/${name}`]?.dependencies ?? {})) follow(next);
    };
    for (const name of Object.keys(dependencies)) follow(name);
    expect(bom.components.map(nameOf).filter((name) => !reached.has(name))).toEqual([]);
  });

  it('is these files', () => {
    const names = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(
      (name) => !/^(completions|lib|man|shims)(\/|$)/.test(name) && !/\.(fish|sh|bash|zsh)$/.test(name),
    );
    expect(names.sort()).toEqual(['LICENSE', 'LICENSE-3rd-party', 'node', 'sbom.cdx.json']);
    expect(
      readdirSync(join(dist, 'lib'), { recursive: true, encoding: 'utf8' })
        // What V8 kept of the bundles is made where the program is put.
        .filter((name) => !/\.(cache|cjs|py)$/.test(name))
        .sort(),
    ).toEqual(['apt-files.txt.br', 'code-cache.mjs', 'index_look', 'version']);
  });
});

describe('the bill of materials', () => {
  it('lists each bundled package once, with the digest of what was published', () => {
    const meta: Meta = JSON.parse(readFileSync(join(top, '.build/meta.json'), 'utf8'));
    const bundled = Object.values(meta.outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([input, { bytesInOutput }]) =>
        bytesInOutput === 0 ? [] : (/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []),
      ),
    );
    expect(bom.components.map(nameOf)).toEqual([...new Set(bundled)].sort());
    expect(bundled).toEqual(expect.arrayContaining(['ink', 'react', 'yargs', 'conf', 'cross-spawn']));
    for (const { hashes } of bom.components)
      expect(hashes).toEqual([{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }]);
  });

  it('says who needs whom, and leaves nobody unneeded', () => {
    const refs = bom.components.map((component) => component['bom-ref']);
    expect(bom.dependencies.slice(1).map(({ ref }) => ref)).toEqual(refs);
    const needed = new Set(bom.dependencies.flatMap(({ dependsOn }) => dependsOn));
    expect([...needed].sort()).toEqual([...refs].sort());
  });
});

describe('the licences', () => {
  it('that are installed are of every bundled package, each with its copyright', () => {
    const text = readFileSync(join(dist, 'LICENSE-3rd-party'), 'utf8');
    const sections = text.split(`\n${'-'.repeat(80)}\n\n`);
    for (const component of bom.components) {
      const title = `${nameOf(component)} ${component.version} (`;
      const section = sections.find((each) => each.startsWith(title)) ?? '';
      const shown = section.includes('Its licence stands above.')
        ? (sections.find((each) => each.startsWith(`${nameOf(component)} is bundled`)) ?? '')
        : section;
      expect(shown, nameOf(component)).toMatch(/copyright|\(c\)/i);
      expect(shown, nameOf(component)).toMatch(
        /Permission is hereby granted|Permission to use, copy|Redistribution and use|Apache License/,
      );
    }
    expect(readFileSync(join(dist, 'LICENSE'), 'utf8')).toBe(readFileSync(join(top, 'LICENSE'), 'utf8'));
    expect(text).toContain('dh-python');
  });

  it('are ones that allow it', () => {
    const found = JSON.stringify(bom).matchAll(/"(?:id|expression)":"([^"]+)"/g);
    const allowed = ['Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', '(MIT OR CC0-1.0)'];
    for (const [, id] of found) expect(allowed).toContain(id);
  });
});

describe('building', () => {
  /** Builds in a directory of its own, of another name and depth; with this checkout's packages. */
  function builtIn(...directory: string[]): Record<string, string> {
    const home = freshHome();
    const checkout = join(home.root, ...directory);
    mkdirSync(join(checkout, '..'), { recursive: true });
    cpSync(bareCheckout(home), checkout, { recursive: true });
    symlinkSync(join(top, 'node_modules'), join(checkout, 'node_modules'));
    const out = join(home.root, 'out');
    const ran = home.run(process.execPath, [join(checkout, 'scripts/build.mjs'), out]);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    return digests(out);
  }
  const digests = (directory: string) =>
    Object.fromEntries(
      Object.entries(snapshot(directory))
        // Made after the build, by each Node for itself.
        .filter(([name]) => !name.endsWith('.cache'))
        .map(([name, text]) => [name, createHash('sha256').update(text).digest('hex')]),
    );

  it('gives the same bytes wherever it is done', () => {
    const one = builtIn('a');
    expect(Object.keys(one)).toContain('lib/intercept.cjs');
    expect(builtIn('another', 'place', 'with a blank')).toEqual(one);
    expect(one).toEqual(digests(dist));
  });

  it('ends with a sentence when a package is not the one that package-lock.json names', () => {
    const home = freshHome();
    const checkout = bareCheckout(home);
    symlinkSync(join(top, 'node_modules'), join(checkout, 'node_modules'));
    const file = join(checkout, 'package-lock.json');
    const changed = readFileSync(file, 'utf8').replace(
      /("node_modules\/chalk": \{\s+"version": ")[^"]+/,
      '$10.0.1',
    );
    writeFileSync(file, changed);
    const ran = home.run(process.execPath, [join(checkout, 'scripts/build.mjs'), join(home.root, 'out')]);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('is not what package-lock.json says; run npm ci');
  });

  it('runs no install script: npm is told so, and the one dependency that has one works without', () => {
    const scripted = Object.entries(lock.packages).filter(
      ([, entry]) => entry.hasInstallScript && !entry.dev,
    );
    // Its binary comes as a package for each platform; the script only makes `npx esbuild` start quicker.
    expect(scripted.map(([path]) => path)).toEqual(['node_modules/esbuild']);

    const home = freshHome();
    const checkout = bareCheckout(home);
    const bin = pathWith(home, 'node', 'python3');
    const log = join(home.root, 'npm.log');
    // As npm leaves it without scripts: the packages as they were published.
    const npm = `#!/bin/sh\necho "$*" >>'${log}'\ncp -al '${top}/node_modules' . || cp -R '${top}/node_modules' .\n`;
    writeFileSync(join(bin, 'npm'), npm, { mode: 0o755 });
    const ran = home.run(join(checkout, 'install.sh'), ['--no-rc'], { env: { PATH: bin } });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(log, 'utf8')).toMatch(/^ci .*--ignore-scripts/);
  });

  it('with npm itself: a script of a dependency is not run', () => {
    const home = freshHome();
    const checkout = bareCheckout(home);
    const evil = join(checkout, 'evil');
    mkdirSync(evil);
    const witness = join(home.root, 'witness');
    const scripts = { preinstall: `touch ${witness}`, postinstall: `touch ${witness}` };
    writeFileSync(join(evil, 'package.json'), JSON.stringify({ name: 'evil', version: '1.0.0', scripts }));
    const own = { name: 'pip-detour', version: '1.0.0', dependencies: { evil: 'file:evil' } };
    writeFileSync(join(checkout, 'package.json'), JSON.stringify(own));
    const install = /npm ci [^\n]*(?:\\\n[^\n]*)*/.exec(readFileSync(join(top, 'install.sh'), 'utf8'))?.[0];
    const line = `npm install --package-lock-only --ignore-scripts --no-audit --silent && ${install}`;
    const ran = home.run('/bin/sh', ['-c', line], { cwd: checkout });
    expect(ran.code).toBe(0);
    expect(readdirSync(join(checkout, 'node_modules'))).toContain('evil');
    expect(readdirSync(home.root)).not.toContain('witness');
  });
});
