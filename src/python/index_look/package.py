"""What a package says of itself, as far as it can be read without the whole of it."""

import re
import zipfile

from index_look.description import opening, said
from index_look.limits import LONGEST
from index_look.wheel import opened, served_metadata


def described(answer, name, link, session):
    """Adds what the package says of itself, as far as it can be read without the whole of it."""
    about, modules = None, []
    try:
        told = served_metadata(link, session)
        if told:
            about = read_metadata(answer, told)
        if link.is_wheel:
            with zipfile.ZipFile(opened(link, session)) as wheel:
                names = wheel.namelist()
                directory = next((one.split("/")[0] for one in names if re.match(r"[^/]+\.dist-info/METADATA$", one)), None)
                if directory is not None:
                    if not told:
                        about = read_metadata(answer, read(wheel, directory + "/METADATA"))
                    modules = read_files(answer, wheel, names, directory)
    except Exception:
        # What could be read of it stands.
        pass
    if about is not None:
        answer["says"] = said(name, about, answer.get("commands", ()), modules)
    return answer


def read_files(answer, wheel, names, directory):
    """Adds what a wheel's files tell; returns its modules."""
    scripts = [one.rsplit("/", 1)[1] for one in names if re.match(r"[^/]+\.data/scripts/[^/]+$", one)]
    file = directory + "/entry_points.txt"
    packages = read_entry_points(answer, read(wheel, file) if file in names else b"", scripts)
    sizes = [one.file_size for one in wheel.infolist() if one.filename in {of + "/__init__.py" for of in packages}]
    if sizes:
        answer["offers"] = max(sizes)
    answer["compiled"] = any(re.search(r"\.(?:so(?:\.\d+)*|pyd)$", one) for one in names)
    # PEP 561: whoever imports it gets its types.
    answer["typed"] = any(re.match(r"[^/]+/(?:[^/_]+/)?py\.typed$", one) for one in names)
    return list({one.split("/")[0].split(".")[0] for one in names if one.endswith(".py") and ".d" not in one.split("/")[0]})


def read(wheel, name):
    with wheel.open(name) as file:
        return file.read(LONGEST)


def read_metadata(answer, text):
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
        dependencies=[value[:60] for value in field("Requires-Dist") if not re.search(r"\bextra\b", value.partition(";")[2])][:100],
        opening=opening(about),
    )
    return about


def read_entry_points(answer, text, scripts):
    """Adds the commands and what it is a plugin of; returns the packages in whose modules they are."""
    commands, groups, group, packages = list(scripts), [], None, set()
    for line in text.decode("utf-8", "replace").splitlines():
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            group = line[1:-1].strip()
            if group not in ("console_scripts", "gui_scripts"):
                groups.append(group[:60])
        elif "=" in line and not line.startswith(("#", ";")) and group in ("console_scripts", "gui_scripts"):
            command, target = line.split("=", 1)
            commands.append(command.strip()[:60])
            module = target.split(":")[0].strip()
            if "." in module:
                packages.add(module.split(".")[0])
    answer.update(commands=commands[:30], groups=groups[:20])
    return packages
