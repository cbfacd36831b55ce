/**
 * The upstream part of a distribution's version as PEP 440 would write it: `1:1.24.2+dfsg-1+deb12u1` is `1.24.2`,
 * `2.0~rc1-1` is `2.0rc1`. What a distribution means by the rest stands in its own policy (Debian 5.6.12, pacman's
 * vercmp(8), apk's package versions, xbps' pkgver, Gentoo's PMS 3.2); all are `[epoch:]upstream[-revision]` in one form.
 */
export function upstream(version: string): string {
  const bare = version
    .replace(/^\d+:/, '')
    // Gentoo's and Alpine's -r1, Debian's and Arch's -1, Void's _1.
    .replace(/-r\d+$/, '')
    .replace(/-[^-]*$/, '')
    .replace(/^([^-]*)_\d+$/, '$1');
  // Debian writes "2.0.0+really1.26.4" for what went back to 1.26.4.
  const real = /\+really(.+)$/.exec(bare)?.[1] ?? bare;
  return (
    real
      // A repacked source (+dfsg, +ds1, ~dfsg, +repack) is the same version.
      .replace(/[+~.]?(dfsg|ds|repack|debian|deb)[\d.+~]*$/i, '')
      .replace(/[~_]?(alpha|beta|rc|a|b)\.?(\d+)/i, (_, stage: string, number: string) =>
        stage.toLowerCase().replace('alpha', 'a').replace('beta', 'b').concat(number),
      )
      .replace(/_p(\d+)$/, '.post$1')
  );
}
