"""Become a program whose words go to a terminal, and have them told: terminal-witness.py NUMBER STREAMS PROGRAM ARGUMENT…

STREAMS (`2`, `12`) are those of the output streams that are the person's terminal. The program has a terminal of the same
size there; each byte that it writes goes on to the person's at once, as it is, and to descriptor NUMBER as well. It keeps
everything else: its process, its place in the session, stdin, and what the keyboard sends. Where no second terminal can
be had the program runs without.
"""

import os
import signal
import sys


def become(words):
    # Python ignores these, and what it starts would, too.
    for name in ("SIGPIPE", "SIGXFSZ"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    try:
        os.execvpe(words[0], words, variables())
    except OSError as error:
        os.write(2, ("%s cannot be started: %s\n" % (words[0], error.strerror)).encode("utf-8", "backslashreplace"))
        os._exit(127 if isinstance(error, FileNotFoundError) else 126)


def variables():
    """As they were: Python sets LC_CTYPE for itself in the locale C (PEP 538)."""
    try:
        with open("/proc/self/environ", "rb") as file:
            entries = file.read().split(b"\0")
        return dict(entry.split(b"=", 1) for entry in entries if entry.find(b"=") > 0)
    except OSError:
        return os.environb


def second_terminal(real):
    """Its two ends. What is written into it comes out unchanged: the person's own terminal makes its line ends."""
    import termios

    ours, theirs = os.openpty()
    settings = termios.tcgetattr(real)
    settings[1] &= ~termios.OPOST
    termios.tcsetattr(theirs, termios.TCSANOW, settings)
    return ours, theirs


def same_size(real, ours):
    import fcntl
    import termios

    try:
        fcntl.ioctl(ours, termios.TIOCSWINSZ, fcntl.ioctl(real, termios.TIOCGWINSZ, bytes(8)))
    except OSError:
        pass


def hand_on(ours, real, number):
    """Until nobody has the second terminal open any more. The keyboard's signals are the program's, not this one's."""
    for name in ("SIGINT", "SIGQUIT", "SIGTERM", "SIGHUP", "SIGTSTP", "SIGTTOU", "SIGPIPE"):
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    signal.signal(signal.SIGWINCH, lambda *_: same_size(real, ours))
    same_size(real, ours)
    told = number
    while True:
        try:
            words = os.read(ours, 65536)
        except OSError:
            return
        if not words:
            return
        write(real, words)
        if told is not None:
            try:
                write(told, words)
            except OSError:
                told = None


def write(descriptor, words):
    while words:
        words = words[os.write(descriptor, words) :]


def main(number, streams, words):
    real = int(streams[0])
    try:
        ours, theirs = second_terminal(real)
        same_size(real, ours)
    except (ImportError, OSError):
        os.set_inheritable(number, False)
        become(words)
    # The one that hands on is nobody's child, so that the program hears of no child it has not started.
    middle = os.fork()
    if middle == 0:
        if os.fork() == 0:
            os.close(theirs)
            hand_on(ours, real, number)
        os._exit(0)
    os.waitpid(middle, 0)
    os.set_inheritable(number, False)
    for stream in streams:
        os.dup2(theirs, int(stream))
    become(words)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
