"""Put a directory in the place of another at once: swap.py NEW PLACE

Where PLACE is a directory already, the two change names in one system call (renameat2 with RENAME_EXCHANGE, Linux;
renamex_np with RENAME_SWAP, macOS), so that a program in PLACE is there at every moment; NEW is the old one then.
Where the system cannot, two renames follow each other.
"""

import ctypes
import os
import sys


def exchange(new, place):
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        return library.renamex_np(new, place, 2) == 0
    return library.renameat2(-100, new, -100, place, 2) == 0


def main(new, place):
    if not os.path.isdir(place):
        os.rename(new, place)
        return
    try:
        if exchange(os.fsencode(new), os.fsencode(place)):
            return
    except (AttributeError, OSError):
        pass  # A C library without the call.
    aside = new + ".old"
    os.rename(place, aside)
    try:
        os.rename(new, place)
    except OSError:
        os.rename(aside, place)
        raise
    os.rename(aside, new)


main(*sys.argv[1:])
