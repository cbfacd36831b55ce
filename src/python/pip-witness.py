# -*- coding: utf-8 -*-
"""Be a pip, and notice what it says: pip-witness.py --then LINE SCRIPT ARGUMENT… | --held SEEN SCRIPT … | --heard NUMBER SCRIPT … | --waiting NODE START NAME REAL ARGUMENT…

Started by the Python that runs SCRIPT, which is a pip's own script (or -m: the module pip). It becomes that pip in the
same process. What pip is about to say about an externally managed Python (PEP 668) is noticed where it makes that
error, right after it has read the marker.

--then LINE   pip has everything to itself; once it has refused, LINE follows its message. Started by shims/unattended.sh
              in place of SCRIPT, so that everything that is sent to it, a kill -9 as well, ends pip and nothing is left.
--held        pip can change nothing: its first attempt to change a file, to connect or to start a program is its end.
              pip looks for the marker before any of that. What it prints comes as it prints it; SEEN are those of its
              streams (`12`; `-`: none) that the person has as a terminal, however they are caught here. Descriptor 3
              is told `refuses` (pip came to its own end) or `cut` (it was ended after its message), with the path of
              this Python; nothing where pip did not refuse.
--heard NUMBER   pip is as it is, with its streams as they are; what it says, an error with all of a build's output, is
              written to this descriptor as well, which nothing that pip starts gets. (With a log of pip's own, `--log`,
              pip would show neither its spinner nor that output any more.)
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


class Witness:
    """An audit hook that notices the refusal."""

    def __init__(self):
        self.refused = False
        self.watching = False

    def __call__(self, event, args):
        if event == "open" and str(args[0]).endswith("/EXTERNALLY-MANAGED"):
            self.watch()

    def watch(self):
        # The marker is read for the text of this error, right before it is raised; over some markers pip stumbles before.
        error = getattr(sys.modules.get("pip._internal.exceptions"), "ExternallyManagedEnvironment", None)
        if error is None or self.watching:
            return
        self.watching = True
        made = error.__init__

        def noted(this, *given, **named):
            self.refused = True
            made(this, *given, **named)

        error.__init__ = noted


class Holding(Witness):
    """One that ends pip before it changes anything."""

    def __call__(self, event, args):
        if event == "open":
            name, mode, flags = args
            if str(name).endswith("/EXTERNALLY-MANAGED"):
                self.watch()
            # PyPy has wrong flags for what is opened by a mode.
            elif (set(mode) & set("wax+") if mode else flags & WRITING) and name != os.devnull:
                self.end("cut")
        elif event == "subprocess.Popen":
            # What pip asks about the machine it can do without; what matters would fail.
            raise OSError("nothing is started here")
        elif event in CHANGES:
            self.end("cut")

    def end(self, how):
        flush()
        if self.refused:
            os.write(3, how.encode() + b" " + os.fsencode(sys.executable))
        os._exit(0)

    def without_log(self):
        """A log that pip was told to write is left to the pip that may: this one is cut where it would begin."""
        import logging.handlers

        def emit(*_):
            if self.refused:
                self.log_wanted = True

        self.log_wanted = False
        logging.handlers.RotatingFileHandler.emit = emit


def flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            pass


def run(script):
    """Becomes pip; ends as pip ends."""
    if script == "-m":
        import runpy

        runpy.run_module("pip", run_name="__main__", alter_sys=True)
        return
    with open(script, "rb") as file:
        code = compile(file.read(), script, "exec")
    exec(code, becoming(script))


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
        flush()
        os.write(2, os.fsencode(line) + b"\n")
    except (OSError, ValueError):
        # A reader that has gone away must not become the ending.
        pass


def as_by_pip_alone(kind, error, trace):
    """A traceback without this file in it."""
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    sys.__excepthook__(kind, error.with_traceback(trace), trace)


def then(line, script):
    witness = Witness()
    sys.addaudithook(witness)
    try:
        run(script)
    except SystemExit as ending:
        if ending.code == 1 and witness.refused:
            add(line)
        raise


def held(seen, script):
    sys.dont_write_bytecode = True
    for number, stream in (("1", sys.stdout), ("2", sys.stderr)):
        if number in seen and stream is not None:
            stream.isatty = lambda: True
    witness = Holding()
    witness.without_log()
    sys.addaudithook(witness)
    code = 0
    try:
        run(script)
    except SystemExit as ending:
        code = ending.code
    except BaseException:
        pass
    if code != 1:
        os._exit(0)
    witness.end("cut" if witness.log_wanted else "refuses")


# Of one thing pip says no more is told than its end, in characters: a build's output may have no end.
LONGEST = 400000
# logging's, which is loaded later.
WARNING = 30


def heard(descriptor, script):
    import logging
    import logging.config

    number = int(descriptor)
    os.set_inheritable(number, False)
    make = logging.getLogRecordFactory()

    tags = {}
    printed = Printed()

    def made(*given, **named):
        record = make(*given, **named)
        try:
            if printed.takes(record):
                return record
            notice_files(tags)
            told = words(record) + told_of(tags, record) + printed.by(record)
            told = told[-LONGEST:].encode("utf-8", "backslashreplace") + b"\n"
            while told:
                told = told[os.write(number, told) :]
        except Exception:
            # Nobody listens any more, or it cannot be put into words: pip goes on.
            pass
        return record

    configure = logging.config.dictConfig

    def configured(config):
        configure(config)
        # Why an index gave nothing pip says for --debug alone; its terminal's handler has a level of its own.
        logging.getLogger("pip._internal.index.collector").setLevel(logging.DEBUG)

    logging.setLogRecordFactory(made)
    logging.config.dictConfig = configured
    run(script)


class Printed:
    """What a program that pip starts prints. With -v, or a log of pip's own, pip passes it on line by line among its own words
    (pip/_internal/utils/subprocess.py, call_subprocess). Here it is told as pip tells it without: its lines counted, and only
    where that program failed."""

    def __init__(self):
        self.begin()

    def begin(self):
        self.lines = []
        self.length = 0

    def takes(self, record):
        """Whether it is such a line, or says which program is started; pips before 22 do not tell which has failed."""
        if record.name != "pip.subprocessor" or record.levelno >= WARNING or not tells_failures():
            return False
        if record.args:
            self.begin()
            return True
        self.lines.append(str(record.msg))
        self.length += len(self.lines[-1]) + 1
        # By halves, so that each line is moved once.
        if self.length > LONGEST // 2:
            del self.lines[: (len(self.lines) + 1) // 2]
            self.length = sum(len(line) + 1 for line in self.lines)
        return True

    def by(self, record):
        if record.name != "pip.subprocessor" or not self.lines:
            return ""
        told = "\n[%d lines of output]\n%s\n[end of output]" % (len(self.lines), "\n".join(self.lines))
        self.begin()
        return told


def tells_failures():
    error = getattr(sys.modules.get("pip._internal.exceptions"), "InstallationSubprocessError", None)
    return hasattr(error, "reference")


def notice_files(tags):
    """Ready-made files that this Python cannot take are told by pip for --debug alone, one by one: noted by project."""
    finder = getattr(sys.modules.get("pip._internal.index.package_finder"), "PackageFinder", None)
    log = getattr(finder, "_log_skipped_link", None)
    if log is None or hasattr(log, "notes"):
        return

    def note(filename):
        parts = filename.split("-")
        if len(parts) >= 5 and parts[-1].endswith(".whl"):
            known = tags.setdefault(parts[0].lower().replace("_", "-"), [])
            tag = "-".join(parts[-3:])[:-4]
            if len(known) < 300 and tag not in known:
                known.append(tag)

    def noted(self, link, *rest, **named):
        try:
            note(link.filename)
        except Exception:
            # A pip that is built otherwise goes on all the same.
            pass
        # pip 22.0 names the reason, later ones do not.
        return log(self, link, *rest, **named)

    noted.notes = True
    finder._log_skipped_link = noted


def told_of(tags, record):
    if not str(record.msg).startswith("Could not find a version that satisfies"):
        return ""
    return "".join("\npip-detour: files of %s: %s" % (name, " ".join(found)) for name, found in tags.items())


def words(record):
    """What a record says. An error that pip draws has its words in attributes (pip/_internal/exceptions.py)."""
    said = [record.getMessage()]
    for one in record.args if isinstance(record.args, tuple) else ():
        for name in ("reference", "message", "context", "note_stmt", "hint_stmt"):
            part = getattr(one, name, None)
            if part is not None:
                said.append(str(part))
    if record.exc_info and record.exc_info[1] is not None:
        import traceback

        said += traceback.format_exception(*record.exc_info)
    return "\n".join(said)


# What pip loads to install, by way of the modules that load the rest.
LOADED_BY_ALL = (
    "pip._internal.cli.main", "pip._internal.commands.install", "pip._internal.resolution.resolvelib.resolver",
    "pip._internal.metadata.importlib", "pip._vendor.distro",
)
OWN = "_PIP_DETOUR_"
KEPT = OWN + "KEPT_"


class Declined(BaseException):
    """Node says nothing and ends: another way is to be taken, from the beginning."""


class Waiting:
    """Our side of two pipes. Node writes lines: `go` with changes of variables, `mine` where it runs something else than
    this pip after all, and at last `end` with how all ends; it is written how this pip has ended."""

    def __init__(self, node, words, variables):
        import select
        import signal

        self.signal = signal
        self.arguments = words[3:]
        self.line = b""
        self.came = []
        self.node = None
        self.runner = runner_of_pip()
        self.heard = os.memfd_create("pip-detour")
        theirs, self.out = os.pipe()
        self.into, ours = os.pipe()
        # Unlike select it takes any descriptor, however many the person has open.
        self.heeds = select.poll()
        self.heeds.register(self.into, select.POLLIN)
        for number in (theirs, ours, self.heard):
            os.set_inheritable(number, True)
        told = "%d %d %d %d\n%s\n%s" % (os.getpid(), theirs, ours, self.heard, sys.executable, self.runner)
        variables = dict(variables)
        variables[os.fsencode(OWN + "WAITING")] = os.fsencode(told)
        # Until Node has spoken what is sent to this process is Node's to end by, as where it is the process that was typed.
        self.before = {number: signal.getsignal(number) for number in meant_for_node(signal)}
        for number, action in self.before.items():
            if action not in (None, signal.SIG_IGN):
                signal.signal(number, self.pass_on)
        # Python ignores these from its start on, and for whatever it starts.
        self.node = os.posix_spawn(node, [node] + words, variables, setsigdef=[signal.SIGPIPE, signal.SIGXFSZ])
        for number in self.came:
            os.kill(self.node, number)
        for number in (theirs, ours):
            os.close(number)
        os.set_inheritable(self.heard, False)
        # As the person has them: ssl, say, reads its own as it is loaded.
        for name in list(os.environ):
            if name.startswith(KEPT):
                os.environ[name[len(KEPT):]] = os.environ[name]
            if name.startswith(OWN) and name != OWN + "HOLDS":
                del os.environ[name]

    def pass_on(self, number, _):
        self.came.append(number)
        try:
            if self.node is not None:
                os.kill(self.node, number)
        except OSError:
            # It has ended, and been waited for.
            pass

    def find_spec(self, *_):
        """Before each module is loaded: whether it is still wanted."""
        self.read(0)

    def read(self, patience):
        """Reads what has come, or waits for it."""
        while b"\n" not in self.line and self.heeds.poll(patience):
            part = os.read(self.into, 65536)
            if not part:
                raise Declined
            self.line += part

    def load(self):
        sys.meta_path.insert(0, self)
        try:
            for name in LOADED_BY_ALL:
                __import__(name)
        except Exception:
            # An older pip has others; what is amiss with this one is said once it runs.
            pass
        finally:
            sys.meta_path.remove(self)

    def word(self):
        self.read(None)
        line, self.line = self.line.split(b"\n", 1)
        return line.split(b" ", 1)

    def run(self, changes):
        import json

        if self.came:
            # It came as Node spoke.
            self.end_by(self.came[0])
        for name, value in json.loads(changes.decode("utf-8")).items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        for number, action in self.before.items():
            if action is not None:
                self.signal.signal(number, action)
        sys.argv = [self.runner] + self.arguments
        if not getattr(sys.flags, "safe_path", False):
            sys.path.insert(0, os.path.dirname(os.path.realpath(self.runner)))
        named_as(self.runner)
        ending = None
        try:
            heard(self.heard, self.runner)
        except SystemExit as ended:
            ending = ended
        except KeyboardInterrupt as interrupted:
            self.tell("signal SIGINT")
            self.last_word()
            raise interrupted
        except BaseException:
            sys.excepthook(*sys.exc_info())
            ending = SystemExit(1)
        ending = "code %d" % exit_code(ending)
        self.tell(ending)
        self.stay(ending)

    def tell(self, how):
        flush()
        try:
            os.write(self.out, how.encode() + b"\n")
        except OSError:
            pass

    def stay(self, ending=None):
        """Waits until Node has done the rest, and ends as it says: the keyboard's signals it has itself, others it is sent."""
        signal = self.signal
        for number in meant_for_node(signal):
            keyboards = number in (signal.SIGINT, signal.SIGQUIT)
            signal.signal(number, (lambda number, _: self.came.append(number)) if keyboards else self.pass_on)
        said = self.last_word()
        status = self.status_of_node()
        if said is None and os.WIFSIGNALED(status) and (ending is None or os.WTERMSIG(status) in self.came):
            self.end_by(os.WTERMSIG(status))
        how, what = (said or ending or "code 1").split(" ")
        if how == "signal":
            self.end_by(getattr(signal, what))
        end_at_once(int(what))

    def end_by(self, number):
        if number != self.signal.SIGKILL:
            self.signal.signal(number, self.signal.SIG_DFL)
        os.kill(os.getpid(), number)

    def last_word(self):
        """How all ends, as Node says; None where it has ended without a word."""
        try:
            return self.word()[1].decode()
        except Declined:
            return None

    def status_of_node(self):
        """Waits for its end: where nobody adopts orphans (a container's first process) it would stay for ever."""
        try:
            return os.waitpid(self.node, 0)[1]
        except OSError:
            return 0


def meant_for_node(signal):
    return (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM)


def exit_code(ending):
    """As Python ends at a SystemExit."""
    if ending is None or ending.code is None:
        return 0
    if isinstance(ending.code, int):
        return ending.code & 0xFF
    sys.stderr.write("%s\n" % (ending.code,))
    return 1


def end_at_once(code):
    """Ends as Python does (Py_FinalizeEx), but for freeing all that pip has made one by one, which takes a tenth of pip's time."""
    if not (sys.flags.inspect or sys.flags.interactive or os.environ.get("PYTHONINSPECT")):
        import atexit
        import threading

        try:
            threading._shutdown()
            atexit._run_exitfuncs()
            for stream in (sys.stdout, sys.stderr):
                if stream is not None:
                    stream.flush()
            os._exit(code)
        except (AttributeError, OSError, ValueError):
            # Python has a word of its own for a stream that takes no more.
            pass
    sys.exit(code)


def runner_of_pip():
    """The file that runs this environment's pip (pip 22.3 and later), where its Python finds it first."""
    for entry in sys.path:
        package = os.path.join(entry, "pip")
        if os.path.isfile(os.path.join(package, "__init__.py")):
            return os.path.join(package, "__pip-runner__.py")
    return ""


def as_if_nothing_had_been(node, words, variables):
    """Becomes the Node that the shim would have become."""
    import signal

    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execve(node, [node] + words, variables)
    except OSError as error:
        # As a shell says it, and ends.
        sys.stderr.write("%s: %s\n" % (node, error.strerror))
        sys.exit(127 if isinstance(error, FileNotFoundError) else 126)


def variables_at_start():
    """As the shim has them: Python sets LC_CTYPE where no locale is set (PEP 538), a site's own start whatever it likes."""
    try:
        with open("/proc/self/environ", "rb") as file:
            return dict(entry.split(b"=", 1) for entry in file.read().split(b"\0") if b"=" in entry)
    except OSError:
        return dict(getattr(os, "environb", os.environ))


def waiting(node, words):
    before = variables_at_start()
    pip = None
    try:
        pip = Waiting(node, words, before)
        pip.load()
        how = pip.word()
    except (Declined, Exception):
        status = pip.status_of_node() if pip is not None else 0
        if pip is not None and os.WIFSIGNALED(status) and os.WTERMSIG(status) in pip.came:
            pip.end_by(os.WTERMSIG(status))
        as_if_nothing_had_been(node, words, before)
    if how[0] == b"go":
        pip.run(how[1])
    else:
        pip.stay()


if __name__ == "__main__":
    sys.excepthook = as_by_pip_alone
    if sys.argv[1] == "--waiting":
        # Nothing of ours is to be found in place of what pip loads.
        if sys.path and sys.path[0] == os.path.dirname(os.path.realpath(__file__)):
            del sys.path[0]
        waiting(sys.argv[2], sys.argv[3:])
        sys.exit()
    _how = {"--then": then, "--held": held, "--heard": heard}[sys.argv[1]]
    _given = sys.argv[2]
    sys.argv = sys.argv[3:]
    _script = sys.argv[0]
    if sys.path and sys.path[0] == os.path.dirname(os.path.realpath(__file__)):
        sys.path[0] = os.getcwd() if _script == "-m" else os.path.dirname(os.path.realpath(_script))
    if _script != "-m":
        named_as(_script)
    try:
        _how(_given, _script)
    except SystemExit as _ending:
        if _how is not heard:
            raise
        end_at_once(exit_code(_ending))
