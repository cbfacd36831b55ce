# Read by config.fish: puts the shims on PATH, and in an interactive shell enters the environment that was just installed
# into. Starts no process, neither here nor at the prompt. The same as hook.bash, in fish's words. pip has no function
# here: fish cannot run a function in the background, nor has it subshells that would have to be told apart.

source (status dirname)/env.fish

if status is-interactive; and test -x (status dirname)/shims/pip
    if string match -q '/*' -- "$XDG_STATE_HOME"
        set -g _pip_detour_state $XDG_STATE_HOME/pip-detour/shell
    else
        set -g _pip_detour_state $HOME/.local/state/pip-detour/shell
    end
    set -g _pip_detour_file $_pip_detour_state/$hostname.$fish_pid
    set -g _pip_detour_shim (status dirname)/shims/pip
    # Lets a pip know which shell it was typed in; it counts only for a child of this very process.
    set -gx _PIP_DETOUR_SHELL fish,$fish_pid,$_pip_detour_file

    # What venv's own activate.fish does, for the environment $argv[1]. Nothing of it is run or read as code.
    function _pip_detour_activate
        set -l environment $argv[1]
        string match -q '/*' -- $environment; and not string match -q '*:*' -- $environment
        and test -f $environment/pyvenv.cfg -a -x $environment/bin/python
        or return 1
        set -l name (string match -r '[^/]*$' -- $environment)
        set -l new_enough 1
        while read -l -L line
            if string match -q 'prompt = *' -- $line
                set name (string replace -r '^prompt = [\'"]?(.*?)[\'"]?$' '$1' -- $line)
            else if string match -qr '^version(_info)? = 3\.(\d|1[0-2])(\.|$)' -- $line
                set new_enough 0
            end
        end <$environment/pyvenv.cfg

        function deactivate -d 'Exit virtual environment and return to normal shell environment'
            if test -n "$_OLD_VIRTUAL_PATH"
                set -gx PATH $_OLD_VIRTUAL_PATH
                set -e _OLD_VIRTUAL_PATH
            end
            if test -n "$_OLD_VIRTUAL_PYTHONHOME"
                set -gx PYTHONHOME $_OLD_VIRTUAL_PYTHONHOME
                set -e _OLD_VIRTUAL_PYTHONHOME
            end
            if test -n "$_OLD_FISH_PROMPT_OVERRIDE"
                set -e _OLD_FISH_PROMPT_OVERRIDE
                if functions -q _old_fish_prompt
                    functions -e fish_prompt
                    functions -c _old_fish_prompt fish_prompt
                    functions -e _old_fish_prompt
                end
            end
            set -e VIRTUAL_ENV
            set -e VIRTUAL_ENV_PROMPT
            if test "$argv[1]" != nondestructive
                functions -e deactivate
            end
        end
        deactivate nondestructive

        set -gx VIRTUAL_ENV $environment
        set -gx _OLD_VIRTUAL_PATH $PATH
        set -gx PATH $VIRTUAL_ENV/bin $PATH
        if set -q PYTHONHOME
            set -gx _OLD_VIRTUAL_PYTHONHOME $PYTHONHOME
            set -e PYTHONHOME
        end
        # From 3.13 on it is set in any case, and without the parentheses.
        if test $new_enough = 1
            set -gx VIRTUAL_ENV_PROMPT $name
        end
        if test -z "$VIRTUAL_ENV_DISABLE_PROMPT"
            # The look of it changed as well.
            set -g _pip_detour_name (set_color 4B8BBE)"($name)"(set_color normal)' '
            if test $new_enough = 0
                set _pip_detour_name (set_color 4B8BBE)"($name) "(set_color normal)
            end
            functions -c fish_prompt _old_fish_prompt
            function fish_prompt
                set -l code $status
                printf '%s' $_pip_detour_name
                _pip_detour_status $code
                _old_fish_prompt
            end
            set -gx _OLD_FISH_PROMPT_OVERRIDE $VIRTUAL_ENV
            if test $new_enough = 0
                set -gx VIRTUAL_ENV_PROMPT "($name) "
            end
        end
        return 0
    end

    # Runs $argv[1], a Python. What it would do with pip that a pip of its own would refuse goes by way of our shim: `-m pip
    # install` and uninstall, after options of Python's own that say nothing about where pip installs.
    function _pip_detour_python
        set -l found (string match -r -- '^([^\x1f]+(?:\x1f-[BEIOPbdsuv]+|\x1f-[WX]\x1f?[\w.:=,/+-]+)*)\x1f-([BEIOPbdsuv]*)m\x1f?pip\x1f(?=install|uninstall|-)' (string join -- \x1f $argv))
        if test -n "$found" -a -x $_pip_detour_shim
            set -l from (count (string split -- \x1f $found[1]))
            set -l words (string replace -a -- \x1f ' ' $found[2])
            test -n "$found[3]"; and set words "$words -$found[3]"
            _PIP_DETOUR_PYTHON=$words $_pip_detour_shim $argv[$from..]
        else
            command $argv
        end
    end

    # Before a command line that has `-m pip … install` in it, and only for it, its Pythons have functions: otherwise they could
    # not be run in the background, and `type python` would show them.
    function _pip_detour_preexec --on-event fish_preexec
        # Nobody would read the answer at the prompt.
        functions -q _pip_detour_prompt; or set -e _PIP_DETOUR_SHELL
        if not set -q _pip_detour_warned
            and string match -qr -- '(^|\s)sudo\s(.*[\s/])?(pip|pip3\S*|-m\s+pip)\s+install\s' "$argv"
            set -g _pip_detour_warned 1
            echo "pip-detour: sudo runs the system's own pip as root, without pip-detour; what it writes is root's, not yours" >&2
            echo 'pip-detour: without sudo you choose a place of your own for it: pip install ...' >&2
        end
        string match -qr -- '-\w*m\s*pip\s.*install' "$argv"; or return 0
        string match -qr -- '(?<!&)&(?![&>])' "$argv"; and return 0
        test -e $_pip_detour_state/no-python-m-pip; and return 0
        string match -qir '^(false|no|off|0)$' -- "$PIP_DETOUR_PYTHON_M_PIP"; and return 0
        for name in (string match -ra -- '(?<![\w./-])(?:python3\.\d+|python3|python|py)(?=\s+-)' "$argv")
            if not functions -q $name
                eval "function $name --wraps $name; _pip_detour_python $name \$argv; end"
                set -ga _pip_detour_covered $name
            end
        end
    end

    function _pip_detour_postexec --on-event fish_postexec
        for name in $_pip_detour_covered
            # Not what has taken its place since.
            if functions $name 2>/dev/null | string match -q '*_pip_detour_python*'
                functions -e $name
            end
        end
        set -e _pip_detour_covered
    end

    function _pip_detour_status
        return $argv[1]
    end

    # True unless $argv[1], which lies there, may be somebody else's: their directory, or a link that leads out of it.
    function _pip_detour_ours
        test -O $_pip_detour_state -a ! -L $argv[1]
    end

    # Enters the environment that was installed into by a command of this shell.
    function _pip_detour_enter
        set -l environment
        if test -O $_pip_detour_file; and _pip_detour_ours $_pip_detour_file
            read -L environment <$_pip_detour_file
            # Emptied, not removed: there is no builtin for that.
            true >$_pip_detour_file
        end
        test -n "$environment"; and _pip_detour_activate $environment; or return 0
        # Entered because it is remembered here: left on leaving, as if it had been entered on coming.
        _pip_detour_look
        if test "$_pip_detour_wanted" = "$VIRTUAL_ENV"
            set -gx _pip_detour_auto $VIRTUAL_ENV
            set -g _pip_detour_declined
        end
    end

    # Sets _pip_detour_wanted to the environment this person has remembered for this directory or its nearest ancestor.
    function _pip_detour_look
        set -g _pip_detour_wanted
        switch (string lower -- "$PIP_DETOUR_AUTO_ACTIVATE")
            case true yes on 1
            case ''
                test -e $_pip_detour_state/auto-activate; or return 0
            case '*'
                return 0
        end
        # What is remembered is remembered by the real path.
        set -l here (builtin realpath -- $PWD 2>/dev/null; or printf '%s\n' $PWD)
        set here (string trim --right --chars=/ -- $here)
        set -l up $here
        while true
            set -l file $_pip_detour_state/auto$up/.pip-detour-environment
            if test -O $file; and _pip_detour_ours $file
                set -l environment
                set -l reach
                read -L environment reach <$file
                if test "$reach" != alone -o "$up" = "$here"
                    set -g _pip_detour_wanted $environment
                    return 0
                end
            end
            test -n "$up"; or return 0
            set up (string replace -r '/[^/]*$' '' -- $up)
        end
    end

    # In a shell that was started from one that had entered an environment by itself: out of it, for this shell to go
    # into the one of its own directory.
    function _pip_detour_shed
        set -l rest
        for directory in $PATH
            test "$directory" = "$VIRTUAL_ENV/bin"; or set -a rest $directory
        end
        set -gx PATH $rest
        if test -n "$_OLD_VIRTUAL_PYTHONHOME"
            set -gx PYTHONHOME $_OLD_VIRTUAL_PYTHONHOME
        end
        set -e VIRTUAL_ENV VIRTUAL_ENV_PROMPT _OLD_VIRTUAL_PATH _OLD_VIRTUAL_PYTHONHOME _OLD_FISH_PROMPT_OVERRIDE
    end

    # On coming into a directory: enters what is remembered for it, and leaves what was entered so. Never touches what
    # the person activated, and does not enter again what they have deactivated. _pip_detour_auto, what was entered so,
    # is exported for shells that are started from this one.
    function _pip_detour_moved
        if test -z "$_pip_detour_pwd" -a -n "$_pip_detour_auto"
            test "$VIRTUAL_ENV" = "$_pip_detour_auto"; and _pip_detour_shed
            set -e _pip_detour_auto
        end
        set -g _pip_detour_pwd $PWD
        _pip_detour_look
        if test -n "$_pip_detour_auto" -a "$VIRTUAL_ENV" != "$_pip_detour_auto"
            set -g _pip_detour_declined $_pip_detour_auto
            set -e _pip_detour_auto
        end
        if test "$_pip_detour_wanted" != "$_pip_detour_declined"
            set -g _pip_detour_declined
        end
        if test -n "$VIRTUAL_ENV"
            test "$VIRTUAL_ENV" = "$_pip_detour_auto" -a "$VIRTUAL_ENV" != "$_pip_detour_wanted"; or return 0
            deactivate
            set -e _pip_detour_auto
        end
        if test -n "$_pip_detour_wanted" -a -z "$_pip_detour_declined"
            _pip_detour_activate $_pip_detour_wanted; and set -gx _pip_detour_auto $_pip_detour_wanted
        end
    end

    # At each change of directory, for what comes after a `cd` on the same line.
    function _pip_detour_chpwd --on-variable PWD
        if test -n "$_pip_detour_pwd" -a "$PWD" != "$_pip_detour_pwd"
            _pip_detour_moved
        end
    end

    # Before each prompt: two comparisons.
    function _pip_detour_prompt --on-event fish_prompt
        if test -s $_pip_detour_file
            _pip_detour_enter
        end
        if test "$PWD" != "$_pip_detour_pwd"
            _pip_detour_moved
        end
    end
end
