"""Edits of a text that remember where each place stood before."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from briefing.model import OffsetMap


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What to put in place of `text[start:end]`."""

    start: int
    end: int
    replacement: str


def edited(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """Return *text* after *edits*, and the map from there back to *text*.

    Args:
        text: What to edit.
        edits: In order, none overlapping.

    >>> found, offsets = edited("a &squot; b", [Edit(start=2, end=9, replacement="'")])
    >>> found, offsets.span(2, 3)
    ("a ' b", (2, 9))
    """
    pieces: list[str] = []
    here, there = [0], [0]
    done = length = 0
    for edit in edits:
        pieces += (text[done : edit.start], edit.replacement)
        length += edit.start - done
        here.append(length)
        there.append(edit.start)
        length += len(edit.replacement)
        here.append(length)
        there.append(edit.end)
        done = edit.end
    pieces.append(text[done:])
    return "".join(pieces), OffsetMap(here=tuple(here), there=tuple(there))


def compose(first: OffsetMap, then: OffsetMap) -> OffsetMap:
    """Return the map of two repairs in a row, back to the text before both.

    >>> once, a = edited("one  two", [Edit(start=3, end=5, replacement=" ")])
    >>> twice, b = edited(once, [Edit(start=0, end=3, replacement="1")])
    >>> twice, compose(a, b).span(0, 1), compose(a, b).span(2, 5)
    ('1 two', (0, 3), (5, 8))
    """
    here: list[int] = []
    there: list[int] = []
    for run, (start, middle) in enumerate(zip(then.here, then.there, strict=True)):
        last = run + 1 == len(then.here)
        length = None if last else then.here[run + 1] - start
        points = [(start, _leftmost(first, middle))]
        at = bisect_left(first.here, middle)
        while at < len(first.here) and (length is None or first.here[at] < middle + length):
            points.append((start + first.here[at] - middle, first.there[at]))
            at += 1
        for point in points:
            if not here or (here[-1], there[-1]) != point:
                here.append(point[0])
                there.append(point[1])
    return OffsetMap(here=tuple(here), there=tuple(there))


def _leftmost(offsets: OffsetMap, place: int) -> int:
    """Return the source of *place*, before anything that was deleted there."""
    at = bisect_left(offsets.here, place)
    if at < len(offsets.here) and offsets.here[at] == place:
        return offsets.there[at]
    return offsets.source(place)
