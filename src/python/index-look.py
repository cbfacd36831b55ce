"""Look up what a pip would install, and what it is: index-look.py SECONDS ARGUMENT…

Run by the Python that runs a pip, with the arguments that were given to that pip. What to ask, and how (index,
credentials, proxy, certificates, find-links, cache), is that pip's own business: its parser, its session and its finder do
it (pip._internal of pip 22.3 to 26). For each name one line of JSON follows on stdout as soon as it is known:

    {"name": NAME, "kind": "found", "version": V, "requires": R, "summary": S, "pages": [URL…], "classifiers": [C…],
     "commands": [C…], "groups": [G…], "extras": [E…], "says": ["pipx", "typed", "mostly-typed", "import", "described"], "compiled": true}   what is not known is left out
    {"name": NAME, "kind": "python", "version": V, "requires": R, …}    no version of it takes this Python; V would be the newest
    {"name": NAME, "kind": "version", "version": V}                  none is as asked for; V is the newest
    {"name": NAME, "kind": "absent"}                                 whoever was asked has no such name

Of anything strange (a pip with other insides, an index that gives no answer, a wheel that cannot be read) nothing is said.
Nothing is installed or built, no program is started, no password is asked for, no file is written but those of pip's
cache. It ends when stdin does, after SECONDS, or when more comes than anybody has to say.
"""

import io
import json
import os
import re
import signal
import socket
import stat
import sys
import threading
import zipfile

FOR_ONE = 3  # seconds that one server may say nothing
RECEIVED = 48_000_000  # bytes from all servers together; the longest pages of PyPI have 5 million
MEMORY = 1_500_000_000  # bytes
TAIL = 65_536  # bytes: the end of a wheel, where its directory and most often its metadata stand
LONGEST = 2_000_000  # bytes of one file of metadata


def limit(patience):
    """Whatever happens, this ends soon and never grows large, and no terminal is there to ask at."""
    # OpenSSL asks at the terminal for the passphrase of a client's certificate, whatever stdin is.
    try:
        os.setsid()
    except OSError:
        pass
    # The thread lets what was written stand; the signal ends even what no thread can interrupt.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, patience + 1)
    timer = threading.Timer(patience, os._exit, [0])
    timer.daemon = True
    timer.start()
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, ValueError, OSError):
        pass
    left = [RECEIVED]
    read = socket.SocketIO.readinto

    def counted(self, buffer):
        size = read(self, buffer)
        left[0] -= size or 0
        if left[0] < 0:
            os._exit(0)
        return size

    socket.SocketIO.readinto = counted

    def watch():
        try:
            while os.read(0, 512):
                pass
        except OSError:
            pass
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def start_nothing():
    """No program is started: with PIP_PYTHON pip's parser would start another pip, which installs."""

    def hook(event, args):
        if event in ("subprocess.Popen", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system"):
            raise PermissionError("nothing is started here")

    sys.addaudithook(hook)


def only_cache(cache):
    """Files are written below the cache alone."""
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    begins = os.path.join(os.path.realpath(cache), "") if cache else None

    def within(path):
        if not isinstance(path, (str, bytes)):
            return True
        path = os.fsdecode(path)
        return begins is not None and os.path.join(os.path.realpath(path), "").startswith(begins)

    def hook(event, args):
        if event == "open":
            path, mode, flags = args
            wanted = set(mode) & set("wax+") if mode else flags & writing
            if wanted and path != os.devnull and not within(path):
                raise PermissionError("only pip's cache is written")
        elif event in ("os.mkdir", "os.remove", "os.rename", "os.rmdir") and not within(args[0]):
            raise PermissionError("only pip's cache is written")

    sys.addaudithook(hook)


def prepare(argv):
    """The session, a finder that takes every Python's versions, and what is asked for, as this pip reads its arguments."""
    # Without the package pip asks no keyring, whatever its version.
    sys.modules["keyring"] = None
    from pip._internal.cli.main_parser import parse_command
    from pip._internal.commands import create_command
    from pip._internal.models.target_python import TargetPython
    from pip._internal.req.constructors import install_req_from_line
    from pip._internal.utils.filesystem import check_path_owner

    name, rest = parse_command(argv)
    command = create_command(name, isolated="--isolated" in rest)
    options, words = command.parse_args(rest)
    cache = os.path.realpath(os.path.expanduser(options.cache_dir)) if options.cache_dir else None
    options.cache_dir = cache if cache and check_path_owner(cache) else None
    options.no_input = True
    options.keyring_provider = "disabled"
    if options.no_index:
        os._exit(0)
    without_named_files(options.cache_dir)
    only_cache(options.cache_dir)
    session = command._build_session(options, retries=0, timeout=FOR_ONE)
    session.auth.prompting = False
    finder = command._build_package_finder(
        options=options, session=session, target_python=TargetPython(), ignore_requires_python=True
    )
    wanted, constrained = [], constraints(options, session)
    for word in words:
        requirement = install_req_from_line(word)
        if requirement.link is None and requirement.req is not None and requirement.match_markers():
            wanted.append(within(requirement.req, constrained))
    return session, finder, wanted


def constraints(options, session):
    """What -c allows of each project. A file that can be read only once is left to the pip that installs: then nothing is looked up."""
    from pip._internal.req.constructors import install_req_from_parsed_requirement
    from pip._internal.req.req_file import parse_requirements

    allowed = []
    for file in options.constraints:
        if not re.match(r"[a-z][a-z0-9+.-]+:", file, re.I) and not stat.S_ISREG(os.stat(file).st_mode):
            os._exit(0)
        for parsed in parse_requirements(file, constraint=True, options=options, session=session):
            requirement = install_req_from_parsed_requirement(parsed)
            # What is to come from an address of its own is on no index.
            if requirement.link is not None:
                os._exit(0)
            if requirement.req is not None and requirement.match_markers():
                allowed.append(requirement.req)
    return allowed


def within(requirement, allowed):
    from pip._vendor.packaging.utils import canonicalize_name

    for one in allowed:
        if canonicalize_name(one.name) == canonicalize_name(requirement.name):
            requirement.specifier &= one.specifier
    return requirement


def without_named_files(cache):
    """pip's cache keeps an answer that still comes in a file with a name, which would stay where this is ended."""
    import tempfile

    tempfile.tempdir = cache
    if not hasattr(os, "memfd_create"):
        return
    try:
        from pip._vendor.cachecontrol import filewrapper
    except ImportError:
        return
    filewrapper.NamedTemporaryFile = lambda *_, **__: os.fdopen(os.memfd_create("pip"), "w+b")


class Asked:
    """Notes how every request ended: a code of HTTP, or None."""

    def __init__(self, session):
        self.codes = []
        request = session.request

        def noted(*args, **named):
            code = None
            try:
                answer = request(*args, **named)
                code = answer.status_code
                return answer
            finally:
                self.codes.append(code)

        session.request = noted

    def all_without(self):
        return len(self.codes) > 0 and all(code in (404, 410) for code in self.codes)


def takes_this_python(requires):
    from pip._vendor.packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        return not requires or SpecifierSet(requires).contains("%d.%d.%d" % sys.version_info[:3], prereleases=True)
    except InvalidSpecifier:
        return True


def look_up(requirement, session, finder, asked):
    """What is known of one name, or None."""
    from pip._vendor.packaging.utils import canonicalize_name

    name = canonicalize_name(requirement.name)
    answer = {"name": name}
    asked.codes.clear()
    found = finder.find_all_candidates(name)
    if not found:
        return dict(answer, kind="absent") if asked.all_without() else None

    def best(candidates, specifier=None):
        evaluator = finder.make_candidate_evaluator(name, specifier=specifier)
        return evaluator.compute_best_candidate(list(candidates)).best_candidate

    fitting = [one for one in found if takes_this_python(one.link.requires_python)]
    chosen = best(fitting, requirement.specifier)
    if chosen is None:
        other = best(found, requirement.specifier)
        if other is not None:
            answer.update(kind="python", version=str(other.version), requires=other.link.requires_python)
            return described(answer, name, other.link, session)
        newest = best(fitting) or best(found)
        return None if newest is None else dict(answer, kind="version", version=str(newest.version))
    answer.update(kind="found", version=str(chosen.version))
    newest = best(fitting)
    if newest is not None and newest.version != chosen.version:
        answer["newest"] = str(newest.version)
    if chosen.link.requires_python:
        answer["requires"] = chosen.link.requires_python
    return described(answer, name, chosen.link, session)


def described(answer, name, link, session):
    try:
        describe(answer, name, link, session)
    except Exception:
        pass
    return answer


def describe(answer, name, link, session):
    """Adds what the package says of itself, as far as it can be read without the whole of it."""
    told = served_metadata(link, session)
    about = read_metadata(answer, name, told) if told else ""
    if not link.is_wheel:
        return
    with zipfile.ZipFile(opened(link, session)) as wheel:
        names = wheel.namelist()
        directory = next((one.split("/")[0] for one in names if re.match(r"[^/]+\.dist-info/METADATA$", one)), None)
        if directory is None:
            return
        if not told:
            about = read_metadata(answer, name, read(wheel, directory + "/METADATA"))
        scripts = [one.rsplit("/", 1)[1] for one in names if re.match(r"[^/]+\.data/scripts/[^/]+$", one)]
        file = directory + "/entry_points.txt"
        read_entry_points(answer, read(wheel, file) if file in names else b"", scripts)
        modules = {one.split("/")[0].split(".")[0] for one in names if one.endswith(".py") and ".d" not in one.split("/")[0]}
        answer["says"] = said(name, about, answer["commands"], list(modules))
        answer["compiled"] = any(one.endswith((".so", ".pyd")) for one in names)


def read(wheel, name):
    with wheel.open(name) as file:
        return file.read(LONGEST)


def served_metadata(link, session):
    """PEP 658: the metadata beside the wheel. As pip asks for it, so that its install finds it in the cache."""
    try:
        beside = getattr(link, "metadata_link", lambda: None)()
    except TypeError:
        # pip 23.0 stumbles over what JSON says of it.
        return None
    if beside is None or beside.is_file:
        return None
    with session.get(beside.url.split("#")[0], headers={"Accept-Encoding": "identity"}, stream=True) as response:
        return response.raw.read(LONGEST, decode_content=True) if response.status_code == 200 else None


def read_metadata(answer, name, text):
    from email.parser import Parser

    message = Parser().parsestr(text.decode("utf-8", "replace"))
    field = lambda key: [str(value) for value in message.get_all(key, [])]
    pages = field("Home-page") + [value.split(",", 1)[-1].strip() for value in field("Project-URL")]
    body = message.get_payload()
    about = (body if isinstance(body, str) else "") + "\n".join(field("Description"))
    answer.update(
        summary=" ".join(field("Summary"))[:300],
        pages=[page[:300] for page in pages if page.startswith("http")][:20],
        classifiers=[value[:100] for value in field("Classifier")][:60],
        extras=[value[:50] for value in field("Provides-Extra")][:30],
        says=said(name, about[:LONGEST]),
    )
    return about[:LONGEST]


# From so many characters on, a description would show an import if anybody was to write one.
DESCRIBED = 300


def said(name, about, commands=(), modules=()):
    """How the description has it used: put somewhere as a program, typed, imported; and whether it says much at all."""
    word = re.escape(name).replace("\\-", "[-_.]")
    program = r"(?:pipx (?:install|run)|uv tool (?:install|run)|uvx(?: --from)?)\s+[\"']?%s\b" % word
    typed, imported = shown_typed(commands, about), shown_imported([name.replace("-", "_"), *modules], about)
    often = len(typed) >= max(3, 5 * len(imported)) and (not imported or typed[0] < imported[0])
    found = (
        ("pipx", re.search(program, about, re.I)),
        ("typed", typed),
        ("mostly-typed", often),
        ("import", imported),
        ("described", len(about) >= DESCRIBED),
    )
    return [sign for sign, seen in found if seen]


def shown_imported(modules, about):
    """Where one of these modules is imported."""
    words = "|".join(re.escape(module) for module in modules[:20] if module)
    return places(r"^[ \t>.]*(?:import|from)[ \t]+(?:%s)\b", words, about, re.I | re.M)


def shown_typed(commands, about):
    """Where one of these commands is typed: in a line of code, or between backquotes with something behind it."""
    words = "|".join(re.escape(command) for command in commands[:10])
    typed = r"(?:^[ \t]*(?:[$>%%] )?(?:(?:sudo|uvx|pipx run|uv run(?: --\S+(?: [^-\s]\S*)?)*?) )?|`)(?:%s)(?:[ \t]+[-\w./<\"'{\[]|[ \t]*$)"
    return places(typed, words, only_code(about), re.M)


def places(pattern, words, about, flags):
    return [found.start() for found in re.finditer(pattern % words, about, flags)] if words else []


def only_code(about):
    """The same text with blanks in place of what is not code: not fenced, not indented, behind no prompt, in no backquotes."""
    lines, fence = [], None
    for line in about.split("\n"):
        mark = re.match(r"[ \t>]*(```|~~~)", line)
        if mark and fence in (None, mark.group(1)):
            fence = mark.group(1) if fence is None and line.count("```") < 2 else None
            line = " " * len(line)
        elif fence is None and not re.match(r"   |\t|[ ]*[$>%] ", line):
            line = quoted(line)
        lines.append(line)
    return "\n".join(lines)


def quoted(line):
    """A line of prose, with blanks for all but what stands between backquotes."""
    kept, inside = [], False
    for piece in re.split(r"(``?)", line):
        if piece in ("`", "``"):
            inside = not inside
            kept.append("`".rjust(len(piece)))
        else:
            kept.append(piece if inside else " " * len(piece))
    return "".join(kept)


def read_entry_points(answer, text, scripts):
    commands, groups, group = list(scripts), [], None
    for line in text.decode("utf-8", "replace").splitlines():
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            group = line[1:-1].strip()
            if group not in ("console_scripts", "gui_scripts"):
                groups.append(group[:60])
        elif "=" in line and not line.startswith(("#", ";")) and group in ("console_scripts", "gui_scripts"):
            commands.append(line.split("=", 1)[0].strip()[:60])
    answer.update(commands=commands[:30], groups=groups[:20])


def opened(link, session):
    """The wheel as a file, of which only what is asked for is fetched."""
    if link.is_file:
        return open(link.file_path, "rb")
    return Ranges(link.url.split("#")[0], session)


class Ranges(io.RawIOBase):
    """A file on a server, read by range requests (RFC 9110, 14), a few at most."""

    def __init__(self, url, session):
        super().__init__()
        self.url, self.session = url, session
        self.position, self.requests, self.blocks = 0, 0, []
        self.size = 0
        start, data = self.fetch("bytes=-%d" % TAIL)
        self.size = start + len(data)

    def fetch(self, wanted):
        self.requests += 1
        if self.requests > 6:
            raise OSError("too many requests")
        headers = {"Range": wanted, "Accept-Encoding": "identity", "Cache-Control": "no-cache"}
        with self.session.get(self.url, headers=headers, stream=True) as response:
            given = re.match(r"bytes (\d+)-(\d+)/(\d+)$", response.headers.get("Content-Range", ""))
            if response.status_code == 206 and given:
                start, end, size = (int(number) for number in given.groups())
                if self.requests == 1 and end + 1 != size or end - start > LONGEST:
                    raise OSError("another range than was asked for")
            # A server without ranges: a small wheel comes whole.
            elif response.status_code == 200 and 0 < int(response.headers.get("Content-Length", 0)) <= LONGEST:
                start, end = 0, int(response.headers["Content-Length"]) - 1
            else:
                raise OSError("no ranges")
            data = response.raw.read(end - start + 1)
            if len(data) != end - start + 1:
                raise OSError("cut short")
        self.blocks.append((start, data))
        return start, data

    def readable(self):
        return True

    def seekable(self):
        return True

    def tell(self):
        return self.position

    def seek(self, offset, whence=0):
        self.position = (0, self.position, self.size)[whence] + offset
        return self.position

    def readinto(self, buffer):
        length = max(0, min(len(buffer), self.size - self.position))
        if length == 0:
            return 0
        for start, data in self.blocks:
            if start <= self.position < start + len(data):
                part = data[self.position - start :][:length]
                buffer[: len(part)] = part
                self.position += len(part)
                return len(part)
        last = min(self.size, self.position + max(length, TAIL)) - 1
        if length > LONGEST:
            raise OSError("too long")
        self.fetch("bytes=%d-%d" % (self.position, last))
        return self.readinto(buffer)


def main(patience, argv):
    limit(patience)
    start_nothing()
    # What pip itself prints is nobody's to read here.
    out = os.dup(1)
    quiet = os.open(os.devnull, os.O_RDWR)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    session, finder, wanted = prepare(argv)
    asked = Asked(session)
    for requirement in wanted:
        try:
            answer = look_up(requirement, session, finder, asked)
        except Exception:
            continue
        if answer is not None:
            os.write(out, json.dumps(answer).encode() + b"\n")


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    # Nothing is imported from beside this file, nor from where somebody stands.
    sys.path[:] = [place for place in sys.path[1:] if os.path.isabs(place)]
    try:
        main(float(sys.argv[1]), sys.argv[2:])
    except BaseException:
        pass
    os._exit(0)
