#!/bin/sh
# Arch: python-NAME, mostly; MSYS2 has pacman too, with packages called by the environment they are for.
# shellcheck source=test/support/distributions/common.sh
. "${0%/*}/common.sh"
os_release arch
# arch PACKAGE VERSION-RELEASE MODULE [/A/FILE ...]; MODULE may be empty.
arch() {
	files=$(module "$1" "$3" "$2")
	for file in "$@"; do case $file in /*) plant "$files$file" ;; esac done
	printf 'pkgname = %s\npkgver = %s\npkgdesc = %s\nbuilddate = 1700000000\nsize = 100\narch = any\n' "$1" "$2" "$3" >"$files/.PKGINFO"
	(cd "$files" && tar -czf "$repository/$1-$2-any.pkg.tar.gz" -- .PKGINFO *)
}
arch python-requests 2.32.5-1 requests
arch python-yaml 1:6.0.2-3 yaml
arch python-zope-interface 7.2-1 zope_interface
arch python-docopt 0.6.2-15 docopt
arch python-pyjwt 2.10.1-2 jwt
arch mingw-w64-ucrt-x86_64-python-requests 2.32.5-1 requests_of_ucrt64
# What builds lack.
arch portaudio 1:19.7.0-3 '' /usr/include/portaudio.h /usr/lib/pkgconfig/portaudio-2.0.pc /usr/lib/libportaudio.so
arch mariadb-libs 11.4.2-1 '' /usr/include/mysql/mysql.h /usr/bin/mariadb_config /usr/lib/pkgconfig/libmariadb.pc
arch postgresql-libs 16.3-1 '' /usr/bin/pg_config /usr/include/libpq-fe.h /usr/lib/libpq.so
python=$(/usr/bin/python3 -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
arch python 3.12.3-1 '' "/usr/include/$python/Python.h"
arch mingw-w64-ucrt-x86_64-portaudio 19.7.0-4 '' /ucrt64/include/portaudio.h /ucrt64/lib/pkgconfig/portaudio-2.0.pc
arch pypy3 7.3.16-1 '' /usr/include/pypy3.10/Python.h
arch gcc 14.1.1-1 '' /usr/bin/gcc /usr/bin/cc /usr/bin/g++
arch qt6-base 6.7.2-1 '' /usr/lib/cmake/Qt6/Qt6Config.cmake
arch python-pipx 1.6.0-1 pipx_of_arch /usr/bin/pipx
repo-add -q "$repository/extra.db.tar.gz" "$repository"/*.pkg.tar.gz
printf '[options]\nArchitecture = auto\nSigLevel = Never\n[extra]\nServer = file://%s\n' "$repository" >/etc/pacman.conf
mkdir -p /var/lib/pacman /var/cache/pacman/pkg
pacman -Sy
pacman -S --noconfirm python-requests
