"""Runs a pip for real, in a fork per case, up to the point where it would change something.

Usage: python -I pip-deeds.py DIRECTORY-HOLDING-pip; one JSON case {argv, env, cwd} per line in, one JSON deed per line
out: `refused` (pip raised ExternallyManagedEnvironment), `went-on` (it passed the place of the check) or `ended`.
"""

import json
import os
import socket
import sys
import tempfile

sys.path.insert(0, sys.argv[1])
out = os.fdopen(os.dup(1), "w")

import pip
from pip._internal import exceptions
from pip._internal.cli import cmdoptions
from pip._internal.cli import main as entry
from pip._internal.cli import main_parser
from pip._internal.commands import install, uninstall


def run(case, note):
    def tell(word):
        os.write(note, word.encode() + b"\n")

    def went_on(*args, **kwargs):
        tell("went-on")
        os._exit(77)

    known = getattr(exceptions, "ExternallyManagedEnvironment", None)
    if known is not None:
        made = known.__init__

        def init(self, error):
            tell("refused")
            made(self, error)

        known.__init__ = init
    install.cmdoptions.check_dist_restriction = went_on
    uninstall.protect_pip_from_modification_on_windows = went_on
    socket.create_connection = socket.socket.connect = None
    os.environ.clear()
    os.environ.update(case["env"])
    os.chdir(case["cwd"])
    sys.argv = ["pip", *case["argv"]]
    # A pip restarted under another Python is a process of its own, with nothing patched: only its words tell.
    sys.exit(entry.main(case["argv"]))


def ask(case):
    read, note = os.pipe()
    with tempfile.TemporaryFile() as printed:
        child = os.fork()
        if child == 0:
            os.close(read)
            os.set_inheritable(note, False)
            null = os.open(os.devnull, os.O_RDWR)
            os.dup2(null, 0)
            os.dup2(printed.fileno(), 1)
            os.dup2(printed.fileno(), 2)
            try:
                run(case, note)
            except SystemExit as exit:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(exit.code if isinstance(exit.code, int) else 0 if exit.code is None else 1)
            except BaseException as error:
                print(repr(error), flush=True)
                os._exit(1)
            os._exit(0)
        os.close(note)
        with os.fdopen(read) as notes:
            words = notes.read().split()
        _, status = os.waitpid(child, 0)
        printed.seek(0)
        text = printed.read().decode("utf-8", "replace")
    said = "error: externally-managed-environment" in text
    deed = words[-1] if words else ("refused" if said else "ended")
    return {"deed": deed, "code": os.waitstatus_to_exitcode(status), "said": said, "text": text[-2000:]}


def say(value):
    out.write(json.dumps(value) + "\n")
    out.flush()


say({"pip": pip.__version__})
for line in sys.stdin:
    say(ask(json.loads(line)))
