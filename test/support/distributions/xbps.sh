#!/bin/sh
# Void: python3-NAME, with the project's own spelling.
# shellcheck source=test/support/distributions/common.sh
. "${0%/*}/common.sh"
os_release void
# void PACKAGE VERSION_REVISION MODULE
void() {
	files=$(module "$1" "$3" "$2")
	(cd "$repository" && xbps-create -q -A noarch -n "$1-$2" -s "$3" "$files")
}
void python3-requests 2.32.3_2 requests
void python3-requests-toolbelt 1.0.0_2 requests_toolbelt
void python3-yaml 6.0.2_1 yaml
void python3-Pillow 11.0.0_1 pil
void python3-docopt 0.6.2_11 docopt
void python3-jwt 2.10.1_1 jwt
xbps-rindex -a "$repository"/*.xbps
mkdir -p /etc/xbps.d
printf 'repository=%s\n' "$repository" >/etc/xbps.d/00-repository-main.conf
xbps-install -y python3-requests
