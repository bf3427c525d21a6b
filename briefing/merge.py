"""Merge: a story's points, drawn from all its articles without repetition."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from briefing.cluster.terms import rarity, telling
from briefing.model import KeyPoint, Summary
from briefing.words import count_words

REPEATED = 0.4
"""A point is repetition when so much of what it tells, weighed by rarity, stands in one point
already taken …"""

GATHERED = 0.75
"""… or so much of it in all of them together. Both by reading the merged stories of the first three
days of `samples/week`: at .5 a second outlet's opening told the event again in most
stories of the first day, at .33 points were lost that told something new."""


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
    told: list[set[str]] = []
    left = words
    for point, language in _in_turn(summaries):
        terms = set(telling(point.text, language))
        size = count_words(point.text)
        if len(taken) >= count or _repeats(terms, told):
            continue
        if left is not None and size > left and taken:
            continue
        taken.append(point)
        told.append(terms)
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


def _repeats(terms: set[str], told: Sequence[set[str]]) -> bool:
    """Return whether most of what *terms* tell has been *told*, numbers apart."""
    weights = {term: rarity(term) for term in terms if not term[0].isdigit()}
    total = sum(weights.values())
    known = [sum(weights[t] for t in terms & weights.keys() & said) for said in told]
    gathered = sum(weights[t] for t in weights.keys() & set().union(*told))
    return bool(told) and (max(known) >= REPEATED * total or gathered >= GATHERED * total)
