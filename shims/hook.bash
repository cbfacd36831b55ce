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
: "${_pip_detour_left=}" "${_pip_detour_direnv=}" "${_pip_detour_whole=}" "${_pip_detour_changes=}" "${_pip_detour_placed=}" "${_pip_detour_dead=}" "${_pip_detour_waited=}" "${_pip_detour_known=}" "${_pip_detour_real=}" "${_pip_detour_filters=}"
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

# With nocasematch bash takes two directories whose names differ in case alone for one: it is off while something is done.
# The quick looks before it find it by a b in their patterns, for there is a B in `$-` as good as always.
function _pip_detour_tell_apart {
	_pip_detour_caseless=''
	# shellcheck disable=SC2050 # not with nocasematch
	if [[ a == A ]]; then
		_pip_detour_caseless=1
		\shopt -u nocasematch
	fi
}
function _pip_detour_mix_up {
	if [ -n "$_pip_detour_caseless" ]; then \shopt -s nocasematch; fi
}

# Before each command of a line, by the trap that _pip_detour_arm sets: false for certain where nothing of ours is to be
# done. `$1`: the last exit code, which the person's own trap is to find; 0 where there is none, and false is then for the
# trap to go. `$2`: the last command's last word. bash copies a function whole for each call: what is called for every
# command is short, and has neither a variable of its own nor a redirection. `declare` only asks: no function has that attribute.
function _pip_detour_line {
	case $BASH_COMMAND in
	*=* | *pip* | *sudo* | *trap* | *set\ -* | *shopt\ *) ;;
	*)
		if [[ $- != *[aeuEb]* && $_pip_detour_busy$PWD == "$_pip_detour_pwd" && ! -s $_pip_detour_file && ! -o posix &&
			_pip_detour_room-=1 -gt 0 ]] && ! declare -f +i -- "${BASH_COMMAND%% *}"; then return "$1"; fi
		;;
	esac
	_pip_detour_weigh "$@"
}

# What was installed into before it is entered, what is remembered for the directory that an earlier `cd` led to, too, and
# `python -m pip` is covered for this one command. A function's commands are not ours.
function _pip_detour_weigh {
	local _pip_detour_kept=$- _pip_detour_caseless
	_pip_detour_tell_apart
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
	_pip_detour_mix_up
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
		*[aeuxETb]*)
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
	local _pip_detour_kept=$2 _pip_detour_lives='' _pip_detour_caseless
	_pip_detour_tell_apart
	# Ctrl-C while a program of ours is waited for ends this function, too: the prompt that comes then sets again what was set.
	if [[ -n ${_pip_detour_broken-} ]]; then
		_pip_detour_kept+=${_pip_detour_broken%:*}
		: "${_pip_detour_caseless:=${_pip_detour_broken##*:}}"
	fi
	if [[ ${_pip_detour_busy-} == 1 || ${PWD-} != "$_pip_detour_pwd" || -s $_pip_detour_file ||
		(-n ${VIRTUAL_ENV-} && ! -x $VIRTUAL_ENV/bin/python) ]]; then
		_pip_detour_broken=$_pip_detour_kept:$_pip_detour_caseless
		_pip_detour_attend "$1"
	fi
	_pip_detour_broken=''
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
	_pip_detour_mix_up
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
		if declare -F "${BASH_COMMAND%%[[:space:]]*}" &>/dev/null; then _pip_detour_here; else _pip_detour_here '' now; fi
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
	if _pip_detour_no "${PIP_DETOUR_PYTHON_M_PIP-}" || [ -e "$_pip_detour_state/no-python-m-pip" ]; then return 0; fi
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

# True where there is a function of this name.
function _pip_detour_defined { declare -F "$1" >/dev/null; }

# Sets _pip_detour_name to what a prompt, which is expanded each time it is shown, shows as it is.
function _pip_detour_inert { _pip_detour_name=${_pip_detour_name//[\\\`\$!]/_}; }

# Sets _pip_detour_real to the real path of the directory one stands in. PWD is a variable like any other: false where it
# names none. Asking for the path in a substitution would fork.
function _pip_detour_resolve {
	local _pip_detour_up=${PWD-}
	case $_pip_detour_up in
	/*) ;;
	*)
		_pip_detour_real=''
		return 1
		;;
	esac
	_pip_detour_real=$_pip_detour_up
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
	done
	_pip_detour_real=${_pip_detour_real%/}
} 2>/dev/null

# True where direnv looks at each directory.
function _pip_detour_has_direnv { [[ ${PROMPT_COMMAND[*]-} == *direnv* ]]; }

# True where the directory `$1` has lists of what is to be installed, by names as in src/project/find.ts.
function _pip_detour_has_lists {
	local _pip_detour_name
	# A pattern in a command line would be subject to the person's noglob, failglob and nullglob.
	for _pip_detour_name in 'requirements*.txt' 'requirements*.in' 'requirements*.lock' 'requirements/*.txt' 'pylock.*.toml'; do
		case $1 in *[][*?\\]*) return 1 ;; esac
		if \compgen -G "$1/$_pip_detour_name" >/dev/null; then return 0; fi
	done
	return 1
}

# True where the text `$1` matches `$2`; sets _pip_detour_matched to what does.
function _pip_detour_matches {
	[[ $1 =~ $2 ]] && _pip_detour_matched=${BASH_REMATCH[0]}
}

# What zsh needs for direnv.
function _pip_detour_ahead { :; }

# `$2` and `$3`: what the terminal gets before and after it.
function _pip_detour_say { echo "${2-}pip-detour: $1${3-}" >&2; }

# After a `cd` on the same line: the environment is the one of this directory.
function _pip_detour_arrive {
	local _pip_detour_caseless
	if [ -n "$_pip_detour_pwd" ] && [ "${PWD-}" != "$_pip_detour_pwd" ]; then
		_pip_detour_tell_apart
		_pip_detour_moved
		_pip_detour_mix_up
	fi
}

# What there is to be done before a prompt, where there is anything. `$1`: how the last command ended.
function _pip_detour_attend {
	if [[ -n $_pip_detour_covered ]]; then _pip_detour_uncover; fi
	if [[ -n $_pip_detour_typed ]]; then _pip_detour_forget_typed; fi
	_pip_detour_tidy "$1"
}

# shellcheck source=shims/parts/environments.bash
. parts/environments.bash

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
