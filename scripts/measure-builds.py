"""Which share of the packages that are named after a failed build makes the next try get farther, on a bare system.

    scripts/measure-builds.py CHROOT RESULTS [NAME …]

CHROOT has Python, pip and a Node in /usr/local/bin and this program in /opt/pd (scripts/platforms.sh plain makes one
without those two); it stays as it is, for each project is installed in a layer that is thrown away. Somebody is played
who says yes to everything: pip install --no-binary NAME NAME, at a terminal, with PIP_DETOUR=venv. RESULTS gets a line
for each project: how it ended, each round (what was missing, who was said to bring it), and the older release that was
taken in the end, where one was. Root, Linux.

A round counts as right where the next try said something new, or was the last and succeeded.
"""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time

PROJECTS = """mysqlclient psycopg2 python-ldap dbus-python pycairo pyaudio pygobject lxml pillow pycurl pyodbc gmpy2 pylibmc
netifaces psutil pysqlite3 pygraphviz pyscard pycups xmlsec gssapi pykerberos python-prctl cysystemd systemd-python pyxattr
pylibacl plyvel hidapi evdev mpi4py pyalsaaudio python-rtmidi pybluez libvirt-python pyicu M2Crypto pyfuse3 fuse-python
pygit2 tesserocr pygresql mariadb python-snappy python-lzo cffi pynacl brotli cvxopt h5py pygame pyproj shapely pymssql
pcapy-ng python-apt uwsgi notmuch2 rpm smbus-cffi pyzmq tables netCDF4 leveldb box2d-py confluent-kafka pysmbc pyfftw
bcrypt sdbus pykcs11 llfuse psycopg-c rasterio""".split()

# A try may take so long, and a project, in seconds.
PATIENCE = 900
LAYER = """mount -t tmpfs -o size=8g none "$1" && mkdir "$1/up" "$1/work" "$1/root" &&
mount -t overlay overlay -o "lowerdir=$2,upperdir=$1/up,workdir=$1/work" "$1/root" || exit 9
root=$1/root; shift 2; mount -t proc proc "$root/proc"; mount --rbind /dev "$root/dev"; mount -t tmpfs none "$root/tmp"
exec chroot "$root" env -i PATH=/opt/pd/shims:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
TERM=xterm-256color PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_DETOUR=venv DEBCONF_NONINTERACTIVE_SEEN=true "$@" """
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[()=>].?|\r")


def install(chroot, name):
    layer = subprocess.run(["mktemp", "-d"], capture_output=True, text=True, check=True).stdout.strip()
    line = f"cd /srv && exec pip install --no-binary {name} {name}"
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp("unshare", ["unshare", "--mount", "sh", "-c", LAYER, "sh", layer, chroot, "sh", "-c", line])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 45, 160, 0, 0))
    said, seen, until, pressed = "", 0, time.monotonic() + PATIENCE, 0
    while time.monotonic() < until:
        if select.select([terminal], [], [], 1)[0]:
            try:
                chunk = os.read(terminal, 65536)
            except OSError:
                break
            if not chunk:
                break
            said += ESCAPES.sub("", chunk.decode(errors="replace"))
        new = said[seen:]
        if re.search(r"Do you want to continue\? \[Y/n\] *$", new):
            seen = len(said)
            os.write(terminal, b"y\n")
        # What is drawn anew as a line is marked is no other question; and a key that came too early is no answer.
        elif time.monotonic() > pressed + 3 and (
            re.search(r"(Install it|Install that|Fetch the list|Take \S+ \S+ instead)[\s\S]*Leave it[\s\S]*enter run", new)
            or (pressed and time.monotonic() > pressed + 8 and re.search(r"enter run[^\n]*\s*$", said))
        ):
            seen = len(said)
            time.sleep(0.6)
            # The first line is taken, also where another is marked.
            os.write(terminal, b"1")
            time.sleep(0.3)
            os.write(terminal, b"\r")
            pressed = time.monotonic()
    else:
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    os.rmdir(layer)
    return said, os.waitstatus_to_exitcode(status)


def judged(name, said, code):
    """The rounds, each with what was missing and who brings it, and whether the next try went farther."""
    rounds = []
    for missing, packages in re.findall(r"(?:The build lacks ((?:(?!The build lacks).)+?); Debian's|does not say plainly what it lacks\. Debian builds \S+ with) (.+?)(?: brings? it\.|\. )", re.sub(r"\s+", " ", said)):
        missing = missing or "what it does not say"
        if not rounds or rounds[-1] != [missing, packages]:
            rounds.append([missing, packages])
    end = re.findall(r"pip-detour: (The build lacks .*?|There .*?|Its .*?|.* requires .*?)(?=pip-detour:|$)", re.sub(r"\s+", " ", said[-4000:]))
    unhelped = code != 0 and re.search(r"still not found|No package is known", said[-4000:])
    right = len(rounds) if code == 0 else max(0, len(rounds) - 1)
    # The last package has helped as well where something else came out after it.
    if code != 0 and rounds and not (unhelped and f"lacks {rounds[-1][0]}" in " ".join(said[-3000:].split())):
        right = len(rounds)
    older = re.findall(r"✓ Take \S+ (\S+) instead", said)
    return {"name": name, "code": code, "rounds": rounds, "right": right, "older": older, "end": end[-1:] if code else []}


def main(chroot, results, names):
    done = {json.loads(line)["name"] for line in open(results)} if os.path.exists(results) else set()
    for name in names or PROJECTS:
        if name in done:
            continue
        start = time.monotonic()
        said, code = install(chroot, name)
        row = {**judged(name, said, code), "seconds": round(time.monotonic() - start)}
        with open(results, "a") as file:
            file.write(json.dumps(row) + "\n")
        with open(f"{results}.{name}.log", "w") as file:
            file.write(said)
        print(row, flush=True)
    rows = [json.loads(line) for line in open(results)]
    named = sum(len(row["rounds"]) for row in rows)
    right = sum(row["right"] for row in rows)
    failed = [row for row in rows if row["rounds"] or row["code"]]
    built = sum(row["code"] == 0 for row in failed)
    print(f"{len(failed)} projects that did not build at once: {built} built in the end; {right} of {named} packages named were right")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
