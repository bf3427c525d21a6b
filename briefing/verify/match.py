"""The words that a page shows against the words that it should show, with none left over."""

import difflib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.verify.expected import Piece, squeeze
from briefing.verify.findings import Finding

# How far ahead of its place a block may be read back: positioned lines of one page are painted
# after the rest of it. A page holds some 4,000 letters.
_AHEAD = 8000


@dataclass(slots=True)
class Flow:
    """The lines of all pages, one after another, and which of their letters are accounted for."""

    text: str
    starts: list[int]
    """Where each line begins in `text`, ascending; its page is at the same place in `pages`."""

    pages: list[int]
    used: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self.used = bytearray(len(self.text))

    def page(self, at: int) -> int:
        """Return the number of the page on which a letter stands, 0 when there is none."""
        line = bisect_right(self.starts, at) - 1
        return self.pages[line] if line >= 0 else 0


def flow(pages: Sequence[Sequence[str]]) -> Flow:
    """Return the lines of each page, squeezed, as one flow."""
    texts: list[str] = []
    starts: list[int] = []
    numbers: list[int] = []
    length = 0
    for number, lines in enumerate(pages, 1):
        for line in map(squeeze, lines):
            if line:
                texts.append(line)
                starts.append(length)
                numbers.append(number)
                length += len(line)
    return Flow(text="".join(texts), starts=starts, pages=numbers)


def compare(
    found: Flow, expected: Sequence[Piece], numbers: Mapping[str, int | None]
) -> Iterator[Finding]:
    """Yield each block that is not on the pages, and all words there that no block accounts for.

    Args:
        found: What was read back.
        expected: What should be there.
        numbers: For each anchor the page it is on, for the numbers in the contents.
    """
    cursor = 0
    missing: list[tuple[Piece, int]] = []
    for piece in expected:
        at, length = _find(found, _forms(piece, numbers), cursor)
        if at < 0:
            missing.append((piece, cursor))
            continue
        found.used[at : at + length] = b"\1" * length
        if at <= cursor:
            cursor = _free(found, at + length)
    extra = list(_left(found))
    for piece, at in missing:
        yield _missing(found, piece, at=at, extra=extra)
    for start, end in extra:
        where = f"page {found.page(start)}" if found.page(start) else "the page"
        yield Finding(where=where, what=f"not in the edition: {found.text[start:end]!r}")


def _forms(piece: Piece, numbers: Mapping[str, int | None]) -> tuple[str, ...]:
    """Return how a block may be read back, its page number filled in."""
    if piece.numbered is None:
        return (piece.words,)
    number = numbers.get(piece.numbered)
    filled = "" if number is None else str(number)
    return tuple(form.replace("\0", filled) for form in piece.alternatives)


def _find(found: Flow, forms: Sequence[str], cursor: int) -> tuple[int, int]:
    """Return where one of *forms* stands next, and how long it is; -1 when none does.

    A block begins where a line begins, so a short one is not found inside another.
    """
    for form in forms:
        if (
            form
            and found.text.startswith(form, cursor)
            and not any(found.used[cursor : cursor + len(form)])
        ):
            return cursor, len(form)
    best = (-1, 0)
    for form in forms:
        at = _elsewhere(found, form, cursor)
        if at >= 0 and (best[0] < 0 or at < best[0]):
            best = (at, len(form))
    return best


def _elsewhere(found: Flow, form: str, cursor: int) -> int:
    """Return the nearest line after the cursor at which *form* begins and is not used."""
    at = max(0, cursor - 1)
    while form and (at := found.text.find(form, at, cursor + _AHEAD + len(form))) >= 0:
        end = at + len(form)
        line = bisect_right(found.starts, at) - 1
        ends_line = (
            end == len(found.text)
            or found.starts[min(bisect_right(found.starts, end) - 1, len(found.starts) - 1)] == end
        )
        if found.starts[line] == at and ends_line and not any(found.used[at:end]):
            return at
        at += 1
    return -1


def _free(found: Flow, at: int) -> int:
    """Return the first place from *at* on that is not accounted for."""
    free = found.used.find(0, at)
    return len(found.text) if free < 0 else free


def _left(found: Flow) -> Iterator[tuple[int, int]]:
    """Yield the stretches of text that no block accounts for."""
    start = found.used.find(0)
    while start >= 0:
        end = found.used.find(1, start)
        end = len(found.text) if end < 0 else end
        yield start, end
        start = found.used.find(0, end)


def _missing(found: Flow, piece: Piece, *, at: int, extra: list[tuple[int, int]]) -> Finding:
    """Return the finding for a block, with what stands in its place; that is then named once."""
    near = min(extra, key=lambda span: abs(span[0] - at), default=None)
    if near is None or abs(near[0] - at) > _AHEAD:
        return Finding(where=piece.where, what=f"missing from the page: {piece.shown!r}")
    instead = found.text[near[0] : near[1]]
    if len(instead) > 2 * len(piece.words) + 40 or not _alike(instead, piece.words):
        return Finding(where=piece.where, what=f"missing from the page: {piece.shown!r}")
    extra.remove(near)
    page = found.page(near[0])
    where = f"page {page}, {piece.where}" if page else piece.where
    return Finding(where=where, what=f"should be {piece.shown!r}, but reads {instead!r}")


def _alike(one: str, other: str) -> bool:
    """Return whether two texts are the same but for some letters."""
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() > 0.6
