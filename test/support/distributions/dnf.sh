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
# What builds lack.
python=$(/usr/bin/python3 -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
rpm_package python3-devel 3.12.3 1.fc40 '' "/usr/include/$python/Python.h" 'pkgconfig(python3) = 3.12'
rpm_package portaudio-devel 19 43.fc40 '' /usr/include/portaudio.h 'pkgconfig(portaudio-2.0) = 19' 'portaudio-devel(x86-64) = 19-43.fc40'
rpm_package mariadb-connector-c-devel 3.3.8 3.fc40 '' /usr/include/mysql/mysql.h /usr/bin/mariadb_config 'pkgconfig(libmariadb) = 3.3.8'
rpm_package libpq-devel 16.1 4.fc40 '' /usr/bin/pg_config /usr/include/libpq-fe.h /usr/lib64/libpq.so 'pkgconfig(libpq) = 16.1'
rpm_package gcc 14.0.1 0.15.fc40 '' /usr/bin/gcc /usr/bin/cc
rpm_package gcc-c++ 14.0.1 0.15.fc40 '' /usr/bin/g++ /usr/bin/c++
rpm_package qt6-qtbase-devel 6.6.2 6.fc40 '' 'cmake(Qt6) = 6.6.2' 'cmake(qt6) = 6.6.2'
rpm_package pipx 1.5.0 1.fc40 pipx_of_fedora 'python3dist(pipx) = 1.5' /usr/bin/pipx
rpm_package python3-pip 23.3.2 1.fc40 '' 'python3dist(pip) = 23.3.2' /usr/bin/pip3.12
rm -rf /etc/yum.repos.d
mkdir -p /etc/yum.repos.d
printf '[fedora]\nname=Fedora\nbaseurl=file://%s\ngpgcheck=0\n' "$repository" >/etc/yum.repos.d/fedora.repo
createrepo_c -q "$repository"
dnf -q makecache
dnf -q -y install python3-requests
