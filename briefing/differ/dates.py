"""Dates: what happened, or will happen, on one day by one outlet and another by the next."""

import re
from collections.abc import Iterator

from briefing.differ.amounts import IN_PASSING
from briefing.differ.numbers import MONTHS
from briefing.differ.statements import Claim, Statement
from briefing.words import stopwords

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)? (?P<m1>{_MONTH})"
    rf"|(?P<m2>{_MONTH})\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)"
    r"\b(?!\d|:)"
)
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_WEEKDAY = re.compile(rf"\b[Oo]n ({'|'.join(_WEEKDAYS)})\b")
_VERB = re.compile(r"[^\W\d_]+")


def dates(statement: Statement) -> Iterator[Claim]:
    """Yield what *statement* dates to the day, when it gives one date only.

    A weekday is never held against a day of the month.
    """
    found = [*_days(statement.text), *_weekdays(statement.text)]
    if len(found) != 1:
        return
    kind, day, start, end = found[0]
    known = stopwords("en") | IN_PASSING
    before = [w for w in _VERB.findall(statement.text[:start]) if w.lower() not in known]
    yield Claim(
        key=("date", kind),
        what=before[-1] if before else "",
        shown=statement.text[start:end],
        statement=statement,
        name=day,
    )


def _days(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Yield (kind, day, start, end) of each day of a month."""
    for match in _DATE.finditer(text):
        month = MONTHS[match["m1"] or match["m2"]]
        yield "day", f"{month:02}-{int(match['d1'] or match['d2']):02}", *match.span()


def _weekdays(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Yield (kind, day, start, end) of each day of the week."""
    for match in _WEEKDAY.finditer(text):
        yield "weekday", match.group(1).lower(), match.start(1), match.end(1)
