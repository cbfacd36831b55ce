"""Give the environment this Python belongs to a pip of its own: seed-pip.py WHEEL

Run by the environment's own Python. ensurepip does the same by running a whole pip, which takes seconds, and Debian
leaves it out. Unpacking a wheel is what installing it means (Binary distribution format, "Installing a wheel");
the scripts are written by the ScriptMaker inside that very pip, so that they are right for long paths and spaces.
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
    with zipfile.ZipFile(wheel) as archive:
        info = next(name.split("/")[0] for name in archive.namelist() if name.endswith(".dist-info/RECORD"))
    try:
        unpack(wheel, info, site, scripts)
    except BaseException:
        # Half a pip would be taken for a whole one.
        for part in ("pip", info):
            shutil.rmtree(os.path.join(site, part), ignore_errors=True)
        raise


def unpack(wheel, info, site, scripts):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        # The package last: until its directory is there nobody takes it for installed.
        archive.extractall(site, [name for name in names if name.startswith(info)])
        archive.extractall(site, [name for name in names if not name.startswith(info)])

    sys.path.insert(0, site)
    from pip._vendor.distlib.scripts import ScriptMaker

    maker = ScriptMaker(None, scripts)
    maker.variants = {""}
    maker.set_mode = True
    version = "%d.%d" % sys.version_info[:2]
    names = ("pip", "pip3", "pip" + version)
    maker.make_multiple(["%s = pip._internal.cli.main:main" % name for name in names])

    with open(os.path.join(site, info, "INSTALLER"), "w") as file:
        file.write("pip-detour\n")
    # What is recorded is what a later `pip install --upgrade pip` takes away.
    with open(os.path.join(site, info, "RECORD"), "a") as file:
        for name in names:
            file.write("%s,,\n" % os.path.relpath(os.path.join(scripts, name), site).replace(os.sep, "/"))
        file.write("%s/INSTALLER,,\n" % info)


main(sys.argv[1])
