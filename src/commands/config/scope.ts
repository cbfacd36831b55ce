import { realpathSync } from 'node:fs';
import type { Argv } from 'yargs';
import { unknownSetting } from '../../settings/layers.ts';
import { type Setting, type Source, settingNamed } from '../../settings/schema.ts';
import { realDirectory, type Wanted } from '../../settings/target.ts';
import { DetourError } from '../../system/errors.ts';
import { type Environment, readEnvironment } from '../../system/variables.ts';

/** The options that all of `pip-detour config` shares: whose settings are meant. */
export function withScope(yargs: Argv): Argv {
  return yargs
    .option('user', {
      type: 'boolean',
      describe: 'Your own settings (set and unset change these by default)',
    })
    .option('project', { type: 'boolean', describe: "The project's file, for everybody who works in it" })
    .option('directory', {
      type: 'string',
      requiresArg: true,
      describe: 'Your settings for this directory and those below it',
    })
    .option('policy', { type: 'boolean', describe: "The administrator's settings, which can only be shown" })
    .conflicts({
      user: ['project', 'directory', 'policy'],
      project: ['directory', 'policy'],
      directory: 'policy',
    });
}

type Args = Readonly<Record<string, unknown>>;

/** Which source was named; undefined for all of them together. */
export function sourceOf(args: Args): Source | undefined {
  if (args['user'] === true) return 'user';
  if (args['project'] === true) return 'project';
  if (typeof args['directory'] === 'string') return 'directory';
  return args['policy'] === true ? 'policy' : undefined;
}

/** What a change is aimed at. @throws DetourError `not-yours-to-change` for the administrator's. */
export function wantedOf(args: Args): Wanted {
  if (args['policy'] === true)
    throw new DetourError(
      'not-yours-to-change',
      "pip-detour does not change the administrator's settings: root edits the file by hand",
      'to find the file, type: pip-detour config path --policy',
      2,
    );
  const { project, directory } = args;
  return {
    ...(project === true ? { project } : {}),
    ...(typeof directory === 'string' ? { directory } : {}),
  };
}

/** From where settings are looked at. */
export interface Place {
  readonly environment: Environment;
  /** Real path: where settings are looked at from. */
  readonly cwd: string;
}

/** Where the person stands, or the directory they named. */
export function placeOf(args: Args): Place {
  const { directory } = args;
  const cwd = typeof directory === 'string' ? realDirectory(directory) : realpathSync('.');
  return { environment: readEnvironment(), cwd };
}

/** A setting by the name that was typed. @throws DetourError `unknown-setting`. */
export function namedSetting(name: unknown): Setting<unknown> {
  const setting = settingNamed(String(name));
  if (setting !== undefined) return setting;
  throw new DetourError('unknown-setting', unknownSetting(String(name)), 'pip-detour config list', 2);
}
