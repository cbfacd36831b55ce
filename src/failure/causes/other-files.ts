import type { Cause } from '../../types.ts';

/** The machine and the Python that none of a project's ready-made files is for. */
export interface Taker {
  /** `3.11`; undefined where it is not known. */
  readonly python: string | undefined;
  /** As Node calls them: `linux`, `x64`. */
  readonly platform: string;
  readonly arch: string;
}

/** Which other Python would take one of the files, or which other systems they are made for. */
export function forWhom(
  { name, tags }: Extract<Cause, { kind: 'other-files' }>,
  { python, platform, arch }: Taker,
): Cause {
  const files = tags.flatMap((tag) => {
    const [pythons = '', , systems = ''] = tag.split('-');
    return systems.split('.').map((system) => ({ pythons: pythons.split('.'), system }));
  });
  const here = files.filter(({ system }) => isFor(system, platform, arch));
  const minors = here
    .flatMap(({ pythons }) => pythons.map((one) => Number(/^cp3(\d{1,2})$/.exec(one)?.[1])))
    .filter((minor) => Number.isInteger(minor));
  const takes = python !== undefined && minors.includes(Number(python.split('.')[1]));
  // One that is for this Python as well lacks something else: a newer C library.
  if (minors.length > 0 && !takes)
    return {
      kind: 'needs-python',
      name,
      requires: `>=3.${Math.min(...minors)},<3.${Math.max(...minors) + 1}`,
    };
  const systems = new Set(files.filter((one) => !here.includes(one)).flatMap(({ system }) => called(system)));
  return { kind: 'other-platform', name, systems: here.length > 0 ? [] : [...systems] };
}

function isFor(system: string, platform: string, arch: string): boolean {
  if (system === 'any') return true;
  const machine = { x64: /x86_64$|universal2$/, arm64: /(?:aarch64|arm64|universal2)$/, ia32: /i686$/ }[arch];
  const family = platform === 'darwin' ? /^macosx/ : /^(?:many|musl)?linux/;
  return family.test(system) && machine?.test(system) === true;
}

/** A platform's tag (packaging.python.org, "Platform compatibility tags") as people call it; the processor where that is the matter. */
function called(system: string): string[] {
  if (system.startsWith('win')) return ['Windows'];
  if (system.startsWith('macosx')) return ['macOS'];
  const machine = /^(?:many|musl)?linux(?:_\d+_\d+|\d+)?_(\w+)$/.exec(system)?.[1];
  return machine === undefined ? [] : [`Linux on ${machine}`];
}
