# Read by config.fish: puts pip-detour's shims first on PATH, once, however often this is read.
# An activated virtual environment stays in front: its own pip is the right one. Starts no process.

begin
    set -l shims (status dirname)/shims
    if test -x $shims/pip
        set -l rest
        for directory in $PATH
            test "$directory" = "$shims"; or set -a rest $directory
        end
        set -l front
        if set -q VIRTUAL_ENV; and set -l at (contains -i -- $VIRTUAL_ENV/bin $rest)
            set front $rest[1..$at]
            set -e rest[1..$at]
        end
        set -gx PATH $front $shims $rest
        # Completion of the command pip-detour, in a file that fish reads at the first Tab.
        set -l completions (status dirname)/completions
        if status is-interactive; and not contains -- $completions $fish_complete_path
            # After the person's own, before what fish makes out of the manual page.
            set -g fish_complete_path $fish_complete_path[1] $completions $fish_complete_path[2..-1]
        end
    end
end
