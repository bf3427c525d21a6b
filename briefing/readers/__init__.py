"""Readers: bytes to articles. Which reader a source needs is told by the table in `kinds`."""

from collections.abc import Sequence

from briefing.errors import FormatError
from briefing.model import Article, Failure, Source
from briefing.readers.kinds import Reader, reader_for

__all__ = ["Reader", "read", "reader_for"]


def read(source: Source) -> tuple[Article | Failure, ...]:
    """Return each unit of *source*, in file order; a page or plain text is one.

    Of a mailbox, a feed or the like, a unit that cannot be read is a failure in its place, and
    keeps its number.

    The kind is told by the declared media type, then by the ending of the name, then by the first
    bytes. Text is the last resort, so an unknown binary is refused by the text reader.

    Raises:
        ReadError: It is empty, broken, larger than the limits allow or of a kind that no reader
            knows, or none of its units can be read.
    """
    if not source.body.strip():
        raise FormatError("the file is empty: there is nothing to brief")
    found = tuple(reader_for(source).load()(source))
    if found and all(isinstance(unit, Failure) for unit in found):
        raise FormatError(_none(found))
    return found


def _none(found: Sequence[Article | Failure]) -> str:
    """Return what is wrong with a source of which no unit can be read."""
    first = next(unit.message for unit in found if isinstance(unit, Failure))
    return first if len(found) == 1 else f"none of its {len(found):,} units can be read: {first}"
