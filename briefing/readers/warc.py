"""Web archives (WARC): each archived page of HTML is a unit."""

import logging
import math
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any, BinaryIO

from briefing.errors import FormatError, LimitError
from briefing.model import Article, Failure, Source
from briefing.readers.within import alone

# One page; what a crawler cut at its own limit is no larger.
MOST_PAGE_BYTES = 10_000_000
# All pages of one archive file; common crawls write files of 1 GB packed.
MOST_BYTES = 2_000_000_000

# What warcio lets through of broken headers: a record without an address, a length of 30 digits.
_DEFECTS = (AttributeError, OverflowError, ValueError, EOFError)


def read(source: Source) -> tuple[Article | Failure, ...]:
    """Return the article of each archived HTML page, in file order, as `ref#n`.

    A page that cannot be read is a failure in its place, and so is all that follows where the
    archive is torn.

    Raises:
        FormatError: It is no WARC file, or torn before its first page.
        LimitError: A page or the whole unpacks to more than the limits.
    """
    found: list[Article | Failure] = []
    try:
        for page in pages(BytesIO(source.body), most_bytes=MOST_BYTES):
            if isinstance(page, Failure):
                raise LimitError(page.message)
            ref = f"{source.ref}#{len(found) + 1}"
            task = partial(_article, replace(page, ref=ref))
            found.append(alone(task, ref=ref, place=page.url or "a page"))
    except FormatError as error:
        if not found:
            raise
        message = f"from here on nothing can be read: {error}"
        found.append(Failure(ref=f"{source.ref}#{len(found) + 1}", stage="read", message=message))
    return tuple(found)


def _article(page: Source) -> Article:
    """Return the article of a page."""
    from briefing.readers import html

    (found,) = html.read(page)
    return found


def pages(stream: BinaryIO, *, most_bytes: float = math.inf) -> Iterator[Source | Failure]:
    """Yield each archived HTML page as a source of its own, called by its address.

    A page that is too large is a failure in its place.

    The archive is read as a stream, a page at a time, so that whoever lets go of each page may
    read on without end.

    Raises:
        FormatError: It is no WARC file, or torn.
        LimitError: The whole unpacks to more than the limit.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    # It would print an address with its escapes on the terminal.
    logging.getLogger("warcio.recordloader").setLevel(logging.ERROR)
    _check_begin(stream)
    archive = ArchiveIterator(stream)
    archive.INC_RECORD = ""  # it would print what stands between two records, too
    total = records = 0
    try:
        for record in archive:
            records += 1
            page = _page(record) if record.rec_type == "response" else None
            if page:
                total += len(page.body) if isinstance(page, Source) else 0
                if total > most_bytes:
                    raise LimitError(f"the archive unpacks to more than {most_bytes:,} bytes")
                yield page
    except (ArchiveLoadFailed, *_DEFECTS) as error:
        why = " ".join(str(error).split())[:100]
        raise FormatError(f"not a whole WARC archive ({why})") from error
    if not records:
        raise FormatError("not a WARC archive: it holds no record")


def _check_begin(stream: BinaryIO) -> None:
    """Refuse what does not begin as an archive: read on, it would be passed over line by line.

    Raises:
        FormatError: It does not, packed or not.
    """
    head = stream.read(1000)
    stream.seek(0)
    if head.startswith(b"\x1f\x8b"):
        with suppress(zlib.error):
            head = zlib.decompressobj(wbits=31).decompress(head, 100)
    if not head.startswith((b"WARC/", b"filedesc:")):
        raise FormatError("not a WARC archive: it does not begin with a record")


def _page(record: Any) -> Source | Failure | None:
    """Return the archived page, None when it is not HTML that was found."""
    from briefing.fetch.web import content_type

    if record.http_headers is None or record.http_headers.get_statuscode() != "200":
        return None
    media_type, charset = content_type(record.http_headers.get_header("Content-Type"))
    if media_type not in ("text/html", "application/xhtml+xml"):
        return None
    body = record.content_stream().read(MOST_PAGE_BYTES + 1)
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    if len(body) > MOST_PAGE_BYTES:
        message = f"{url} unpacks to more than {MOST_PAGE_BYTES:,} bytes; give the article only"
        return Failure(ref=url, stage="read", message=message)
    return Source(ref=url, body=body, media_type=media_type, charset=charset, url=url)
