#!/bin/sh
# Nix: attributes of python3Packages; some are another name for a project, or a thing of another name.
# shellcheck source=test/support/distributions/common.sh
. "${0%/*}/common.sh"
os_release nixos
mkdir -p /srv/nixpkgs
cat >/srv/nixpkgs/default.nix <<'END'
{ ... }: {
  python3Packages = rec {
    requests = { pname = "requests"; version = "2.32.5"; };
    pyyaml = { pname = "pyyaml"; version = "6.0.2"; };
    zope-interface = { pname = "zope-interface"; version = "7.2"; };
    dnspython = { pname = "dnspython"; version = "2.7.0"; };
    dns = dnspython;
    magic = { pname = "file"; version = "5.46"; };
    gone = throw "gone was removed";
  };
}
END
