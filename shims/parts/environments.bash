# shellcheck shell=bash disable=SC2034,SC2128,SC2154 # variables and functions of the two hooks
# What hook.bash and hook.zsh do about environments, in words that both shells understand; the build puts it into both. What
# the two say differently is a function in each, of the same name.

# True for a word that says no to a setting, as src/settings/kinds.ts reads it.
function _pip_detour_no {
	case $1 in
	0 | [Ff] | [Ff][Aa][Ll][Ss][Ee] | [Nn] | [Nn][Oo] | [Oo][Ff][Ff]) return 0 ;;
	*) return 1 ;;
	esac
}

# True for one that says yes.
function _pip_detour_yes {
	case $1 in
	1 | [Tt] | [Tt][Rr][Uu][Ee] | [Yy] | [Yy][Ee][Ss] | [Oo][Nn]) return 0 ;;
	*) return 1 ;;
	esac
}

# Says once in a shell what `sudo pip install`, in the command `$1`, is, and once what sudo's python is where this shell is
# in an environment; nothing is changed. Only where pip or python is sudo's own command, as root, on the system. The
# patterns are the same in all hooks.
function _pip_detour_sudo {
	local _pip_detour_name _pip_detour_matched
	local _pip_detour_sudo='(^|[;&|({][[:space:]]*|[[:space:]](then|do|else|time|and|or|not)[[:space:]]+)sudo([[:space:]]+(-[ABbEHiKkNnPSs]+|-[ABbEHiKkNnPSs]*u[[:space:]]*root|-[gpCT][[:space:]]*[^-[:space:]][^[:space:]]*|--user[=[:space:]]root|--|--(preserve-env(=[^[:space:]]*)?|background|login|non-interactive|set-home|shell|stdin|askpass)|[A-Za-z_][A-Za-z0-9_]*=[^[:space:]]*))*[[:space:]]+'
	local _pip_detour_installs='(/usr/bin/|/bin/|/usr/local/bin/)?(pip(3(\.[0-9]+)?)?|python(3(\.[0-9]+)?)?([[:space:]]+-[BEIOPbdsuv]+)*[[:space:]]+-[BEIOPbdsuv]*m[[:space:]]*pip)([[:space:]]+-[^[:space:]]+)*[[:space:]]+install([[:space:]]|$)'
	local _pip_detour_runs='(pip|python)(3(\.[0-9]+)?)?([[:space:]]|$)'
	if [[ -z ${_pip_detour_warned-} ]] && _pip_detour_matches "$1" "$_pip_detour_sudo$_pip_detour_installs"; then
		_pip_detour_warned=1
		_pip_detour_say "sudo runs the system's own pip as root, without pip-detour; what it writes is root's, not yours"
		_pip_detour_say 'without sudo, pip-detour asks you where to install it: pip install ...'
	elif [[ -n ${VIRTUAL_ENV-} && -z ${_pip_detour_sudoed-} ]] && _pip_detour_matches "$1" "$_pip_detour_sudo$_pip_detour_runs"; then
		_pip_detour_sudoed=1
		_pip_detour_short "$VIRTUAL_ENV"
		_pip_detour_say "sudo most likely runs the system's Python, not this environment's; to run this one: sudo $_pip_detour_name/bin/python ..."
	fi
}

# Notes of the command `$1` what is said of it once it has worked.
function _pip_detour_heed {
	# By its name alone: `uv pip list` and `.venv/bin/pip list` are of another. The patterns are the same in all hooks.
	local _pip_detour_matched
	local _pip_detour_lists='(^|[;&|({!]|[[:space:]](then|do|else|time|and|or|not))[[:space:]]*((command|env|time|nice|noglob|nocorrect|-p|[A-Za-z_][A-Za-z0-9_]*=("[^"]*"|[^[:space:]"])*)[[:space:]]+)*["\\]?(pip(3(\.[0-9]+)?)?|python(3(\.[0-9]+)?)?([[:space:]]+-[BEIOPbdsuv]+)*[[:space:]]+-[BEIOPbdsuv]*m[[:space:]]*pip)"?([[:space:]]+-[^[:space:]]+)*[[:space:]]+(list|freeze|show|check)([[:space:];&|>)]|$)'
	local _pip_detour_changing='(^|[[:space:];&|({!/"\\])(pip(3(\.[0-9]+)?)?|-[BEIOPbdsuv]*m[[:space:]]*pip)"?([[:space:]]+-[^[:space:]]+)*[[:space:]]+(un)?install[[:space:]]'
	if _pip_detour_matches "$1" "$_pip_detour_changing"; then
		case $_pip_detour_matched in
		*uninstall?) ;;
		*) _pip_detour_into=${VIRTUAL_ENV-} ;;
		esac
		if [[ -n ${VIRTUAL_ENV-} && $VIRTUAL_ENV == "${_pip_detour_auto-}" ]]; then
			_pip_detour_changes+=$1$'\n'
		fi
	fi
	if [[ $_pip_detour_listed != told ]] && _pip_detour_matches "$1" "$_pip_detour_lists"; then
		case $1 in
		*' --python'* | *' --path'* | *PIP_PYTHON=* | *' PATH='*) ;;
		*) _pip_detour_listed=1 ;;
		esac
	fi
}

# What venv's own activate script does, for the environment `$1`. Nothing of the environment is run or read as code.
function _pip_detour_activate {
	local _pip_detour_line='' _pip_detour_name=${1##*/} _pip_detour_version='' _pip_detour_fixed
	if [[ $1 != /* || $1 == *:* || ! -f $1/pyvenv.cfg || ! -x $1/bin/python ]] || ! _pip_detour_free; then return 1; fi
	# A hundred projects have one of that name each; theirs tells them apart.
	case $_pip_detour_name in
	.venv | venv | env | ENV | .env | virtualenv | .virtualenv)
		_pip_detour_name=${1%/*}
		_pip_detour_name=${_pip_detour_name##*/}
		: "${_pip_detour_name:=${1##*/}}"
		;;
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
	done <"$1/pyvenv.cfg"
	_pip_detour_inert

	function deactivate {
		# What the person, or a program of theirs, has set since stays: only what was added is taken away.
		local _pip_detour_rest=:${PATH-}: _pip_detour_name=${_pip_detour_added-}
		# By its own script none of ours was noted.
		if [[ -z $_pip_detour_name && -n ${VIRTUAL_ENV-} ]]; then _pip_detour_name=$VIRTUAL_ENV/bin; fi
		if [[ -n ${_OLD_VIRTUAL_PATH-} ]]; then
			if [[ -n $_pip_detour_name && $_pip_detour_rest == *":$_pip_detour_name:"* ]]; then
				_pip_detour_rest=${_pip_detour_rest%%":$_pip_detour_name:"*}:${_pip_detour_rest#*":$_pip_detour_name:"}
				_pip_detour_rest=${_pip_detour_rest#:}
				export PATH=${_pip_detour_rest%:}
			fi
			unset _OLD_VIRTUAL_PATH _pip_detour_added
		fi
		if [[ -n ${_OLD_VIRTUAL_PYTHONHOME-} ]]; then
			export PYTHONHOME=$_OLD_VIRTUAL_PYTHONHOME
			unset _OLD_VIRTUAL_PYTHONHOME
		fi
		\builtin hash -r 2>/dev/null
		if [[ -n ${_OLD_VIRTUAL_PS1-} ]]; then
			_pip_detour_name=${_pip_detour_shown-}
			if [[ -z $_pip_detour_name ]]; then
				export PS1=$_OLD_VIRTUAL_PS1
			elif [[ ${PS1-} == *"$_pip_detour_name"* ]]; then
				PS1=${PS1%%"$_pip_detour_name"*}${PS1#*"$_pip_detour_name"}
			fi
			unset _OLD_VIRTUAL_PS1 _pip_detour_shown
		fi
		unset VIRTUAL_ENV VIRTUAL_ENV_PROMPT
		if [[ ${1-} != nondestructive ]]; then unset -f deactivate; fi
	}
	\deactivate nondestructive

	export VIRTUAL_ENV=$1
	_OLD_VIRTUAL_PATH=${PATH-}
	_pip_detour_added=$1/bin
	export PATH=$VIRTUAL_ENV/bin${PATH:+:$PATH}
	if [[ -n ${PYTHONHOME-} ]]; then
		_OLD_VIRTUAL_PYTHONHOME=$PYTHONHOME
		unset PYTHONHOME
	fi
	if [[ -z ${VIRTUAL_ENV_DISABLE_PROMPT-} ]]; then
		_OLD_VIRTUAL_PS1=${PS1-}
		_pip_detour_shown="($_pip_detour_name) "
		export PS1="$_pip_detour_shown${PS1-}"
	fi
	# From 3.13 on it is set in any case, and without the parentheses.
	case $_pip_detour_version in
	3.[0-9] | 3.[0-9].* | 3.1[0-2] | 3.1[0-2].*)
		if [[ -z ${VIRTUAL_ENV_DISABLE_PROMPT-} ]]; then export VIRTUAL_ENV_PROMPT="($_pip_detour_name) "; fi
		;;
	*) export VIRTUAL_ENV_PROMPT="$_pip_detour_name" ;;
	esac
	\builtin hash -r 2>/dev/null
	return 0
}

# True unless `$1`, which lies there, may be somebody else's: their directory, or a link that leads out of it.
function _pip_detour_ours { [[ -O $_pip_detour_state && ! -L $1 ]]; }

# Notes that we have entered the environment `$1` for the directory `$2`, and with `$3` (alone) for no other below it.
# Exported for shells that are started from this one.
function _pip_detour_entered {
	_pip_detour_declined=''
	export _pip_detour_auto=$1 _pip_detour_for=$2
	if [[ $3 == alone ]]; then _pip_detour_for=$2/.; fi
}

# Enters the environment that was installed into by a command of this shell.
function _pip_detour_enter {
	local _pip_detour_line='' _pip_detour_up='' _pip_detour_reach='' _pip_detour_name _pip_detour_fixed
	if [[ -O $_pip_detour_file ]] && _pip_detour_ours "$_pip_detour_file"; then
		{
			IFS= \read -r _pip_detour_line
			IFS= \read -r _pip_detour_up
			IFS= \read -r _pip_detour_reach
		} <"$_pip_detour_file"
		# Emptied, not removed: there is no builtin for that.
		: >|"$_pip_detour_file"
	fi
	if [[ -z $_pip_detour_line ]]; then return 0; fi
	# Something was set or forgotten.
	if [[ $_pip_detour_line == . ]]; then
		_pip_detour_pwd=. _pip_detour_declined=''
		unset _pip_detour_for
		return 0
	fi
	if ! _pip_detour_activate "$_pip_detour_line"; then
		if [[ -x $_pip_detour_line/bin/python ]]; then
			_pip_detour_short "$_pip_detour_line"
			_pip_detour_say "this shell could not enter the new environment; to use it: $_pip_detour_name/bin/python ..."
		fi
		return 0
	fi
	_pip_detour_ahead
	_pip_detour_look
	_pip_detour_pwd=${PWD-} _pip_detour_told=1
	if [[ $_pip_detour_wanted == "$_pip_detour_line" ]]; then
		_pip_detour_up=$_pip_detour_where _pip_detour_reach=$_pip_detour_how
	fi
	# What an older program wrote names no directory.
	if [[ $_pip_detour_up != /* ]]; then
		_pip_detour_up=$_pip_detour_real
		if [[ $_pip_detour_real/ == "${_pip_detour_line%/*}"/* ]]; then _pip_detour_up=${_pip_detour_line%/*}; fi
	fi
	_pip_detour_entered "$_pip_detour_line" "${_pip_detour_up%/}" "$_pip_detour_reach"
}

# True where a project of its own lies between the directory `$1` and the one that one stands in: what is meant for `$1` does
# not reach into it. The names are those of src/project/find.ts.
function _pip_detour_beyond {
	local _pip_detour_name _pip_detour_found='' _pip_detour_up=$_pip_detour_real
	while [[ -n $_pip_detour_up && $_pip_detour_up != "$1" ]]; do
		for _pip_detour_name in .git .hg .svn .jj pyproject.toml setup.py setup.cfg uv.lock poetry.lock pdm.lock Pipfile Pipfile.lock \
			pixi.toml pixi.lock pylock.toml environment.yml environment.yaml conda-lock.yml hatch.toml poetry.toml tox.ini noxfile.py \
			dev-requirements.txt test-requirements.txt .pip-detour.toml; do
			if [[ -e $_pip_detour_up/$_pip_detour_name ]]; then return 0; fi
		done
		if _pip_detour_holds "$_pip_detour_up" || _pip_detour_has_lists "$_pip_detour_up"; then return 0; fi
		_pip_detour_up=${_pip_detour_up%/*}
	done
	return 1
}

# Sets _pip_detour_real to the real path of the directory one stands in, and where this person has remembered something for
# it or its nearest ancestor, _pip_detour_known to that environment, _pip_detour_where and _pip_detour_how to the directory
# and whether it holds there alone; _pip_detour_wanted to the environment where it is to be entered on coming.
function _pip_detour_look {
	local _pip_detour_up _pip_detour_always=''
	_pip_detour_wanted='' _pip_detour_known='' _pip_detour_where='' _pip_detour_how='' _pip_detour_envrc=''
	# What is remembered is remembered by the real path.
	_pip_detour_resolve || return 0
	_pip_detour_up=$_pip_detour_real
	while :; do
		if [[ -z $_pip_detour_envrc && -f $_pip_detour_up/.envrc ]] && _pip_detour_has_direnv; then
			_pip_detour_envrc=$_pip_detour_up
		fi
		if [[ -O $_pip_detour_state/auto$_pip_detour_up/.pip-detour-environment ]] &&
			_pip_detour_ours "$_pip_detour_state/auto$_pip_detour_up/.pip-detour-environment"; then
			{
				IFS= \read -r _pip_detour_known
				IFS= \read -r _pip_detour_how
				IFS= \read -r _pip_detour_always
			} <"$_pip_detour_state/auto$_pip_detour_up/.pip-detour-environment"
			if [[ $_pip_detour_known != /* ]]; then _pip_detour_known=''; fi
			if [[ $_pip_detour_how != alone || $_pip_detour_up == "$_pip_detour_real" ]]; then break; fi
			_pip_detour_known=''
		fi
		if [[ -z $_pip_detour_up ]]; then return 0; fi
		_pip_detour_up=${_pip_detour_up%/*}
	done 2>/dev/null
	_pip_detour_where=$_pip_detour_up
	if _pip_detour_beyond "$_pip_detour_where"; then
		_pip_detour_known='' _pip_detour_where='' _pip_detour_how=''
		return 0
	fi
	case ${PIP_DETOUR_AUTO_ACTIVATE-} in
	[Aa][Nn][Ss][Ww][Ee][Rr][Ee][Dd]) if [[ $_pip_detour_always == always ]]; then _pip_detour_wanted=$_pip_detour_known; fi ;;
	'')
		if [[ -e $_pip_detour_state/auto-activate || ($_pip_detour_always == always && ! -e $_pip_detour_state/no-auto-activate) ]]; then
			_pip_detour_wanted=$_pip_detour_known
		fi
		;;
	*) if _pip_detour_yes "$PIP_DETOUR_AUTO_ACTIVATE"; then _pip_detour_wanted=$_pip_detour_known; fi ;;
	esac
}

# Takes the entry `$1` out of _pip_detour_rest, a PATH with a colon at both ends, wherever it stands.
function _pip_detour_drop {
	local _pip_detour_less
	while [[ $_pip_detour_rest == *":$1:"* ]]; do
		_pip_detour_less=${_pip_detour_rest%%":$1:"*}:${_pip_detour_rest#*":$1:"}
		# With nocasematch bash finds what it does not cut.
		if [[ ${#_pip_detour_less} -ge ${#_pip_detour_rest} ]]; then break; fi
		_pip_detour_rest=$_pip_detour_less
	done
}

# In a shell that was started from one that had entered an environment by itself: out of it, for this shell to go into
# the one of its own directory.
function _pip_detour_shed {
	local _pip_detour_rest=:${PATH-}: _pip_detour_name=${VIRTUAL_ENV_PROMPT-}
	_pip_detour_drop "$VIRTUAL_ENV/bin"
	_pip_detour_rest=${_pip_detour_rest#:}
	PATH=${_pip_detour_rest%:}
	if [[ -n ${_OLD_VIRTUAL_PYTHONHOME-} ]]; then export PYTHONHOME=$_OLD_VIRTUAL_PYTHONHOME; fi
	_pip_detour_name=${_pip_detour_name#\(}
	_pip_detour_name=${_pip_detour_name%\) }
	# The prompt may have been inherited, too.
	if [[ ${PS1-} == "($_pip_detour_name) "* ]]; then PS1=${PS1#"($_pip_detour_name) "}; fi
	unset VIRTUAL_ENV VIRTUAL_ENV_PROMPT _OLD_VIRTUAL_PATH _OLD_VIRTUAL_PYTHONHOME _OLD_VIRTUAL_PS1
	\builtin hash -r 2>/dev/null
}

# Says once in a shell that it is in the environment of this directory.
function _pip_detour_note {
	local _pip_detour_name _pip_detour_dim='' _pip_detour_plain=''
	if [[ -n $_pip_detour_told || ${ZSH_SUBSHELL-0} != 0 || -e $_pip_detour_state/no-activation-note ]]; then return 0; fi
	if _pip_detour_no "${PIP_DETOUR_ACTIVATION_NOTE-}"; then return 0; fi
	_pip_detour_told=1
	if [[ -z ${NO_COLOR-} && ${TERM-dumb} != dumb && -t 2 ]]; then
		_pip_detour_dim=$'\e[2m' _pip_detour_plain=$'\e[0m'
	fi
	_pip_detour_short "$VIRTUAL_ENV"
	_pip_detour_say "in $_pip_detour_name, as chosen here (deactivate leaves it)" "$_pip_detour_dim" "$_pip_detour_plain"
}

# True for certain where the environment `$1` runs another Python 3.N than it was made for: that one was upgraded.
function _pip_detour_changed {
	local _pip_detour_line='' _pip_detour_at='' _pip_detour_minor=''
	while IFS= \read -r _pip_detour_line || [[ -n $_pip_detour_line ]]; do
		case $_pip_detour_line in
		'home = /'*) _pip_detour_at=${_pip_detour_line#*= } ;;
		'version = 3.'* | 'version_info = 3.'*)
			_pip_detour_minor=${_pip_detour_line#*= 3.}
			_pip_detour_minor=${_pip_detour_minor%%[!0-9]*}
			;;
		esac
	done <"$1/pyvenv.cfg"
	if [[ -z $_pip_detour_at || -z $_pip_detour_minor || ! -d $1/lib/python3.$_pip_detour_minor ]]; then return 1; fi
	for _pip_detour_line in {6..20}; do
		if [[ $1/bin/python -ef $_pip_detour_at/python3.$_pip_detour_line ]]; then
			[[ $_pip_detour_line != "$_pip_detour_minor" ]]
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
	[[ -n $_pip_detour_made && $_pip_detour_made != "$1" && ! $_pip_detour_made -ef $1 ]]
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
	if [[ -z $_pip_detour_own || $_pip_detour_placed == *":$_pip_detour_own:"* ]]; then return 0; fi
	_pip_detour_placed=$_pip_detour_placed:$_pip_detour_own:
	if ! _pip_detour_misplaced "$_pip_detour_own"; then return 0; fi
	if [[ -O $_pip_detour_state/auto${_pip_detour_made%/*}/.pip-detour-environment ]]; then
		_pip_detour_short "$_pip_detour_made"
		_pip_detour_mourn "$_pip_detour_own" '' "was made for $_pip_detour_name (moved or copied)"
	fi
}

# Sets _pip_detour_why to what is typed where the environment `$1` is gone.
function _pip_detour_gone_for {
	if [[ $1 != "$_pip_detour_known" && $1 != "${_pip_detour_auto-}" ]]; then
		_pip_detour_why='to leave it: deactivate'
		# It may have been inherited.
		if ! _pip_detour_defined deactivate; then _pip_detour_why='to leave it: unset VIRTUAL_ENV'; fi
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
	_pip_detour_dead=$_pip_detour_dead:$1:
	_pip_detour_short "$1"
	if [[ -e $1 || -L $1 ]]; then
		_pip_detour_say "$_pip_detour_name$2 ${3-leads to no Python (moved, or its Python is gone)}; to repair it: pip-detour repair"
	else
		_pip_detour_gone_for "$1"
		_pip_detour_say "$_pip_detour_name$2 is gone; $_pip_detour_why"
	fi
}

# True unless the environment `$1`, remembered here, may have been replaced since by one that this person did not choose:
# its settings or its Python are newer than what was published, or it is a link, which it was not (src/shell/activation.ts has its real
# path). Then the program is asked, once: it makes the checks that it makes before an install, and what it finds right is as
# good as published anew; with `$2` (broken) what is theirs and does not work is right, too. Where it cannot be asked, nothing
# is entered: without us, too, a pip would refuse there, while what somebody else has put there would run with every python.
function _pip_detour_meant {
	local _pip_detour_name _pip_detour_why _pip_detour_line=$_pip_detour_state/auto$_pip_detour_where/.pip-detour-environment
	if [[ $1 != "$_pip_detour_known" ]]; then return 0; fi
	if [[ ! -L $1 && ! -L $1/pyvenv.cfg && ! $1/pyvenv.cfg -nt $_pip_detour_line && ! $1/bin/python -nt $_pip_detour_line ]]; then
		return 0
	fi
	if [[ ${_pip_detour_refused-} == *":$1:"* ]]; then return 1; fi
	_pip_detour_why=$(\command "$_pip_detour_shim-detour" where --in "${_pip_detour_where:-/}" --entering "$1" </dev/null 2>/dev/null)
	case $?${2-} in 0* | 3broken) return 0 ;; esac
	_pip_detour_refused=${_pip_detour_refused-}:$1:
	if [[ $_pip_detour_why != 'not entered: '* ]]; then
		_pip_detour_short "$1"
		_pip_detour_why="not entered: $_pip_detour_name has changed since you chose it, and pip-detour could not check it; to be in it all the same: source $_pip_detour_name/bin/activate"
	fi
	_pip_detour_say "$_pip_detour_why"
	return 1
}

# What follows from leaving the environment that we had entered. direnv, on leaving a directory, sets PATH again as it was
# when it came there: with what we have left.
function _pip_detour_leave {
	if [[ -n ${DIRENV_DIR-} ]] && _pip_detour_has_direnv; then
		_pip_detour_left=${_pip_detour_left-}:$VIRTUAL_ENV/bin:
		_pip_detour_direnv=$DIRENV_DIR
		_pip_detour_pwd=.
	fi
	\deactivate
	unset _pip_detour_auto _pip_detour_for
}

# Takes what direnv has put back of that out of PATH again.
function _pip_detour_sweep {
	local _pip_detour_name _pip_detour_rest=:${PATH-}: _pip_detour_all=$_pip_detour_left
	# Not before direnv has done so is it done with.
	if [[ ${DIRENV_DIR-} == "${_pip_detour_direnv-}" && ${PWD-}/ != "${_pip_detour_direnv#-}"/* ]]; then
		_pip_detour_pwd=.
	else
		_pip_detour_left=''
	fi
	while [[ -n $_pip_detour_all ]]; do
		_pip_detour_all=${_pip_detour_all#:}
		_pip_detour_name=${_pip_detour_all%%:*}
		_pip_detour_all=${_pip_detour_all#"$_pip_detour_name"}
		_pip_detour_all=${_pip_detour_all#:}
		if [[ -n $_pip_detour_name && $_pip_detour_name != "${VIRTUAL_ENV-}/bin" ]]; then
			_pip_detour_drop "$_pip_detour_name"
		fi
	done
	_pip_detour_rest=${_pip_detour_rest#:}
	PATH=${_pip_detour_rest%:}
}

# True where the directory one stands in is one of those that we entered an environment for.
function _pip_detour_within {
	case ${_pip_detour_for-none} in
	none) return 1 ;;
	*/.) [[ $_pip_detour_for == "$_pip_detour_real/." ]] ;;
	*) [[ $_pip_detour_real/ == "$_pip_detour_for"/* ]] && ! _pip_detour_beyond "$_pip_detour_for" ;;
	esac
}

# On coming into a directory: enters what is remembered for it, and leaves what we have entered for another. Never touches
# what the person activated, and does not enter again what they have deactivated.
function _pip_detour_moved {
	local _pip_detour_to='' _pip_detour_at='' _pip_detour_reach='' _pip_detour_born='' _pip_detour_made='' _pip_detour_why=''
	if [[ -z $_pip_detour_pwd && -n ${_pip_detour_auto-} ]]; then
		if [[ ${VIRTUAL_ENV-} == "$_pip_detour_auto" ]]; then
			_pip_detour_born=$_pip_detour_auto
			_pip_detour_shed
		fi
		# What somebody else was in, who came here by `su`, is not this person's.
		if [[ -n $_pip_detour_born && -O $_pip_detour_born ]]; then
			_pip_detour_told=1
		else
			_pip_detour_born=''
			unset _pip_detour_auto _pip_detour_for
		fi
	fi
	_pip_detour_pwd=${PWD-}
	if [[ $_pip_detour_waited != "${PWD-}" ]]; then _pip_detour_waited=''; fi
	if [[ -n ${_pip_detour_left-} ]]; then _pip_detour_sweep; fi
	_pip_detour_look
	if [[ -n $_pip_detour_known && ! -x $_pip_detour_known/bin/python ]]; then
		if [[ -z ${VIRTUAL_ENV-} || $VIRTUAL_ENV == "${_pip_detour_auto-}" ]]; then
			_pip_detour_mourn "$_pip_detour_known" ', remembered here,'
		fi
		_pip_detour_wanted=''
	elif [[ -n $_pip_detour_wanted && ${VIRTUAL_ENV-} != "$_pip_detour_wanted" ]] && _pip_detour_ails "$_pip_detour_wanted"; then
		if _pip_detour_meant "$_pip_detour_wanted" broken; then
			_pip_detour_mourn "$_pip_detour_wanted" ', remembered here,' "$_pip_detour_why"
		fi
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
		[[ -z $_pip_detour_to || ${#_pip_detour_where} -ge ${#_pip_detour_at} ]]; then
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
		# What direnv has for this directory, or takes away, comes before what we have: that is done at the prompt after this one (`$1`: prompt).
		if [[ ${DIRENV_DIR-} != "${_pip_detour_envrc:+-$_pip_detour_envrc}" && ${1-}$_pip_detour_waited != "prompt$PWD" ]] &&
			_pip_detour_has_direnv; then
			if [[ ${1-} == prompt ]]; then _pip_detour_waited=$PWD; fi
			_pip_detour_pwd=.
			return 0
		fi
		if ! _pip_detour_meant "$_pip_detour_to" || ! _pip_detour_activate "$_pip_detour_to"; then return 0; fi
		_pip_detour_ahead
		_pip_detour_note
	fi
	_pip_detour_entered "$_pip_detour_to" "$_pip_detour_at" "$_pip_detour_reach"
}

# After a pip that ended with `$1`: says where it installed, or what it listed, where that is not what this directory stands for.
function _pip_detour_aftermath {
	local _pip_detour_name _pip_detour_own _pip_detour_made _pip_detour_why _pip_detour_so _pip_detour_fixed
	_pip_detour_belongs
	if [[ $1 == 0 && -n $_pip_detour_into && $_pip_detour_into == "${VIRTUAL_ENV-}" && $_pip_detour_into != "${_pip_detour_auto-}" ]]; then
		if [[ $_pip_detour_into == "$_pip_detour_own" || $_pip_detour_real/ == "${_pip_detour_into%/*}"/* ]]; then return 0; fi
		case $_pip_detour_own:$_pip_detour_into in
		/* | *:*/.venv | *:*/venv | *:*/env)
			_pip_detour_short "$_pip_detour_into"
			_pip_detour_say "installed into $_pip_detour_name, which this shell is in (deactivate leaves it)"
			;;
		esac
	elif [[ $_pip_detour_listed == 1 && -x $_pip_detour_own/bin/python && $_pip_detour_own != "${VIRTUAL_ENV-}" &&
		${_pip_detour_refused-} != *":$_pip_detour_own:"* ]]; then
		_pip_detour_short "$_pip_detour_own"
		_pip_detour_so="; to enter it: source $_pip_detour_name/bin/activate"
		if ! _pip_detour_free; then _pip_detour_so="; to use it: $_pip_detour_name/bin/python ..."; fi
		if _pip_detour_ails "$_pip_detour_own"; then _pip_detour_so=", which $_pip_detour_why; to repair it: pip-detour repair"; fi
		_pip_detour_say "pip did not look into $_pip_detour_name, this directory's environment$_pip_detour_so"
		_pip_detour_listed=told
	fi
}

# After a pip of the environment that we entered has changed it: says what to type for the project's list to agree. The
# program is started only where there is such a list.
function _pip_detour_record {
	local _pip_detour_up
	case ${PIP_DETOUR-} in [Oo][Ff][Ff]) return 0 ;; esac
	for _pip_detour_up in "$_pip_detour_real" "${_pip_detour_for%/.}"; do
		if [[ -f $_pip_detour_up/requirements.txt || -f $_pip_detour_up/pyproject.toml ]]; then
			\command "$_pip_detour_shim-detour" record --typed "$_pip_detour_changes" </dev/null >&2 2>/dev/null
			return
		fi
	done
}

# After an install by the pip of the environment that we entered has failed: says once in a shell where that is explained. Only
# the program knows whether it would be: outside, pip may be one that does not refuse.
function _pip_detour_point {
	if [[ -n ${_pip_detour_pointed-} || $_pip_detour_changes == *uninstall* ]]; then return 0; fi
	case ${PIP_DETOUR-} in [Oo][Ff][Ff]) return 0 ;; esac
	if \command "$_pip_detour_shim-detour" explain --failed "$_pip_detour_changes" </dev/null >&2 2>/dev/null; then
		_pip_detour_pointed=1
	fi
}

# What there is to be done before a prompt about environments. `$1`: how the last command ended.
function _pip_detour_tidy {
	if [[ -s $_pip_detour_file ]]; then _pip_detour_enter; fi
	if [[ ${PWD-} != "$_pip_detour_pwd" ]]; then _pip_detour_moved prompt; fi
	if [[ -n ${VIRTUAL_ENV-} && ! -x $VIRTUAL_ENV/bin/python ]]; then
		_pip_detour_mourn "$VIRTUAL_ENV" ', which this shell is in,'
		if [[ $VIRTUAL_ENV == "${_pip_detour_auto-}" ]]; then _pip_detour_leave; fi
	fi
	if [[ -n $_pip_detour_changes ]]; then
		case $1 in
		0) _pip_detour_record ;;
		1) _pip_detour_point ;;
		esac
		_pip_detour_changes=''
	fi
	if [[ -n $_pip_detour_into || $_pip_detour_listed == 1 ]]; then
		# What is not found, or does not fit, is as much an answer.
		case $1:$_pip_detour_listed in
		0:* | 1:1) _pip_detour_aftermath "$1" ;;
		esac
		_pip_detour_into=''
		if [[ $_pip_detour_listed != told ]]; then _pip_detour_listed=''; fi
	fi
}
