"""Summaries to compose editions of: the sentences one gives are the article and its points."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from documents import joined

from briefing.cluster import Cluster
from briefing.compose import Arrivals, Draft, Frame, Group, Memory, Rules, identify
from briefing.compose.window import window
from briefing.model import (
    Article,
    Fate,
    KeyPoint,
    Sentence,
    SentenceFate,
    Summary,
)

CUTOFF = datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
DAY = timedelta(days=1)

FERRY = (
    "The ferry Aurelia ran aground off Port Selden on Tuesday night.",
    "Twelve passengers were taken to hospital with broken bones.",
    "The harbour master, Ada Vale, closed the northern channel.",
)
LIBRARY = (
    "The council of Marrow voted to keep its only library open.",
    "Readers had collected nine thousand signatures in a week.",
)


def told(ref: str, sentences: Sequence[str] = FERRY, **changes: Any) -> Summary:
    """Return the summary of an article of these sentences, each a paragraph and a point."""
    text, blocks = joined(sentences)
    spans = [(block.start, block.end) for block in blocks]
    known: dict[str, Any] = {
        "title": " ".join(sentences[0].split()[:5]) if sentences else None,
        "publisher": ref.rpartition("/")[2].partition(".")[0].title(),
        "published": CUTOFF - timedelta(hours=6),
        "language": "en",
    }
    article = Article(
        ref=ref,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        source_text=text,
        text=text,
        blocks=blocks,
        **known | changes,
    )
    return Summary(
        article=article,
        points=tuple(_point(text, n, span) for n, span in enumerate(spans)),
        fates=tuple(
            SentenceFate(start=start, end=end, fate=Fate.CHOSEN, point=n)
            for n, (start, end) in enumerate(spans)
        ),
    )


def _point(text: str, position: int, span: tuple[int, int]) -> KeyPoint:
    """Return the point of one sentence."""
    start, end = span
    sentence = Sentence(
        text=text[start:end], start=start, end=end, position=position, paragraph=position
    )
    return KeyPoint(label=sentence.text.split()[1], text=sentence.text, sentences=(sentence,))


def frame(**changes: Any) -> Frame:
    """Return what an edition of `CUTOFF` and the day before depends on."""
    known: dict[str, Any] = {
        "window": window(CUTOFF, since="1d", zone="UTC"),
        "compiled": CUTOFF,
        "rules": Rules(title="Morning"),
    }
    return Frame(**known | changes)


def arrivals(**changes: Any) -> Arrivals:
    """Return that nothing came in but the drafts."""
    return Arrivals(**{"copies": {}} | changes)


def groups(*members: Sequence[Summary], memory: Memory | None = None) -> tuple[Group, ...]:
    """Return each of *members* as one story, the first of each leading it."""
    clusters = [
        Cluster(refs=tuple(s.article.ref for s in one), lead=one[0].article.ref, reason="one event")
        for one in members
    ]
    summaries = [s for one in members for s in one]
    return identify(clusters, summaries, memory=memory or Memory())


def drafts(*members: Sequence[Summary], memory: Memory | None = None) -> list[Draft]:
    """Return each of *members* as a draft with all the points of all its articles."""
    return [draft(group) for group in groups(*members, memory=memory)]


def draft(group: Group) -> Draft:
    """Return a group with all its points, those of the lead first."""
    points = tuple(
        KeyPoint(
            label=p.label, text=p.text, sentences=p.sentences, speaker=p.speaker, ref=s.article.ref
        )
        for s in group.summaries
        for p in s.points
    )
    return Draft(group=group, points=points)
