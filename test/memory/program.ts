import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { top } from '../support/machine.ts';
import type { Sandbox } from '../support/sandbox.ts';

/** A program of its own that remembers, and does nothing else: `node FILE STATE DIRECTORY DETOUR`. */
export async function rememberingProgram(box: Sandbox): Promise<string> {
  const esbuild = await import('esbuild');
  const built = await esbuild.build({
    stdin: {
      contents: `
import { remember } from ${JSON.stringify(join(top, 'src/memory/choices.ts'))};
const [state, directory, detour] = process.argv.slice(2);
remember(state, directory, detour).catch((thrown) => {
  console.error(thrown.reference + ': ' + thrown.message);
  process.exitCode = 1;
});`,
      resolveDir: top,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    logLevel: 'error',
    define: { 'import.meta.url': '""' },
  });
  const program = join(box.root, 'remember.cjs');
  writeFileSync(program, built.outputFiles[0]?.text ?? '');
  return program;
}
