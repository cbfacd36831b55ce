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
typeset -g _pip_detour_declined=${_pip_detour_declined-} _pip_detour_dead=${_pip_detour_dead-} _pip_detour_late=''

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

# Says once in a shell what `sudo pip install`, in the command line `$1`, is, and once what sudo's python is where this shell
# is in an environment; nothing is changed. Only where pip or python is sudo's own command, as root, on the system. The
# patterns are the same in all hooks.
function _pip_detour_sudo {
	local MATCH MBEGIN MEND
	local -a match mbegin mend
	local _pip_detour_name _pip_detour_sudo='(^|[;&|({][[:space:]]*|[[:space:]](then|do|else|time|and|or|not)[[:space:]]+)sudo([[:space:]]+(-[ABbEHiKkNnPSs]+|-[ABbEHiKkNnPSs]*u[[:space:]]*root|-[gpCT][[:space:]]*[^-[:space:]][^[:space:]]*|--user[=[:space:]]root|--|--(preserve-env(=[^[:space:]]*)?|background|login|non-interactive|set-home|shell|stdin|askpass)|[A-Za-z_][A-Za-z0-9_]*=[^[:space:]]*))*[[:space:]]+'
	local _pip_detour_installs='(/usr/bin/|/bin/|/usr/local/bin/)?(pip(3(\.[0-9]+)?)?|python(3(\.[0-9]+)?)?([[:space:]]+-[BEIOPbdsuv]+)*[[:space:]]+-[BEIOPbdsuv]*m[[:space:]]*pip)([[:space:]]+-[^[:space:]]+)*[[:space:]]+install([[:space:]]|$)'
	local _pip_detour_runs='(pip|python)(3(\.[0-9]+)?)?([[:space:]]|$)'
	if [[ -z ${_pip_detour_warned-} && $1 =~ $_pip_detour_sudo$_pip_detour_installs ]]; then
		typeset -g _pip_detour_warned=1
		echo "pip-detour: sudo runs the system's own pip as root, without pip-detour; what it writes is root's, not yours" >&2
		echo 'pip-detour: without sudo you choose a place of your own for it: pip install ...' >&2
	elif [[ -n ${VIRTUAL_ENV-} && -z ${_pip_detour_sudoed-} && $1 =~ $_pip_detour_sudo$_pip_detour_runs ]]; then
		typeset -g _pip_detour_sudoed=1
		_pip_detour_short $VIRTUAL_ENV
		_pip_detour_say "sudo has a PATH of its own, and most likely the system's Python; for this environment's: sudo $_pip_detour_name/bin/python ..."
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
			case ${(L)PIP_DETOUR_PYTHON_M_PIP-} in
			false | no | off | 0) ;;
			*) _pip_detour_cover $_pip_detour_name _pip_detour_python ;;
			esac
			;;
		esac
	done
}

# Notes of the command line `$1` what is said of it once it has worked.
function _pip_detour_heed {
	# By its name alone: `uv pip list` and `.venv/bin/pip list` are of another. The patterns are the same in all hooks.
	local MATCH MBEGIN MEND
	local -a match mbegin mend
	local _pip_detour_lists='(^|[;&|({!]|[[:space:]](then|do|else|time|and|or|not))[[:space:]]*((command|env|time|nice|noglob|nocorrect|-p|[A-Za-z_][A-Za-z0-9_]*=("[^"]*"|[^[:space:]"])*)[[:space:]]+)*["\\]?(pip(3(\.[0-9]+)?)?|python(3(\.[0-9]+)?)?([[:space:]]+-[BEIOPbdsuv]+)*[[:space:]]+-[BEIOPbdsuv]*m[[:space:]]*pip)"?([[:space:]]+-[^[:space:]]+)*[[:space:]]+(list|freeze|show|check)([[:space:];&|>)]|$)'
	local _pip_detour_changing='(^|[[:space:];&|({!/"\\])(pip(3(\.[0-9]+)?)?|-[BEIOPbdsuv]*m[[:space:]]*pip)"?([[:space:]]+-[^[:space:]]+)*[[:space:]]+(un)?install[[:space:]]'
	if [[ $1 =~ $_pip_detour_changing ]]; then
		if [[ -z ${match[6]-} ]]; then typeset -g _pip_detour_into=${VIRTUAL_ENV-}; fi
		if [[ -n ${VIRTUAL_ENV-} && $VIRTUAL_ENV == "${_pip_detour_auto-}" ]]; then typeset -g _pip_detour_changes=$1; fi
	fi
	if [[ ${_pip_detour_listed-} != told && $1 =~ $_pip_detour_lists ]] &&
		[[ $1 != *(' --python'|' --path'|PIP_PYTHON=|' PATH=')* ]]; then
		typeset -g _pip_detour_listed=1
	fi
}

# What venv's own activate script does, for the environment `$1`. Nothing of the environment is run or read as code.
function _pip_detour_activate {
	local _pip_detour_line='' _pip_detour_name=${1##*/} _pip_detour_version=''
	if [[ $1 != /* || $1 == *:* || ! -f $1/pyvenv.cfg || ! -x $1/bin/python ]] || ! _pip_detour_free; then return 1; fi
	# A hundred projects have one of that name each; theirs tells them apart.
	case $_pip_detour_name in
	.venv | venv | env | ENV | .env | virtualenv | .virtualenv) if [[ -n ${${1%/*}##*/} ]]; then _pip_detour_name=${${1%/*}##*/}; fi ;;
	esac
	while IFS= \read -r _pip_detour_line || [[ -n $_pip_detour_line ]]; do
		case $_pip_detour_line in
		'prompt = '*)
			_pip_detour_name=${_pip_detour_line#'prompt = '}
			_pip_detour_name=${_pip_detour_name#[\'\"]}
			_pip_detour_name=${_pip_detour_name%[\'\"]}
			;;
		'version = '* | 'version_info = '*) _pip_detour_version=${_pip_detour_line#*= } ;;
		esac
	done <$1/pyvenv.cfg
	# A prompt is expanded each time it is shown.
	_pip_detour_name=${_pip_detour_name//[\\\`\$!%]/_}

	function deactivate {
		if [[ -n ${_OLD_VIRTUAL_PATH-} ]]; then
			export PATH=$_OLD_VIRTUAL_PATH
			unset _OLD_VIRTUAL_PATH
		fi
		if [[ -n ${_OLD_VIRTUAL_PYTHONHOME-} ]]; then
			export PYTHONHOME=$_OLD_VIRTUAL_PYTHONHOME
			unset _OLD_VIRTUAL_PYTHONHOME
		fi
		\builtin hash -r
		if [[ -n ${_OLD_VIRTUAL_PS1-} ]]; then
			export PS1=$_OLD_VIRTUAL_PS1
			unset _OLD_VIRTUAL_PS1
		fi
		unset VIRTUAL_ENV VIRTUAL_ENV_PROMPT
		if [[ ${1-} != nondestructive ]]; then unset -f deactivate; fi
	}
	\deactivate nondestructive

	export VIRTUAL_ENV=$1
	typeset -g _OLD_VIRTUAL_PATH=${PATH-}
	export PATH=$VIRTUAL_ENV/bin${PATH:+:$PATH}
	if [[ -n ${PYTHONHOME-} ]]; then
		typeset -g _OLD_VIRTUAL_PYTHONHOME=$PYTHONHOME
		unset PYTHONHOME
	fi
	if [[ -z ${VIRTUAL_ENV_DISABLE_PROMPT-} ]]; then
		typeset -g _OLD_VIRTUAL_PS1=${PS1-}
		export PS1="($_pip_detour_name) ${PS1-}"
	fi
	# From 3.13 on it is set in any case, and without the parentheses.
	case $_pip_detour_version in
	3.[0-9] | 3.[0-9].* | 3.1[0-2] | 3.1[0-2].*)
		if [[ -z ${VIRTUAL_ENV_DISABLE_PROMPT-} ]]; then export VIRTUAL_ENV_PROMPT="($_pip_detour_name) "; fi
		;;
	*) export VIRTUAL_ENV_PROMPT=$_pip_detour_name ;;
	esac
	\builtin hash -r
}

# True unless `$1`, which lies there, may be somebody else's: their directory, or a link that leads out of it.
function _pip_detour_ours {
	[[ -O $_pip_detour_state && ! -h $1 ]]
}

# Notes that we have entered the environment `$1` for the directory `$2`, and with `$3` (alone) for no other below it.
# Exported for shells that are started from this one.
function _pip_detour_entered {
	typeset -g _pip_detour_declined=''
	typeset -gx _pip_detour_auto=$1 _pip_detour_for=$2
	if [[ ${3-} == alone ]]; then _pip_detour_for=$2/.; fi
}

# Enters the environment that was installed into by a command of this shell.
function _pip_detour_enter {
	local _pip_detour_line='' _pip_detour_up='' _pip_detour_reach='' _pip_detour_name
	if [[ -O $_pip_detour_file ]] && _pip_detour_ours $_pip_detour_file; then
		{
			IFS= \read -r _pip_detour_line
			IFS= \read -r _pip_detour_up
			IFS= \read -r _pip_detour_reach
		} <$_pip_detour_file
		# Emptied, not removed: there is no builtin for that.
		: >|$_pip_detour_file
	fi
	if [[ -z $_pip_detour_line ]]; then return 0; fi
	# Something was set or forgotten.
	if [[ $_pip_detour_line == . ]]; then
		typeset -g _pip_detour_pwd=. _pip_detour_declined=''
		unset _pip_detour_for
		return 0
	fi
	if ! _pip_detour_activate $_pip_detour_line; then
		if [[ -x $_pip_detour_line/bin/python ]]; then
			_pip_detour_short $_pip_detour_line
			_pip_detour_say "this shell could not be put into it after all; to use it: $_pip_detour_name/bin/python ..."
		fi
		return 0
	fi
	_pip_detour_ahead
	_pip_detour_look
	typeset -g _pip_detour_pwd=$PWD _pip_detour_told=1
	if [[ $_pip_detour_wanted == "$_pip_detour_line" ]]; then
		_pip_detour_up=$_pip_detour_where _pip_detour_reach=$_pip_detour_how
	fi
	# What an older program wrote names no directory.
	if [[ $_pip_detour_up != /* ]]; then
		_pip_detour_up=$_pip_detour_real
		if [[ $_pip_detour_real/ == ${_pip_detour_line%/*}/* ]]; then _pip_detour_up=${_pip_detour_line%/*}; fi
	fi
	_pip_detour_entered $_pip_detour_line "${_pip_detour_up%/}" "$_pip_detour_reach"
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

# True where a project of its own lies between the directory `$1` and the one that one stands in: what is meant for `$1` does
# not reach into it. The names are those of src/project/find.ts.
function _pip_detour_beyond {
	local _pip_detour_name _pip_detour_found='' _pip_detour_up=$_pip_detour_real
	local -a _pip_detour_names
	while [[ -n $_pip_detour_up && $_pip_detour_up != "$1" ]]; do
		for _pip_detour_name in .git .hg .svn .jj pyproject.toml setup.py setup.cfg uv.lock poetry.lock pdm.lock Pipfile Pipfile.lock \
			pixi.toml pixi.lock pylock.toml environment.yml environment.yaml conda-lock.yml hatch.toml poetry.toml tox.ini noxfile.py \
			dev-requirements.txt test-requirements.txt .pip-detour.toml; do
			if [[ -e $_pip_detour_up/$_pip_detour_name ]]; then return 0; fi
		done
		if _pip_detour_holds "$_pip_detour_up"; then return 0; fi
		_pip_detour_names=($_pip_detour_up/requirements*.(txt|in|lock)(N) $_pip_detour_up/requirements/*.txt(N) $_pip_detour_up/pylock.*.toml(N))
		if (( $#_pip_detour_names )); then return 0; fi
		_pip_detour_up=${_pip_detour_up%/*}
	done
	return 1
}

# Sets _pip_detour_real to the real path of the directory one stands in, and where this person has remembered something for
# it or its nearest ancestor, _pip_detour_known to that environment, _pip_detour_where and _pip_detour_how to the directory
# and whether it holds there alone; _pip_detour_wanted to the environment where it is to be entered on coming.
function _pip_detour_look {
	local _pip_detour_up _pip_detour_always=''
	typeset -g _pip_detour_wanted='' _pip_detour_known='' _pip_detour_where='' _pip_detour_how='' _pip_detour_envrc=''
	typeset -g _pip_detour_real=${${PWD:A}%/}
	_pip_detour_up=$_pip_detour_real
	while true; do
		if [[ -z $_pip_detour_envrc && -f $_pip_detour_up/.envrc ]] && (( ${precmd_functions[(Ie)_direnv_hook]} )); then
			_pip_detour_envrc=$_pip_detour_up
		fi
		if [[ -O $_pip_detour_state/auto$_pip_detour_up/.pip-detour-environment ]] &&
			_pip_detour_ours $_pip_detour_state/auto$_pip_detour_up/.pip-detour-environment; then
			{
				IFS= \read -r _pip_detour_known
				IFS= \read -r _pip_detour_how
				IFS= \read -r _pip_detour_always
			} <$_pip_detour_state/auto$_pip_detour_up/.pip-detour-environment
			if [[ $_pip_detour_known != /* ]]; then _pip_detour_known=''; fi
			if [[ $_pip_detour_how != alone || $_pip_detour_up == "$_pip_detour_real" ]]; then break; fi
			_pip_detour_known=''
		fi
		if [[ -z $_pip_detour_up ]]; then return 0; fi
		_pip_detour_up=${_pip_detour_up%/*}
	done
	_pip_detour_where=$_pip_detour_up
	if _pip_detour_beyond "$_pip_detour_where"; then
		_pip_detour_known='' _pip_detour_where='' _pip_detour_how=''
		return 0
	fi
	case ${(L)PIP_DETOUR_AUTO_ACTIVATE-} in
	true | yes | on | 1) _pip_detour_wanted=$_pip_detour_known ;;
	answered) if [[ $_pip_detour_always == always ]]; then _pip_detour_wanted=$_pip_detour_known; fi ;;
	'')
		if [[ -e $_pip_detour_state/auto-activate || ( $_pip_detour_always == always && ! -e $_pip_detour_state/no-auto-activate ) ]]; then
			_pip_detour_wanted=$_pip_detour_known
		fi
		;;
	esac
}

# In a shell that was started from one that had entered an environment by itself: out of it, for this shell to go into
# the one of its own directory.
function _pip_detour_shed {
	local _pip_detour_name=${${${VIRTUAL_ENV_PROMPT-}#\(}%\) }
	path=("${(@)path:#$VIRTUAL_ENV/bin}")
	if [[ -n ${_OLD_VIRTUAL_PYTHONHOME-} ]]; then export PYTHONHOME=$_OLD_VIRTUAL_PYTHONHOME; fi
	# The prompt may have been inherited, too.
	PS1=${PS1#"($_pip_detour_name) "}
	unset VIRTUAL_ENV VIRTUAL_ENV_PROMPT _OLD_VIRTUAL_PATH _OLD_VIRTUAL_PYTHONHOME _OLD_VIRTUAL_PS1
	\builtin hash -r
}

# Sets _pip_detour_name to the path `$1` as it can be typed, and shown.
function _pip_detour_short {
	if [[ -n ${HOME-} && $1 == $HOME/?* ]]; then _pip_detour_name="~/${(q)1#$HOME/}"; else _pip_detour_name=${(q)1}; fi
}

function _pip_detour_say {
	print -r -- "pip-detour: $1" >&2
}

# Says once in a shell that it is in the environment of this directory.
function _pip_detour_note {
	local _pip_detour_name _pip_detour_dim='' _pip_detour_plain=''
	if [[ -n ${_pip_detour_told-} || $ZSH_SUBSHELL != 0 || -e $_pip_detour_state/no-activation-note ]]; then return 0; fi
	case ${(L)PIP_DETOUR_ACTIVATION_NOTE-} in
	false | no | off | 0) return 0 ;;
	esac
	typeset -g _pip_detour_told=1
	if [[ -z ${NO_COLOR-} && ${TERM-dumb} != dumb && -t 2 ]]; then
		_pip_detour_dim=$'\e[2m' _pip_detour_plain=$'\e[0m'
	fi
	_pip_detour_short $VIRTUAL_ENV
	print -r -- "${_pip_detour_dim}pip-detour: in $_pip_detour_name, as chosen here (deactivate leaves it)$_pip_detour_plain" >&2
}

# True for certain where the environment `$1` runs another Python 3.N than it was made for: that one was upgraded.
function _pip_detour_changed {
	local _pip_detour_line='' _pip_detour_minor='' _pip_detour_name=$1/bin/python
	while IFS= \read -r _pip_detour_line || [[ -n $_pip_detour_line ]]; do
		case $_pip_detour_line in
		'version = 3.'* | 'version_info = 3.'*) _pip_detour_minor=${${_pip_detour_line#*= 3.}%%[!0-9]*} ;;
		esac
	done <$1/pyvenv.cfg
	_pip_detour_name=${_pip_detour_name:A:t}
	[[ -n $_pip_detour_minor && -d $1/lib/python3.$_pip_detour_minor && $_pip_detour_name == python3.<-> ]] &&
		[[ $_pip_detour_name != python3.$_pip_detour_minor ]]
} 2>/dev/null

# Sets _pip_detour_made to the other place that the environment `$1` was made for, as its activate script has it, in quotes
# or without; false where there is none. What src/place/made-for.ts finds by more.
function _pip_detour_misplaced {
	local _pip_detour_line='' _pip_detour_quoted="'\"'\"'" _pip_detour_quote="'"
	_pip_detour_made=''
	while IFS=$' \t' \read -r _pip_detour_line; do
		_pip_detour_line=${_pip_detour_line#export }
		if [[ $_pip_detour_line == VIRTUAL_ENV=(/*|[\"\']/*[\"\']) ]]; then
			_pip_detour_made=${${${_pip_detour_line#*=}#[\"\']}%[\"\']}
			_pip_detour_made=${_pip_detour_made//$_pip_detour_quoted/$_pip_detour_quote}
			break
		fi
	done <$1/bin/activate
	[[ -n $_pip_detour_made && $_pip_detour_made != "$1" && ! $_pip_detour_made -ef $1 ]]
} 2>/dev/null

# Sets _pip_detour_why to what is wrong with the environment `$1`, which has a Python; false where nothing is known to be.
function _pip_detour_ails {
	local _pip_detour_name
	if _pip_detour_misplaced $1; then
		_pip_detour_short $_pip_detour_made
		_pip_detour_why="was made for $_pip_detour_name (moved or copied)"
	elif _pip_detour_changed $1; then
		_pip_detour_why='was made for another Python than it runs now (upgraded)'
	else return 1; fi
}

# Sets _pip_detour_own to the environment that this directory stands for: what is remembered, else what lies in it, with
# `$1` (usual) by a name that many have, or above.
function _pip_detour_belongs {
	local _pip_detour_found='' _pip_detour_which=${1-} _pip_detour_up=$_pip_detour_real
	_pip_detour_own=$_pip_detour_known
	while [[ -z $_pip_detour_own && -n $_pip_detour_up && $_pip_detour_up != "${HOME-}" ]]; do
		if _pip_detour_holds "$_pip_detour_up" "$_pip_detour_which"; then _pip_detour_own=$_pip_detour_found; fi
		# Above, one of another name may lie among somebody's projects.
		_pip_detour_up=${_pip_detour_up%/*} _pip_detour_which=usual
	done
}

# In a directory that nothing is remembered for: says where its environment is one that this person has remembered under
# another name. What merely lies there is nobody's business.
function _pip_detour_renamed {
	local _pip_detour_own _pip_detour_made _pip_detour_name
	if [[ -n $_pip_detour_known || ! -e $_pip_detour_state/auto ]]; then return 0; fi
	_pip_detour_belongs usual
	# Read once in a shell.
	if [[ -z $_pip_detour_own || ${_pip_detour_placed-} == *":$_pip_detour_own:"* ]]; then return 0; fi
	typeset -g _pip_detour_placed=${_pip_detour_placed-}:$_pip_detour_own:
	if ! _pip_detour_misplaced $_pip_detour_own; then return 0; fi
	if [[ -O $_pip_detour_state/auto${_pip_detour_made%/*}/.pip-detour-environment ]]; then
		_pip_detour_short $_pip_detour_made
		_pip_detour_mourn $_pip_detour_own '' "was made for $_pip_detour_name (moved or copied)"
	fi
}

# Sets _pip_detour_why to what is typed where the environment `$1` is gone.
function _pip_detour_gone_for {
	if [[ $1 != "$_pip_detour_known" && $1 != "${_pip_detour_auto-}" ]]; then
		_pip_detour_why='to leave it: deactivate'
		# It may have been inherited.
		if (( ! ${+functions[deactivate]} )); then _pip_detour_why='to leave it: unset VIRTUAL_ENV'; fi
	elif [[ $_pip_detour_real == "${1%/*}" && -f $_pip_detour_real/requirements.txt ]]; then
		_pip_detour_why='to make it anew: pip install -r requirements.txt'
	else
		_pip_detour_why='to make it anew: pip install ...'
	fi
}

# Says once in a shell what is wrong with the environment `$1`; `$3`: what, where it is not that it leads to no Python.
function _pip_detour_mourn {
	local _pip_detour_name=$1 _pip_detour_why
	if [[ $_pip_detour_dead == *":$1:"* ]]; then return 0; fi
	# Where nobody may look, nothing is known to be gone.
	while [[ $_pip_detour_name == /* && ! -e $_pip_detour_name ]]; do _pip_detour_name=${_pip_detour_name%/*}; done
	if [[ -e $_pip_detour_name && ! -x $_pip_detour_name ]]; then return 0; fi
	_pip_detour_dead+=:$1:
	_pip_detour_short $1
	if [[ -e $1 || -h $1 ]]; then
		_pip_detour_say "$_pip_detour_name$2 ${3-leads to no Python (moved, or its Python is gone)}; to repair it: pip-detour repair"
	else
		_pip_detour_gone_for $1
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
	case ${_pip_detour_for-none} in
	none) return 1 ;;
	*/.) [[ $_pip_detour_for == "$_pip_detour_real/." ]] ;;
	*) [[ $_pip_detour_real/ == $_pip_detour_for/* ]] && ! _pip_detour_beyond "$_pip_detour_for" ;;
	esac
}

# direnv keeps what it finds, to set it again later: what we have entered must be left by then.
function _pip_detour_ahead {
	if (( ${chpwd_functions[(Ie)_direnv_hook]} )); then
		chpwd_functions=(_pip_detour_chpwd ${chpwd_functions:#_pip_detour_chpwd})
		precmd_functions=(_pip_detour_prompt ${precmd_functions:#_pip_detour_prompt})
	fi
}

# On coming into a directory: enters what is remembered for it, and leaves what we have entered for another. Never touches
# what the person activated, and does not enter again what they have deactivated.
function _pip_detour_moved {
	local _pip_detour_to='' _pip_detour_at='' _pip_detour_reach='' _pip_detour_born='' _pip_detour_made='' _pip_detour_why=''
	if [[ -z ${_pip_detour_pwd-} && -n ${_pip_detour_auto-} ]]; then
		if [[ ${VIRTUAL_ENV-} == "$_pip_detour_auto" ]]; then
			_pip_detour_born=$_pip_detour_auto
			_pip_detour_shed
		fi
		# What somebody else was in, who came here by `su`, is not this person's.
		if [[ -n $_pip_detour_born && -O $_pip_detour_born ]]; then
			typeset -g _pip_detour_told=1
		else
			_pip_detour_born=''
			unset _pip_detour_auto _pip_detour_for
		fi
	fi
	typeset -g _pip_detour_pwd=$PWD
	if [[ ${_pip_detour_waited-} != "$PWD" ]]; then typeset -g _pip_detour_waited=''; fi
	_pip_detour_look
	if [[ -n $_pip_detour_known && ! -x $_pip_detour_known/bin/python ]]; then
		if [[ -z ${VIRTUAL_ENV-} || $VIRTUAL_ENV == "${_pip_detour_auto-}" ]]; then _pip_detour_mourn $_pip_detour_known ', remembered here,'; fi
		_pip_detour_wanted=''
	elif [[ -n $_pip_detour_wanted && ${VIRTUAL_ENV-} != "$_pip_detour_wanted" ]] && _pip_detour_ails $_pip_detour_wanted; then
		_pip_detour_mourn $_pip_detour_wanted ', remembered here,' $_pip_detour_why
		_pip_detour_wanted=''
	fi
	if [[ -n ${_pip_detour_auto-} && ${VIRTUAL_ENV-$_pip_detour_born} != "$_pip_detour_auto" ]]; then
		_pip_detour_declined=$_pip_detour_auto
		unset _pip_detour_auto _pip_detour_for
	fi
	if [[ $_pip_detour_wanted != "$_pip_detour_declined" ]]; then _pip_detour_declined=''; fi
	if [[ -n ${_pip_detour_auto-} ]] && _pip_detour_within; then
		_pip_detour_to=$_pip_detour_auto _pip_detour_at=${_pip_detour_for%/.}
		if [[ $_pip_detour_at != "$_pip_detour_for" ]]; then _pip_detour_reach=alone; fi
	fi
	# The nearer one counts.
	if [[ -n $_pip_detour_wanted && -z $_pip_detour_declined && -z ${CONDA_PREFIX-} ]] &&
		[[ -z $_pip_detour_to || $#_pip_detour_where -ge $#_pip_detour_at ]]; then
		_pip_detour_to=$_pip_detour_wanted _pip_detour_at=$_pip_detour_where _pip_detour_reach=$_pip_detour_how
	fi
	if [[ -n ${VIRTUAL_ENV-} ]]; then
		if [[ $VIRTUAL_ENV != "${_pip_detour_auto-}" ]]; then
			# What is direnv's is gone with the next prompt, for it comes after us.
			if [[ -n ${DIRENV_DIR-} ]]; then _pip_detour_pwd=.; fi
			return 0
		fi
		if [[ $VIRTUAL_ENV != "$_pip_detour_to" ]]; then _pip_detour_leave; fi
	fi
	if [[ -z $_pip_detour_to ]]; then
		unset _pip_detour_auto _pip_detour_for
		_pip_detour_renamed
		return 0
	fi
	if [[ ${VIRTUAL_ENV-} != "$_pip_detour_to" ]]; then
		unset _pip_detour_auto _pip_detour_for
		# What direnv has for this directory comes before what we have, and is there at the prompt after this one (`$1`: prompt).
		if [[ -n $_pip_detour_envrc && ${DIRENV_DIR-} != "-$_pip_detour_envrc" && ${1-}${_pip_detour_waited-} != "prompt$PWD" ]]; then
			if [[ ${1-} == prompt ]]; then typeset -g _pip_detour_waited=$PWD; fi
			typeset -g _pip_detour_pwd=.
			return 0
		fi
		_pip_detour_activate $_pip_detour_to || return 0
		_pip_detour_ahead
		_pip_detour_note
	fi
	_pip_detour_entered $_pip_detour_to "$_pip_detour_at" "$_pip_detour_reach"
}

# After a pip that ended with `$1`: says where it installed, or what it listed, where that is not what this directory stands for.
function _pip_detour_aftermath {
	local _pip_detour_name _pip_detour_own _pip_detour_made _pip_detour_why _pip_detour_so
	_pip_detour_belongs
	if [[ $1 == 0 && -n ${_pip_detour_into-} && $_pip_detour_into == "${VIRTUAL_ENV-}" && $_pip_detour_into != "${_pip_detour_auto-}" ]]; then
		if [[ $_pip_detour_into != "$_pip_detour_own" && $_pip_detour_real/ != ${_pip_detour_into%/*}/* ]] &&
			[[ -n $_pip_detour_own || $_pip_detour_into == */(.venv|venv|env) ]]; then
			_pip_detour_short $_pip_detour_into
			_pip_detour_say "installed into $_pip_detour_name, which this shell is in (deactivate leaves it)"
		fi
	elif [[ ${_pip_detour_listed-} == 1 && -x $_pip_detour_own/bin/python && $_pip_detour_own != "${VIRTUAL_ENV-}" ]]; then
		_pip_detour_short $_pip_detour_own
		_pip_detour_so="; to be in it: source $_pip_detour_name/bin/activate"
		if ! _pip_detour_free; then _pip_detour_so="; to use it: $_pip_detour_name/bin/python ..."; fi
		if _pip_detour_ails $_pip_detour_own; then _pip_detour_so=", which $_pip_detour_why; to repair it: pip-detour repair"; fi
		_pip_detour_say "that was not of $_pip_detour_name, this directory's environment$_pip_detour_so"
		_pip_detour_listed=told
	fi
}

# After a pip of the environment that we entered has changed it: says what to type for the project's list to agree. The
# one program that is started at a prompt, and only where there is such a list.
function _pip_detour_record {
	local _pip_detour_up
	if [[ ${(L)PIP_DETOUR-} == off ]]; then return 0; fi
	for _pip_detour_up in "$_pip_detour_real" "${_pip_detour_for%/.}"; do
		if [[ -f $_pip_detour_up/requirements.txt || -f $_pip_detour_up/pyproject.toml ]]; then
			\command "$_pip_detour_shim-detour" record --typed "$_pip_detour_changes" </dev/null >&2 2>/dev/null
			return
		fi
	done
}

# What there is to be done before a prompt, where there is anything. `$1`: how the last command ended.
function _pip_detour_attend {
	if (( $#_pip_detour_covered )); then _pip_detour_uncover; fi
	if [[ -s $_pip_detour_file ]]; then _pip_detour_enter; fi
	if [[ $PWD != "${_pip_detour_pwd-}" ]]; then _pip_detour_moved prompt; fi
	if [[ -n ${VIRTUAL_ENV-} && ! -x $VIRTUAL_ENV/bin/python ]]; then
		_pip_detour_mourn $VIRTUAL_ENV ', which this shell was put into,'
		if [[ $VIRTUAL_ENV == "${_pip_detour_auto-}" ]]; then _pip_detour_leave; fi
	fi
	if [[ -n ${_pip_detour_changes-} ]]; then
		if [[ $1 == 0 ]]; then _pip_detour_record; fi
		typeset -g _pip_detour_changes=''
	fi
	if [[ -n ${_pip_detour_into-} || ${_pip_detour_listed-} == 1 ]]; then
		# What is not found, or does not fit, is as much an answer.
		if [[ $1:${_pip_detour_listed-} == (0:*|1:1) ]]; then _pip_detour_aftermath $1; fi
		typeset -g _pip_detour_into=''
		if [[ ${_pip_detour_listed-} != told ]]; then typeset -g _pip_detour_listed=''; fi
	fi
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
