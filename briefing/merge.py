"""Merge: a story's points, drawn from all its articles without repetition."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from briefing.cluster.terms import rarity, telling
from briefing.model import KeyPoint, Summary
from briefing.words import count_words

REPEATED = 0.5
"""A point is repetition when so much of what it tells, weighed by rarity, stands in the points
already taken. Measured by eye on AllSides stories: at .6 the same quotation in two lengths came
twice, at .4 a reaction was lost because it named the event."""


def points(
    summaries: Sequence[Summary], *, count: int, words: int | None = None
) -> tuple[KeyPoint, ...]:
    """Return at most *count* points of *summaries*, each with the `ref` of its article.

    The lead article comes first among *summaries*. The first points of all the articles are
    taken before the second ones, in the order of the articles, so that each outlet is heard;
    what repeats a point already taken, in whatever outlet's words, is passed over. That figures
    differ makes two points no less the same: `differ` sets those side by side.

    Args:
        summaries: The articles of one story, the lead first; the order is kept.
        count: At most so many points.
        words: At most so many words in all; None: no limit. A first point longer than that is
            shown all the same, for a story without any point says nothing.

    >>> points((), count=5)
    ()
    """
    taken: list[KeyPoint] = []
    told: set[str] = set()
    left = words
    for point, language in _in_turn(summaries):
        terms = set(telling(point.text, language))
        size = count_words(point.text)
        if len(taken) >= count or _repeats(terms, told):
            continue
        if left is not None and size > left and taken:
            continue
        taken.append(point)
        told |= terms
        left = None if left is None else left - size
    return tuple(taken)


def _in_turn(summaries: Sequence[Summary]) -> Iterator[tuple[KeyPoint, str]]:
    """Yield the first point of each article, then the second ones, and so on."""
    columns = [
        [
            (replace(point, ref=summary.article.ref), summary.article.language or "en")
            for point in summary.points
        ]
        for summary in summaries
    ]
    for row in zip_longest(*columns):
        yield from (cell for cell in row if cell is not None)


def _repeats(terms: set[str], told: set[str]) -> bool:
    """Return whether most of what *terms* tell has been *told*."""
    weights = {term: rarity(term) for term in terms if not term[0].isdigit()}
    known = sum(weight for term, weight in weights.items() if term in told)
    return bool(told) and known >= REPEATED * sum(weights.values())
