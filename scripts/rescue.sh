#!/bin/sh
# Installs the release that lies beside this script, for a system where a pip refuses, and lets pip-detour take a refused
# install in hand: what the workflows run where the whole suite cannot. It needs no network.
set -eu
cd "${0%/*}"
release=$PWD
work=${TMPDIR:-/tmp}/pip-detour-rescue.$$
mkdir "$work"
trap 'rm -rf "$work"' EXIT
cd "$work"
tar -xzf "$release"/pip-detour-*.tar.gz
HOME=$work/home
mkdir "$HOME"
export HOME
sh pip-detour-*/install.sh --no-rc
program=${XDG_DATA_HOME:-$HOME/.local/share}/pip-detour
# The demonstration makes a package, has the real pip refuse it, and ends well only when it was installed.
"$program/shims/pip-detour" demo
"$program/shims/pip-detour" uninstall
[ ! -e "$program" ]
