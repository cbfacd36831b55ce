import { printable } from '../system/quote.ts';
import { inWords } from '../system/sentences.ts';
import type { Cause, Missing, Situation } from '../types.ts';

/** What a failure comes from, and what helps, in sentences. Where the words prove less, the sentence says "perhaps". */

/** What is missing, with its kind: `the header mysql.h`. */
export function called({ kind, name }: Missing): string {
  const shown = printable(name);
  switch (kind) {
    case 'header':
      return `the header ${shown}`;
    case 'library':
      return `the library ${shown}`;
    case 'pkg-config':
      return `the library ${shown} (by its pkg-config name)`;
    case 'cmake':
      return `the library ${shown} (by its cmake name)`;
    case 'program':
      return `the program ${shown}`;
  }
}

/** What is to be known beside the cause: the nearest known name, and a Python that fits. */
export interface Known {
  readonly nearest?: string;
  /** `3.12.4 in ~/.pyenv/versions/3.12.4/bin/python3.12`. */
  readonly python?: string;
}

/** One sentence for the cause, and one for what to do. */
export function inSentences(cause: Cause, { interpreter, name }: Situation, known: Known): string[] {
  const version = interpreter?.version ?? '';
  switch (cause.kind) {
    case 'missing':
      return [];
    case 'needs-python':
      return [
        `${printable(cause.name)} ${requires(cause.requires)}, and this Python is ${version}.`,
        known.python === undefined ? getPython(cause.requires) : `Python ${known.python} fits.`,
      ];
    case 'no-version': {
      const near =
        cause.nearest === ''
          ? ''
          : ` The nearest one is ${printable(cause.nearest)}: ${name} install ${printable(cause.name)}==${printable(cause.nearest)}`;
      return [`There is no ${printable(cause.name)}${printable(cause.wanted)} on the index.${near}`];
    }
    case 'no-such-name':
      return [
        cause.certain
          ? `The index has no project called ${printable(cause.name)}.`
          : `Nothing called ${printable(cause.name)} was found where pip looked; the index may not have it, or was not reached.`,
        ...(known.nearest === undefined ? [] : [`A known name that is spelt alike: ${known.nearest}`]),
      ];
    case 'conflict':
      return [
        cause.between.length < 2
          ? 'What was asked for wants different versions of the same package; pip names them above.'
          : `${inWords(cause.between.map(printable))} want different versions of the same package; pip names it above.`,
        'Leave one of the versions open, or install them into environments of their own.',
      ];
    case 'hash-mismatch':
      return [
        `What was downloaded${cause.name === undefined ? '' : ` for ${printable(cause.name)}`} is not what the hash in the requirements file says.`,
        'If the file was meant to change, write its new hash there (pip hash); else ask who keeps the index. Do not go round it.',
      ];
    case 'no-space':
      return [
        'There is no space left where pip writes.',
        'df -h . /tmp ~ shows which disk is full; pip cache purge frees what pip keeps.',
      ];
    case 'certificates':
      return [
        "The index's certificate was not believed.",
        'Where a proxy or a company has a certificate of its own: pip config set global.cert FILE. A wrong clock (date) does this, too.',
      ];
    case 'proxy':
      return [
        'The proxy did not let the request through.',
        'Look at HTTPS_PROXY, HTTP_PROXY and pip config get global.proxy: its address, and its name and password.',
      ];
    case 'no-network':
      return [
        'The index could not be reached.',
        'Look at the network, at the index that is set (pip config list), and at HTTPS_PROXY; then type the same command again.',
      ];
    case 'read-only':
      return [
        `${cause.path === undefined ? 'A place where pip writes' : printable(cause.path)} is on a disk that may only be read.`,
        'TMPDIR and PIP_CACHE_DIR say where pip writes besides the environment.',
      ];
    case 'built-for-another':
      return [
        `${printable(cause.file)} was built for another Python.`,
        `Where this is a leftover: ${name} install --force-reinstall --no-cache-dir builds or fetches it anew.`,
      ];
    case 'too-old-source':
      return [
        `Its source was perhaps written for a Python older than ${version}.`,
        'A newer version of it, or an older Python (uv python install 3.9, pyenv install 3.9), is the usual way.',
      ];
    case 'wants-module':
      return [
        `Its build imports ${printable(cause.name)} without asking for it.`,
        `Install that first, and then without build isolation: pip install ${printable(cause.name)} setuptools wheel, and --no-build-isolation with what you typed.`,
      ];
    case 'refused-inside':
      return [
        'Its build runs a pip of its own for the system, which is refused.',
        'That is for whoever keeps the project to mend; an environment does not help it.',
      ];
  }
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
    ? 'A Python that fits is not here: pyenv or uv gets one.'
    : `A Python that fits is not here: uv python install ${version} or pyenv install ${version} gets one.`;
}
