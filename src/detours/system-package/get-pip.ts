import { howToGet, managerHere } from './managers/index.ts';

/** What to type where no pip works. */
export function howToGetPip(): string {
  const manager = managerHere();
  return manager === undefined
    ? 'install pip the way your system installs programs'
    : howToGet('pip', manager, process.getuid?.() ?? -1);
}
