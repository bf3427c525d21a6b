"""One event, one story: articles of different outlets, in different words, brought together."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from math import fsum

from briefing.cluster.likeness import days_apart, log_odds
from briefing.cluster.linkage import UNRELATED, Pair, linked
from briefing.cluster.reasons import alone, joined
from briefing.cluster.records import Cluster, Fingerprint
from briefing.cluster.shingles import sketch_containment
from briefing.cluster.terms import body, fingerprint
from briefing.model import Article, Summary
from briefing.words import count_words

WINDOW_H = 72.0
"""Articles further apart tell of different events: 97 % of AllSides clusters lie within a day,
98 % within three."""

THRESHOLD = 0.65
"""Mean log-odds above which groups become one story. Chosen by cross-validation on AllSides."""

CONTINUES = 1.6
"""Log-odds above which an article goes on with an earlier edition's story. In `samples/week` 69 %
of the pairs of articles of one story on different days lie above it, so that each of the 16
stories that go on is known again by one pair or more, and none of the 1,321 other pairs does."""

SAME_TEXT = 0.7
"""Share of the sampled runs above which two sketches are of one text."""

FEWEST_RUNS = 8
"""Sketches with fewer runs prove nothing."""

KEYS = 60
"""An article is filed in the index under so many of its heaviest terms."""

SHARED_KEYS = 2
"""Two articles that have fewer keys in common are never compared."""

LOOK_BACK = 100
"""Under each key only so many earlier articles are looked at, the latest first, which keeps the
work linear however large the day is."""


@dataclass(frozen=True, slots=True)
class _Filed:
    """One article with what clustering knows of it."""

    article: Article
    fingerprint: Fingerprint


def stories(summaries: Sequence[Summary], *, window_h: float = WINDOW_H) -> tuple[Cluster, ...]:
    """Return the articles of *summaries* as stories, each article in exactly one.

    The answer does not depend on the order in which the summaries come. Precision before
    recall: two earthquakes, two strikes or two rate decisions stay two when places, people,
    figures or dates disagree. Duplicates are expected to be gone (`duplicates`), but do no harm.
    Articles in different languages are not compared. Time and memory are linear in the number
    of articles.

    Args:
        summaries: One for each article; their points are not looked at.
        window_h: Articles published further apart are never joined directly. An article without
            a time may join any.

    Returns:
        Stories in order of the publication of their first article, undated ones last.

    >>> stories(())
    ()
    """
    filed = _in_order(summaries)
    odds = _odds(filed, window_days=window_h / 24)
    groups = linked(len(filed), odds, threshold=THRESHOLD)
    return tuple(_cluster(group, filed=filed, odds=odds) for group in groups)


def same_story(a: Fingerprint, b: Fingerprint, *, days: float | None = None) -> bool:
    """Return whether *a* and *b* tell of one event that may go on from day to day.

    The measure is that of `stories`, with the threshold higher: an earlier edition's articles are
    many, and each is a chance to be wrong. Articles in different languages never match.

    Args:
        a: What one article is about.
        b: What the other is about, perhaps kept from an earlier edition.
        days: How far apart to take them to be; None: together, however many days lie between,
            for a story that goes on for a week is still the same.
    """
    return a.language == b.language and story_odds(a, b, days=days) > CONTINUES


def story_odds(a: Fingerprint, b: Fingerprint, *, days: float | None = None) -> float:
    """Return the log-odds that *a* and *b* tell of one event; arguments as `same_story`."""
    return log_odds(a, b, days=0.0 if days is None else days)


def same_text(a: Fingerprint, b: Fingerprint) -> bool:
    """Return whether *b* is the text of *a* again, edited lightly at most.

    Told from the sketches, so a text of fewer than some twenty words, of which a
    sketch keeps too few runs, is never known again.
    """
    few = min(len(a.sketch), len(b.sketch)) < FEWEST_RUNS
    return not few and sketch_containment(a.sketch, b.sketch) >= SAME_TEXT


def _in_order(summaries: Sequence[Summary]) -> list[_Filed]:
    """Return the articles by publication, undated ones last, in an order that nothing shakes."""
    ordered = sorted((summary.article for summary in summaries), key=publication_order)
    return [_Filed(article, fingerprint(article)) for article in ordered]


def publication_order(article: Article) -> tuple[bool, datetime, str, str]:
    """Return the key that articles are sorted by."""
    when = article.published or article.updated
    return when is None, when or datetime.max.replace(tzinfo=UTC), article.ref, article.sha256


def _odds(filed: Sequence[_Filed], *, window_days: float) -> dict[Pair, float]:
    """Return the log-odds of every pair that shares enough keys within the window."""
    prints = [f.fingerprint for f in filed]
    return {
        (i, j): log_odds(prints[i], prints[j])
        for i, j in candidates(prints, window_days=window_days)
    }


def candidates(prints: Sequence[Fingerprint], *, window_days: float) -> Iterator[Pair]:
    """Yield the pairs (earlier, later) worth comparing, through an index of their keys."""
    index: defaultdict[str, deque[int]] = defaultdict(partial(deque, maxlen=LOOK_BACK))
    for later, print_ in enumerate(prints):
        shared = Counter[int]()
        for key in tuple(print_.terms)[:KEYS]:
            shared.update(index[key])
            index[key].append(later)
        for earlier, count in shared.items():
            if count >= SHARED_KEYS and _comparable(prints[earlier], print_, window_days):
                yield earlier, later


def _comparable(a: Fingerprint, b: Fingerprint, window_days: float) -> bool:
    """Return whether two articles are of one language and one window."""
    dated = a.published is not None and b.published is not None
    return a.language == b.language and (not dated or days_apart(a, b) <= window_days)


def _cluster(
    group: Sequence[int], *, filed: Sequence[_Filed], odds: Mapping[Pair, float]
) -> Cluster:
    """Return the story that *group* makes, its lead first."""
    pairs = [odds.get((i, j), UNRELATED) for i in group for j in group if i < j]
    lead = min(group, key=lambda i: (-_closeness(i, group, odds), -_size(filed[i]), i))
    members = [filed[lead], *(filed[i] for i in group if i != lead)]
    return Cluster(
        refs=tuple(member.article.ref for member in members),
        lead=filed[lead].article.ref,
        reason=joined([m.article for m in members], [m.fingerprint for m in members])
        if len(group) > 1
        else alone(),
        cohesion=round(fsum(pairs) / len(pairs), 3) if pairs else 0.0,
    )


def _closeness(one: int, group: Sequence[int], odds: Mapping[Pair, float]) -> float:
    """Return how like *one* is to the rest of its group, rounded so that sums can tie."""
    others = (odds.get((min(one, i), max(one, i)), UNRELATED) for i in group if i != one)
    return round(fsum(others), 6)


def _size(filed: _Filed) -> int:
    """Return how many words the body has."""
    return sum(count_words(paragraph) for paragraph in body(filed.article))
