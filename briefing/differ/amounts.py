"""Amounts: money, percentages, and numbers of things that only this story counts."""

from collections import Counter
from collections.abc import Iterator

from briefing.cluster.terms import fold
from briefing.differ.counts import is_aside
from briefing.differ.numbers import Quantity, quantities
from briefing.differ.statements import Claim, Statement
from briefing.words import stopwords


def amounts(statement: Statement) -> Iterator[Claim]:
    """Yield the amounts of *statement* that stand alone of their kind in it.

    Where a sentence gives two sums, or two percentages, nothing says which of them another
    outlet's figure should be held against.
    """
    if is_aside(statement.text):
        return
    found = quantities(statement.tokens)
    units = Counter(quantity.unit for quantity in found)
    for quantity in found:
        if quantity.unit and units[quantity.unit] == 1:
            yield _amount(statement, quantity)
        elif not quantity.unit:
            yield from _things(statement, quantity)


def _amount(statement: Statement, quantity: Quantity) -> Claim:
    """Return the claim on a sum of money or a percentage."""
    noun = _noun(statement, quantity.last)
    last = quantity.last + bool(noun)
    return Claim(
        key=("amount", quantity.unit),
        what=noun or statement.printed(quantity.number, quantity.last),
        shown=statement.printed(quantity.first, last),
        statement=statement,
        quantity=quantity,
        close=True,
    )


def _things(statement: Statement, quantity: Quantity) -> Iterator[Claim]:
    """Yield the claim on how many things of a kind there are: `1,200 homes`."""
    noun = _noun(statement, quantity.last)
    if noun and noun.endswith("s") and noun not in _MEASURES and quantity.value > 1:
        yield Claim(
            key=("things", fold(noun)),
            what=noun,
            shown=statement.printed(quantity.first, quantity.last + 1),
            statement=statement,
            quantity=quantity,
            close=True,
        )


def _noun(statement: Statement, at: int) -> str:
    """Return the lower-case telling word at position *at*, empty when there is none."""
    if at >= len(statement.tokens):
        return ""
    word = statement.tokens[at].text
    return word if word.isalpha() and word.islower() and word not in stopwords("en") else ""


# Lengths of time, distances and clock times: told in passing, in units that vary.
_MEASURES = frozenset(
    "years months weeks days hours minutes seconds miles metres meters feet inches yards pounds "
    "kilograms tonnes tons degrees times points others acres hectares kilometres kilometers "
    "decades centuries ways things cents".split()
)
