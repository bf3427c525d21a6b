"""Plain text: a file typed by hand, or a news page copied as text."""

import hashlib

from briefing.errors import FormatError
from briefing.model import Article, Source
from briefing.readers.decode import decode
from briefing.readers.markup import xml_root


def read(source: Source) -> tuple[Article, ...]:
    """Return the one article of a plain text; what is title and what is body the cleaner tells.

    Raises:
        FormatError: It is empty, binary, of no known encoding, or XML.
    """
    text, warnings = decode(source.body, declared=source.charset)
    refuse_xml(text)
    return (article(text, source=source, warnings=warnings),)


def refuse_xml(text: str) -> None:
    """Raise FormatError when a text is XML, whose tags nobody means as an article's words."""
    root = xml_root(text)
    if root:
        known = "feeds, NewsML-G2, NITF and web pages are read"
        raise FormatError(f"XML of a kind that is not read here, with the root <{root}>; {known}")


def article(text: str, *, source: Source, warnings: tuple[str, ...] = ()) -> Article:
    """Return an article whose text is *text*, as it stands, for the cleaner to mark.

    Raises:
        FormatError: There is nothing but white space.
    """
    if not text.strip():
        raise FormatError("the file is empty: there is nothing to brief")
    return Article(
        ref=source.ref,
        sha256=hashlib.sha256(source.body).hexdigest(),
        source_text=text,
        text=text,
        url=source.url,
        warnings=warnings,
    )
