"""Be a pip that is certain to refuse, and say one line more once it has: pip-hint.py LINE SCRIPT ARGUMENT…

Started by shims/unattended.sh in place of SCRIPT, pip's own script, by the Python that runs it. It becomes that pip in
the same process, so that everything that is sent to it, a kill -9 as well, ends pip and nothing is left; a shell that
waits for pip could neither hand a signal on nor start pip in the background without making it deaf to the keyboard's.
"""

import os
import sys


def main(line, script):
    refused = []

    def watch(event, args):
        # Read for the text of this error, right before it is raised; configparser opens it by this name.
        if event != "open" or not str(args[0]).endswith("/EXTERNALLY-MANAGED"):
            return
        error = getattr(sys.modules.get("pip._internal.exceptions"), "ExternallyManagedEnvironment", None)
        if error is None or refused:
            return
        made = error.__init__

        def noted(self, *given, **named):
            refused.append(self)
            made(self, *given, **named)

        error.__init__ = noted

    try:
        with open(script, "rb") as file:
            code = compile(file.read(), script, "exec")
        sys.addaudithook(watch)
        exec(code, becoming(script))
    except SystemExit as ending:
        if ending.code == 1 and refused:
            add(line)
        raise


def becoming(script):
    """The module pip's script runs in, as Python makes it for a script."""
    module = type(sys)("__main__")
    module.__file__ = script
    module.__cached__ = None
    # Up to Python 3.13.
    if "__annotations__" in globals():
        module.__annotations__ = {}
    module.__builtins__ = __builtins__
    module.__loader__ = type(__loader__)("__main__", script)
    sys.modules["__main__"] = module
    return vars(module)


def named_as(script):
    """The name ps and killall know a process by, which Linux takes from the script."""
    try:
        with open("/proc/self/comm", "w") as name:
            name.write(os.path.basename(script))
    except (OSError, ValueError):
        pass


def add(line):
    # With stderr closed 2 may be anything by now.
    if sys.stderr is None:
        return
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os.write(2, os.fsencode(line) + b"\n")
    except (OSError, ValueError):
        # A reader that has gone away must not become the ending.
        pass


def as_by_pip_alone(kind, error, trace):
    """A traceback without this file in it."""
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    sys.__excepthook__(kind, error.with_traceback(trace), trace)


if __name__ == "__main__":
    sys.excepthook = as_by_pip_alone
    if sys.path and sys.path[0] == os.path.dirname(os.path.realpath(__file__)):
        sys.path[0] = os.path.dirname(os.path.realpath(sys.argv[2]))
    _line = sys.argv[1]
    sys.argv = sys.argv[2:]
    named_as(sys.argv[0])
    main(_line, sys.argv[0])
