import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { top } from './machine.ts';
import type { Sandbox } from './sandbox.ts';

/** A program of its own made of a few lines that use src/: `node FILE …`. `src/x.ts` stands for the file's full path. */
export async function programOf(box: Sandbox, name: string, lines: string): Promise<string> {
  const esbuild = await import('esbuild');
  const built = await esbuild.build({
    stdin: {
      contents: lines.replace(/'(src\/[^']*)'/g, (_, path: string) => JSON.stringify(join(top, path))),
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
  const program = join(box.root, `${name}.cjs`);
  writeFileSync(program, built.outputFiles[0]?.text ?? '');
  return program;
}

/** Remembers, and does nothing else: `node FILE STATE DIRECTORY DETOUR`. */
export function rememberingProgram(box: Sandbox): Promise<string> {
  return programOf(
    box,
    'remember',
    `import { remember } from 'src/memory/choices.ts';
const [state, directory, detour] = process.argv.slice(2);
remember(state, directory, detour).catch((thrown) => {
  console.error(thrown.reference + ': ' + thrown.message);
  process.exitCode = 1;
});`,
  );
}
