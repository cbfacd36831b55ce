import { join } from 'node:path';
import { homesOf, workingDirectory } from '../setup/place.ts';
import type { Homes } from '../setup/shells.ts';
import { shortPath, typable } from '../system/quote.ts';
import { sameFile } from '../system/real-path.ts';
import { type Environment, readEnvironment } from '../system/variables.ts';

/** What every check looks at. */
export interface Patient {
  readonly environment: Environment;
  /** The same without our shims and without an activated environment: what a login starts with. */
  readonly fresh: Environment;
  /** The directory that is examined: the program this runs from, or its front (setup/front.ts) where it was set up. */
  readonly program: string;
  readonly homes: Homes;
  /** A path as a person writes it. */
  readonly short: (path: string) => string;
  /** The same in a line that is copied into a shell. */
  readonly typed: (path: string) => string;
}

/** Reads what the checks have in common; changes nothing. */
export async function patientOf(environment: Environment): Promise<Patient> {
  const program = workingDirectory(environment);
  return {
    environment,
    fresh: readEnvironment(asAtLogin(environment, program)),
    program,
    homes: await homesOf(environment),
    short: (path) => shortPath(path, environment.home),
    typed: (path) => typable(path, environment.home),
  };
}

function asAtLogin({ variables, path }: Environment, program: string): Record<string, string> {
  const { VIRTUAL_ENV: active, VIRTUAL_ENV_PROMPT: _, ...rest } = variables;
  const left = [join(program, 'shims'), ...(active === undefined ? [] : [join(active, 'bin')])];
  const entries = path.split(':').filter((entry) => !left.some((place) => sameFile(entry, place)));
  return { ...rest, PATH: entries.join(':') };
}
