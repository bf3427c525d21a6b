"""Stale: what the editor asked for and the articles no longer allow."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from briefing.compose import Candidate, Composed, point_id
from briefing.compose.wishes import NO_WISH
from briefing.editor.draft import Draft
from briefing.model import KeyPoint
from briefing.toml import Path


def stale(draft: Draft, composed: Composed) -> tuple[str, ...]:
    """Return what the editor asked for and no longer fits, a line each, with its place.

    A story that is gone though it was worked on, a point whose article changed, an article to
    set apart that is no longer there.
    """
    now = present(composed)
    return tuple(
        f"{draft.file.name}:{draft.file.line(place)}: stale: {what}"
        for story in draft.places
        for place, what in notes(draft, story, now)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """What there is now, whatever became of it."""

    stories: Mapping[str, Candidate]
    """By id: printed, without room, dropped."""

    points: frozenset[str]
    """Ids of all points, the spare ones among them."""

    refs: frozenset[str]


def present(composed: Composed) -> Present:
    """Return all that there is."""
    fitted = composed.fitted
    every = (*fitted.printed, *fitted.cut, *composed.refused)
    return Present(
        stories={c.story.id: c for c in every},
        points=frozenset(name for c in every for name, _ in points(c, spare=True)),
        refs=frozenset(s.article.ref for c in every for s in c.draft.group.summaries),
    )


def points(candidate: Candidate, *, spare: bool) -> list[tuple[str, KeyPoint]]:
    """Return id and point of what a story shows, with *spare* of what it might show, too."""
    articles = {s.article.ref: s.article for s in candidate.draft.group.summaries}
    shown = candidate.story.points
    both = (*shown, *candidate.spare) if spare else shown
    return [(point_id(p, articles), p) for p in both]


def notes(draft: Draft, story: str, now: Present) -> Iterator[tuple[Path, str]]:
    """Yield place and reason of each wish for a story that no longer fits."""
    place: Path = ("story", draft.places[story])
    wish = draft.wishes.stories[story]
    if story not in now.stories:
        if not is_gone_unnoticed(draft, story):
            yield place, f"the story {story} is no longer there"
        return
    guests = {guest for guest in wish.merge if draft.offered[guest].refs & now.refs}
    for key, wanted, found, what in (
        ("points", wish.points or (), now.points, "the article changed: point {} is gone"),
        ("split", wish.split, now.refs, "the article {} is no longer there"),
        ("merge", wish.merge, guests, "the story {} is no longer there"),
    ):
        for number in _missing(wanted, found):
            yield (*place, key, number), what.format(wanted[number])


def is_gone_unnoticed(draft: Draft, story: str) -> bool:
    """Return whether the editor will not miss a story: not worked on, or taken in by another."""
    return story in draft.guests or draft.wishes.stories[story] == NO_WISH


def _missing(wanted: Sequence[str], there: Set[str]) -> list[int]:
    """Return the positions of what is not there."""
    return [n for n, name in enumerate(wanted) if name not in there]
