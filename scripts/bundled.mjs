// What of other people's is in the bundle, found from what esbuild says it took: the software bill of materials and the
// licences that are installed with the program. The same input gives the same bytes: no time, no random number, no path.
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

/**
 * The packages that gave at least one byte to a bundle, by their path in package-lock.json (`node_modules/ink`), sorted.
 * Each with its entry there. One that the lock file does not have, or has in another version, ends the build.
 */
export function bundledPackages(top, metafile) {
  const { packages } = JSON.parse(readFileSync(join(top, 'package-lock.json'), 'utf8'));
  const modules = realpathSync(join(top, 'node_modules'));
  const used = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([input, { bytesInOutput }]) => bytesInOutput > 0 && /(^|\/)node_modules\//.test(input))
    .map(([input]) => lockPath(relative(modules, resolve(top, input))));
  return [...new Set(used)].sort().map((path) => {
    const entry = packages[path];
    const found = JSON.parse(readFileSync(join(top, path, 'package.json'), 'utf8'));
    if (entry === undefined || entry.version !== found.version)
      throw new Error(`build: ${path} ${found.version} is not what package-lock.json says; run npm ci`);
    return { path, name: found.name, version: entry.version, licence: found.license, entry };
  });
}

/** `ink/build/x.js` → `node_modules/ink`; the innermost package of nested ones. */
function lockPath(file) {
  const parts = `node_modules/${file.split(sep).join('/')}`.split('/');
  const last = parts.lastIndexOf('node_modules');
  return parts.slice(0, last + (parts[last + 1].startsWith('@') ? 3 : 2)).join('/');
}

const purl = ({ name, version }) => `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;

/** The bill of materials: CycloneDX 1.6 as JSON (https://cyclonedx.org/docs/1.6/json/). */
export function billOfMaterials(top, bundled) {
  const { name, version, license, dependencies } = JSON.parse(
    readFileSync(join(top, 'package.json'), 'utf8'),
  );
  const own = `pkg:npm/${name}@${version}`;
  const bom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': own,
        name,
        version,
        licenses: [{ license: { id: license } }],
      },
    },
    components: bundled.map(component),
    dependencies: [
      { ref: own, dependsOn: needed('', dependencies, bundled) },
      ...bundled.map((each) => ({
        ref: purl(each),
        dependsOn: needed(each.path, each.entry.dependencies, bundled),
      })),
    ],
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

function component(each) {
  const [, group, name] = /^(?:(@[^/]+)\/)?(.*)$/.exec(each.name);
  const [algorithm, digest] = each.entry.integrity.split('-');
  return {
    type: 'library',
    'bom-ref': purl(each),
    ...(group === undefined ? {} : { group }),
    name,
    version: each.version,
    // Of the package as it is published, as package-lock.json has it.
    hashes: [
      { alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(digest, 'base64').toString('hex') },
    ],
    licenses: [/[ ()]/.test(each.licence) ? { expression: each.licence } : { license: { id: each.licence } }],
    purl: purl(each),
  };
}

/** What one package needs of those that are bundled: looked for as Node does, from the inside out. */
function needed(path, dependencies, bundled) {
  const inside = path === '' ? [] : path.split('/node_modules/').map((_, i, all) => all.slice(0, i + 1));
  const places = [...inside.map((parts) => `${parts.join('/node_modules/')}/`).reverse(), ''];
  return Object.keys(dependencies ?? {})
    .flatMap((name) => {
      const found = places.map((place) => `${place}node_modules/${name}`);
      const hit = found.map((p) => bundled.find((each) => each.path === p)).find((e) => e !== undefined);
      return hit === undefined ? [] : [purl(hit)];
    })
    .sort();
}

/**
 * LICENSE-3rd-party as it is installed: the one of the checkout, which also has the licences of packages that come
 * without a file of it, then the files of each bundled package. A package with neither ends the build.
 */
export function licences(top, bundled) {
  const kept = readFileSync(join(top, 'LICENSE-3rd-party'), 'utf8');
  const sections = bundled.map(({ path, name, version, licence }) => {
    const files = readdirSync(join(top, path)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
    const texts = files.sort().map((file) => readFileSync(join(top, path, file), 'utf8').trim());
    if (texts.length === 0 && !kept.includes(`\n${name} `))
      throw new Error(
        `build: ${name} comes without its licence; add it to LICENSE-3rd-party, beginning "${name} "`,
      );
    const text = texts.length === 0 ? 'Its licence stands above.' : texts.join('\n\n');
    return `${name} ${version} (${licence})\n\n${text.replaceAll('\r\n', '\n')}\n`;
  });
  const rule = `\n${'-'.repeat(80)}\n\n`;
  return [kept, ...sections].join(rule);
}
