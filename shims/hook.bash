# shellcheck shell=bash disable=SC2317,SC2128,SC2178,SC2309 # some functions stand for others until those are there; a counter
# in an array is not exported by `set -a`, and is read and set as if it were none, which costs less
# Read by ~/.bashrc: puts the shims on PATH, and in an interactive shell sees to the environments: the one that was just
# installed into, and the one of the directory one stands in. Starts no process, neither here nor at the prompt. bash
# 3.2's syntax (macOS), and nothing but builtins.
#
# Every name is called _pip_detour_something; a command that a person may have an alias or a function for has a
# backslash or `command` before it. No program has a function in its place: `command -v pip` and `type python3` say what
# they say without us. What must be done just before a command is done in a DEBUG trap, which gives way to the person's.

# What the person has set (set -a: all that is defined is exported; set -x; a trap that set -T has called for all that is
# done here) is for their lines, not for ours.
case $-:${BASH_VERSION-} in
# One command takes the traps away and keeps what they were, while its words are expanded.
*T*:?*)
	\trap - "${_pip_detour_sign=DEBUG}" "${_pip_detour_sign##"${_pip_detour_debug:=$(\trap -p DEBUG)}"}" \
		RETURN "${_pip_detour_sign##"${_pip_detour_return:=$(\trap -p RETURN)}"}"
	;;
esac
{
	case $- in *a*) _pip_detour_export=-a ;; *) _pip_detour_export=+a ;; esac
	case $- in *x*) _pip_detour_trace=-x ;; *) _pip_detour_trace=+x ;; esac
	set +ax
} 2>/dev/null

case ${BASH_SOURCE-} in
/*/*) _pip_detour_home=${BASH_SOURCE%/*} ;;
*)
	case ${XDG_DATA_HOME-} in
	/*) _pip_detour_home=$XDG_DATA_HOME/pip-detour ;;
	*)
		case ${HOME-} in
		/*) _pip_detour_home=$HOME/.local/share/pip-detour ;;
		*) _pip_detour_home=/dev/null ;;
		esac
		;;
	esac
	;;
esac
# shellcheck source=/dev/null # shims/env.sh
if [ -r "$_pip_detour_home/env.sh" ]; then . "$_pip_detour_home/env.sh"; fi

# ~/.profile is read by every sh.
case $-:${BASH_VERSION-} in
*i*:?*) _pip_detour_shim=$_pip_detour_home/shims/pip ;;
*) _pip_detour_shim='' ;;
esac
if [ ! -x "$_pip_detour_shim" ]; then
	set "$_pip_detour_export" "$_pip_detour_trace"
	{
		unset _pip_detour_export _pip_detour_trace _pip_detour_shim _pip_detour_sign
		case ${_pip_detour_return-} in *'trap -- '*) \eval "trap -- ${_pip_detour_return#*trap -- }" ;; esac
		case ${_pip_detour_debug-} in *'trap -- '*) \eval "trap -- ${_pip_detour_debug#*trap -- }" ;; esac
		return 0
	} 2>/dev/null
fi

# What src/shell/activation.ts writes lies here; the file of this shell names an environment to be entered.
case ${XDG_STATE_HOME-} in
/*) _pip_detour_state=$XDG_STATE_HOME/pip-detour/shell ;;
*)
	case ${HOME-} in
	/*) _pip_detour_state=$HOME/.local/state/pip-detour/shell ;;
	*) _pip_detour_state=/dev/null/shell ;; # where nothing is, nor can be
	esac
	;;
esac
_pip_detour_file=$_pip_detour_state/${HOSTNAME-}.$$
: "${_pip_detour_pwd=}" "${_pip_detour_declined=}" "${_pip_detour_seen=}" "${_pip_detour_theirs=}" "${_pip_detour_text=}"
: "${_pip_detour_told=}" "${_pip_detour_covered=}" "${_pip_detour_typed=}" "${_pip_detour_into=}" "${_pip_detour_listed=}"
: "${_pip_detour_whole=}" "${_pip_detour_changes=}" "${_pip_detour_placed=}" "${_pip_detour_dead=}" "${_pip_detour_waited=}" "${_pip_detour_known=}" "${_pip_detour_real=}" "${_pip_detour_filters=}"
_pip_detour_room=(50) _pip_detour_arms=() _pip_detour_busy=''
# shellcheck disable=SC2016 # for the trap, which parses it where it is to go
_pip_detour_end='trap - DEBUG; : "$_pip_detour_last"'

# [start] What every shell reads; the build puts what follows [rest] into a file of its own, hook-rest.bash, which is read
# where it is first needed, together with this part once more: by then it may be that of a newer program.

# Reads the rest, whatever the person has set by now; false where it is gone. A package manager's program is a directory of
# links here (src/setup/front.ts), which may be older than the program: through that of lib every file of it is found.
function _pip_detour_load {
	local _pip_detour_kept_v=$- _pip_detour_aliases=''
	if [ ! -r "$_pip_detour_home/lib/../hook-rest.bash" ]; then return 1; fi
	set +avx
	if \shopt -q expand_aliases; then
		_pip_detour_aliases=1
		\shopt -u expand_aliases
	fi
	_pip_detour_whole=''
	# shellcheck source=/dev/null # what follows [rest]
	. "$_pip_detour_home/lib/../hook-rest.bash"
	if [ -n "$_pip_detour_aliases" ]; then \shopt -s expand_aliases; fi
	case $_pip_detour_kept_v in *a*) set -a ;; esac
	case $_pip_detour_kept_v in *v*) set -v ;; esac
	if [ -z "$_pip_detour_whole" ]; then return 1; fi
	# For the directory that the shell came into without it.
	if [ -n "$_pip_detour_pwd" ]; then _pip_detour_look; fi
	case $_pip_detour_kept_v in *x*) set -x ;; esac
} 2>/dev/null

# Sets _pip_detour_found to an environment in the directory `$1` of a name that many have; false where there is none.
function _pip_detour_usual {
	local _pip_detour_name
	for _pip_detour_name in .venv venv env ENV .env virtualenv .virtualenv; do
		_pip_detour_found=$1/$_pip_detour_name
		if [ -e "$_pip_detour_found/pyvenv.cfg" ]; then return 0; fi
	done
	_pip_detour_found=''
	return 1
}

# False for certain where nothing follows from being in this directory: nothing is remembered for it or above, nor may be
# by another name of it.
function _pip_detour_stirs {
	local _pip_detour_up=${PWD-} _pip_detour_found
	if [ -n "${_pip_detour_auto-}" ]; then return 0; fi
	case $_pip_detour_up in /*) ;; *) return 1 ;; esac
	if [ ! -e "$_pip_detour_state/auto" ]; then return 1; fi
	while ! { [ -h "$_pip_detour_up" ] || [ -e "$_pip_detour_state/auto$_pip_detour_up/.pip-detour-environment" ] ||
		_pip_detour_usual "$_pip_detour_up"; }; do
		if [ -z "$_pip_detour_up" ]; then return 1; fi
		_pip_detour_up=${_pip_detour_up%/*}
	done
}

# These stand for those of the rest until it is there.
function _pip_detour_attend {
	if [[ -s $_pip_detour_file || (-n ${VIRTUAL_ENV-} && ! -x $VIRTUAL_ENV/bin/python) ]] || _pip_detour_stirs; then
		if _pip_detour_load; then
			_pip_detour_attend "$1"
			return
		fi
	fi
	_pip_detour_pwd=${PWD-}
}
function _pip_detour_due {
	case $BASH_COMMAND:${PWD-} in
	*pip*:* | *sudo*:*) ;;
	*:"$_pip_detour_pwd") if ! declare -F "${BASH_COMMAND%%[[:space:]]*}" &>/dev/null; then return 0; fi ;;
	*) if ! _pip_detour_stirs; then return 0; fi ;;
	esac
	if _pip_detour_load; then
		_pip_detour_due
	else
		\hash -d pip pip3 2>/dev/null
	fi
}
function _pip_detour_arrive {
	if [ "${PWD-}" != "$_pip_detour_pwd" ] && _pip_detour_stirs && _pip_detour_load; then _pip_detour_arrive; fi
}
function _pip_detour_here {
	if _pip_detour_load; then _pip_detour_here "$@"; fi
}

# Sets again what the person had set, as $_pip_detour_kept has it; all but the trace.
function _pip_detour_again {
	local IFS=''
	set -- "${_pip_detour_kept//[!aeuET]/}"
	if [ -n "$1" ]; then set "-$1"; fi
}

# Before each command of a line, by the trap that _pip_detour_arm sets: false for certain where nothing of ours is to be
# done. `$1`: the last exit code, which the person's own trap is to find; 0 where there is none, and false is then for the
# trap to go. `$2`: the last command's last word. bash copies a function whole for each call: what is called for every
# command is short, and has neither a variable of its own nor a redirection. `declare` only asks: no function has that attribute.
function _pip_detour_line {
	case $BASH_COMMAND in
	*=* | *pip* | *sudo* | *trap* | *set\ -* | *shopt\ *) ;;
	*)
		if [[ $- != *[aeuE]* && $_pip_detour_busy$PWD == "$_pip_detour_pwd" && ! -s $_pip_detour_file && ! -o posix &&
			_pip_detour_room-=1 -gt 0 ]] && ! declare -f +i -- "${BASH_COMMAND%% *}"; then return "$1"; fi
		;;
	esac
	_pip_detour_weigh "$@"
}

# What was installed into before it is entered, what is remembered for the directory that an earlier `cd` led to, too, and
# `python -m pip` is covered for this one command. A function's commands are not ours.
function _pip_detour_weigh {
	local _pip_detour_kept=$-
	case $_pip_detour_kept in *[aeuE]*) set +aeuE ;; esac
	_pip_detour_own='' _pip_detour_room=$((_pip_detour_room - 1))
	case ${FUNCNAME[2]-}$BASH_SUBSHELL:$_pip_detour_room:" $BASH_COMMAND" in
	# What looks at traps, or makes them heard elsewhere, finds none of ours. And a loop may have a million commands; the
	# first of a line are enough.
	0:*:*[\ \;]trap\ * | 0:*:*' trap' | 0:*:*\ set\ -* | 0:*:*\ shopt\ * | 0:-*)
		if [[ -s $_pip_detour_file ]]; then _pip_detour_due; fi
		_pip_detour_own=off
		;;
	0:*)
		if [[ $BASH_COMMAND == *pip* || $BASH_COMMAND == *sudo* || ${_pip_detour_busy-} == 1 ||
			${PWD-} != "$_pip_detour_pwd" || -s $_pip_detour_file || ${PROMPT_COMMAND[*]-} != *_pip_detour_prompt* ]] ||
			{ [[ -z ${_pip_detour_cd-} || $BASH_COMMAND != cd* ]] && declare -F "${BASH_COMMAND%%[[:space:]]*}" &>/dev/null; }; then
			_pip_detour_due
		fi
		;;
	esac
	if [[ -n $_pip_detour_own ]]; then _pip_detour_gone "$2" || set -- 1 "$2"; fi
	case $_pip_detour_kept in *[aeuE]*) _pip_detour_again ;; esac
	return "$1"
}

# Gives way; false where the trap is to take itself away, for from a function it would come back. `$1`: as `$2` above.
function _pip_detour_gone {
	_pip_detour_own='' _pip_detour_room=50 _pip_detour_last=$1
	_pip_detour_ready
	[ -n "$_pip_detour_theirs" ] && \trap -- "$_pip_detour_theirs" DEBUG
}

# Has the trap set where it is not there, and neither in the way of `set -x` nor, with `set -T`, in every function.
function _pip_detour_rearm {
	case $_pip_detour_kept:$_pip_detour_lives in
	*x*:*) ;;
	*T*:1) if [ -z "$_pip_detour_filters" ]; then _pip_detour_arms=(_pip_detour_arm); fi ;;
	*:1) if [ -n "$_pip_detour_filters" ]; then _pip_detour_arms=(_pip_detour_arm); fi ;;
	*) _pip_detour_arms=(_pip_detour_arm) ;;
	esac
	# Where no trap is going to tell a pip which shell it was typed in, it is told now.
	case $_pip_detour_kept in
	*[xT]*)
		_pip_detour_here
		if [ -n "$_pip_detour_typed" ]; then
			export _PIP_DETOUR_SHELL=$_pip_detour_typed
			_pip_detour_busy=1
		fi
		;;
	esac
}

# Before each prompt, mostly a few comparisons; and the exit code of the last command as it was for whoever comes next. A
# trap or a trace of the person's sees this call and no more. Our own trap, where it is there, has just heard of it (99).
function _pip_detour_prompt {
	{
		set -- "$?" "$-"
		case $2 in
		*[aeuxET]*)
			# By name: with nocasematch there is an e in E. The prompt's own code would then be the shell's end.
			if [[ -o errexit ]]; then set -- 0 "$2"; fi
			set +aeuxET
			_pip_detour_busy=${_pip_detour_busy:-set}
			;;
		esac
	} 2>&-
	if [[ $_pip_detour_busy$PWD == "$_pip_detour_pwd" && $_pip_detour_room == 99 && ! -s $_pip_detour_file &&
		(-z ${VIRTUAL_ENV-} || -x $VIRTUAL_ENV/bin/python) && ${PROMPT_COMMAND[*]-} == *_pip_detour_prompt* ]]; then
		_pip_detour_room=50
		return "$1"
	fi
	_pip_detour_tend "$@"
}

# What there is to be done before a prompt after all. `$1`: how the last command ended; `$2`: what the person has set.
function _pip_detour_tend {
	local _pip_detour_kept=$2 _pip_detour_lives=''
	if [[ ${_pip_detour_busy-} == 1 || ${PWD-} != "$_pip_detour_pwd" || -s $_pip_detour_file ||
		(-n ${VIRTUAL_ENV-} && ! -x $VIRTUAL_ENV/bin/python) ]]; then
		_pip_detour_attend "$1"
	fi
	_pip_detour_seen=${BASH_LINENO[${#BASH_LINENO[@]} - 1]} _pip_detour_arms=() _pip_detour_busy=''
	case $_pip_detour_room:${PROMPT_COMMAND[*]-} in
	99:*) _pip_detour_lives=1 ;;
	50:* | *_pip_detour_prompt*) ;;
	# A function that somebody else put there called us: the trap heard of that one, and counted.
	*) _pip_detour_lives=1 ;;
	esac
	if [[ -z $_pip_detour_lives || -n $_pip_detour_filters || $2 == *[xT]* ]]; then _pip_detour_rearm; fi
	if [[ -z $_pip_detour_lives || -n $_pip_detour_filters ]]; then _pip_detour_ready; else _pip_detour_ready not; fi
	_pip_detour_room=50
	case $_pip_detour_kept in
	*[aeuETx]*)
		_pip_detour_again
		{
			case $_pip_detour_kept in *x*) set -x ;; esac
			return "$1"
		} 2>&-
		;;
	esac
	return "$1"
}

# Keeps in PROMPT_COMMAND what sets the trap, or with `$1` keeps it out: it costs a third of a prompt. bash reads all of
# PROMPT_COMMAND before it runs any of it, so this is for the prompt after this one.
function _pip_detour_ready {
	local _pip_detour_at
	if [ -z "${_pip_detour_setter-}" ]; then return 0; fi
	case ${PROMPT_COMMAND@a}:${PROMPT_COMMAND[*]-} in
	a:*_pip_detour_prompt*) ;;
	*) return 0 ;;
	esac
	if [ -z "${1-}" ]; then _pip_detour_busy=again; fi
	for _pip_detour_at in "${!PROMPT_COMMAND[@]}"; do
		if [ "${PROMPT_COMMAND[_pip_detour_at]}" = "$_pip_detour_setter" ]; then
			if [ -n "${1-}" ]; then unset "PROMPT_COMMAND[$_pip_detour_at]"; fi
			return 0
		fi
	done
	if [ -z "${1-}" ]; then PROMPT_COMMAND+=("$_pip_detour_setter"); fi
}

# Sets the trap for _pip_detour_line, with the person's own in it, and with `set -T` only hides what is ours from theirs.
# Has the attribute that lets a function see the trap, and is called from no other function: there is none to be seen there.
function _pip_detour_arm {
	local _pip_detour_text='' _pip_detour_kept=$-
	if [ -n "${FUNCNAME[1]-}" ]; then return 0; fi
	{
		set +aeuE
		_pip_detour_arms=()
		if [ -n "$_pip_detour_through" ]; then
			\trap -p DEBUG >"$_pip_detour_through" || return 0
			\trap - DEBUG
			IFS= \read -r -d '' _pip_detour_text <&9
		else
			_pip_detour_text=$(\trap -p DEBUG)
			\trap - DEBUG
		fi
	} 2>/dev/null 9<<<''
	_pip_detour_around
	_pip_detour_again
}

# Sets the trap, with the person's own in it, which is as `trap -p DEBUG` shows it in _pip_detour_text.
function _pip_detour_around {
	case $_pip_detour_text in
	*_pip_detour_*) ;;
	# As `set -o posix` shows that there is none.
	*'trap -- - DEBUG'*) _pip_detour_theirs='' ;;
	*DEBUG*)
		_pip_detour_text=${_pip_detour_text#*trap -- }
		\eval "_pip_detour_theirs=${_pip_detour_text% DEBUG*}"
		;;
	*) _pip_detour_theirs='' ;;
	esac
	_pip_detour_filters=''
	case $-:${_pip_detour_theirs:+1} in
	*T*:*)
		_pip_detour_filters=1
		\trap -- "case \${FUNCNAME-}:\$BASH_COMMAND in *_pip_detour_* | ${_pip_detour_cd:-_pip_detour_}:*) _pip_detour_room[0]=99 ;; *)
case \$BASH_COMMAND in trap*) trap -- \"\${_pip_detour_theirs:--}\" DEBUG ;; esac
${_pip_detour_theirs:-:}
;; esac" DEBUG
		;;
	*:1)
		\trap -- "case \$BASH_COMMAND in *_pip_detour_*) _pip_detour_room[0]=99 ;; *) if _pip_detour_line \"\$?\" \"\$_\"; then
$_pip_detour_theirs
else
$_pip_detour_theirs
fi ;; esac" DEBUG
		;;
	*)
		\trap -- '[[ $BASH_COMMAND == *_pip_detour_* && _pip_detour_room=99 -gt 0 ]] || _pip_detour_line 0 "$_" || eval "$_pip_detour_end"' DEBUG
		;;
	esac
}
declare -ft _pip_detour_arm _pip_detour_around

# [rest]

# True where our function at the prompt is going to be called: something else may have taken its place, but calls it, as
# it did just before the line that this was typed in.
function _pip_detour_heard {
	case ${PROMPT_COMMAND[*]-}:$((BASH_LINENO[${#BASH_LINENO[@]} - 1] - 1)) in
	*_pip_detour_prompt* | *:"$_pip_detour_seen") return 0 ;;
	esac
	return 1
}

# True where this shell can be put into an environment at all; else sets _pip_detour_fixed to the variable that is readonly.
function _pip_detour_free {
	_pip_detour_fixed=''
	for _pip_detour_fixed in PATH PS1 VIRTUAL_ENV VIRTUAL_ENV_PROMPT PYTHONHOME _OLD_VIRTUAL_PATH _OLD_VIRTUAL_PS1; do
		# Said of a readonly one only (bash(1), `local`), and forgotten when this returns.
		local "$_pip_detour_fixed" || return 1
	done 2>/dev/null
	_pip_detour_fixed=''
}

# Sets _pip_detour_typed to what lets a pip know which shell it was typed in, and whether that enters an environment as soon
# as this command is over (`$2`: now), not before its next prompt (prompt), or cannot at all; empty in a subshell, which could
# not be told the answer, and in an environment unless it is `$1`.
function _pip_detour_here {
	local _pip_detour_in=${VIRTUAL_ENV-} _pip_detour_fixed
	if [ "$_pip_detour_in" = "${1-}" ]; then _pip_detour_in=''; fi
	_pip_detour_typed=''
	case $-:${BASH_SUBSHELL-}:$_pip_detour_in in
	*i*:0:)
		if _pip_detour_heard; then
			_pip_detour_free
			_pip_detour_typed=bash,$$,${_pip_detour_fixed:-${2:-prompt}},$_pip_detour_file
		fi
		;;
	esac
}

# What is to be done before the next command, unless something has taken our place at the prompt: then we give way.
function _pip_detour_due {
	if _pip_detour_heard; then
		if [[ -s $_pip_detour_file ]]; then _pip_detour_enter; fi
		_pip_detour_arrive
		_pip_detour_before
	else
		_pip_detour_own=off
	fi
}

# What the next command needs, and no other. Which shell it was typed in is told to pip, and to a function that may call it.
function _pip_detour_before {
	local _pip_detour_name
	if [[ -n $_pip_detour_covered ]]; then _pip_detour_uncover; fi
	case $BASH_COMMAND in
	*sudo*) _pip_detour_sudo "$BASH_COMMAND" ;;
	esac
	case $BASH_COMMAND in
	*pip*) ;;
	*)
		if [[ -n $_pip_detour_typed ]]; then _pip_detour_forget_typed; fi
		if ! declare -F "${BASH_COMMAND%%[[:space:]]*}" &>/dev/null; then return 0; fi
		;;
	esac
	_pip_detour_busy=1
	case $BASH_COMMAND in
	pip-detour\ *) _pip_detour_here "${VIRTUAL_ENV-}" ;;
	# No trap of ours is called before what else such a file does.
	.[[:space:]]* | source[[:space:]]*) _pip_detour_here ;;
	*)
		if declare -F "${BASH_COMMAND%%[[:space:]]*}" >/dev/null; then _pip_detour_here; else _pip_detour_here '' now; fi
		;;
	esac
	if [ -n "$_pip_detour_typed" ]; then export _PIP_DETOUR_SHELL=$_pip_detour_typed; fi
	# bash goes where it found a command before, though it has been removed since.
	if [ ! -x "$_pip_detour_shim" ]; then
		\hash -d pip pip3 2>/dev/null
		return 0
	fi
	case $BASH_COMMAND in
	*sudo*pip*install*) ;;
	*) _pip_detour_heed " $BASH_COMMAND " ;;
	esac
	case $BASH_COMMAND in
	*-*m*pip*install*) ;;
	*) return 0 ;;
	esac
	case ${PIP_DETOUR_PYTHON_M_PIP-}:${SHELLOPTS-} in
	[Ff][Aa][Ll][Ss][Ee]:* | [Nn][Oo]:* | [Oo][Ff][Ff]:* | 0:*) return 0 ;;
	esac
	if [ -e "$_pip_detour_state/no-python-m-pip" ]; then return 0; fi
	for _pip_detour_name in python python3 py python3.{6..20}; do
		case "$BASH_COMMAND " in
		"$_pip_detour_name "* | *[[:space:]]"$_pip_detour_name "*) ;;
		*) continue ;;
		esac
		case $_pip_detour_name:${SHELLOPTS-} in
		*.*:*posix*) continue ;;
		esac
		if ! { declare -F "$_pip_detour_name"; } >/dev/null && \type -P "$_pip_detour_name" >/dev/null; then
			\eval "function $_pip_detour_name { _pip_detour_python $_pip_detour_name \"\$@\"; }"
			_pip_detour_covered="$_pip_detour_covered $_pip_detour_name"
		fi
	done
}

# Notes of the command `$1` what is said of it once it has worked.
function _pip_detour_heed {
	# By its name alone: `uv pip list` and `.venv/bin/pip list` are of another. The patterns are the same in all hooks.
	local _pip_detour_lists='(^|[;&|({!]|[[:space:]](then|do|else|time|and|or|not))[[:space:]]*((command|env|time|nice|noglob|nocorrect|-p|[A-Za-z_][A-Za-z0-9_]*=("[^"]*"|[^[:space:]"])*)[[:space:]]+)*["\\]?(pip(3(\.[0-9]+)?)?|python(3(\.[0-9]+)?)?([[:space:]]+-[BEIOPbdsuv]+)*[[:space:]]+-[BEIOPbdsuv]*m[[:space:]]*pip)"?([[:space:]]+-[^[:space:]]+)*[[:space:]]+(list|freeze|show|check)([[:space:];&|>)]|$)'
	local _pip_detour_changing='(^|[[:space:];&|({!/"\\])(pip(3(\.[0-9]+)?)?|-[BEIOPbdsuv]*m[[:space:]]*pip)"?([[:space:]]+-[^[:space:]]+)*[[:space:]]+(un)?install[[:space:]]'
	if [[ $1 =~ $_pip_detour_changing ]]; then
		if [[ -z ${BASH_REMATCH[6]} ]]; then _pip_detour_into=${VIRTUAL_ENV-}; fi
		if [[ -n ${VIRTUAL_ENV-} && $VIRTUAL_ENV == "${_pip_detour_auto-}" ]]; then
			_pip_detour_changes+=$1$'\n'
		fi
	fi
	if [[ $_pip_detour_listed != told && $1 =~ $_pip_detour_lists ]]; then
		case $1 in
		*' --python'* | *' --path'* | *PIP_PYTHON=* | *' PATH='*) ;;
		*) _pip_detour_listed=1 ;;
		esac
	fi
}

function _pip_detour_forget_typed {
	_pip_detour_typed=''
	unset _PIP_DETOUR_SHELL
}

# Takes away the functions there were for one command; not what has taken their place since.
function _pip_detour_uncover {
	local IFS=' ' _pip_detour_name
	if [ -z "$_pip_detour_covered" ]; then return 0; fi
	for _pip_detour_name in $_pip_detour_covered; do unset -f "$_pip_detour_name"; done
	_pip_detour_covered=''
}

# Runs a program and no function of its name, in words that the shell's list of jobs can show.
function _pip_detour_run {
	\printf -v _pip_detour_words ' %q' "$@"
	\eval "\\command$_pip_detour_words"
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

# Runs `$1`, a Python. What it would do with pip that a pip of its own would refuse goes by way of our shim; the shell
# enters what was installed into once this is over, for the person may have set a variable for this one command.
function _pip_detour_python {
	local _pip_detour_at _pip_detour_words
	if [ -x "$_pip_detour_shim" ] && _pip_detour_module "$@"; then
		local -x _PIP_DETOUR_PYTHON=$_pip_detour_words
		_pip_detour_run "$_pip_detour_shim" "${@:_pip_detour_at}"
	else
		_pip_detour_run "$@"
	fi
}

# Says once in a shell what `sudo pip install`, in the command `$1`, is, and once what sudo's python is where this shell is
# in an environment; nothing is changed. Only where pip or python is sudo's own command, as root, on the system. The
# patterns are the same in all hooks.
function _pip_detour_sudo {
	local _pip_detour_name _pip_detour_sudo='(^|[;&|({][[:space:]]*|[[:space:]](then|do|else|time|and|or|not)[[:space:]]+)sudo([[:space:]]+(-[ABbEHiKkNnPSs]+|-[ABbEHiKkNnPSs]*u[[:space:]]*root|-[gpCT][[:space:]]*[^-[:space:]][^[:space:]]*|--user[=[:space:]]root|--|--(preserve-env(=[^[:space:]]*)?|background|login|non-interactive|set-home|shell|stdin|askpass)|[A-Za-z_][A-Za-z0-9_]*=[^[:space:]]*))*[[:space:]]+'
	local _pip_detour_installs='(/usr/bin/|/bin/|/usr/local/bin/)?(pip(3(\.[0-9]+)?)?|python(3(\.[0-9]+)?)?([[:space:]]+-[BEIOPbdsuv]+)*[[:space:]]+-[BEIOPbdsuv]*m[[:space:]]*pip)([[:space:]]+-[^[:space:]]+)*[[:space:]]+install([[:space:]]|$)'
	local _pip_detour_runs='(pip|python)(3(\.[0-9]+)?)?([[:space:]]|$)'
	if [[ -z ${_pip_detour_warned-} && $1 =~ $_pip_detour_sudo$_pip_detour_installs ]]; then
		_pip_detour_warned=1
		echo "pip-detour: sudo runs the system's own pip as root, without pip-detour; what it writes is root's, not yours" >&2
		echo 'pip-detour: without sudo you choose a place of your own for it: pip install ...' >&2
	elif [[ -n ${VIRTUAL_ENV-} && -z ${_pip_detour_sudoed-} && $1 =~ $_pip_detour_sudo$_pip_detour_runs ]]; then
		_pip_detour_sudoed=1
		_pip_detour_short "$VIRTUAL_ENV"
		_pip_detour_say "sudo has a PATH of its own, and most likely the system's Python; for this environment's: sudo $_pip_detour_name/bin/python ..."
	fi
}

# What venv's own activate script does, for the environment `$1`. Nothing of the environment is run or read as code.
function _pip_detour_activate {
	local _pip_detour_line='' _pip_detour_name=${1##*/} _pip_detour_version='' _pip_detour_fixed
	case $1 in
	*:*) return 1 ;;
	/*) [ -f "$1/pyvenv.cfg" ] && [ -x "$1/bin/python" ] && _pip_detour_free || return 1 ;;
	*) return 1 ;;
	esac
	# A hundred projects have one of that name each; theirs tells them apart.
	case $_pip_detour_name in
	.venv | venv | env | ENV | .env | virtualenv | .virtualenv)
		_pip_detour_name=${1%/*}
		_pip_detour_name=${_pip_detour_name##*/}
		: "${_pip_detour_name:=${1##*/}}"
		;;
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

# True unless `$1`, which lies there, may be somebody else's: their directory, or a link that leads out of it.
function _pip_detour_ours { [ -O "$_pip_detour_state" ] && [ ! -h "$1" ]; }

# Notes that we have entered the environment `$1` for the directory `$2`, and with `$3` (alone) for no other below it.
# Exported for shells that are started from this one.
function _pip_detour_entered {
	_pip_detour_declined=''
	export _pip_detour_auto=$1 _pip_detour_for=$2
	if [ "$3" = alone ]; then _pip_detour_for=$2/.; fi
}

# Enters the environment that was installed into by a command of this shell.
function _pip_detour_enter {
	local _pip_detour_line='' _pip_detour_up='' _pip_detour_reach='' _pip_detour_name _pip_detour_fixed
	if [ -O "$_pip_detour_file" ] && _pip_detour_ours "$_pip_detour_file"; then
		{
			IFS= \read -r _pip_detour_line
			IFS= \read -r _pip_detour_up
			IFS= \read -r _pip_detour_reach
		} <"$_pip_detour_file"
		# Emptied, not removed: there is no builtin for that.
		: >|"$_pip_detour_file"
	fi
	if [ -z "$_pip_detour_line" ]; then return 0; fi
	# Something was set or forgotten.
	if [ "$_pip_detour_line" = . ]; then
		_pip_detour_pwd=. _pip_detour_declined=''
		unset _pip_detour_for
		return 0
	fi
	if ! _pip_detour_activate "$_pip_detour_line"; then
		if [ -x "$_pip_detour_line/bin/python" ]; then
			_pip_detour_short "$_pip_detour_line"
			_pip_detour_say "this shell could not be put into it after all; to use it: $_pip_detour_name/bin/python ..."
		fi
		return 0
	fi
	_pip_detour_look
	_pip_detour_pwd=${PWD-}
	_pip_detour_told=1
	if [ "$_pip_detour_wanted" = "$_pip_detour_line" ]; then
		_pip_detour_up=$_pip_detour_where _pip_detour_reach=$_pip_detour_how
	fi
	# What an older program wrote names no directory.
	case $_pip_detour_up in
	/*) ;;
	*) case $_pip_detour_real/ in
		"${_pip_detour_line%/*}"/*) _pip_detour_up=${_pip_detour_line%/*} ;;
		*) _pip_detour_up=$_pip_detour_real ;;
		esac ;;
	esac
	_pip_detour_entered "$_pip_detour_line" "${_pip_detour_up%/}" "$_pip_detour_reach"
}

# Sets _pip_detour_found to an environment that lies in the directory `$1`, with `$2` (usual) only one of a name that many
# have; false where there is none. As src/project/environments.ts has it.
function _pip_detour_holds {
	local _pip_detour_name _pip_detour_kept_f=$- _pip_detour_fails=''
	if _pip_detour_usual "$1"; then return 0; fi
	if [ "${2-}" = usual ]; then return 1; fi
	if \shopt -q failglob; then
		_pip_detour_fails=1
		\shopt -u failglob
	fi
	set +f
	for _pip_detour_name in "$1"/*/pyvenv.cfg "$1"/.[!.]*/pyvenv.cfg; do
		_pip_detour_name=${_pip_detour_name%/*}
		case ${_pip_detour_name##*/} in
		*.before-* | *.pip-detour-* | *[._-]old | *[._-]orig | *[._-]bak | *[._-]backup | *[._-]broken | *[._-]save | *'~') ;;
		*)
			if [ -e "$_pip_detour_name/pyvenv.cfg" ] &&
				{ [ -e "$_pip_detour_name/bin/python" ] || [ -h "$_pip_detour_name/bin/python" ]; }; then
				_pip_detour_found=$_pip_detour_name
				break
			fi
			;;
		esac
	done
	case $_pip_detour_kept_f in
	*f*) set -f ;;
	esac
	if [ -n "$_pip_detour_fails" ]; then \shopt -s failglob; fi
	[ -n "$_pip_detour_found" ]
}

# True where a project of its own lies between the directory `$1` and the one that one stands in: what is meant for `$1` does
# not reach into it. The names are those of src/project/find.ts.
function _pip_detour_beyond {
	local _pip_detour_name _pip_detour_found='' _pip_detour_up=$_pip_detour_real
	while [ -n "$_pip_detour_up" ] && [ "$_pip_detour_up" != "$1" ]; do
		for _pip_detour_name in .git .hg .svn .jj pyproject.toml setup.py setup.cfg uv.lock poetry.lock pdm.lock Pipfile Pipfile.lock \
			pixi.toml pixi.lock pylock.toml environment.yml environment.yaml conda-lock.yml hatch.toml poetry.toml tox.ini noxfile.py \
			dev-requirements.txt test-requirements.txt .pip-detour.toml; do
			if [ -e "$_pip_detour_up/$_pip_detour_name" ]; then return 0; fi
		done
		if _pip_detour_holds "$_pip_detour_up"; then return 0; fi
		# A pattern in a command line would be subject to the person's noglob, failglob and nullglob.
		for _pip_detour_name in 'requirements*.txt' 'requirements*.in' 'requirements*.lock' 'requirements/*.txt' 'pylock.*.toml'; do
			case $_pip_detour_up in *[][*?\\]*) break ;; esac
			if \compgen -G "$_pip_detour_up/$_pip_detour_name" >/dev/null; then return 0; fi
		done
		_pip_detour_up=${_pip_detour_up%/*}
	done
	return 1
}

# Sets _pip_detour_real to the real path of the directory one stands in, and where this person has remembered something for
# it or its nearest ancestor, _pip_detour_known to that environment, _pip_detour_where and _pip_detour_how to the directory
# and whether it holds there alone; _pip_detour_wanted to the environment where it is to be entered on coming.
function _pip_detour_look {
	local _pip_detour_up=${PWD-} _pip_detour_always=''
	_pip_detour_wanted='' _pip_detour_known='' _pip_detour_where='' _pip_detour_how='' _pip_detour_envrc='' _pip_detour_real=${PWD-}
	# It is a variable like any other.
	case $_pip_detour_up in
	/*) ;;
	*)
		_pip_detour_real=''
		return 0
		;;
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
		case ${PROMPT_COMMAND[*]-}:$_pip_detour_envrc in
		*direnv*:) if [ -f "$_pip_detour_up/.envrc" ]; then _pip_detour_envrc=$_pip_detour_up; fi ;;
		esac
		if [ -O "$_pip_detour_state/auto$_pip_detour_up/.pip-detour-environment" ] &&
			_pip_detour_ours "$_pip_detour_state/auto$_pip_detour_up/.pip-detour-environment"; then
			{
				IFS= \read -r _pip_detour_known
				IFS= \read -r _pip_detour_how
				IFS= \read -r _pip_detour_always
			} <"$_pip_detour_state/auto$_pip_detour_up/.pip-detour-environment"
			case $_pip_detour_known in /*) ;; *) _pip_detour_known='' ;; esac
			if [ "$_pip_detour_how" != alone ] || [ "$_pip_detour_up" = "$_pip_detour_real" ]; then break; fi
			_pip_detour_known=''
		fi
		if [ -z "$_pip_detour_up" ]; then return 0; fi
		_pip_detour_up=${_pip_detour_up%/*}
	done 2>/dev/null
	_pip_detour_where=$_pip_detour_up
	if _pip_detour_beyond "$_pip_detour_where"; then
		_pip_detour_known='' _pip_detour_where='' _pip_detour_how=''
		return 0
	fi
	case ${PIP_DETOUR_AUTO_ACTIVATE-} in
	[Tt][Rr][Uu][Ee] | [Yy][Ee][Ss] | [Oo][Nn] | 1) _pip_detour_wanted=$_pip_detour_known ;;
	[Aa][Nn][Ss][Ww][Ee][Rr][Ee][Dd]) if [ "$_pip_detour_always" = always ]; then _pip_detour_wanted=$_pip_detour_known; fi ;;
	'')
		if [ -e "$_pip_detour_state/auto-activate" ]; then
			_pip_detour_wanted=$_pip_detour_known
		elif [ "$_pip_detour_always" = always ] && [ ! -e "$_pip_detour_state/no-auto-activate" ]; then
			_pip_detour_wanted=$_pip_detour_known
		fi
		;;
	esac
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

# Sets _pip_detour_name to the path `$1` as it can be typed, and shown.
function _pip_detour_short {
	case $1/ in
	"${HOME:-/dev/null}"/?*)
		\printf -v _pip_detour_name '%q' "${1#"$HOME"/}"
		# shellcheck disable=SC2088 # shown
		_pip_detour_name='~/'$_pip_detour_name
		;;
	*) \printf -v _pip_detour_name '%q' "$1" ;;
	esac
}

function _pip_detour_say { echo "pip-detour: $1" >&2; }

# Says once in a shell that it is in the environment of this directory.
function _pip_detour_note {
	local _pip_detour_name _pip_detour_dim='' _pip_detour_plain=''
	if [ -n "$_pip_detour_told" ] || [ -e "$_pip_detour_state/no-activation-note" ]; then return 0; fi
	case ${PIP_DETOUR_ACTIVATION_NOTE-} in
	[Ff][Aa][Ll][Ss][Ee] | [Nn][Oo] | [Oo][Ff][Ff] | 0) return 0 ;;
	esac
	_pip_detour_told=1
	if [ -z "${NO_COLOR-}" ] && [ "${TERM-dumb}" != dumb ] && [ -t 2 ]; then
		_pip_detour_dim=$'\e[2m' _pip_detour_plain=$'\e[0m'
	fi
	_pip_detour_short "$VIRTUAL_ENV"
	echo "${_pip_detour_dim}pip-detour: in $_pip_detour_name, as chosen here (deactivate leaves it)$_pip_detour_plain" >&2
}

# True for certain where the environment `$1` runs another Python 3.N than it was made for: that one was upgraded.
function _pip_detour_changed {
	local _pip_detour_line='' _pip_detour_at='' _pip_detour_minor=''
	while IFS= \read -r _pip_detour_line || [ -n "$_pip_detour_line" ]; do
		case $_pip_detour_line in
		'home = /'*) _pip_detour_at=${_pip_detour_line#*= } ;;
		'version = 3.'* | 'version_info = 3.'*)
			_pip_detour_minor=${_pip_detour_line#*= 3.}
			_pip_detour_minor=${_pip_detour_minor%%[!0-9]*}
			;;
		esac
	done <"$1/pyvenv.cfg"
	if [ -z "$_pip_detour_at" ] || [ -z "$_pip_detour_minor" ] || [ ! -d "$1/lib/python3.$_pip_detour_minor" ]; then return 1; fi
	for _pip_detour_line in {6..20}; do
		if [ "$1/bin/python" -ef "$_pip_detour_at/python3.$_pip_detour_line" ]; then
			[ "$_pip_detour_line" != "$_pip_detour_minor" ]
			return
		fi
	done
	return 1
} 2>/dev/null

# Sets _pip_detour_made to the other place that the environment `$1` was made for, as its activate script has it, in quotes
# or without; false where there is none. What src/place/made-for.ts finds by more.
function _pip_detour_misplaced {
	local _pip_detour_line='' _pip_detour_quoted="'\"'\"'" _pip_detour_quote="'"
	_pip_detour_made=''
	while IFS=$' \t' \read -r _pip_detour_line; do
		_pip_detour_line=${_pip_detour_line#export }
		case $_pip_detour_line in
		VIRTUAL_ENV=/* | VIRTUAL_ENV=[\"\']/*[\"\'])
			_pip_detour_made=${_pip_detour_line#*=}
			_pip_detour_made=${_pip_detour_made#[\"\']}
			_pip_detour_made=${_pip_detour_made%[\"\']}
			_pip_detour_made=${_pip_detour_made//"$_pip_detour_quoted"/$_pip_detour_quote}
			break
			;;
		esac
	done <"$1/bin/activate"
	[ -n "$_pip_detour_made" ] && [ "$_pip_detour_made" != "$1" ] && ! [ "$_pip_detour_made" -ef "$1" ]
} 2>/dev/null

# Sets _pip_detour_why to what is wrong with the environment `$1`, which has a Python; false where nothing is known to be.
function _pip_detour_ails {
	local _pip_detour_name
	if _pip_detour_misplaced "$1"; then
		_pip_detour_short "$_pip_detour_made"
		_pip_detour_why="was made for $_pip_detour_name (moved or copied)"
	elif _pip_detour_changed "$1"; then
		_pip_detour_why='was made for another Python than it runs now (upgraded)'
	else return 1; fi
}

# Sets _pip_detour_own to the environment that this directory stands for: what is remembered, else what lies in it, with
# `$1` (usual) by a name that many have, or above.
function _pip_detour_belongs {
	local _pip_detour_found='' _pip_detour_which=${1-} _pip_detour_up=$_pip_detour_real
	_pip_detour_own=$_pip_detour_known
	while [ -z "$_pip_detour_own" ] && [ -n "$_pip_detour_up" ] && [ "$_pip_detour_up" != "${HOME-}" ]; do
		if _pip_detour_holds "$_pip_detour_up" "$_pip_detour_which"; then _pip_detour_own=$_pip_detour_found; fi
		# Above, one of another name may lie among somebody's projects.
		_pip_detour_up=${_pip_detour_up%/*} _pip_detour_which=usual
	done
}

# In a directory that nothing is remembered for: says where its environment is one that this person has remembered under
# another name. What merely lies there is nobody's business.
function _pip_detour_renamed {
	local _pip_detour_own _pip_detour_made _pip_detour_name
	if [ -n "$_pip_detour_known" ] || [ ! -e "$_pip_detour_state/auto" ]; then return 0; fi
	_pip_detour_belongs usual
	# Read once in a shell.
	case $_pip_detour_placed in *":$_pip_detour_own:"*) return 0 ;; esac
	_pip_detour_placed=$_pip_detour_placed:$_pip_detour_own:
	if [ -z "$_pip_detour_own" ] || ! _pip_detour_misplaced "$_pip_detour_own"; then return 0; fi
	if [ -O "$_pip_detour_state/auto${_pip_detour_made%/*}/.pip-detour-environment" ]; then
		_pip_detour_short "$_pip_detour_made"
		_pip_detour_mourn "$_pip_detour_own" '' "was made for $_pip_detour_name (moved or copied)"
	fi
}

# Sets _pip_detour_why to what is typed where the environment `$1` is gone.
function _pip_detour_gone_for {
	if [ "$1" != "$_pip_detour_known" ] && [ "$1" != "${_pip_detour_auto-}" ]; then
		_pip_detour_why='to leave it: deactivate'
		# It may have been inherited.
		if ! { declare -F deactivate; } >/dev/null; then _pip_detour_why='to leave it: unset VIRTUAL_ENV'; fi
	elif [ "$_pip_detour_real" = "${1%/*}" ] && [ -f "$_pip_detour_real/requirements.txt" ]; then
		_pip_detour_why='to make it anew: pip install -r requirements.txt'
	else
		_pip_detour_why='to make it anew: pip install ...'
	fi
}

# Says once in a shell what is wrong with the environment `$1`; `$3`: what, where it is not that it leads to no Python.
function _pip_detour_mourn {
	local _pip_detour_name=$1 _pip_detour_why
	case $_pip_detour_dead in
	*":$1:"*) return 0 ;;
	esac
	# Where nobody may look, nothing is known to be gone.
	while [ "${_pip_detour_name#/}" != "$_pip_detour_name" ] && [ ! -e "$_pip_detour_name" ]; do _pip_detour_name=${_pip_detour_name%/*}; done
	if [ -e "$_pip_detour_name" ] && [ ! -x "$_pip_detour_name" ]; then return 0; fi
	_pip_detour_dead="$_pip_detour_dead:$1:"
	_pip_detour_short "$1"
	if [ -e "$1" ] || [ -h "$1" ]; then
		_pip_detour_say "$_pip_detour_name$2 ${3-leads to no Python (moved, or its Python is gone)}; to repair it: pip-detour repair"
	else
		_pip_detour_gone_for "$1"
		_pip_detour_say "$_pip_detour_name$2 is gone; $_pip_detour_why"
	fi
}

# What follows from leaving the environment that we had entered.
function _pip_detour_leave {
	\deactivate
	unset _pip_detour_auto _pip_detour_for
}

# True where the directory one stands in is one of those that we entered an environment for.
function _pip_detour_within {
	case ${_pip_detour_for-none}:$_pip_detour_real/ in
	none:*) return 1 ;;
	*/.:*) [ "$_pip_detour_for" = "$_pip_detour_real/." ] ;;
	"${_pip_detour_for-}:${_pip_detour_for-}"/*) ! _pip_detour_beyond "$_pip_detour_for" ;;
	*) return 1 ;;
	esac
}

# On coming into a directory: enters what is remembered for it, and leaves what we have entered for another. Never touches
# what the person activated, and does not enter again what they have deactivated.
function _pip_detour_moved {
	local _pip_detour_to='' _pip_detour_at='' _pip_detour_reach='' _pip_detour_born='' _pip_detour_made='' _pip_detour_why=''
	if [ -z "$_pip_detour_pwd" ] && [ -n "${_pip_detour_auto-}" ]; then
		_pip_detour_born=$_pip_detour_auto
		if [ "${VIRTUAL_ENV-}" = "$_pip_detour_auto" ]; then
			_pip_detour_shed
		else
			_pip_detour_born=''
		fi
		# What somebody else was in, who came here by `su`, is not this person's.
		if [ -n "$_pip_detour_born" ] && [ -O "$_pip_detour_born" ]; then
			_pip_detour_told=1
		else
			_pip_detour_born=''
			unset _pip_detour_auto _pip_detour_for
		fi
	fi
	_pip_detour_pwd=${PWD-}
	if [ "$_pip_detour_waited" != "${PWD-}" ]; then _pip_detour_waited=''; fi
	_pip_detour_look
	if [ -n "$_pip_detour_known" ] && [ ! -x "$_pip_detour_known/bin/python" ]; then
		if [ -z "${VIRTUAL_ENV-}" ] || [ "$VIRTUAL_ENV" = "${_pip_detour_auto-}" ]; then
			_pip_detour_mourn "$_pip_detour_known" ', remembered here,'
		fi
		_pip_detour_wanted=''
	elif [ -n "$_pip_detour_wanted" ] && [ "${VIRTUAL_ENV-}" != "$_pip_detour_wanted" ] && _pip_detour_ails "$_pip_detour_wanted"; then
		_pip_detour_mourn "$_pip_detour_wanted" ', remembered here,' "$_pip_detour_why"
		_pip_detour_wanted=''
	fi
	if [ -n "${_pip_detour_auto-}" ] && [ "${VIRTUAL_ENV-$_pip_detour_born}" != "$_pip_detour_auto" ]; then
		_pip_detour_declined=$_pip_detour_auto
		unset _pip_detour_auto _pip_detour_for
	fi
	if [ "$_pip_detour_wanted" != "$_pip_detour_declined" ]; then _pip_detour_declined=''; fi
	if [ -n "${_pip_detour_auto-}" ] && _pip_detour_within; then
		_pip_detour_to=$_pip_detour_auto _pip_detour_at=${_pip_detour_for%/.}
		if [ "$_pip_detour_at" != "$_pip_detour_for" ]; then _pip_detour_reach=alone; fi
	fi
	# The nearer one counts.
	if [ -n "$_pip_detour_wanted" ] && [ -z "$_pip_detour_declined" ] && [ -z "${CONDA_PREFIX-}" ] &&
		{ [ -z "$_pip_detour_to" ] || [ "${#_pip_detour_where}" -ge "${#_pip_detour_at}" ]; }; then
		_pip_detour_to=$_pip_detour_wanted _pip_detour_at=$_pip_detour_where _pip_detour_reach=$_pip_detour_how
	fi
	if [ -n "${VIRTUAL_ENV-}" ]; then
		if [ "$VIRTUAL_ENV" != "${_pip_detour_auto-}" ]; then
			# What is direnv's is gone with the next prompt, for it comes after us.
			if [ -n "${DIRENV_DIR-}" ]; then _pip_detour_pwd=.; fi
			return 0
		fi
		if [ "$VIRTUAL_ENV" != "$_pip_detour_to" ]; then _pip_detour_leave; fi
	fi
	if [ -z "$_pip_detour_to" ]; then
		unset _pip_detour_auto _pip_detour_for
		_pip_detour_renamed
		return 0
	fi
	if [ "${VIRTUAL_ENV-}" != "$_pip_detour_to" ]; then
		unset _pip_detour_auto _pip_detour_for
		# What direnv has for this directory comes before what we have, and is there at the prompt after this one (`$1`: prompt).
		if [ -n "$_pip_detour_envrc" ] && [ "${DIRENV_DIR-}" != "-$_pip_detour_envrc" ] &&
			[ "${1-}$_pip_detour_waited" != "prompt$PWD" ]; then
			if [ "${1-}" = prompt ]; then _pip_detour_waited=$PWD; fi
			_pip_detour_pwd=.
			return 0
		fi
		_pip_detour_activate "$_pip_detour_to" || return 0
		_pip_detour_note
	fi
	_pip_detour_entered "$_pip_detour_to" "$_pip_detour_at" "$_pip_detour_reach"
}

# After a `cd` on the same line: the environment is the one of this directory.
function _pip_detour_arrive {
	if [ -n "$_pip_detour_pwd" ] && [ "${PWD-}" != "$_pip_detour_pwd" ]; then _pip_detour_moved; fi
}

# After a pip that ended with `$1`: says where it installed, or what it listed, where that is not what this directory stands for.
function _pip_detour_aftermath {
	local _pip_detour_name _pip_detour_own _pip_detour_made _pip_detour_why _pip_detour_so _pip_detour_fixed
	_pip_detour_belongs
	if [ "$1" = 0 ] && [ -n "$_pip_detour_into" ] && [ "$_pip_detour_into" = "${VIRTUAL_ENV-}" ] &&
		[ "$_pip_detour_into" != "${_pip_detour_auto-}" ]; then
		case $_pip_detour_into:$_pip_detour_real/:$_pip_detour_own in
		"$_pip_detour_own:"* | *:"${_pip_detour_into%/*}"/*) ;;
		*/.venv:* | */venv:* | */env:* | */:/?*)
			_pip_detour_short "$_pip_detour_into"
			_pip_detour_say "installed into $_pip_detour_name, which this shell is in (deactivate leaves it)"
			;;
		esac
	elif [ -n "$_pip_detour_listed" ] && [ "$_pip_detour_listed" != told ] && [ -x "$_pip_detour_own/bin/python" ] &&
		[ "$_pip_detour_own" != "${VIRTUAL_ENV-}" ]; then
		_pip_detour_short "$_pip_detour_own"
		_pip_detour_so="; to be in it: source $_pip_detour_name/bin/activate"
		if ! _pip_detour_free; then _pip_detour_so="; to use it: $_pip_detour_name/bin/python ..."; fi
		if _pip_detour_ails "$_pip_detour_own"; then _pip_detour_so=", which $_pip_detour_why; to repair it: pip-detour repair"; fi
		_pip_detour_say "that was not of $_pip_detour_name, this directory's environment$_pip_detour_so"
		_pip_detour_listed=told
	fi
}

# After a pip of the environment that we entered has changed it: says what to type for the project's list to agree. The
# one program that is started at a prompt, and only where there is such a list.
function _pip_detour_record {
	local _pip_detour_up
	case ${PIP_DETOUR-} in [Oo][Ff][Ff]) return 0 ;; esac
	for _pip_detour_up in "$_pip_detour_real" "${_pip_detour_for%/.}"; do
		if [ -f "$_pip_detour_up/requirements.txt" ] || [ -f "$_pip_detour_up/pyproject.toml" ]; then
			\command "$_pip_detour_shim-detour" record --typed "$_pip_detour_changes" </dev/null >&2 2>/dev/null
			return
		fi
	done
}

# What there is to be done before a prompt, where there is anything. `$1`: how the last command ended.
function _pip_detour_attend {
	if [[ -n $_pip_detour_covered ]]; then _pip_detour_uncover; fi
	if [[ -n $_pip_detour_typed ]]; then _pip_detour_forget_typed; fi
	if [[ -s $_pip_detour_file ]]; then _pip_detour_enter; fi
	if [[ ${PWD-} != "$_pip_detour_pwd" ]]; then _pip_detour_moved prompt; fi
	if [[ -n ${VIRTUAL_ENV-} && ! -x $VIRTUAL_ENV/bin/python ]]; then
		_pip_detour_mourn "$VIRTUAL_ENV" ', which this shell was put into,'
		if [ "$VIRTUAL_ENV" = "${_pip_detour_auto-}" ]; then _pip_detour_leave; fi
	fi
	if [[ -n $_pip_detour_changes ]]; then
		if [ "$1" = 0 ]; then _pip_detour_record; fi
		_pip_detour_changes=''
	fi
	if [[ -n $_pip_detour_into || $_pip_detour_listed == 1 ]]; then
		# What is not found, or does not fit, is as much an answer.
		case $1:$_pip_detour_listed in
		0:* | 1:1) _pip_detour_aftermath "$1" ;;
		esac
		_pip_detour_into=''
		if [ "$_pip_detour_listed" = 1 ]; then _pip_detour_listed=''; fi
	fi
}

_pip_detour_whole=1

# [end]

# Read again into a shell that has it, as after an upgrade; and a restricted shell may read no file later on.
case $-:$_pip_detour_whole in
*r*: | *:1) _pip_detour_load ;;
esac
# What a here-document can be written to, so that no process is started at a prompt; on macOS there is no such thing.
_pip_detour_through=''
if [ -d /proc/self/fd ]; then _pip_detour_through=/proc/self/fd/9; fi

# bash has no word for a change of directory, nor does a subshell have our trap.
if ! { declare -F cd; } >/dev/null; then
	_pip_detour_cd='cd'
	function cd {
		\builtin cd "$@" || return
		if [ "${BASH_SUBSHELL-}" != 0 ]; then _pip_detour_arrive; fi 2>/dev/null
	}
fi

case ${PROMPT_COMMAND[*]-} in
*_pip_detour_prompt*) ;;
*)
	# shellcheck disable=SC2016 # commands of PROMPT_COMMAND's
	case ${BASH_VERSINFO[0]}.${BASH_VERSINFO[1]} in
	[1-4].* | 5.0)
		PROMPT_COMMAND=${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}_pip_detour_prompt$'\n''${_pip_detour_arms[@]+"${_pip_detour_arms[@]}"}'
		;;
	*)
		# In an array each command finds `$?`, `$_` and PIPESTATUS as the person left them.
		case ${PROMPT_COMMAND+${PROMPT_COMMAND@a}} in
		*r*) ;;
		*)
			_pip_detour_setter='"${_pip_detour_arms[@]}"'
			PROMPT_COMMAND=(_pip_detour_prompt ${PROMPT_COMMAND[@]+"${PROMPT_COMMAND[@]}"} "$_pip_detour_setter")
			;;
		esac
		;;
	esac
	;;
esac
case ${_pip_detour_return-} in *'trap -- '*) \eval "trap -- ${_pip_detour_return#*trap -- }" ;; esac
_pip_detour_text=${_pip_detour_debug-}
unset _pip_detour_return _pip_detour_debug
# From here on theirs hears nothing of ours, as at a prompt.
case $_pip_detour_text in *'trap -- '*) _pip_detour_around ;; esac
set "$_pip_detour_export" "$_pip_detour_trace"
{ unset _pip_detour_export _pip_detour_trace _pip_detour_sign; } 2>/dev/null
