#!/bin/sh
# Sourced by the scripts beside it, which make a machine of another distribution out of one of Debian's, in a container
# of its own (test/support/machines.ts): a repository with a few packages, called as that distribution calls them.
# Needs: root, and the distribution's own package manager. Leaves: $repository, filled and known to the manager.
set -eu
repository=/srv/repository
mkdir -p "$repository"

# os_release ID: what the machine calls itself.
os_release() {
	rm -f /etc/os-release
	printf 'NAME=%s\nID=%s\n' "$1" "$1" >/etc/os-release
}

# module PACKAGE NAME VERSION: the files of a package that holds the Python module NAME, if one is named; prints their directory.
module() {
	files=/srv/files/$1
	mkdir -p "$files/usr"
	if [ -n "$2" ]; then
		mkdir -p "$files/usr/lib/python3/dist-packages"
		printf '__version__ = "%s"\n' "$3" >"$files/usr/lib/python3/dist-packages/$2.py"
	fi
	printf '%s\n' "$files"
}

# plant FILE: what a build looks for: a program that does nothing, or a header that says nothing.
plant() {
	mkdir -p "${1%/*}"
	printf '#!/bin/sh\n' >"$1"
	case $1 in */bin/*) chmod 755 "$1" ;; *) : >"$1" ;; esac
}
