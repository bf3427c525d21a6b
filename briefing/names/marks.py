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
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]

_DOUBLE = '"“”„‟«»'
_MARK = re.compile(r"[\"“”„‟«»]|''|``|['‘’‚‹›]")
_DOUBLE_MARK = re.compile(r"[\"“”„‟«»]")
# What may stand before an opening mark, besides white space.
_BEFORE_OPEN = frozenset('([{—–-/:"“„«…')
# What may follow a closing mark, besides white space.
_AFTER_CLOSE = frozenset(")]},.;:!?—–-…/'’\"”»")
# Words that begin with an apostrophe: 'em, '90s, 'til.
_ELIDED = re.compile(r"(?:\d0s|em|til|cause|tis|twas|n|bout|round)\b", re.IGNORECASE)
_CLOSING_SINGLE = re.compile(r"(?<=[^\s(\[])['’›](?![^\W_])")
_TURN = re.compile(r"(?<=[,.!?…»])\s+[—–-]\s*|\s+[—–](?=\w)|(?<=\w)[—–](?=[.,;:])")
_DASH_START = re.compile(r"[—–]\s*(?=\w)|-\s+(?=\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
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
    """Return the quoted stretches of *paragraphs*, in order, none overlapping.

    Args:
        text: What the spans count in.
        paragraphs: The spans to read, in order.
        dashes: Whether a paragraph that begins with a dash is somebody's words.

    >>> text = "“One. \\n “Two,” she said. It's 'three' dogs' tails."
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
        scan = _Paragraph(text, start, end, opener)
        found.extend(
            Quoted(start=a, end=b, paragraph=paragraph, continued=went_on, closed=closed)
            for a, b, went_on, closed in scan.spans()
        )
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

    def __init__(self, text: str, start: int, end: int, opener: str) -> None:
        """Begin at *start*, inside a quotation when *opener* is not empty."""
        self.text = text
        self.start = start
        self.end = end
        self.opener = opener
        self.closers: list[int] | None = None

    def spans(self) -> Iterator[tuple[int, int, bool, bool]]:
        """Yield start, end, whether it went on from before, and whether it was closed."""
        marks = [m for m in _MARK.finditer(self.text, self.start, self.end)]
        went_on = bool(self.opener)
        if went_on and not self._goes_on(marks):
            self.opener, went_on = "", False
        begin = self.start
        skip_to = self.start
        for place, mark in ((m.start(), m.group()) for m in marks):
            if place < skip_to or (went_on and place == self.start):
                continue
            if len(mark) == 1 and mark not in _DOUBLE:
                if self.opener and self.opener not in _DOUBLE:
                    if self._is_closer(place):
                        yield begin, place + 1, went_on, True
                        self.opener, went_on = "", False
                elif not self.opener and (close := self._single(place, mark)):
                    if close < 0:
                        begin, self.opener = place, mark
                    else:
                        yield place, close, False, True
                        skip_to = close
                continue
            after = place + len(mark)
            if self.opener and self.opener not in _DOUBLE:
                continue
            if not self.opener:
                if self._opens(place, after, mark):
                    begin, self.opener = place, mark
            elif self._closes(place, after, mark):
                yield begin, after, went_on, True
                self.opener, went_on = "", False
            elif self._reopens(place, after, mark):
                yield begin, place, went_on, False
                begin, self.opener, went_on = place, mark, False
        if self.opener and begin < self.end:
            yield begin, self.end, went_on, False

    def _goes_on(self, marks: list[re.Match[str]]) -> bool:
        """Return whether this paragraph continues a quotation left open before it."""
        if not marks:
            return False
        first = marks[0]
        if first.start() == self.start:
            return self._like_open(first.start(), first.end())
        for mark in marks:
            if mark.group() in _DOUBLE and (self.opener in _DOUBLE):
                return not self._like_open(mark.start(), mark.end()) or mark.group() in "”»"
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
        if mark in "”»":
            return True
        if mark == "«":
            return False
        return not self._like_open(place, after)

    def _reopens(self, place: int, after: int, mark: str) -> bool:
        """Return whether an opening mark inside a quotation shows that the last one was lost.

        Only for marks of the kind that opened it, after the end of a sentence.
        """
        before = self.text[:place].rstrip()[-1:] if place - self.start < 2 else ""
        before = before or self.text[max(place - 2, self.start) : place].strip()[-1:]
        return mark == self.opener and mark != "«" and before in ".!?,"

    def _single(self, place: int, mark: str) -> int:
        """Return where a single quotation ends, -1 if after the paragraph, 0 if it is none."""
        if mark == "›" or not self._like_open(place, place + 1):
            return 0
        if _ELIDED.match(self.text, place + 1):
            return 0
        if close := self._partner(place) or self._wrong_partner(place):
            return close
        return -1 if place == self.start and mark != "’" else 0

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
