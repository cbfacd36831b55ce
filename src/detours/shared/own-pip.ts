import type { PipCommand } from '../../types.ts';

/** Whether a command is about pip itself and nothing else: `pip install --upgrade pip`. */
export function upgradesPip({ subcommand, requirements }: PipCommand): boolean {
  return (
    subcommand === 'install' &&
    requirements.length > 0 &&
    requirements.every(({ kind, name }) => kind === 'name' && name === 'pip')
  );
}
