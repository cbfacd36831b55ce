"""Make a small pure-Python wheel: make-wheel.py DIRECTORY NAME VERSION [COMMAND] [REQUIRES ...]

Used by `pip-detour demo` (which must work without a network) and by the tests. The wheel holds one module that can
be imported and says its version, and, when COMMAND is given and is not "-", a console script of that name.
The file format is the binary distribution format of the Python Packaging User Guide.
"""

import base64
import hashlib
import os
import sys
import zipfile


def record(path, data):
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return "%s,sha256=%s,%d" % (path, digest, len(data))


def main(directory, name, version, command="-", *requires):
    module = name.lower().replace("-", "_").replace(".", "_")
    info = "%s-%s.dist-info" % (module, version)
    metadata = ["Metadata-Version: 2.1", "Name: " + name, "Version: " + version]
    metadata += ["Requires-Dist: " + requirement for requirement in requires]
    files = {
        module + "/__init__.py": '__version__ = "%s"\n\n\ndef main():\n    print("%s %s")\n' % (version, name, version),
        info + "/METADATA": "\n".join(metadata) + "\n",
        info + "/WHEEL": "Wheel-Version: 1.0\nGenerator: pip-detour\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    if command != "-":
        files[info + "/entry_points.txt"] = "[console_scripts]\n%s = %s:main\n" % (command, module)
    wheel = os.path.join(directory, "%s-%s-py3-none-any.whl" % (module, version))
    lines = []
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in files.items():
            # A fixed date: the same wheel has the same bytes whenever it is made.
            archive.writestr(zipfile.ZipInfo(path, (2020, 1, 1, 0, 0, 0)), text)
            lines.append(record(path, text.encode()))
        lines.append(info + "/RECORD,,")
        archive.writestr(zipfile.ZipInfo(info + "/RECORD", (2020, 1, 1, 0, 0, 0)), "\n".join(lines) + "\n")
    print(wheel)


main(*sys.argv[1:])
