"""Files of the user's own, read whole: only regular ones, and none larger than it can sensibly be.

What a person names by hand is trusted to be theirs, not to be what they think it is: a folder in
the place of a file, a pipe that nobody writes to, a device without end, a log of two gigabytes.
"""

import stat
from pathlib import Path

from briefing.errors import LimitError, UnreadableError

TOML = 10_000_000
"""Bytes of a file of settings: 10 MB, 180,000 tables of two keys or 9,900 stories for an editor,
take 3 to 4 s of processor time to read; 5,000,000 numbers of one list, the slowest found, 13 s."""

LOOK = 20_000_000
"""Bytes of a file of a template's folder: the largest face of a bundled font has 0.43 MB."""

DOCUMENT = 500_000_000
"""Bytes of a finished document. An edition of 500 articles has 1.4 MB as JSON, .9 as HTML."""


def read(path: Path, *, most: int) -> bytes:
    """Return the bytes of the file at *path*, which may have *most*.

    Raises:
        UnreadableError: It is missing, forbidden, no regular file, or no name a file can have.
        LimitError: It is larger.
    """
    try:
        # Asked before it is opened: opening a pipe waits for somebody to write.
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableError(
                f"{path} cannot be read: it is a folder, a pipe or a device, not a file"
            )
        with path.open("rb") as file:
            content = file.read(most + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableError(f"{path} cannot be read: {reason}; check the path") from error
    if len(content) > most:
        told = f"{path} is larger than {most / 1e6:g} MB: it can hardly be what is meant"
        raise LimitError(f"{told}; check the path, or take out what does not belong in it")
    return content
