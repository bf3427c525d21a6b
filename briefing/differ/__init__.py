"""Differ: figures, dates and names on which outlets differ, side by side, with none chosen."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import combinations, pairwise

from briefing.cluster.versions import outlet
from briefing.differ.amounts import amounts
from briefing.differ.counts import counts
from briefing.differ.dates import dates
from briefing.differ.names import ages, spellings
from briefing.differ.numbers import Bound, compatible
from briefing.differ.statements import Claim, Statement, alike, statements
from briefing.edition import Difference, Value
from briefing.model import Article

ALIKE = 0.5
"""Two sentences speak of one amount or date when they have so much in common (Dice, weighed by
rarity, numbers apart). By eye on AllSides stories: docs/benchmarks/stories.md."""

ALIKE_COUNT = 0.15
"""The same for the dead, the injured and so on, whose name alone says much."""

DIFFER, RISING, CORRECTED = "differ", "rising", "corrected"

LANGUAGES = frozenset({"en"})
"""Other languages need tables of their own; until then, silence."""


def differences(
    articles: Sequence[Article], *, earlier: Sequence[Article] = ()
) -> tuple[Difference, ...]:
    """Return on what the articles of one story differ: tolls, sums, shares, dates, names, ages.

    Silence is preferred to a false alarm. Figures are held against each other only when they
    count the same thing, in the same unit, in sentences that speak of the same; rounding
    (`£3.2m`, `£3.24m`) and limits (`at least 12`, `12`) are no difference; an article that gives
    two figures for one thing is not asked; nor is a sentence on other years, averages or fears.
    The order of *articles* does not matter. English only.

    Args:
        articles: Those of one story, cleaned; before cleaning, every line counts as body.
        earlier: Versions of some of them that were dropped for later ones.

    Returns:
        What differs, tolls first, each with the values earliest published first. Its kind is
        `rising` when the count can only grow and the times of publication say it did,
        `corrected` when only the versions of one outlet's article differ, else `differ`.

    >>> texts = {"a": "The fire killed 12 people.", "b": "A fire has killed 14 people in Velm."}
    >>> found = differences([Article(ref=ref, sha256="", source_text="", text=text)
    ...     for ref, text in texts.items()])
    >>> [[v.value for v in d.values] for d in found]
    [['killed 12 people', 'killed 14 people']]
    """
    unique = {a.ref: a for a in (*earlier, *articles) if (a.language or "en") in LANGUAGES}
    told = [statements(a) for a in sorted(unique.values(), key=_when)]
    groups = [*_by_key(told), *_by_likeness(told), *_by_name(told)]
    return tuple(dict.fromkeys(_difference(group) for group in groups))


def _by_key(told: Sequence[Sequence[Statement]]) -> Iterator[list[Claim]]:
    """Yield the counts and ages of one thing that are not all compatible."""
    groups: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for sentences in told:
        for key, claims in _claims_by_key(sentences).items():
            if not any(conflict(a, b) for a, b in combinations(claims, 2)):
                groups[key].append(claims[0])
    for key in sorted(groups):
        group = [c for c in groups[key] if _has_company(c, groups[key])]
        if _is_rising(group) or any(conflict(a, b) for a, b in combinations(group, 2)):
            yield group


def _claims_by_key(sentences: Sequence[Statement]) -> dict[tuple[str, ...], list[Claim]]:
    """Return the counts and ages of one article, by what they are of."""
    found: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for statement in sentences:
        for claim in (*counts(statement), *ages(statement)):
            found[claim.key].append(claim)
    return found


def _has_company(claim: Claim, group: Sequence[Claim]) -> bool:
    """Return whether another article's sentence speaks of the same as this one's."""
    return any(
        alike(claim.statement, other.statement) >= ALIKE_COUNT
        for other in group
        if other is not claim
    )


def _by_likeness(told: Sequence[Sequence[Statement]]) -> Iterator[list[Claim]]:
    """Yield pairs of amounts or dates in sentences that are much alike, and that differ."""
    claims = [
        [claim for statement in sentences for claim in (*amounts(statement), *dates(statement))]
        for sentences in told
    ]
    for mine, theirs in combinations(claims, 2):
        for a in mine:
            rivals = [b for b in theirs if b.key == a.key]
            best = max(rivals, key=lambda b: alike(a.statement, b.statement), default=None)
            if best is not None and _disagree(a, best, mine=mine, theirs=theirs):
                yield [a, best]


def _disagree(a: Claim, b: Claim, *, mine: Sequence[Claim], theirs: Sequence[Claim]) -> bool:
    """Return whether two articles differ on one amount or date.

    They do not when either says elsewhere what the other says here.
    """
    return (
        conflict(a, b)
        and alike(a.statement, b.statement) >= ALIKE
        and not any(b.key == c.key and not conflict(b, c) for c in mine)
        and not any(a.key == c.key and not conflict(a, c) for c in theirs)
    )


def _by_name(told: Sequence[Sequence[Statement]]) -> Iterator[list[Claim]]:
    """Yield pairs of spellings of one person's name."""
    for mine, theirs in combinations(told, 2):
        for a, b in spellings(mine, theirs):
            yield [a, b]


def conflict(a: Claim, b: Claim) -> bool:
    """Return whether not both claims can be true of one thing."""
    if a.quantity is not None and b.quantity is not None:
        return not compatible(a.quantity, b.quantity)
    return a.name != b.name


def _is_rising(group: Sequence[Claim]) -> bool:
    """Return whether a count that can only grow has grown with the times of publication.

    *group* is in order of publication.
    """
    steps = [_step(a, b) for a, b in pairwise(group)]
    return bool(steps) and all(step is not None for step in steps) and any(steps)


def _step(a: Claim, b: Claim) -> bool | None:
    """Return whether *b* reports more than *a*, later; None when that speaks against rising."""
    if a.quantity is None or b.quantity is None or not (a.rises and b.rises):
        return None
    if a.quantity.value == b.quantity.value:
        return False
    before, after = a.statement.article.published, b.statement.article.published
    grown = a.quantity.value < b.quantity.value
    if before is None or after is None or not (grown and before < after):
        return None
    open_ended = a.quantity.bound is Bound.AT_LEAST and b.quantity.bound is not Bound.ABOUT
    return open_ended or not compatible(a.quantity, b.quantity) or None


def _difference(group: Sequence[Claim]) -> Difference:
    """Return the values of *group* side by side."""
    if _is_rising(group):
        kind = RISING
    elif (
        len({outlet(claim.statement.article) or claim.statement.article.ref for claim in group})
        == 1
    ):
        kind = CORRECTED
    else:
        kind = DIFFER
    return Difference(what=group[0].what, values=tuple(_value(claim) for claim in group), kind=kind)


def _value(claim: Claim) -> Value:
    """Return what one outlet says."""
    statement = claim.statement
    return Value(
        value=claim.shown,
        ref=statement.article.ref,
        outlet=statement.article.publisher or "",
        text=statement.text,
        start=statement.start,
        end=statement.start + len(statement.text),
    )


def _when(article: Article) -> tuple[datetime, str]:
    """Return the key that puts the earliest published first."""
    return article.published or datetime.max.replace(tzinfo=UTC), article.ref
