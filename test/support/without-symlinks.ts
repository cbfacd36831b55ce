import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { lacks } from './machine.ts';
import type { Ran, Sandbox } from './sandbox.ts';

/** A drive on which no symbolic link can be made, seen by what is run with it alone. */
export interface Drive {
  /** A project on it: a directory with a pyproject.toml. */
  readonly shop: string;
  /** Runs a line of sh with the drive in place. */
  run(line: string): Ran;
}

/** The kernel lends devices to files here (losetup(8)), and exFAT's driver is installed. */
const canLoop =
  process.getuid?.() === 0 &&
  !lacks('/usr/sbin/mkfs.exfat', '/usr/sbin/mount.exfat-fuse', '/usr/sbin/losetup', 'unshare') &&
  spawnSync('losetup', ['-f']).status === 0;

/** A real exFAT (by FUSE), as a USB stick or a Windows drive is; undefined where the machine cannot have one. */
export function windowsDrive(box: Sandbox): Drive | undefined {
  if (!canLoop) return undefined;
  const [image, at] = [join(box.root, 'drive.img'), join(box.root, 'drive')];
  const ready = box.run('sh', ['-c', `truncate -s 32M '${image}' && mkfs.exfat '${image}' && mkdir '${at}'`]);
  if (ready.code !== 0) throw new Error(ready.stderr);
  const shop = join(at, 'shop');
  // Detached at once: the device is free again when nothing is mounted from it, and with the first process of this
  // view ends the driver too.
  const script = `set -e
device=$(losetup --find --show '${image}')
mount.exfat-fuse "$device" '${at}' >/dev/null
losetup --detach "$device"
mkdir -p '${shop}'
printf '[project]\\nname = "shop"\\nversion = "1"\\n' >'${shop}/pyproject.toml'
set +e
( ${'$'}1 )
cd /
umount '${at}'
`;
  const view = ['--mount-proc', '--pid', '--fork', '--kill-child', '/bin/sh', '-c'];
  return {
    shop,
    run: (line) => box.run('unshare', [...view, script.replace('$1', () => line), 'drive']),
  };
}
