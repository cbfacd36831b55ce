#!/bin/sh
# openSUSE: pythonXY-NAME, with the project's own spelling, for each version of Python; here for the one that is there.
# shellcheck source=test/support/distributions/rpm.sh
. "${0%/*}/rpm.sh"
os_release opensuse-tumbleweed
python=$(/usr/bin/python3 -c 'import sys; print("python%d%d" % sys.version_info[:2])')
rpm_package "$python-requests" 2.32.4 1.2 requests
rpm_package "$python-PyYAML" 6.0.1 1.1 yaml
rpm_package "$python-PyYAML" 6.0.2 2.1 yaml
rpm_package "$python-zope.interface" 7.2 1.1 zope_interface
rpm_package "$python-docopt" 0.6.2 12.1 docopt
rpm_package "$python-PyJWT" 2.10.1 1.1 jwt
# A system without it is a broken one to zypper 1.14.101.
rpm_package glibc 2.42 1.1 none
mkdir -p /etc/zypp/repos.d
rm -f /etc/zypp/repos.d/*
printf '[oss]\nname=oss\nenabled=1\nautorefresh=0\nbaseurl=dir://%s\ngpgcheck=0\n' "$repository" >/etc/zypp/repos.d/oss.repo
createrepo_c -q "$repository"
zypper -q --non-interactive refresh
zypper -q --non-interactive install glibc "$python-requests"
