# Read by config.fish: puts the shims on PATH, and in an interactive shell sees to the environments: the one that was just
# installed into, and the one of the directory one stands in. Starts no process, neither here nor at the prompt. The same
# as hook.bash, in fish's words. pip has no function here: fish cannot run a function in the background.

set -l here (status dirname)
source $here/env.fish

if status is-interactive; and test -x $here/shims/pip
    set -g _pip_detour_shim $here/shims/pip
    switch "$XDG_STATE_HOME:$HOME"
        case '/*'
            set -g _pip_detour_state $XDG_STATE_HOME/pip-detour/shell
        case '*:/*'
            set -g _pip_detour_state $HOME/.local/state/pip-detour/shell
        case '*'
            # Where nothing is, nor can be.
            set -g _pip_detour_state /dev/null/shell
    end
    set -g _pip_detour_file $_pip_detour_state/$hostname.$fish_pid
    # Lets a pip know which shell it was typed in, and that this enters an environment before its next prompt; it counts only
    # for a child of this very process.
    set -gx _PIP_DETOUR_SHELL fish,$fish_pid,prompt,$_pip_detour_file

    # [start] What every shell reads; the build puts what follows [rest] into a file of its own, hook-rest.fish, which is
    # read where it is first needed, together with this part once more: by then it may be that of a newer program.

    # Reads the rest; false where it is gone.
    function _pip_detour_load
        set -l rest (string replace -r '/shims/pip$' /lib/../hook-rest.fish -- $_pip_detour_shim)
        test -r $rest; or return 1
        set -g _pip_detour_whole
        source $rest
        test -n "$_pip_detour_whole"; or return 1
        # For the directory that the shell came into without it.
        test -z "$_pip_detour_pwd"; or _pip_detour_look
        return 0
    end

    # Prints an environment in the directory $argv[1] of a name that many have; false where there is none.
    function _pip_detour_usual
        for name in .venv venv env ENV .env virtualenv .virtualenv
            if test -e $argv[1]/$name/pyvenv.cfg
                printf '%s\n' $argv[1]/$name
                return 0
            end
        end
        return 1
    end

    # False for certain where nothing follows from being in this directory: nothing is remembered for it or above, nor may be
    # by another name of it.
    function _pip_detour_stirs
        test -n "$_pip_detour_auto"; and return 0
        test -e $_pip_detour_state/auto; or return 1
        set -l up (builtin realpath -- $PWD 2>/dev/null; or printf '%s\n' $PWD)
        set up (string trim --right --chars=/ -- "$up")
        while not test -e $_pip_detour_state/auto$up/.pip-detour-environment
            _pip_detour_usual $up >/dev/null; and return 0
            test -n "$up"; or return 1
            set up (string replace -r '/[^/]*$' '' -- $up)
        end
    end

    # These stand for those of the rest until it is there.
    function _pip_detour_attend
        if test -s $_pip_detour_file
            or begin
                test -n "$VIRTUAL_ENV"; and not test -x $VIRTUAL_ENV/bin/python
            end
            or _pip_detour_stirs
            if _pip_detour_load
                _pip_detour_attend $argv
                return
            end
        end
        set -g _pip_detour_pwd $PWD
    end
    function _pip_detour_moved
        if not _pip_detour_stirs
            set -g _pip_detour_pwd $PWD
        else if _pip_detour_load
            _pip_detour_moved
        end
    end
    function _pip_detour_line
        string match -qr 'pip|sudo' -- "$argv"; or return 0
        _pip_detour_load; and _pip_detour_line $argv
    end

    # Before a command line.
    function _pip_detour_preexec --on-event fish_preexec
        # Nobody would read the answer at the prompt.
        functions -q _pip_detour_prompt; or set -e _PIP_DETOUR_SHELL
        # What direnv had to do first is done.
        test "$_pip_detour_pwd" = .; and _pip_detour_moved
        _pip_detour_line $argv
    end

    # At each change of directory, for what comes after a `cd` on the same line.
    function _pip_detour_chpwd --on-variable PWD
        if test -n "$_pip_detour_pwd" -a "$PWD" != "$_pip_detour_pwd"
            _pip_detour_moved
        end
    end

    # Before each prompt: a few comparisons.
    function _pip_detour_prompt --on-event fish_prompt
        set -l code $status
        if test "$PWD" != "$_pip_detour_pwd" -o -s $_pip_detour_file -o -n "$_pip_detour_into$_pip_detour_changes" -o "$_pip_detour_listed" = 1
            or begin
                test -n "$VIRTUAL_ENV"; and not test -x $VIRTUAL_ENV/bin/python
            end
            _pip_detour_attend $code
        end
    end

    # [rest]

    # What venv's own activate.fish does, for the environment $argv[1]. Nothing of it is run or read as code.
    function _pip_detour_activate
        set -l environment $argv[1]
        string match -q '/*' -- $environment; and not string match -q '*:*' -- $environment
        and test -f $environment/pyvenv.cfg -a -x $environment/bin/python
        or return 1
        set -l name (string match -r '[^/]*$' -- $environment)
        # A hundred projects have one of that name each; theirs tells them apart.
        if string match -qr '^(\.?(venv|env|virtualenv)|ENV)$' -- $name
            set -l project (string match -r '([^/]+)/[^/]*$' -- $environment)[2]
            test -n "$project"; and set name $project
        end
        set -l new_enough 1
        while read -l -L line
            if string match -q 'prompt = *' -- $line
                set name (string replace -r '^prompt = [\'"]?(.*?)[\'"]?$' '$1' -- $line)
            else if string match -qr '^version(_info)? = 3\.(\d|1[0-2])(\.|$)' -- $line
                set new_enough 0
            end
        end <$environment/pyvenv.cfg

        function deactivate -d 'Exit virtual environment and return to normal shell environment'
            # What the person, or a program of theirs, has set since stays: only what was added is taken away.
            if test -n "$_OLD_VIRTUAL_PATH"
                # By its own script none of ours was noted.
                set -l added $_pip_detour_added
                test -z "$added" -a -n "$VIRTUAL_ENV"; and set added $VIRTUAL_ENV/bin
                set -l at (contains -i -- "$added" $PATH)
                and set -e PATH[$at]
                set -e _OLD_VIRTUAL_PATH
                set -e _pip_detour_added
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
        set -g _pip_detour_added $environment/bin
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

    # True for a word that says no to a setting, as src/settings/kinds.ts reads it.
    function _pip_detour_no
        string match -qir '^(0|f|false|n|no|off)$' -- $argv[1]
    end

    # True for one that says yes.
    function _pip_detour_yes
        string match -qir '^(1|t|true|y|yes|on)$' -- $argv[1]
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

    # Says once in a shell what `sudo pip install`, in the command line $argv[1], is, and once what sudo's python is where
    # this shell is in an environment; nothing is changed. Only where pip or python is sudo's own command, as root, on the
    # system. The patterns are the same in all hooks.
    function _pip_detour_sudo
        set -l sudo '(^|[;&|({][[:space:]]*|[[:space:]](then|do|else|time|and|or|not)[[:space:]]+)sudo([[:space:]]+(-[ABbEHiKkNnPSs]+|-[ABbEHiKkNnPSs]*u[[:space:]]*root|-[gpCT][[:space:]]*[^-[:space:]][^[:space:]]*|--user[=[:space:]]root|--|--(preserve-env(=[^[:space:]]*)?|background|login|non-interactive|set-home|shell|stdin|askpass)|[A-Za-z_][A-Za-z0-9_]*=[^[:space:]]*))*[[:space:]]+'
        set -l installs '(/usr/bin/|/bin/|/usr/local/bin/)?(pip(3(\.[0-9]+)?)?|python(3(\.[0-9]+)?)?([[:space:]]+-[BEIOPbdsuv]+)*[[:space:]]+-[BEIOPbdsuv]*m[[:space:]]*pip)([[:space:]]+-[^[:space:]]+)*[[:space:]]+install([[:space:]]|$)'
        set -l runs '(pip|python)(3(\.[0-9]+)?)?([[:space:]]|$)'
        if not set -q _pip_detour_warned; and string match -qr -- $sudo$installs $argv[1]
            set -g _pip_detour_warned 1
            echo "pip-detour: sudo runs the system's own pip as root, without pip-detour; what it writes is root's, not yours" >&2
            echo 'pip-detour: without sudo, pip-detour asks you where to install it: pip install ...' >&2
        else if test -n "$VIRTUAL_ENV"; and not set -q _pip_detour_sudoed; and string match -qr -- $sudo$runs $argv[1]
            set -g _pip_detour_sudoed 1
            set -l name (_pip_detour_short $VIRTUAL_ENV)
            _pip_detour_say "sudo most likely runs the system's Python, not this environment's; to run this one: sudo $name/bin/python ..."
        end
    end

    # Notes of the command line $argv[1] what is said of it once it has worked.
    function _pip_detour_heed
        # By its name alone: `uv pip list` and `.venv/bin/pip list` are of another. The patterns are the same in all hooks.
        set -l lists '(^|[;&|({!]|[[:space:]](then|do|else|time|and|or|not))[[:space:]]*((command|env|time|nice|noglob|nocorrect|-p|[A-Za-z_][A-Za-z0-9_]*=("[^"]*"|[^[:space:]"])*)[[:space:]]+)*["\\\\]?(pip(3(\.[0-9]+)?)?|python(3(\.[0-9]+)?)?([[:space:]]+-[BEIOPbdsuv]+)*[[:space:]]+-[BEIOPbdsuv]*m[[:space:]]*pip)"?([[:space:]]+-[^[:space:]]+)*[[:space:]]+(list|freeze|show|check)([[:space:];&|>)]|$)'
        set -l changing '(^|[[:space:];&|({!/"\\\\])(pip(3(\.[0-9]+)?)?|-[BEIOPbdsuv]*m[[:space:]]*pip)"?([[:space:]]+-[^[:space:]]+)*[[:space:]]+(un)?install[[:space:]]'
        if set -l found (string match -r -- $changing $argv[1])
            string match -qr 'uninstall\s$' -- $found[1]; or set -g _pip_detour_into $VIRTUAL_ENV
            if test -n "$VIRTUAL_ENV" -a "$VIRTUAL_ENV" = "$_pip_detour_auto"
                set -g _pip_detour_changes $argv[1]
            end
        end
        if test "$_pip_detour_listed" != told
            and string match -qr -- $lists $argv[1]
            and not string match -qr -- ' --python| --path|PIP_PYTHON=| PATH=' $argv[1]
            set -g _pip_detour_listed 1
        end
    end

    # Before a command line that has `-m pip … install` in it, and only for it, its Pythons have functions: otherwise they could
    # not be run in the background, and `type python` would show them.
    function _pip_detour_line
        # Where nothing comes before the prompt.
        set -l last (string match -r -- '(?:^|[;&|\n])\s*(?:(?:and|or|not|time|command|env|\w+=\S*)\s+)*((?:pip|python|py)[\d.]*)\s[^;&|()\n]*$' "$argv")
        if test -n "$last"; and not functions -q $last[2]; and set -q _PIP_DETOUR_SHELL
            set -gx _PIP_DETOUR_SHELL (string replace ,prompt, ,now, -- $_PIP_DETOUR_SHELL)
        end
        _pip_detour_sudo "$argv"
        _pip_detour_heed " $argv "
        string match -qr -- '-\w*m\s*pip\s.*install' "$argv"; or return 0
        string match -qr -- '(?<!&)&(?![&>])' "$argv"; and return 0
        # Whoever asks for a path gets it.
        string match -qr -- '(^|[\s;(])(command|type|which|functions)\s' "$argv"; and return 0
        test -e $_pip_detour_state/no-python-m-pip; and return 0
        _pip_detour_no "$PIP_DETOUR_PYTHON_M_PIP"; and return 0
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
        if string match -q '*,now,*' -- "$_PIP_DETOUR_SHELL"
            set -gx _PIP_DETOUR_SHELL (string replace ,now, ,prompt, -- $_PIP_DETOUR_SHELL)
        end
    end

    function _pip_detour_status
        return $argv[1]
    end

    # True unless $argv[1], which lies there, may be somebody else's: their directory, or a link that leads out of it.
    function _pip_detour_ours
        test -O $_pip_detour_state -a ! -L $argv[1]
    end

    # Notes that we have entered the environment $argv[1] for the directory $argv[2], and with $argv[3] (alone) for no other
    # below it. Exported for shells that are started from this one.
    function _pip_detour_entered
        set -g _pip_detour_declined
        set -gx _pip_detour_auto $argv[1]
        set -gx _pip_detour_for $argv[2]
        test "$argv[3]" = alone; and set _pip_detour_for $argv[2]/.
        return 0
    end

    # Enters the environment that was installed into by a command of this shell.
    function _pip_detour_enter
        set -l environment
        set -l up
        set -l reach
        if test -O $_pip_detour_file; and _pip_detour_ours $_pip_detour_file
            read -L environment up reach <$_pip_detour_file
            # Emptied, not removed: there is no builtin for that.
            true >$_pip_detour_file
        end
        test -n "$environment"; or return 0
        # Something was set or forgotten.
        if test "$environment" = .
            set -g _pip_detour_pwd .
            set -g _pip_detour_declined
            set -e _pip_detour_for
            return 0
        end
        if not _pip_detour_activate $environment
            if test -x $environment/bin/python
                set -l name (_pip_detour_short $environment)
                _pip_detour_say "this shell could not enter the new environment; to use it: $name/bin/python ..."
            end
            return 0
        end
        _pip_detour_look
        set -g _pip_detour_pwd $PWD
        set -g _pip_detour_told 1
        if test "$_pip_detour_wanted" = "$environment"
            set up $_pip_detour_where
            set reach $_pip_detour_how
        end
        # What an older program wrote names no directory.
        if not string match -q '/*' -- "$up"; and test "$_pip_detour_wanted" != "$environment"
            set up $_pip_detour_real
            set -l project (string replace -r '/[^/]*$' '' -- $environment)
            string match -qr -- '^'(string escape --style=regex -- "$project")'/' $_pip_detour_real/; and set up $project
        end
        _pip_detour_entered $environment (string trim --right --chars=/ -- "$up") "$reach"
    end

    # Prints the environment that lies in the directory $argv[1], with $argv[2] (usual) only one of a name that many have;
    # false where there is none. As src/project/environments.ts has it.
    function _pip_detour_holds
        _pip_detour_usual $argv[1]; and return 0
        test "$argv[2]" = usual; and return 1
        set -l settings $argv[1]/*/pyvenv.cfg $argv[1]/.*/pyvenv.cfg
        for file in $settings
            set -l found (string replace -r '/pyvenv.cfg$' '' -- $file)
            string match -qr '\.before-|\.pip-detour-|[._-](old|orig|bak|backup|broken|save)$|~$' -- (string replace -r '^.*/' '' -- $found); and continue
            if test -e $found/bin/python -o -L $found/bin/python
                printf '%s\n' $found
                return 0
            end
        end
        return 1
    end

    # True where a project of its own lies between the directory $argv[1] and the one that one stands in: what is meant for
    # $argv[1] does not reach into it. The names are those of src/project/find.ts.
    function _pip_detour_beyond
        set -l up $_pip_detour_real
        while test -n "$up" -a "$up" != "$argv[1]"
            for name in .git .hg .svn .jj pyproject.toml setup.py setup.cfg uv.lock poetry.lock pdm.lock Pipfile Pipfile.lock \
                pixi.toml pixi.lock pylock.toml environment.yml environment.yaml conda-lock.yml hatch.toml poetry.toml tox.ini \
                noxfile.py dev-requirements.txt test-requirements.txt .pip-detour.toml
                test -e $up/$name; and return 0
            end
            _pip_detour_holds $up >/dev/null; and return 0
            set -l found $up/requirements*.txt $up/requirements*.in $up/requirements*.lock $up/requirements/*.txt $up/pylock.*.toml
            set -q found[1]; and return 0
            set up (string replace -r '/[^/]*$' '' -- $up)
        end
        return 1
    end

    # Sets _pip_detour_real to the real path of the directory one stands in, and where this person has remembered something
    # for it or its nearest ancestor, _pip_detour_known to that environment, _pip_detour_where and _pip_detour_how to the
    # directory and whether it holds there alone; _pip_detour_wanted to the environment where it is to be entered on coming.
    function _pip_detour_look
        set -g _pip_detour_wanted
        set -g _pip_detour_known
        set -g _pip_detour_where
        set -g _pip_detour_how
        set -g _pip_detour_envrc
        set -l always
        # What is remembered is remembered by the real path.
        set -g _pip_detour_real (builtin realpath -- $PWD 2>/dev/null; or printf '%s\n' $PWD)
        set -g _pip_detour_real (string trim --right --chars=/ -- "$_pip_detour_real")
        set -l up $_pip_detour_real
        while true
            if test -z "$_pip_detour_envrc" -a -f $up/.envrc; and functions -q __direnv_export_eval
                set _pip_detour_envrc $up
            end
            set -l file $_pip_detour_state/auto$up/.pip-detour-environment
            if test -O $file; and _pip_detour_ours $file
                read -L _pip_detour_known _pip_detour_how always <$file
                string match -q '/*' -- "$_pip_detour_known"; or set _pip_detour_known
                if test "$_pip_detour_how" != alone -o "$up" = "$_pip_detour_real"
                    break
                end
                set _pip_detour_known
            end
            test -n "$up"; or return 0
            set up (string replace -r '/[^/]*$' '' -- $up)
        end
        set _pip_detour_where $up
        if _pip_detour_beyond "$_pip_detour_where"
            set _pip_detour_known
            set _pip_detour_where
            set _pip_detour_how
            return 0
        end
        switch (string lower -- "$PIP_DETOUR_AUTO_ACTIVATE")
            case answered
                test "$always" = always; and set _pip_detour_wanted $_pip_detour_known
            case ''
                if test -e $_pip_detour_state/auto-activate
                    set _pip_detour_wanted $_pip_detour_known
                else if test "$always" = always -a ! -e $_pip_detour_state/no-auto-activate
                    set _pip_detour_wanted $_pip_detour_known
                end
            case '*'
                _pip_detour_yes "$PIP_DETOUR_AUTO_ACTIVATE"; and set _pip_detour_wanted $_pip_detour_known
        end
        return 0
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

    # The path $argv[1] as it can be typed, and shown.
    function _pip_detour_short
        set -l rest (string replace -r '^'(string escape --style=regex -- "$HOME")'/' '' -- $argv[1])
        if test -n "$HOME" -a "$rest" != "$argv[1]"
            printf '~/%s' (string escape -- $rest)
        else
            string escape -- $argv[1]
        end
    end

    function _pip_detour_say
        echo "pip-detour: $argv[1]" >&2
    end

    # Says once in a shell that it is in the environment of this directory.
    function _pip_detour_note
        set -q _pip_detour_told; or test -e $_pip_detour_state/no-activation-note; and return 0
        _pip_detour_no "$PIP_DETOUR_ACTIVATION_NOTE"; and return 0
        set -g _pip_detour_told 1
        set -l dim ''
        set -l plain ''
        if test -z "$NO_COLOR" -a "$TERM" != dumb; and isatty stderr
            set dim \e'[2m'
            set plain \e'[0m'
        end
        set -l name (_pip_detour_short $VIRTUAL_ENV)
        echo $dim"pip-detour: in $name, as chosen here (deactivate leaves it)"$plain >&2
    end

    # True for certain where the environment $argv[1] runs another Python 3.N than it was made for: that one was upgraded.
    function _pip_detour_changed
        set -l minor
        test -f $argv[1]/pyvenv.cfg; or return 1
        while read -l -L line
            set -l found (string match -r '^version(?:_info)? = 3\.(\d+)' -- $line)
            and set minor $found[2]
        end <$argv[1]/pyvenv.cfg
        set -l now (builtin realpath -- $argv[1]/bin/python 2>/dev/null | string match -r '/python3\.(\d+)$')
        test -n "$minor" -a -n "$now[2]" -a -d $argv[1]/lib/python3.$minor -a "$now[2]" != "$minor"
    end

    # Prints the other place that the environment $argv[1] was made for, as its activate script has it, in quotes or without;
    # false where there is none. What src/place/made-for.ts finds by more.
    function _pip_detour_misplaced
        test -r $argv[1]/bin/activate; or return 1
        while read -l -L line
            set -l found (string match -r '^\s*(?:export\s+)?VIRTUAL_ENV=(["\']?)(/.*)\1\s*$' -- $line)
            or continue
            set -l made (string replace -a '\'"\'"\'' "'" -- $found[3])
            test "$made" != "$argv[1]"; or return 1
            # A link, or the other name of a mount, leads to the same.
            test (builtin realpath -- $made 2>/dev/null; or echo) != (builtin realpath -- $argv[1]); or return 1
            printf '%s\n' $made
            return 0
        end <$argv[1]/bin/activate
        return 1
    end

    # Prints what is wrong with the environment $argv[1], which has a Python; false where nothing is known to be.
    function _pip_detour_ails
        set -l made (_pip_detour_misplaced $argv[1])
        if test -n "$made"
            echo 'was made for '(_pip_detour_short $made)' (moved or copied)'
        else if _pip_detour_changed $argv[1]
            echo 'was made for another Python than it runs now (upgraded)'
        else
            return 1
        end
    end

    # Prints the environment that this directory stands for: what is remembered, else what lies in it, with $argv[1] (usual)
    # by a name that many have, or above.
    function _pip_detour_belongs
        set -l own $_pip_detour_known
        set -l up $_pip_detour_real
        set -l which $argv[1]
        while test -z "$own" -a -n "$up" -a "$up" != "$HOME"
            set own (_pip_detour_holds $up $which)
            # Above, one of another name may lie among somebody's projects.
            set which usual
            set up (string replace -r '/[^/]*$' '' -- $up)
        end
        test -n "$own"; and printf '%s\n' $own
    end

    # In a directory that nothing is remembered for: says where its environment is one that this person has remembered under
    # another name. What merely lies there is nobody's business.
    function _pip_detour_renamed
        test -z "$_pip_detour_known" -a -e $_pip_detour_state/auto; or return 0
        set -l own (_pip_detour_belongs usual)
        test -n "$own"; or return 0
        # Read once in a shell.
        contains -- $own $_pip_detour_placed; and return 0
        set -ga _pip_detour_placed $own
        set -l made (_pip_detour_misplaced $own)
        test -n "$made" -a -O $_pip_detour_state/auto(string replace -r '/[^/]*$' '' -- "$made")/.pip-detour-environment
        and _pip_detour_mourn $own '' 'was made for '(_pip_detour_short $made)' (moved or copied)'
        return 0
    end

    # Prints what is typed where the environment $argv[1] is gone.
    function _pip_detour_gone_for
        if test "$argv[1]" != "$_pip_detour_known" -a "$argv[1]" != "$_pip_detour_auto"
            # It may have been inherited.
            functions -q deactivate; and echo 'to leave it: deactivate'; or echo 'to leave it: set -e VIRTUAL_ENV'
        else if test "$_pip_detour_real" = (string replace -r '/[^/]*$' '' -- $argv[1]) -a -f $_pip_detour_real/requirements.txt
            echo 'to make it anew: pip install -r requirements.txt'
        else
            echo 'to make it anew: pip install ...'
        end
    end

    # Says once in a shell what is wrong with the environment $argv[1]; $argv[3]: what, where it is not that it leads to no
    # Python.
    function _pip_detour_mourn
        contains -- $argv[1] $_pip_detour_dead; and return 0
        # Where nobody may look, nothing is known to be gone.
        set -l up $argv[1]
        while string match -q '/*' -- "$up"; and not test -e $up
            set up (string replace -r '/[^/]*$' '' -- $up)
        end
        test -e "$up" -a ! -x "$up"; and return 0
        set -ga _pip_detour_dead $argv[1]
        set -l name (_pip_detour_short $argv[1])
        set -q argv[3]; or set argv[3] 'leads to no Python (moved, or its Python is gone)'
        if test -e $argv[1] -o -L $argv[1]
            _pip_detour_say "$name$argv[2] $argv[3]; to repair it: pip-detour repair"
        else
            _pip_detour_say "$name$argv[2] is gone; "(_pip_detour_gone_for $argv[1])
        end
    end

    # True unless the environment $argv[1], remembered here, may have been replaced since by one that this person did not
    # choose: its settings or its Python are newer than what was published, or it is a link, which it was not (src/shell/activation.ts has
    # its real path). Then the program is asked, once: it makes the checks that it makes before an install, and what it finds
    # right is as good as published anew; with $argv[2] (broken) what is theirs and does not work is right, too. Where it
    # cannot be asked, nothing is entered: without us, too, a pip would refuse there, while what somebody else has put there
    # would run with every python.
    function _pip_detour_meant
        test "$argv[1]" = "$_pip_detour_known"; or return 0
        set -l told $_pip_detour_state/auto$_pip_detour_where/.pip-detour-environment
        # An older fish knows no -nt.
        test $argv[1]/pyvenv.cfg -nt $told -o $argv[1]/bin/python -nt $told 2>/dev/null
        test $status = 1 -a ! -L $argv[1] -a ! -L $argv[1]/pyvenv.cfg; and return 0
        contains -- $argv[1] $_pip_detour_refused; and return 1
        set -l up $_pip_detour_where
        test -n "$up"; or set up /
        set -l why (command $_pip_detour_shim-detour where --in $up --entering $argv[1] </dev/null 2>/dev/null)
        string match -qr '^(0|3broken$)' -- "$status$argv[2]"; and return 0
        set -ga _pip_detour_refused $argv[1]
        if not string match -q 'not entered: *' -- "$why"
            set -l name (_pip_detour_short $argv[1])
            set why "not entered: $name has changed since you chose it, and pip-detour could not check it; to be in it all the same: source $name/bin/activate.fish"
        end
        _pip_detour_say "$why"
        return 1
    end

    # What follows from leaving the environment that we had entered.
    # direnv, on leaving a directory, sets PATH again as it was when it came there: with what we have left.
    function _pip_detour_leave
        if test -n "$DIRENV_DIR"; and functions -q __direnv_export_eval
            set -g -a _pip_detour_left $VIRTUAL_ENV/bin
            set -g _pip_detour_direnv $DIRENV_DIR
            set -g _pip_detour_pwd .
        end
        deactivate
        set -e _pip_detour_auto
        set -e _pip_detour_for
    end

    # Takes what direnv has put back of that out of PATH again.
    function _pip_detour_sweep
        set -l rest
        for directory in $PATH
            if test "$directory" = "$VIRTUAL_ENV/bin"; or not contains -- $directory $_pip_detour_left
                set -a rest $directory
            end
        end
        # Not before direnv has done so is it done with.
        if test "$DIRENV_DIR" = "$_pip_detour_direnv"
            and not string match -q -- (string sub -s 2 -- $_pip_detour_direnv)'/*' $PWD/
            set -g _pip_detour_pwd .
        else
            set -g _pip_detour_left
        end
        set -gx PATH $rest
    end

    # True where the directory one stands in is one of those that we entered an environment for.
    function _pip_detour_within
        set -q _pip_detour_for; or return 1
        if string match -q '*/.' -- "$_pip_detour_for"
            test "$_pip_detour_for" = "$_pip_detour_real/."
        else
            string match -qr -- '^'(string escape --style=regex -- "$_pip_detour_for")'/' "$_pip_detour_real/"
            and not _pip_detour_beyond "$_pip_detour_for"
        end
    end

    # On coming into a directory: enters what is remembered for it, and leaves what we have entered for another. Never
    # touches what the person activated, and does not enter again what they have deactivated.
    function _pip_detour_moved
        set -l to
        set -l at
        set -l reach
        set -l inside $VIRTUAL_ENV
        if test -z "$_pip_detour_pwd" -a -n "$_pip_detour_auto"
            # What somebody else was in, who came here by `su`, is not this person's.
            set -l mine (test "$VIRTUAL_ENV" = "$_pip_detour_auto" -a -O "$_pip_detour_auto"; and echo 1)
            test "$VIRTUAL_ENV" = "$_pip_detour_auto"; and _pip_detour_shed
            if test -n "$mine"
                set -g _pip_detour_told 1
            else
                set inside
                set -e _pip_detour_auto
                set -e _pip_detour_for
            end
        end
        set -g _pip_detour_pwd $PWD
        test "$_pip_detour_waited" = "$PWD"; or set -g _pip_detour_waited
        test -z "$_pip_detour_left"; or _pip_detour_sweep
        _pip_detour_look
        if test -n "$_pip_detour_known"; and not test -x $_pip_detour_known/bin/python
            test -z "$VIRTUAL_ENV" -o "$VIRTUAL_ENV" = "$_pip_detour_auto"; and _pip_detour_mourn $_pip_detour_known ', remembered here,'
            set _pip_detour_wanted
        else if test -n "$_pip_detour_wanted" -a "$VIRTUAL_ENV" != "$_pip_detour_wanted"
            set -l why (_pip_detour_ails $_pip_detour_wanted)
            if test -n "$why"
                _pip_detour_meant $_pip_detour_wanted broken; and _pip_detour_mourn $_pip_detour_wanted ', remembered here,' $why
                set _pip_detour_wanted
            end
        end
        if test -n "$_pip_detour_auto" -a "$inside" != "$_pip_detour_auto"
            set -g _pip_detour_declined $_pip_detour_auto
            set -e _pip_detour_auto
            set -e _pip_detour_for
        end
        if test "$_pip_detour_wanted" != "$_pip_detour_declined"
            set -g _pip_detour_declined
        end
        if test -n "$_pip_detour_auto"; and _pip_detour_within
            set to $_pip_detour_auto
            set at (string replace -r '/\.$' '' -- "$_pip_detour_for")
            test "$at" != "$_pip_detour_for"; and set reach alone
        end
        # The nearer one counts.
        if test -n "$_pip_detour_wanted" -a -z "$_pip_detour_declined" -a -z "$CONDA_PREFIX"
            if test -z "$to"; or test (string length -- "$_pip_detour_where") -ge (string length -- "$at")
                set to $_pip_detour_wanted
                set at $_pip_detour_where
                set reach $_pip_detour_how
            end
        end
        if test -n "$VIRTUAL_ENV"
            if test "$VIRTUAL_ENV" != "$_pip_detour_auto"
                # What is direnv's is gone with the next prompt, for it comes after us.
                test -n "$DIRENV_DIR"; and set -g _pip_detour_pwd .
                return 0
            end
            test "$VIRTUAL_ENV" = "$to"; or _pip_detour_leave
        end
        if test -z "$to"
            set -e _pip_detour_auto
            set -e _pip_detour_for
            _pip_detour_renamed
            return 0
        end
        if test "$VIRTUAL_ENV" != "$to"
            set -e _pip_detour_auto
            set -e _pip_detour_for
            # What direnv has for this directory, or takes away, comes before what we have: that is done at the prompt after this one.
            set -l theirs (string replace -r '^(?=.)' - -- $_pip_detour_envrc)
            if functions -q __direnv_export_eval; and test "$DIRENV_DIR" != "$theirs" -a "$argv[1]$_pip_detour_waited" != "prompt$PWD"
                test "$argv[1]" = prompt; and set -g _pip_detour_waited $PWD
                set -g _pip_detour_pwd .
                return 0
            end
            _pip_detour_meant $to; and _pip_detour_activate $to; or return 0
            _pip_detour_note
        end
        _pip_detour_entered $to "$at" "$reach"
    end

    # After a pip that ended with $argv[1]: says where it installed, or what it listed, where that is not what this directory stands for.
    function _pip_detour_aftermath
        set -l own (_pip_detour_belongs any)
        if test "$argv[1]" = 0 -a -n "$_pip_detour_into" -a "$_pip_detour_into" = "$VIRTUAL_ENV" -a "$_pip_detour_into" != "$_pip_detour_auto"
            set -l project (string replace -r '/[^/]*$' '' -- $_pip_detour_into)
            if test "$_pip_detour_into" != "$own"
                and not string match -qr -- '^'(string escape --style=regex -- "$project")'/' "$_pip_detour_real/"
                and begin
                    test -n "$own"; or string match -qr '/(\.?venv|env)$' -- $_pip_detour_into
                end
                set -l name (_pip_detour_short $_pip_detour_into)
                _pip_detour_say "installed into $name, which this shell is in (deactivate leaves it)"
            end
        else if test "$_pip_detour_listed" = 1 -a -n "$own" -a "$own" != "$VIRTUAL_ENV"
            and test -x $own/bin/python; and not contains -- $own $_pip_detour_refused
            set -l name (_pip_detour_short $own)
            set -l so "; to enter it: source $name/bin/activate.fish"
            set -l why (_pip_detour_ails $own)
            and set so ", which $why; to repair it: pip-detour repair"
            _pip_detour_say "pip did not look into $name, this directory's environment$so"
            set -g _pip_detour_listed told
        end
    end

    # After a pip of the environment that we entered has changed it: says what to type for the project's list to agree. The
    # program is started only where there is such a list.
    function _pip_detour_record
        string match -qi off -- "$PIP_DETOUR"; and return 0
        for up in $_pip_detour_real (string replace -r '/\.$' '' -- "$_pip_detour_for")
            if test -f $up/requirements.txt -o -f $up/pyproject.toml
                command $_pip_detour_shim-detour record --typed $_pip_detour_changes </dev/null >&2 2>/dev/null
                return
            end
        end
    end

    # After an install by the pip of the environment that we entered has failed: says once in a shell where that is explained.
    # Only the program knows whether it would be: outside, pip may be one that does not refuse.
    function _pip_detour_point
        if set -q _pip_detour_pointed; or string match -q '*uninstall*' -- $_pip_detour_changes; or string match -qi off -- "$PIP_DETOUR"
            return
        end
        command $_pip_detour_shim-detour explain --failed "$_pip_detour_changes" </dev/null >&2 2>/dev/null
        and set -g _pip_detour_pointed 1
    end

    # What there is to be done before a prompt, where there is anything. $argv[1]: how the last command ended.
    function _pip_detour_attend
        if test -s $_pip_detour_file
            _pip_detour_enter
        end
        if test "$PWD" != "$_pip_detour_pwd"
            _pip_detour_moved prompt
        end
        if test -n "$VIRTUAL_ENV"; and not test -x $VIRTUAL_ENV/bin/python
            _pip_detour_mourn $VIRTUAL_ENV ', which this shell is in,'
            test "$VIRTUAL_ENV" = "$_pip_detour_auto"; and _pip_detour_leave
        end
        if test -n "$_pip_detour_changes"
            test "$argv[1]" = 0; and _pip_detour_record
            test "$argv[1]" = 1; and _pip_detour_point
            set -g _pip_detour_changes
        end
        if test -n "$_pip_detour_into" -o "$_pip_detour_listed" = 1
            # What is not found, or does not fit, is as much an answer.
            string match -qr '^(0:|1:1)' -- "$argv[1]:$_pip_detour_listed"; and _pip_detour_aftermath $argv[1]
            set -g _pip_detour_into
            test "$_pip_detour_listed" = told; or set -g _pip_detour_listed
        end
    end

    set -g _pip_detour_whole 1

    # [end]

    # Read again into a shell that has it, as after an upgrade.
    if test -n "$_pip_detour_whole"
        _pip_detour_load
    end
end
