import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { inject } from 'vitest';
import { dist, top } from '../support/machine.ts';

/** What a fixture imports as ask.tsx is the bundle as it is shipped. */
const shippedBundle: Plugin = {
  name: 'shipped-bundle',
  setup(api) {
    api.onResolve({ filter: /\/ask\.tsx$/ }, () => ({ path: join(dist, 'lib/prompt.cjs'), external: true }));
  },
};

/** Every fixture program of test/prompt/fixtures as a script Node can run; returns the path of one by name. */
export async function programs(): Promise<(name: string) => string> {
  const directory = join(inject('shared'), 'prompt-fixtures');
  const source = join(top, 'test/prompt/fixtures');
  await build({
    entryPoints: [join(source, '*.ts')],
    outdir: directory,
    // Where the fixtures stand, so that what they wait for at their top level may be waited for.
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node18.19',
    plugins: [shippedBundle],
    logLevel: 'warning',
  });
  return (name) => join(directory, `${name}.mjs`);
}
