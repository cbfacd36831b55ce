"""A slow line to a program on a pty: `slow-link.py BYTES_PER_SECOND DELAY_MS COMMAND …`, as over a bad network."""

import fcntl
import os
import pty
import select
import sys
import termios
import time
import tty

rate, delay = int(sys.argv[1]), int(sys.argv[2]) / 1000
pid, master = pty.fork()
if pid == 0:
    os.execvp(sys.argv[3], sys.argv[3:])
fcntl.ioctl(master, termios.TIOCSWINSZ, fcntl.ioctl(0, termios.TIOCGWINSZ, bytes(8)))
tty.setraw(0)
while True:
    readable, _, _ = select.select([0, master], [], [])
    if 0 in readable:
        typed = os.read(0, 1024)
        time.sleep(delay)
        os.write(master, typed)
    if master in readable:
        try:
            shown = os.read(master, 64)
        except OSError:
            break
        if not shown:
            break
        time.sleep(len(shown) / rate)
        os.write(1, shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
