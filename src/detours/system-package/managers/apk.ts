import { join } from 'node:path';
import { systemText } from '../../../system/text-file.ts';
import type { CommandLine, Found, KnownNames, PackageManager } from './manager.ts';
import { upstream } from './upstream.ts';

/** Alpine shortens more names than others (aports: py3-openssl, py3-jwt, py3-tz, py3-zmq, py3-serial). */
const shortened = { pyopenssl: 'openssl', pyjwt: 'jwt', pytz: 'tz', pyzmq: 'zmq', pyserial: 'serial' };

const packagesOf = ({ simple }: KnownNames, name: string) => simple('py3-', name, shortened);

const install = (packages: readonly string[]): CommandLine => ({
  program: 'apk',
  args: ['add', ...packages],
});

/**
 * apk (Alpine). `apk policy` lists the versions of each package and where they are from, `lib/apk/db/installed` among
 * them; of what it does not know it says nothing. Images come without an index: `apk add` fetches it then.
 */
export const apk: PackageManager = {
  name: 'apk',
  distributions: { alpine: 'Alpine' },
  programs: ['/sbin/apk'],
  typed: 'apk add',
  installsAgain: 'apk fix',
  packages: { pip: 'py3-pip' },
  gets: { line: (package_) => install([package_]) },
  // Its database: `P:` names a package, `F:` opens a directory of it, `R:` names a file in that.
  ownerOf(file, root) {
    const at = file.lastIndexOf('/');
    const packages = systemText(join(root, 'lib/apk/db/installed')).split('\n\n');
    const owner = packages.find((package_) => {
      const directory = package_.split(`\nF:${file.slice(1, at)}\n`)[1]?.split('\nF:')[0] ?? '';
      return directory.split('\n').includes(`R:${file.slice(at + 1)}`);
    });
    return owner === undefined ? undefined : (/^P:(.+)$/m.exec(owner)?.[1] ?? 'python3');
  },
  needsRoot: true,
  answers: [0, 1],
  ask: (names, { known }) => ({
    program: 'apk',
    args: ['policy', '--no-network', ...names.flatMap((name) => packagesOf(known, name))],
  }),
  read(output, names, { known }) {
    const found = new Map<string, Found>();
    if (output.trim() !== '' && !/ policy:$/m.test(output)) return undefined;
    for (const block of output.split(/^(?=\S+ policy:$)/m)) {
      const package_ = /^(\S+) policy:$/m.exec(block)?.[1];
      const versions = [...block.matchAll(/^ {2}(\S+):$/gm)].map((match) => match[1] ?? '');
      const last = versions.at(-1);
      const name = names.find((one) => package_ !== undefined && packagesOf(known, one).includes(package_));
      if (package_ === undefined || last === undefined || name === undefined || found.has(name)) continue;
      const there = /^ {2}(\S+):\n(?: {4}.*\n)*? {4}\S*lib\/apk\/db\/installed$/m.exec(block)?.[1];
      found.set(name, {
        package: package_,
        version: upstream(last),
        ...(there === undefined ? {} : { installed: upstream(there) }),
      });
    }
    return found;
  },
  install,
  remove: (packages) => ({ program: 'apk', args: ['del', ...packages] }),
  refresh: { program: 'apk', args: ['update'] },
  lacksIndex: ({ said }) => /^WARNING: (?:opening|Ignoring) .*: No such file or directory/m.test(said),
  index: {
    directories: ['/var/cache/apk', '/etc/apk/cache', '/lib/apk/db'],
    file: /^APKINDEX\..*\.tar\.gz$/,
  },
};
