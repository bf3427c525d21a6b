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
    words: tuple[str, ...]
    rises: bool


# A sentence on other times, or on averages, does not count what happened now.
_OTHER_TIMES = re.compile(
    r"\b(?:(?:in|since|from|during|by|of|until) (?:early |late |mid-)?(?:18|19|20)\d\d"
    r"|since (?:[A-Z]\w+|the)|ago|(?:last|previous|past|prior|each|every|this) (?:year|month|"
    r"week|decade|century|summer|winter)s?|(?:a|per) (?:year|month)|annual(?:ly)?|on average"
    r"|average|decades?|histor(?:y|ic)|anniversary|previous|earlier|similar|worldwide|nationwide"
    r"|globally|world war)\b",
    re.IGNORECASE,
)
# A clause that says so tells what may be, or is not.
_DOUBT = re.compile(
    r"\b(?:could|may|might|would|should|if|fear(?:s|ed)?|expect(?:s|ed)?|project(?:ed|ions?)"
    r"|forecasts?|predict(?:s|ed)?|not|no|never|denied|without|nor|false(?:ly)?|believed|up to"
    r"|threatened|another|additional|further|extra|as many)\b"
)
_DOUBT_REACH = 4
# `14 people died, not 15`: what is denied is the other figure.
_NOT_ANOTHER = re.compile(r",? not (?=\d|(?:" + "|".join(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty".split()
) + r")\b)")  # fmt: skip
_CLAUSE_END = re.compile(r"[,;:()–—]")
_AUXILIARY = frozenset(
    "were was had have has been being be are is reportedly also then confirmed left found now "
    "known to".split()
)
_PEOPLE = frozenset({"people", "person", "persons", "others"})
_BREAKS = frozenset("and or but who that which while as in at of on after by from for with when "
                    "including during near".split())  # fmt: skip
_REACH = 8
"""A counted word stands at most so many tokens from its number."""

_LEADING = 10
"""A toll further down than so many sentences is background as often as not."""


def is_aside(statement: Statement, quantity: Quantity) -> bool:
    """Return whether a number is of other times, an average, or of what may be or is not.

    Other times anywhere in the sentence are enough; doubt must stand in the number's clause,
    before it or close behind: `12 people are feared dead`.
    """
    if _OTHER_TIMES.search(statement.text):
        return True
    at = statement.tokens[quantity.number].start
    before = [m.end() for m in _CLAUSE_END.finditer(statement.text, 0, at)]
    reach = min(quantity.last + _DOUBT_REACH, len(statement.tokens)) - 1
    end = statement.tokens[reach].end
    instead = _NOT_ANOTHER.search(statement.text, statement.tokens[quantity.last - 1].end, end)
    clause = statement.text[before[-1] if before else 0 : instead.start() if instead else end]
    return _DOUBT.search(clause) is not None


def counts(statement: Statement) -> Iterator[Claim]:
    """Yield what *statement* counts of the things that all news counts: dead, injured, arrested."""
    if statement.position >= _LEADING:
        return
    for quantity in quantities(statement.tokens):
        if quantity.unit or quantity.value != int(quantity.value):
            continue
        claim = _after(statement, quantity) or _before(statement, quantity)
        if claim is not None and not is_aside(statement, quantity):
            yield claim


def rank(word: str) -> int:
    """Return how well *word* names what is counted, the best 0: `dead` before `killing`."""
    counted = _table().get(word.lower())
    return counted.words.index(word.lower()) if counted is not None else 0


def _after(statement: Statement, quantity: Quantity) -> Claim | None:
    """Return the claim whose counted word follows the number: `12 people were killed`."""
    between = list[str]()
    last = quantity.last
    for at in range(quantity.last, min(quantity.last + _REACH, len(statement.tokens))):
        word = statement.tokens[at].low
        if word in _table() and word != "toll":
            last = last if between else at + 1
            span = (quantity.first, last)
            return _count(statement, quantity, word=at, subject=_head(between), span=span)
        if word in _BREAKS or not word[0].isalpha() or word in _NUMBER_WORDS:
            return None
        if word not in _AUXILIARY:
            between.append(word)
            last = at + 1
    return None


def _before(statement: Statement, quantity: Quantity) -> Claim | None:
    """Return the claim whose counted word precedes: `killing 12`, `death toll rose to 14`."""
    if not quantity.first:
        return None
    at = quantity.first - 1
    word = statement.tokens[at].low
    if word in _ACTIVE:
        subject, last = _object(statement, quantity.last)
        span = (quantity.first, last)
        return _count(statement, quantity, word=at, subject=subject, span=span)
    if word not in _LINKS:
        return None
    for noun in range(at - 1, max(at - _NOUN_REACH, 0) - 1, -1):
        if statement.tokens[noun].low in _NOUNS:
            span = (quantity.first, quantity.last)
            return _count(statement, quantity, word=noun, subject="people", span=span)
    return None


def _count(
    statement: Statement, quantity: Quantity, *, word: int, subject: str, span: tuple[int, int]
) -> Claim | None:
    """Return the claim, unless its subject is only an addition to others, or no one is ill."""
    counted = _table()[statement.tokens[word].low]
    if not subject or (counted.name == "infected" and not _ILLNESS.search(statement.text)):
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
    if any(word in {"more", "further", "fewer", "extra", "other"} for word in between):
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
_LINKS = frozenset("to of at is was reached reaches stood stands hits hit passed".split())
_NOUNS = frozenset({"toll", "cases", "infections", "deaths", "arrests", "fatalities"})
_NOUN_REACH = 8
_ILLNESS = re.compile(
    r"measles|virus|outbreak|infect|flu\b|cholera|ebola|covid|disease|patients?|epidemic|pandemic"
    r"|tested|confirmed|poisoning|fever|mumps|meningitis",
    re.IGNORECASE,
)
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
        word: Counted(name=name, words=tuple(row["words"]), rises=row["rises"])
        for name, row in rows.items()
        for word in row["words"]
    }
