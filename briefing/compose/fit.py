"""Fit: how much of the day an edition prints, within its length and the publishers' caps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from briefing.compose.frame import Frame
from briefing.compose.length import Length
from briefing.compose.story import Candidate
from briefing.edition import Story
from briefing.model import KeyPoint
from briefing.rights import Purse
from briefing.words import count_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What is printed of the candidates."""

    printed: tuple[Candidate, ...]
    """In the order given, their points cut to what length and caps allow."""

    cut: tuple[Candidate, ...]
    """Those for which there was no room."""

    capped: Mapping[str, int]
    """Points left out because of a cap, by story id."""


def fit(candidates: Iterable[Candidate], frame: Frame) -> Fitted:
    """Return what there is room for, the first candidates first.

    A story gives up its last points, down to one, before it is left out; a shorter one after it
    may still be printed. Pinned stories are counted first and always printed, whole: if they
    alone are longer than the edition may be, that is the editor's wish. A cap is kept whatever
    the editor wishes.
    """
    ordered = list(candidates)
    room, purse = _Room(frame.rules.length), Purse(frame.rules.caps)
    kept: dict[str, Candidate] = {}
    capped: dict[str, int] = {}
    for candidate in sorted(ordered, key=lambda c: not frame.wish(c.story.id).pin):
        pinned = frame.wish(candidate.story.id).pin
        offered = candidate if pinned else room.shortened(candidate)
        if offered is None:
            continue
        story = _allowed(offered.story, purse)
        room.use(story)
        kept[story.id] = replace(offered, story=story)
        if lost := len(offered.story.points) - len(story.points):
            capped[story.id] = lost
    return Fitted(
        printed=tuple(kept[c.story.id] for c in ordered if c.story.id in kept),
        cut=tuple(c for c in ordered if c.story.id not in kept),
        capped=capped,
    )


class _Room:
    """What is left of an edition's length."""

    def __init__(self, length: Length) -> None:
        self._stories = length.stories
        self._words = length.words

    def use(self, story: Story) -> None:
        """Take the story's length away."""
        self._stories -= 1
        self._words -= _size(story)

    def shortened(self, candidate: Candidate) -> Candidate | None:
        """Return the candidate with as many points as there is room for, None without room."""
        if self._stories < 1:
            return None
        story, given_up = candidate.story, list[KeyPoint]()
        while _size(story) > self._words and len(story.points) > 1:
            story, last = _without_last(story)
            given_up.insert(0, last)
        if _size(story) > self._words:
            return None
        return replace(candidate, story=story, spare=(*given_up, *candidate.spare))


def _size(story: Story) -> int:
    """Return how many words of the edition's length a story takes."""
    return count_words(story.headline) + sum(count_words(p.text) for p in story.points)


def _without_last(story: Story) -> tuple[Story, KeyPoint]:
    """Return the story without its least point, and that point."""
    return _with(story, story.points[:-1]), story.points[-1]


def _allowed(story: Story, purse: Purse) -> Story:
    """Return the story with the points that the caps of their publishers allow."""
    articles = {article.ref: article for article in story.articles}
    return _with(story, purse.take(story.points, articles))


def _with(story: Story, points: tuple[KeyPoint, ...]) -> Story:
    """Return the story with these of its points only."""
    return replace(story, points=points, new=tuple(p for p in story.new if p in points))
