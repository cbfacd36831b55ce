import { asksExactly } from '../pip/exactly.ts';
import { normalizeName } from '../pip/requirement.ts';
import { printable, quoteAll, shownLine } from '../system/quote.ts';
import { inWords } from '../system/sentences.ts';
import type { Cause, Situation } from '../types.ts';
import { buildWith } from './builds-with.ts';

/** What a failure comes from, and what helps, in sentences. Where the words prove less, the sentence says "perhaps". */

/** What is to be known beside the cause: the nearest known name, and a Python that fits. */
export interface Known {
  readonly nearest?: string;
  /** `3.12.4 in ~/.pyenv/versions/3.12.4/bin/python3.12`. */
  readonly python?: string;
}

/** One sentence for the cause, and one for what to do. */
export function inSentences(cause: Cause, situation: Situation, known: Known): string[] {
  const { interpreter, name } = situation;
  const version = interpreter?.version;
  switch (cause.kind) {
    case 'missing':
      return [];
    case 'needs-python':
      if (cause.project !== undefined)
        return [
          `${printable(cause.name)} ${requires(cause.requires)}, and this project allows ${printable(cause.project)}.`,
          'Write the narrower requires-python into pyproject.toml, or ask for an older version.',
        ];
      return [
        `${printable(cause.name)} ${requires(cause.requires)}${version === undefined ? '' : `, and this Python is ${version}`}.`,
        known.python === undefined ? getPython(cause.requires) : `Python ${known.python} fits.`,
      ];
    case 'no-version': {
      const near =
        cause.nearest === ''
          ? ''
          : ` The nearest one is ${printable(cause.nearest)}${typed(cause, situation)}`;
      return [`There is no ${printable(cause.name)}${printable(cause.wanted)} on the index.${near}`];
    }
    case 'other-files':
    case 'other-platform': {
      const made = cause.kind === 'other-files' ? [] : cause.systems;
      const only = made.length === 0 ? 'for other systems' : `for ${inWords(made)}`;
      return [
        `${printable(cause.name)} is there ready-made only ${only}, and its source is not on the index.`,
        "The project's page may say what there is for this system.",
      ];
    }
    case 'no-such-name':
      return [
        cause.certain
          ? `The index has no project called ${printable(cause.name)}.`
          : `No ${printable(cause.name)} that fits was found: the index may not have it, may have it only for other Pythons or systems, or was not reached.`,
        ...(known.nearest === undefined ? [] : [`A known project has a similar name: ${known.nearest}`]),
      ];
    case 'conflict':
      return [
        cause.between.length < 2
          ? 'What was asked for wants different versions of the same package; they are named above.'
          : `${inWords(cause.between.map(printable))} want different versions of the same package, which is named above.`,
        'Ask for one of them without a version, or install each into an environment of its own.',
      ];
    case 'hash-mismatch':
      return [
        `The hash of what was downloaded${cause.name === undefined ? '' : ` for ${printable(cause.name)}`} is not the one in the requirements file.`,
        'If the download was meant to change, write its new hash there (pip hash FILE). If not, ask whoever runs the index, and do not install it.',
      ];
    case 'no-space':
      return [
        'There is no space left where pip writes.',
        'df -h . /tmp ~ shows which disk is full; pip cache purge frees what pip keeps.',
      ];
    case 'certificates':
      return [
        `${cause.by ?? 'pip'} could not verify the index's certificate.`,
        `If a proxy or your company has a certificate of its own, type${cause.by === 'uv' ? ' the same command with SSL_CERT_FILE=FILE before it' : ': pip config set global.cert FILE'}. A wrong clock causes this, too (type date to see it).`,
      ];
    case 'proxy':
      return [
        'The proxy did not let the request through.',
        `Check its address, its user name and its password: they stand in ${cause.by === 'uv' ? 'HTTPS_PROXY, in HTTP_PROXY or in ALL_PROXY' : 'HTTPS_PROXY, in HTTP_PROXY or in pip config get global.proxy'}.`,
      ];
    case 'no-network':
      return [
        'The index, or the server that keeps its files, could not be reached.',
        `Check your network, the index that is set (${cause.by === 'uv' ? 'UV_DEFAULT_INDEX, pyproject.toml, uv.toml' : 'pip config list'}) and HTTPS_PROXY, then type the same command again.`,
      ];
    case 'repository':
      return ofTheRepository(cause);
    case 'broken-off':
      return [
        cause.damaged === true
          ? 'An archive is not whole: perhaps the connection broke off while it was fetched.'
          : 'The connection broke off, or nothing came for too long, while something was being fetched.',
        'Type the same command again. On a slow network, type PIP_DEFAULT_TIMEOUT=60 before it (for uv: UV_HTTP_TIMEOUT=60).',
      ];
    case 'read-only':
      return [
        `${cause.path === undefined ? 'A directory that pip writes to' : printable(cause.path)} is on a read-only disk.`,
        'TMPDIR and PIP_CACHE_DIR say where pip writes besides the environment.',
      ];
    case 'built-for-another':
      return [
        `${printable(cause.file)} was built for another Python.`,
        `To build or fetch it anew, type the same command with --force-reinstall --no-cache-dir after ${name} install.`,
      ];
    case 'too-old-source':
      return [
        `The source was perhaps written for a Python older than ${version ?? 'this one'}.`,
        'Install a newer version of it, or use an older Python (uv python install 3.9, pyenv install 3.9).',
      ];
    case 'too-old-pip':
      return [
        'The pip that was to install is too old for this Python.',
        "If it is pipx's: remove the directory shared in pipx's home (~/.local/pipx or ~/.local/share/pipx); pipx makes it anew with a newer pip.",
      ];
    case 'wants-module':
      return [`The build imports ${printable(cause.name)} without asking for it.`, buildWith(cause, name)];
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
    case 'wants-older':
      return [
        `The build wants a ${printable(cause.name)} older than ${cause.below}, and does not say so.`,
        buildWith(cause, name),
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
        'Install the CUDA toolkit that NVIDIA has for this system, and type the same command with CUDA_HOME=/usr/local/cuda before it. Without such a card, the project may have a release that needs none.',
      ];
    case 'too-old-tool':
      return [
        `The ${printable(cause.name)} here is too old for this build${cause.needs === undefined ? '' : `, which needs ${printable(cause.needs)} or newer`}.`,
        cause.name === 'CMake'
          ? 'To get a newer one, type: pipx install cmake. Or ask for an older version of the package.'
          : 'rustup brings a newer one (rustup.rs). Or ask for an older version of the package.',
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
    case 'index-refuses':
      return cause.code < 500
        ? [
            `The index answered ${cause.code}: it wants a name and a password, or refuses those that it got.`,
            'They stand in the URL of the index, in ~/.netrc or in a keyring; pip config list shows which index is set.',
          ]
        : [
            `The index answered ${cause.code}: something is wrong with it.`,
            'Type the same command again later.',
          ];
    case 'withdrawn':
      return [
        `Its authors have withdrawn every version of ${printable(cause.name)} that fits.`,
        `Ask for another version. The newest of these is ${printable(cause.version)}, which is taken only where it is named exactly (==).`,
      ];
    case 'pre-release':
      return [
        `Of ${printable(cause.name)}${printable(cause.wanted)} there is only ${printable(cause.version)}, which is not finished.`,
        `To take it, type the same command with --pre after ${name} install.`,
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

/** The line that takes the nearest version, with all else that was typed; a build can imitate pip's words, and is not believed a name. */
function typed(
  { name, nearest }: Extract<Cause, { kind: 'no-version' }>,
  { command, name: pip }: Situation,
): string {
  const requirement = command.requirements.find((one) => one.name === normalizeName(name));
  const asked = requirement && asksExactly(command, requirement, nearest);
  if (asked === undefined) return '.';
  const line = shownLine(asked.argv);
  // A password that is not shown cannot be copied.
  return line === quoteAll(asked.argv)
    ? `: ${pip} ${line}`
    : `. To take it, type the same command with ${printable(name)}==${printable(nearest)}.`;
}

function ofTheRepository({
  url,
  why,
  revision = '',
}: Extract<Cause, { kind: 'repository' }>): [string, string] {
  const it = `The repository ${printable(url)}`;
  const see = 'To see whether git can read it, type git ls-remote and that address.';
  switch (why) {
    case 'unreachable':
      return [
        `${it} could not be reached.`,
        'Check that address and your network (and HTTPS_PROXY, if there is a proxy), then type the same command again.',
      ];
    case 'refused':
      return [`${it} does not exist, or wants a password, a token or a key.`, see];
    case 'not-there':
      return [`${it} does not exist, or is not for everybody.`, see];
    case 'no-revision':
      return [
        `${it} has no branch, tag or commit called ${printable(revision)}.`,
        'git ls-remote and that address lists what it has.',
      ];
  }
}

function olderRelease(name: string): string {
  return `Another release of the package may fit: ${name} index versions NAME lists them.`;
}

function requires(wanted: string | undefined): string {
  return wanted === undefined || wanted === ''
    ? 'is for other Pythons'
    : `requires Python ${printable(wanted)}`;
}

function getPython(wanted = ''): string {
  const version =
    /(?:>=|==|~=|>)\s*(\d+\.\d+)/.exec(wanted)?.[1] ??
    /<=?\s*(\d+)\.(\d+)/
      .exec(wanted)
      ?.slice(1, 3)
      .map((part, at) => (at === 1 ? Number(part) - 1 : part))
      .join('.');
  return version === undefined
    ? 'No Python here fits: get one with pyenv or uv.'
    : `No Python here fits. To get one, type: uv python install ${version} (or pyenv install ${version})`;
}
