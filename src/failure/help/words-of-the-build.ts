import { printable } from '../../system/quote.ts';
import type { CauseOfBuild, Situation } from '../../types.ts';
import { howToGive } from './wants.ts';

/** Why a build ended badly, and what to type or to look at. Where the words prove less, the sentence says "perhaps". */
export function ofTheBuildInSentences(cause: CauseOfBuild, { interpreter, name }: Situation): string[] {
  const version = interpreter?.version;
  switch (cause.kind) {
    case 'wants-module':
      return [`The build imports ${printable(cause.name)} without asking for it.`, howToGive(cause, name)];
    case 'lacks-own-module':
      return [
        `This Python was built without its own module ${printable(cause.name)}.`,
        'Use another Python, or build this one again where the library for that module is installed.',
      ];
    case 'build-fetches':
      return [
        'The build fetches something by itself, and nobody answered.',
        'Look at the network (and at HTTPS_PROXY, if there is a proxy), then type the same command again. The authors of the project may tell how to build it without a network.',
      ];
    case 'too-old-source':
      return [
        `The package was perhaps written for a Python older than ${version ?? 'this one'}.`,
        'Install a newer version of it, or use an older Python (uv python install 3.9, pyenv install 3.9).',
      ];
    case 'built-for-another':
      return [
        `${printable(cause.file)} was built for another Python.`,
        `To build or fetch it anew, type the same command with --force-reinstall --no-cache-dir after ${name} install.`,
      ];
    case 'wants-older':
      return [
        `The build wants a ${printable(cause.name)} older than ${cause.below}, and does not say so.`,
        howToGive(cause, name),
      ];
    case 'other-age':
      return [
        'words' in cause
          ? `The source does not compile here. It says: ${printable(cause.words)}`
          : `The build wants ${printable(cause.name)} ${printable(cause.needs)}, and ${printable(cause.has)} is here.`,
        olderRelease(name),
      ];
    case 'does-not-compile':
      return [
        'The source does not compile here: perhaps it was written for another version of a library or of the compiler.',
        olderRelease(name),
      ];
    case 'wants-cuda':
      return [
        "The build wants NVIDIA's compiler (nvcc), and it is not here.",
        'Install the CUDA toolkit that NVIDIA has for this system, and type the same command with CUDA_HOME=/usr/local/cuda before it. Without an NVIDIA card, look for a version of the package that needs none.',
      ];
    case 'too-old-tool':
      return [
        `The ${printable(cause.name)} here is too old for this build${cause.needs === undefined ? '' : `, which needs ${printable(cause.needs)} or newer`}.`,
        cause.name === 'CMake'
          ? 'To get a newer one, type: pipx install cmake. Or ask for an older version of the package.'
          : 'To get a newer one, use rustup (https://rustup.rs). Or ask for an older version of the package.',
      ];
    case 'too-new-cmake':
      return [
        "The project's build was written for a CMake older than 3.5, and the CMake here no longer accepts such builds.",
        'Type the same command with CMAKE_POLICY_VERSION_MINIMUM=3.5 before it, or ask for a newer version of the package.',
      ];
    case 'no-memory':
      return [
        'The system ended the compiler: there was perhaps not enough memory.',
        'Close what needs much of it, or type the same command with MAKEFLAGS=-j1 CMAKE_BUILD_PARALLEL_LEVEL=1 before it.',
      ];
    case 'wants-pip':
      return [
        'The build starts a pip of the environment, and there is none in it.',
        `First type: ${name} install pip. Then type the same command again.`,
      ];
    case 'refused-inside':
      return [
        'The build runs a pip of its own, which installs for the whole system and is refused.',
        'Only the authors of the project can mend that: an environment does not help.',
      ];
  }
}

function olderRelease(name: string): string {
  return `Another version of the package may fit. To list them, type: ${name} index versions NAME`;
}
