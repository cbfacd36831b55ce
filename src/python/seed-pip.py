"""Give the environment this Python belongs to a pip of its own: seed-pip.py WHEEL

Run by the environment's own Python. ensurepip does the same by running a whole pip, which takes seconds, and Debian
leaves it out. Unpacking a wheel is what installing it means (Binary distribution format, "Installing a wheel");
the scripts are written by the ScriptMaker inside that very pip, so that they are right for long paths and spaces.

Half a pip would be taken for a whole one, so all of it is made ready in a room of its own in the same file system, and
only then moved to its places, each in one step. What is left behind where this is killed, or fails, execute.ts clears.
"""

import os
import shutil
import sys
import sysconfig
import zipfile


def main(wheel):
    site = sysconfig.get_path("purelib")
    scripts = sysconfig.get_path("scripts")
    if os.path.exists(os.path.join(site, "pip")):
        return
    room = os.path.join(sys.prefix, ".pip-detour-pip")
    shutil.rmtree(room, ignore_errors=True)
    info, names = prepare(wheel, room, site, scripts)
    os.rename(os.path.join(room, info), os.path.join(site, info))
    for name in names:
        os.rename(os.path.join(room, "bin", name), os.path.join(scripts, name))
    # The package last: until its directory is there nobody takes it for installed.
    os.rename(os.path.join(room, "pip"), os.path.join(site, "pip"))
    shutil.rmtree(room)


def prepare(wheel, room, site, scripts):
    with zipfile.ZipFile(wheel) as archive:
        info = next(name.split("/")[0] for name in archive.namelist() if name.endswith(".dist-info/RECORD"))
        archive.extractall(room)

    sys.path.insert(0, room)
    from pip._vendor.distlib.scripts import ScriptMaker

    os.mkdir(os.path.join(room, "bin"))
    maker = ScriptMaker(None, os.path.join(room, "bin"))
    maker.variants = {""}
    maker.set_mode = True
    version = "%d.%d" % sys.version_info[:2]
    names = ("pip", "pip3", "pip" + version)
    maker.make_multiple(["%s = pip._internal.cli.main:main" % name for name in names])

    with open(os.path.join(room, info, "INSTALLER"), "w") as file:
        file.write("pip-detour\n")
    # What is recorded is what a later `pip install --upgrade pip` takes away.
    with open(os.path.join(room, info, "RECORD"), "a") as file:
        for name in names:
            file.write("%s,,\n" % os.path.relpath(os.path.join(scripts, name), site).replace(os.sep, "/"))
        file.write("%s/INSTALLER,,\n" % info)
    return info, names


main(sys.argv[1])
