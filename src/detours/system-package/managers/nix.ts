import { normalizeName } from '../../../pip/requirement.ts';
import type { Found, PackageManager } from './manager.ts';

/**
 * Nix. Its Pythons are built once and never changed, so there is nothing to install into; the packages are named all
 * the same, with the line that brings a Python that has them. `nix-instantiate --eval` reads the channel that is here.
 * Without a channel there is no package set at all, which must not look like a package that is missing from it (`seq`).
 * An attribute may be another name for something else (`dns` is dnspython, `magic` a part of file): its `pname` decides.
 */
export const nix: PackageManager = {
  name: 'nix',
  distributions: { nixos: 'NixOS' },
  keeps: { pythons: /^\/nix\/store\//, called: 'Nix', place: { kind: 'nixos', file: 'etc/NIXOS' } },
  programs: ['/run/current-system/sw/bin/nix-env'],
  typed: 'nix-env -iA',
  packages: {
    python: 'nixpkgs.python3',
    pip: 'nixpkgs.python3Packages.pip',
    pipx: 'nixpkgs.pipx',
    node: 'nixpkgs.nodejs',
    npm: 'nixpkgs.nodejs',
  },
  sealed: 'nothing can write to the Nix store',
  needsRoot: false,
  answers: [0],
  ask: (names) => ({
    program: 'nix-instantiate',
    args: [
      '--eval',
      '--strict',
      '--json',
      '--expr',
      `let p = (import <nixpkgs> {}).python3Packages; f = n: a: let t = builtins.tryEval (p.\${n}.\${a} or null); in if t.success then t.value else null; in builtins.seq p (builtins.listToAttrs (map (n: { name = n; value = { pname = f n "pname"; version = f n "version"; }; }) [ ${names.map((name) => JSON.stringify(name)).join(' ')} ]))`,
    ],
  }),
  read(output, names) {
    try {
      const attributes: unknown = JSON.parse(output);
      if (typeof attributes !== 'object' || attributes === null) return undefined;
      const found = new Map<string, Found>();
      for (const [name, attribute] of Object.entries(attributes)) {
        const { pname, version } = attribute ?? {};
        if (names.includes(name) && typeof pname === 'string' && normalizeName(pname) === name)
          found.set(name, {
            package: `python3Packages.${name}`,
            ...(typeof version === 'string' ? { version } : {}),
          });
      }
      return found;
    } catch {
      return undefined;
    }
  },
  lacksIndex: ({ said }) => /file 'nixpkgs' was not found in the Nix search path/.test(said),
  fetches: 'nix-channel --add https://nixos.org/channels/nixpkgs-unstable nixpkgs && nix-channel --update',
  instead(packages) {
    const attributes = packages.map((name) => name.replace('python3Packages.', '')).join(' ');
    return `nix-shell -p 'python3.withPackages (ps: with ps; [ ${attributes} ])'`;
  },
};
