"""Memories to compose with: what earlier editions would have kept of invented articles."""

from collections.abc import Sequence
from datetime import timedelta

from newsroom import CUTOFF

from briefing.cluster import fingerprint
from briefing.cluster.versions import page
from briefing.compose import Memory, PastArticle, PastEdition, PastStory
from briefing.compose import told as sentences_of
from briefing.model import Summary


def remember(*stories: Sequence[Summary], days_ago: int = 1, first: int | None = None) -> Memory:
    """Return the memory of one edition that printed *stories*, `s-1` and so on.

    Args:
        stories: The articles of each.
        days_ago: When the edition was cut off.
        first: How many days ago the stories were first printed; None: in that edition.
    """
    cutoff = CUTOFF - timedelta(days=days_ago)
    edition = PastEdition(id=f"edition-{days_ago}", cutoff=cutoff)
    return Memory(
        editions=(edition,),
        last=1,
        stories=tuple(
            PastStory(
                id=f"s-{number}",
                edition=edition,
                first=CUTOFF - timedelta(days=days_ago if first is None else first),
                articles=tuple(_past(summary) for summary in story),
            )
            for number, story in enumerate(stories, 1)
        ),
    )


def _past(summary: Summary) -> PastArticle:
    """Return what is kept of an article."""
    return PastArticle(
        ref=summary.article.ref,
        outlet=summary.article.publisher or "",
        page=page(summary.article),
        sentences=sentences_of(summary),
        fingerprint=fingerprint(summary.article),
    )


def together(*memories: Memory) -> Memory:
    """Return the memory of several editions, oldest first."""
    return Memory(
        editions=tuple(e for memory in memories for e in memory.editions),
        stories=tuple(s for memory in memories for s in memory.stories),
        last=sum(memory.last for memory in memories),
    )
