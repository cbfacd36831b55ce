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
# What builds lack.
rpm_package "$python-devel" 3.11.9 1.1 '' "/usr/include/$python/Python.h" 'pkgconfig(python3) = 3.11'
rpm_package portaudio-devel 190700 1.1 '' /usr/include/portaudio.h 'pkgconfig(portaudio-2.0) = 19'
rpm_package libmariadb-devel 3.3.8 3.1 '' /usr/include/mysql/mysql.h /usr/bin/mariadb_config 'pkgconfig(libmariadb) = 3.3.8'
rpm_package postgresql-server-devel 16 1.1 '' /usr/bin/pg_config
rpm_package postgresql-devel 16 1.1 '' /usr/include/libpq-fe.h /usr/lib64/libpq.so 'pkgconfig(libpq) = 16.1'
rpm_package gcc 14 1.1 '' /usr/bin/gcc /usr/bin/cc
rpm_package gcc-c++ 14 1.1 '' /usr/bin/g++ /usr/bin/c++
rpm_package qt6-base-devel 6.6.2 6.1 '' 'cmake(Qt6) = 6.6.2'
rpm_package "$python-pipx" 1.5.0 1.1 pipx_of_suse 'python3-pipx = 1.5.0' /usr/bin/pipx
# A system without it is a broken one to zypper 1.14.101.
rpm_package glibc 2.42 1.1 none
mkdir -p /etc/zypp/repos.d
rm -f /etc/zypp/repos.d/*
printf '[oss]\nname=oss\nenabled=1\nautorefresh=0\nbaseurl=dir://%s\ngpgcheck=0\n' "$repository" >/etc/zypp/repos.d/oss.repo
createrepo_c -q "$repository"
zypper -q --non-interactive refresh
zypper -q --non-interactive install glibc "$python-requests"
