"""Give the environment this Python belongs to what its own `venv` would have put there: seed.py [--ahead] [--compiled-in PACKAGES] SOURCE ...

Run by the environment's own Python. A source is a wheel, or the directory of an installed package: `…/pip`,
`…/setuptools`. ensurepip does the same by running a whole pip, which takes seconds, and Debian leaves it out.
Unpacking a wheel is what installing it means (Binary distribution format, "Installing a wheel"), and so is copying what
was unpacked elsewhere, with a record of its files; the scripts are written by the ScriptMaker inside that very pip, so
that they are right for long paths and spaces.

Half a pip would be taken for a whole one, so all of it is made ready in a room of its own in the same file system, and
only then moved to its places, each in one step. What is left behind where this is killed, or fails, execute.ts clears.
--compiled-in: what this Python has compiled of the same package in the directory PACKAGES is taken along.
--ahead: moved once a line has come on stdin; a pip may install meanwhile, and sees nothing of the room.
"""

import glob
import importlib.util
import os
import re
import shutil
import sys
import sysconfig
import zipfile

# What belongs to a package beside its own directory.
companions = {"setuptools": ["pkg_resources", "_distutils_hack", "distutils-precedence.pth"]}


def main(sources, compiled_in, told):
    # Whoever removes an environment meanwhile leaves a Python for a moment that belongs to the system and writes there.
    if sys.prefix == sys.base_prefix:
        sys.exit("%s is no environment's Python any more" % sys.executable)
    site = sysconfig.get_path("purelib")
    scripts = sysconfig.get_path("scripts")
    for source in sources:
        name = re.split("[-.]", os.path.basename(source))[0]
        if os.path.exists(os.path.join(site, name)):
            continue
        room = os.path.join(sys.prefix, ".pip-detour-seed")
        shutil.rmtree(room, ignore_errors=True)
        info = unpack(source, room) if source.endswith(".whl") else copy(source, name, room)
        if compiled_in:
            take_compiled(os.path.join(compiled_in, name), os.path.join(room, name))
        commands = write_scripts(room, info) if name == "pip" else []
        if not told():
            sys.exit("not told to go on")
        if os.path.exists(os.path.join(site, name)):
            # Installed meanwhile.
            shutil.rmtree(room)
            continue
        record(os.path.join(room, info), [os.path.relpath(os.path.join(scripts, each), site) for each in commands])
        for each in commands:
            os.rename(os.path.join(room, "bin", each), os.path.join(scripts, each))
        # The package last: until its directory is there nobody takes it for installed.
        others = [each for each in os.listdir(room) if each not in ("bin", name)]
        for each in sorted(others, key=lambda each: each.endswith(".pth")) + [name]:
            os.rename(os.path.join(room, each), os.path.join(site, each))
        shutil.rmtree(room)


def unpack(wheel, room):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(room)
        return next(name.split("/")[0] for name in archive.namelist() if name.endswith(".dist-info/RECORD"))


def take_compiled(package, unpacked):
    """Copy what this Python has compiled of the same package elsewhere: without, a pip compiles itself for a second at its
    first use. It counts for a source of that time and size (PEP 3147), and only for one of the same bytes is it taken."""
    for directory, _, names in os.walk(unpacked):
        there = os.path.join(package, os.path.relpath(directory, unpacked))
        for name in names:
            source, twin = os.path.join(directory, name), os.path.join(there, name)
            compiled = bytes_of(importlib.util.cache_from_source(twin)) if name.endswith(".py") else b""
            if not compiled or bytes_of(twin) != bytes_of(source):
                continue
            place = importlib.util.cache_from_source(source)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "wb") as file:
                file.write(compiled)
            os.utime(source, (os.path.getmtime(twin),) * 2)


def bytes_of(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def copy(package, name, room):
    """Copy an installed package; with its times, so that what is compiled of it counts here, too."""
    parent = os.path.dirname(package)
    os.mkdir(room)
    for each in [name] + companions.get(name, []):
        path = os.path.join(parent, each)
        if os.path.isdir(path):
            shutil.copytree(path, os.path.join(room, each), ignore=others_compiled)
        elif os.path.exists(path):
            shutil.copy2(path, room)
    metadata, entry_points = described(parent, name)
    version = re.search("^Version: *(.+)$", metadata, re.M).group(1)
    info = "%s-%s.dist-info" % (name, version)
    os.mkdir(os.path.join(room, info))
    files = {"METADATA": metadata, "WHEEL": wheel_file, "entry_points.txt": entry_points}
    for file, text in files.items():
        write(os.path.join(room, info, file), text)
    lines = []
    for directory, directories, names in os.walk(room):
        # Nix keeps its packages from being written to, and what is moved has to be.
        os.chmod(directory, 0o755)
        directories[:] = [each for each in directories if each != "__pycache__"]
        lines += [os.path.relpath(os.path.join(directory, each), room) + ",,\n" for each in names]
    write(os.path.join(room, info, "RECORD"), "".join(lines) + "%s/RECORD,,\n" % info)
    return info


def others_compiled(directory, names):
    """What another Python compiled (PEP 3147) is of no use here, and nobody would take it away again."""
    if os.path.basename(directory) != "__pycache__":
        return []
    return [name for name in names if "." + sys.implementation.cache_tag + "." not in name]


wheel_file = "Wheel-Version: 1.0\nGenerator: pip-detour\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def described(parent, name):
    """What is written of an installed package: its metadata, and its entry points (none: empty)."""
    pattern = os.path.join(glob.escape(parent), name + "-*")
    for info in glob.glob(pattern + ".dist-info") + glob.glob(pattern + ".egg-info"):
        for file in ("METADATA", "PKG-INFO"):
            metadata = read(os.path.join(info, file))
            if metadata:
                return metadata, read(os.path.join(info, "entry_points.txt"))
    text = read(os.path.join(parent, name, "__init__.py"))
    version = re.search("^__version__ = [\"'](.+)[\"']", text, re.M).group(1)
    return "Metadata-Version: 2.1\nName: %s\nVersion: %s\n" % (name, version), ""


def write_scripts(room, info):
    sys.path.insert(0, room)
    from pip._vendor.distlib.scripts import ScriptMaker

    os.mkdir(os.path.join(room, "bin"))
    maker = ScriptMaker(None, os.path.join(room, "bin"))
    maker.variants = {""}
    maker.set_mode = True
    version = "%d.%d" % sys.version_info[:2]
    names = ["pip", "pip3", "pip" + version]
    # Before 19.3, as in the wheel that the first 3.7 and 3.8 bring, pip begins elsewhere.
    begins = re.search(r"^pip *= *(\S+)", read(os.path.join(room, info, "entry_points.txt")), re.M)
    begins = begins.group(1) if begins else "pip._internal.cli.main:main"
    maker.make_multiple(["%s = %s" % (name, begins) for name in names])
    return names


def record(info, commands):
    """What is recorded is what a later `pip install --upgrade` takes away."""
    write(os.path.join(info, "INSTALLER"), "pip-detour\n")
    with open(os.path.join(info, "RECORD"), "a") as file:
        for path in commands + [os.path.basename(info) + "/INSTALLER"]:
            file.write("%s,,\n" % path.replace(os.sep, "/"))


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return ""


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


words = sys.argv[1:]
ahead = words[0] == "--ahead" and words.pop(0)
compiled_in = words[0] == "--compiled-in" and words.pop(0) and words.pop(0)
main(words, compiled_in, sys.stdin.readline if ahead else lambda: True)
