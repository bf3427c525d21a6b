"""Where quotation marks open and close, across paragraphs, whatever marks the outlet uses.

Nothing here knows who speaks. Marks that are wrong are read for what they were meant to be:

- a mark that is reopened at each paragraph goes on with the same quotation;
- one that is never closed ends with its paragraph, unless the next paragraph closes it;
- a curly mark turned the wrong way is told by the white space around it;
- a straight or curly apostrophe is a quotation mark only if it has a partner.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

Span = tuple[int, int]

_DOUBLE = '"“”„‟«»'
# One class first: the search then skips to the next mark. A lone backtick is none, nor is an
# apostrophe within a word: half of all marks.
_MARK = re.compile(
    r"[\"“”„‟«»‘’‚‹›'`](?:(?<=')'|(?<=`)`|(?<!`)(?:(?<!['’])|(?<![^\W_].)|(?![^\W_])))"
)
_DOUBLE_MARK = re.compile(r"[\"“”„‟«»]")
# What may stand before an opening mark, besides white space.
_BEFORE_OPEN = frozenset('([{—–-/:"“„«…')
# Words that begin with an apostrophe: 'em, '90s, 'til.
_ELIDED = re.compile(r"(?:\d0s|em|til|cause|tis|twas|n|bout|round)\b", re.IGNORECASE)
_CLOSING_SINGLE = re.compile(r"['’›](?<=[^\s(\[].)(?![^\W_])")
_TURN = re.compile(r"(?<=[,.!?…»])\s{1,3}[—–-]\s{0,3}|\s{1,3}[—–](?=\w)|(?<=\w)[—–](?=[.,;:])")
_DASH_START = re.compile(r"[—–]\s*(?=\w)|-\s+(?=\w)")


class Quoted(NamedTuple):
    """A stretch between quotation marks, within one paragraph."""

    start: int
    """Offset of the opening mark, or of the paragraph when an earlier one opened it."""

    end: int
    """Offset just past the closing mark, or the end of the paragraph."""

    paragraph: int
    continued: bool
    """Whether it goes on from the paragraph before."""

    closed: bool


def quoted(text: str, paragraphs: Sequence[Span], *, dashes: bool = False) -> tuple[Quoted, ...]:
    r"""Return the quoted stretches of *paragraphs*, in order, none overlapping.

    Args:
        text: What the spans count in.
        paragraphs: The spans to read, in order.
        dashes: Whether a paragraph that begins with a dash is somebody's words.

    >>> text = "“One. \n “Two,” she said. It's 'three' dogs' tails."
    >>> [text[q.start : q.end] for q in quoted(text, [(0, 6), (8, len(text))])]
    ['“One. ', '“Two,”', "'three'"]
    """
    found: list[Quoted] = []
    opener = ""
    for paragraph, (start, end) in enumerate(paragraphs):
        if dashes and (dash := _DASH_START.match(text, start, end)):
            found.extend(_turns(text, (start, dash.end(), end), paragraph=paragraph))
            opener = ""
            continue
        scan = _Paragraph(text, (start, end), paragraph=paragraph, opener=opener)
        found.extend(scan.read())
        opener = scan.opener
    return tuple(found)


def _turns(text: str, places: tuple[int, int, int], *, paragraph: int) -> Iterator[Quoted]:
    """Yield the speech of a paragraph in which dashes part speech from the teller's words."""
    start, inside, end = places
    cuts = [(start, inside), *(m.span() for m in _TURN.finditer(text, inside, end)), (end, end)]
    for turn, ((_, a), (b, _)) in enumerate(pairwise(cuts)):
        if turn % 2 == 0 and a < b:
            begin = start if turn == 0 else a
            yield Quoted(start=begin, end=b, paragraph=paragraph, continued=False, closed=True)


class _Paragraph:
    """The marks of one paragraph, read from left to right."""

    def __init__(self, text: str, span: Span, *, paragraph: int, opener: str) -> None:
        """Begin inside a quotation when *opener*, the mark that began it, is not empty."""
        self.text = text
        self.start, self.end = span
        self.paragraph = paragraph
        self.opener = opener
        self.begin = self.start
        self.continued = bool(opener)
        self.closers: list[int] | None = None
        self.last_angle = text.rfind("»", *span)

    def read(self) -> Iterator[Quoted]:
        """Yield the quoted stretches in order; `opener` is what remains open at the end."""
        marks = self._marks()
        if self.opener and not self._goes_on(marks):
            self._open(self.start, "", continued=False)
        passed = self.start + 1 if self.continued and self.opener else self.start
        for place, after, mark in marks:
            if place >= passed and (stretch := self._take(place, after, mark)):
                yield stretch
                passed = max(passed, stretch.end)
        if self.opener and self.begin < self.end:
            yield self._stretch(self.begin, self.end, closed=False)

    def _marks(self) -> list[tuple[int, int, str]]:
        """Return the marks of the paragraph: start, end and the mark itself."""
        found = _MARK.finditer(self.text, self.start, self.end)
        marks = [(m.start(), m.end(), m.group()) for m in found]
        first = self.text[self.start : self.start + 1]
        if first in ("'", "’") and (not marks or marks[0][0] != self.start):
            # Before a paragraph stands nothing, even where its text was cut out of a word.
            marks.insert(0, (self.start, self.start + 1, first))
        return marks

    def _take(self, place: int, after: int, mark: str) -> Quoted | None:
        """Take in a mark; return the stretch that it ends or holds."""
        single = len(mark) == 1 and mark not in _DOUBLE
        return (self._single if single else self._double)(place, after, mark)

    def _open(self, begin: int, mark: str, *, continued: bool) -> None:
        """Enter a quotation at *begin*, or leave it when *mark* is empty."""
        self.begin, self.opener, self.continued = begin, mark, continued

    def _stretch(self, start: int, end: int, *, closed: bool) -> Quoted:
        """Return a quoted stretch of this paragraph."""
        went_on = self.continued and start == self.start
        return Quoted(
            start=start, end=end, paragraph=self.paragraph, continued=went_on, closed=closed
        )

    def _close(self, end: int, *, closed: bool) -> Quoted:
        """Return the stretch that is open, ended at *end*, and leave it."""
        stretch = self._stretch(self.begin, end, closed=closed)
        self._open(end, "", continued=False)
        return stretch

    def _double(self, place: int, after: int, mark: str) -> Quoted | None:
        """Take in a double mark; return the stretch that it ends."""
        if not self.opener:
            if self._opens(place, after, mark):
                self._open(place, mark, continued=False)
            return None
        if self.opener not in _DOUBLE:
            return None
        if self._closes(place, after, mark):
            return self._close(after, closed=True)
        if self._reopens(place, mark):
            stretch = self._close(place, closed=False)
            self._open(place, mark, continued=False)
            return stretch
        return None

    def _single(self, place: int, after: int, mark: str) -> Quoted | None:
        """Take in a single mark; return the stretch that it ends or holds."""
        if self.opener:
            closes = self.opener not in _DOUBLE and self._is_closer(place)
            return self._close(after, closed=True) if closes else None
        if mark == "›" or not self._may_open(place, after):
            return None
        if close := self._partner(place) or self._wrong_partner(place):
            return self._stretch(place, close, closed=True)
        if place == self.start and mark != "’":
            self._open(place, mark, continued=False)
        return None

    def _may_open(self, place: int, after: int) -> bool:
        """Return whether a single mark may open a quotation, and begins no word: 'em."""
        return self._like_open(place, after) and not _ELIDED.match(self.text, after)

    def _goes_on(self, marks: list[tuple[int, int, str]]) -> bool:
        """Return whether this paragraph continues a quotation left open before it.

        It does when it reopens the marks, or when a mark closes before any opens.
        """
        if not marks:
            return False
        place, after, _ = marks[0]
        if place == self.start:
            return self._like_open(place, after)
        for place, after, mark in marks:
            if mark in _DOUBLE and self.opener in _DOUBLE:
                return not self._like_open(place, after) or mark in "”»"
        return False

    def _like_open(self, place: int, after: int) -> bool:
        """Return whether the white space around a mark is that of an opening one."""
        before = self.text[place - 1] if place > self.start else " "
        follows = self.text[after] if after < self.end else " "
        return (before.isspace() or before in _BEFORE_OPEN) and not follows.isspace()

    def _opens(self, place: int, after: int, mark: str) -> bool:
        """Return whether a double mark, met outside a quotation, opens one."""
        if mark in "“„«":
            follows = self.text[after] if after < self.end else " "
            return mark != "“" or not follows.isspace() or self._like_open(place, after)
        return self._like_open(place, after)

    def _closes(self, place: int, after: int, mark: str) -> bool:
        """Return whether a double mark, met inside a quotation, closes it."""
        if self.opener in "„‟":
            return mark in '“”"‟'
        if self.opener == "»":
            return mark == "«"
        if self.opener == "«" and place < self.last_angle:
            return mark == "»"  # what stands between is quoted within: « Il dit : “Non” »
        if mark in "”»":
            return True
        if mark == "«":
            return False
        return not self._like_open(place, after)

    def _reopens(self, place: int, mark: str) -> bool:
        """Return whether an opening mark inside a quotation shows that the last one was lost.

        Only for marks of the kind that opened it, after the end of a sentence.
        """
        before = self.text[max(place - 2, self.start) : place].strip()[-1:]
        return mark == self.opener and mark != "«" and before in ".!?,"

    def _wrong_partner(self, place: int) -> int:
        """Return the end of the double mark that closes what a single one opened, else 0."""
        after = _DOUBLE_MARK.search(self.text, place, self.end)
        if after is None or self._like_open(after.start(), after.end()):
            return 0
        return after.end()

    def _partner(self, place: int) -> int:
        """Return the offset just past the mark that closes a single one at *place*, else 0."""
        if self.closers is None:
            spans = _CLOSING_SINGLE.finditer(self.text, self.start, self.end)
            self.closers = [m.start() for m in spans]
        first = bisect_left(self.closers, place + 2)
        for closer in self.closers[first : first + 4]:
            if not self._is_possessive(closer):
                return closer + 1
        return self.closers[first] + 1 if first < len(self.closers) else 0

    def _is_possessive(self, place: int) -> bool:
        """Return whether an apostrophe belongs to a plural: the dogs' tails."""
        after = self.text[place + 1 : place + 3]
        return self.text[place - 1] == "s" and after[:1] == " " and after[1:].islower()

    def _is_closer(self, place: int) -> bool:
        """Return whether the mark at *place* closes the single quotation that is open."""
        return bool(_CLOSING_SINGLE.match(self.text, place)) and not self._is_possessive(place)
