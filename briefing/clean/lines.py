"""The lines of a text, as spans: what the rules look at one by one."""

from collections.abc import Iterator
from typing import NamedTuple

from briefing.words import atoms


class Line(NamedTuple):
    """A line, or a part of one, that plays a single part in the article.

    A named tuple, as all that each line of a page is put into: they are made in half the time.
    """

    start: int
    """Offset in the text of its first character that is no space."""

    end: int
    text: str
    """`text[start:end]` of the whole."""

    words: tuple[str, ...]
    """In lower case, without marks."""

    key: str
    """The words with one space between: equal for lines that say the same."""


def lines(text: str) -> tuple[Line, ...]:
    r"""Return the lines of *text* that are not blank, without the white space at their ends.

    >>> [(line.start, line.text) for line in lines("One\n\n  Two. \n")]
    [(0, 'One'), (7, 'Two.')]
    """
    return tuple(_lines(text))


def line(text: str, start: int, end: int) -> Line | None:
    """Return the line that stands in `text[start:end]`, None when that is blank."""
    piece = text[start:end]
    content = piece.strip()
    if not content:
        return None
    start += len(piece) - len(piece.lstrip())
    words = atoms(content)
    return Line(start, start + len(content), content, tuple(words), " ".join(words))


def key(text: str) -> str:
    """Return the words of *text* in lower case, one space between: what two copies share.

    >>> key("‘Wagner’ group's coup.") == key("'Wagner' group’s coup")
    True
    """
    return " ".join(atoms(text))


def _lines(text: str) -> Iterator[Line]:
    """Yield each line that holds anything."""
    place = 0
    for piece in text.split("\n"):
        found = line(text, place, place + len(piece))
        if found:
            yield found
        place += len(piece) + 1
