# shellcheck shell=sh
# shellcheck disable=SC2154,SC3013 # variables of shims/pip-detour; -nt: POSIX.1-2024, and in every shell this runs in
# Read by shims/pip-detour for `run COMMAND …`: this process becomes the command, in the environment of the directory one
# stands in. Node is asked which that is, and is gone before the command begins; what is remembered for this very
# directory lies where builtins can read it (src/shell/activation.ts), and no Node is started.

# Sets _pd_python to the Python of the environment that this person has remembered for exactly this directory; false where
# that takes more than a look, as where another may have been put in its place since.
_pd_remembered() {
	_pd_find_state || return 1
	_pd_file=$_pd_state/shell
	# What is remembered is remembered by the real path.
	_pd_rest=${PWD-}
	case $_pd_rest in
	/*) ;;
	*) return 1 ;;
	esac
	while [ -n "$_pd_rest" ]; do
		[ ! -h "$_pd_rest" ] || return 1
		_pd_rest=${_pd_rest%/*}
	done
	[ -O "$_pd_file" ] || return 1
	_pd_file=$_pd_file/auto$PWD/.pip-detour-environment
	[ -O "$_pd_file" ] && [ ! -h "$_pd_file" ] || return 1
	IFS= read -r _pd_environment <"$_pd_file" || return 1
	_pd_python=$_pd_environment/bin/python
	case $_pd_python in
	/*) [ -f "$_pd_environment/pyvenv.cfg" ] && [ -x "$_pd_python" ] || return 1 ;;
	*) return 1 ;;
	esac
	[ ! -h "$_pd_environment" ] && [ ! -h "$_pd_environment/pyvenv.cfg" ] && [ ! "$_pd_environment/pyvenv.cfg" -nt "$_pd_file" ] &&
		[ ! "$_pd_python" -nt "$_pd_file" ]
} 2>/dev/null

# Sets _pd_python to the Python of this directory, as Node finds it; says why there is none, and ends.
_pd_ask() {
	_pd_python=$(
		_pd_keep
		"$_pd_node" "$_pd_home/lib/start.cjs" --command where </dev/null
		_pd_code=$?
		# A path may end in a line break.
		echo .
		exit "$_pd_code"
	) || exit
	_pd_python=${_pd_python%??}
}

# Becomes `$@`, with the commands of the environment first.
_pd_become() {
	_pd_bin=${_pd_python%/*}
	_pd_environment=${_pd_bin%/*}
	unset VIRTUAL_ENV_PROMPT PYTHONHOME _PIP_DETOUR_SHELL
	if [ -f "$_pd_environment/pyvenv.cfg" ]; then export VIRTUAL_ENV="$_pd_environment"; else unset VIRTUAL_ENV; fi
	export PATH="$_pd_bin:${PATH-$_pd_default_path}"
	case $1 in
	*/*)
		[ -e "$1" ] || _pd_missing 127 "$1 is not there"
		if [ ! -x "$1" ] || [ -d "$1" ]; then _pd_missing 126 "$1 cannot be run"; fi
		;;
	*)
		_pd_file='' _pd_rest=$PATH:
		while [ -n "$_pd_rest" ]; do
			_pd_here=${_pd_rest%%:*}
			_pd_rest=${_pd_rest#*:}
			_pd_here=${_pd_here:-.}/$1
			if [ -f "$_pd_here" ]; then
				_pd_file=$_pd_here
				if [ -x "$_pd_here" ]; then break; fi
			fi
		done
		case ${HOME:-/dev/null} in
		/?*) case $_pd_environment in "$HOME"/*) _pd_environment=\~${_pd_environment#"$HOME"} ;; esac ;;
		esac
		[ -n "$_pd_file" ] || _pd_missing 127 "there is no command $1, neither in $_pd_environment nor on PATH"
		[ -x "$_pd_file" ] || _pd_missing 126 "$_pd_file cannot be run"
		;;
	esac
	exec "$@"
}

# Ends as a shell does for a command that it cannot start.
_pd_missing() {
	case $1:$2 in
	127:*' is not there') set -- "$1" "$2" 'name a file that is there' ;;
	127:*) set -- "$1" "$2" 'to install the package that brings it, type: pip install NAME' ;;
	*) set -- "$1" "$2" 'to run a script of yours, type: pip-detour run python SCRIPT (or make it a program: chmod +x SCRIPT)' ;;
	esac
	printf 'pip-detour: cannot-start: %s\nhint: %s\n' "$2" "$3" >&2
	exit "$1"
}
