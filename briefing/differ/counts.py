"""Counts: the dead, the injured, the arrested and what else all news counts."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from briefing.cluster.terms import fold
from briefing.differ.numbers import Quantity, quantities
from briefing.differ.statements import Claim, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A row of the table of what news counts."""

    name: str
    rises: bool


# What such a sentence counts is not, or not surely, what happened now.
_ASIDE = re.compile(
    r"\b(?:(?:in|since|from|during|by|of|until) (?:early |late |mid-)?(?:18|19|20)\d\d|since|ago"
    r"|(?:last|previous|past|prior|each|every|per) (?:year|month|week|decade|day|night|summer)s?"
    r"|(?:this|so far this) year|annual(?:ly)?|a (?:year|month|week|day)|on average|average"
    r"|years?|decades?|could|may|might|would|should|if|fear(?:s|ed)?|expect(?:s|ed)?|projected"
    r"|projections?|forecasts?|predict(?:s|ed)?|previously|formerly|history|historic|recall(?:ed|s)?"
    r"|(?:second|first|third) world war|anniversary|not|no|never|denied|without|nor|false(?:ly)?"
    r"|earlier|before|similar|another|additional|more people|worldwide|nationwide|globally)\b",
    re.IGNORECASE,
)
_AUXILIARY = frozenset(
    "were was had have has been being be are is reportedly also then confirmed left found now "
    "there have".split()
)
_PEOPLE = frozenset({"people", "person", "persons", "others"})
_BREAKS = frozenset("and or but who that which while as in at of on after by from for with when "
                    "including to during near".split())  # fmt: skip
_REACH = 5
"""A counted word stands at most so many tokens from its number."""

_LEADING = 6
"""A toll further down than so many sentences is background as often as not."""


def is_aside(text: str) -> bool:
    """Return whether a sentence tells of other times, of averages, or of what may be.

    >>> is_aside("The fire killed 12 people."), is_aside("A fire in 2015 killed 12 people.")
    (False, True)
    """
    return _ASIDE.search(text) is not None


def counts(statement: Statement) -> Iterator[Claim]:
    """Yield what *statement* counts of the things that all news counts: dead, injured, arrested."""
    if is_aside(statement.text) or statement.position >= _LEADING:
        return
    for quantity in quantities(statement.tokens):
        if quantity.unit or quantity.value != int(quantity.value):
            continue
        claim = _after(statement, quantity) or _before(statement, quantity)
        if claim is not None:
            yield claim


def _after(statement: Statement, quantity: Quantity) -> Claim | None:
    """Return the claim whose counted word follows the number: `12 people were killed`."""
    between = list[str]()
    for at in range(quantity.last, min(quantity.last + _REACH, len(statement.tokens))):
        word = statement.tokens[at].low
        if word in _table() and word != "toll":
            span = (quantity.first, at + 1)
            return _count(statement, quantity, word=at, subject=_head(between), span=span)
        if word in _BREAKS or not word[0].isalpha() or word in _NUMBER_WORDS:
            return None
        if word not in _AUXILIARY:
            between.append(word)
    return None


def _before(statement: Statement, quantity: Quantity) -> Claim | None:
    """Return the claim whose counted word precedes: `killing 12`, `death toll rose to 14`."""
    if not quantity.first:
        return None
    at = quantity.first - 1
    word = statement.tokens[at].low
    if word in _ACTIVE:
        subject, last = _object(statement, quantity.last)
        return _count(statement, quantity, word=at, subject=subject, span=(at, last))
    if word not in _TOLL_LINKS:
        return None
    for toll in range(max(at - _REACH, 0), at):
        if statement.tokens[toll].low == "toll":
            span = (toll, quantity.last)
            return _count(statement, quantity, word=toll, subject="people", span=span)
    return None


def _count(
    statement: Statement, quantity: Quantity, *, word: int, subject: str, span: tuple[int, int]
) -> Claim | None:
    """Return the claim, unless its subject is only an addition to others."""
    counted = _table()[statement.tokens[word].low]
    if not subject:
        return None
    return Claim(
        key=("count", counted.name, subject),
        what=statement.tokens[word].text,
        shown=statement.printed(*span),
        statement=statement,
        quantity=quantity,
        rises=counted.rises,
    )


def _head(between: Sequence[str]) -> str:
    """Return whom the words between number and counted word name; empty for an addition."""
    if any(word in {"more", "further", "fewer", "extra"} for word in between):
        return ""
    if not between or any(word in _PEOPLE for word in between):
        return "people"
    return fold(between[-1])


def _object(statement: Statement, at: int) -> tuple[str, int]:
    """Return whom the words after a number name, and the position past them."""
    found, last = list[str](), at
    for token in statement.tokens[at : at + 2]:
        if token.low in _BREAKS or not token.text.isalpha() or not token.text.islower():
            break
        found.append(token.low)
        last += 1
        if token.low in _PEOPLE:
            break
    return _head(found), last


_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve dozen dozens hundreds "
    "thousands".split()
)
_TOLL_LINKS = frozenset("to of at is was reached reaches stood stands hits hit".split())
_ACTIVE = frozenset(
    "killed killing kills injured injuring injures wounded wounding wounds arrested arresting "
    "detained detaining evacuated evacuating rescued rescuing infected displaced hurt".split()
)


@cache
def _table() -> Mapping[str, Counted]:
    """Return the table of counted words, by word."""
    path = Path(__file__).parent.parent / "tables" / "counted-en.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        word: Counted(name=name, rises=row["rises"])
        for name, row in rows.items()
        for word in row["words"]
    }
