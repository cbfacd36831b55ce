# shellcheck shell=sh
# Read by your shell's rc file: puts pip-detour's shims first on PATH, once, however often this is read.
# An activated virtual environment stays in front: its own pip is the right one. Starts no process.

# `set -a` is for what the person defines: nothing of ours but PATH is exported.
case $- in
*a*)
	set +a
	_pip_detour_all=1
	;;
*) _pip_detour_all='' ;;
esac

if [ -n "${ZSH_VERSION-}" ]; then
	# %x is the file being read (zshexpn(1)); in eval, because other shells cannot parse it.
	eval '_pip_detour_dir=${${(%):-%x}%/*}'
else
	# bash knows the file being read; other shells do not say, so for them it is the usual place.
	# shellcheck disable=SC3028,SC3054 # a plain name here, empty outside bash
	_pip_detour_dir=${BASH_SOURCE-}
	case $_pip_detour_dir in
	/*/*) _pip_detour_dir=${_pip_detour_dir%/*} ;;
	*)
		# _pip_detour_at: the place for all users, as the line in /etc/profile.d names it.
		case ${_pip_detour_at-}:${XDG_DATA_HOME-} in
		/*:*) _pip_detour_dir=$_pip_detour_at ;;
		:/*) _pip_detour_dir=$XDG_DATA_HOME/pip-detour ;;
		*)
			case ${HOME-} in
			/*) _pip_detour_dir=$HOME/.local/share/pip-detour ;;
			*) _pip_detour_dir=/dev/null ;;
			esac
			;;
		esac
		;;
	esac
fi
unset _pip_detour_at
_pip_detour_dir=$_pip_detour_dir/shims

if [ -x "$_pip_detour_dir/pip" ]; then
	_pip_detour_path=:${PATH-}:
	while :; do
		case $_pip_detour_path in
		*":$_pip_detour_dir:"*)
			_pip_detour_path=${_pip_detour_path%%":$_pip_detour_dir:"*}:${_pip_detour_path#*":$_pip_detour_dir:"}
			;;
		*) break ;;
		esac
	done
	case ${VIRTUAL_ENV:+$_pip_detour_path} in
	*":${VIRTUAL_ENV-}/bin:"*)
		_pip_detour_path=${_pip_detour_path%%":$VIRTUAL_ENV/bin:"*}:$VIRTUAL_ENV/bin:$_pip_detour_dir:${_pip_detour_path#*":$VIRTUAL_ENV/bin:"}
		;;
	*) _pip_detour_path=:$_pip_detour_dir$_pip_detour_path ;;
	esac
	_pip_detour_path=${_pip_detour_path#:}
	# It may be readonly, and right.
	if [ "${PATH-}" != "${_pip_detour_path%:}" ]; then PATH=${_pip_detour_path%:}; fi
	export PATH
	unset _pip_detour_path

	# Completion of the command pip-detour, in a file that each shell reads at the first Tab.
	case $-:${BASH_VERSION:+bash}${ZSH_VERSION:+zsh} in
	*i*:bash)
		_pip_detour_complete() {
			# shellcheck disable=SC3028,SC3054 # the file this function was read from
			_pip_detour_dir=${BASH_SOURCE%/*}/completions/pip-detour.bash
			set -- "$_pip_detour_dir" "$@"
			unset _pip_detour_dir
			[ -r "$1" ] || return 1
			# shellcheck disable=SC1090
			. "$1"
			shift
			_pip_detour "$@"
		}
		# shellcheck disable=SC3044
		complete -o dirnames -F _pip_detour_complete pip-detour || :
		;;
	*i*:zsh)
		case :${FPATH-}: in
		*":${_pip_detour_dir%/shims}/completions:"*) ;;
		*) FPATH=${FPATH:+$FPATH:}${_pip_detour_dir%/shims}/completions ;;
		esac
		# compinit has run already; one that is still to come finds the file by itself.
		if command -v compdef >/dev/null; then
			autoload -Uz _pip-detour
			compdef _pip-detour pip-detour
		fi
		;;
	esac
fi
if [ -n "$_pip_detour_all" ]; then set -a; fi
unset _pip_detour_dir _pip_detour_all
