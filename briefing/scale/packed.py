"""Packed files as streams of bytes: gzip, zstd, or as they are; what is torn is said, never cut."""

import gzip
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from briefing.errors import FormatError, UsageError

CHUNK = 1 << 16

_SLICE = 512
"""Of a zstd stream so many bytes are unpacked at once: at its utmost, where four bytes stand for a
block of 128 kB, that is 16 MB."""


def unpacked(name: str, stream: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes of the file *name*, unpacked as its name says, in chunks.

    A file of several packed members or frames, one behind the other, is read to its end.

    Raises:
        FormatError: It is torn, or not packed as its name says.
        UsageError: It is packed with zstd and the extra is not installed.

    >>> import io
    >>> b"".join(unpacked("a.jsonl.gz", io.BytesIO(gzip.compress(b"a") + gzip.compress(b"b"))))
    b'ab'
    """
    lower = name.lower()
    if lower.endswith(".gz"):
        return _gzip(stream)
    if lower.endswith(".zst"):
        return _zstd(name, stream)
    return _plain(stream)


def _plain(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes as they are."""
    while chunk := stream.read(CHUNK):
        yield chunk


def _gzip(stream: BinaryIO) -> Iterator[bytes]:
    """Yield what a gzip stream holds."""
    with gzip.GzipFile(fileobj=stream) as file:
        try:
            while chunk := file.read(CHUNK):
                yield chunk
        except (EOFError, OSError, zlib.error) as error:
            raise _torn(error) from error


def _zstd(name: str, stream: BinaryIO) -> Iterator[bytes]:
    """Yield what the frames of a zstd stream hold."""
    try:
        import zstandard
    except ImportError as error:
        raise UsageError(f"{name} needs zstd: pip install '.[zstd]' in its clone") from error
    frame, begun = zstandard.ZstdDecompressor().decompressobj(), False
    while left := stream.read(_SLICE):
        while left:
            try:
                found = frame.decompress(left)
            except zstandard.ZstdError as error:
                raise _torn(error) from error
            if found:
                yield found
            left, begun = frame.unused_data, not frame.eof
            if frame.eof:
                frame = zstandard.ZstdDecompressor().decompressobj()
    if begun:
        raise _torn("it ends within a frame")


def _torn(why: object) -> FormatError:
    """Return the error of a file that cannot be unpacked to its end."""
    message = f"torn or not packed as its name says ({why}); the articles before that are kept"
    return FormatError(f"{message}: fetch the file anew")
