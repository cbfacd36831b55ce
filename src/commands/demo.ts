import type { CommandModule } from 'yargs';

/** `pip-detour demo`: the main job, shown at once. */
export const demo: CommandModule = {
  command: 'demo',
  describe: 'Show the main job at once, in a temporary directory, without a network',
  handler() {},
};
