import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { lacks } from './machine.ts';
import type { Ran, Sandbox } from './sandbox.ts';

/** A drive of another system's kind, seen by what is run with it alone. */
export interface Drive {
  /** A project on it: a directory with a pyproject.toml. */
  readonly shop: string;
  /** Runs a line of sh with the drive in place. */
  run(line: string): Ran;
}

/** What makes the file system of an image, and mounts `$device` at `$at`. */
interface Kind {
  readonly programs: readonly string[];
  readonly make: string;
  readonly mount: string;
}
/** By FUSE, whatever the kernel has. */
const exfat: Kind = {
  programs: ['/usr/sbin/mkfs.exfat', '/usr/sbin/mount.exfat-fuse'],
  make: 'mkfs.exfat "$image"',
  mount: 'mount.exfat-fuse "$device" "$at"',
};
const ntfs: Kind = {
  programs: ['/usr/sbin/mkfs.ntfs', '/usr/bin/lowntfs-3g'],
  make: 'mkfs.ntfs --quiet --fast --force "$image"',
  mount: 'lowntfs-3g -o ignore_case,permissions "$device" "$at"',
};

/** A real exFAT, as a USB stick or a Windows drive is; undefined where the machine cannot have one. */
export function windowsDrive(box: Sandbox): Drive | undefined {
  return driveOf(exfat, box);
}

/** A drive with symbolic links that takes `SHOP` for `shop`, as macOS' do; undefined where the machine cannot have one. */
export function caselessDrive(box: Sandbox): Drive | undefined {
  return driveOf(ntfs, box);
}

/** The kernel lends devices to files here (losetup(8)). */
const canLoop =
  process.getuid?.() === 0 &&
  !lacks('/usr/sbin/losetup', 'unshare') &&
  spawnSync('losetup', ['-f']).status === 0;

function driveOf({ programs, make, mount }: Kind, box: Sandbox): Drive | undefined {
  if (!canLoop || lacks(...programs)) return undefined;
  const [image, at] = [join(box.root, 'drive.img'), join(box.root, 'drive')];
  const names = `image='${image}'\nat='${at}'\n`;
  const ready = box.run('sh', [
    '-c',
    `${names}truncate -s 32M "$image" && ${make} >/dev/null && mkdir "$at"`,
  ]);
  if (ready.code !== 0) throw new Error(ready.stderr);
  const shop = join(at, 'shop');
  // Detached at once: the device is free again when nothing is mounted from it, and with the first process of this
  // view ends the driver too.
  const script = `set -e
${names}device=$(losetup --find --show "$image")
${mount} >/dev/null
losetup --detach "$device"
mkdir -p '${shop}'
printf '[project]\nname = "shop"\nversion = "1"\n' >'${shop}/pyproject.toml'
set +e
( ${'$'}1 )
cd /
umount "$at"
`;
  const view = ['--mount-proc', '--pid', '--fork', '--kill-child', '/bin/sh', '-c'];
  return {
    shop,
    run: (line) => box.run('unshare', [...view, script.replace('$1', () => line), 'drive']),
  };
}
