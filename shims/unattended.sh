# shellcheck shell=sh
# shellcheck disable=SC3013,SC2154 # -ef: as in the shim, which sources this file, and variables of both
#
# Where nobody can answer and nothing stands, all there is to do is to let pip refuse and to say one line more. The shell
# does that itself: starting Node takes a fifth of the time that pip takes to refuse, and a container may have none.
#
# Returns, for Node to look closer, wherever something is less than certain: it need not understand much, but may claim
# nothing that src/ would not. test/e2e/unattended-sh.test.ts holds the two together.

# shellcheck source=/dev/null # checked by itself
. "$_pd_home/refuses.sh"

# As isTrue in src/system/variables.ts.
_pd_true() {
	case $1 in
	'' | 0 | [Nn] | [Ff] | [Nn][Oo] | [Oo][Ff][Ff] | [Ff][Aa][Ll][Ss][Ee]) return 1 ;;
	esac
}

# Sets _pd_why to the reason why nobody can answer, as src/flow/attendance.ts words it; false where somebody may, or where
# the hint is another than a sentence.
_pd_nobody() {
	[ -z "${JPY_PARENT_PID-}" ] || return 1
	# agents: npm run docs
	[ -z "${AI_AGENT-}${CLAUDECODE-}${CLAUDE_CODE-}${CURSOR_AGENT-}" ] || return 1
	[ -z "${CODEX_SANDBOX-}${CODEX_THREAD_ID-}${GEMINI_CLI-}${COPILOT_CLI-}" ] || return 1
	[ -z "${OPENCODE-}${REPL_ID-}" ] || return 1
	# end of agents
	# CI services that leave CI unset.
	# services: npm run docs
	[ -z "${JENKINS_URL-}${TEAMCITY_VERSION-}${TF_BUILD-}${CODEBUILD_BUILD_ARN-}" ] || return 1
	[ -z "${bamboo_planKey-}${GO_PIPELINE_LABEL-}" ] || return 1
	# end of services
	_pd_ci='' _pd_terminal=''
	if _pd_true "${CI-}" || _pd_true "${CONTINUOUS_INTEGRATION-}"; then _pd_ci=1; fi
	if [ -t 0 ] && [ -t 2 ]; then _pd_terminal=1; fi
	if [ -n "$_pd_ci" ]; then
		_pd_why='CI is set'
	elif [ "${DEBIAN_FRONTEND-}" = noninteractive ]; then
		_pd_why='DEBIAN_FRONTEND is noninteractive'
	elif _pd_true "${PIP_NO_INPUT-}"; then
		_pd_why='PIP_NO_INPUT is set'
	elif [ -n "$_pd_told" ]; then
		_pd_why=--no-input
	elif [ -z "$_pd_terminal" ]; then
		_pd_why='this is not a terminal'
	else
		return 1
	fi
}

# True when no choice stands, nor any setting of ours that could make a difference.
_pd_nothing_stands() {
	# settings: npm run docs
	[ -z "${VIRTUAL_ENV-}${PIP_DETOUR-}${PIP_DETOUR_ENVIRONMENT-}${PIP_DETOUR_ENVIRONMENT_PLACE-}" ] || return 1
	[ -z "${PIP_DETOUR_ENVIRONMENTS_DIRECTORY-}${PIP_DETOUR_INTERPRETER-}${PIP_DETOUR_INSTALLER-}${PIP_DETOUR_SYSTEM_SITE_PACKAGES-}" ] || return 1
	[ -z "${PIP_DETOUR_ACTIVATE-}${PIP_DETOUR_AUTO_ACTIVATE-}${PIP_DETOUR_ACTIVATION_NOTE-}${PIP_DETOUR_PYTHON_M_PIP-}" ] || return 1
	[ -z "${PIP_DETOUR_REMEMBER-}${PIP_DETOUR_RECORD-}${PIP_DETOUR_ACCESSIBLE-}${PIP_DETOUR_COLOR-}" ] || return 1
	[ -z "${PIP_DETOUR_PROMPT_TIMEOUT-}${PIP_DETOUR_PACKAGE_TIMEOUT-}${PIP_DETOUR_LOOK_AT_INDEX-}${PIP_DETOUR_WAIT_TIMEOUT-}" ] || return 1
	[ -z "${PIP_DETOUR_ALLOW-}${PIP_DETOUR_FORBID-}" ] || return 1
	# end of settings
	case ${PIP_DETOUR_HINT-1} in
	0 | 1) ;;
	*) return 1 ;;
	esac
	case ${HOME-} in
	/*) ;;
	*) return 1 ;;
	esac
	_pd_config=$HOME/.config
	case ${XDG_CONFIG_HOME-} in
	/*) _pd_config=$XDG_CONFIG_HOME ;;
	esac
	_pd_find_state || return 1
	if [ -e "$_pd_state/choices" ] || [ -e "$_pd_config/pip-detour" ]; then return 1; fi
	_pd_rest=/etc/xdg:${XDG_CONFIG_DIRS-}:
	while [ -n "$_pd_rest" ]; do
		[ ! -e "${_pd_rest%%:*}/pip-detour" ] || return 1
		_pd_rest=${_pd_rest#*:}
	done
	_pd_file=. _pd_depth=0
	while [ ! -e "$_pd_file/.pip-detour.toml" ]; do
		if [ -e "$_pd_file/pyproject.toml" ]; then _pd_silent "$_pd_file/pyproject.toml" || return 1; fi
		if [ "$_pd_file" -ef / ]; then return 0; fi
		_pd_depth=$((_pd_depth + 1))
		[ "$_pd_depth" -lt 60 ] || return 1
		_pd_file=$_pd_file/..
	done
	return 1
}

# True when file $1 does not mention us. A long one is left to Node: the shell reads byte by byte.
_pd_silent() {
	if [ ! -f "$1" ] || [ ! -r "$1" ]; then return 1; fi
	_pd_read=0
	while IFS= read -r _pd_word || [ -n "$_pd_word" ]; do
		_pd_read=$((_pd_read + 1))
		[ "$_pd_read" -lt 200 ] || return 1
		case $_pd_word in
		*pip-detour* | *\\*) return 1 ;;
		esac
	done <"$1"
}

# Sets _pd_sentence to what helps most in this place; false in those whose hint takes more than a sentence.
_pd_advise() {
	# places: npm run docs
	[ -z "${CODESPACES-}${REMOTE_CONTAINERS-}${DEVCONTAINER-}${GITPOD_WORKSPACE_ID-}" ] || return 1
	[ -z "${DISTROBOX_ENTER_PATH-}${TOOLBOX_PATH-}${KUBERNETES_SERVICE_HOST-}${SUDO_UID-}" ] || return 1
	if [ -e /run/.toolboxenv ] || [ -e /run/systemd/container ] || [ -e /run/host/container-manager ]; then return 1; fi
	# end of places
	_pd_place='' _pd_get=''
	if [ -n "$_pd_ci" ]; then
		if [ "${GITHUB_ACTIONS-}" = true ]; then
			_pd_place=github-actions
		elif [ -n "${GITLAB_CI-}" ]; then
			_pd_place=gitlab-ci
		fi
	elif [ -z "$_pd_terminal" ] && _pd_container && _pd_root; then
		_pd_place=docker-build
		if [ "$_pd_bin" -ef /usr/bin ] && [ ! -e "$_pd_stdlib/ensurepip" ]; then
			# venv: npm run docs
			if [ -x /usr/bin/apt-get ]; then _pd_get="apt-get install -y python$_pd_python-venv && "; fi
			# end of venv
		fi
	elif [ -z "$_pd_terminal" ] && [ -n "${SSH_CONNECTION-}${SSH_CLIENT-}" ]; then
		_pd_place=ssh
	fi
	# sentences: npm run docs
	case $_pd_place in
	github-actions) _pd_sentence="Put a step with uses: actions/setup-python before this one. To choose in advance: PIP_DETOUR=venv $_pd_line (or PIP_DETOUR=pipx, PIP_DETOUR=none)" ;;
	gitlab-ci) _pd_sentence="Use image: python:$_pd_python for this job. To choose in advance: PIP_DETOUR=venv $_pd_line (or PIP_DETOUR=pipx, PIP_DETOUR=none)" ;;
	docker-build) _pd_sentence="In a Dockerfile: RUN ${_pd_get}python3 -m venv /opt/venv, then ENV PATH=/opt/venv/bin:\$PATH; or, as nobody else uses this Python: PIP_DETOUR=break-system-packages $_pd_line" ;;
	ssh) _pd_sentence="With ssh -t, pip-detour has a terminal and can ask. To choose in advance: PIP_DETOUR=venv $_pd_line (or PIP_DETOUR=pipx, PIP_DETOUR=none)" ;;
	*) _pd_sentence="To choose in advance: PIP_DETOUR=venv $_pd_line (or PIP_DETOUR=pipx, PIP_DETOUR=none)" ;;
	esac
	# end of sentences
}

# As containerAt in src/place/where.ts.
_pd_container() {
	[ -r /proc/self/mountinfo ] || return 1
	_pd_found=''
	while read -r _pd_word _pd_word _pd_word _pd_from _pd_at _pd_rest; do
		[ "$_pd_at" = / ] || continue
		case ${_pd_rest#* - } in
		overlay\ * | aufs\ * | fuse.fuse-overlayfs\ * | fuse-overlayfs\ *) _pd_found=1 ;;
		esac
		case $_pd_from in
		*/docker/* | */containers/* | */containerd/* | */buildkit/*) _pd_found=1 ;;
		esac
		break
	done </proc/self/mountinfo
	[ -n "$_pd_found" ] || return 1
	if [ -e /run/.containerenv ] || [ -e /.dockerenv ]; then return 0; fi
	_pd_word=''
	if [ -r /proc/1/comm ]; then read -r _pd_word </proc/1/comm; fi
	case $_pd_word in
	'' | systemd | init | runit | s6-svscan | openrc-init) return 1 ;;
	esac
}

_pd_root() {
	while read -r _pd_word _pd_at _pd_rest; do
		if [ "$_pd_word" = Uid: ]; then
			[ "$_pd_at" = 0 ]
			return
		fi
	done </proc/self/status
	return 1
}

# Becomes the real pip, which refuses and then says $_pd_sentence (src/python/pip-witness.py). As a child of ours it would miss what
# is sent to us alone: a shell hands nothing on while it waits, and dash and busybox make what they start in the
# background deaf to the keyboard's signals. Returns where pip is started with more than its Python's name.
_pd_become() {
	case $_pd_line1 in
	*"$_pd_interpreter" | '#!/bin/sh') ;;
	*) return ;;
	esac
	# Linux takes no longer argument than 131072 bytes.
	if [ ${#_pd_sentence} -gt 100000 ] || [ ! -r "$_pd_home/lib/pip-witness.py" ]; then return; fi
	unset _PIP_DETOUR_SHELL
	exec "$_pd_interpreter" "$_pd_home/lib/pip-witness.py" --then "$_pd_sentence" "$_pd_real" "$@"
}

# The whole of it: does not return where it is certain that pip refuses and nobody can be asked.
_pd_unattended() {
	if ! _pd_plain "$@" || ! _pd_nobody || ! _pd_nothing_stands || ! _pd_managed || ! _pd_unchanged; then return; fi
	if [ "$_pd_loud" -lt 0 ] || [ "${PIP_DETOUR_HINT-1}" = 0 ]; then _pd_run "$@"; fi
	if _pd_advise; then
		_pd_sentence="pip-detour: you were not asked, because $_pd_why. $_pd_sentence. PIP_DETOUR_HINT=0 silences this line."
		_pd_become "$@"
	fi
}

# Where Node is gone, at a terminal: once a day the refusal is followed by what to do about that. Returns on all other days.
_pd_without_node() {
	if [ "${PIP_DETOUR_HINT-1}" = 0 ] || [ -n "${CI-}" ]; then return; fi
	for _pd_word; do
		case $_pd_word in
		-q* | --quiet) return ;;
		esac
	done
	_pd_find_state || return
	_pd_file=$_pd_state/without-node
	if [ -n "$(find "$_pd_file" -mtime -1 2>/dev/null)" ]; then return; fi
	if ! { mkdir -p "$_pd_state" && : >"$_pd_file"; } 2>/dev/null; then return; fi
	_pd_sentence='pip-detour: you were not asked, because there is no Node.js any more. To get one for pip-detour alone: pip-detour setup --with-node'
	_pd_become "$@"
}
