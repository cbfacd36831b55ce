import { notUnderstood } from '../../src/detours/shared/not-understood.ts';
import { pipArguments } from '../../src/pip/start.ts';
import type { Detour as Known } from '../../src/types.ts';

type Detour = Omit<Known, 'id'> & { readonly id: string };

/** Puts the packages into `vendor/` beside the code: pip never refuses `--target`. */
export const vendor: Detour = {
  id: 'vendor',
  title: () => 'Put it into vendor/ here',
  detail: () => '--target vendor',
  unavailable: ({ command }) =>
    command.subcommand === 'install' ? notUnderstood(command) : 'pip can only install there',
  recommended: () => undefined,
  target: () => ({}),
  plan({ command, realPip, cwd, name }) {
    const args = [...command.argv];
    args.splice((command.subcommandAt ?? 0) + 1, 0, '--target', `${cwd}/vendor`);
    return {
      steps: [{ kind: 'run', command: realPip, args: pipArguments(realPip, args, name), hears: 'pip' }],
    };
  },
};
