"""Stale: what the editor asked for and the articles no longer allow."""

from collections.abc import Iterator, Mapping, Sequence

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
    now = candidates(composed)
    return tuple(
        f"{draft.file.name}:{draft.file.line(place)}: stale: {what}"
        for story in draft.places
        for place, what in notes(draft, story, now)
    )


def candidates(composed: Composed) -> dict[str, Candidate]:
    """Return every story by its id: printed, without room, dropped."""
    fitted = composed.fitted
    return {c.story.id: c for c in (*fitted.printed, *fitted.cut, *composed.refused)}


def points(candidate: Candidate, *, spare: bool) -> list[tuple[str, KeyPoint]]:
    """Return id and point of what a story shows, with *spare* of what it might show, too."""
    articles = {s.article.ref: s.article for s in candidate.draft.group.summaries}
    shown = candidate.story.points
    both = (*shown, *candidate.spare) if spare else shown
    return [(point_id(p, articles), p) for p in both]


def notes(draft: Draft, story: str, now: Mapping[str, Candidate]) -> Iterator[tuple[Path, str]]:
    """Yield place and reason of each wish for a story that no longer fits."""
    place: Path = ("story", draft.places[story])
    wish = draft.wishes.stories[story]
    if story not in now:
        if not is_gone_unnoticed(draft, story):
            yield place, f"the story {story} is no longer there"
        return
    names, refs = _there(now)
    guests = {guest for guest in wish.merge if draft.offered[guest].refs & refs}
    for key, wanted, found, what in (
        ("points", wish.points or (), names, "the article changed: point {} is gone"),
        ("split", wish.split, refs, "the article {} is no longer there"),
        ("merge", wish.merge, guests, "the story {} is no longer there"),
    ):
        for number in _missing(wanted, found):
            yield (*place, key, number), what.format(wanted[number])


def is_gone_unnoticed(draft: Draft, story: str) -> bool:
    """Return whether the editor will not miss a story: not worked on, or taken in by another."""
    taken_in = any(story in wish.merge for wish in draft.wishes.stories.values())
    return taken_in or draft.wishes.stories[story] == NO_WISH


def _there(now: Mapping[str, Candidate]) -> tuple[set[str], set[str]]:
    """Return the ids of all points and the refs of all articles that there are."""
    names = {name for c in now.values() for name, _ in points(c, spare=True)}
    refs = {s.article.ref for c in now.values() for s in c.draft.group.summaries}
    return names, refs


def _missing(wanted: Sequence[str], there: set[str]) -> list[int]:
    """Return the positions of what is not there."""
    return [n for n, name in enumerate(wanted) if name not in there]
