"""Writes src/detours/system-package/apt-files.txt.br: which package of Debian or Ubuntu brings what a build of
a Python package asks for: a header, a library, a pkg-config or cmake name, a program.

    scripts/build-files.py RELEASE [RELEASE …]

Each RELEASE is a directory, the newest first, with what that release's mirror has as Contents-amd64.gz (Debian has
Contents-all.gz beside it) and Packages files (dists/SUITE/main/binary-amd64), under any names that begin so, and perhaps
its Sources (dists/SUITE/main/source). Nothing is guessed here that the person's own apt does not confirm: apt-cache says
whether the package exists.

The text, before it is compressed, is lines of `KIND KEY PACKAGE…`, sorted, so that what repeats lies together:
  h  a header as #include names it (`libxml/parser.h`), or a directory of headers of one package (`boost/`)
  l  a library as the linker asks for it (`-lpq`: `pq`)      p  a pkg-config name
  c  a cmake package                                         b  a program
  s  a package of a Python project (`python3-lxml`): all that the distribution builds it with, where that is little
Where the package is the line's above, `"` stands for it; where the key begins like the one above, a digit or a letter
says how many characters they share (0-9a-z).
"""

import collections
import gzip
import lzma
import os
import re
import subprocess
import sys

OUT = os.path.join(os.path.dirname(__file__), "../src/detours/system-package/apt-files.txt.br")

# Of several packages that have the very same file: what most people have, or what needs least.
PREFERRED = """libcurl4-openssl-dev libmariadb-dev-compat libmariadb-dev libjpeg62-turbo-dev libjpeg-turbo8-dev libssl-dev
libopenblas-dev libblas-dev liblapack-dev libsdl2-dev libreadline-dev libncurses-dev libdb-dev libhdf5-dev libfuse-dev libfuse3-dev
libmagickwand-6.q16-dev libmagickcore-6.q16-dev libatlas-base-dev libportaudio2 portaudio19-dev libopenmpi-dev libicu-dev libpcre3-dev
libpcre2-dev libxmlsec1-dev unixodbc-dev freetds-dev libgirepository1.0-dev libgdal-dev libpq-dev libkrb5-dev libbsd-dev gcc g++
gfortran default-jdk-headless pkgconf pkg-config cmake meson ninja-build cargo rustc swig libpython3-dev python3-dev linux-libc-dev
libc6-dev ocl-icd-opencl-dev libgl-dev libegl-dev libgles-dev libusb-1.0-0-dev libtirpc-dev libsystemd-dev libudev-dev""".split()
# A file of these is of the compiler, of another processor or of a kernel; nobody's package asks for it by these names.
LEFT_OUT = re.compile(
    r"-cross$|-(i386|x32|armhf|arm64|armel|mips\w*|powerpc\w*|ppc64\w*|riscv64|s390x|alpha|hppa|m68k|sh4|sparc64|ia64|hurd\w*|i686|amd64)-cross$"
    r"|^linux-(headers|kbuild|source|gcp|aws|azure|oem|lib-rust)|^lib(32|64|x32|n32)|^musl|^dietlibc|^mingw|mingw-w64|^klibc|^newlib|^avr|^picolibc|^libnewlib"
    r"|^emscripten|^(lib)?root-|^libghc|^golang|^librust|^rustc-|^node-|^ruby-|^r-cran|^lib\w*-ocaml|^libr-|^libaac-tactics|^gcc-\d|^g\+\+-\d|^libstdc\+\+-\d|^libgcc-\d"
    r"|-dbg$|-dbgsym$|-source$|^(lib)?llvm-\d|^libclang-|^clang-\d|^cpp-\d|^gdc|^gnat|^gm2|^gfortran-\d|^gccgo|^gobjc|^libgphobos|^libgnat|^dpkg-cross|-doc$|-examples$|-tests?$"
    r"|^freebsd-|^xenomai|^hurd|^cross|^binutils-|-pic$|^libkf5\w+-dev-bin$|^libspdlog"
)
NOT_DEVEL = {"debug", "doc", "kernel", "oldlibs", "ruby", "golang", "haskell", "ocaml", "perl", "javascript"}
DEVEL = {"devel", "libdevel", "rust", "vcs", "interpreters"}


def rows(directory):
    """(path, [(section, package)]) of everything in the release."""
    for name in sorted(os.listdir(directory)):
        if "Contents-" not in name:
            continue
        with gzip.open(os.path.join(directory, name), "rb") as file:
            for line in file:
                if not line.startswith((b"usr/include/", b"usr/lib/", b"usr/share/", b"usr/bin/", b"usr/local/")):
                    continue
                if line.startswith((b"usr/share/doc", b"usr/lib/python", b"usr/lib/debug", b"usr/share/locale")):
                    continue
                path, _, owners = line.rstrip().rpartition(b" ")
                path = path.rstrip().decode(errors="replace")
                pairs = [owner.rsplit("/", 1) for owner in owners.decode().split(",")]
                yield path, [(pair[0].split("/")[-1], pair[1]) for pair in pairs if len(pair) == 2]


def names_in(directory):
    """Every package of the release, with its source; and what each depends on."""
    known, depends = {}, {}
    for name in os.listdir(directory):
        if "Packages" not in name:
            continue
        opener = lzma.open if name.endswith("xz") else gzip.open
        with opener(os.path.join(directory, name), "rt", errors="replace") as file:
            package = None
            for line in file:
                if line.startswith("Package: "):
                    package = line[9:].strip()
                    known[package] = package
                elif line.startswith("Source: ") and package:
                    known[package] = line[8:].split()[0]
                elif line.startswith("Depends: ") and package:
                    depends[package] = set(re.findall(r"(?:^|[,|]) *([a-z0-9][a-z0-9+.-]+)", line[9:]))
    return known, depends


def built_with(directory):
    """What each python3-… package is built with: libraries and programs that no index of Python's has."""
    for name in sorted(os.listdir(directory)):
        if "Sources" not in name:
            continue
        opener = lzma.open if name.endswith("xz") else gzip.open
        with opener(os.path.join(directory, name), "rt", errors="replace") as file:
            for stanza in file.read().split("\n\n"):
                field = lambda key: " ".join(re.findall(rf"^{key}:((?:.*\n[ \t])*.*)$", stanza, re.M)).replace("\n", " ")
                binaries = dict(re.findall(r"(python3-[a-z0-9.+-]+) deb \S+ \S+ arch=(\S+)", field("Package-List")))
                if set(binaries.values()) <= {"all"}:
                    continue
                needs = set()
                for one in (field("Build-Depends") + "," + field("Build-Depends-Arch")).split(","):
                    # What is wanted only for tests and documentation, or on another processor.
                    first = one.split("|")[0]
                    if "<" in re.sub(r"\(.*?\)", "", one) or re.search(r"\[(?!!)(?!.*\b(amd64|linux-any|any-amd64)\b)", first):
                        continue
                    package = re.sub(r"[:\s(\[].*", "", first.strip())
                    if package in TOOLS or (re.search(r"^(?!python3|libpython|pypy|librust-|gir1|dpkg-|dh-).*-dev$", package)):
                        needs.add(package)
                if 0 < len(needs) <= FEW:
                    for binary in binaries:
                        if not re.search(r"-(dbg|dbgsym|doc|dev|examples)$", binary):
                            yield binary, sorted(needs)


def what(path):
    """(kind, key, depth) for which a path may be asked."""
    if path.startswith("usr/include/"):
        key = path[len("usr/include/") :]
        for triplet in ("x86_64-linux-gnu/",):
            if key.startswith(triplet):
                key = key[len(triplet) :]
        if key.startswith(("c++/", "asm", "linux/", "python3.")) and not key.endswith("/Python.h"):
            return
        if not re.search(r"\.(h|hh|hpp|hxx|inc|f90|mod)$", key) and "." in key.rsplit("/", 1)[-1]:
            return
        parts = key.split("/")
        for start in range(min(len(parts), 3)):
            yield "h", "/".join(parts[start:]), start
        return
    found = re.match(r"usr/(?:lib(?:/x86_64-linux-gnu)?|share)/pkgconfig/(.+)\.pc$", path)
    if found:
        yield "p", found[1], 0
    found = re.match(r"usr/lib(?:/x86_64-linux-gnu)?(/[\w.+-]+){0,2}/lib([\w+.-]+)\.so$", path)
    if found:
        yield "l", found[2], 1 if found[1] else 0
    found = re.search(r"/cmake/(?:.*/)?([\w.+-]+?)(?:Config|-config)\.cmake$", path)
    if found and re.match(r"usr/(lib|share)/", path):
        yield "c", found[1].lower(), 0
    found = re.match(r"usr/bin/([\w.+-]+)$", path)
    if found and not re.match(r".*linux-gnu|.*mingw|.*-elf-", found[1]):
        yield "b", found[1], 0


def release(directory):
    """kind → key → [(depth, package)]; the packages there are, with their sources; how many headers lie in a directory."""
    known, depends = names_in(directory)
    libraries = {source for package, source in known.items() if re.match(r"lib.*-dev$", package)}
    table = {kind: collections.defaultdict(list) for kind in "hlpcb"}
    crowd = collections.Counter()
    for path, owners in rows(directory):
        for kind, key, depth in what(path):
            for section, package in owners:
                if package not in known or (LEFT_OUT.search(package) and package not in PREFERRED):
                    continue
                if kind == "b":
                    # A build may ask a library's own program which version it is.
                    if section not in DEVEL and not key.endswith("-config") and known[package] not in libraries:
                        continue
                elif section in NOT_DEVEL:
                    continue
                elif kind in "hpl" and section not in DEVEL and not package.endswith("-dev"):
                    continue
                # In a directory of its own and not for developers, it is what a program loads, as Qt Creator does.
                if kind == "l" and depth > 0 and not package.endswith("-dev"):
                    continue
                within = path[: path.rindex("/")]
                if kind == "h" and depth == 0:
                    crowd[within] += 1
                entry = (depth, package, within if kind == "h" else "")
                if entry not in table[kind][key]:
                    table[kind][key].append(entry)
    return table, known, depends, crowd


def unversioned(package, known, depends):
    """`libboost1.74-dev` is what `libboost-dev` brings, which the next release has, too. One figure alone is mostly part of a name: `libfuse-dev` brings no `libfuse3-dev`."""
    plainly = lambda name: re.sub(r"[\d.]+", "", known[name]).strip("-").removesuffix("-defaults")
    for pattern in (r"^(lib[a-z+-]+?)-?[\d.]+(-dev)$", r"^([a-z+-]+?)-?[\d.]+(-dev)$", r"^(lib[a-z+-]+?)[\d.]+(-\w+-dev)$"):
        found = re.match(pattern, package)
        plain = found and found[1] + found[2]
        if plain in known and (package in depends.get(plain, ()) or (re.search(r"\d\.\d", package) and plainly(package) == plainly(plain))):
            return plain
    return package


def best(kind, key, entries, known, depends):
    """The one package to name, or None where nobody can say."""
    least = min(depth for depth, *_ in entries)
    owners = list(dict.fromkeys(unversioned(package, known, depends) for depth, package, _ in entries if depth == least))
    if len(owners) == 1:
        return owners[0]
    for package in PREFERRED:
        if package in owners:
            return package
    # Parts of one source: the one the name speaks of, else the shortest, which is the plain one.
    stem = re.sub(r"[^a-z0-9]", "", key.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower())
    alike = [one for one in owners if re.sub(r"[^a-z0-9]", "", re.sub(r"^lib|-dev$", "", one)).rstrip("0123456789") == stem.rstrip("0123456789")]
    if len(alike) == 1:
        return alike[0]
    if len({known[one] for one in owners}) == 1 and len(owners) <= 4:
        return min(owners, key=lambda one: (len(one), one))
    if kind != "h" and len(owners) <= 3:
        return min(owners, key=lambda one: (not one.endswith("-dev"), len(one), one))
    return None


def shortened(headers):
    """A directory stands for its headers, for the package that has most of them; what another has stays by its own name."""
    result = dict(headers)
    below = collections.defaultdict(collections.Counter)
    for key, package in headers.items():
        parts = key.split("/")
        for end in range(1, len(parts)):
            below["/".join(parts[:end]) + "/"][package] += 1
    # From the top, so that what a directory says need not be said again below it.
    said = {}
    for directory in sorted(below, key=lambda one: one.count("/")):
        (package, count), = below[directory].most_common(1)
        if count * 2 <= below[directory].total():
            continue
        if nearest(directory.rstrip("/"), said) != package:
            said[directory] = package
    for key, package in headers.items():
        if nearest(key, said) == package:
            del result[key]
    return {**said, **result}


def seldom(headers):
    """Without what a package has by the hundred beside others in their directories: they are libraries of C++."""
    many = collections.Counter(package for key, package in headers.items() if "/" in key and not key.endswith("/"))
    own = collections.Counter(package for key, package in headers.items() if "/" not in key)
    return {
        key: package
        for key, package in headers.items()
        if (key.endswith("/") and key.count("/") <= 2)
        or ("/" in key and key.count("/") == 1 and many[package] <= MANY)
        or ("/" not in key and own[package] <= MANY)
        or package in ("libboost-dev", "libc6-dev", "linux-libc-dev", "libx11-dev")
    }


def nearest(key, said):
    while "/" in key:
        key = key[: key.rindex("/")]
        if key + "/" in said:
            return said[key + "/"]
    return None


def wanted(kind, key, entries, crowd):
    """Those of the entries by which a header is asked for: not one of a crowd without its directory."""
    if kind != "h" or "/" in key:
        return [entry for entry in entries if entry[0] < 2]
    stem = re.sub(r"[^a-z0-9]", "", key.rsplit(".", 1)[0].lower())
    near = [
        entry
        for entry in entries
        if entry[0] == 0
        or crowd[entry[2]] <= CROWD[entry[0]]
        or stem.rstrip("0123456789") == re.sub(r"[^a-z0-9]", "", re.sub(r"^lib|-dev$", "", entry[1])).rstrip("0123456789")
    ]
    if near and min(near)[0] > 0 and (len({package for _, package, _ in near}) > 2 or not re.search(r"\.(h|hpp)$", key)):
        return []
    return near


def main(directories):
    lines = {}
    for directory in directories:
        table, known, depends, crowd = release(directory)
        for kind, keys in table.items():
            chosen = {}
            for key, entries in keys.items():
                near = wanted(kind, key, entries, crowd)
                package = best(kind, key, near, known, depends) if near else None
                if package is not None:
                    chosen[key] = package
            if kind == "h":
                chosen = seldom(shortened(chosen))
            for key, package in chosen.items():
                packages = lines.setdefault((kind, key), [])
                if package not in packages:
                    packages.append(package)
        for key, needs in built_with(directory):
            packages = lines.setdefault(("s", key), [])
            packages += [need for need in needs if need not in packages]
    write(lines)


def write(lines):
    text = []
    last_key, last_packages = "", ""
    for (kind, key), packages in sorted(lines.items()):
        shared = len(os.path.commonprefix([last_key, kind + key]))
        shared = min(shared, 35)
        packages = " ".join(packages)
        text.append(f"{'0123456789abcdefghijklmnopqrstuvwxyz'[shared]}{(kind + key)[shared:]} {chr(34) if packages == last_packages else packages}\n")
        last_key, last_packages = kind + key, packages
    raw = "".join(text).encode()
    # Node unpacks it again, so it is Node that packs it.
    pack = "const z = require('zlib'); process.stdout.write(z.brotliCompressSync(require('fs').readFileSync(0)))"
    with open(OUT, "wb") as file:
        subprocess.run(["node", "-e", pack], input=raw, stdout=file, check=True)
    count = collections.Counter(kind for kind, _ in lines)
    print(dict(count), f"{len(raw)} bytes, {os.path.getsize(OUT)} packed")


# So many headers at most in a directory beside which they are found by their own name: one below /usr/include, and two.
CROWD = {1: 30, 2: 8}
MANY = 80
# A source that is built with more than this brings a Python package beside much else.
FEW = 12
TOOLS = {*"""swig cmake ninja-build meson bison flex cargo rustc gfortran nasm yasm autoconf automake libtool pkg-config m4 gperf
gettext protobuf-compiler capnproto default-jdk-headless""".split()}

if __name__ == "__main__":
    main(sys.argv[1:])
