import type { Environment } from '../system/variables.ts';
import type { Interpreter, PipCommand } from '../types.ts';
import { type Behind, pipBehind } from './behind.ts';
import { type Configuration, orderedItems, readConfiguration } from './config.ts';
import { type Settings, settings } from './effective.ts';
import { optionsOf, type Parsed } from './options.ts';
import { compareVersions, newest } from './versions.ts';

/** What a pip is set to by its command line, its files and its variables together. */

/** A command line, and the pip that it is for. */
export interface Case {
  readonly command: PipCommand;
  /** pip's version. */
  readonly pip: string;
  readonly interpreter: Interpreter;
  readonly environment: Environment;
  /** pip runs itself again under another Python (`--python`); it does so once only. */
  readonly restarted: boolean;
}

/** What has been read: the verdict, the verbosity and uv ask for the same files, in one call of pip. */
const readings = new WeakMap<Environment, Map<string, Configuration>>();

/** The configuration that this pip reads. */
export function read({ interpreter, environment, pip }: Case, isolated: boolean): Configuration {
  const prefix = interpreter.environment ?? interpreter.prefix;
  const known = readings.get(environment) ?? new Map<string, Configuration>();
  readings.set(environment, known);
  const key = JSON.stringify([prefix, interpreter.prefix, pip, isolated]);
  const configuration =
    known.get(key) ??
    readConfiguration({ environment, prefix, basePrefix: interpreter.prefix, pip, isolated });
  known.set(key, configuration);
  return configuration;
}

/** What one of its parsers is set to. */
export function settingsOf(given: Case, parser: Parsed, configuration: Configuration): Settings {
  if ('broken' in configuration) return { ends: configuration.broken };
  if ('unsure' in configuration) return configuration;
  const items = orderedItems(configuration.layers, parser, given.pip);
  return settings(
    items,
    parser === 'global' ? [] : given.command.options,
    optionsOf(parser, given.pip),
    given.pip,
  );
}

/** What `pip install` is set to by its command line, its files and variables together, by canonical option name. */
export function installSettings(
  command: PipCommand,
  interpreter: Interpreter,
  pip: string,
  environment: Environment,
): Settings {
  const given = { command, pip, interpreter, environment, restarted: false };
  return settingsOf(given, 'install', read(given, command.argv.includes('--isolated')));
}

/** `-v` minus `-q`, with what files and variables add; -3 and below print no error at all. */
export function netVerbosity(
  command: PipCommand,
  realPip: string,
  environment: Environment,
  { interpreter, version: pip }: Behind = pipBehind(realPip, environment),
): number {
  const given = interpreter && pip ? { command, pip, interpreter, environment, restarted: false } : undefined;
  const isolated = command.argv.includes('--isolated');
  const parser = command.subcommand === 'uninstall' ? 'uninstall' : 'install';
  const set =
    given === undefined
      ? settings([], command.options, optionsOf(parser), newest)
      : settingsOf(given, parser, read(given, isolated));
  if (!('values' in set)) return 0;
  if (set.values.get('--debug') === true && compareVersions(pip ?? newest, '25.1') >= 0) return 2;
  return Number(set.values.get('--verbose') ?? 0) - Number(set.values.get('--quiet') ?? 0);
}
