"""Look up what a pip would install, and what it is: index-look.py SECONDS ARGUMENT…

Run by the Python that runs a pip, with the arguments that were given to that pip. What to ask, and how (index,
credentials, proxy, certificates, find-links, cache), is that pip's own business: its parser, its session and its finder do
it (pip._internal of pip 22.3 to 26). For each name one line of JSON follows on stdout as soon as it is known:

    {"name": NAME, "kind": "found", "version": V, "requires": R, "summary": S, "opening": O, "pages": [URL…],
     "classifiers": [C…], "commands": [C…], "groups": [G…], "extras": [E…], "dependencies": [D…], "offers": BYTES,
     "compiled": true, "typed": true, "says": ["pipx", "typed", "typed-before", "typed-first", "mostly-typed", "import",
     "described", "added", "beside-others", "loads-code", "many-options", "other-installers"]}   what is not known is left out
    {"name": NAME, "kind": "python", "version": V, "requires": R, …}    no version of it takes this Python; V would be the newest
    {"name": NAME, "kind": "version", "version": V}                  none is as asked for; V is the newest
    {"name": NAME, "kind": "absent"}                                 whoever was asked has no such name

Of anything strange (a pip with other insides, an index that gives no answer, a wheel that cannot be read) nothing is said.
Nothing is installed or built, no program is started, no password is asked for, no file is written but those of pip's
cache. It ends when stdin does, after SECONDS, or when more comes than anybody has to say.
"""

import os
import sys


def main(patience, argv):
    # Here, for where somebody stands is on no path any more (PYTHONPATH may name it).
    import json

    from index_look.asking import Asked, prepare
    from index_look.limits import limit, start_nothing
    from index_look.versions import look_up

    # Only its own parts are loaded from beside this file.
    del sys.path[0]
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
    try:
        # Nothing is imported from where somebody stands. Python puts this file's directory first, unless told not to (-I, -P);
        # a relative entry of PYTHONPATH is absolute by now.
        own = os.path.dirname(os.path.realpath(__file__))
        here = os.getcwd()
        first = 0 if getattr(sys.flags, "safe_path", sys.flags.isolated) else 1
        others = [place for place in sys.path[first:] if os.path.isabs(place)]
        sys.path[:] = [own] + [place for place in others if os.path.realpath(place) != here]
        main(float(sys.argv[1]), sys.argv[2:])
    except BaseException:
        pass
    os._exit(0)
