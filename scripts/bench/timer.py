"""Run several command lines in turn and time each from outside: {"runs": N, "sides": [...]} on stdin, JSON on stdout.

A side is {"name", "argv", "env", "cwd", "expect": exit code, "prepare": command line run before and not timed}. Python,
because posix_spawn and wait4 of a small process add a third of a millisecond, and Node's spawnSync three.
"""

import json
import os
import signal
import subprocess
import sys
import time


# Python ignores these, and what is spawned would, too.
as_a_shell_has_them = [signal.SIGPIPE, signal.SIGXFSZ]


def once(side):
    if side.get("prepare"):
        subprocess.run(side["prepare"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.chdir(side["cwd"])
    nothing = [
        (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, "/dev/null", os.O_WRONLY, 0),
    ]
    begin = time.perf_counter_ns()
    pid = os.posix_spawn(side["argv"][0], side["argv"], side["env"], file_actions=nothing, setsigdef=as_a_shell_has_them)
    _, status, usage = os.wait4(pid, 0)
    wall = (time.perf_counter_ns() - begin) / 1e6
    code = os.waitstatus_to_exitcode(status)
    if code != side.get("expect", 0):
        sys.exit("%s: %s ended with %d" % (side["name"], " ".join(side["argv"]), code))
    return wall, (usage.ru_utime + usage.ru_stime) * 1e3


def main():
    asked = json.load(sys.stdin)
    sides = asked["sides"]
    found = {side["name"]: {"wall": [], "cpu": []} for side in sides}
    for run in range(-1, asked["runs"]):
        # Whoever comes first finds other things in the caches than whoever comes second.
        for side in sides if run % 2 == 0 else reversed(sides):
            wall, cpu = once(side)
            if run >= 0:
                found[side["name"]]["wall"].append(wall)
                found[side["name"]]["cpu"].append(cpu)
    json.dump(found, sys.stdout)


main()
