# shellcheck shell=sh
# shellcheck disable=SC3013,SC2034,SC2154 # -ef: as in the shim; variables of the shim, and for unattended.sh
#
# Whether it is certain that pip refuses, as far as a shell can tell with builtins alone; sourced by unattended.sh.
# What src/pip/verdict.ts calls a refusal, but by far not all of it: what is not plain is left to Node.

_pd_letters=abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789

# Adds a word to _pd_line, quoted as src/system/quote.ts does it; false where that takes more than a pair of quotes.
_pd_quote() {
	case $1 in
	*[!]"$_pd_letters"' !"#$%&()*+,./:;<=>?@^_`{|}~[-']* | *\\*) return 1 ;;
	'' | *[!"$_pd_letters"_@%+=:,./-]*) _pd_line="$_pd_line '$1'" ;;
	[!0123456789@%+=:,./-]*=*)
		# NAME=VALUE would be an assignment.
		case ${1%%=*} in
		*[!"$_pd_letters"_]*) _pd_line="$_pd_line $1" ;;
		*) _pd_line="$_pd_line '$1'" ;;
		esac
		;;
	*) _pd_line="$_pd_line $1" ;;
	esac
}

# True for `install` with options that make no difference to the refusal. _pd_line: the command line to be shown.
# _pd_told: pip is not to ask. _pd_loud: -v counted up and -q down.
_pd_plain() {
	_pd_line=$_pd_name _pd_told='' _pd_loud=0 _pd_found='' _pd_named='' _pd_takes=''
	for _pd_word; do
		# What may hold a password or a token is not shown as it is (src/mask.ts).
		case $_pd_word in
		*@* | *%40* | *://*[?#]* | *gh[abcdefghijklmnopqrstuvwxyz]_* | *_pat_* | *glpat-* | *pypi-AgE*) return 1 ;;
		esac
		_pd_quote "$_pd_word" || return 1
		if [ -n "$_pd_takes" ]; then
			_pd_takes=''
			continue
		fi
		case $_pd_word in
		--no-input) _pd_told=1 ;;
		-q | --quiet) _pd_loud=$((_pd_loud - 1)) ;;
		-v | --verbose) _pd_loud=$((_pd_loud + 1)) ;;
		-r | --requirement | -e | --editable) _pd_takes=1 _pd_named=1 ;;
		-c | --constraint | -i | --index-url | --extra-index-url | -f | --find-links | --trusted-host | --timeout | \
			--retries | --root-user-action | --progress-bar | --cache-dir | --only-binary | --no-binary | \
			--upgrade-strategy) _pd_takes=1 ;;
		-r?* | --requirement=* | -e?* | --editable=*) _pd_named=1 ;;
		-c?* | --constraint=* | --index-url=* | --extra-index-url=* | --find-links=* | --trusted-host=* | --timeout=* | \
			--retries=* | --root-user-action=* | --progress-bar=* | --cache-dir=* | --only-binary=* | --no-binary=* | \
			--upgrade-strategy=*) ;;
		-U | --upgrade | -I | --ignore-installed | --force-reinstall | --no-deps | --pre | --no-index | --user | \
			--no-cache-dir | --disable-pip-version-check | --no-color | --prefer-binary | --require-hashes | \
			--no-build-isolation | --use-pep517 | --compile | --no-compile | --no-warn-script-location) ;;
		-*) return 1 ;;
		install)
			if [ -n "$_pd_found" ]; then _pd_named=1; fi
			_pd_found=1
			;;
		*)
			[ -n "$_pd_found" ] || return 1
			_pd_named=1
			# For pip itself no environment is made.
			case $_pd_word in
			[Pp][Ii][Pp] | [Pp][Ii][Pp][!"$_pd_letters"._-]*) return 1 ;;
			esac
			;;
		esac
	done
	[ -n "$_pd_found" ] && [ -n "$_pd_named" ] && [ -z "$_pd_takes" ]
}

# True when nothing in pip's variables and files can make it do anything but refuse.
_pd_unchanged() {
	for _pd_word in \
		"${PIP_BREAK_SYSTEM_PACKAGES+x}${PIP_TARGET+x}${PIP_PREFIX+x}${PIP_ROOT+x}${PIP_PYTHON+x}${PIP_USER+x}" \
		"${PIP_DRY_RUN+x}${PIP_REPORT+x}${PIP_LOG+x}${PIP_LOG_FILE+x}${PIP_QUIET+x}${PIP_VERBOSE+x}${PIP_DEBUG+x}" \
		"${PIP_REQUIRE_VIRTUALENV+x}${PIP_REQUIRE_VENV+x}${PIP_VERSION+x}${PIP_HELP+x}${PIP_AUTO_COMPLETE+x}" \
		"${PIP_ISOLATED+x}${PIP_NO_USE_PEP517+x}${PIP_USE_FEATURE+x}${_PIP_RUNNING_IN_SUBPROCESS+x}" \
		"${PYTHONPATH-}${PYTHONWARNINGS-}${PYTHONUSERBASE-}${PYTHONHOME+x}${PYTHONPLATLIBDIR+x}${PYTHONINSPECT-}"; do
		[ -z "$_pd_word" ] || return 1
	done
	case ${PIP_CONFIG_FILE-} in
	/dev/null) return 0 ;;
	?*) _pd_harmless "$PIP_CONFIG_FILE" || return 1 ;;
	esac
	for _pd_file in /etc/pip.conf "${_pd_bin%/bin}/pip.conf" "$HOME/.pip/pip.conf" "$_pd_config/pip/pip.conf"; do
		_pd_harmless "$_pd_file" || return 1
	done
	_pd_rest=${XDG_CONFIG_DIRS:-/etc/xdg}:
	while [ -n "$_pd_rest" ]; do
		# What is made of the other entries differs between pips.
		case ${_pd_rest%%:*} in
		'' | [!/]* | *[[:space:]]*) return 1 ;;
		esac
		_pd_harmless "${_pd_rest%%:*}/pip/pip.conf" || return 1
		_pd_rest=${_pd_rest#*:}
	done
}

# True when pip's configuration file $1 is not there, or says no more than where packages come from.
_pd_harmless() {
	if [ ! -e "$1" ] && [ ! -h "$1" ]; then return 0; fi
	if [ ! -f "$1" ] || [ ! -r "$1" ]; then return 1; fi
	_pd_keys=:
	while IFS= read -r _pd_word || [ -n "$_pd_word" ]; do
		case $_pd_word in
		'' | '#'* | ';'*) ;;
		'[global]' | '[install]')
			case $_pd_keys in
			*":$_pd_word:"*) return 1 ;;
			esac
			_pd_keys=$_pd_keys$_pd_word:
			;;
		*%* | [!abcdefghijklmnopqrstuvwxyz]*) return 1 ;;
		*=?*)
			_pd_word=${_pd_word%%[ =]*}
			# pip stumbles over a key that stands there twice.
			case $_pd_keys in
			*":$_pd_word:"* | :) return 1 ;;
			esac
			_pd_keys=$_pd_keys$_pd_word:
			case $_pd_word in
			index-url | extra-index-url | trusted-host | find-links | constraint | cert | client-cert | proxy | timeout | retries | \
				no-cache-dir | disable-pip-version-check | root-user-action) ;;
			*) return 1 ;;
			esac
			;;
		*) return 1 ;;
		esac
	done <"$1"
}

# True when the real pip is pip's own script, on a Python with the marker, and of a version that knows it.
# _pd_python: its version; _pd_stdlib: its standard library.
_pd_managed() {
	case $_pd_interpreter in
	/*) ;;
	*) return 1 ;;
	esac
	_pd_bin=${_pd_interpreter%/*} _pd_python='' _pd_stdlib=''
	for _pd_file in "$_pd_bin"/python3.*; do
		case ${_pd_file##*/python3.} in
		'' | *[!0123456789]*) continue ;;
		esac
		# As a link it may lead to a Python with a standard library elsewhere.
		if [ ! -h "$_pd_file" ] && [ "$_pd_file" -ef "$_pd_interpreter" ]; then _pd_python=${_pd_file##*/python}; fi
	done
	[ -n "$_pd_python" ] || return 1
	for _pd_file in "$_pd_bin/../lib/python$_pd_python" "$_pd_bin/../lib64/python$_pd_python"; do
		if [ ! -f "$_pd_file/os.py" ] || [ "$_pd_file" -ef "${_pd_stdlib:-/}" ]; then continue; fi
		[ -z "$_pd_stdlib" ] || return 1
		_pd_stdlib=$_pd_file
	done
	[ -f "$_pd_stdlib/EXTERNALLY-MANAGED" ] && [ -r "$_pd_stdlib/EXTERNALLY-MANAGED" ] &&
		_pd_own_script && _pd_own_package
}

_pd_own_script() {
	_pd_read=0 _pd_found=''
	while IFS= read -r _pd_word; do
		case $_pd_word in
		'from pip._internal.cli.main import main')
			_pd_found=1
			break
			;;
		esac
		_pd_read=$((_pd_read + 1))
		[ "$_pd_read" -lt 12 ] || break
	done <"$_pd_real"
	[ -n "$_pd_found" ]
}

# The first pip package where this Python looks: src/pip/pip-package.ts has the places and their order.
_pd_own_package() {
	_pd_shared=$_pd_bin/../lib/python3/dist-packages
	[ ! -e "$HOME/.local/lib/python$_pd_python/site-packages/pip" ] || return 1
	if [ -d "$_pd_shared" ]; then
		set -- "$_pd_bin/../local/lib/python$_pd_python/dist-packages" "$_pd_shared"
	else
		[ ! -e "/usr/local/lib/python$_pd_python/site-packages/pip" ] || return 1
		[ ! -e "/usr/local/lib64/python$_pd_python/site-packages/pip" ] || return 1
		set -- "$_pd_stdlib/site-packages" "$_pd_bin/../lib/python$_pd_python/site-packages"
	fi
	for _pd_file; do
		[ -r "$_pd_file/pip/__init__.py" ] || continue
		_pd_read=0
		while IFS= read -r _pd_word; do
			case $_pd_word in
			# 23.0 itself is another one in Debian; every pip before it ignores the marker.
			'__version__ = "23.0"') return 1 ;;
			'__version__ = "2'[3456789].*'"' | '__version__ = "'[3456789][0123456789].*'"') return 0 ;;
			esac
			_pd_read=$((_pd_read + 1))
			[ "$_pd_read" -lt 9 ] || return 1
		done <"$_pd_file/pip/__init__.py"
	done
	return 1
}
