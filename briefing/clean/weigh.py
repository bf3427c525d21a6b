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
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from briefing.clean.lines import Line
from briefing.model import Role

_END = re.compile(r"[.!?…。](?:[\"'”’»)\]]{0,3})$")
_INNER_END = re.compile(r"[.!?…][\"'”’»)]{0,2} [\"'“‘«(]{0,2}[A-ZÀ-ÞА-ЯЇЄІҐ]")
_ODD = re.compile(r"[@|»›→©•·]|https?:|www\.")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
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
    shift = _SHIFT_SELECTION if selected else _SHIFT
    values = [
        max(-_CAP, min(_CAP, odd + shift)) * size**_POWER
        if w.role is None
        else -_COST.get(w.role, _COST_OTHER)
        for w, odd, size in zip(found, odds, sizes, strict=True)
    ]
    first, last = _stretch(found, values)
    body = [
        first <= at < last and odd > _INSIDE and w.role is None
        for at, (w, odd) in enumerate(zip(found, odds, strict=True))
    ]
    kept = sum(size for size, yes in zip(sizes, body, strict=True) if yes)
    every = sum(size for size, w in zip(sizes, found, strict=True) if w.role is None)
    prose = grades.count("s") + grades.count("m") >= _PROSE * len(found)
    if kept < _KEPT * every and len(found) < _FEW_LINES and (prose or _is_flat(found)):
        return [w.role is None for w in found]
    return body


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


def questions(found: Sequence[Weighed]) -> tuple[list[list[str]], list[str]]:
    """Return for each line the names of the questions answered with yes, and its grade.

    The grade is what a line is to its neighbours: (s)trong or (m)edium running text, (l)ong or
    (w)eak without an end, and by rule (h)eader, (p)icture, (n)oise.
    """
    counts = Counter(w.line.key for w in found)
    shapes = [_shape(w.line.text) for w in found]
    grades = [_grade(w.role, *shape) for w, shape in zip(found, shapes, strict=True)]
    strong = [0, *accumulate(grade == "s" for grade in grades)]
    noisy = [0, *accumulate(grade == "n" for grade in grades)]
    heads = [0, *accumulate(grade == "h" for grade in grades)]
    barriers = [0, *accumulate(w.role in _BARRIERS for w in found)]
    vocabulary = _vocabulary(found, grades)
    share = f"doc{min(5 * strong[-1] // max(len(found), 1), 4)}"
    noise = f"{share}-noise{min(noisy[-1] // 6, 4)}"
    padded = ["x"] * _REACH + grades + ["x"] * _REACH
    answers = []
    for at, (w, shape, grade) in enumerate(zip(found, shapes, grades, strict=True)):
        low, high = max(at - _WINDOW, 0), min(at + _WINDOW + 1, len(found))
        before, after = strong[at] - strong[low], strong[high] - strong[at + 1]
        passed = min(barriers[at], 3) if strong[at] > 2 else 0
        a3, a2, a1, _, b1, b2, b3 = padded[at : at + 2 * _REACH + 1]
        names = _own(w, shape, repeated=counts[w.line.key] > 1)
        names += (
            "-3" + a3,
            "-2" + a2,
            "-1" + a1,
            "+1" + b1,
            "+2" + b2,
            "+3" + b3,
            "pair" + a1 + grade + b1,
            f"both{min(before, 3)}{min(after, 3)}{grade}",
            f"noise{min((noisy[high] - noisy[low]) // 2, 4)}",
            f"heads{min(heads[high] - heads[low], 4)}{grade}",
            f"passed{passed}{grade}",
            share + grade,
            noise,
            f"shared{_shared(w.line.key, vocabulary)}{grade}",
            "some-before" if strong[at] else "none-before",
            "none-after" if strong[at + 1] == strong[-1] else "some-after",
        )
        answers.append(names)
    return answers, grades


def _shape(text: str) -> tuple[int, str]:
    """Return the length class of a line and how it ends."""
    # Chinese and Japanese have no spaces; nobody else has words of fourteen letters on average.
    count = max(text.count(" ") + 1, len(text) // 14)
    length = sum([count > bound for bound in _LENGTHS])
    if _END.search(text):
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


def _own(found: Weighed, shape: tuple[int, str], *, repeated: bool) -> list[str]:
    """Return what is true of the line by itself."""
    text = found.line.text
    length, end = shape
    names = ["bias", f"n{length}", f"e{end}", f"n{length}e{end}"]
    names.append(f"inner{min(len(_INNER_END.findall(text)), 4)}" if length > 3 else "inner-")
    if _ODD.search(text):
        names.append("odd")
    if _QUOTE.search(text):
        names.append("quote")
    if not _REPORTS.isdisjoint(found.line.key.split()):
        names.append("reports")
    if repeated:
        names.append(f"repeated{min(length // 2, 2)}")
    return names


def _vocabulary(found: Sequence[Weighed], grades: Sequence[str]) -> Counter[str]:
    """Return the longer words of all running text, each counted once a line."""
    counts: Counter[str] = Counter()
    for w, grade in zip(found, grades, strict=True):
        if grade in "sm":
            counts.update({word for word in w.line.key.split() if len(word) > 4})
    return counts


def _shared(key: str, vocabulary: Counter[str]) -> int:
    """Return, in fifths, how many of a line's longer words other running text has; 9 for none."""
    own = [word for word in key.split() if len(word) > 4]
    if len(own) < 2:
        return 9
    return min(5 * sum([vocabulary[word] > 1 for word in own]) // len(own), 4)


@cache
def _weights() -> dict[str, float]:
    """Return the learnt weight of each question."""
    text = Path(__file__).with_name("weights.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights
