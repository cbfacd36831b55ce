// Builds dist/ in the very shape it is installed in: shims/, lib/, and the static shell files beside them.
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { billOfMaterials, bundledPackages, licences } from './bundled.mjs';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = process.argv[2] ?? join(top, 'dist');
// Built beside and swapped in, so that a shim called meanwhile never meets half a program.
const out = `${target}.new-${process.pid}`;

/** One bundle per way through the house: what a path does not need is not in its file. */
const bundles = {
  intercept: 'src/intercept.ts',
  cli: 'src/cli.ts',
  prompt: 'src/prompt/ask.tsx',
  opening: 'src/prompt/opening.ts',
  plain: 'src/prompt/plain.ts',
  store: 'src/system/store.ts',
  'settings-write': 'src/settings/write.ts',
  toml: 'src/project/toml.ts',
  'system-packages': 'src/detours/system-package/look-up.ts',
  failure: 'src/failure/index.ts',
  'record-write': 'src/project/record/dependencies.ts',
  // Run below, and not part of the program.
  completion: 'src/completion/write.ts',
};

/** `await import('…')` of one of the bundles becomes a require of its file, loaded only when reached. */
const lazy = {
  name: 'lazy',
  setup(api) {
    api.onResolve({ filter: /^\.\.?\// }, (args) => {
      if (args.kind !== 'dynamic-import') return undefined;
      const wanted = join(args.resolveDir, args.path);
      const found = Object.entries(bundles).find(([, source]) => join(top, source) === wanted);
      // Else it would be put, unseen, into whoever imports it.
      if (found === undefined)
        return { errors: [{ text: `${args.path} is to be loaded later, and is no bundle` }] };
      return { path: `./${found[0]}.cjs`, external: true };
    });
  },
};

function patched(name, filter, edit) {
  return {
    name,
    setup(api) {
      api.onLoad({ filter }, (args) => ({
        contents: edit(readFileSync(args.path, 'utf8'), args.path),
        loader: 'js',
      }));
    },
  };
}

function replaced(text, pattern, by, path) {
  const after = text.replace(pattern, by);
  if (after === text)
    throw new Error(`build: ${path} no longer holds ${pattern}; the patch needs a new look`);
  return after;
}

/** Ink awaits its devtools at module level, in development only; CommonJS knows no such await. */
const inkWithoutDevtools = patched('ink', /ink\/build\/reconciler\.js$/, (text, path) => {
  const quiet = replaced(text, /^if \(isDev\(\)\) \{[\s\S]*?^\}$/m, '', path);
  return replaced(quiet, /isDev\(\)\s*\? await loadPackageJson\(\)\s*:/, '', path);
});

/** Yoga's loader awaits WebAssembly; its 70 kB compile in 4 ms, so it is done on the spot. */
const yogaAtOnce = patched('yoga', /yoga-layout\/dist\/src\/index\.js$/, (text, path) =>
  replaced(
    text,
    /const Yoga = wrapAssembly\(await loadYoga\(\)\);/,
    `const yogaModule = {};
const yogaBytes = loadYoga.bytes();
yogaModule.instantiateWasm = (imports, done) => {
  done(new WebAssembly.Instance(new WebAssembly.Module(yogaBytes), imports));
  return {};
};
loadYoga(yogaModule);
const Yoga = wrapAssembly(yogaModule);`,
    path,
  ),
);
const yogaBytes = patched(
  'yoga-bytes',
  /yoga-layout\/dist\/binaries\/yoga-wasm-base64-esm\.js$/,
  (text, path) => {
    const base64 = /data:application\/octet-stream;base64,([A-Za-z0-9+/=]+)/.exec(text)?.[1];
    if (base64 === undefined) throw new Error(`build: no WebAssembly found in ${path}`);
    const loader = replaced(text, base64, '', path);
    return `${loader}\nloadYoga.bytes = () => Buffer.from(${JSON.stringify(base64)}, 'base64');`;
  },
);

/** conf would write in place, and not whole, wherever SNAP is set: in any terminal inside a snap. */
const confAlwaysWhole = patched('conf', /conf\/dist\/source\/index\.js$/, (text, path) =>
  replaced(text, /process\.env\.SNAP/, 'false', path),
);

/** The prompt is letters: neither ICU's segmentation nor the table of emoji is needed for them (see graphemes.ts). */
const graphemes = JSON.stringify(join(top, 'src/prompt/graphemes.ts'));
const plainGraphemes = patched(
  'graphemes',
  /(string-width\/index|slice-ansi\/tokenize-ansi|ansi-tokenize\/build\/tokenize)\.js$/,
  (text, path) => {
    const lazily = replaced(text, /new Intl\.Segmenter\([^)]*\)/, 'segmenterOfLetters()', path);
    const quick = path.includes('string-width')
      ? replaced(
          lazily,
          /let width = 0;/,
          'if (isNarrow(string)) return string.length;\n\n\tlet width = 0;',
          path,
        )
      : lazily;
    return `import { isNarrow, segmenter as segmenterOfLetters } from ${graphemes};\n${quick}`;
  },
);

/** signal-exit checks one argument with node:assert, which brings 2 ms of Node's own modules. */
const unasserted = patched('signal-exit', /signal-exit\/index\.js$/, (text, path) =>
  replaced(text, /require\('assert'\)/, '{ equal() {} }', path),
);

const stub = (name, contents) => ({
  name: `stub-${name}`,
  setup(api) {
    api.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: `stub-${name}` }));
    api.onLoad({ filter: /.*/, namespace: `stub-${name}` }, () => ({ contents, loader: 'js' }));
  },
});

/**
 * esbuild asks for node:path and node:fs once for every file that imports them, a hundred times in all, each a call
 * through Node's loader; and `import.meta.url` is to be had where a bundle uses it.
 */
function requiredOnce(text) {
  const constants = {
    __path: 'require("node:path")',
    __fs: 'require("node:fs")',
    __fileUrl: 'require("node:url").pathToFileURL(__filename).href',
  };
  let body = text;
  for (const name of ['__path', '__fs']) body = body.replaceAll(constants[name], name);
  const used = Object.entries(constants).filter(([name]) => body.includes(name));
  return `${used.map(([name, value]) => `const ${name} = ${value};`).join('\n')}\n${body}`;
}

/**
 * One letter beyond ASCII, which esbuild leaves in regular expressions, and V8 keeps all of a bundle in two bytes a letter:
 * start.cjs reads them as they are. A pattern means the same with the letter escaped.
 */
const inAscii = (text) =>
  text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const version = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8')).version;

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'lib'), { recursive: true });
mkdirSync(join(out, 'shims'));

const present = Object.fromEntries(
  Object.entries(bundles).filter(([, source]) => existsSync(join(top, source))),
);
const result = await build({
  absWorkingDir: top,
  entryPoints: Object.entries(present).map(([name, source]) => ({ in: source, out: name })),
  outdir: join(out, 'lib'),
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node18.19',
  format: 'cjs',
  supported: { 'dynamic-import': false },
  minify: true,
  keepNames: false,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  jsx: 'automatic',
  // Said here, not read from tsconfig.json: install.sh builds without one, and must get the same program.
  tsconfigRaw: { compilerOptions: { target: 'es2022', alwaysStrict: true, verbatimModuleSyntax: true } },
  alias: {
    // string-width 8 needs a regular expression flag that Node 18 does not have, and 60 ms to build it elsewhere.
    'string-width': join(top, 'node_modules/string-width/index.js'),
  },
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    'process.env.YARGS_MIN_NODE_VERSION': '"18"',
    'import.meta.url': '__fileUrl',
    PIP_DETOUR_VERSION: JSON.stringify(version),
  },
  plugins: [
    lazy,
    inkWithoutDevtools,
    yogaAtOnce,
    yogaBytes,
    confAlwaysWhole,
    plainGraphemes,
    unasserted,
    stub('react-devtools-core', 'export default {}'),
    // Whoever asks has made sure that somebody is there; Ink would draw nothing at all where CI is set, even to "no".
    stub('is-in-ci', 'export default false'),
    // conf validates only when given a schema, which we never give it: 140 kB that no path runs.
    stub('ajv/dist/2020.js', 'export class Ajv2020 {} export const Ajv = Ajv2020; export default Ajv2020;'),
    stub('ajv-formats', 'export default () => {}'),
  ],
});
for (const name of Object.keys(present)) {
  const file = join(out, `lib/${name}.cjs`);
  writeFileSync(file, inAscii(requiredOnce(readFileSync(file, 'utf8'))));
}
// What went into which bundle, for the tests that say what each path loads; not part of the program. An installation
// writes nothing into the checkout, which may not even be writable.
if (process.argv[2] === undefined) {
  mkdirSync(join(top, '.build'), { recursive: true });
  writeFileSync(join(top, '.build/meta.json'), JSON.stringify(result.metafile));
}

copyFileSync(join(top, 'src/start.cjs'), join(out, 'lib/start.cjs'));
// Run where the program is installed, with the Node there.
copyFileSync(join(top, 'scripts/code-cache.mjs'), join(out, 'lib/code-cache.mjs'));
cpSync(join(top, 'src/python'), join(out, 'lib'), {
  recursive: true,
  filter: (name) => basename(name) !== '__pycache__',
});
copyFileSync(join(top, 'src/detours/system-package/apt-files.txt.br'), join(out, 'lib/apt-files.txt.br'));
writeFileSync(join(out, 'lib/version'), `${version}\n`);

// The completions and the manual are made by the program's own commands, so that they cannot say anything else.
const completion = join(out, 'lib/completion.cjs');
await createRequire(import.meta.url)(completion).main(out, join(top, 'docs/pip-detour.1'));
rmSync(completion);

for (const name of readdirSync(join(top, 'shims')).filter((each) => each !== 'parts')) {
  const isShim = !name.includes('.');
  const to = join(out, isShim ? 'shims' : '.', name);
  const text = withParts(readFileSync(join(top, 'shims', name), 'utf8'));
  const [head, start, rest, end] = text.split(/^(?=[\t ]*# \[(?:start|rest|end)\])/m);
  if (isShim || !/^(?:hook|env)\./.test(name)) writeFileSync(to, text);
  else if (end === undefined) writeFileSync(to, terse(text));
  else {
    writeFileSync(to, terse(head + start + end));
    writeFileSync(join(out, name.replace('.', '-rest.')), terse(start + rest));
  }
  if (isShim) chmodSync(to, 0o755);
}
if (existsSync(join(out, 'shims/pip'))) symlinkSync('pip', join(out, 'shims/pip3'));
writeFileSync(join(out, 'node'), `${process.execPath}\n`);

const bundled = bundledPackages(top, result.metafile);
writeFileSync(join(out, 'sbom.cdx.json'), billOfMaterials(top, bundled));
writeFileSync(join(out, 'LICENSE-3rd-party'), licences(top, bundled));
copyFileSync(join(top, 'LICENSE'), join(out, 'LICENSE'));

const old = `${target}.old-${process.pid}`;
if (existsSync(target)) renameSync(target, old);
renameSync(out, target);
rmSync(old, { recursive: true, force: true });

/** What several scripts share (shims/parts), in its place in each: a file of its own would cost every `pip` and shell more. */
function withParts(text) {
  return text.replace(/^# shellcheck source=(shims\/parts\/.*)\n\. .*\n/gm, (_lines, part) =>
    readFileSync(join(top, part), 'utf8').replace(/^(?:#.*\n)+\n/, ''),
  );
}

/** What every new shell reads, without comments but the first, and without indentation: a tenth of what reading it takes. */
function terse(text) {
  const [first = '', ...lines] = text.split('\n');
  return [first, ...lines.filter((line) => !/^\s*#/.test(line)).map((line) => line.trimStart())].join('\n');
}
