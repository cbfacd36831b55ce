"""A package index of the tests' own, on the loopback: package-index.py PORT-FILE LOG

Serves the simple API (PEP 503 as HTML, PEP 691 as JSON where it is asked for), metadata beside wheels (PEP 658, 714) and
range requests. What lies before /simple/ in a path says how it misbehaves: /MODE/simple/NAME/. The port is written to
PORT-FILE; each request to LOG, a line each: METHOD PATH RANGE.
"""

import functools
import gzip
import hashlib
import http.server
import io
import json
import sys
import time
import zipfile

ESCAPES = "\x1b]0;owned\x07\x1b[31mred\x1b[0m\u202etxt.exe plain " + "x" * 5000
# name: (versions with their Requires-Python, fields of METADATA, description, commands, groups, megabytes of ballast)
PACKAGES = {
    "quickfmt": ([("1.0", ""), ("1.5", "")], ["Summary: A command-line formatter for tests.", "Project-URL: Source, https://github.com/tests/quickfmt", 'Requires-Dist: textual==1; python_version < "3"', 'Requires-Dist: rich; extra == "more"', "Requires-Dist: flask;extra=='more'", "Provides-Extra: more"], "    pipx install quickfmt", ["quickfmt", "quickfmtd"], [], 3),
    "plainlib": ([("2.0", "")], ["Summary: A library for tests."], "    import plainlib", [], [], 0),
    "newpy": ([("3.0", ">=3.99")], ["Summary: Needs a Python that nobody has."], "", ["newpy"], [], 0),
    "earlypy": ([("3.0", "<3.11")], ["Summary: A command-line tool for tests that needs an earlier Python."], "    pipx install earlypy", ["earlypy"], [], 0),
    "colours": ([("1.0", "")], ["Summary: " + ESCAPES], "", ["colours", "bad\x1b[31mname", "$(touch owned)"], [], 0),
    "docopt": ([("0.6.2", "")], ["Summary: Pythonic argument parser, that will make you smile", "Home-page: http://docopt.org"], "", [], [], 0),
}


def wheel(name, version, requires, fields, description, commands, groups, ballast):
    out, directory = io.BytesIO(), f"{name}-{version}.dist-info"
    metadata = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *fields]
    if requires:
        metadata.append(f"Requires-Python: {requires}")
    text = "\n".join(metadata).replace("\r", "") + "\n\n" + description + "\n"
    with zipfile.ZipFile(out, "w") as file:
        if ballast:
            file.writestr(f"{name}/ballast", bytes(ballast << 20))
        file.writestr(f"{name}/__init__.py", "def main():\n    pass\n")
        if not commands:
            file.writestr(f"{name}/py.typed", "")
        file.writestr(f"{directory}/METADATA", text)
        file.writestr(f"{directory}/WHEEL", "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        lines = ["[console_scripts]"] * bool(commands) + [f"{command} = {name}:main" for command in commands]
        for group in groups:
            lines += [f"[{group}]", f"x = {name}"]
        if lines:
            file.writestr(f"{directory}/entry_points.txt", "\n".join(lines) + "\n")
        file.writestr(f"{directory}/RECORD", "".join(f"{one},,\n" for one in file.namelist()) + f"{directory}/RECORD,,\n")
    return out.getvalue(), text.encode()


FILES = {}
for name, (versions, *rest) in PACKAGES.items():
    for version, requires in versions:
        FILES[f"{name}-{version}-py3-none-any.whl"] = (name, requires, *wheel(name, version, requires, *rest))


@functools.lru_cache(maxsize=None)
def swollen(name):
    """A small wheel whose entry points are 60 MB of nothing once they are unpacked."""
    out, directory = io.BytesIO(), "-".join(name.split("-")[:2]) + ".dist-info"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(f"{directory}/METADATA", f"Metadata-Version: 2.1\nName: {name.split('-')[0]}\nVersion: 1.5\nSummary: small\n")
        with file.open(f"{directory}/entry_points.txt", "w", force_zip64=True) as swelling:
            for _ in range(60):
                swelling.write(bytes(1 << 20))
    return out.getvalue()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        with open(sys.argv[2], "a") as log:
            log.write(f"{self.command} {self.path} {self.headers.get('Range', '')}\n")
        mode, _, rest = self.path.lstrip("/").partition("/")
        page = rest.startswith("simple/")
        name = rest.split("/")[1]
        if page and mode == "slow":
            return time.sleep(60)
        if page and mode == "loop":
            return self.answer(302, b"", location=self.path)
        if mode == "secret":
            return self.answer(401, b"who are you?", authenticate='Basic realm="tests"')
        if page and mode == "endless":
            return self.endless("text/html")
        if page and mode == "chain":
            # Each leads on to one that nobody has seen.
            return self.answer(302, b"", location=f"{self.path}x")
        if page and mode == "device":
            return self.answer(302, b"", location="file:///dev/zero")
        if page and mode == "drip":
            return self.drip()
        if page and mode == "bomb":
            # 3 GB once it is unpacked.
            return self.answer(200, gzip.compress(b" " * (1 << 20)) * 3000, kind="text/html", encoding="gzip")
        if page and mode == "garbage":
            return self.answer(200, b"<html><a href=\xff\xfe<<<a a href='x.whl#" + b"\0" * 99 + b"<!DOCTYPE", kind="text/html")
        if page and mode == "picture":
            return self.answer(200, b"\x89PNG", kind="image/png")
        if page and mode == "error":
            return self.answer(503, b"later")
        if page:
            return self.simple(mode, name)
        return self.file(mode, name)

    def simple(self, mode, name):
        files = [(file, requires, hashlib.sha256(data).hexdigest()) for file, (owner, requires, data, _) in FILES.items() if owner == name]
        if not files:
            return self.answer(404, b"")
        beside = mode not in ("ranges", "broken", "huge", "directory", "swollen")
        if "application/vnd.pypi.simple.v1+json" in self.headers.get("Accept", "") and mode != "html":
            listed = [
                {"filename": file, "url": f"/{mode}/files/{file}", "hashes": {"sha256": digest}, "requires-python": requires or None, "core-metadata": beside}
                for file, requires, digest in files
            ]
            body = json.dumps({"meta": {"api-version": "1.0"}, "name": name, "files": listed}).encode()
            return self.answer(200, body, kind="application/vnd.pypi.simple.v1+json")
        sign = ' data-core-metadata="true" data-dist-info-metadata="true"' if beside else ""
        links = "".join(
            f'<a href="/{mode}/files/{file}#sha256={digest}" data-requires-python="{requires.replace(">", "&gt;")}"{sign}>{file}</a><br>'
            for file, requires, digest in files
        )
        return self.answer(200, f"<!DOCTYPE html><html><body>{links}</body></html>".encode(), kind="text/html")

    def file(self, mode, name):
        if name.endswith(".metadata"):
            return self.answer(200, FILES[name[: -len(".metadata")]][3])
        data = FILES[name][2]
        if mode == "huge":
            return self.endless("application/octet-stream")
        if mode == "broken":
            data = data[:-30] + bytes(30)
        if mode == "swollen":
            data = swollen(name)
        if mode == "directory":
            # The directory says that it begins far before the file.
            at = data.rindex(b"PK\x05\x06")
            data = data[: at + 16] + b"\xf0\xff\xff\x7f" + data[at + 20 :]
        wanted = self.headers.get("Range", "")
        if wanted and mode != "whole":
            first, last = wanted[len("bytes=") :].split("-")
            start, end = (max(0, len(data) - int(last)), len(data) - 1) if first == "" else (int(first), min(int(last), len(data) - 1))
            return self.answer(206, data[start : end + 1], range=f"bytes {start}-{end}/{len(data)}")
        return self.answer(200, data)

    def drip(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "100")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(1)
        except OSError:
            pass

    def answer(self, code, body, kind="application/octet-stream", location=None, authenticate=None, range=None, encoding=None):
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for key, value in (("Location", location), ("WWW-Authenticate", authenticate), ("Content-Range", range), ("Content-Encoding", encoding)):
            if value is not None:
                self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def endless(self, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(10 << 30))
        self.end_headers()
        try:
            while True:
                self.wfile.write(b" " * (1 << 20))
        except OSError:
            pass

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass


server = Server(("127.0.0.1", 0), Handler)
with open(sys.argv[1], "w") as file:
    file.write(str(server.server_address[1]))
server.serve_forever()
