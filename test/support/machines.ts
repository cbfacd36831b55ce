import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quote } from '../../src/system/quote.ts';
import { dist, lacks, top } from './machine.ts';
import type { Ran, RunOptions, Sandbox } from './sandbox.ts';

const support = join(top, 'test/support');

/** Whether mounts of one's own can be made here. */
export const canMount = process.getuid?.() === 0 && !lacks('unshare', 'mount', '/usr/sbin/chroot');

/** The arguments for `unshare` that run a line of sh as root in a machine like this one whose root is an overlay. */
export function containerArguments(
  box: Sandbox,
  line: string,
  options: { readonly files?: readonly string[]; readonly cwd?: string; readonly under?: string } = {},
): string[] {
  const [dir, root] = [join(box.root, 'overlay'), join(box.root, 'overlay/root')];
  mkdirSync(dir, { recursive: true });
  const script = join(box.root, 'in-container');
  // The root is one file system; what lies on others (/dev, /proc, perhaps the sandbox) is mounted into it.
  writeFileSync(
    script,
    `set -e
mount -t tmpfs none ${quote(dir)}
mkdir ${quote(dir)}/upper ${quote(dir)}/work ${quote(root)}
mount -t overlay overlay -o lowerdir=${quote(options.under ?? '/')},upperdir=${quote(dir)}/upper,workdir=${quote(dir)}/work ${quote(root)}
mount -t proc proc ${quote(root)}/proc
mount --rbind /dev ${quote(root)}/dev
${options.under === undefined || options.under === '/' ? '' : shared(root)}rm -f ${quote(root)}/.dockerenv ${quote(root)}/run/.containerenv
for file in ${(options.files ?? []).map(quote).join(' ')}; do : >${quote(root)}"$file"; done
chroot ${quote(root)} /bin/sh -c ${quote(`cd ${quote(options.cwd ?? box.project)} && ${line}`)}
`,
  );
  return ['--mount', '--', '/bin/sh', script];
}

/** Runs a line of sh to its end as if in a container; `files` (`/.dockerenv`) are planted in it. */
export function inContainer(
  box: Sandbox,
  line: string,
  options: RunOptions & { readonly files?: readonly string[]; readonly under?: string } = {},
): Ran {
  return box.run('unshare', containerArguments(box, line, options), options);
}

/** Under another root, what this one has of the tests' and of the program. */
function shared(root: string): string {
  return [support, dist, tmpdir()]
    .map(
      (directory) =>
        `mkdir -p ${quote(root + directory)}\nmount --rbind ${quote(directory)} ${quote(root + directory)}\n`,
    )
    .join('')
    .concat(`cp ${quote(realpathSync(process.execPath))} ${quote(`${root}/usr/local/bin/node`)}\n`);
}
