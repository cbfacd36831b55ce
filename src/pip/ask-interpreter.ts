import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ask } from '../system/unseen.ts';
import type { Environment } from '../system/variables.ts';
import type { Interpreter } from '../types.ts';
import { pipArguments } from './start.ts';

/** So long a pip may take to say its version, in ms. */
const patience = 5_000;

/** The Python of a pip behind a wrapper that we cannot read, as that pip says it: `pip 23.0.1 from DIR (python 3.11)`. Starts it. */
export async function askForInterpreter(
  name: string,
  realPip: string,
  environment: Environment,
): Promise<Interpreter | undefined> {
  const said = await ask(
    realPip,
    pipArguments(realPip, ['--version'], name),
    environment.variables,
    patience,
  );
  const match = /^pip \S+ from (.+) \(python (\d+\.\d+)\)/m.exec(said ?? '');
  const [, pipDirectory, version] = match ?? [];
  if (pipDirectory === undefined || version === undefined) return undefined;
  for (let prefix = dirname(pipDirectory); prefix !== dirname(prefix); prefix = dirname(prefix)) {
    if (!/^lib(64)?$/.test(basename(prefix))) continue;
    const executable = join(dirname(prefix), 'bin', `python${version}`);
    const stdlib = join(prefix, `python${version}`);
    try {
      if (statSync(executable).isFile())
        return {
          executable,
          prefix: dirname(prefix),
          stdlib,
          version,
          marker: join(stdlib, 'EXTERNALLY-MANAGED'),
        };
    } catch {
      // A lib directory further up may be the one.
    }
  }
  return undefined;
}
