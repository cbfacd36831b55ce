import { compareVersions } from '../../pip/versions.ts';
import { distance } from '../../system/nearest.ts';

/** The one that was likely meant: of the same digits (`4.22` for 4.2.2, `1.71` for 1.17), else the nearest as a number. Empty where there is none. */
export function nearestVersion(wanted: string, versions: readonly string[]): string {
  const asked = wanted.replace(/^[^\d]*/, '').split(',')[0] ?? '';
  const ranked = versions.map((version) => ({
    version,
    slip: isSlip(asked, version),
    far: gap(asked, version),
  }));
  const best = ranked.sort(
    (a, b) =>
      Number(b.slip) - Number(a.slip) ||
      b.far.shared - a.far.shared ||
      a.far.next - b.far.next ||
      Number(isFinished(b.version)) - Number(isFinished(a.version)) ||
      compareVersions(b.version, a.version),
  );
  return best[0]?.version ?? '';
}

function isSlip(asked: string, version: string): boolean {
  const [one, other] = [asked, version].map((text) => text.replaceAll('.', ''));
  const sorted = (text = '') => [...text].sort().join('');
  return one === other || (sorted(one) === sorted(other) && distance(asked, version) <= 2);
}

/** How many numbers two versions begin with alike, and how far the next ones are apart. */
function gap(asked: string, version: string): { readonly shared: number; readonly next: number } {
  const [one = [], other = []] = [asked, version].map((text) =>
    text.split('.').map((part) => parseInt(part, 10)),
  );
  const shared = one.findIndex((number, at) => number !== (other[at] ?? 0));
  return shared === -1
    ? { shared: one.length, next: 0 }
    : { shared, next: Math.abs((one[shared] ?? 0) - (other[shared] ?? 0)) };
}

/** Neither a pre-release nor one of development (PEP 440). */
export const isFinished = (version: string) => /^[\d.!]+(?:\.?post\d+)?$/.test(version);
