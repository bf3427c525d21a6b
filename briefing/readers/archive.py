"""Zip archives as document formats use them, opened so that no bomb can unfold."""

import zipfile
from io import BytesIO

from briefing.errors import FormatError, LimitError

# The longest e-books and reports unpack to some 50 MB; a bomb unpacks to thousands of times its
# size. A good DOCX is packed about 1:20 at the most.
MOST_BYTES = 200_000_000
MOST_RATIO = 200
MOST_FILES = 10_000


def open_archive(body: bytes, *, what: str) -> zipfile.ZipFile:
    """Return the archive after a look at what it says it unpacks to.

    Raises:
        FormatError: It is not a zip archive, or is encrypted.
        LimitError: It unpacks to more than the limits, as bombs do.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(body))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FormatError(f"not a whole {what} ({error}); ask the sender for a fresh copy") from (
            error
        )
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_FILES or total > MOST_BYTES or total > MOST_RATIO * max(len(body), 4096):
        raise LimitError(
            f"refused: the {what} unpacks to {total:,} bytes in {len(entries):,} files, as bombs do"
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise FormatError(f"the {what} is encrypted; save a copy without a password")
    return archive


def read_entry(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return one file of the archive, never more bytes than the archive declared for it.

    Raises:
        FormatError: It is missing or damaged.
    """
    try:
        with archive.open(name) as entry:
            return entry.read(archive.getinfo(name).file_size)
    except (KeyError, zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as e:
        raise FormatError(f"damaged: {name} in it cannot be read ({e})") from e
    except Exception as error:
        # zlib and lzma raise errors of their own, which share no base.
        if type(error).__name__ in ("error", "LZMAError"):
            raise FormatError(f"damaged: {name} in it cannot be unpacked ({error})") from error
        raise
