#!/bin/sh
# Sourced by those whose packages are of rpm.
# shellcheck source=test/support/distributions/common.sh
. "${0%/*}/common.sh"
# Debian's rpm keeps one database for each person.
mkdir -p /etc/rpm
printf '%%_dbpath /var/lib/rpm\n' >/etc/rpm/macros

# rpm_package PACKAGE VERSION RELEASE MODULE [WHAT IT PROVIDES, OR /A/FILE ...]: builds it into the repository. MODULE may
# be empty.
rpm_package() {
	package=$1 version=$2 release=$3 module=$4
	shift 4
	files=$(module "$package" "$module" "$version")
	{
		printf 'Name: %s\nVersion: %s\nRelease: %s\nSummary: %s\nLicense: MIT\nBuildArch: noarch\nAutoReqProv: no\n' \
			"$package" "$version" "$release" "${module:-$package}"
		for provided in "$@"; do case $provided in /*) ;; *) printf 'Provides: %s\n' "$provided" ;; esac done
		printf '%%description\n%s\n%%install\nmkdir -p %%{buildroot}\ncp -r %s/. %%{buildroot}\n%%files\n' "$package" "$files"
		for file in "$@"; do case $file in /*) plant "$files$file" && printf '%s\n' "$file" ;; esac done
		[ -z "$module" ] || printf '/usr/lib/python3/dist-packages/%s.py\n' "$module"
	} >/srv/package.spec
	rpmbuild -bb --quiet --define "_rpmdir $repository" --define "_topdir /srv/rpmbuild" /srv/package.spec
}
