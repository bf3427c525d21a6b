"""Numbers as newspapers print them: what each says, and how exactly."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Bound(StrEnum):
    """How the words before a number limit it."""

    EXACT = "exact"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    ABOUT = "about"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word, number or mark of a sentence, and where it stands in it."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """The text in lower case, its apostrophes straight."""
        return self.text.lower().replace("’", "'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with all that belongs to it."""

    value: Decimal
    step: Decimal
    """How coarsely it is given: 0.1 million for `3.2m`, 1 for `12`, 100 for `1,200`."""

    unit: str
    """`""` for a bare number, `%`, a currency's sign, or the unit's word."""

    bound: Bound
    first: int
    """Position of its first token, the words that limit it included."""

    number: int
    """Position of the first token of the number itself."""

    last: int
    """Position just past its last token."""


MOST = 12
"""A sentence with more figures than this is not read."""

_TOKEN = re.compile(
    r"(?:(?:US|A|C|NZ|HK)?[$£€¥])?\d+(?:[,.]\d+)*+(?:[-–][^\W_]+|[^\W_]+)*+%?"
    r"|[^\W_]+(?:['’-][^\W_]+)*+|[^\w\s]"
)
_NUMERAL = re.compile(
    r"(?P<sign>(?:US|A|C|NZ|HK)?[$£€¥])?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"-?(?P<magnitude>k|m|mn|bn|b|tn|million|billion|trillion|thousand)?(?P<percent>%)?",
    re.IGNORECASE,
)

_MAGNITUDES = {
    "k": 3, "thousand": 3,
    "m": 6, "mn": 6, "million": 6,
    "b": 9, "bn": 9, "billion": 9,
    "tn": 12, "trillion": 12,
}  # fmt: skip

MONTHS = {
    name: number
    for number, names in enumerate(
        "January Jan|February Feb|March Mar|April Apr|May|June Jun|July Jul|August Aug|"
        "September Sept Sep|October Oct|November Nov|December Dec".split("|"),
        start=1,
    )
    for name in names.split()
}

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen \
fifteen sixteen seventeen eighteen nineteen".split()
_TENS = {word: 20 + 10 * n for n, word in enumerate(
    "twenty thirty forty fifty sixty seventy eighty ninety".split()
)}  # fmt: skip
_WORDS = {word: n for n, word in enumerate(_ONES)} | _TENS

_PERCENT = frozenset({"percent", "pc"})
_CURRENCIES = {"dollars": "$", "pounds": "£", "euros": "€", "yen": "¥"}
_SIGNS = {"US$": "$"}

_LIMITS = {
    ("at", "least"): Bound.AT_LEAST,
    ("more", "than"): Bound.AT_LEAST,
    ("over",): Bound.AT_LEAST,
    ("no", "fewer", "than"): Bound.AT_LEAST,
    ("no", "less", "than"): Bound.AT_LEAST,
    ("as", "many", "as"): Bound.AT_MOST,
    ("as", "much", "as"): Bound.AT_MOST,
    ("up", "to"): Bound.AT_MOST,
    ("fewer", "than"): Bound.AT_MOST,
    ("less", "than"): Bound.AT_MOST,
    ("under",): Bound.AT_MOST,
    ("about",): Bound.ABOUT,
    ("around",): Bound.ABOUT,
    ("roughly",): Bound.ABOUT,
    ("some",): Bound.ABOUT,
    ("nearly",): Bound.ABOUT,
    ("almost",): Bound.ABOUT,
    ("approximately",): Bound.ABOUT,
    ("an", "estimated"): Bound.ABOUT,
    ("estimated",): Bound.ABOUT,
    ("close", "to"): Bound.ABOUT,
}


def tokens(text: str) -> tuple[Token, ...]:
    """Return the words, numbers and marks of *text*, in order.

    >>> [t.text for t in tokens("At least £3.2m, or 12-year-old Ada’s.")]
    ['At', 'least', '£3.2m', ',', 'or', '12-year-old', 'Ada’s', '.']
    """
    return tuple(Token(text=m.group(), start=m.start(), end=m.end()) for m in _TOKEN.finditer(text))


def quantities(sentence: Sequence[Token]) -> tuple[Quantity, ...]:
    """Return the numbers of *sentence*, in figures or words, with sign, magnitude and limit.

    A sentence of many figures is a table or a list of results, and gives none.
    Ages, ordinals, scores, times and years are none: `12-year-old`, `3rd`, `7-2`, `2pm`, `2024`.

    >>> found = quantities(tokens("At least twelve died and £3.2m went; 4 per cent of 1,200."))
    >>> [(int(q.value), q.unit, str(q.bound)) for q in found]
    [(12, '', 'at least'), (3200000, '£', 'exact'), (4, '%', 'exact'), (1200, '', 'exact')]
    """
    found, at = list[Quantity](), 0
    if sum(token.text[0].isdigit() for token in sentence) > MOST:
        return ()
    while at < len(sentence):
        quantity = _numeral(sentence, at) or _spelt(sentence, at)
        if quantity is not None:
            found.append(quantity)
        at = quantity.last if quantity is not None else at + 1
    return tuple(found)


def _numeral(sentence: Sequence[Token], at: int) -> Quantity | None:
    """Return the number in figures that starts at *at*."""
    match = _NUMERAL.fullmatch(sentence[at].text)
    if match is None or _is_day(sentence, at):
        return None
    digits = match["digits"].replace(",", "")
    last = at + 1
    magnitude = _MAGNITUDES.get((match["magnitude"] or "").lower(), 0)
    if not magnitude and last < len(sentence) and len(sentence[last].text) > 2:
        magnitude = _MAGNITUDES.get(sentence[last].low, 0)
        last += bool(magnitude)
    unit, last = _unit(sentence, last, sign=match["sign"], percent=bool(match["percent"]))
    if not unit and not magnitude and _is_year(match["digits"]):
        return None
    value = Decimal(digits).scaleb(magnitude)
    step = Decimal(1).scaleb(magnitude - len(digits.partition(".")[2]))
    return _limited(sentence, Quantity(
        value=value, step=max(step, _roundness(value, step)), unit=unit, bound=Bound.EXACT,
        first=at, number=at, last=last,
    ))  # fmt: skip


def _spelt(sentence: Sequence[Token], at: int) -> Quantity | None:
    """Return the number in words that starts at *at*: `twenty-two`, `three hundred and five`."""
    first = _below_hundred(sentence[at].low)
    if first is None:
        return None
    total, magnitude, last = _magnified(sentence, at + 1, first)
    unit, last = _unit(sentence, last, sign=None, percent=False)
    step = Decimal(1).scaleb(magnitude)
    return _limited(sentence, Quantity(
        value=Decimal(total) * step, step=step, unit=unit, bound=Bound.EXACT,
        first=at, number=at, last=last,
    ))  # fmt: skip


def _magnified(sentence: Sequence[Token], at: int, total: int) -> tuple[int, int, int]:
    """Return what the words from *at* make of *total*, its power of ten, and where they end."""
    magnitude = 0
    while at < len(sentence):
        word = sentence[at].low
        if word == "hundred" and not magnitude:
            total *= 100
        elif word in {"thousand", "million", "billion"} and not magnitude:
            magnitude = _MAGNITUDES[word]
        elif word == "and" and total >= 100 and _following(sentence, at) is not None:
            total += _following(sentence, at) or 0
            at += 1
        else:
            break
        at += 1
    return total, magnitude, at


def _below_hundred(word: str) -> int | None:
    """Return what *word* says, None when it is no number below a hundred."""
    tens, hyphen, ones = word.partition("-")
    if not hyphen:
        return _WORDS.get(word)
    if tens in _TENS and ones in _ONES[1:10]:
        return _TENS[tens] + _WORDS[ones]
    return None


def _following(sentence: Sequence[Token], at: int) -> int | None:
    """Return the number below a hundred after position *at*."""
    return _below_hundred(sentence[at + 1].low) if at + 1 < len(sentence) else None


def _unit(
    sentence: Sequence[Token], at: int, *, sign: str | None, percent: bool
) -> tuple[str, int]:
    """Return the unit that a number has or is followed by, and the position past it."""
    if sign:
        return _SIGNS.get(sign.upper(), sign.upper()), at
    if percent:
        return "%", at
    word = sentence[at].low if at < len(sentence) else ""
    if word in _PERCENT:
        return "%", at + 1
    if word == "per" and at + 1 < len(sentence) and sentence[at + 1].low == "cent":
        return "%", at + 2
    return (_CURRENCIES[word], at + 1) if word in _CURRENCIES else ("", at)


def _limited(sentence: Sequence[Token], quantity: Quantity) -> Quantity:
    """Return *quantity* with the words before it that limit it."""
    for size in (3, 2, 1):
        start = quantity.number - size
        before = tuple(token.low for token in sentence[max(start, 0) : quantity.number])
        if start >= 0 and before in _LIMITS:
            return Quantity(
                value=quantity.value, step=quantity.step, unit=quantity.unit,
                bound=_LIMITS[before], first=start, number=quantity.number, last=quantity.last,
            )  # fmt: skip
    return quantity


def _is_day(sentence: Sequence[Token], at: int) -> bool:
    """Return whether a month stands next to the number: `4 March`, `Sept. 11`."""
    before = at - 2 if at > 1 and sentence[at - 1].text == "." else at - 1
    near = (sentence[i].text for i in (before, at + 1) if 0 <= i < len(sentence))
    return any(text in MONTHS for text in near)


def _is_year(digits: str) -> bool:
    """Return whether a bare number is more likely a year."""
    return len(digits) == 4 and digits[:2] in {"18", "19", "20"}


def _roundness(value: Decimal, step: Decimal) -> Decimal:
    """Return the power of ten that a whole number of three digits or more ends on."""
    if step != 1 or value < 100:
        return step
    plain = str(int(value))
    return Decimal(10) ** (len(plain) - len(plain.rstrip("0")))


def compatible(a: Quantity, b: Quantity) -> bool:
    """Return whether both can be true of one count: rounding and limits allowed for.

    "At least 12" agrees with 12 and with 14, "about 100" with 110, "£3.2m" with "£3.24m", and
    "1,200" with "1,234"; but "at least 12" and "at least 14" are two reports.

    >>> one, other = quantities(tokens("£3.2m and £3.24m"))
    >>> compatible(one, other)
    True
    """
    apart = abs(a.value - b.value)
    if apart == 0:
        return True
    if a.bound is b.bound and a.bound in {Bound.AT_LEAST, Bound.AT_MOST}:
        return _rounds(a, b, apart)
    low, high = sorted((a, b), key=lambda q: q.value)
    if low.bound is Bound.AT_LEAST or high.bound is Bound.AT_MOST:
        return True
    if Bound.ABOUT in {a.bound, b.bound} and apart <= high.value * ABOUT:
        return True
    return _rounds(a, b, apart)


ABOUT = Decimal("0.15")
"""Two figures, one of them "about", agree when they lie no further apart than this share of the
higher. Reporters round to one digit: 87 becomes "about 100"."""


def _rounds(a: Quantity, b: Quantity, apart: Decimal) -> bool:
    """Return whether one may be the other rounded, or cut off, to its own step."""
    return a.step != b.step and apart < max(a.step, b.step)
