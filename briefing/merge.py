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
    heard, left = _Heard(), words
    for point, summary in _in_turn(summaries):
        if len(taken) >= count:
            break
        size = count_words(point.text)
        too_long = left is not None and size > left and bool(taken)
        if too_long or heard.knows(point, summary):
            continue
        taken.append(point)
        heard.take(point, summary)
        left = None if left is None else left - size
    return tuple(taken)


class _Heard:
    """What the points taken so far have told."""

    def __init__(self) -> None:
        self._told: list[set[str]] = []
        self._events: dict[str, set[str]] = {}

    def knows(self, point: KeyPoint, summary: Summary) -> bool:
        """Return whether *point* would be repetition."""
        terms = _terms(point.text, summary.article)
        if _repeats(terms, self._told):
            return True
        events = [event for ref, event in self._events.items() if ref != summary.article.ref]
        return point.text == summary.points[0].text and _opens_again(terms, self._told, events)

    def take(self, point: KeyPoint, summary: Summary) -> None:
        """Keep what *point* tells, and the event that its article opens with."""
        self._told.append(_terms(point.text, summary.article))
        if summary.article.ref not in self._events:
            self._events[summary.article.ref] = _event(summary.article)


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
    return set().union(*(_terms(text, article) for text in first))


def _terms(text: str, article: Article) -> set[str]:
    """Return the telling terms of a text in its article's language."""
    return set(telling(text, article.language or "en"))


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
