"""Tell whether a pip refuses a command line: pip-refuses.py SCRIPT ARGUMENT…

Run by the Python that runs SCRIPT, which is a pip's own script (or -m: the module pip), after that very command line
has failed. The script is run again, but can do nothing: its first attempt to change a file, to connect or to start a
program is its end. pip looks for the marker of PEP 668 before any of that. `refuses` is printed where it is about to
say so, with the path of this Python, nothing otherwise.
"""

import os
import sys

# Audit events (docs.python.org/3/library/audit_events.html) of what changes something beyond this process.
CHANGES = {
    "os.chmod", "os.chown", "os.exec", "os.fork", "os.forkpty", "os.kill", "os.link", "os.lockf", "os.mkdir",
    "os.posix_spawn", "os.remove", "os.rename", "os.rmdir", "os.setxattr", "os.spawn", "os.symlink", "os.system",
    "os.truncate", "os.utime", "pty.spawn", "socket.connect", "socket.getaddrinfo",
    "socket.gethostbyname", "socket.sendto", "sqlite3.connect", "tempfile.mkdtemp", "tempfile.mkstemp",
}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main(script, answer):
    def refuses(*_args, **_more):
        os.write(answer, b"refuses " + os.fsencode(sys.executable))
        os._exit(0)

    def watch(event, args):
        if event == "open":
            name, mode, flags = args
            if isinstance(name, str) and os.path.basename(name) == "EXTERNALLY-MANAGED":
                # What the marker says is read to be put into this error; over some markers pip stumbles before.
                error = getattr(sys.modules.get("pip._internal.exceptions"), "ExternallyManagedEnvironment", None)
                if error is not None:
                    error.__init__ = refuses
            # PyPy has wrong flags for what is opened by a mode.
            elif (set(mode) & set("wax+") if mode else flags & WRITING) and name != os.devnull:
                os._exit(0)
        elif event == "subprocess.Popen":
            # What it asks about the machine it can do without; what matters would fail.
            raise OSError("nothing is started here")
        elif event in CHANGES:
            os._exit(0)

    import logging
    import runpy

    # No log file is opened for what is logged nowhere.
    logging.disable(logging.CRITICAL)
    sys.addaudithook(watch)
    if script == "-m":
        runpy.run_module("pip", run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    if sys.path and sys.path[0] == os.path.dirname(os.path.abspath(__file__)):
        sys.path[0] = os.getcwd() if sys.argv[1] == "-m" else os.path.dirname(os.path.realpath(sys.argv[1]))
    sys.argv = sys.argv[1:]
    _answer = os.dup(1)
    _nowhere = os.open(os.devnull, os.O_RDWR)
    for _stream in (0, 1, 2):
        os.dup2(_nowhere, _stream)
    try:
        main(sys.argv[0], _answer)
    finally:
        # Not even what waits to be done at the end.
        os._exit(0)
