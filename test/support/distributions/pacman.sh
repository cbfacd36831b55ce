#!/bin/sh
# Arch: python-NAME, mostly; MSYS2 has pacman too, with packages called by the environment they are for.
# shellcheck source=test/support/distributions/common.sh
. "${0%/*}/common.sh"
os_release arch
# arch PACKAGE VERSION-RELEASE MODULE
arch() {
	files=$(module "$1" "$3" "$2")
	printf 'pkgname = %s\npkgver = %s\npkgdesc = %s\nbuilddate = 1700000000\nsize = 100\narch = any\n' "$1" "$2" "$3" >"$files/.PKGINFO"
	tar -C "$files" -czf "$repository/$1-$2-any.pkg.tar.gz" .PKGINFO usr
}
arch python-requests 2.32.5-1 requests
arch python-yaml 1:6.0.2-3 yaml
arch python-zope-interface 7.2-1 zope_interface
arch python-docopt 0.6.2-15 docopt
arch python-pyjwt 2.10.1-2 jwt
arch mingw-w64-ucrt-x86_64-python-requests 2.32.5-1 requests_of_ucrt64
repo-add -q "$repository/extra.db.tar.gz" "$repository"/*.pkg.tar.gz
printf '[options]\nArchitecture = auto\nSigLevel = Never\n[extra]\nServer = file://%s\n' "$repository" >/etc/pacman.conf
mkdir -p /var/lib/pacman /var/cache/pacman/pkg
pacman -Sy
pacman -S --noconfirm python-requests
