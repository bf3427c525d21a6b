"""The words that a page shows against the words that it should show, with none left over."""

import difflib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.verify.expected import Piece
from briefing.verify.findings import Finding
from briefing.verify.legible import ANY, EXACT, SPACE, Legible, Reading

# How far from its place a block may be read back: positioned lines of one page are painted
# after the rest of it. A page holds some 4,000 letters.
_AHEAD = 8000
_CLOSING, _OPENING = ",;:.!?)]", "(["
# A block this long that stands on the pages once only is itself, wherever it stands.
_TELLING = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as it was read back."""

    page: int
    """From 1; 0 where there are no pages."""

    stretches: tuple[str, ...]
    """What was drawn in one go; between two of them no one knows whether there is a space."""


@dataclass(slots=True)
class Flow:
    """All stretches, one after another, and which of their letters are accounted for."""

    text: str
    gaps: bytes
    """What stands before each letter of `text`."""

    starts: list[int]
    """Where each stretch begins in `text`, ascending; its page is at that place in `pages`."""

    pages: list[int]
    used: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self.used = bytearray(len(self.text))

    def page(self, at: int) -> int:
        """Return the number of the page on which a letter stands, 0 when there is none."""
        line = bisect_right(self.starts, at) - 1
        return self.pages[line] if line >= 0 else 0

    def is_whole(self, start: int, end: int) -> bool:
        """Return whether a place holds whole stretches, none of them accounted for."""
        return self._borders(start) and self._borders(end) and self.used.find(1, start, end) < 0

    def _borders(self, at: int) -> bool:
        """Return whether a stretch begins or the text ends at a place."""
        line = bisect_left(self.starts, at)
        return at == len(self.text) or (line < len(self.starts) and self.starts[line] == at)

    def read(self, start: int, end: int) -> str:
        """Return what stands at a place, with spaces where they are certain or likely."""
        shown = self.text[start:end][:1]
        for at in range(start + 1, end):
            likely = self.gaps[at] == ANY and not (
                self.text[at] in _CLOSING or self.text[at - 1] in _OPENING
            )
            shown += " " if self.gaps[at] == SPACE or likely else ""
            shown += self.text[at]
        return shown


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """A block that is looked for."""

    piece: Piece
    forms: tuple[Legible, ...]
    shuffled: bool
    at: int = 0
    """Where it should stand, as far as what came before it tells."""


def flow(lines: Sequence[Line], reading: Reading = EXACT) -> Flow:
    """Return lines, as far as they can be read back, as one flow."""
    texts: list[str] = []
    gaps = bytearray()
    starts: list[int] = []
    numbers: list[int] = []
    for line in lines:
        for stretch in map(reading.of, line.stretches):
            if stretch.letters:
                starts.append(len(gaps))
                numbers.append(line.page)
                texts.append(stretch.letters)
                gaps += bytes([ANY]) + stretch.gaps[1:]
    return Flow(text="".join(texts), gaps=bytes(gaps), starts=starts, pages=numbers)


def compare(
    found: Flow,
    expected: Sequence[Piece],
    *,
    numbers: Mapping[str, int] | None = None,
    reading: Reading = EXACT,
) -> Iterator[Finding]:
    """Yield each block that is not on the pages, and all words there that no block accounts for.

    Args:
        found: What was read back.
        expected: What should be there.
        numbers: For each anchor the page it is on, for the numbers in the contents.
        reading: How the letters were read back.
    """
    wanted = [_wanted(piece, numbers or {}, reading) for piece in expected]
    spaced: list[Finding] = []
    missing = list(_in_order(found, wanted, spaced))
    missing = list(_anywhere(found, missing, spaced))
    extra = list(_left(found))
    for lost in missing:
        yield _missing(found, lost, extra)
    yield from spaced
    for start, end in extra:
        where = f"page {found.page(start)}" if found.page(start) else "the page"
        yield Finding(where=where, what=f"not in the edition: {found.read(start, end)!r}")


def _wanted(piece: Piece, numbers: Mapping[str, int], reading: Reading) -> _Wanted:
    """Return a block as it may be read back, its page number filled in."""
    texts: tuple[str, ...] = (piece.shown,)
    if piece.numbered is not None:
        number = str(numbers.get(piece.numbered, ""))
        texts = tuple(form.replace("\0", f" {number} ") for form in piece.alternatives)
    return _Wanted(
        piece=piece,
        forms=tuple(reading.of(text) for text in texts),
        shuffled=piece.turned and not reading.exact,
    )


def _in_order(found: Flow, wanted: Sequence[_Wanted], spaced: list[Finding]) -> Iterator[_Wanted]:
    """Account for the blocks that stand in their order; yield those that do not.

    A block may be passed over for a later one only where that is beyond doubt, so that one
    changed block never takes the place of its like.
    """
    low = front = 0
    for block in wanted:
        at, form = _next(found, block, (low, front))
        if at < 0:
            yield _Wanted(piece=block.piece, forms=block.forms, shuffled=block.shuffled, at=front)
            continue
        _use(found, block, form, at=at, spaced=spaced)
        front = _free(found, at + len(form.letters))
        low = _free(found, low)


def _next(found: Flow, block: _Wanted, places: tuple[int, int]) -> tuple[int, Legible]:
    """Return where a block stands next and in which form; -1 when that is not certain."""
    for at in places[::-1]:
        for form in block.forms:
            if _stands(found, form, at, shuffled=block.shuffled):
                return at, form
    low = places[0]
    for form in block.forms:
        at = -1 if block.shuffled else found.text.find(form.letters, low)
        if (
            len(form.letters) >= _TELLING
            and at >= 0
            and found.is_whole(at, at + len(form.letters))
            and found.text.find(form.letters, at + 1) < 0
        ):
            return at, form
    return -1, block.forms[0]


def _anywhere(found: Flow, missing: Sequence[_Wanted], spaced: list[Finding]) -> Iterator[_Wanted]:
    """Account for blocks that stand elsewhere, each at the nearest place left; yield the rest."""
    for block in missing:
        first = bisect_left(found.starts, block.at - _AHEAD)
        last = bisect_right(found.starts, block.at + _AHEAD)
        near = sorted(found.starts[first:last], key=lambda at: (abs(at - block.at), at))
        for at, form in ((at, form) for at in near for form in block.forms):
            whole = found.is_whole(at, at + len(form.letters))
            if whole and _stands(found, form, at, shuffled=block.shuffled):
                _use(found, block, form, at=at, spaced=spaced)
                break
        else:
            yield block


def _stands(found: Flow, form: Legible, at: int, *, shuffled: bool) -> bool:
    """Return whether a form of a block stands at a place that is not accounted for."""
    end = at + len(form.letters)
    if end > len(found.text) or found.used.find(1, at, end) >= 0:
        return False
    if not shuffled:
        return found.text.startswith(form.letters, at)
    return sorted(found.text[at:end]) == sorted(form.letters)


def _use(found: Flow, block: _Wanted, form: Legible, *, at: int, spaced: list[Finding]) -> None:
    """Account for a block, and note where its words stand apart or together as they should not."""
    length = len(form.letters)
    found.used[at : at + length] = b"\1" * length
    if block.shuffled:
        return
    gaps = found.gaps[at : at + length]
    for one, other in zip(gaps[1:], form.gaps[1:], strict=True):
        if one != other and ANY not in (one, other):
            reads = found.read(at, at + length)
            what = f"should be {block.piece.shown!r}, but reads {reads!r}"
            spaced.append(Finding(where=_place(found, block, at), what=what))
            return


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


def _missing(found: Flow, block: _Wanted, extra: list[tuple[int, int]]) -> Finding:
    """Return the finding for a block, with what stands in its place; that is then named once."""
    near = min(extra, key=lambda span: abs(span[0] - block.at), default=None)
    if near is None or not _instead(found, block, near):
        what = f"missing from the page: {block.piece.shown!r}"
        return Finding(where=_place(found, block, block.at), what=what)
    extra.remove(near)
    reads = found.read(*near)
    what = f"should be {block.piece.shown!r}, but reads {reads!r}"
    return Finding(where=_place(found, block, near[0]), what=what)


def _instead(found: Flow, block: _Wanted, span: tuple[int, int]) -> bool:
    """Return whether what no block accounts for stands in the place of one that is missing."""
    reads, wanted = found.text[slice(*span)], block.forms[0].letters
    if abs(span[0] - block.at) > _AHEAD or len(reads) > 2 * len(wanted) + 40:
        return False
    return span[0] == block.at or _alike(reads, wanted)


def _place(found: Flow, block: _Wanted, at: int) -> str:
    """Return page, story and point of a block."""
    page = found.page(min(at, len(found.text) - 1))
    return f"page {page}, {block.piece.where}" if page else block.piece.where


def _alike(one: str, other: str) -> bool:
    """Return whether two texts are the same but for some letters."""
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() > 0.6
