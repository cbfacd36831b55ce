#!/bin/sh
# dnf, zypper and pacman themselves, as Debian packages them: in clean systems made by debootstrap, on repositories of a few
# packages that test/support/distributions makes. Needs root, debootstrap and the network.
#
#   scripts/other-managers.sh make        makes the systems that are missing: Debian 12 (dnf 4, pacman 6), sid (dnf 5, pacman 7);
#                                         from DEBIAN_MIRROR, or where debootstrap gets them
#   scripts/other-managers.sh test        asks, installs, removes, and mends a failed build, with each of them in each system
#   scripts/other-managers.sh record      the same questions, and writes what is answered to test/detours/system-package/recorded
#
# They lie in PIP_DETOUR_PLATFORMS (default: .build/platforms) and stay clean.
set -eu
cd "${0%/*}/.."
place=${PIP_DETOUR_PLATFORMS:-$PWD/.build/platforms}/managers
tests=test/detours/system-package/real-managers.test.ts
packages=ca-certificates,createrepo-c,file,libarchive-tools,makepkg,pacman-package-manager,python3,python3-pip,rpm,zypper

# The system of suite $1, with $2 besides.
make_one() {
	[ ! -d "$place/$1" ] || return 0
	echo "other-managers: making $1"
	mkdir -p "$place"
	rm -rf "$place/$1.new"
	debootstrap --variant=minbase --include="$packages,$2" "$1" "$place/$1.new" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} >"$place/$1.log" 2>&1
	# Fedora's dnf is dnf5 since 41, and called so, too.
	[ -e "$place/$1.new/usr/bin/dnf" ] || ln -s dnf5 "$place/$1.new/usr/bin/dnf"
	mv "$place/$1.new" "$place/$1"
}

each() {
	for suite in bookworm sid; do
		echo "other-managers: $suite"
		PIP_DETOUR_TEST_ROOT=$place/$suite npx vitest run "$tests" -t "$1"
	done
}

case ${1-} in
make)
	make_one bookworm dnf
	make_one sid dnf5
	;;
test) each '^(dnf|zypper|pacman|msys2)\b' ;;
record) PIP_DETOUR_RECORD=1 each '^(dnf|zypper|pacman|msys2) itself' ;;
*)
	sed -n '2,/^set -eu/{s/^# \{0,1\}//;/^set/d;p;}' "$0" >&2
	exit 2
	;;
esac
