import { basename } from 'node:path';
import type { Getting } from '../../detours/system-package/command-line.ts';
import { quoteAll } from '../../system/quote.ts';
import type { Situation } from '../../types.ts';
import type { Explained } from '../explained.ts';

const helpOfBuild = [
  "No ready-made build of a package was found for this machine, so it was built here. The build looked for something that is not installed: the build's own output names it.",
  'What you install for it is a package of the system, and stays there. Then the same command runs again; it may turn out to lack something else.',
];

/** What installs these: the command to type and, where somebody can become root here, the offer. */
export function getting(
  packages: readonly string[],
  headline: string,
  situation: Situation,
  { gets, variables }: Getting,
): Pick<Explained, 'advice' | 'remedy'> {
  const words = gets(packages);
  if (words === undefined) return {};
  const { root, attended } = situation.systemPackages ?? {};
  const full = [...(root ?? ['sudo']), ...words];
  const [command = '', ...args] = full;
  const programs = (root?.length ?? 1) + 1;
  const advice = quoteAll(full.map((word, at) => (at < programs ? basename(word) : word)));
  // Without a way to become root, or somebody to type a password, it can only be said.
  if (root === undefined || attended !== true) return { advice };
  const env = variables === undefined ? {} : { env: variables };
  return {
    advice,
    remedy: {
      headline,
      title: 'Install it and try again',
      detail: advice,
      command: advice,
      steps: [{ kind: 'run', command, args, cwd: '/', ...env }],
      help: helpOfBuild,
      packages,
      situation,
    },
  };
}
