"""How a description has the project used: put somewhere as a program, typed, imported."""

import re

# So many characters are read of it.
READ = 200_000

# So many options are told of a program only.
MANY_OPTIONS = 20

# From so many characters on, a description would show an import if anybody was to write one.
DESCRIBED = 300

# As nobody gets a library.
OTHER_INSTALLERS = r"\bdocker(?:[ -]compose| run| build)\b|\b(?:brew|scoop|winget|choco|apt|snap|yay) install\b|\.(?:deb|exe|AppImage)\b"


def said(name, about, commands=(), modules=()):
    """How the description has it used: put somewhere as a program, typed, imported; and whether it says much at all."""
    about = about[:READ]
    word = re.escape(name).replace("\\-", "[-_.]")
    program = r"(?:pipx (?:install|run)|uv tool (?:install|run)|uvx(?: --from)?)\s+[\"']?%s\b" % word
    typed, imported = shown_typed(commands, about), shown_imported([name.replace("-", "_"), *modules], about)
    first = bool(typed) and (not imported or typed[0] < imported[0])
    found = (
        ("pipx", re.search(program, about, re.I)),
        ("typed", typed),
        ("typed-before", first and imported),
        ("typed-first", first and len(typed) >= 2 * len(imported)),
        ("mostly-typed", first and len(typed) >= max(3, 5 * len(imported))),
        ("import", imported),
        ("described", len(about) >= DESCRIBED),
        ("added", re.search(r"\b(?:uv|poetry|pdm|rye|pixi) add (?:-\S+ (?:dev )?)*[\"']?%s\b|pipenv install (?:-\S+ )*%s\b" % (word, word), about, re.I)),
        ("beside-others", re.search(r"\bsame (?:\w+ ){0,2}(?:environment|env|venv|virtualenv)\b", about, re.I)),
        ("loads-code", loads_code(commands, about)),
        ("many-options", len(re.findall(r"(?<![\w-])--[a-z][\w-]+", about)) >= MANY_OPTIONS),
        ("other-installers", re.search(OTHER_INSTALLERS, about)),
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


def loads_code(commands, about):
    """Whether one of these commands is given something out of somebody's own modules, as `uvicorn shop:app` is."""
    words = "|".join(re.escape(command) for command in commands[:10])
    mine = r"(?:[\w./-]+\.py:[A-Za-z_]\w*|[a-z_][\w.]*:(?:(?:create|make|[a-z]+)_)?(?:app|application|graph|agent|api|server))\b(?![/:.])"
    return places(r"(?:^|[\s`])(?:%%s)[ \t][^\n`]{0,200}?(?<![\w/@:.-])%s" % mine, words, only_code(about), re.M)


def places(pattern, words, about, flags):
    return [found.start() for found in re.finditer(pattern % words, about, flags)] if words else []


# So many characters say what it is.
OPENING = 300


def opening(about):
    """Its first words: without code, pictures, badges, addresses and marks."""
    for what, by in (
        (r"(?s)<!--.*?-->", " "),
        (r"(?ms)^[ \t>]*(```|~~~).*?(^[ \t>]*\1|\Z)", " "),
        (r"(?m)^[ \t]*(?:\.\. .*|:\w+:.*|[|=~#*^+-]{3,}.*)$", " "),
        (r"\[!\[[^\]]*\]\([^)]*\)\]\([^)]*\)|!\[[^\]]*\]\([^)]*\)|</?\w[^>]*>|\|[\w -]+\|", " "),
        (r"\[([^\]]+)\](?:\([^)]*\)|\[[^\]]*\])", r"\1"),
        (r"https?://\S+|[`*#>_]+", " "),
    ):
        about = re.sub(what, by, about[: 40 * OPENING])
    return " ".join(about.split())[:OPENING]


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
