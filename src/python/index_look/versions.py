"""Which version of a name would be installed."""

import sys

from index_look.package import described


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
