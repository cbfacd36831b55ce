# shellcheck shell=bash
# Read by ~/.bashrc: puts the shims on PATH, and in an interactive shell enters the environment that was just installed
# into. Starts no process, neither here nor at the prompt. bash 3.2's syntax (macOS), and nothing but builtins.
# Every name is called _pip_detour_something; a command that a person may have an alias or a function for has a
# backslash or `command` before it.

case ${BASH_SOURCE-} in
/*/*) _pip_detour_home=${BASH_SOURCE%/*} ;;
*)
	case ${XDG_DATA_HOME-} in
	/*) _pip_detour_home=$XDG_DATA_HOME/pip-detour ;;
	*) _pip_detour_home=${HOME-}/.local/share/pip-detour ;;
	esac
	;;
esac
# shellcheck source=/dev/null # shims/env.sh
if [ -r "$_pip_detour_home/env.sh" ]; then . "$_pip_detour_home/env.sh"; fi

# ~/.profile is read by every sh.
case $-:${BASH_VERSION-} in
*i*:?*) ;;
*)
	unset _pip_detour_home
	return 0
	;;
esac

# What src/activation.ts writes lies here; the file of this shell names an environment to be entered, on one line.
case ${XDG_STATE_HOME-} in
/*) _pip_detour_state=$XDG_STATE_HOME/pip-detour/shell ;;
*) _pip_detour_state=${HOME-}/.local/state/pip-detour/shell ;;
esac
_pip_detour_file=$_pip_detour_state/${HOSTNAME-}.$$
_pip_detour_shim=$_pip_detour_home/shims/pip
: "${_pip_detour_pwd=}" "${_pip_detour_auto=}" "${_pip_detour_declined=}" "${_pip_detour_warned=}"

# Sets _pip_detour_typed to what lets a pip know which shell it was typed in; empty in a subshell, which could not be told
# the answer, and in an environment.
function _pip_detour_here {
	case $-:${BASH_SUBSHELL-}:${VIRTUAL_ENV-}:${PROMPT_COMMAND[*]-} in
	# Where something else has taken our place at the prompt, nobody would read the answer there.
	*i*:0::*_pip_detour_prompt*) _pip_detour_typed=bash,$$,$_pip_detour_file ;;
	*) _pip_detour_typed='' ;;
	esac
}

# Runs a program and no function of its name, in words that the shell's list of jobs can show.
function _pip_detour_run {
	\printf -v _pip_detour_words ' %q' "$@"
	\eval "\\command$_pip_detour_words"
}

# Runs `$1`, a pip.
function _pip_detour_pip {
	# bash goes where it found a command before, though it has been removed since.
	if [ ! -x "$_pip_detour_shim" ]; then \hash -d "$1" 2>/dev/null || :; fi
	_pip_detour_here
	case $_pip_detour_typed:$* in
	?*:*install*) local -x _PIP_DETOUR_SHELL=$_pip_detour_typed ;;
	esac
	_pip_detour_run "$@"
}

# Runs `$1`, a Python. What it would do with pip that a pip of its own would refuse goes by way of our shim.
function _pip_detour_python {
	case ${2-}:${3-}:${4-}:${PIP_DETOUR_PYTHON_M_PIP-} in
	*:[Ff][Aa][Ll][Ss][Ee] | *:[Nn][Oo] | *:[Oo][Ff][Ff] | *:0) ;;
	-m:pip:install:* | -m:pip:uninstall:* | -m:pip:-*)
		if [ -x "$_pip_detour_shim" ] && [ ! -e "$_pip_detour_state/no-python-m-pip" ]; then
			_pip_detour_here
			local -x _PIP_DETOUR_PYTHON=$1 _PIP_DETOUR_SHELL=$_pip_detour_typed
			_pip_detour_run "$_pip_detour_shim" "${@:4}"
			return
		fi
		;;
	esac
	_pip_detour_run "$@"
}

# Says once in a shell what `sudo pip install` is; it is not changed.
function _pip_detour_sudo {
	case " $*" in
	*[\ /]pip\ install\ * | *[\ /]pip3*\ install\ * | *' -m pip install '*)
		if [ -z "$_pip_detour_warned" ]; then
			_pip_detour_warned=1
			echo "pip-detour: sudo runs the system's own pip as root, without pip-detour; what it writes is root's, not yours" >&2
			echo 'pip-detour: without sudo you choose a place of your own for it: pip install ...' >&2
		fi
		;;
	esac
	_pip_detour_run "$@"
}

# What venv's own activate script does, for the environment `$1`. Nothing of the environment is run or read as code.
function _pip_detour_activate {
	local _pip_detour_line='' _pip_detour_name=${1##*/} _pip_detour_version=''
	case $1 in
	*:*) return 1 ;;
	/*) [ -f "$1/pyvenv.cfg" ] && [ -x "$1/bin/python" ] || return 1 ;;
	*) return 1 ;;
	esac
	while IFS= \read -r _pip_detour_line || [ -n "$_pip_detour_line" ]; do
		case $_pip_detour_line in
		'prompt = '*)
			_pip_detour_name=${_pip_detour_line#'prompt = '}
			_pip_detour_name=${_pip_detour_name#[\'\"]}
			_pip_detour_name=${_pip_detour_name%[\'\"]}
			;;
		'version = '* | 'version_info = '*) _pip_detour_version=${_pip_detour_line#*= } ;;
		esac
	done <"$1/pyvenv.cfg"
	# A prompt is expanded each time it is shown.
	_pip_detour_name=${_pip_detour_name//[\\\`\$!]/_}

	function deactivate {
		if [ -n "${_OLD_VIRTUAL_PATH-}" ]; then
			PATH=$_OLD_VIRTUAL_PATH
			export PATH
			unset _OLD_VIRTUAL_PATH
		fi
		if [ -n "${_OLD_VIRTUAL_PYTHONHOME-}" ]; then
			PYTHONHOME=$_OLD_VIRTUAL_PYTHONHOME
			export PYTHONHOME
			unset _OLD_VIRTUAL_PYTHONHOME
		fi
		\hash -r 2>/dev/null
		if [ -n "${_OLD_VIRTUAL_PS1-}" ]; then
			PS1=$_OLD_VIRTUAL_PS1
			export PS1
			unset _OLD_VIRTUAL_PS1
		fi
		unset VIRTUAL_ENV VIRTUAL_ENV_PROMPT
		if [ "${1-}" != nondestructive ]; then unset -f deactivate; fi
	}
	\deactivate nondestructive

	VIRTUAL_ENV=$1
	export VIRTUAL_ENV
	_OLD_VIRTUAL_PATH=${PATH-}
	PATH=$VIRTUAL_ENV/bin${PATH:+:$PATH}
	export PATH
	if [ -n "${PYTHONHOME-}" ]; then
		_OLD_VIRTUAL_PYTHONHOME=$PYTHONHOME
		unset PYTHONHOME
	fi
	if [ -z "${VIRTUAL_ENV_DISABLE_PROMPT-}" ]; then
		_OLD_VIRTUAL_PS1=${PS1-}
		PS1="($_pip_detour_name) ${PS1-}"
		export PS1
	fi
	# From 3.13 on it is set in any case, and without the parentheses.
	case $_pip_detour_version in
	3.[0-9] | 3.[0-9].* | 3.1[0-2] | 3.1[0-2].*)
		if [ -z "${VIRTUAL_ENV_DISABLE_PROMPT-}" ]; then export VIRTUAL_ENV_PROMPT="($_pip_detour_name) "; fi
		;;
	*) export VIRTUAL_ENV_PROMPT="$_pip_detour_name" ;;
	esac
	\hash -r 2>/dev/null
	return 0
}

# Enters the environment that was installed into by a command of this shell.
function _pip_detour_enter {
	local _pip_detour_line=''
	if [ -O "$_pip_detour_file" ]; then
		IFS= \read -r _pip_detour_line <"$_pip_detour_file" || _pip_detour_line=''
		# Emptied, not removed: there is no builtin for that.
		: >|"$_pip_detour_file"
	fi
	if [ -z "$_pip_detour_line" ] || ! _pip_detour_activate "$_pip_detour_line"; then return 0; fi
	# Entered because it is remembered here: left on leaving, as if it had been entered on coming.
	_pip_detour_look
	if [ "$_pip_detour_wanted" = "$VIRTUAL_ENV" ]; then _pip_detour_auto=$VIRTUAL_ENV _pip_detour_declined=''; fi
}

# Sets _pip_detour_wanted to the environment this person has remembered for this directory or its nearest ancestor.
function _pip_detour_look {
	local _pip_detour_real=${PWD-} _pip_detour_up=${PWD-} _pip_detour_reach=''
	_pip_detour_wanted=''
	case ${PIP_DETOUR_AUTO_ACTIVATE-} in
	[Tt][Rr][Uu][Ee] | [Yy][Ee][Ss] | [Oo][Nn] | 1) ;;
	'') if [ ! -e "$_pip_detour_state/auto-activate" ]; then return 0; fi ;;
	*) return 0 ;;
	esac
	# What is remembered is remembered by the real path. Asking for it in a substitution would fork.
	while [ -n "$_pip_detour_up" ]; do
		if [ -h "$_pip_detour_up" ]; then
			if \pwd -P >|"$_pip_detour_file"; then
				IFS= \read -r -d '' _pip_detour_real <"$_pip_detour_file" || :
				_pip_detour_real=${_pip_detour_real%?}
			fi
			: >|"$_pip_detour_file"
			break
		fi
		_pip_detour_up=${_pip_detour_up%/*}
	done 2>/dev/null
	_pip_detour_real=${_pip_detour_real%/}
	_pip_detour_up=$_pip_detour_real
	while :; do
		if [ -O "$_pip_detour_state/auto$_pip_detour_up/.pip-detour-environment" ]; then
			{
				IFS= \read -r _pip_detour_wanted
				IFS= \read -r _pip_detour_reach
			} <"$_pip_detour_state/auto$_pip_detour_up/.pip-detour-environment" || :
			if [ "$_pip_detour_reach" != alone ] || [ "$_pip_detour_up" = "$_pip_detour_real" ]; then return 0; fi
			_pip_detour_wanted=''
		fi
		if [ -z "$_pip_detour_up" ]; then return 0; fi
		_pip_detour_up=${_pip_detour_up%/*}
	done
}

# On coming into a directory: enters what is remembered for it, and leaves what was entered so. Never touches what the
# person activated, and does not enter again what they have deactivated.
function _pip_detour_moved {
	_pip_detour_pwd=${PWD-}
	_pip_detour_look
	if [ -n "$_pip_detour_auto" ] && [ "${VIRTUAL_ENV-}" != "$_pip_detour_auto" ]; then
		_pip_detour_declined=$_pip_detour_auto _pip_detour_auto=''
	fi
	if [ "$_pip_detour_wanted" != "$_pip_detour_declined" ]; then _pip_detour_declined=''; fi
	if [ -n "${VIRTUAL_ENV-}" ]; then
		if [ "$VIRTUAL_ENV" != "$_pip_detour_auto" ] || [ "$VIRTUAL_ENV" = "$_pip_detour_wanted" ]; then return 0; fi
		\deactivate
		_pip_detour_auto=''
	fi
	if [ -n "$_pip_detour_wanted" ] && [ -z "$_pip_detour_declined" ]; then
		if _pip_detour_activate "$_pip_detour_wanted"; then _pip_detour_auto=$_pip_detour_wanted; fi
	fi
}

# Before each prompt: two comparisons, and the exit code of the last command as it was for whoever comes next.
function _pip_detour_prompt {
	set -- "$?"
	if [ -s "$_pip_detour_file" ]; then _pip_detour_enter; fi
	if [ "${PWD-}" != "$_pip_detour_pwd" ]; then _pip_detour_moved; fi
	case $- in
	*e*) return 0 ;;
	esac
	return "$1"
}

# Gives the command `$1` a function that calls `$2`, unless the person has a function of that name.
function _pip_detour_cover {
	case $1:${SHELLOPTS-} in
	*.*:*posix*) return 0 ;;
	esac
	if ! declare -F "$1" >/dev/null; then \eval "function $1 { $2 $1 \"\$@\"; }"; fi
}

if [ -x "$_pip_detour_shim" ]; then
	_pip_detour_cover pip _pip_detour_pip
	_pip_detour_cover pip3 _pip_detour_pip
	for _pip_detour_name in 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		if [ -x "${_pip_detour_shim}3.$_pip_detour_name" ]; then
			_pip_detour_cover "pip3.$_pip_detour_name" _pip_detour_pip
		fi
	done
	for _pip_detour_name in python python3 py python3.{8..16}; do
		if \type -P "$_pip_detour_name" >/dev/null; then _pip_detour_cover "$_pip_detour_name" _pip_detour_python; fi
	done
	unset _pip_detour_name
	if \type -P sudo >/dev/null; then _pip_detour_cover sudo _pip_detour_sudo; fi

	case ${PROMPT_COMMAND[*]-} in
	*_pip_detour_prompt*) ;;
	*)
		case ${BASH_VERSINFO[0]}.${BASH_VERSINFO[1]} in
		[1-4].* | 5.0) PROMPT_COMMAND=${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}_pip_detour_prompt ;;
		*)
			# In an array each command finds `$?`, `$_` and PIPESTATUS as the person left them.
			case ${PROMPT_COMMAND+${PROMPT_COMMAND@a}} in
			*r*) ;;
			*) PROMPT_COMMAND=(_pip_detour_prompt ${PROMPT_COMMAND[@]+"${PROMPT_COMMAND[@]}"}) ;;
			esac
			;;
		esac
		;;
	esac
fi
