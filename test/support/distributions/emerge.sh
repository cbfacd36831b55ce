#!/bin/sh
# Gentoo: what is asked is its tree, by grep; each package names its project on PyPI (GLEP 68, remote-id).
# shellcheck source=test/support/distributions/common.sh
. "${0%/*}/common.sh"
os_release gentoo
tree=/var/db/repos/gentoo/dev-python
# gentoo PACKAGE PROJECT, then VERSION and KEYWORDS in turn
gentoo() {
	mkdir -p "$tree/$1"
	printf '<pkgmetadata>\n  <upstream>\n    <remote-id type="pypi">%s</remote-id>\n    <remote-id type="github">x/%s</remote-id>\n  </upstream>\n</pkgmetadata>\n' "$2" "$1" >"$tree/$1/metadata.xml"
	package=$1
	shift 2
	while [ $# -gt 0 ]; do
		printf 'EAPI=8\ninherit distutils-r1 pypi\nSLOT="0"\nKEYWORDS="%s"\n' "$2" >"$tree/$package/$package-$1.ebuild"
		shift 2
	done
}
gentoo requests requests 2.32.5 '~alpha amd64 arm arm64'
gentoo pyyaml PyYAML 6.0.2 '~alpha amd64 arm arm64' 6.0.3 '~alpha ~amd64 ~arm ~arm64'
gentoo zope-interface zope.interface 8.0-r1 'amd64'
gentoo pyjwt PyJWT 2.10.1 'amd64'
gentoo new-thing new-thing 1 '~amd64'
mkdir -p /var/db/pkg/dev-python/requests-2.32.4
echo requests-2.32.4 >/var/db/pkg/dev-python/requests-2.32.4/PF
mkdir -p /etc/portage
printf 'COMMON_FLAGS="-O2 -pipe"\n#ACCEPT_KEYWORDS="~amd64"\n' >/etc/portage/make.conf
