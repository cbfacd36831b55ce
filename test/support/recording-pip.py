"""A pip that writes down all it can see of how it was started, then ends as STANDIN says. Its `#!` line is added."""
import fcntl, json, os, resource, signal, sys, termios


def read(name):
    with open("/proc/self/" + name, "rb") as f:
        return f.read().decode("latin-1")


descriptors = {}
for number in sorted(os.listdir("/proc/self/fd"), key=int):
    try:
        descriptors[number] = {
            "link": os.readlink("/proc/self/fd/" + number),
            "flags": fcntl.fcntl(int(number), fcntl.F_GETFL),
            "terminal": os.isatty(int(number)),
        }
    except OSError:
        pass
width = next((list(os.get_terminal_size(int(n))) for n in descriptors if descriptors[n]["terminal"]), None)
settings = next((repr(termios.tcgetattr(int(n))) for n in descriptors if descriptors[n]["terminal"]), None)
status = dict(line.split(":\t", 1) for line in read("status").splitlines() if ":\t" in line)
umask = os.umask(0)
os.umask(umask)
try:
    directory = os.getcwdb().decode("latin-1")
except FileNotFoundError:
    directory = None
ending = os.environ.get("STANDIN", "0")
standin = sys.stdin.read() if ending == "read" else None
seen = {
    "argv": read("cmdline").split("\0")[:-1],
    "environment": sorted(read("environ").split("\0")[:-1]),
    "descriptors": descriptors,
    "terminal": {"size": width, "settings": settings},
    "directory": directory,
    "umask": umask,
    "ignored": status["SigIgn"],
    "blocked": status["SigBlk"],
    "limits": {n: resource.getrlimit(getattr(resource, n)) for n in dir(resource) if n.startswith("RLIMIT_")},
    "nice": os.nice(0),
    "group": os.getpgrp() == os.getsid(0),
    "stdin": standin,
}
file = os.environ.get("STANDIN_SEEN") or os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(sys.argv[0]))), "seen.json")
with open(file, "w") as f:
    json.dump(seen, f)
if ending == "flood":
    # Python ignores SIGPIPE; as a program in C has it.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    while True:
        os.write(1, b"one line of many\n" * 100)
if ending == "much":
    for at in range(3000):
        os.write(1 + at % 2, b"line %d of stdout or stderr\n" % at)
if ending.startswith("SIG"):
    number = getattr(signal, ending)
    if number != signal.SIGKILL:
        signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
sys.exit(int(ending) if ending.isdigit() else 0)
