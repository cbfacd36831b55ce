#!/bin/sh
# Installs pip-detour @VERSION@ for you alone, without root: gets one archive, checks that it is the one this script was made
# for, and runs the install.sh in it with the options you give here (sh get.sh --help lists them).
set -eu

main() {
	address='@URL@/@ARCHIVE@'
	sha256=@SHA256@
	tell='from pathlib import Path; from hashlib import sha256; from sys import argv; print(sha256(Path(argv[1]).read_bytes()).hexdigest())'
	get='from shutil import copyfileobj; from urllib.request import urlopen; from sys import argv; copyfileobj(urlopen(argv[1], timeout=60), open(argv[2], "wb"))'

	case $address in
	/*) fail 'this get.sh was made without an address (npm run release -- --url BASE).' 'unpack the archive yourself and run its install.sh' ;;
	esac
	missing=''
	for program in python3 tar gzip; do
		command -v "$program" >/dev/null 2>&1 || missing="$missing $program"
	done
	[ -z "$missing" ] || fail "these programs are missing:$missing." 'install them the way your system installs programs'

	umask 077
	work=${TMPDIR:-/tmp}/pip-detour-get.$$
	why=$(mkdir "$work" 2>&1) || fail "$work cannot be made: ${why##*: }." 'set TMPDIR to a directory you may write to'
	trap 'rm -rf "$work"' EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	trap 'exit 129' HUP

	if command -v curl >/dev/null 2>&1; then
		why=$(curl -fsSL --retry 2 -o "$work/archive" "$address" 2>&1) || unreachable 23
	elif command -v wget >/dev/null 2>&1; then
		why=$(wget -q -O "$work/archive" "$address" 2>&1) || unreachable 3
	else
		why=$(python3 -c "$get" "$address" "$work/archive" 2>&1) || unreachable none
	fi
	[ "$(python3 -c "$tell" "$work/archive")" = "$sha256" ] ||
		fail "what came from $address is not pip-detour @VERSION@ (another SHA-256): cut off on its way, or changed." 'try again; if it stays so, do not use it'
	why=$(gzip -dc "$work/archive" 2>&1 >"$work/tar" && tar -xf "$work/tar" -C "$work" 2>&1) ||
		fail "the archive cannot be unpacked in $work: ${why##*: }." 'look whether the disk is full'

	# Read from a pipe, this script is what stands on the standard input; who is asked sits at the terminal.
	if [ ! -t 0 ] && [ -t 1 ] && (: </dev/tty) 2>/dev/null; then exec </dev/tty; fi
	sh "$work/@DIRECTORY@/install.sh" "$@"
}

# $1: the code that the program in question ends with where it cannot write (curl(1), wget(1)).
unreachable() {
	code=$?
	case $code:$why in
	"$1":* | *'o space left'*) fail "$work cannot be written to; the disk may be full." 'make room, or set TMPDIR to a directory where there is some' ;;
	esac
	fail "$address cannot be had: $(printf '%s\n' "${why:-code $code}" | tail -n 1)." 'look at the address and at your network, and try again'
}

fail() {
	printf 'get.sh: %s Nothing was installed.\nhint: %s\n' "$1" "$2" >&2
	exit 1
}

# Here, so that a script that was cut off does nothing.
main "$@"
