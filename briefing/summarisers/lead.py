"""The lead: the first sentences of the body, the anchor that every method must beat."""

from briefing.model import Document, Pick


def summarise(document: Document, /, *, count: int) -> tuple[Pick, ...]:
    """Return the first *count* sentences; the score falls from 1 with the position."""
    taken = document.sentences[: max(count, 0)]
    return tuple(
        Pick(position=s.position, score=1 / (1 + s.position), reasons=("first in the article",))
        for s in taken
    )
