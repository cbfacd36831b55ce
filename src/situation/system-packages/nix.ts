import type { Found, PackageManager } from './manager.ts';

/**
 * Nix. Its Pythons are built once and never changed, so there is nothing to install into; the packages are named all
 * the same, with the line that brings a Python that has them. `nix-instantiate --eval` reads the channel that is here.
 */
export const nix: PackageManager = {
  needsRoot: false,
  answers: [0],
  ask: (names) => ({
    program: 'nix-instantiate',
    args: [
      '--eval',
      '--strict',
      '--json',
      '--expr',
      `let p = (import <nixpkgs> {}).python3Packages; v = n: let t = builtins.tryEval (p.\${n}.version or null); in if t.success then t.value else null; in builtins.listToAttrs (map (n: { name = n; value = v n; }) [ ${names.map((name) => JSON.stringify(name)).join(' ')} ])`,
    ],
  }),
  read(output, names) {
    try {
      const versions: unknown = JSON.parse(output);
      if (typeof versions !== 'object' || versions === null) return undefined;
      const found = new Map<string, Found>();
      for (const [name, version] of Object.entries(versions))
        if (names.includes(name) && typeof version === 'string')
          found.set(name, { package: `python3Packages.${name}`, version });
      return found;
    } catch {
      return undefined;
    }
  },
  instead(packages) {
    const attributes = packages.map((name) => name.replace('python3Packages.', '')).join(' ');
    return `nix-shell -p 'python3.withPackages (ps: with ps; [ ${attributes} ])'`;
  },
};
