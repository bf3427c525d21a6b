"""Weigh what no rule decides: is a line body, by its shape, its neighbours and its place.

A linear model over yes-or-no questions about a line and the lines around it, learnt from pages
whose body is known (`scripts/train_cleaner.py`), then the one stretch of lines whose log-odds sum
to most. The weights are numbers only; where they come from stands in their file.

What was tried and is not done: thresholds on single lines (F1 .04 less on whole pages), the share
of function words and of lower-case words, words that address the reader (no gain, twice the time).
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate, compress, islice
from operator import and_
from pathlib import Path
from typing import NamedTuple

from briefing.clean.lines import Line
from briefing.model import Role

_END = re.compile(r"[.!?…。](?:[\"'”’»)\]]{0,3})$")
_LONGEST_END = 4
_INNER_END = re.compile(r"[.!?…][\"'”’»)]{0,2} [\"'“‘«(]{0,2}[A-ZÀ-ÞА-ЯЇЄІҐ]")
_ODD = re.compile(r"[@|»›→©•·]")
_ADDRESSES = ("http:", "https:", "www.")
_QUOTE = re.compile(r"[\"“”«»„]")
_REPORTS = frozenset(
    """said says told according added announced reported asked claimed official officials
    spokesman spokeswoman spokesperson sagte dit déclaré dijo disse detto zei сказал сказала заявил
    заявила повідомив повідомила""".split()
)

# Words at which a line counts as longer.
_LENGTHS = (2, 4, 7, 10, 14, 20, 30, 50)
_HEADER = frozenset({Role.BYLINE, Role.TIMESTAMP, Role.TITLE, Role.STANDFIRST, Role.DATELINE})
_PICTURE = frozenset({Role.CAPTION, Role.CREDIT})
# What stands below an article, not inside it.
_BARRIERS = frozenset({Role.COMMENT, Role.COPYRIGHT, Role.RELATED})
# How far around a line single neighbours are looked at, and how far they are counted.
_REACH, _WINDOW = 3, 8

# The stretch. All tuned by cross-validation over the sites of the same pages as the weights; each
# may move by a third without moving F1 by .003.
_CAP = 3.0  # no line counts for more log-odds than this, else one long comment outweighs a page
_SHIFT = 0.5  # added to the log-odds in a whole page
_SHIFT_SELECTION = 1.0  # and where running text prevails: there a person chose what to copy
_POWER = 0.7  # a line counts by its words to this power
_LONGEST = 40  # and by no more words than this
_HEADED = 15.0  # for a stretch that begins within six lines of a byline or time
_INSIDE = -1.25  # inside the stretch a line is body above these log-odds
_COST = {
    Role.COMMENT: 8.0,
    Role.COPYRIGHT: 8.0,
    Role.RELATED: 6.0,
    Role.TIMESTAMP: 2.8,
    Role.BYLINE: 2.8,
    Role.NAVIGATION: 2.0,
}
_COST_OTHER = 0.4  # of any other line that a rule knows not to be body
# A selection of which the stretch keeps less than this share of the words is no news prose but a
# table, a poem, a list: there only the rules speak.
_KEPT, _FEW_LINES = 0.7, 60
_PROSE = 0.15  # but then at least this share of the lines is running text, else it is a listing
_FLAT = 1500  # letters of a line that holds a whole article
# Running text prevails when this share of the lines are strong.
_PREVAILS = 0.4


class Weighed(NamedTuple):
    """A line as the weighing sees it."""

    line: Line
    role: Role | None
    """What a rule says, None where none speaks."""


def is_body(found: Sequence[Weighed]) -> list[bool]:
    """Return for each line whether it is body. What a rule knows not to be body is not."""
    answers, grades = questions(found)
    weights = _weights()
    odds = [sum([weights.get(name, 0.0) for name in names]) for names in answers]
    sizes = [min(w.line.text.count(" ") + 1, _LONGEST) for w in found]
    selected = grades.count("s") >= _PREVAILS * len(found)
    values = _values(found, odds, sizes, shift=_SHIFT_SELECTION if selected else _SHIFT)
    first, last = _stretch(found, values)
    free = [w.role is None for w in found]
    inside = [first <= at < last and odd > _INSIDE for at, odd in enumerate(odds)]
    body = [*map(and_, free, inside)]
    kept, every = sum(compress(sizes, body)), sum(compress(sizes, free))
    return free if kept < _KEPT * every and _is_no_prose(found, grades) else body


def _values(
    found: Sequence[Weighed], odds: Sequence[float], sizes: Sequence[int], *, shift: float
) -> list[float]:
    """Return what each line adds to the stretch that holds it."""
    return [
        max(-_CAP, min(_CAP, odd + shift)) * size**_POWER
        if w.role is None
        else -_COST.get(w.role, _COST_OTHER)
        for w, odd, size in zip(found, odds, sizes, strict=True)
    ]


def _is_no_prose(found: Sequence[Weighed], grades: Sequence[str]) -> bool:
    """Return whether few lines were selected that are no listing: there only the rules speak."""
    prose = grades.count("s") + grades.count("m") >= _PROSE * len(found)
    return len(found) < _FEW_LINES and (prose or _is_flat(found))


def _is_flat(found: Sequence[Weighed]) -> bool:
    """Return whether the text is a whole article on a line or two: there is nothing to weigh."""
    return any(len(w.line.text) > _FLAT for w in found)


def _stretch(found: Sequence[Weighed], values: Sequence[float]) -> tuple[int, int]:
    """Return the half-open run of lines whose values sum to most (Kadane's algorithm)."""
    best = total = 0.0
    first = last = begin = 0
    header = -_WINDOW
    for at, value in enumerate(values):
        if found[at].role in _HEADER:
            header = at
        if total <= 0:
            total, begin = (_HEADED if at - header <= 6 else 0.0), at
        total += value
        if total > best and value > 0:
            best, first, last = total, begin, at + 1
    return first, last


def questions(found: Sequence[Weighed]) -> tuple[list[tuple[str, ...]], list[str]]:
    """Return for each line the names of the questions answered with yes, and its grade.

    The grade is what a line is to its neighbours: (s)trong or (m)edium running text, (l)ong or
    (w)eak without an end, and by rule (h)eader, (p)icture, (n)oise.
    """
    shapes = [_shape(w.line.text) for w in found]
    grades = [_grade(w.role, *shape) for w, shape in zip(found, shapes, strict=True)]
    counts = Counter([w.line.key for w in found])
    page = _Page(found, grades)
    answers = [
        _own(w, shape, repeated=counts[w.line.key] > 1) + page.beside(at)
        for at, (w, shape) in enumerate(zip(found, shapes, strict=True))
    ]
    return answers, grades


class _Page:
    """A page, as the neighbours of each line are read from it."""

    def __init__(self, found: Sequence[Weighed], grades: Sequence[str]) -> None:
        """Count the kinds of lines from the first on, so that any stretch is one subtraction."""
        self.grades = grades
        self.strong = [0, *accumulate([grade == "s" for grade in grades])]
        self.noisy = [0, *accumulate([grade == "n" for grade in grades])]
        self.heads = [0, *accumulate([grade == "h" for grade in grades])]
        self.barriers = [0, *accumulate([w.role in _BARRIERS for w in found])]
        self.padded = "x" * _REACH + "".join(grades) + "x" * _REACH
        several = grades.count("s") + grades.count("m") > 1
        self.longer = [_longer(w.line.words, most=None if several else 2) for w in found]
        running = [w for w, g in zip(self.longer, grades, strict=True) if g in "sm"]
        self.common = _common(running) if several else set[str]()
        self.share = f"doc{min(5 * self.strong[-1] // max(len(found), 1), 4)}"
        self.noise = f"{self.share}-noise{min(self.noisy[-1] // 6, 4)}"

    def beside(self, at: int) -> tuple[str, ...]:
        """Return what is true of the line at *at* by those around it."""
        strong, grade = self.strong, self.grades[at]
        low, high = max(at - _WINDOW, 0), min(at + _WINDOW + 1, len(self.grades))
        before, after = strong[at] - strong[low], strong[high] - strong[at + 1]
        passed = min(self.barriers[at], 3) if strong[at] > 2 else 0
        return (
            *_around(self.padded[at : at + 2 * _REACH + 1]),
            f"both{min(before, 3)}{min(after, 3)}{grade}",
            f"noise{min((self.noisy[high] - self.noisy[low]) // 2, 4)}",
            f"heads{min(self.heads[high] - self.heads[low], 4)}{grade}",
            f"passed{passed}{grade}",
            self.share + grade,
            self.noise,
            f"shared{_shared(self.longer[at], self.common)}{grade}",
            "some-before" if strong[at] else "none-before",
            "none-after" if strong[at + 1] == strong[-1] else "some-after",
        )


@lru_cache(maxsize=4096)
def _around(grades: str) -> tuple[str, ...]:
    """Return what a line's neighbours are by their *grades*, its own in the middle."""
    a3, a2, a1, grade, b1, b2, b3 = [*grades]
    near = ("-3" + a3, "-2" + a2, "-1" + a1, "+1" + b1, "+2" + b2, "+3" + b3)
    return (*near, "pair" + a1 + grade + b1)


def _shape(text: str) -> tuple[int, str]:
    """Return the length class of a line and how it ends."""
    # Chinese and Japanese have no spaces; nobody else has words of fourteen letters on average.
    count = max(text.count(" ") + 1, len(text) // 14)
    length = sum([count > bound for bound in _LENGTHS])
    if _END.search(text, max(len(text) - _LONGEST_END, 0)):
        return length, "."
    last = text[-1]
    return length, last if last in ":;,?!\"'”’)" else "w" if last.isalnum() else "o"


def _grade(role: Role | None, length: int, end: str) -> str:
    """Return what a line is to its neighbours."""
    if role is not None:
        return "h" if role in _HEADER else "p" if role in _PICTURE else "n"
    if end in ".\"”'’?!" and length >= 3:
        return "s" if length >= 4 else "m"
    return "m" if end == ":" and length >= 3 else "l" if length >= 3 else "w"


def _own(found: Weighed, shape: tuple[int, str], *, repeated: bool) -> tuple[str, ...]:
    """Return what is true of the line by itself."""
    text = found.line.text
    length, end = shape
    names = ["bias", f"n{length}", f"e{end}", f"n{length}e{end}"]
    names.append(f"inner{_inner_ends(text)}" if length > 3 else "inner-")
    if _is_odd(text):
        names.append("odd")
    if _QUOTE.search(text):
        names.append("quote")
    if not _REPORTS.isdisjoint(found.line.words):
        names.append("reports")
    if repeated:
        names.append(f"repeated{min(length // 2, 2)}")
    return tuple(names)


def _is_odd(text: str) -> bool:
    """Return whether a line has an address or a mark that running text has not."""
    # Two letters are looked for in a hundredth of the time that the expression takes.
    odd = "@" in text or "|" in text if text.isascii() else _ODD.search(text)
    return bool(odd) or any(address in text for address in _ADDRESSES)


def _inner_ends(text: str) -> int:
    """Return how many sentences end within a line, 4 for more."""
    return sum([1 for _ in islice(_INNER_END.finditer(text), 4)])


def _longer(words: Sequence[str], *, most: int | None) -> list[str]:
    """Return the longer words of a line, *most* at most."""
    return [*islice((word for word in words if len(word) > 4), most)]


def _common(running: Sequence[Sequence[str]]) -> set[str]:
    """Return the words that several lines of *running* text have."""
    seen: set[str] = set()
    common: set[str] = set()
    for words in running:
        common.update(seen.intersection(words))
        seen.update(words)
    return common


def _shared(own: Sequence[str], common: set[str]) -> int:
    """Return, in fifths, how many of a line's longer words other running text has; 9 for none."""
    if len(own) < 2:
        return 9
    return min(5 * len([word for word in own if word in common]) // len(own), 4)


@cache
def _weights() -> dict[str, float]:
    """Return the learnt weight of each question."""
    text = Path(__file__).with_name("weights.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights
