import type { Environment } from '../system/variables.ts';
import type { Sender } from '../types.ts';
import { orderedItems, readConfiguration } from './config.ts';
import { settings } from './effective.ts';
import { optionsOf } from './options.ts';

/** pip's settings that send what is installed out of an environment, or end pip in one (commands/install.py). */
const names = ['user', 'target', 'prefix', 'root'] as const;

/** The environment whose own pip is meant. */
interface Asked {
  readonly environment: Environment;
  /** Its directory. */
  readonly directory: string;
  /** `sys.base_prefix` of its Python. */
  readonly basePrefix: string;
  readonly pip: string;
}

/**
 * What sends packages elsewhere for the pip of an environment, by its files (its own among them) and variables. Its own
 * pip.conf comes after the other files, but before PIP_CONFIG_FILE's and the variables (pip/_internal/configuration.py).
 */
export function sentElsewhere({ environment, directory, basePrefix, pip }: Asked): readonly Sender[] {
  const configuration = readConfiguration({
    environment,
    prefix: directory,
    basePrefix,
    pip,
    isolated: false,
  });
  if (!('layers' in configuration)) return [];
  const layers = configuration.layers.map((layer, at) => ({ layer, from: configuration.files[at] ?? '' }));
  const isLast = ({ from }: { from: string }) =>
    from === ':env:' || from === environment.variables['PIP_CONFIG_FILE'];
  return [true, false].flatMap((lasting) => {
    const these = layers.filter((each) => isLast(each) === lasting);
    const items = orderedItems(
      these.map(({ layer }) => layer),
      'install',
      pip,
    );
    const set = settings(items, [], optionsOf('install', pip), pip);
    if (!('values' in set)) return [];
    return names
      .filter((name) => {
        const value = set.values.get(`--${name}`);
        return name === 'user' ? value === true : typeof value === 'string' && value !== '';
      })
      .map((name): Sender => {
        const from = these.findLast(({ layer }) =>
          [':env:', 'install', 'global'].some((section) => layer.has(`${section}.${name}`)),
        )?.from;
        const variable = `PIP_${name.toUpperCase()}`;
        return { name, by: from === undefined || from === ':env:' ? variable : from, lasting };
      });
  });
}
