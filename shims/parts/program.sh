# shellcheck shell=sh disable=SC2034 # read by those that this is put into
# What shims/pip and shims/pip-detour have in common; the build puts it into both.

_pd_default_path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

case $0 in
/*) _pd_self=$0 ;;
*) _pd_self=./$0 ;;
esac

# Sets _pd_data to the directory that this person's programs lie in, /dev/null where there is none.
_pd_find_data() {
	case ${XDG_DATA_HOME-}:${HOME-} in
	/*) _pd_data=$XDG_DATA_HOME ;;
	*:/*) _pd_data=$HOME/.local/share ;;
	*) _pd_data=/dev/null ;;
	esac
}

# Sets _pd_state to where this program keeps what it remembers; false where there is no such place.
_pd_find_state() {
	case ${XDG_STATE_HOME-}:${HOME-} in
	/*) _pd_state=$XDG_STATE_HOME/pip-detour ;;
	*:/*) _pd_state=$HOME/.local/state/pip-detour ;;
	*) return 1 ;;
	esac
}

# Sets _pd_home to where this program is installed; false when nothing there can be started.
_pd_locate() {
	_pd_home=${_pd_self%/*}/..
	if [ -f "${_pd_self%/*}/pip-detour" ] && [ -f "$_pd_home/lib/start.cjs" ]; then return 0; fi
	# We were called through a link or a copy elsewhere.
	_pd_find_data
	_pd_home=$_pd_data/pip-detour
	[ -f "$_pd_home/lib/start.cjs" ]
}

# Sets _pd_node to the Node recorded at installation, else to the one that --with-node brought beside us, else to the first
# on PATH; false when there is none. None is looked for in the directory one stands in, unless that is one's home.
_pd_find_node() {
	_pd_node='' _pd_here=/
	if [ -r "$_pd_home/node" ]; then IFS= read -r _pd_node <"$_pd_home/node"; fi
	_pd_rest=$_pd_home/../pip-detour-node/bin:${PATH-$_pd_default_path}:
	while :; do
		case $_pd_node in
		# A version manager's node refuses to run where no version is set.
		*/shims/node | "$_pd_here"/*) ;;
		/*) if [ -f "$_pd_node" ] && [ -x "$_pd_node" ]; then return 0; fi ;;
		esac
		[ -n "$_pd_rest" ] || return 1
		case ${HOME-}/ in
		"${PWD:-/}"/*) ;;
		*) _pd_here=${PWD:-/} ;;
		esac
		_pd_node=${_pd_rest%%:*}/node
		_pd_rest=${_pd_rest#*:}
	done
}

# Keeps from Node what would kill it, slow it down or make it talk; src/system/variables.ts gives it back to pip.
_pd_keep() {
	for _pd_word in NODE_OPTIONS NODE_EXTRA_CA_CERTS NODE_V8_COVERAGE NODE_DEBUG OPENSSL_CONF FORCE_COLOR; do
		# Node warns where it contradicts one of the others.
		case $_pd_word${NO_COLOR+x}${NODE_DISABLE_COLORS+x} in
		FORCE_COLOR)
			unset _PIP_DETOUR_KEPT_FORCE_COLOR
			continue
			;;
		esac
		eval "
			unset _PIP_DETOUR_KEPT_$_pd_word
			if [ -n \"\${$_pd_word+set}\" ]; then
				export _PIP_DETOUR_KEPT_$_pd_word=\"\$$_pd_word\"
				unset $_pd_word
			fi
		"
	done
}
