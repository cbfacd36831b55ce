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

# What src/shell/activation.ts writes lies here; the file of this shell names an environment to be entered, on one line.
case ${XDG_STATE_HOME-} in
/*) _pip_detour_state=$XDG_STATE_HOME/pip-detour/shell ;;
*) _pip_detour_state=${HOME-}/.local/state/pip-detour/shell ;;
esac
_pip_detour_file=$_pip_detour_state/${HOSTNAME-}.$$
_pip_detour_shim=$_pip_detour_home/shims/pip
: "${_pip_detour_pwd=}" "${_pip_detour_declined=}" "${_pip_detour_warned=}" "${_pip_detour_seen=}" "${_pip_detour_lent=}"

# Sets _pip_detour_typed to what lets a pip know which shell it was typed in; empty in a subshell, which could not be told
# the answer, and in an environment.
function _pip_detour_here {
	_pip_detour_typed=''
	case $-:${BASH_SUBSHELL-}:${VIRTUAL_ENV-} in
	*i*:0:) ;;
	*) return 0 ;;
	esac
	# Where something else has taken our place at the prompt nobody would read the answer there, unless it calls us, as
	# it did just before the line that this was typed in.
	case ${PROMPT_COMMAND[*]-}:$((BASH_LINENO[${#BASH_LINENO[@]} - 1] - 1)) in
	*_pip_detour_prompt* | *:"$_pip_detour_seen") _pip_detour_typed=bash,$$,$_pip_detour_file ;;
	esac
}

# After a `cd` on the same line: the environment is the one of this directory.
function _pip_detour_arrive {
	if [ -n "$_pip_detour_pwd" ] && [ "${PWD-}" != "$_pip_detour_pwd" ]; then _pip_detour_moved; fi
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
	_pip_detour_arrive
	_pip_detour_here
	case $_pip_detour_typed:$* in
	?*:*install*) local -x _PIP_DETOUR_SHELL=$_pip_detour_typed ;;
	esac
	_pip_detour_run "$@"
	_pip_detour_done $?
}

# After a pip that was typed here: what follows on the same line is in the environment already. `$1`: how it ended.
function _pip_detour_done {
	if [ -n "$_pip_detour_typed" ] && [ -s "$_pip_detour_file" ]; then _pip_detour_enter; fi
	return "$1"
}

# True for `python -m pip install …` and uninstall, which a pip of its own would refuse. Sets _pip_detour_words to the
# Python with its own options, as far as those say nothing about where pip installs, and _pip_detour_at to where pip's begin.
function _pip_detour_module {
	local IFS=$'\037' _pip_detour_line
	local _pip_detour_form=$'^([^\037]+(\037-[BEIOPbdsuv]+|\037-[WX]\037?[A-Za-z0-9_.:=,/+-]+)*)\037-([BEIOPbdsuv]*)m\037?pip\037(install|uninstall|-)'
	_pip_detour_line="$*"
	[[ $_pip_detour_line =~ $_pip_detour_form ]] || return 1
	_pip_detour_words=${BASH_REMATCH[1]//$IFS/ }${BASH_REMATCH[3]:+ -${BASH_REMATCH[3]}}
	_pip_detour_line=${BASH_REMATCH[0]//[!$IFS]/}
	_pip_detour_at=$((${#_pip_detour_line} + 1))
}

# Runs `$1`, a Python. What it would do with pip that a pip of its own would refuse goes by way of our shim.
function _pip_detour_python {
	_pip_detour_arrive
	case $*:${PIP_DETOUR_PYTHON_M_PIP-} in
	*:[Ff][Aa][Ll][Ss][Ee] | *:[Nn][Oo] | *:[Oo][Ff][Ff] | *:0) ;;
	*m*pip*install*)
		if [ -x "$_pip_detour_shim" ] && [ ! -e "$_pip_detour_state/no-python-m-pip" ] && _pip_detour_module "$@"; then
			_pip_detour_here
			local -x _PIP_DETOUR_PYTHON=$_pip_detour_words _PIP_DETOUR_SHELL=$_pip_detour_typed
			_pip_detour_run "$_pip_detour_shim" "${@:_pip_detour_at}"
			_pip_detour_done $?
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
		if [ -n "${_pip_detour_lent-}" ] && ! \type -P python >/dev/null; then unset -f python; fi
		_pip_detour_lent=''
		if [ -n "${_OLD_VIRTUAL_PS1-}" ]; then
			PS1=$_OLD_VIRTUAL_PS1
			export PS1
			unset _OLD_VIRTUAL_PS1
		fi
		unset VIRTUAL_ENV VIRTUAL_ENV_PROMPT
		if [ "${1-}" != nondestructive ]; then unset -f deactivate; fi
	}
	\deactivate nondestructive

	# Debian has a python in environments alone; what follows a `cd` on the same line must get there all the same.
	if [ -x "$_pip_detour_shim" ] && ! { \type -P python || declare -F python; } >/dev/null; then
		_pip_detour_cover python _pip_detour_python >/dev/null
		_pip_detour_lent=1
	fi
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

# True unless `$1`, which lies there, may be somebody else's: their directory, or a link that leads out of it.
function _pip_detour_ours { [ -O "$_pip_detour_state" ] && [ ! -h "$1" ]; }

# Enters the environment that was installed into by a command of this shell.
function _pip_detour_enter {
	local _pip_detour_line=''
	if [ -O "$_pip_detour_file" ] && _pip_detour_ours "$_pip_detour_file"; then
		IFS= \read -r _pip_detour_line <"$_pip_detour_file" || _pip_detour_line=''
		# Emptied, not removed: there is no builtin for that.
		: >|"$_pip_detour_file"
	fi
	if [ -z "$_pip_detour_line" ] || ! _pip_detour_activate "$_pip_detour_line"; then return 0; fi
	# Entered because it is remembered here: left on leaving, as if it had been entered on coming.
	_pip_detour_look
	if [ "$_pip_detour_wanted" = "$VIRTUAL_ENV" ]; then
		_pip_detour_declined=''
		export _pip_detour_auto=$VIRTUAL_ENV
	fi
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
	while [ -n "$_pip_detour_up" ] && _pip_detour_ours "$_pip_detour_file"; do
		if [ -h "$_pip_detour_up" ]; then
			# What a subshell does costs a fork already, and its parent may be using the file.
			if [ "${BASH_SUBSHELL-}" != 0 ]; then
				_pip_detour_real=$(
					\pwd -P
					echo .
				)
				_pip_detour_real=${_pip_detour_real%??}
				break
			fi
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
		if [ -O "$_pip_detour_state/auto$_pip_detour_up/.pip-detour-environment" ] &&
			_pip_detour_ours "$_pip_detour_state/auto$_pip_detour_up/.pip-detour-environment"; then
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

# In a shell that was started from one that had entered an environment by itself: out of it, for this shell to go into
# the one of its own directory.
function _pip_detour_shed {
	local _pip_detour_rest=:${PATH-}: _pip_detour_name=${VIRTUAL_ENV_PROMPT-}
	while :; do
		case $_pip_detour_rest in
		*":$VIRTUAL_ENV/bin:"*)
			_pip_detour_rest=${_pip_detour_rest%%":$VIRTUAL_ENV/bin:"*}:${_pip_detour_rest#*":$VIRTUAL_ENV/bin:"}
			;;
		*) break ;;
		esac
	done
	_pip_detour_rest=${_pip_detour_rest#:}
	PATH=${_pip_detour_rest%:}
	if [ -n "${_OLD_VIRTUAL_PYTHONHOME-}" ]; then export PYTHONHOME=$_OLD_VIRTUAL_PYTHONHOME; fi
	_pip_detour_name=${_pip_detour_name#(}
	_pip_detour_name=${_pip_detour_name%) }
	# The prompt may have been inherited, too.
	case ${PS1-} in
	"($_pip_detour_name) "*) PS1=${PS1#"($_pip_detour_name) "} ;;
	esac
	unset VIRTUAL_ENV VIRTUAL_ENV_PROMPT _OLD_VIRTUAL_PATH _OLD_VIRTUAL_PYTHONHOME _OLD_VIRTUAL_PS1
	\hash -r 2>/dev/null
}

# On coming into a directory: enters what is remembered for it, and leaves what was entered so. Never touches what the
# person activated, and does not enter again what they have deactivated. _pip_detour_auto, what was entered so, is
# exported for shells that are started from this one.
function _pip_detour_moved {
	if [ -z "$_pip_detour_pwd" ] && [ -n "${_pip_detour_auto-}" ]; then
		if [ "${VIRTUAL_ENV-}" = "$_pip_detour_auto" ]; then _pip_detour_shed; fi
		unset _pip_detour_auto
	fi
	_pip_detour_pwd=${PWD-}
	_pip_detour_look
	if [ -n "${_pip_detour_auto-}" ] && [ "${VIRTUAL_ENV-}" != "$_pip_detour_auto" ]; then
		_pip_detour_declined=$_pip_detour_auto
		unset _pip_detour_auto
	fi
	if [ "$_pip_detour_wanted" != "$_pip_detour_declined" ]; then _pip_detour_declined=''; fi
	if [ -n "${VIRTUAL_ENV-}" ]; then
		if [ "$VIRTUAL_ENV" != "${_pip_detour_auto-}" ] || [ "$VIRTUAL_ENV" = "$_pip_detour_wanted" ]; then return 0; fi
		\deactivate
		unset _pip_detour_auto
	fi
	if [ -n "$_pip_detour_wanted" ] && [ -z "$_pip_detour_declined" ]; then
		if _pip_detour_activate "$_pip_detour_wanted"; then export _pip_detour_auto=$_pip_detour_wanted; fi
	fi
}

# Before each prompt: two comparisons, and the exit code of the last command as it was for whoever comes next.
function _pip_detour_prompt {
	set -- "$?"
	if [ -s "$_pip_detour_file" ]; then _pip_detour_enter; fi
	if [ "${PWD-}" != "$_pip_detour_pwd" ]; then _pip_detour_moved; fi
	_pip_detour_seen=${BASH_LINENO[${#BASH_LINENO[@]} - 1]}
	case $- in
	*e*) return 0 ;;
	esac
	return "$1"
}

# Gives the command `$1` a function that calls `$2`, unless the person has a function of that name, which is printed.
function _pip_detour_cover {
	case $1:${SHELLOPTS-} in
	*.*:*posix*) return 0 ;;
	esac
	if ! declare -F "$1"; then \eval "function $1 { $2 $1 \"\$@\"; }"; fi
}

if [ -x "$_pip_detour_shim" ]; then
	# Opened once for all of them: a tenth of what reading this costs.
	{
		_pip_detour_cover pip _pip_detour_pip
		_pip_detour_cover pip3 _pip_detour_pip
		for _pip_detour_name in 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
			if [ -x "${_pip_detour_shim}3.$_pip_detour_name" ]; then
				_pip_detour_cover "pip3.$_pip_detour_name" _pip_detour_pip
			fi
		done
		for _pip_detour_name in python python3 py python3.{8..16}; do
			if \type -P "$_pip_detour_name"; then _pip_detour_cover "$_pip_detour_name" _pip_detour_python; fi
		done
		unset _pip_detour_name
		if \type -P sudo; then _pip_detour_cover sudo _pip_detour_sudo; fi
	} >/dev/null

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
