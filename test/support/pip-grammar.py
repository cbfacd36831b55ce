"""Asks a pip how it reads command lines: one JSON argv per line in, one JSON answer per line out.

Usage: python -I pip-grammar.py [DIRECTORY HOLDING THE pip PACKAGE]
"""

import json
import optparse
import os
import sys

if len(sys.argv) > 1:
    sys.path.insert(0, sys.argv[1])
out = os.fdopen(os.dup(1), "w")
sys.stdout = sys.stderr = open(os.devnull, "w")
for name in [name for name in os.environ if name.startswith("PIP_")]:
    del os.environ[name]
os.environ["PIP_CONFIG_FILE"] = os.devnull
# Keeps `--python` from starting another interpreter; how the option was read is recorded all the same.
os.environ["_PIP_RUNNING_IN_SUBPROCESS"] = "1"

import pip
from pip._internal.cli import main_parser
from pip._internal.commands import commands_dict, create_command
from pip._internal.exceptions import PipError
from pip._internal.req.constructors import install_req_from_line, parse_req_from_line

optparse.OptionParser.print_help = lambda self, file=None: None
optparse.OptionParser.print_usage = lambda self, file=None: None
type(main_parser.create_main_parser()).print_help = lambda self, file=None: None
type(main_parser.create_main_parser()).print_usage = lambda self, file=None: None

seen = []
process = optparse.Option.process


def recording(self, opt, value, values, parser):
    seen.append([self._long_opts[0], value])
    return process(self, opt, value, values, parser)


optparse.Option.process = recording


def requirement(text):
    try:
        parts = parse_req_from_line(text, None)
        made = install_req_from_line(text)
    except (PipError, ValueError) as error:
        return {"error": repr(error)}
    req = parts.requirement
    return {
        "name": made.name,
        "extras": sorted(made.extras),
        "specifier": sorted(str(s) for s in req.specifier) if req is not None and not parts.link else [],
        "marker": parts.markers is not None or bool(req is not None and req.marker),
        "link": bool(made.link),
    }


def ask(argv):
    answer = {"main": [], "options": [], "positionals": [], "ends": None}
    seen.clear()
    try:
        try:
            name, rest = main_parser.parse_command(list(argv))
        finally:
            answer["main"] = list(seen)
            seen.clear()
        answer["subcommand"] = name
        if name in ("install", "uninstall"):
            try:
                _, answer["positionals"] = create_command(name).parser.parse_args(rest)
            finally:
                answer["options"] = list(seen)
    except SystemExit as exit:
        answer["ends"] = exit.code or 0
    except PipError:
        answer["ends"] = "error"
    except Exception as error:
        answer["ends"] = f"crash: {error!r}"
    answer["requirements"] = [requirement(text) for text in answer["positionals"]]
    return answer


def parsers():
    found = {"global": main_parser.create_main_parser()}
    for name in ("install", "uninstall"):
        found[name] = create_command(name).parser
    return {
        name: [
            {
                "long": option._long_opts,
                "short": option._short_opts,
                "sets": option.dest,
                "action": option.action,
                "type": option.type,
                "choices": list(option.choices) if option.choices else None,
            }
            for option in parser._get_all_options()
        ]
        for name, parser in found.items()
    }


def say(value):
    out.write(json.dumps(value) + "\n")
    out.flush()


say({"pip": pip.__version__, "parsers": parsers(), "commands": sorted(commands_dict)})
for line in sys.stdin:
    say(ask(json.loads(line)))
