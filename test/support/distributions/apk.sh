#!/bin/sh
# Alpine: py3-NAME, mostly shortened.
# shellcheck source=test/support/distributions/common.sh
. "${0%/*}/common.sh"
os_release alpine
# alpine PACKAGE VERSION-rREVISION MODULE
alpine() {
	files=$(module "$1" "$3" "$2")
	apk mkpkg --sign-key /srv/key.rsa --info "name:$1" --info "version:$2" --info 'arch:noarch' --files "$files" --output "$repository/$1-$2.apk"
}
mkdir -p /etc/apk/keys
openssl genrsa -out /srv/key.rsa 2048
openssl rsa -in /srv/key.rsa -pubout -out /etc/apk/keys/key.rsa.pub
alpine py3-requests 2.32.5-r0 requests
alpine py3-yaml 6.0.2-r0 yaml
alpine py3-zope-interface 7.2-r1 zope_interface
alpine py3-docopt 0.6.2-r9 docopt
alpine py3-jwt 2.10.1-r0 jwt
apk mkndx --sign-key /srv/key.rsa --output "$repository/Packages.adb" "$repository"/*.apk
# Of a repository on a disk apk keeps no index; it ends by itself, for nobody is left to end it.
(cd "$repository" && exec timeout 60 /usr/bin/python3 -u -m http.server 0 --bind 127.0.0.1) </dev/null >/srv/server 2>&1 &
until grep -q port /srv/server 2>/dev/null; do sleep 0.05; done
port=$(sed -n 's/.* port \([0-9]*\).*/\1/p' /srv/server)
mkdir -p /var/cache/apk
printf 'http://127.0.0.1:%s/Packages.adb\n' "$port" >/etc/apk/repositories
apk add --initdb py3-requests
