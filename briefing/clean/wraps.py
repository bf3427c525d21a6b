"""Hard-wrapped text: find the line breaks that a narrow window made, not the writer."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

# Windows and mail programs wrap between these widths. Narrower is verse or a list, wider a
# paragraph that a writer broke.
_NARROWEST, _WIDEST = 40, 130
# Of the breaks inside paragraphs, this share must be where a word no longer fitted. Pages of the
# evaluation material wrapped by machine reach 1.0; the same pages unwrapped stay below .4.
_SHARE = 0.75
# Fewer breaks than this tell nothing.
_FEWEST = 3


def unwrap(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each line break, with the spaces about it, that should be a space.

    A text is hard-wrapped when nearly each of its lines is as full as its width allows: the next
    line's first word would not have fitted. Where it would have, the break is the writer's.
    """
    lines = text.split("\n")
    if len(lines) <= _FEWEST:
        return
    width = _width(lines)
    if not width:
        return
    place = 0
    for line, following in pairwise(lines):
        place += len(line) + 1
        if _joins(line, following, width):
            yield place - 1 - (len(line) - len(line.rstrip())), place + _indent(following)


def _width(lines: list[str]) -> int:
    """Return the column at which the text was wrapped, 0 when it was not."""
    # A line without a space is a long address that could not be wrapped.
    width = max((len(line.rstrip()) for line in lines if " " in line.strip()), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    pairs = Counter(
        _full(line, following, width)
        for line, following in pairwise(lines)
        if following.strip() and len(line) > width / 2
    )
    enough = pairs[True] >= _FEWEST and pairs[True] >= _SHARE * pairs.total()
    return width if enough else 0


def _full(line: str, following: str, width: int) -> bool:
    """Return whether the next line's first word would not have fitted on *line*."""
    first = following.split(maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(first) > width


def _joins(line: str, following: str, width: int) -> bool:
    """Return whether the break between two lines is the window's."""
    return bool(line.strip() and following.strip()) and _full(line, following, width)


def _indent(line: str) -> int:
    """Return the number of spaces that *line* opens with."""
    return len(line) - len(line.lstrip())
