"""Make a Python that is externally managed, out of this one: managed-python.py DIRECTORY

For `pip-detour demo` on a machine whose own Python is not. DIRECTORY becomes an installation of its own: a copy of the
executable, links to the standard library and to pip, and the marker of PEP 668. A virtual environment would not do,
since PEP 668 exempts those; a link to the executable would not either, since Python follows it to find its prefix.
Exit code 3: the pip here is older than 23.0, the first that looks for the marker.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig

MARKER = """[externally-managed]
Error=This Python was made for a demonstration of pip-detour. It plays the part of a
 distribution's Python, which pip may not change.
"""
NAME = "python%d.%d" % sys.version_info[:2]


def link_all(source, target, without):
    os.makedirs(target)
    for name in os.listdir(source):
        if name not in without:
            os.symlink(os.path.join(source, name), os.path.join(target, name))


def main(directory):
    spec = importlib.util.find_spec("pip")
    if spec is None or not spec.origin:
        sys.exit("this Python has no pip")
    pip = os.path.dirname(spec.origin)
    import pip as package

    if int(package.__version__.split(".")[0]) < 23:
        sys.exit(3)

    scripts = os.path.join(directory, "bin")
    os.makedirs(scripts)
    executable = getattr(sys, "_base_executable", None) or sys.executable
    shutil.copy(os.path.realpath(executable), os.path.join(scripts, NAME))
    for name in ("python3", "python"):
        os.symlink(NAME, os.path.join(scripts, name))

    for kind in {"stdlib", "platstdlib"}:
        library = os.path.realpath(sysconfig.get_path(kind, vars={"base": sys.base_prefix, "platbase": sys.base_prefix}))
        target = os.path.join(directory, os.path.relpath(library, os.path.realpath(sys.base_prefix)))
        if not os.path.exists(target):
            link_all(library, target, {"site-packages", "dist-packages", "EXTERNALLY-MANAGED"})
        with open(os.path.join(target, "EXTERNALLY-MANAGED"), "w") as marker:
            marker.write(MARKER)

    python = os.path.join(scripts, "python3")
    ask = "import site; print('\\n'.join(site.getsitepackages()))"
    sites = subprocess.check_output([python, "-I", "-c", ask], universal_newlines=True).splitlines()
    # Where Debian's own packages lie, on a Debian.
    shared = os.path.join(directory, "lib", "python3", "dist-packages")
    packages = shared if shared in sites else sites[0]
    if not packages.startswith(directory + os.sep):
        sys.exit("this Python does not run from a copy")
    os.makedirs(packages, exist_ok=True)
    beside = os.path.dirname(pip)
    for name in os.listdir(beside):
        if name == "pip" or (name.startswith("pip-") and name.endswith("-info")):
            os.symlink(os.path.join(beside, name), os.path.join(packages, name))
    for name in ("pip", "pip3"):
        script = os.path.join(scripts, name)
        with open(script, "w") as file:
            file.write("#!%s\nimport sys\nfrom pip._internal.cli.main import main\nsys.exit(main())\n" % python)
        os.chmod(script, 0o755)


main(*sys.argv[1:])
