"""Paragraphs out of the lines that a page of a PDF shows, by where they stand and how they end."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A visual line of a page, its place in points, the page's lower left corner (0, 0)."""

    text: str
    page: int
    left: float
    right: float
    base: float
    """The lower edge of its letters' boxes."""

    size: float
    """The height of those boxes, the same for all letters of a font size."""


# So much of a difference in size, and the two lines are of different kinds: a heading, a caption.
_SAME_SIZE = 0.08
# Lines of a paragraph stand one leading apart; a gap of a quarter more is made on purpose.
_GAP = 1.25
# Larger letters than this, in the text's, are a heading's: its lines break by sense and are never
# full, and stand no further apart than this many of its heights.
_LARGER, _HEADING_GAP = 1.2, 1.4
# First lines of paragraphs are set in by about one letter's height.
_INDENT = 0.7
# Lines whose left edges lie this near, in heights, are of one column.
_COLUMN = 3.0
# Running heads stand in the first or last lines of a page.
_EDGE = 3

_HYPHEN = re.compile(r"(?<=[^\W\d_])(?:[\x02\ufffe]|[-\u00ad\u2010])$")
_SOFT = ("\x02", "\ufffe", "\u00ad")
_END = re.compile(r"[.!?…。:][\"'”’»)\]]{0,2}$")
_BULLET = re.compile(r"(?:[•▪‣◦–—*-]|\d{1,2}[.)])\s")
# What browsers print on every page, also when there is one only: day, time and title; the address.
_PRINTED = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}, \d{1,2}:\d\d(?:[ \u202f][AP]M)?\b"
    r"|(?:https?|file)://\S+(?: \d{1,4}/\d{1,4})?$|page \d{1,4}(?: of \d{1,4})?$|\d{1,4}/\d{1,4}$",
    re.IGNORECASE,
)


def without_running_heads(pages: Sequence[Sequence[Row]]) -> list[Row]:
    """Return the rows of all pages but what stands at the edge of each: heads, feet, numbers.

    A line is a running head when it stands near the edge of at least half of the pages, and of
    two at least, its numbers apart, or is what a browser prints there.
    """
    counts = Counter(key for page in pages for key in {_shape(r.text) for r in _edges(page)})
    least = max(2, (len(pages) + 1) // 2)
    kept: list[Row] = []
    for page in pages:
        edges = {id(row) for row in _edges(page)}
        kept += [
            row
            for row in page
            if id(row) not in edges
            or (counts[_shape(row.text)] < least and not _PRINTED.match(row.text))
        ]
    return kept


def paragraphs(rows: Sequence[Row]) -> Iterator[tuple[str, float]]:
    """Yield each paragraph as one line, words broken over lines joined, with its letters' size."""
    if not rows:
        return
    shape = _Shape.of(rows)
    parts = [rows[0].text]
    for above, below in pairwise(rows):
        if _parted(above, below, shape):
            yield _joined(parts), above.size
            parts = []
        parts.append(below.text)
    yield _joined(parts), rows[-1].size


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """What is usual in a document."""

    usual: float
    """The size of most letters."""

    leadings: dict[int, float]
    """From line to line, by size in whole points."""

    rights: dict[tuple[int, int], float]
    """How far lines reach, by size and left edge in steps of a column's tolerance."""

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "_Shape":
        """Return the shape of a document with *rows*."""
        steps: dict[int, list[float]] = {}
        rights: dict[tuple[int, int], float] = {}
        for above, below in pairwise(rows):
            step = above.base - below.base
            if above.page == below.page and _alike(above, below) and 0 < step < 3 * above.size:
                steps.setdefault(round(above.size), []).append(step)
        for row in rows:
            for place in _places(row):
                rights[place] = max(rights.get(place, 0), row.right)
        # The lower quartile's neighbour: in a text of one-line paragraphs the gaps are many.
        leadings = {size: median(sorted(of)[: len(of) // 2 + 1]) for size, of in steps.items()}
        usual = median(row.size for row in rows for _ in range(row.text.count(" ") + 1))
        return cls(usual=usual, leadings=leadings, rights=rights)


def _parted(above: Row, below: Row, shape: _Shape) -> bool:
    """Return whether a new paragraph begins with *below*."""
    if not _alike(above, below) or _BULLET.match(below.text):
        return True
    ended = _END.search(above.text) is not None
    if _turned(above, below):
        return (ended or not _full(above, below, shape)) and not _hyphenated(above, below)
    if _set_apart(above, below, shape):
        return True
    if above.size > _LARGER * shape.usual and not ended:
        return above.base - below.base > _HEADING_GAP * above.size
    return not _hyphenated(above, below) and not _full(above, below, shape)


def _turned(above: Row, below: Row) -> bool:
    """Return whether *below* stands on the next page, or on top of the next column."""
    return above.page != below.page or above.base - below.base < -above.size


def _hyphenated(above: Row, below: Row) -> bool:
    """Return whether a word begins in one line and ends in the next."""
    return _HYPHEN.search(above.text) is not None and below.text[:1].islower()


def _set_apart(above: Row, below: Row, shape: _Shape) -> bool:
    """Return whether a gap or an indent on one page and column parts *below* from *above*."""
    leading = shape.leadings.get(round(above.size), above.size * 1.2)
    indent = below.left - above.left
    return above.base - below.base > leading * _GAP or indent > _INDENT * above.size


def _full(above: Row, below: Row, shape: _Shape) -> bool:
    """Return whether the first word of *below* would not have fitted on the line *above*."""
    reach = max(shape.rights.get(place, 0) for place in _places(above))
    word = len(below.text.split(maxsplit=1)[0]) + 1
    letter = (below.right - below.left) / max(len(below.text), 1)
    # A tenth of the line is forgiven: letters are not of one width.
    return above.right + word * letter > reach - 0.1 * word * letter


def _alike(above: Row, below: Row) -> bool:
    """Return whether two lines are set in one size."""
    return abs(above.size - below.size) <= _SAME_SIZE * max(above.size, below.size)


def _places(row: Row) -> tuple[tuple[int, int], ...]:
    """Return the keys of a row's column: its own step, and that of the nearer neighbour."""
    step = row.left / max(_COLUMN * row.size, 1)
    size = round(row.size)
    return (size, int(step)), (size, int(step) + (1 if step % 1 >= 0.5 else -1))


def _joined(parts: Sequence[str]) -> str:
    """Return the lines of a paragraph as one."""
    text = parts[0]
    for part in parts[1:]:
        broken = _HYPHEN.search(text)
        if broken and (text.endswith(_SOFT) or part[:1].islower()):
            # "29-year-" and "old": a word with a hyphen of its own keeps the second, too.
            own = "-" in text[: broken.start()].rpartition(" ")[2]
            text = text[: broken.start()] + "-" * own + part
        else:
            text = f"{text} {part}"
    return re.sub("[\x02\ufffe]", "-", text)


def _edges(page: Sequence[Row]) -> list[Row]:
    """Return the rows at the edges of a page, as the file has them in order."""
    return [*page[:_EDGE], *page[max(len(page) - _EDGE, _EDGE) :]]


def _shape(text: str) -> str:
    """Return what two running heads share."""
    return re.sub(r"\d+", "#", text.lower())
