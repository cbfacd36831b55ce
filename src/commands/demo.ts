import { rmSync } from 'node:fs';
import type { CommandModule } from 'yargs';
import { show } from '../demo/show.ts';
import { setStage, stageDirectory } from '../demo/stage.ts';
import { workingDirectory } from '../setup/place.ts';
import { endLike } from '../system/ending.ts';
import { readEnvironment } from '../system/variables.ts';

/** `pip-detour demo`: the main job, shown at once. The exit code says whether it worked. */
export const demo: CommandModule = {
  command: 'demo',
  describe: 'Show an example from start to end, in a temporary directory and without a network',
  async handler() {
    const environment = readEnvironment();
    const root = stageDirectory();
    const remove = () => rmSync(root, { recursive: true, force: true });
    // Whatever ends us before the end, short of being killed outright.
    process.once('exit', remove);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => {
        remove();
        endLike({ signal });
      });
    const stage = await setStage(root, workingDirectory(environment), environment);
    const ending = await show(stage, (line) => process.stdout.write(`${line}\n`));
    remove();
    endLike(ending);
  },
};
