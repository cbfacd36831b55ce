"""A wheel and what lies beside it on a server, of which only what is asked for is fetched."""

import io
import re

from index_look.limits import LONGEST

TAIL = 65_536  # bytes: the end of a wheel, where its directory and most often its metadata stand


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
