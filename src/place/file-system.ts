import { join, relative } from 'node:path';
import { isInside } from '../system/real-path.ts';
import { systemText } from '../system/text-file.ts';

/** The mounts of this process (proc(5)); empty where there is no /proc. */
const readMounts = () => systemText('/proc/self/mountinfo');

/** File systems on which symlink(2) fails (uv#13301, cpython#133951, WSL#5097). */
const without = ['vfat', 'msdos', 'exfat', 'fuse.exfat', 'fuse.exfat-fuse', 'vboxsf', 'drvfs'];

interface Mount {
  readonly at: string;
  /** The directory of its file system that is seen there: `/` but for a bind mount. */
  readonly root: string;
  readonly kind: string;
  /** Of the mount itself (`noexec`), and of its file system. */
  readonly own: readonly string[];
  readonly options: string;
}

/** The mount a path (a real one) lies on; all of it empty where that is not known. */
function mountOf(path: string, mountinfo: string): Mount {
  let best: Mount = { at: '', root: '/', kind: '', own: [], options: '' };
  for (const line of mountinfo.split('\n')) {
    const [left = '', right = ''] = line.split(' - ');
    const [, , , root = '/', place = '', own = ''] = left.split(' ');
    const at = unescaped(place);
    const [kind = '', , options = ''] = right.split(' ');
    // Of two mounts on one place the later one is seen.
    if (at !== '' && isInside(path, at) && at.length >= best.at.length)
      best = { at, root: unescaped(root), kind, own: own.split(','), options };
  }
  return best;
}

/** Why an environment cannot be made at `path` (a real path): its file system has no symbolic links. */
export function withoutSymlinks(path: string, mountinfo = readMounts()): string | undefined {
  const best = mountOf(path, mountinfo);
  // WSL 2 mounts the Windows drives by 9p; of those, others than it make links.
  if (best.kind === 'drvfs' || (best.kind === '9p' && best.options.includes('aname=drvfs')))
    return 'a Windows drive has no symbolic links';
  const share = /^(cifs|smb3)$/.test(best.kind) && !/\b(mfsymlinks|unix|posix)\b/.test(best.options);
  return share || without.includes(best.kind) ? `${best.at} has no symbolic links` : undefined;
}

/** Why nothing that lies at `path` (a real path) can be run: its disk is mounted noexec (mount(8)). */
export function whyNothingRuns(path: string, mountinfo = readMounts()): string | undefined {
  const { at, own } = mountOf(path, mountinfo);
  return own.includes('noexec') ? `no program on ${at} can be run (noexec)` : undefined;
}

/**
 * Whether what lies at `path` (a real path) is what `other` leads to where nothing hides that: it is mounted here from there
 * (`docker run -v`, `mount --bind`). Where `other`'s file system begins cannot be told from here, so the ends are compared.
 */
export function isMountedFrom(path: string, other: string, mountinfo = readMounts()): boolean {
  const { at, root } = mountOf(path, mountinfo);
  if (root === '/' || at === '') return false;
  const there = join(root, relative(at, path));
  return other === there || other.endsWith(there);
}

/** Whether a path (a real one) lies on another disk than the root of the file system: in a container, perhaps the host's. */
export function isMountedIn(path: string, mountinfo = readMounts()): boolean {
  return !['', '/'].includes(mountOf(path, mountinfo).at);
}

/** Blanks and the like stand as `\040` in mountinfo. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
