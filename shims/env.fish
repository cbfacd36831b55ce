# Read by config.fish: puts pip-detour's shims first on PATH, once, however often this is read.
# An activated virtual environment stays in front: its own pip is the right one. Starts no process.

begin
    set -l here (status dirname)
    set -l shims $here/shims
    if test -x $shims/pip
        set -l rest $PATH
        while contains -- $shims $rest
            set -e rest[(contains -i -- $shims $rest)]
        end
        set -l front
        if set -q VIRTUAL_ENV; and set -l at (contains -i -- $VIRTUAL_ENV/bin $rest)
            set front $rest[1..$at]
            set -e rest[1..$at]
        end
        set -gx PATH $front $shims $rest
        # Completion of the command pip-detour, in a file that fish reads at the first Tab.
        set -l completions $here/completions
        if status is-interactive; and not contains -- $completions $fish_complete_path
            # After the person's own, before what fish makes out of the manual page.
            set -g fish_complete_path $fish_complete_path[1] $completions $fish_complete_path[2..-1]
        end
    end
end
