#!/usr/bin/env python3
"""Writes src/detours/system-package/uncertain-names.ts: projects of PyPI whose name a Debian package shares, and that it
does not seem to hold.

    apt-cache dumpavail >DUMP && python3 scripts/uncertain-names.py DUMP NAMES.tsv

NAMES.tsv holds PyPI's projects, one a line: name, version, month, rank, summary. Evidence for one project: rare words in
both descriptions, a version that PyPI has reached, the name in the package's home page, a rank among what is downloaded
most (nobody packages another project by that name), a name of several words. What reaches five points is believed, and so is what was read by hand.
"""

import collections
import math
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "../src/detours/system-package")
STOP = set(
    "a an the of for and or to in on with python python3 module library package from by is as that using based it py your"
    " you this its can be are use".split()
)


# Of these it was read off by a person: the package's home page and description in Debian 12, and the project's summary,
# speak of the same thing (rpm, selinux and thriftpy are shims that lead to what Debian's packages hold; dxtbx is the second
# part of the version of Debian's cctbx).
THE_SAME = set(
    """
    artifacts astlib azure-cli-telemetry beautifulsoup4 beziers binwalk biomaj biosig bmtk btest buildbot buildbot-worker
    buildstream capirca ccdproc cdo certifi clap-api cliapp crmsh cv-bridge cwiid dirq displaycal distro-info dput dxtbx
    emperor extractor fabric freesasa gphoto2-cffi gps gudhi hdf-compass icecream ilorest jdata kaptive khmer libcomps
    libknot libzim linetable lintian-brush mapnik mecab-python metview mirtop mistral montagepy mpiplus murano nova ognibuild
    openpaperwork-core openturns opentype-sanitizer pacparser paperwork paperwork-backend paperwork-shell parallel-fastq-dump
    parasail pcapy pgq phat prelude prewikka psycopg2cffi py-postgresql pycbf pygccxml pygrace pylibtiff pymupdf pyp pyparted
    pyrss2gen pyscard pysolar pysurfer python-qt-binding python-sane pythonqwt pytray pytsk3 qpack qrtools qtsass rally
    reclass relatorio reportbug robot-detection rocketcea rpm rrdtool sahara sasdata sasview screed scruffington
    securesystemslib selinux seqmagick siridb-connector skytools spinners ssdeep tagpy thriftpy tinyalign tinyobjloader tlsh
    tnseq-transit toil transip trydiffoscope txt2tags typechecks urwid-satext vistrails xeddsa xeus-python-shell xpra xrootd
    xstatic-jquery-quicksearch xstatic-spin xtermcolor xxdiff-scripts zvmcloudconnector
    """.split()
)


def words(text):
    found = re.findall(r"[a-z][a-z0-9+]{2,}", text.lower())
    return {re.sub(r"(ations?|ings?|ers?|ed|es|s|ions?|al|ic)$", "", word) for word in found if word not in STOP}


def normalized(name):
    return re.sub(r"[-_.]+", "-", name.lower())


def numbers(version):
    return [int(number) for number in re.findall(r"\d+", version)[:3]]


def projects(file):
    found, frequency, seen = {}, collections.Counter(), 0
    with open(file, encoding="utf8") as lines:
        for at, line in enumerate(lines):
            parts = line.rstrip("\n").split("\t")
            if at == 0 or len(parts) < 5:
                continue
            found[normalized(parts[0])] = (parts[1], int(parts[3]) if parts[3].isdigit() else 0, parts[4])
            if at % 7 == 0:
                seen += 1
                frequency.update(words(parts[4]))
    return found, lambda word: math.log(seen / (1 + frequency[word]))


def packages(file):
    found = {}
    for stanza in open(file, encoding="utf8").read().split("\n\n"):
        fields = dict(re.findall(r"^([A-Z][\w-]*): (.*(?:\n .*)*)", stanza, re.M))
        if "Package" in fields:
            found[fields["Package"]] = fields
    return found


def mapped(debian):
    source = open(os.path.join(FOLDER, "names.ts"), encoding="utf8").read()
    own = open(os.path.join(FOLDER, "debian-names.ts"), encoding="utf8").read().split("const own")[1]
    own = set(re.findall(r"[a-z0-9-]+", own.split("/** Projects in")[0]))

    def table(name):
        return [item for item in re.split(r"[,\n]", re.search(rf"{name} = `\n(.*?)`", source, re.S)[1]) if item]

    found, taken = {}, set(table("unproven"))
    for item in table("others"):
        project, package = ("python" + item, item[1:]) if item.startswith("-") else item.split(" ")
        found[project] = "python3-" + package
        taken.add(normalized(package))
    for item in table("applications"):
        found[item] = item
    for item in table("otherApplications"):
        project, package = item.split(" ")
        found[project] = package
    for package in debian:
        name = normalized(package[8:])
        if package.startswith("python3-") and name not in taken and not re.search(r"-(doc|dbg|examples)$", name):
            found.setdefault(name, package)
    return {name: package for name, package in found.items() if package in debian and name not in own}


def points(name, fields, project, rarity):
    version, rank, summary = project
    there = re.sub(r"\+(dfsg|ds|git|repack|really).*", "", re.sub(r"^\d+:", "", fields["Version"]).rsplit("-", 1)[0])
    page = re.sub(r"(\.git|/)$", "", fields.get("Homepage", "").lower())
    plain = name.replace("-", "")
    own = words(name.replace("-", " "))
    score = sum(rarity(word) for word in (words(summary) & words(fields.get("Description", ""))) - own)
    newer = numbers(there) > numbers(version)
    if numbers(there) == numbers(version):
        score += 6 if len(numbers(there)) > 2 else 2
    if re.sub(r"[^a-z0-9]", "", page.rsplit("/", 1)[-1]) == plain:
        score += 3
    elif plain in re.sub(r"[^a-z0-9]", "", page):
        score += 2
    if newer:
        score -= 5
    if re.match(r"django|sphinx|pytest|xstatic|azure|flask|oslo|zope|jaraco|ament|jupyter", name):
        score += 4
    if "-" in name and not newer:
        score += 3
    if name.count("-") > 1:
        score += 3
    if rank:
        score += 1 if newer else 4
    return score


def main(dump, names):
    debian = packages(dump)
    pypi, rarity = projects(names)
    uncertain = sorted(
        name
        for name, package in mapped(debian).items()
        if name in pypi and name not in THE_SAME and points(name, debian[package], pypi[name], rarity) < 5
    )
    lines, line = [], ""
    for name in uncertain:
        if line and len(line) + len(name) > 140:
            lines.append(line)
            line = ""
        line += ("," if line else "") + name
    lines.append(line)
    with open(os.path.join(FOLDER, "uncertain-names.ts"), "w", encoding="utf8") as out:
        out.write("// Generated by scripts/uncertain-names.py. Do not edit.\n\n")
        out.write("/** Projects whose name a package of Debian shares, and of which nothing says that it holds them. */\n")
        out.write("export const uncertain = `\n%s`;\n" % "\n".join(lines))


main(*sys.argv[1:])
