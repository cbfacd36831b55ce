#!/bin/sh
# Installs pip-detour for the person who runs it, from this checkout. Builds beside the final place and swaps it in when
# everything is ready: whatever goes wrong before, nothing has changed.
set -eu

usage() {
	cat <<'EOF'
Usage: ./install.sh [--demo] [--no-rc]

Installs pip-detour for you alone (no root) into ${XDG_DATA_HOME:-~/.local/share}/pip-detour and adds one line to the
rc file of your shell. Run again, it renews what has changed and leaves the rest alone. To remove: pip-detour uninstall

  --demo     then show the main job at once, in a temporary directory
  --no-rc    leave the rc files alone
  --help     show this
EOF
}

say() { printf '%s\n' "$*"; }

# What is wrong, and what to type.
fail() {
	printf 'install.sh: %s\n' "$1" >&2
	[ -z "${2-}" ] || printf 'hint: %s\n' "$2" >&2
	exit "${3-1}"
}

have() { command -v "$1" >/dev/null 2>&1; }

# The command that gets something on this system, given its names for: apt, dnf and zypper, pacman, apk, brew.
how_to_get() {
	sudo='sudo '
	[ "$(id -u)" != 0 ] || sudo=''
	if have apt-get; then
		say "${sudo}apt install $1"
	elif have dnf; then
		say "${sudo}dnf install $2"
	elif have zypper; then
		say "${sudo}zypper install $2"
	elif have pacman; then
		say "${sudo}pacman -S $3"
	elif have apk; then
		say "${sudo}apk add $4"
	elif have brew; then
		say "brew install $5"
	else
		say "install $1 the way your system installs programs"
	fi
}

# Sets directory to the one above it; / is above itself.
go_up() {
	directory=${directory%/*}
	directory=${directory:-/}
}

# at_least VERSION MAJOR MINOR
at_least() {
	major=${1%%.*}
	minor=${1#*.}
	minor=${minor%%.*}
	case $major$minor in
	'' | *[!0-9]*) return 1 ;;
	esac
	[ "$major" -gt "$2" ] || { [ "$major" -eq "$2" ] && [ "$minor" -ge "$3" ]; }
}

check_node() {
	newer='install a newer one from https://nodejs.org, or with nvm: nvm install --lts'
	have node || fail 'Node.js is missing; pip-detour needs 18.19 or newer.' \
		"$(how_to_get 'nodejs npm' 'nodejs npm' 'nodejs npm' 'nodejs npm' node)"
	version=$(node --version 2>/dev/null) || fail "Node.js ($(command -v node)) does not start." "$newer"
	at_least "${version#v}" 18 19 || fail "Node.js is $version; pip-detour needs 18.19 or newer." "$newer"
	have npm || fail 'npm is missing; it fetches what the build needs.' \
		"$(how_to_get npm npm npm npm node)"
}

check_python() {
	have python3 || fail 'Python 3 is missing.' "$(how_to_get python3 python3 python python3 python)"
	version=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) ||
		fail "Python ($(command -v python3)) does not start." "$(how_to_get python3 python3 python python3 python)"
	at_least "$version" 3 7 || fail "Python is $version; pip-detour needs 3.7 or newer." \
		"$(how_to_get python3 python3 python python3 python)"
	if python3 -c 'import importlib.util, sys; sys.exit(importlib.util.find_spec("pip") is None)'; then return; fi
	for name in pip pip3; do
		# A shim of our own is no pip.
		found=$(command -v "$name" || :)
		case $found in
		'' | "$target"/*) ;;
		*) return ;;
		esac
	done
	fail 'pip is missing: there is nothing to stand in for yet.' \
		"$(how_to_get python3-pip python3-pip python-pip py3-pip python)"
}

check_home() {
	case ${HOME-} in
	/*) [ -d "$HOME" ] || fail "HOME is $HOME, which is not there." ;;
	*) fail 'HOME is not set, so there is no place to install to.' 'HOME=/your/home/directory ./install.sh' ;;
	esac
	# shellcheck disable=SC3067 # -O: in every sh this meets
	if [ "$(id -u)" = 0 ] && [ -n "${SUDO_USER-}" ] && ! [ -O "$HOME" ]; then
		fail 'run with sudo, this would leave files of root in your home directory.' 'type: ./install.sh'
	fi
}

check_target() {
	case $target in
	*:*) fail "$target has a colon in its name, so it cannot be on PATH." 'set XDG_DATA_HOME to another directory' ;;
	esac
	if [ -e "$target" ] && ! [ -e "$target/shims/pip" ] && [ -n "$(ls -A "$target" 2>&1)" ]; then
		fail "$target is there and is not pip-detour's." 'move it away and try again'
	fi
}

# Runs a command quietly; what it wrote is in $wrote, not in a file, because the disk may be what is full.
quietly() { wrote=$("$@" 2>&1 </dev/null); }

# Says why a step failed, from what it wrote.
fail_because() {
	case $wrote in
	*ENOSPC* | *'o space left'* | *'isk quota exceeded'* | *EDQUOT*)
		fail "The disk of $parent is full; nothing was installed."
		;;
	*ENOTFOUND* | *EAI_AGAIN* | *ECONNREFUSED* | *ECONNRESET* | *ETIMEDOUT* | *ENETUNREACH* | *EHOSTUNREACH*)
		fail 'npm cannot reach its registry; nothing was installed.' \
			'connect to the network (behind a proxy: npm config set https-proxy URL) and try again'
		;;
	*SELF_SIGNED_CERT* | *UNABLE_TO_GET_ISSUER_CERT* | *UNABLE_TO_VERIFY* | *CERT_HAS_EXPIRED*)
		fail 'npm does not trust the certificate of its registry; nothing was installed.' \
			'behind a proxy that has its own: npm config set cafile FILE, with the certificate your network is run by'
		;;
	esac
	say "$wrote" | tail -n 15 >&2
	fail "$1; nothing was installed. What it said is above."
}

copy_sources() {
	mkdir "$work/checkout" && cp LICENSE LICENSE-3rd-party package.json package-lock.json "$work/checkout/" &&
		cp -R docs scripts src shims "$work/checkout/"
}

fetch_dependencies() {
	cd "$work/checkout"
	npm ci --omit=dev --include=optional --ignore-scripts --engine-strict=false --no-audit --no-fund \
		--no-update-notifier --prefer-offline --loglevel=error --logs-max=0 \
		--fetch-retries=1 --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=5000
}

# Builds into $work/program, with the checkout's node_modules where they are as package-lock.json wants them, else with
# ones of its own that are thrown away: the checkout's are never touched.
build() {
	if node scripts/dependencies-ready.mjs && quietly node scripts/build.mjs "$work/program"; then return; fi
	say 'Fetching what the build needs …'
	# Somebody without a cache of npm's gets none from us.
	if [ -z "${npm_config_cache-}" ] && ! [ -d "$HOME/.npm" ]; then
		npm_config_cache=$work/npm
		export npm_config_cache
	fi
	quietly copy_sources || fail_because 'Copying the sources failed'
	quietly fetch_dependencies || fail_because 'npm failed'
	quietly node "$work/checkout/scripts/build.mjs" "$work/program" || fail_because 'The build failed'
}

# What an older installation knows and an open shell may be using.
carry_over() {
	if [ -f "$target/manifest.json" ]; then cp -p "$target/manifest.json" "$work/program/"; fi
	for link in "$target"/shims/pip3.*; do
		if [ -L "$link" ]; then ln -s pip "$work/program/shims/${link##*/}"; fi
	done
}

clean_up() {
	[ -z "$work" ] || rm -rf "$work"
	[ -z "$finished" ] || return 0
	# The directories made on the way; one that is in use by now stays.
	directory=$parent
	while [ "$directory" != "$existing" ]; do
		rmdir "$directory" 2>/dev/null || :
		go_up
	done
}

install_program() {
	directory=$parent
	while ! [ -d "$directory" ]; do go_up; done
	existing=$directory
	trap clean_up EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	trap 'exit 129' HUP
	# The system's own words say why not: read-only, no permission, no space.
	why=$(mkdir -p "$parent" 2>&1) || fail "$parent cannot be made: ${why##*: }; nothing was installed."
	work=$parent/.pip-detour-install.$$
	why=$(mkdir "$work" 2>&1) || fail "$parent cannot be written to: ${why##*: }; nothing was installed."
	build
	# A matter of speed alone.
	node scripts/code-cache.mjs "$work/program" >/dev/null 2>&1 || :
	quietly node scripts/same-program.mjs record "$work/program" || fail_because 'Finishing the build failed'
	quietly carry_over || fail_because 'Preparing the program failed'
	# shellcheck disable=SC2086 # $rc is one option or nothing
	"$work/program/shims/pip-detour" setup --dry-run --directory "$target" $rc >/dev/null ||
		fail 'Nothing was installed.'

	# From here to the end nothing takes long and nothing is left half done.
	trap '' INT TERM HUP
	had_one=''
	[ ! -d "$target" ] || had_one=1
	quietly python3 scripts/swap.py "$work/program" "$target" || fail_because 'Putting the program in place failed'
	set --
	directory=$parent
	while [ "$directory" != "$existing" ]; do
		set -- --made "$directory" "$@"
		go_up
	done
	# shellcheck disable=SC2086
	if ! told=$("$target/shims/pip-detour" setup $rc "$@"); then
		if [ -n "$had_one" ]; then python3 scripts/swap.py "$work/program" "$target"; else rm -rf "$target"; fi
		fail 'Nothing was installed.'
	fi
	finished=1
	say "pip-detour $("$target/shims/pip-detour" --version) is installed in $shown."
	say "$told"
	clean_up
	trap - EXIT INT TERM HUP
}

demo='' rc='' work='' finished=''
for argument in "$@"; do
	case $argument in
	--demo) demo=1 ;;
	--no-rc) rc=--no-rc ;;
	-h | --help)
		usage
		exit 0
		;;
	*) fail "there is no option $argument." './install.sh --help' 2 ;;
	esac
done

unset CDPATH
case $0 in
*/*) cd "${0%/*}" ;;
esac
if ! [ -f scripts/build.mjs ] || ! [ -f shims/pip ] || ! [ -f package-lock.json ]; then
	fail 'the rest of pip-detour is not here; this installs from a checkout of it, not alone.' \
		'git clone the repository, cd into it, and type ./install.sh'
fi

check_home
# The XDG base directory specification: a relative value is to be ignored.
case ${XDG_DATA_HOME-} in
/*) parent=${XDG_DATA_HOME%/} ;;
*) parent=${HOME%/}/.local/share ;;
esac
target=$parent/pip-detour
shown=$target
case $target in
"$HOME"/*) shown="~${target#"$HOME"}" ;;
esac
check_node
check_python
check_target

if node scripts/same-program.mjs check "$target"; then
	say "pip-detour $("$target/shims/pip-detour" --version) is installed in $shown already."
	"$target/shims/pip-detour" setup $rc
else
	install_program
fi
say 'Then go on typing pip install … as always. To remove everything: pip-detour uninstall'

if [ -n "$demo" ]; then
	say ''
	exec "$target/shims/pip-detour" demo
fi
