# Read by ~/.zshrc: puts the shims on PATH, and in an interactive shell sees to the environments: the one that was just
# installed into, and the one of the directory one stands in. Starts no process, neither here nor at the prompt. The same
# as hook.bash, in zsh's words.

# Read again as zsh, whatever the person's options are or `emulate` says; the functions keep to that (zshbuiltins(1)):
# nothing of ours is exported or traced, and what a function does with a trap first is no event for it, and ends with it.
if [ -z "${_pip_detour_home-}" ]; then
	_pip_detour_home=${${(%):-%x}%/*}
	if [ -r "$_pip_detour_home/env.sh" ]; then . "$_pip_detour_home/env.sh"; fi
	case $-:$_pip_detour_home in
	*i*:/*)
		if [ -x "$_pip_detour_home/shims/pip" ]; then
			\builtin emulate zsh -o no_all_export -o no_xtrace -o no_err_exit -o no_err_return -o unset -o local_traps \
				-o no_debug_before_cmd -c '. "$_pip_detour_home/hook.zsh"'
		fi
		;;
	esac
	unset _pip_detour_home
	return 0
fi

case ${XDG_STATE_HOME-} in
/*) typeset -g _pip_detour_state=$XDG_STATE_HOME/pip-detour/shell ;;
*)
	case ${HOME-} in
	/*) typeset -g _pip_detour_state=$HOME/.local/state/pip-detour/shell ;;
	*) typeset -g _pip_detour_state=/dev/null/shell ;; # where nothing is, nor can be
	esac
	;;
esac
typeset -g _pip_detour_file=$_pip_detour_state/${HOST-}.$$
typeset -g _pip_detour_shim=$_pip_detour_home/shims/pip
typeset -ga _pip_detour_covered
typeset -g _pip_detour_left=${_pip_detour_left-} _pip_detour_direnv=${_pip_detour_direnv-} _pip_detour_declined=${_pip_detour_declined-} _pip_detour_dead=${_pip_detour_dead-} _pip_detour_late=''

# [start] What every shell reads; the build puts what follows [rest] into a file of its own, hook-rest.zsh, which is read
# where it is first needed, together with this part once more: by then it may be that of a newer program.

# Reads the rest, as this file was read; false where it is gone.
function _pip_detour_load {
	if [[ ! -r ${_pip_detour_shim:h:h}/lib/../hook-rest.zsh ]]; then return 1; fi
	typeset -g _pip_detour_whole=''
	\builtin emulate zsh -o no_all_export -o no_xtrace -o no_verbose -o no_err_exit -o no_err_return -o unset -o local_traps \
		-o no_debug_before_cmd -o no_aliases -c '. "${_pip_detour_shim:h:h}/lib/../hook-rest.zsh"'
	if [[ -z $_pip_detour_whole ]]; then return 1; fi
	# For the directory that the shell came into without it.
	if [[ -n ${_pip_detour_pwd-} ]]; then _pip_detour_look; fi
}

# Sets _pip_detour_found to an environment in the directory `$1` of a name that many have; false where there is none.
function _pip_detour_usual {
	local _pip_detour_name
	for _pip_detour_name in .venv venv env ENV .env virtualenv .virtualenv; do
		_pip_detour_found=$1/$_pip_detour_name
		if [[ -e $_pip_detour_found/pyvenv.cfg ]]; then return 0; fi
	done
	return 1
}

# False for certain where nothing follows from being in this directory: nothing is remembered for it or above, nor may be
# by another name of it.
function _pip_detour_stirs {
	local _pip_detour_found _pip_detour_up=${${PWD:A}%/}
	if [[ -n ${_pip_detour_auto-} ]]; then return 0; fi
	if [[ ! -e $_pip_detour_state/auto ]]; then return 1; fi
	while [[ ! -e $_pip_detour_state/auto$_pip_detour_up/.pip-detour-environment ]] && ! _pip_detour_usual "$_pip_detour_up"; do
		if [[ -z $_pip_detour_up ]]; then return 1; fi
		_pip_detour_up=${_pip_detour_up%/*}
	done
}

# These stand for those of the rest until it is there.
function _pip_detour_attend {
	if [[ -s $_pip_detour_file || ( -n ${VIRTUAL_ENV-} && ! -x $VIRTUAL_ENV/bin/python ) ]] || _pip_detour_stirs; then
		if _pip_detour_load; then
			_pip_detour_attend $1
			return
		fi
	fi
	typeset -g _pip_detour_pwd=$PWD
}
function _pip_detour_moved {
	if ! _pip_detour_stirs; then
		typeset -g _pip_detour_pwd=$PWD
	elif _pip_detour_load; then
		_pip_detour_moved
	fi
}
function _pip_detour_preexec {
	\builtin trap - DEBUG ZERR
	local _pip_detour_name
	# What direnv had to do first is done.
	if [[ ${_pip_detour_pwd-} == . ]]; then _pip_detour_moved; fi
	if [[ $3 != *(pip|sudo)* ]]; then
		for _pip_detour_name in ${(z)3}; do
			if (( ${+functions[$_pip_detour_name]} )); then break; fi
			_pip_detour_name=''
		done
		if [[ -z $_pip_detour_name ]]; then return 0; fi
	fi
	if _pip_detour_load; then _pip_detour_preexec "$@"; fi
}

# At each change of directory, for what comes after a `cd` on the same line; not where PATH is the function's that it is in.
function _pip_detour_chpwd {
	\builtin trap - DEBUG ZERR
	if [[ -n ${_pip_detour_pwd-} && $PWD != "$_pip_detour_pwd" && ${(t)PATH} != *local* ]]; then _pip_detour_moved; fi
}

# Before each prompt: a few comparisons. zsh gives every function of this kind the last command's exit code.
function _pip_detour_prompt {
	local _pip_detour_code=$?
	\builtin trap - DEBUG ZERR
	if [[ -n ${_PIP_DETOUR_SHELL-} ]]; then unset _PIP_DETOUR_SHELL; fi
	_pip_detour_late=''
	if [[ $PWD != "${_pip_detour_pwd-}" || -s $_pip_detour_file || -n $_pip_detour_covered || -n ${_pip_detour_into-}${_pip_detour_changes-} ||
		${_pip_detour_listed-} == 1 || ( -n ${VIRTUAL_ENV-} && ! -x $VIRTUAL_ENV/bin/python ) ]]; then
		_pip_detour_attend $_pip_detour_code
	fi
	return 0
}

# [rest]

# True where this shell can be put into an environment at all; else sets _pip_detour_fixed to the variable that is readonly.
function _pip_detour_free {
	typeset -g _pip_detour_fixed=''
	for _pip_detour_fixed in PATH PS1 VIRTUAL_ENV VIRTUAL_ENV_PROMPT PYTHONHOME _OLD_VIRTUAL_PATH _OLD_VIRTUAL_PS1; do
		if [[ ${(tP)_pip_detour_fixed} == *readonly* || -o restricted ]]; then return 1; fi
	done
	_pip_detour_fixed=''
}

# Sets _pip_detour_typed to what lets a pip know which shell it was typed in, and whether that enters an environment as soon
# as this command is over (`$2`: now), not before its next prompt (prompt), or cannot at all; empty in a subshell, which could
# not be told the answer, in an environment unless it is `$1`, and where something else has taken our place at the prompt.
function _pip_detour_here {
	typeset -g _pip_detour_typed=''
	if [[ -o interactive && $ZSH_SUBSHELL == 0 && ${VIRTUAL_ENV-} == "${1-}" ]] &&
		(( ${precmd_functions[(Ie)_pip_detour_prompt]} )); then
		_pip_detour_free
		_pip_detour_typed=zsh,$$,${_pip_detour_fixed:-${2:-prompt}},$_pip_detour_file
	fi
}

# Sets _pip_detour_typed for what a function of ours runs, by which it is called.
function _pip_detour_called {
	if _pip_detour_at_once; then _pip_detour_here '' now; else _pip_detour_here; fi
}

# Runs `$1`, a pip.
function _pip_detour_pip {
	\builtin trap - DEBUG ZERR
	_pip_detour_called
	_PIP_DETOUR_SHELL=$_pip_detour_typed \command "$@"
	_pip_detour_done $?
}

# True where an environment is entered as soon as a pip is over. It is left to the prompt where a variable was set for this
# one command or by the function that called it, and by a function that was stopped, which goes on in a subshell.
function _pip_detour_at_once {
	[[ -z $_pip_detour_late && $ZSH_SUBSHELL == 0 && $#funcstack -le 4 ]]
}

# After a pip that was typed here: what follows on the same line is in the environment already. `$1`: how it ended.
function _pip_detour_done {
	if [[ -s $_pip_detour_file ]] && _pip_detour_at_once; then _pip_detour_enter; fi
	return $1
}

# Runs `$1`, a Python. What it would do with pip that a pip of its own would refuse goes by way of our shim: `-m pip install`
# and uninstall, after options of Python's own that say nothing about where pip installs.
function _pip_detour_python {
	\builtin trap - DEBUG ZERR
	local IFS=$'\037' _pip_detour_line MATCH MBEGIN MEND
	local -a match mbegin mend
	_pip_detour_line="$*"
	if [[ -x $_pip_detour_shim && $_pip_detour_line =~ $'^([^\037]+(\037-[BEIOPbdsuv]+|\037-[WX]\037?[A-Za-z0-9_.:=,/+-]+)*)\037-([BEIOPbdsuv]*)m\037?pip\037(install|uninstall|-)' ]]; then
		_pip_detour_line=${MATCH//[^$IFS]/}
		match[1]=${match[1]//$IFS/ }${match[3]:+ -$match[3]}
		_pip_detour_called
		_PIP_DETOUR_PYTHON=$match[1] _PIP_DETOUR_SHELL=$_pip_detour_typed $_pip_detour_shim "${@:$(($#_pip_detour_line + 1))}"
		_pip_detour_done $?
	else
		\command "$@"
	fi
}

# Before a command line. Which shell it was typed in is told to a pip in it, and to a function that may call one. For a line
# that installs with pip, and only for it, pip and the Pythons in it have functions: otherwise `which python` and completion
# find what they always found, and so they do on a line that asks for one. $3 is the line with its aliases expanded.
function _pip_detour_preexec {
	\builtin trap - DEBUG ZERR
	# zsh puts each command of the line on a line of its own.
	local _pip_detour_name _pip_detour_text=${${3//$'\t'/}//$'\n'/ ; }
	local -a _pip_detour_words
	if [[ ${_pip_detour_pwd-} == . ]]; then _pip_detour_moved; fi
	if [[ $3 == *sudo[[:space:]]* ]]; then _pip_detour_sudo $_pip_detour_text; fi
	if [[ $3 != *pip* ]]; then
		for _pip_detour_name in ${(z)3}; do
			if (( ${+functions[$_pip_detour_name]} )); then
				_pip_detour_here
				if [[ -n $_pip_detour_typed ]]; then typeset -gx _PIP_DETOUR_SHELL=$_pip_detour_typed; fi
				break
			fi
		done
		return 0
	fi
	if [[ $3 == pip-detour\ * ]]; then _pip_detour_here "${VIRTUAL_ENV-}"; else _pip_detour_here; fi
	if [[ -n $_pip_detour_typed ]]; then typeset -gx _PIP_DETOUR_SHELL=$_pip_detour_typed; fi
	_pip_detour_heed " $_pip_detour_text "
	if [[ $3 != *pip*[[:space:]]*install* || ! -x $_pip_detour_shim ]]; then return 0; fi
	_pip_detour_words=(${(zu)3})
	for _pip_detour_name in command type which whence where functions hash; do
		if (( ${_pip_detour_words[(Ie)$_pip_detour_name]} )); then return 0; fi
	done
	if (( ${_pip_detour_words[(I)(PATH|path|PS1|PROMPT|PYTHONHOME|VIRTUAL_ENV*|_OLD_VIRTUAL*)(|+)=*]} )); then
		_pip_detour_late=1
	fi
	for _pip_detour_name in $_pip_detour_words; do
		case $_pip_detour_name in
		pip | pip3 | pip3.[0-9] | pip3.[0-9][0-9])
			# A shim of ours has that name, too.
			if [[ -x ${_pip_detour_shim}${_pip_detour_name#pip} ]]; then _pip_detour_cover $_pip_detour_name _pip_detour_pip; fi
			;;
		python | python3 | python3.[0-9] | python3.[0-9][0-9] | py)
			if [[ $3 != *-*m*pip* || -e $_pip_detour_state/no-python-m-pip ]]; then continue; fi
			if ! _pip_detour_no "${PIP_DETOUR_PYTHON_M_PIP-}"; then _pip_detour_cover $_pip_detour_name _pip_detour_python; fi
			;;
		esac
	done
}

# Sets _pip_detour_found to an environment that lies in the directory `$1`, with `$2` (usual) only one of a name that many
# have; false where there is none. As src/project/environments.ts has it.
function _pip_detour_holds {
	local _pip_detour_name
	if _pip_detour_usual "$1"; then return 0; fi
	if [[ ${2-} == usual ]]; then return 1; fi
	for _pip_detour_name in $1/*/pyvenv.cfg(ND); do
		_pip_detour_found=${_pip_detour_name:h}
		case ${_pip_detour_found:t} in
		*.before-* | *.pip-detour-* | *[._-](old|orig|bak|backup|broken|save) | *'~') ;;
		*) if [[ -e $_pip_detour_found/bin/python || -h $_pip_detour_found/bin/python ]]; then return 0; fi ;;
		esac
	done
	return 1
}

# Sets _pip_detour_name to the path `$1` as it can be typed, and shown.
function _pip_detour_short {
	if [[ -n ${HOME-} && $1 == $HOME/?* ]]; then _pip_detour_name="~/${(q)1#$HOME/}"; else _pip_detour_name=${(q)1}; fi
}

# `$2` and `$3`: what the terminal gets before and after it.
function _pip_detour_say {
	print -r -- "${2-}pip-detour: $1${3-}" >&2
}

# True where there is a function of this name.
function _pip_detour_defined {
	(( ${+functions[$1]} ))
}

# Sets _pip_detour_name to what a prompt, which is expanded each time it is shown, shows as it is.
function _pip_detour_inert {
	_pip_detour_name=${_pip_detour_name//[\\\`\$!%]/_}
}

# Sets _pip_detour_real to the real path of the directory one stands in.
function _pip_detour_resolve {
	typeset -g _pip_detour_real=${${PWD:A}%/}
}

# True where direnv looks at each directory.
function _pip_detour_has_direnv {
	(( ${precmd_functions[(Ie)_direnv_hook]} ))
}

# True where the directory `$1` has lists of what is to be installed, by names as in src/project/find.ts.
function _pip_detour_has_lists {
	local -a _pip_detour_names
	_pip_detour_names=($1/requirements*.(txt|in|lock)(N) $1/requirements/*.txt(N) $1/pylock.*.toml(N))
	(( $#_pip_detour_names ))
}

# True where the text `$1` matches `$2`; sets _pip_detour_matched to what does.
function _pip_detour_matches {
	local MATCH MBEGIN MEND
	local -a match mbegin mend
	[[ $1 =~ $2 ]] && _pip_detour_matched=$MATCH
}

# direnv keeps what it finds, to set it again later: what we have entered must be left by then.
function _pip_detour_ahead {
	if (( ${chpwd_functions[(Ie)_direnv_hook]} )); then
		chpwd_functions=(_pip_detour_chpwd ${chpwd_functions:#_pip_detour_chpwd})
		precmd_functions=(_pip_detour_prompt ${precmd_functions:#_pip_detour_prompt})
	fi
}

# What there is to be done before a prompt, where there is anything. `$1`: how the last command ended.
function _pip_detour_attend {
	if (( $#_pip_detour_covered )); then _pip_detour_uncover; fi
	_pip_detour_tidy $1
}

# Gives the command `$1` a function that calls `$2` for one line, unless the person has a function of that name.
function _pip_detour_cover {
	if (( ! ${+functions[$1]} )); then
		\builtin eval "function $1 { $2 $1 \"\$@\" }"
		_pip_detour_covered+=($1)
	fi
}

# Takes away what was there for one command line; not what has taken its place since.
function _pip_detour_uncover {
	local _pip_detour_name
	for _pip_detour_name in ${(u)_pip_detour_covered}; do
		if [[ ${functions[$_pip_detour_name]-} == *_pip_detour_(pip|python)* ]]; then unset -f $_pip_detour_name; fi
	done
	_pip_detour_covered=()
}

# shellcheck source=shims/parts/environments.bash
. parts/environments.bash

_pip_detour_whole=1

# [end]

# Read again into a shell that has it, as after an upgrade.
if [[ -n ${_pip_detour_whole-} ]]; then _pip_detour_load; fi
typeset -ga precmd_functions chpwd_functions preexec_functions
# First, for a prompt that is put together by a later one to know the environment.
if (( ! ${precmd_functions[(Ie)_pip_detour_prompt]} )); then
	precmd_functions=(_pip_detour_prompt $precmd_functions)
fi
if (( ! ${chpwd_functions[(Ie)_pip_detour_chpwd]} )); then chpwd_functions+=(_pip_detour_chpwd); fi
if (( ! ${preexec_functions[(Ie)_pip_detour_preexec]} )); then preexec_functions+=(_pip_detour_preexec); fi
