import { isLibrary } from '../../detours/pipx/libraries.ts';
import { normalizeName } from '../../pip/requirement.ts';
import { printable, quoteAll } from '../../system/quote.ts';
import type { BuildsWith, Cause } from '../../types.ts';

/** A build that wants what it does not ask for. */
export type Wants = Extract<Cause, { kind: 'wants-module' | 'wants-older' }>;

/** What is given to a build that does not ask for it; undefined where nobody knows whose module it is. */
export function whatItWants(cause: Wants): BuildsWith | undefined {
  if (cause.kind === 'wants-older') {
    const tools = cause.name === 'setuptools' ? ['wheel'] : ['setuptools', 'wheel'];
    return { first: [`${cause.name}<${cause.below}`, ...tools], isolated: true };
  }
  const project = normalizeName(cause.name);
  // setuptools 82 no longer brings it.
  if (project === 'pkg-resources') return { first: ['setuptools<81', 'wheel'], isolated: true };
  // A project may be called otherwise than its module (Crypto, yaml), and a stranger may have taken that name.
  return isLibrary(project) ? { first: [project, 'setuptools', 'wheel'], isolated: false } : undefined;
}

/** The same as a sentence; `name`: pip as it was typed. */
export function howToGive(cause: Wants, name: string): string {
  const projects = whatItWants(cause);
  const first =
    projects === undefined
      ? 'First install setuptools, wheel and the package that this module belongs to (it may have another name than the module).'
      : `First type: ${name} install ${printable(quoteAll(projects.first))}.`;
  return `${first} Then type the same command with --no-build-isolation after ${name} install.`;
}
