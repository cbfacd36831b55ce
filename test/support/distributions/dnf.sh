#!/bin/sh
# Fedora: python3-NAME, and each provides python3dist(NAME) in the version PEP 440 makes of it (Fedora's Python guidelines).
# shellcheck source=test/support/distributions/rpm.sh
. "${0%/*}/rpm.sh"
os_release fedora
fedora() {
	rpm_package "python3-$1" "$2" "$3" "$4" "python-$1 = $2-$3" "python3.12dist($1) = $5" "python3dist($1) = $5"
}
fedora requests 2.31.0 4.fc40 requests 2.31
fedora pyyaml 6.0.1 14.fc40 yaml 6.0.1
fedora pyyaml 6.0.2 1.fc40 yaml 6.0.2
fedora zope-interface 6.0 3.fc40 zope_interface 6
fedora docopt 0.6.2 40.fc40 docopt 0.6.2
rpm_package black 24.4~rc1 1.fc40 black 'python3dist(black) = 24.4~rc1' 'python3dist(black[d]) = 24.4~rc1'
# Called like a project it does not hold, which only what it provides says.
rpm_package python3-jwt 2.8.0 2.fc40 jwt 'python3dist(pyjwt) = 2.8'
rm -rf /etc/yum.repos.d
mkdir -p /etc/yum.repos.d
printf '[fedora]\nname=Fedora\nbaseurl=file://%s\ngpgcheck=0\n' "$repository" >/etc/yum.repos.d/fedora.repo
createrepo_c -q "$repository"
dnf -q makecache
dnf -q -y install python3-requests
