"""Web pages that a browser saved in a single file (MHTML, RFC 2557): the page is what counts.

The file has the form of a mail, from "Saved by Blink" and of the moment of saving; neither is the
article's.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

from briefing.errors import FormatError
from briefing.model import Article, Source
from briefing.readers import html

_PAGES = ("text/html", "application/xhtml+xml")


def read(source: Source) -> tuple[Article, ...]:
    """Return the one article of the page that the file holds, the page's address being its own.

    Frames, pictures and styles beside the page are left out. The page says in which encoding it
    is where its part of the file does not.

    Raises:
        FormatError: It holds no page, there is no article in it, or it is nested without end.
        LimitError: The page is larger than any a reader would open.
    """
    try:
        # Line ends before the headers, as an editor leaves them, would end the headers.
        message = BytesParser(policy=policy.default).parsebytes(source.body.lstrip())
        part = _page(message)
    except RecursionError as error:
        raise FormatError("its parts are nested too deep; save the page once more") from error
    body = _bytes(part) if part is not None else b""
    if part is None or not body.strip():
        raise FormatError("no page in this file of a saved page; save the page once more")
    located = (_location(message, "snapshot-content-location"), _location(part, "content-location"))
    page = replace(
        source,
        body=body,
        charset=part.get_content_charset(),
        url=source.url or next(filter(None, located), None),
    )
    (article,) = html.read(page)
    return (replace(article, sha256=hashlib.sha256(source.body).hexdigest()),)


def _page(message: EmailMessage) -> Any:
    """Return the part that holds the page: the one named as the start, else the first; or None."""
    pages = list(_pages(message))
    start = str(message.get_param("start", "")).strip("<> ")
    named = (part for part in pages if start and _text(part, "content-id").strip("<> ") == start)
    return next(named, pages[0] if pages else None)


def _pages(message: EmailMessage) -> Iterator[Any]:
    """Yield each part that is a page, in file order."""
    for part in message.walk():
        if part.get_content_type() in _PAGES:
            yield part


def _bytes(part: Any) -> bytes:
    """Return what a part holds; what its encoding does not spell is passed over."""
    try:
        body = part.get_payload(decode=True)
    except (ValueError, AssertionError):
        return b""
    return body if isinstance(body, bytes) else b""


def _location(part: Any, name: str) -> str | None:
    """Return the address that a header gives, None when it is none that a reader may follow."""
    # A long address is folded into several lines.
    location = "".join(_text(part, name).split())
    return location if location.startswith(("http://", "https://")) else None


def _text(part: Any, name: str) -> str:
    """Return a header, empty when it is missing or beyond decoding."""
    try:
        return str(part.get(name, ""))
    except (ValueError, AttributeError, IndexError, KeyError, TypeError):
        return ""
