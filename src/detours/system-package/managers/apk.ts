import { alpineExceptions, simpleNames } from '../simple-names.ts';
import { upstream } from '../upstream.ts';
import type { Found, PackageManager } from './manager.ts';

const names_ = (name: string) => simpleNames('py3-', name, alpineExceptions);

/**
 * apk (Alpine). `apk policy` lists the versions of each package and where they are from, `lib/apk/db/installed` among
 * them; of what it does not know it says nothing. Images come without an index: `apk add` fetches it then.
 */
export const apk: PackageManager = {
  needsRoot: true,
  answers: [0, 1],
  ask: (names) => ({ program: 'apk', args: ['policy', '--no-network', ...names.flatMap(names_)] }),
  read(output, names) {
    const found = new Map<string, Found>();
    if (output.trim() !== '' && !/ policy:$/m.test(output)) return undefined;
    for (const block of output.split(/^(?=\S+ policy:$)/m)) {
      const package_ = /^(\S+) policy:$/m.exec(block)?.[1];
      const versions = [...block.matchAll(/^ {2}(\S+):$/gm)].map((match) => match[1] ?? '');
      const last = versions.at(-1);
      const name = names.find((one) => package_ !== undefined && names_(one).includes(package_));
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
  install: (packages) => ({ program: 'apk', args: ['add', ...packages] }),
  remove: (packages) => ({ program: 'apk', args: ['del', ...packages] }),
  refresh: { program: 'apk', args: ['update'] },
  lacksIndex: ({ said }) => /^WARNING: (?:opening|Ignoring) .*: No such file or directory/m.test(said),
  index: {
    directories: ['/var/cache/apk', '/etc/apk/cache', '/lib/apk/db'],
    file: /^APKINDEX\..*\.tar\.gz$/,
  },
};
