"""Who is asked, how and for what: read from the arguments by the pip that they were given to."""

import os
import re
import stat
import sys

from index_look.limits import only_cache

FOR_ONE = 3  # seconds that one server may say nothing


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
