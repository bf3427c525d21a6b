"""Amounts: money, percentages, measures, and numbers of things that only this story counts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from briefing.cluster.terms import fold, rarity
from briefing.differ.counts import is_aside
from briefing.differ.numbers import Quantity, quantities
from briefing.differ.statements import Claim, Statement
from briefing.words import stopwords

RARE = 5.0
"""A thing whose name has at least this rarity (one article in 150) is counted once a story:
`litres`, `cadets`, but not `states`."""


def amounts(statement: Statement) -> Iterator[Claim]:
    """Yield the amounts of *statement* that stand alone of their kind in it.

    Where a sentence gives two sums, or two percentages, nothing says which of them another
    outlet's figure should be held against.
    """
    found = quantities(statement.tokens)
    units = Counter(quantity.unit for quantity in found)
    for quantity in found:
        if is_aside(statement, quantity):
            continue
        measure = _measure(statement, quantity)
        if measure:
            yield _claim(statement, quantity, key=("measure", measure), what=measure)
        elif quantity.unit and units[quantity.unit] == 1:
            yield _sum(statement, quantity)
        elif not quantity.unit:
            yield from _things(statement, quantity)


def _measure(statement: Statement, quantity: Quantity) -> str:
    """Return the measure that a number is the value of, empty for none: `a majority of 4,221`."""
    at = quantity.first - 1
    if at < 1 or statement.tokens[at].low not in {"of", "was", "is", "at", "to"}:
        return ""
    word = statement.tokens[at - 1].low
    return word if word in _MEASURED else ""


def _sum(statement: Statement, quantity: Quantity) -> Claim:
    """Return the claim on a sum of money or a percentage, keyed by the word that governs it."""
    noun = _noun(statement, quantity.last)
    verb = _governor(statement, quantity.first)
    last = quantity.last + bool(noun)
    claim = _claim(statement, quantity, key=("sum", quantity.unit), what=noun or verb, last=last)
    return replace(claim, frame=fold(verb))


def _things(statement: Statement, quantity: Quantity) -> Iterator[Claim]:
    """Yield the claim on how many things of a kind there are: `1,200 homes`."""
    noun = _noun(statement, quantity.last)
    if noun and noun.endswith("s") and noun not in IN_PASSING and quantity.value > 1:
        rare = rarity(fold(noun)) >= RARE and quantity.value >= 10
        key = ("things", fold(noun))
        claim = _claim(statement, quantity, key=key, what=noun, last=quantity.last + 1)
        yield replace(claim, frame=key[1] if rare else "")


def _claim(
    statement: Statement,
    quantity: Quantity,
    *,
    key: tuple[str, ...],
    what: str,
    last: int | None = None,
) -> Claim:
    """Return the claim that *what* has this amount."""
    return Claim(
        key=key,
        what=what,
        shown=statement.printed(quantity.first, last or quantity.last),
        statement=statement,
        quantity=quantity,
    )


def _noun(statement: Statement, at: int) -> str:
    """Return the lower-case telling word at position *at*, empty when there is none."""
    if at >= len(statement.tokens):
        return ""
    word = statement.tokens[at].text
    return word if word.isalpha() and word.islower() and word not in stopwords("en") else ""


def _governor(statement: Statement, at: int) -> str:
    """Return the telling word next before position *at*, at most three words back."""
    for token in reversed(statement.tokens[max(at - 3, 0) : at]):
        if not token.text.isalpha():
            return ""
        if token.text.islower() and token.low not in stopwords("en"):
            return "" if token.low in _MOVES else token.low
    return ""


# What prices, wages and shares do alike: no word to know a sum by.
_MOVES = frozenset(
    "rose risen fell fallen grew grown increased dropped climbed jumped slid up down gained lost "
    "worth paid pay cost costs nearly least some".split()
)
_MEASURED = frozenset(
    "majority turnout magnitude reward fine ransom bail margin depth deficit surplus capacity "
    "turnover profit loss damages bonus toll".split()
)
# Lengths of time, distances, weights: told in passing, in units that vary.
IN_PASSING = frozenset(
    "years months weeks days hours minutes seconds miles metres meters feet inches yards pounds "
    "kilograms tonnes tons degrees times points others acres hectares kilometres kilometers "
    "decades centuries ways things cents people persons nights weekends mph knots".split()
)
