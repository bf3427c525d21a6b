"""Differ: figures, dates and names on which outlets differ, side by side, with none chosen."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import combinations, pairwise, product

from briefing.cluster.versions import same_outlet
from briefing.differ.amounts import amounts
from briefing.differ.counts import counts, rank
from briefing.differ.dates import dates
from briefing.differ.names import ages, spellings
from briefing.differ.numbers import Bound, Quantity, compatible
from briefing.differ.statements import Claim, Statement, alike, statements
from briefing.edition import Difference, Value
from briefing.model import Article

ALIKE = 0.6
"""Two sentences speak of one amount or date when they have so much in common (Dice, weighed by
rarity, numbers apart). By eye on AllSides stories: docs/benchmarks/stories.md."""

ALIKE_FRAMED = 0.2
"""The same where both also hang on one word (`took £11.6 million`, `took £10.6 million`), or count
a rare thing."""

FAR = 4
"""Amounts further apart than this factor need sentences much alike, whatever hangs on them."""

ALIKE_DATED = 0.35
"""The same for dates that both articles give in their first sentences."""

OPENING = 4
"""So many sentences are an article's first ones, where dates are those of the event."""

OPENING_COUNT = 6
"""The same for tolls."""

ALIKE_COUNT = 0.1
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
    [['12 people', '14 people']]
    """
    told, before = _told(articles), _told(earlier)
    groups = [*_by_key(told), *_by_likeness(told), *_by_name(told), *_corrections(before, told)]
    return tuple(dict.fromkeys(_difference(group) for group in groups))


def _told(articles: Sequence[Article]) -> list[tuple[Statement, ...]]:
    """Return the sentences of the articles that can be compared, the earliest article first."""
    unique = {a.ref: a for a in articles if (a.language or "en") in LANGUAGES}
    return [statements(article) for article in sorted(unique.values(), key=_when)]


def _by_key(told: Sequence[Sequence[Statement]]) -> Iterator[list[Claim]]:
    """Yield the counts and ages of one thing that are not all compatible."""
    groups: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for sentences in told:
        for key, claims in claims_by_key(sentences).items():
            if not any(outgrows(claim, claims[0]) for claim in claims[1:]):
                groups[key].append(claims[0])
    for key in sorted(groups):
        group = [c for c in groups[key] if has_company(c, groups[key])]
        if _is_rising(group) or any(conflict(a, b) for a, b in combinations(group, 2)):
            yield group


def claims_by_key(sentences: Sequence[Statement]) -> dict[tuple[str, ...], list[Claim]]:
    """Return the counts and ages of one article, by what they are of."""
    found: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for statement in sentences:
        for claim in (*counts(statement), *ages(statement)):
            found[claim.key].append(claim)
    return found


def outgrows(claim: Claim, first: Claim) -> bool:
    """Return whether an article's later claim makes its first one doubtful.

    A later, smaller count is a part: of one village, or of children among the dead.
    """
    if claim.quantity is None or first.quantity is None:
        return conflict(claim, first)
    return conflict(claim, first) and claim.quantity.value > first.quantity.value


def has_company(claim: Claim, group: Sequence[Claim]) -> bool:
    """Return whether another article's sentence speaks of the same as this one's.

    Both articles' first sentences do: the articles are of one story.
    """
    return any(
        max(claim.statement.position, other.statement.position) < OPENING_COUNT
        or alike(claim.statement, other.statement) >= ALIKE_COUNT
        for other in group
        if other is not claim
    )


def _by_likeness(told: Sequence[Sequence[Statement]]) -> Iterator[list[Claim]]:
    """Yield pairs of amounts or dates in sentences that are much alike, and that differ."""
    claims = [
        [claim for statement in sentences for claim in (*_uncounted(statement), *dates(statement))]
        for sentences in told
    ]
    for mine, theirs in combinations(claims, 2):
        for a in mine:
            rivals = [b for b in theirs if b.key == a.key]
            best = max(rivals, key=lambda b: alike(a.statement, b.statement), default=None)
            if best is not None and _disagree(a, best, mine=mine, theirs=theirs):
                yield [a, best]


def _uncounted(statement: Statement) -> list[Claim]:
    """Return the amounts of a sentence whose numbers do not already count the dead or the like."""
    counted = {claim.quantity for claim in counts(statement)}
    return [claim for claim in amounts(statement) if claim.quantity not in counted]


def _disagree(a: Claim, b: Claim, *, mine: Sequence[Claim], theirs: Sequence[Claim]) -> bool:
    """Return whether two articles differ on one amount or date.

    They do not when either says elsewhere what the other says here.
    """
    return (
        conflict(a, b)
        and alike(a.statement, b.statement) >= _needed(a, b)
        and not any(b.key == c.key and not conflict(b, c) for c in mine)
        and not any(a.key == c.key and not conflict(a, c) for c in theirs)
    )


def _needed(a: Claim, b: Claim) -> float:
    """Return how alike the sentences of two claims must be to speak of one thing."""
    if _far(a, b):
        return ALIKE
    if a.key[0] == "measure":
        return 0.0
    if a.frame and a.frame == b.frame:
        return 0.0 if a.key[0] == "things" else ALIKE_FRAMED
    early = max(a.statement.position, b.statement.position) < OPENING
    return ALIKE_DATED if a.key == ("date", "day") and early else ALIKE


def _far(a: Claim, b: Claim) -> bool:
    """Return whether one amount is so many times the other that they hardly are of one thing."""
    if a.quantity is None or b.quantity is None:
        return False
    low, high = sorted((a.quantity.value, b.quantity.value))
    return high > FAR * low


def _by_name(told: Sequence[Sequence[Statement]]) -> Iterator[list[Claim]]:
    """Yield the spellings of one person's name, an article each."""
    groups: list[list[Claim]] = []
    for mine, theirs in combinations(told, 2):
        for pair in spellings(mine, theirs):
            _join(groups, pair)
    order = [sentences[0].article.ref for sentences in told if sentences]
    for group in groups:
        yield sorted(group, key=lambda claim: order.index(claim.statement.article.ref))


def _join(groups: list[list[Claim]], pair: Sequence[Claim]) -> None:
    """Add two spellings of a name to the group that has either of them, else to a new one."""
    known = next((g for g in groups if any(_same_name(c, p) for c in g for p in pair)), None)
    if known is None:
        groups.append(known := [])
    known.extend(p for p in pair if not any(_same_name(c, p) for c in known))


def _corrections(
    before: Sequence[Sequence[Statement]], after: Sequence[Sequence[Statement]]
) -> Iterator[list[Claim]]:
    """Yield what an outlet's later version says otherwise in a sentence otherwise the same.

    A sentence that changed in more than its figure tells of a later state, and is no correction.
    """
    for old, new in product(before, after):
        if old and new and same_outlet(old[0].article, new[0].article):
            for statement, twin in _twins(old, new):
                pairs = zip(_figures(statement), _figures(twin), strict=False)
                yield from ([a, b] for a, b in pairs if a.key == b.key and conflict(a, b))


def _twins(
    old: Sequence[Statement], new: Sequence[Statement]
) -> Iterator[tuple[Statement, Statement]]:
    """Yield the sentences of two versions that are the same but for their figures."""
    known = {tuple(s.context): s for s in new}
    for statement in old:
        twin = known.get(tuple(statement.context))
        if twin is not None and statement.context:
            yield statement, twin


def _figures(statement: Statement) -> list[Claim]:
    """Return the counts of a sentence, or, when it has none, its amounts and dates."""
    return [*counts(statement)] or [*amounts(statement), *dates(statement)]


def _same_name(a: Claim, b: Claim) -> bool:
    """Return whether two claims are one article's spelling."""
    return a.name == b.name and a.statement.article.ref == b.statement.article.ref


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
    if a.quantity.value > b.quantity.value or not _is_later(b.statement, a.statement):
        return None
    return is_more(b.quantity, a.quantity) or None


def is_more(one: Quantity, other: Quantity) -> bool:
    """Return whether the greater of two numbers goes beyond what the other leaves open."""
    open_ended = other.bound is Bound.AT_LEAST and one.bound is not Bound.ABOUT
    return open_ended or not compatible(other, one)


def _is_later(one: Statement, other: Statement) -> bool:
    """Return whether one article is known to have been changed after the other."""
    before, after = touched(other.article), touched(one.article)
    return before is not None and after is not None and before < after


def _difference(group: Sequence[Claim]) -> Difference:
    """Return the values of *group* side by side."""
    if _is_rising(group):
        kind = RISING
    elif _is_one_outlet(group):
        kind = CORRECTED
    else:
        kind = DIFFER
    what = min((claim.what for claim in group), key=lambda word: (not word, rank(word)))
    return Difference(what=what, values=tuple(value_of(claim) for claim in group), kind=kind)


def _is_one_outlet(group: Sequence[Claim]) -> bool:
    """Return whether all of *group* stand in articles of one outlet."""
    first = group[0].statement.article
    return all(same_outlet(first, claim.statement.article) for claim in group[1:])


def value_of(claim: Claim) -> Value:
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


def touched(article: Article) -> datetime | None:
    """Return when the article was last changed, as far as it says."""
    return article.updated or article.published


def _when(article: Article) -> tuple[datetime, str]:
    """Return the key that puts the earliest first."""
    return touched(article) or datetime.max.replace(tzinfo=UTC), article.ref
