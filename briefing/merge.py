"""Merge: a story's points, drawn from all its articles without repetition."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from briefing.cluster.terms import body, rarity, telling
from briefing.model import Article, KeyPoint, Summary
from briefing.words import count_words

REPEATED = 0.4
"""A point is repetition when so much of what it tells, weighed by rarity, stands in one point
already taken …"""

GATHERED = 0.75
"""… or so much of it in all of them together. Both by reading the merged stories of the first three
days of `samples/week`: at .5 a second outlet's opening told the event again in most
stories of the first day, at .33 points were lost that told something new."""

OPENED, OPENING = 0.25, 0.3
"""A later article's first point nearly always tells the event again: it is repetition when so much
of it stands in one point taken, or in the title and first paragraphs of an article drawn from. By
reading the 23 merged stories of `samples/week`: ten openings are passed over, nine of which told
the event again and one something of its own, too; one that told it again, in other words, stays."""

FIRST_PARAGRAPHS = 3
"""Where a news article tells its event."""


def points(
    summaries: Sequence[Summary], *, count: int, words: int | None = None
) -> tuple[KeyPoint, ...]:
    """Return at most *count* points of *summaries*, each with the `ref` of its article.

    The lead article comes first among *summaries*. The first points of all the articles are
    taken before the second ones, in the order of the articles, so that each outlet is heard;
    what repeats a point already taken, in whatever outlet's words, is passed over, most strictly
    an article's first one, in whose place its next may come. That figures
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
    events = {s.article.ref: _event(s.article) for s in summaries if len(summaries) > 1}
    left = words
    for point, summary in _in_turn(summaries):
        terms = set(telling(point.text, summary.article.language or "en"))
        size = count_words(point.text)
        if len(taken) >= count or _repeats(terms, told):
            continue
        drawn = [events[ref] for ref in {p.ref for p in taken} - {point.ref}]
        if point.text == summary.points[0].text and _opens_again(terms, told, drawn):
            continue
        if left is not None and size > left and taken:
            continue
        taken.append(point)
        told.append(terms)
        left = None if left is None else left - size
    return tuple(taken)


def _in_turn(summaries: Sequence[Summary]) -> Iterator[tuple[KeyPoint, Summary]]:
    """Yield the first point of each article, then the second ones, and so on."""
    columns = [
        [(replace(point, ref=summary.article.ref), summary) for point in summary.points]
        for summary in summaries
    ]
    for row in zip_longest(*columns):
        yield from (cell for cell in row if cell is not None)


def _event(article: Article) -> set[str]:
    """Return the terms in which an article tells its event: of its title and first paragraphs."""
    first = (article.title or "", *body(article)[:FIRST_PARAGRAPHS])
    return {term for text in first for term in telling(text, article.language or "en")}


def _repeats(terms: set[str], told: Sequence[set[str]]) -> bool:
    """Return whether most of what *terms* tell has been *told*, numbers apart."""
    if not told:
        return False
    most = max(_share(terms, said) for said in told)
    return most >= REPEATED or _share(terms, set().union(*told)) >= GATHERED


def _opens_again(terms: set[str], told: Sequence[set[str]], events: Sequence[set[str]]) -> bool:
    """Return whether an article's first point tells of an event that another one opened with."""
    if not events:
        return False
    return (
        max(_share(terms, said) for said in told) >= OPENED
        or max(_share(terms, event) for event in events) >= OPENING
    )


def _share(terms: set[str], said: set[str]) -> float:
    """Return how much of what *terms* tell is *said*, by rarity, numbers apart: 0 to 1."""
    weights = {term: rarity(term) for term in sorted(terms) if not term[0].isdigit()}
    total = sum(weights.values())
    return sum(w for term, w in weights.items() if term in said) / total if total else 1.0
