"""Readers: bytes to articles. Which reader a source needs is told by the table in `kinds`."""

from briefing.errors import FormatError
from briefing.model import Article, Source
from briefing.readers.kinds import Reader, reader_for

__all__ = ["Reader", "read", "reader_for"]


def read(source: Source) -> tuple[Article, ...]:
    """Return the articles in *source*, in file order; a page or plain text holds one.

    The kind is told by the declared media type, then by the ending of the name, then by the first
    bytes. Text is the last resort, so an unknown binary is refused by the text reader.

    Raises:
        ReadError: It is empty, broken, or of a kind that no reader knows.
    """
    if not source.body.strip():
        raise FormatError("the file is empty: there is nothing to brief")
    return reader_for(source).load()(source)
