#!/bin/sh
# Sourced by those whose packages are of rpm.
# shellcheck source=test/support/distributions/common.sh
. "${0%/*}/common.sh"

# rpm_package PACKAGE VERSION RELEASE MODULE [WHAT IT PROVIDES ...]: builds it into the repository.
rpm_package() {
	package=$1 version=$2 release=$3 module=$4
	shift 4
	files=$(module "$package" "$module" "$version")
	{
		printf 'Name: %s\nVersion: %s\nRelease: %s\nSummary: %s\nLicense: MIT\nBuildArch: noarch\n' \
			"$package" "$version" "$release" "$module"
		for provided in "$@"; do printf 'Provides: %s\n' "$provided"; done
		printf '%%description\n%s\n%%install\nmkdir -p %%{buildroot}\ncp -r %s/. %%{buildroot}\n%%files\n/usr/lib/python3/dist-packages/%s.py\n' \
			"$module" "$files" "$module"
	} >/srv/package.spec
	rpmbuild -bb --quiet --define "_rpmdir $repository" --define "_topdir /srv/rpmbuild" /srv/package.spec
}
