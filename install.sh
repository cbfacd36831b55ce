#!/bin/sh
# Installs pip-detour for the person who runs it: from a release, which is built, or from a checkout, which it builds. All is
# made beside the final place and swapped in when it is ready: whatever goes wrong before, nothing has changed.
set -eu

usage() {
	cat <<'EOF'
Usage: ./install.sh [--for-root] [--demo] [--no-rc] [--with-node | --node FILE]

Installs pip-detour for you alone (no root) into ${XDG_DATA_HOME:-~/.local/share}/pip-detour and adds one line to the
start-up file of your shell (bash may need it in two files). Run it again: it renews what has changed and leaves the rest
alone. To remove it: pip-detour uninstall

  --for-root    with sudo: install for root itself, into root's own home directory
  --demo        then show on an example what pip-detour does, in a temporary directory
  --no-rc       leave the start-up files alone
  --with-node   where there is no Node.js that will do, get one for pip-detour alone, with your pip (about 60 MB)
  --node FILE   use this Node.js, whatever else there is
  --help        show this
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

# Notes what is missing or wrong, to be told together with the rest; and what to type, if that is no package.
problem() {
	problems="$problems$1
"
	[ -z "${2-}" ] || hints="$hints${hints:+; }$2"
}

# Notes what would help, of: node, npm, python, pip.
wants() { wanted="$wanted $*"; }

# Ends when anything is missing or wrong: everything at once.
tell_problems() {
	[ -n "$problems" ] || return 0
	printf '%s' "$problems" | while read -r line; do printf 'install.sh: %s\n' "$line"; done >&2
	if [ -n "$wanted" ]; then
		# shellcheck disable=SC2086 # words
		_pd_how_to_get $wanted
		hints="$_pd_hint${hints:+; }$hints"
	fi
	printf 'hint: %s\n' "$hints" >&2
	exit 1
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

# Names whose Node this is, where it goes away with what one of these tools is told next; false for one that stays.
# $1: by the name on PATH; $2: where it really lies.
passing_one() {
	case $1:$2 in
	*/.nvm/* | "${NVM_DIR:-/dev/null}"/* | *:"${NVM_DIR:-/dev/null}"/*) say "nvm's" ;;
	*/fnm_multishells/* | */fnm/*) say "fnm's" ;;
	*/.volta/*) say "Volta's" ;;
	*/shims/* | */.asdf/* | */mise/* | */.nodenv/* | */.nvs/*) say "a version manager's" ;;
	"${VIRTUAL_ENV:-/dev/null}"/* | "${CONDA_PREFIX:-/dev/null}"/*) say "the activated environment's" ;;
	*) return 1 ;;
	esac
}

# Sets node to the first on PATH that will do and stays. Otherwise why_no_node says why there is none.
look_for_node() {
	node='' why_no_node='Node.js is missing; pip-detour needs 18.19 or newer.'
	rest=$PATH:
	while [ -n "$rest" ]; do
		file=${rest%%:*}/node
		rest=${rest#*:}
		case $file in
		/*) ;;
		*) continue ;;
		esac
		if [ ! -f "$file" ] || [ ! -x "$file" ]; then continue; fi
		if owner=$(passing_one "$file" ''); then
			why_no_node="The Node.js here ($file) is $owner, which takes it away again; pip-detour needs one that stays, 18.19 or newer."
			continue
		fi
		# Its version, a space, and where it really lies.
		if ! version=$("$file" -p 'process.version + " " + process.execPath' 2>/dev/null); then
			why_no_node="Node.js ($file) does not start."
		elif owner=$(passing_one "$file" "${version#* }"); then
			why_no_node="The Node.js here ($file) is $owner, which takes it away again; pip-detour needs one that stays, 18.19 or newer."
		elif ! at_least "${version#v}" 18 19; then
			why_no_node="Node.js is ${version%% *}; pip-detour needs 18.19 or newer."
		else
			node=$file
			return
		fi
	done
	return 1
}

# True where somebody can be asked: at a terminal, and not in a CI service.
somebody_is_there() { [ -t 0 ] && [ -t 1 ] && [ -z "${CI-}" ]; }

# Sets node, or bring where one is to be brought.
check_node() {
	if [ -n "$node" ]; then
		version=$("$node" --version 2>/dev/null) || fail "$node, given with --node, does not start."
		at_least "${version#v}" 18 19 || fail "$node, given with --node, is $version; pip-detour needs 18.19 or newer."
		return
	fi
	# One that was brought before is used as long as it is there; --with-node renews it.
	if [ -x "$brought" ] && version=$("$brought" --version 2>/dev/null) && at_least "${version#v}" 18 19; then
		if [ -z "$bring" ] || [ "${version#v}" = "$_pd_node_version" ]; then
			node=$brought
			return
		fi
	fi
	if look_for_node; then return; fi
	if [ -z "$bring" ] && somebody_is_there; then
		say "$why_no_node"
		printf 'Get one for pip-detour alone? Your pip fetches it from its index: about 60 MB. [Y/n] '
		read -r answer || answer=n
		case $answer in
		'' | [Yy] | [Yy][Ee][Ss]) bring=1 ;;
		esac
	fi
	[ -z "$bring" ] || return 0
	wants node
	problem "$why_no_node" "or type the same with --with-node: your pip then gets one for pip-detour alone (about 60 MB)"
}

check_npm() {
	have npm && return
	wants npm
	problem 'npm is missing; it fetches what the build needs.'
}

check_python() {
	if ! have python3; then
		wants python pip
		problem 'Python 3 is missing.'
		return
	fi
	if ! version=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null); then
		wants python
		problem "Python ($(command -v python3)) does not start."
		return
	fi
	if ! at_least "$version" 3 7; then
		wants python
		problem "Python is $version; pip-detour needs 3.7 or newer."
		return
	fi
	if python3 -c 'import importlib.util, sys; sys.exit(importlib.util.find_spec("pip") is None)'; then return; fi
	for name in pip pip3; do
		# A shim of our own is no pip.
		found=$(command -v "$name" || :)
		case $found in
		'' | "$target"/*) ;;
		*) return ;;
		esac
	done
	wants pip
	problem 'pip is missing: there is nothing to stand in for yet.'
}

check_home() {
	case ${HOME-} in
	/*) [ -d "$HOME" ] || fail "HOME is $HOME, which is not there." ;;
	*) fail 'HOME is not set, so there is no place to install to.' 'HOME=/your/home/directory ./install.sh' ;;
	esac
	# sudo, pkexec(1), doas(1)
	case $(id -u):$for_root:${SUDO_UID:-0},${PKEXEC_UID:-0},${DOAS_USER:-root} in
	0:1:* | 0::0,0,root) ;;
	0:*)
		fail 'run with sudo, this would install for root, and not for you.' \
			'type: ./install.sh (for root itself: sudo ./install.sh --for-root)'
		;;
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
	if [ -e "$target" ] && ! [ -e "$target/shims/pip" ] && ! [ -h "$target/shims/pip" ] && [ -n "$(ls -A "$target" 2>&1)" ]; then
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

# Puts the program into $work/program: a release has it built.
make_program() {
	if [ -n "$built" ]; then
		quietly copy_program || fail_because 'Copying the program failed'
	else
		build
	fi
	quietly write_way || fail_because 'Preparing the program failed'
}

# Neither a zip nor everybody's tar keeps links, and which files can be run.
copy_program() {
	cp -R "$built" "$work/program" && chmod 755 "$work/program/shims/pip" "$work/program/shims/pip-detour" &&
		rm -f "$work/program/shims/pip3" &&
		# A drive of Windows' kind knows no links; a copy is as good a shim.
		{ ln -s pip "$work/program/shims/pip3" 2>/dev/null || cp "$work/program/shims/pip" "$work/program/shims/pip3"; }
}

write_way() { printf '%s\n' "$way" >"$work/program/lib/way"; }

# Gets a Node into $work/node, and lets this script go on with it.
bring_node() {
	say 'Getting Node.js for pip-detour alone: about 60 MB …'
	_pd_bring_node "$work/node" || fail "$_pd_why; nothing was installed." "$_pd_hint"
	node=$work/node/bin/node
}

# Builds into $work/program, with the checkout's node_modules where they are as package-lock.json wants them, else with
# ones of its own that are thrown away: the checkout's are never touched.
build() {
	# npm looks for a Node itself.
	PATH=${node%/*}:$PATH
	if "$node" scripts/dependencies-ready.mjs && quietly "$node" scripts/build.mjs "$work/program"; then return; fi
	say 'Fetching what the build needs …'
	# Somebody without a cache of npm's gets none from us.
	if [ -z "${npm_config_cache-}" ] && ! [ -d "$HOME/.npm" ]; then
		npm_config_cache=$work/npm
		export npm_config_cache
	fi
	quietly copy_sources || fail_because 'Copying the sources failed'
	quietly fetch_dependencies || fail_because 'npm failed'
	quietly "$node" "$work/checkout/scripts/build.mjs" "$work/program" || fail_because 'The build failed'
}

# What an older installation knows and an open shell may be using.
carry_over() {
	if [ -f "$target/manifest.json" ]; then cp -p "$target/manifest.json" "$work/program/"; fi
	for link in "$target"/shims/pip3.*; do
		if [ -L "$link" ]; then ln -s pip "$work/program/shims/${link##*/}"; fi
	done
}

# Two at once would each add what the other has added. Who was killed while they had the turn left it behind.
take_turn() {
	turn=$parent/.pip-detour-install.turn
	for _ in 1 2; do
		if mkdir "$turn" 2>/dev/null; then
			echo $$ >"$turn/pid"
			return
		fi
		holder=$(cat "$turn/pid" 2>/dev/null) || holder=''
		# Between making the directory and writing the number there is a moment.
		if [ -z "$holder" ]; then sleep 1 && holder=$(cat "$turn/pid" 2>/dev/null) || holder=''; fi
		if [ -n "$holder" ] && kill -0 "$holder" 2>/dev/null; then break; fi
		rm -rf "$turn"
	done
	turn=''
	fail "another install.sh is at work here (process ${holder:-unknown}); nothing was installed." 'wait until it has ended, and type it again'
}

clean_up() {
	[ -z "$work" ] || rm -rf "$work"
	[ -z "$turn" ] || rm -rf "$turn"
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
	trap 'exit 141' PIPE
	# The system's own words say why not: read-only, no permission, no space.
	why=$(mkdir -p "$parent" 2>&1) || fail "$parent cannot be made: ${why##*: }; nothing was installed."
	work=$parent/.pip-detour-install.$$
	why=$(mkdir "$work" 2>&1) || fail "$parent cannot be written to: ${why##*: }; nothing was installed."
	take_turn
	[ -z "$bring" ] || [ -n "$node" ] || bring_node
	# The commands of the program that follow are run with it, whatever is written down.
	_PIP_DETOUR_NODE=$node
	export _PIP_DETOUR_NODE
	make_program
	# A matter of speed alone.
	"$node" "$work/program/lib/code-cache.mjs" "$work/program" >/dev/null 2>&1 || :
	quietly "$node" scripts/same-program.mjs record "$work/program" || fail_because 'Finishing the program failed'
	quietly carry_over || fail_because 'Preparing the program failed'
	# shellcheck disable=SC2086 # $rc is options or nothing
	"$work/program/shims/pip-detour" setup --dry-run --directory "$target" $rc >/dev/null ||
		fail 'Nothing was installed.'

	# From here to the end nothing takes long and nothing is left half done.
	trap '' INT TERM HUP
	had_one='' before=''
	[ ! -d "$target" ] || had_one=1
	[ ! -r "$target/lib/version" ] || before=$(cat "$target/lib/version")
	quietly python3 scripts/swap.py "$work/program" "$target" || fail_because 'Putting the program in place failed'
	if [ -d "$work/node" ]; then
		if [ -d "$own_node" ]; then mv "$own_node" "$work/node.old"; fi
		mv "$work/node" "$own_node"
		_PIP_DETOUR_NODE=$brought
	fi
	set --
	directory=$parent
	while [ "$directory" != "$existing" ]; do
		set -- --made "$directory" "$@"
		go_up
	done
	# shellcheck disable=SC2086
	if ! told=$("$target/shims/pip-detour" setup $rc "$@"); then
		if [ -n "$had_one" ]; then python3 scripts/swap.py "$work/program" "$target"; else rm -rf "$target"; fi
		if [ "$_PIP_DETOUR_NODE" = "$brought" ] && [ -n "$bring" ]; then rm -rf "$own_node"; fi
		if [ -d "$work/node.old" ]; then mv "$work/node.old" "$own_node"; fi
		fail 'Nothing was installed.'
	fi
	finished=1
	now=$("$target/shims/pip-detour" --version)
	case $before in
	'') say "pip-detour $now is installed in $shown." ;;
	"$now") say "pip-detour $now is installed anew in $shown." ;;
	*) say "pip-detour $now is installed in $shown, in place of $before." ;;
	esac
	# It is about the shell's files alone.
	[ -z "$before" ] || told=$(printf '%s\n' "$told" | grep -v '^Nothing had to be changed')
	[ -z "$told" ] || say "$told"
	clean_up
	trap - EXIT INT TERM HUP
}

for_root='' demo='' rc='' work='' turn='' finished='' node='' bring='' expected=''
problems='' hints='' wanted=''
for argument in "$@"; do
	if [ -n "$expected" ]; then
		node=$argument expected=''
		continue
	fi
	case $argument in
	--with-node) bring=1 ;;
	--node) expected=1 ;;
	--node=*) node=${argument#--node=} ;;
	--for-root) for_root=1 rc="$rc --for-root" ;;
	--demo) demo=1 ;;
	--no-rc) rc="$rc --no-rc" ;;
	-h | --help)
		usage
		exit 0
		;;
	*) fail "there is no option $argument." './install.sh --help' 2 ;;
	esac
done

[ -z "$expected" ] || fail 'after --node stands the file of a Node.js.' './install.sh --help' 2
case $node in
'' | /*) ;;
*) node=$PWD/$node ;;
esac

unset CDPATH
case $0 in
*/*) cd "${0%/*}" ;;
esac
# A release has the program built; its way stands in it.
if [ -f program/lib/start.cjs ] && [ -f program/lib/way ]; then
	built=program sources=program
	way=$(cat program/lib/way)
elif [ -f scripts/build.mjs ] && [ -f shims/pip ] && [ -f package-lock.json ]; then
	built='' sources=shims
	way="clone
$PWD"
else
	fail 'the rest of pip-detour is not here; this installs from a checkout of it, not alone.' \
		'git clone the repository, cd into it, and type ./install.sh'
fi
# shellcheck source=shims/with-node.sh
. "./$sources/with-node.sh"

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
# Beside the program, which is replaced whole.
own_node=$parent/pip-detour-node
brought=$own_node/bin/node
check_node
[ -n "$built" ] || check_npm
check_python
tell_problems
check_target

if [ -n "$node" ] && [ "$(cat "$target/lib/way" 2>/dev/null)" = "$way" ] && "$node" scripts/same-program.mjs check "$target"; then
	say "pip-detour $("$target/shims/pip-detour" --version) is installed in $shown already."
	# shellcheck disable=SC2086 # the same
	"$target/shims/pip-detour" setup $rc
else
	install_program
fi
say 'Then go on typing pip install … as always. To remove pip-detour: pip-detour uninstall'

if [ -n "$demo" ]; then
	say ''
	exec "$target/shims/pip-detour" demo
fi
