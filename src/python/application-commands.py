"""Put the commands of applications where they can be typed, or take an application away again:

    application-commands.py link BIN (NAME ENVIRONMENT)...
    application-commands.py remove BIN ENVIRONMENT...

What pipx does, where there is no pipx; in its words where it has some (pipx/commands/common.py), so that they are read
alike. NAME is the distribution whose commands are wanted, `*` for those of all that the environment holds.
"""

import glob
import importlib.metadata
import os
import re
import shutil
import sys


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def commands_of(name, environment):
    scripts = os.path.join(environment, "bin")
    sites = glob.glob(os.path.join(glob.escape(environment), "lib*", "python3*", "site-packages"))
    found = set()
    for distribution in importlib.metadata.distributions(path=sites):
        if name not in ("*", canonical(distribution.metadata["Name"])):
            continue
        for file in distribution.files or ():
            path = os.path.normpath(str(distribution.locate_file(file)))
            # lib64 may be a link to lib, so only what the path ends in is certain.
            if path == os.path.join(scripts, os.path.basename(path)) and os.access(path, os.X_OK):
                found.add(os.path.basename(path))
    return sorted(found)


def leads_into(link, environment):
    return os.path.islink(link) and os.readlink(link).startswith(environment + "/")


def link(bin_directory, applications):
    wanted = []
    for name, environment in applications:
        commands = commands_of(name, environment)
        if not commands:
            sys.exit("No apps associated with package %s" % os.path.basename(environment))
        wanted += [(environment, command) for command in commands]
    os.makedirs(bin_directory, exist_ok=True)
    made = []
    try:
        for environment, command in wanted:
            path = os.path.join(bin_directory, command)
            target = os.path.join(environment, "bin", command)
            if leads_into(path, environment):
                continue
            try:
                # Fails where anything is, a dangling link too: nothing is ever overwritten.
                os.symlink(target, path)
            except FileExistsError:
                points = "points to %s, not" % os.path.realpath(path) if os.path.islink(path) else "does not match"
                print("File exists at %s and %s %s. Not modifying." % (path, points, target), file=sys.stderr)
            else:
                made.append(path)
    except BaseException:
        for path in made:
            os.unlink(path)
        raise
    for _, environment in applications:
        unlink(bin_directory, environment, lambda path: not os.path.exists(path))


def unlink(bin_directory, environment, condition):
    if not os.path.isdir(bin_directory):
        return
    for name in os.listdir(bin_directory):
        path = os.path.join(bin_directory, name)
        if leads_into(path, environment) and condition(path):
            os.unlink(path)


def main(action, bin_directory, *rest):
    if action == "link":
        link(bin_directory, list(zip(rest[::2], rest[1::2])))
        return
    for environment in rest:
        if not os.path.isfile(os.path.join(environment, "pyvenv.cfg")):
            sys.exit("%s is no environment" % environment)
        unlink(bin_directory, environment, lambda path: True)
        shutil.rmtree(environment)


main(*sys.argv[1:])
