# Read by ~/.zshrc: puts the shims on PATH, and in an interactive shell enters the environment that was just installed
# into. Starts no process, neither here nor at the prompt. The same as hook.bash, in zsh's words.

# Read again as zsh, whatever the person's options are or `emulate` says; the functions keep to that (zshbuiltins(1)).
if [ -z "${_pip_detour_home-}" ]; then
	_pip_detour_home=${${(%):-%x}%/*}
	if [ -r "$_pip_detour_home/env.sh" ]; then . "$_pip_detour_home/env.sh"; fi
	case $-:$_pip_detour_home in
	*i*:/*) \builtin emulate zsh -c '. "$_pip_detour_home/hook.zsh"' ;;
	esac
	unset _pip_detour_home
	return 0
fi

case ${XDG_STATE_HOME-} in
/*) typeset -g _pip_detour_state=$XDG_STATE_HOME/pip-detour/shell ;;
*) typeset -g _pip_detour_state=${HOME-}/.local/state/pip-detour/shell ;;
esac
typeset -g _pip_detour_file=$_pip_detour_state/${HOST-}.$$
typeset -g _pip_detour_shim=$_pip_detour_home/shims/pip
typeset -ga _pip_detour_covered
typeset -g _pip_detour_declined=${_pip_detour_declined-}

# Sets _pip_detour_typed to what lets a pip know which shell it was typed in; empty in a subshell, which could not be told
# the answer, and in an environment.
function _pip_detour_here {
	typeset -g _pip_detour_typed=''
	# Where something else has taken our place at the prompt, nobody would read the answer there.
	if [[ -o interactive && $ZSH_SUBSHELL == 0 && -z ${VIRTUAL_ENV-} ]] &&
		(( ${precmd_functions[(Ie)_pip_detour_prompt]} )); then
		_pip_detour_typed=zsh,$$,$_pip_detour_file
	fi
}

# Runs `$1`, a pip.
function _pip_detour_pip {
	_pip_detour_here
	if [[ -n $_pip_detour_typed && $* == *install* ]]; then
		_PIP_DETOUR_SHELL=$_pip_detour_typed \command "$@"
		_pip_detour_done $?
	else
		\command "$@"
	fi
}

# After a pip that was typed here: what follows on the same line is in the environment already. `$1`: how it ended. A
# function that was stopped goes on in a subshell, which leaves it to the prompt.
function _pip_detour_done {
	if [[ -n $_pip_detour_typed && $ZSH_SUBSHELL == 0 && -s $_pip_detour_file ]]; then _pip_detour_enter; fi
	return $1
}

# Runs `$1`, a Python. What it would do with pip that a pip of its own would refuse goes by way of our shim: `-m pip install`
# and uninstall, after options of Python's own that say nothing about where pip installs.
function _pip_detour_python {
	local IFS=$'\037' _pip_detour_line MATCH MBEGIN MEND
	local -a match mbegin mend
	_pip_detour_line="$*"
	if [[ -x $_pip_detour_shim && $_pip_detour_line =~ $'^([^\037]+(\037-[BEIOPbdsuv]+|\037-[WX]\037?[A-Za-z0-9_.:=,/+-]+)*)\037-([BEIOPbdsuv]*)m\037?pip\037(install|uninstall|-)' ]]; then
		_pip_detour_line=${MATCH//[^$IFS]/}
		match[1]=${match[1]//$IFS/ }${match[3]:+ -$match[3]}
		_pip_detour_here
		_PIP_DETOUR_PYTHON=$match[1] _PIP_DETOUR_SHELL=$_pip_detour_typed $_pip_detour_shim "${@:$(($#_pip_detour_line + 1))}"
		_pip_detour_done $?
	else
		\command "$@"
	fi
}

# Says once in a shell what `sudo pip install`, somewhere in the command line `$1`, is; it is not changed.
function _pip_detour_sudo {
	if [[ -n ${_pip_detour_warned-} || $1 != *sudo*([[:space:]/]pip(|3*)|-m pip)[[:space:]]install[[:space:]]* ]]; then
		return 0
	fi
	typeset -g _pip_detour_warned=1
	echo "pip-detour: sudo runs the system's own pip as root, without pip-detour; what it writes is root's, not yours" >&2
	echo 'pip-detour: without sudo you choose a place of your own for it: pip install ...' >&2
}

# Before a command line that has `-m pip … install` in it, and only for it, its Pythons have functions: at the prompt `which python`
# and completion find what they always found. $3 is the line with its aliases expanded.
function _pip_detour_preexec {
	local _pip_detour_name
	if [[ $3 == (*[[:space:]]|)sudo[[:space:]]* ]]; then _pip_detour_sudo $3; fi
	if [[ $3 != *-*m*pip[[:space:]]*install* || -e $_pip_detour_state/no-python-m-pip ]]; then return 0; fi
	case ${(L)PIP_DETOUR_PYTHON_M_PIP-} in
	false | no | off | 0) return 0 ;;
	esac
	for _pip_detour_name in ${(zu)3}; do
		if [[ $_pip_detour_name == (python|python3|python3.[0-9]|python3.[0-9][0-9]|py) ]]; then
			_pip_detour_cover $_pip_detour_name _pip_detour_python
			_pip_detour_covered+=($_pip_detour_name)
		fi
	done
}

# What venv's own activate script does, for the environment `$1`. Nothing of the environment is run or read as code.
function _pip_detour_activate {
	local _pip_detour_line='' _pip_detour_name=${1##*/} _pip_detour_version=''
	if [[ $1 != /* || $1 == *:* || ! -f $1/pyvenv.cfg || ! -x $1/bin/python ]]; then return 1; fi
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

# Enters the environment that was installed into by a command of this shell.
function _pip_detour_enter {
	local _pip_detour_line=''
	if [[ -O $_pip_detour_file ]] && _pip_detour_ours $_pip_detour_file; then
		IFS= \read -r _pip_detour_line <$_pip_detour_file || _pip_detour_line=''
		# Emptied, not removed: there is no builtin for that.
		: >|$_pip_detour_file
	fi
	if [[ -z $_pip_detour_line ]] || ! _pip_detour_activate $_pip_detour_line; then return 0; fi
	# Entered because it is remembered here: left on leaving, as if it had been entered on coming.
	_pip_detour_look
	if [[ $_pip_detour_wanted == "$VIRTUAL_ENV" ]]; then
		typeset -gx _pip_detour_auto=$VIRTUAL_ENV
		_pip_detour_declined=''
	fi
}

# Sets _pip_detour_wanted to the environment this person has remembered for this directory or its nearest ancestor.
function _pip_detour_look {
	local _pip_detour_here _pip_detour_up _pip_detour_reach=''
	typeset -g _pip_detour_wanted=''
	case ${(L)PIP_DETOUR_AUTO_ACTIVATE-} in
	true | yes | on | 1) ;;
	'') if [[ ! -e $_pip_detour_state/auto-activate ]]; then return 0; fi ;;
	*) return 0 ;;
	esac
	# What is remembered is remembered by the real path.
	_pip_detour_here=${${PWD:A}%/}
	_pip_detour_up=$_pip_detour_here
	while true; do
		if [[ -O $_pip_detour_state/auto$_pip_detour_up/.pip-detour-environment ]] &&
			_pip_detour_ours $_pip_detour_state/auto$_pip_detour_up/.pip-detour-environment; then
			{
				IFS= \read -r _pip_detour_wanted
				IFS= \read -r _pip_detour_reach
			} <$_pip_detour_state/auto$_pip_detour_up/.pip-detour-environment || :
			if [[ $_pip_detour_reach != alone || $_pip_detour_up == "$_pip_detour_here" ]]; then return 0; fi
			_pip_detour_wanted=''
		fi
		if [[ -z $_pip_detour_up ]]; then return 0; fi
		_pip_detour_up=${_pip_detour_up%/*}
	done
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

# On coming into a directory: enters what is remembered for it, and leaves what was entered so. Never touches what the
# person activated, and does not enter again what they have deactivated. _pip_detour_auto, what was entered so, is
# exported for shells that are started from this one.
function _pip_detour_moved {
	if [[ -z ${_pip_detour_pwd-} && -n ${_pip_detour_auto-} ]]; then
		if [[ ${VIRTUAL_ENV-} == "$_pip_detour_auto" ]]; then _pip_detour_shed; fi
		unset _pip_detour_auto
	fi
	typeset -g _pip_detour_pwd=$PWD
	_pip_detour_look
	if [[ -n ${_pip_detour_auto-} && ${VIRTUAL_ENV-} != "$_pip_detour_auto" ]]; then
		_pip_detour_declined=$_pip_detour_auto
		unset _pip_detour_auto
	fi
	if [[ $_pip_detour_wanted != "$_pip_detour_declined" ]]; then _pip_detour_declined=''; fi
	if [[ -n ${VIRTUAL_ENV-} ]]; then
		if [[ $VIRTUAL_ENV != "${_pip_detour_auto-}" || $VIRTUAL_ENV == "$_pip_detour_wanted" ]]; then return 0; fi
		\deactivate
		unset _pip_detour_auto
	fi
	if [[ -n $_pip_detour_wanted && -z $_pip_detour_declined ]] && _pip_detour_activate $_pip_detour_wanted; then
		typeset -gx _pip_detour_auto=$_pip_detour_wanted
	fi
}

# At each change of directory, for what comes after a `cd` on the same line.
function _pip_detour_chpwd {
	if [[ -n ${_pip_detour_pwd-} && $PWD != "$_pip_detour_pwd" ]]; then _pip_detour_moved; fi
}

# Before each prompt: three comparisons. zsh gives every function of this kind the last command's exit code.
function _pip_detour_prompt {
	if (( $#_pip_detour_covered )); then _pip_detour_uncover; fi
	if [[ -s $_pip_detour_file ]]; then _pip_detour_enter; fi
	if [[ $PWD != "${_pip_detour_pwd-}" ]]; then _pip_detour_moved; fi
	return 0
}

# Gives the command `$1` a function that calls `$2`, unless the person has a function of that name.
function _pip_detour_cover {
	if ! typeset -f $1 >/dev/null; then \builtin eval "function $1 { $2 $1 \"\$@\" }"; fi
}

# Takes away what was there for one command line; not what has taken its place since.
function _pip_detour_uncover {
	local _pip_detour_name
	for _pip_detour_name in ${(u)_pip_detour_covered}; do
		if [[ ${functions[$_pip_detour_name]-} == *_pip_detour_python* ]]; then unset -f $_pip_detour_name; fi
	done
	_pip_detour_covered=()
}

if [[ -x $_pip_detour_shim ]]; then
	_pip_detour_cover pip _pip_detour_pip
	_pip_detour_cover pip3 _pip_detour_pip
	for _pip_detour_name in {6..20}; do
		if [[ -x ${_pip_detour_shim}3.$_pip_detour_name ]]; then
			_pip_detour_cover pip3.$_pip_detour_name _pip_detour_pip
		fi
	done
	unset _pip_detour_name
	typeset -ga precmd_functions
	# First, for a prompt that is put together by a later one to know the environment.
	if (( ! ${precmd_functions[(Ie)_pip_detour_prompt]} )); then
		precmd_functions=(_pip_detour_prompt $precmd_functions)
	fi
	typeset -ga chpwd_functions
	if (( ! ${chpwd_functions[(Ie)_pip_detour_chpwd]} )); then chpwd_functions+=(_pip_detour_chpwd); fi
	typeset -ga preexec_functions
	if (( ! ${preexec_functions[(Ie)_pip_detour_preexec]} )); then preexec_functions+=(_pip_detour_preexec); fi
fi
