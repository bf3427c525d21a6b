"""The words that a page shows against the words that it should show, with none left over."""

import difflib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from briefing.verify.expected import Piece
from briefing.verify.findings import Finding
from briefing.verify.legible import ANY, EXACT, SPACE, Legible, Reading

# How far from its place a block may be read back: positioned lines of one page are painted
# after the rest of it. A page holds some 4,000 letters.
_AHEAD = 8000
_CLOSING, _OPENING = ",;:.!?)]", "(["
# Letters by which the beginnings of stretches are looked up: as many as a block has, at most.
# Three alone take the square of a thousand lines that begin alike, as an account's do.
_KEYS = (3, 6, 12, 24, 48, 96)


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

    def border(self, stretch: int) -> int:
        """Return where a stretch begins, or where the text ends after the last."""
        return self.starts[stretch] if stretch < len(self.starts) else len(self.text)

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


@dataclass(slots=True, kw_only=True)
class _Wanted:
    """A block that is looked for."""

    piece: Piece
    forms: tuple[Legible, ...]
    shuffled: bool
    start: int = -1
    """Where it stands; -1 until it is found."""

    end: int = -1


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
    blocks = (_wanted(piece, numbers or {}, reading) for piece in expected)
    wanted = [block for block in blocks if any(form.letters for form in block.forms)]
    spaced: list[Finding] = []
    _anchor(found, wanted, spaced)
    _join_on(found, wanted, spaced)
    yield from _rest(found, wanted, spaced)
    yield from spaced


def _wanted(piece: Piece, numbers: Mapping[str, int], reading: Reading) -> _Wanted:
    """Return a block as it may be read back, its page number filled in."""
    texts: tuple[str, ...] = (piece.shown,)
    if piece.numbered is not None and piece.numbered in numbers:
        number = f" {numbers[piece.numbered]} "
        texts = tuple(form.replace("\0", number) for form in piece.alternatives)
    return _Wanted(
        piece=piece if piece.shown else replace(piece, shown=texts[0].strip()),
        forms=tuple(reading.of(text) for text in texts),
        shuffled=piece.turned and not reading.exact,
    )


def _anchor(found: Flow, wanted: Sequence[_Wanted], spaced: list[Finding]) -> None:
    """Account for each block that stands on the pages once only, wherever that is.

    One whose words also stand inside another block is passed over: it could take their place.
    Positioned blocks are painted after the rest of their page, so the order tells little.
    """
    index = _index(found)
    asked = "\0".join(f for block in wanted for f in {form.letters: 0 for form in block.forms})
    for block in wanted:
        for form in () if block.shuffled else block.forms:
            whole = _places(found, form, index)
            if len(whole) == 1 and asked.count(form.letters) == 1:
                _use(found, block, form, at=whole[0], spaced=spaced)
                break


def _index(found: Flow) -> dict[str, list[int]]:
    """Return where stretches begin, by their first letters: as many as each of `_KEYS` says."""
    index: dict[str, list[int]] = {}
    for start in found.starts:
        for key in _KEYS:
            index.setdefault(found.text[start : start + key], []).append(start)
    return index


def _places(found: Flow, form: Legible, index: Mapping[str, Sequence[int]]) -> list[int]:
    """Return where a form of a block stands whole, by the stretches that begin as it does."""
    key = max((k for k in _KEYS if k <= len(form.letters)), default=_KEYS[0])
    starts = dict.fromkeys(index.get(form.letters[:key], ()))
    return [at for at in starts if _stands(found, form, at, shuffled=False)]


def _join_on(found: Flow, wanted: Sequence[_Wanted], spaced: list[Finding]) -> None:
    """Account for each block that joins on to its neighbour: the one before, or the next."""
    for one, other in pairwise(wanted):
        if one.end >= 0 and other.start < 0:
            _try(found, other, one.end, spaced=spaced)
    for one, other in pairwise(reversed(wanted)):
        if one.start >= 0 and other.start < 0:
            _try(found, other, one.start, spaced=spaced, ends=True)


def _try(
    found: Flow, block: _Wanted, at: int, *, spaced: list[Finding], ends: bool = False
) -> None:
    """Account for a block if it stands at a place, or *ends* there."""
    for form in block.forms:
        start = at - len(form.letters) if ends else at
        if start >= 0 and _stands(found, form, start, shuffled=block.shuffled):
            _use(found, block, form, at=start, spaced=spaced)
            return


def _try_parted(found: Flow, block: _Wanted, at: int) -> None:
    """Account for a block that begins at a place and goes on somewhere on the next page.

    What is positioned on the first page is painted between its two parts.
    """
    for form in block.forms:
        end = _begun(found, form, at)
        tail = form.letters[end - at :]
        if end == at or not tail or not found.is_whole(at, end):
            continue
        turned = found.page(at) + 1
        for other in (s for s, n in zip(found.starts, found.pages, strict=True) if n == turned):
            if found.text.startswith(tail, other) and found.is_whole(other, other + len(tail)):
                found.used[at:end] = b"\1" * (end - at)
                found.used[other : other + len(tail)] = b"\1" * len(tail)
                block.start, block.end = at, other + len(tail)
                return


def _begun(found: Flow, form: Legible, at: int) -> int:
    """Return how far the stretches from a place on are what a form of a block begins with."""
    stretch = bisect_left(found.starts, at)
    end = at
    while stretch < len(found.starts):
        stretch += 1
        if not form.letters.startswith(found.text[at : found.border(stretch)]):
            break
        end = found.border(stretch)
    return end


def _rest(found: Flow, wanted: Sequence[_Wanted], spaced: list[Finding]) -> Iterator[Finding]:
    """Account for blocks that stand alone, each at the nearest place; yield what is then left."""
    missing: list[tuple[_Wanted, int]] = []
    before = 0
    for block in wanted:
        if block.start < 0:
            _look(found, block, before, spaced=spaced)
        if block.start < 0:
            missing.append((block, before))
        before = max(before, block.end) if block.start < 0 else block.end
    extra = list(_left(found))
    for block, at in missing:
        yield _missing(found, block, extra, at=at)
    for start, end in extra:
        where = f"page {found.page(start)}" if found.page(start) else "the page"
        yield Finding(where=where, what=f"not in the edition: {found.read(start, end)!r}")


def _look(found: Flow, block: _Wanted, before: int, *, spaced: list[Finding]) -> None:
    """Account for a block at the place nearest to where the one before ends, whole or in parts."""
    first = bisect_left(found.starts, before - _AHEAD)
    last = bisect_right(found.starts, before + _AHEAD)
    near = found.starts[first:last]
    for at in sorted(near, key=lambda at: (abs(at - before), at)):
        if block.start < 0:
            _try(found, block, at, spaced=spaced)
    for at in () if block.shuffled else near:
        if block.start < 0:
            _try_parted(found, block, at)


def _stands(found: Flow, form: Legible, at: int, *, shuffled: bool) -> bool:
    """Return whether a form of a block stands at a place that is not accounted for."""
    end = at + len(form.letters)
    if end > len(found.text) or not found.is_whole(at, end):
        return False
    if not shuffled:
        return found.text.startswith(form.letters, at)
    return sorted(found.text[at:end]) == sorted(form.letters)


def _use(found: Flow, block: _Wanted, form: Legible, *, at: int, spaced: list[Finding]) -> None:
    """Account for a block, and note where its words stand apart or together as they should not."""
    length = len(form.letters)
    found.used[at : at + length] = b"\1" * length
    block.start, block.end = at, at + length
    if block.shuffled:
        return
    gaps = found.gaps[at : at + length]
    for one, other in zip(gaps[1:], form.gaps[1:], strict=True):
        if one != other and ANY not in (one, other):
            reads = found.read(at, at + length)
            what = f"should be {block.piece.shown!r}, but reads {reads!r}"
            spaced.append(Finding(where=_place(found, block, at), what=what))
            return


def _left(found: Flow) -> Iterator[tuple[int, int]]:
    """Yield the stretches of text that no block accounts for."""
    start = found.used.find(0)
    while start >= 0:
        end = found.used.find(1, start)
        end = len(found.text) if end < 0 else end
        yield start, end
        start = found.used.find(0, end)


def _missing(found: Flow, block: _Wanted, extra: list[tuple[int, int]], *, at: int) -> Finding:
    """Return the finding for a block, with what stands in its place; that is then named once."""
    near = min(extra, key=lambda span: abs(span[0] - at), default=None)
    if near is None or not _instead(found, block, near, at=at):
        what = f"missing from the page: {block.piece.shown!r}"
        return Finding(where=_place(found, block, at), what=what)
    extra.remove(near)
    reads = found.read(*near)
    what = f"should be {block.piece.shown!r}, but reads {reads!r}"
    return Finding(where=_place(found, block, near[0]), what=what)


def _instead(found: Flow, block: _Wanted, span: tuple[int, int], *, at: int) -> bool:
    """Return whether what no block accounts for stands in the place of one that is missing."""
    reads, wanted = found.text[slice(*span)], block.forms[0].letters
    if abs(span[0] - at) > _AHEAD or len(reads) > 2 * len(wanted) + 40:
        return False
    return span[0] == at or _alike(reads, wanted)


def _place(found: Flow, block: _Wanted, at: int) -> str:
    """Return page, story and point of a block."""
    page = found.page(min(at, len(found.text) - 1))
    return f"page {page}, {block.piece.where}" if page else block.piece.where


def _alike(one: str, other: str) -> bool:
    """Return whether two texts are the same but for some letters."""
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() > 0.6
