import type { PipCommand } from '../../types.ts';

/** Whether nothing but pipx is to be installed, of whatever version: `pip install pipx`. */
export function wantsPipx({ subcommand, requirements, options }: PipCommand): boolean {
  const [only, ...others] = requirements;
  if (subcommand !== 'install' || only?.name !== 'pipx' || others.length > 0) return false;
  const particular = ['--upgrade', '--force-reinstall', '--ignore-installed'];
  return (
    only.kind === 'name' &&
    only.specifier === undefined &&
    !options.some(({ name }) => particular.includes(name))
  );
}
