import type { Environment } from '../system/variables.ts';
import type { Interpreter } from '../types.ts';
import { interpreterOf, pipPackageOf } from './interpreter.ts';

/** The Python behind a pip and the pip package it would use, each as far as that can be told. */
export interface Behind {
  readonly interpreter?: Interpreter;
  readonly version?: string;
}

/** Looked up once for a call, and handed to whoever asks about it. */
export function pipBehind(realPip: string, environment: Environment): Behind {
  const interpreter = interpreterOf(realPip, environment);
  const version = interpreter && pipPackageOf(realPip, interpreter, environment)?.version;
  return {
    ...(interpreter === undefined ? {} : { interpreter }),
    ...(version === undefined ? {} : { version }),
  };
}
