"""Parts of a document put into one file as they are, without reading what is in them.

A PDF library copies an object from one document to another in a hundred steps. Our parts need no
copying: `quick.written.settle` numbered their objects so that no two parts share a number.
"""

import re
from collections.abc import Sequence

_START = re.compile(rb"startxref\n(\d+)\n%%EOF\s*\Z")
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_FREE = b"0000000000 65535 f "


def together(parts: Sequence[bytes]) -> tuple[bytes, list[int]]:
    """Return a PDF that holds all objects of *parts*, and the number of each part's catalogue.

    It is the first part's document; nothing in it leads to the others yet.

    Args:
        parts: As pydyf writes them, each settled in its place among all.

    Raises:
        ValueError: One is no such file.
    """
    written, position = [], 0
    offsets: dict[int, int] = {}
    roots, lasts = [], []
    for place, part in enumerate(parts):
        start = _START.search(part, len(part) - 100)
        root = start and _ROOT.search(part, int(start[1]))
        if not (start and root):
            raise ValueError(f"part {place} has no table of its objects, or no catalogue")
        objects, table = part[: int(start[1])], part[int(start[1]) : root.start()]
        lines = table.partition(b"trailer\n")[0].splitlines()[2:]
        for number, line in enumerate(lines):
            if line.endswith(b"n "):
                offsets[number * len(parts) + place] = position + int(line[:10])
        roots.append(int(root[1]) * len(parts) + place)
        lasts.append((len(lines) - 1) * len(parts) + place)
        written.append(objects)
        position += len(objects)
    size = max(offsets) + 1
    used = [b"%010d 00000 n " % offsets[n] if n in offsets else _FREE for n in range(size)]
    table = b"xref\n0 %d\n%b\n" % (size, b"\n".join(used))
    told = (size, roots[0], lasts[0], position)
    end = b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % told
    return b"".join([*written, table, end]), roots
