import { readFileSync } from 'node:fs';
import { isInside } from '../system/real-path.ts';

/** The mounts of this process (proc(5)); empty where there is no /proc. */
export function readMounts(): string {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    return '';
  }
}

/** File systems on which symlink(2) fails (facts: uv#13301, cpython#133951, WSL#5097). */
const without = ['vfat', 'msdos', 'exfat', 'fuse.exfat', 'fuse.exfat-fuse', 'vboxsf', 'drvfs'];

/** Why an environment cannot be made at `path` (a real path): its file system has no symbolic links. */
export function withoutSymlinks(path: string, mountinfo = readMounts()): string | undefined {
  let best = { at: '', kind: '', options: '' };
  for (const line of mountinfo.split('\n')) {
    const [left = '', right = ''] = line.split(' - ');
    const at = unescaped(left.split(' ')[4] ?? '');
    const [kind = '', , options = ''] = right.split(' ');
    // Of two mounts on one place the later one is seen.
    if (at !== '' && isInside(path, at) && at.length >= best.at.length) best = { at, kind, options };
  }
  // WSL 2 mounts the Windows drives by 9p; of those, others than it make links.
  if (best.kind === 'drvfs' || (best.kind === '9p' && best.options.includes('aname=drvfs')))
    return 'a Windows drive has no symbolic links';
  const share = /^(cifs|smb3)$/.test(best.kind) && !/\b(mfsymlinks|unix|posix)\b/.test(best.options);
  return share || without.includes(best.kind) ? `${best.at} has no symbolic links` : undefined;
}

/** Blanks and the like stand as `\040` in mountinfo. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
