"""Let a pip read what it is asked for, and no more: pip-reads.py SEEN SCRIPT ARGUMENT…

Run by the Python that runs SCRIPT, which is a pip's own script (or -m: the module pip). What the command line and its
files ask for is read by pip's own code (RequirementCommand.get_requirements of pip 22.3 to 26.3), as if this Python
were not externally managed. Where pip ends over that (a file that is missing, a directory that is no project, a URL that
cannot be read) it says so itself and ends with its own code. Where it does not, or is not the pip we know, this ends with
0 before anything is fetched, built or changed. SEEN as in pip-witness.py.
"""

import os
import sys


def main(script):
    import importlib
    import runpy

    if script != "-m":
        # As runpy does for a script: its own directory comes first.
        sys.path[0] = os.path.dirname(os.path.realpath(script))
    try:
        install = importlib.import_module("pip._internal.commands.install")
        uninstall = importlib.import_module("pip._internal.commands.uninstall")
        command = importlib.import_module("pip._internal.cli.req_command").RequirementCommand
        read = command.get_requirements
        install.check_externally_managed
        uninstall.check_externally_managed
    except (ImportError, AttributeError):
        os._exit(0)

    def enough(*_args, **_more):
        os._exit(0)

    def only_read(*args, **more):
        for requirement in read(*args, **more):
            # Of a directory to be edited pip looks only later whether it is a project.
            if requirement.editable and requirement.source_dir:
                getattr(requirement, "load_pyproject_toml", lambda: None)()
        os._exit(0)

    install.check_externally_managed = lambda: None
    uninstall.check_externally_managed = enough
    command.get_requirements = only_read
    if script == "-m":
        runpy.run_module("pip", run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    for _number, _stream in (("1", sys.stdout), ("2", sys.stderr)):
        if _number in sys.argv[1] and _stream is not None:
            _stream.isatty = lambda: True
    sys.argv = sys.argv[1:]
    if sys.argv[1] == "-m" and sys.path and sys.path[0] == os.path.dirname(os.path.abspath(__file__)):
        sys.path[0] = os.getcwd()
    sys.argv = sys.argv[1:]
    main(sys.argv[0])
