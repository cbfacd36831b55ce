"""Whatever is looked at: this ends soon, never grows large, starts no program and writes nothing but pip's cache."""

import os
import signal
import socket
import sys
import threading

RECEIVED = 48_000_000  # bytes from all servers together; the longest pages of PyPI have 5 million
MEMORY = 1_500_000_000  # bytes
LONGEST = 2_000_000  # bytes of one file of metadata


def limit(patience):
    """Whatever happens, this ends after so many seconds and never grows large, and no terminal is there to ask at."""
    # OpenSSL asks at the terminal for the passphrase of a client's certificate, whatever stdin is.
    try:
        os.setsid()
    except OSError:
        pass
    # The thread lets what was written stand; the signal ends even what no thread can interrupt.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, patience + 1)
    timer = threading.Timer(patience, os._exit, [0])
    timer.daemon = True
    timer.start()
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, ValueError, OSError):
        pass
    left = [RECEIVED]
    read = socket.SocketIO.readinto

    def counted(self, buffer):
        size = read(self, buffer)
        left[0] -= size or 0
        if left[0] < 0:
            os._exit(0)
        return size

    socket.SocketIO.readinto = counted

    def watch():
        try:
            while os.read(0, 512):
                pass
        except OSError:
            pass
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def start_nothing():
    """No program is started: with PIP_PYTHON pip's parser would start another pip, which installs."""

    def hook(event, args):
        if event in ("subprocess.Popen", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system"):
            raise PermissionError("nothing is started here")

    sys.addaudithook(hook)


def only_cache(cache):
    """Files are written below the cache alone."""
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    begins = os.path.join(os.path.realpath(cache), "") if cache else None

    def within(path):
        if not isinstance(path, (str, bytes)):
            return True
        path = os.fsdecode(path)
        return begins is not None and os.path.join(os.path.realpath(path), "").startswith(begins)

    def hook(event, args):
        if event == "open":
            path, mode, flags = args
            wanted = set(mode) & set("wax+") if mode else flags & writing
            if wanted and path != os.devnull and not within(path):
                raise PermissionError("only pip's cache is written")
        elif event in ("os.mkdir", "os.remove", "os.rename", "os.rmdir") and not within(args[0]):
            raise PermissionError("only pip's cache is written")

    sys.addaudithook(hook)
