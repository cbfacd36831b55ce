import { normalizeName } from '../../../pip/requirement.ts';
import type { Found, PackageManager } from './manager.ts';
import { upstream } from './upstream.ts';

const tree = '/var/db/repos/gentoo/dev-python';
/** Gentoo's name for a processor where Node has another (profiles/arch.list of its tree). */
const keywords: Readonly<Record<string, string>> = {
  x64: 'amd64',
  ia32: 'x86',
  s390x: 's390',
  riscv64: 'riscv',
  loong64: 'loong',
  mipsel: 'mips',
};

/** What the person has said for the whole machine (make.conf(5)); what they accept for one package alone is not read. */
const settings = '/etc/portage/make.conf';

/** What is installed: a directory for each package, and in it a file PF that holds `pyyaml-6.0.2` (PMS, vdb). */
const installed = '/var/db/pkg/dev-python';

/**
 * emerge (Gentoo). Every package names its project (`<remote-id type="pypi">PyYAML</remote-id>` in metadata.xml), so
 * nothing is guessed: one grep brings those lines, of every ebuild the architectures it is kept for, and what is installed.
 * What is not stable on this machine's, emerge would not install without being told to, so it is not offered; where
 * ACCEPT_KEYWORDS tells it to, it is. grep ends with 2 where one of these places is not there.
 */
export const emerge: PackageManager = {
  name: 'Portage',
  distributions: { gentoo: 'Gentoo' },
  programs: ['/usr/bin/emerge'],
  typed: 'emerge',
  packages: {
    python: 'dev-lang/python',
    pip: 'dev-python/pip',
    pipx: 'dev-python/pipx',
    node: 'net-libs/nodejs',
    npm: 'net-libs/nodejs',
  },
  gets: { line: (package_) => ({ program: 'emerge', args: ['--noreplace', package_] }) },
  breaks: 'Portage runs on this Python.',
  needsRoot: true,
  answers: [0, 2],
  ask: (names) => ({
    program: 'grep',
    args: [
      '-rsioE',
      '--include=metadata.xml',
      '--include=*.ebuild',
      '--include=PF',
      '--include=make.conf',
      '-e',
      `<remote-id type="pypi">(${names.map((name) => name.replace(/[-_.]+/g, '[-_.]')).join('|')})</remote-id>`,
      '-e',
      '^[[:space:]]*(ACCEPT_)?KEYWORDS=.*',
      '-e',
      '^[[:alnum:]_+-]+-[[:digit:]][^[:space:]/]*$',
      settings,
      tree,
      installed,
    ],
  }),
  read(output, names, { arch }) {
    const projects = new Map<string, string>();
    const stable = new Map<string, string>();
    const there = new Map<string, string>();
    const accepts = accepted(output, keywords[arch] ?? arch);
    for (const line of output.split('\n')) {
      if (line === '') continue;
      const named = /^.*\/([^/]+)\/metadata\.xml:<remote-id type="pypi">([^<]+)<\/remote-id>$/i.exec(line);
      const built = /^.*\/([^/]+)\/\1-(\d[^/]*)\.ebuild:\s*KEYWORDS=(.*)$/.exec(line);
      const has = /^.*\/([^/]+)-(\d[^/]*)\/PF:\1-\2$/.exec(line);
      if (has !== null) there.set(has[1] ?? '', has[2] ?? '');
      else if (named?.[1] !== undefined && named[2] !== undefined)
        projects.set(normalizeName(named[2]), named[1]);
      else if (built !== null) {
        const [, package_ = '', version = '', kept = ''] = built;
        if (wordsOf(kept).some(accepts)) stable.set(package_, later(stable.get(package_), version));
      } else if (!/\.ebuild:|\/make\.conf:/.test(line)) return undefined;
    }
    const found = new Map<string, Found>();
    for (const name of names) {
      const package_ = projects.get(name);
      const version = package_ === undefined ? undefined : stable.get(package_);
      if (package_ === undefined || version === undefined) continue;
      const now = there.get(package_);
      found.set(name, {
        package: `dev-python/${package_}`,
        version: upstream(version),
        ...(now === undefined ? {} : { installed: upstream(now) }),
      });
    }
    return found;
  },
  install: (packages, unattended) => ({
    program: 'emerge',
    args: [...(unattended ? [] : ['--ask']), '--noreplace', ...packages],
  }),
  remove: (packages) => ({ program: 'emerge', args: ['--ask', '--depclean', ...packages] }),
  refresh: { program: 'emerge', args: ['--sync'] },
  index: { directories: [tree], file: /./ },
};

/** The words of a value in an ebuild or in make.conf. */
function wordsOf(value: string): string[] {
  return value.split(/["'\s]+/).filter((word) => word !== '');
}

/**
 * Which of an ebuild's keywords this machine takes. A word without its ~ is an architecture it is stable on (PMS 7.3.3),
 * which the machine's profile accepts; ACCEPT_KEYWORDS adds to that, and takes away with a - (portage(5), make.conf(5)).
 */
function accepted(output: string, arch: string): (keyword: string) => boolean {
  const words = new Set([arch]);
  for (const [, value = ''] of output.matchAll(/^.*\/make\.conf:\s*ACCEPT_KEYWORDS=(.*)$/gim))
    for (const word of wordsOf(value.replace(/\$\{?ARCH\}?/g, arch))) {
      if (word.startsWith('#')) break;
      if (word === '-*') words.clear();
      else if (word.startsWith('-')) words.delete(word.slice(1));
      else words.add(word);
    }
  const isStable = (keyword: string) => /^[a-z0-9]/i.test(keyword);
  return (keyword) =>
    words.has(keyword) ||
    (words.has('*') && isStable(keyword)) ||
    (words.has('~*') && (isStable(keyword) || keyword.startsWith('~')));
}

function later(known: string | undefined, version: string): string {
  return known !== undefined && known.localeCompare(version, 'en', { numeric: true }) > 0 ? known : version;
}
