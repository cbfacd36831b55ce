"""Runs command lines with and without the shim, in the same place, and tells all that can be seen of each run.

Reads one JSON object from stdin: {"jobs": N, "cases": [...]}; writes one JSON line per case as it is done. Text is one
character per byte both ways, so that nothing is lost. A case:
  root      a directory of its own; `root/home/shop` is stood in. It is made anew for each of the two runs.
  direct    program and arguments of the run without the shim
  through   the same with it
  env       the whole environment
  mode      how the streams are connected, see `connect`
  script    files made before: path below root -> [text, mode]
  stdin     what can be read there
  prepare   what the process does to itself before it becomes the command, see `prepared`
"""
import base64, errno, fcntl, json, os, pty, resource, select, shutil, signal, struct, subprocess, sys, termios, threading
from concurrent.futures import ThreadPoolExecutor

lock = threading.Lock()


def raw(text):
    return text.encode("latin-1")


def make(case):
    root = case["root"]
    shutil.rmtree(root, ignore_errors=True)
    os.makedirs(root + "/home/shop")
    for path, (text, mode) in case.get("script", {}).items():
        file = os.path.join(root, path)
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "wb") as f:
            f.write(raw(text))
        os.chmod(file, mode)


def files(root):
    """Every file below home: what it is, its permissions, and what it holds. Caches hold times and are only named."""
    found = {}
    for directory, directories, names in os.walk(os.fsencode(root) + b"/home"):
        for name in directories + names:
            path = os.path.join(directory, name)
            key = os.path.relpath(path, os.fsencode(root)).decode("latin-1")
            kind = oct(os.lstat(path).st_mode)
            if os.path.islink(path):
                kind += " -> " + os.readlink(path).decode("latin-1")
            elif os.path.isfile(path) and not key.endswith((".pyc", ".log", ".zip", ".whl")):
                with open(path, "rb") as f:
                    kind += " " + f.read(20000).decode("latin-1")
            found[key] = kind
    return found


class Streams:
    """The child's three standard streams, how what it writes is read, and what the other ends are called."""

    def __init__(self, mode, root, given):
        self.mode, self.names, self.child, self.own = mode, {}, [], []
        self.output = {"stdout": b"", "stderr": b""}
        self.terminal = None
        if mode in ("pty", "pty-narrow", "pty-out"):
            self.terminal, slave = pty.openpty()
            columns = 40 if mode == "pty-narrow" else 111
            fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 33, columns, 0, 0))
            self.name(slave, "the terminal")
            self.child = [slave, slave, slave]
            if mode == "pty-out":
                # `pip … > file 2> file` typed at a terminal.
                self.child[1] = self.file(root, "stdout")
                self.child[2] = self.file(root, "stderr")
            return
        stdin = self.pipe("stdin", reads=True)
        if mode == "closed-stdin":
            os.close(stdin)
            stdin = None
        elif given:
            os.write(self.stdin, given)
        os.close(self.stdin)
        self.child = [stdin, None, None]
        if mode == "file":
            self.child[1] = self.file(root, "stdout")
        elif mode != "closed-stdout":
            self.child[1] = self.pipe("stdout")
        if mode == "one-pipe":
            self.child[2] = self.child[1]
        elif mode != "closed-stderr":
            self.child[2] = self.pipe("stderr")
        if mode == "full":
            fcntl.fcntl(self.reads["stdout"], fcntl.F_SETPIPE_SZ, 4096)
            fcntl.fcntl(self.reads["stderr"], fcntl.F_SETPIPE_SZ, 4096)
        if mode == "gone":
            os.close(self.reads.pop("stdout"))

    reads = None

    def name(self, descriptor, name):
        status = os.fstat(descriptor)
        self.names[os.readlink("/proc/self/fd/%d" % descriptor)] = name
        return status

    def pipe(self, name, reads=False):
        read, write = os.pipe()
        self.name(read, "pipe " + name)
        if self.reads is None:
            self.reads = {}
        if reads:
            self.stdin = write
            return read
        self.reads[name] = read
        return write

    def file(self, root, name):
        return os.open(root + "/home/" + name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)

    def started(self):
        for descriptor in set(d for d in self.child if d is not None):
            os.close(descriptor)

    def follow(self, process):
        """Reads until the process has ended and everything it wrote has been read."""
        if self.terminal is not None:
            self.output["stdout"] = self.follow_terminal(process)
            return
        open_ends = {descriptor: name for name, descriptor in self.reads.items()}
        first_line = self.mode == "head"
        while open_ends:
            if self.mode == "full":
                self.wait_until_full(process, open_ends)
            for descriptor in select.select(list(open_ends), [], [])[0]:
                chunk = os.read(descriptor, 65536)
                name = open_ends[descriptor]
                self.output[name] += chunk
                if not chunk or (first_line and name == "stdout" and b"\n" in self.output[name]):
                    os.close(descriptor)
                    del open_ends[descriptor]
        process.wait()
        if first_line:
            self.output["stdout"] = self.output["stdout"].split(b"\n")[0]

    def wait_until_full(self, process, open_ends):
        """A reader that comes only once the writer cannot go on."""
        while process.poll() is None:
            for descriptor in open_ends:
                waiting = struct.unpack("i", fcntl.ioctl(descriptor, termios.FIONREAD, b"\0" * 4))[0]
                if waiting >= 4096:
                    return
            blocked = threading.Event()
            blocked.wait(0.002)

    def follow_terminal(self, process):
        said = b""
        while True:
            try:
                chunk = os.read(self.terminal, 65536)
            except OSError as error:
                if error.errno != errno.EIO:
                    raise
                break
            said += chunk
        process.wait()
        os.close(self.terminal)
        return said


def prepared(wanted, streams, root):
    """What happens in the child before it becomes the command. Order matters: descriptors last."""

    def prepare():
        os.setsid()
        if streams.terminal is not None:
            fcntl.ioctl(streams.child[0], termios.TIOCSCTTY, 0)
        # Nothing of ours stays open beyond 2.
        for number, descriptor in enumerate(streams.child):
            if descriptor is not None:
                os.dup2(descriptor, 100 + number)
        for number in range(3):
            if streams.child[number] is None:
                try:
                    os.close(number)
                except OSError:
                    pass
            else:
                os.dup2(100 + number, number)
        os.closerange(3, 1000)
        for number, path in wanted.get("open", {}).items():
            opened = os.open(root + "/home/" + path, os.O_RDWR | os.O_CREAT, 0o600)
            # Through 200, because what is opened under the very number would be closed at exec.
            os.dup2(opened, 200)
            os.close(opened)
            os.dup2(200, int(number))
            os.close(200)
        if "umask" in wanted:
            os.umask(wanted["umask"])
        if "files" in wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted["files"], resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
        if "cwd" in wanted:
            os.makedirs(raw(wanted["cwd"]), exist_ok=True)
            os.chdir(raw(wanted["cwd"]))
        if wanted.get("gone"):
            os.mkdir("gone")
            os.chdir("gone")
            os.rmdir("../gone")
        # Python ignores some itself; restored here as a shell has them.
        for number in (signal.SIGPIPE, signal.SIGXFSZ):
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_BLOCK, [getattr(signal, name) for name in wanted.get("blocked", [])])
        for name in wanted.get("ignored", []):
            signal.signal(getattr(signal, name), signal.SIG_IGN)

    return prepare


def once(case, command):
    make(case)
    root = case["root"]
    wanted = case.get("prepare", {})
    streams = Streams(case["mode"], root, raw(case.get("stdin", "")))
    with lock:
        process = subprocess.Popen(
            [raw(word) for word in command],
            cwd=root + "/home/shop",
            env={raw(name): raw(value) for name, value in case["env"].items()},
            preexec_fn=prepared(wanted, streams, root),
            close_fds=False,
            restore_signals=False,
        )
        streams.started()
    # A case that hangs is a failure of that case, not of the run.
    watchdog = threading.Timer(case.get("patience", 60), lambda: os.killpg(process.pid, signal.SIGKILL))
    watchdog.start()
    streams.follow(process)
    watchdog.cancel()
    seen = None
    if os.path.exists(root + "/seen.json"):
        with open(root + "/seen.json") as f:
            seen = json.load(f)
        descriptors = seen["descriptors"]
        for number in descriptors:
            link = descriptors[number]["link"]
            descriptors[number]["link"] = streams.names.get(link, link)
    return {
        "code": process.returncode if process.returncode >= 0 else None,
        "signal": signal.Signals(-process.returncode).name if process.returncode < 0 else None,
        "stdout": streams.output["stdout"].decode("latin-1"),
        "stderr": streams.output["stderr"].decode("latin-1"),
        "files": files(root),
        "seen": seen,
    }


def compare(case):
    return {"direct": once(case, case["direct"]), "through": once(case, case["through"])}


def main():
    asked = json.load(sys.stdin)
    with ThreadPoolExecutor(asked["jobs"]) as pool:
        for result in pool.map(compare, asked["cases"]):
            print(json.dumps(result), flush=True)


main()
