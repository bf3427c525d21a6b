"""Cleaning: repair named defects, mark what is body and what is not, read title, byline and times.

Nothing is deleted: every line keeps its place as a block with a role and the rule that gave it,
and every place leads back to the source through `Article.offsets`.
"""

from dataclasses import replace
from datetime import datetime

from briefing.clean.blocks import blocks
from briefing.clean.header import byline, names
from briefing.clean.kinds import kind_of
from briefing.clean.repairs import repair
from briefing.clean.times import Moment, moments
from briefing.model import Article, Block, Kind, Role

__all__ = ["clean"]


def clean(article: Article, *, zone: str) -> Article:
    """Return *article* with its text repaired, its blocks marked and its metadata filled in.

    What the reader already knew (title, authors, times) stays; only what it did not is read from
    the text. Cleaning what is clean changes nothing, for it begins at `source_text` again.

    Args:
        article: As a reader found it.
        zone: IANA zone of times that the text gives without one.
    """
    text, offsets, _ = repair(article.source_text)
    marked = blocks(text, title=article.title, zone=zone)
    kind, reason = (article.kind, article.kind_reason)
    if kind is Kind.ARTICLE:
        kind, reason = kind_of(text, marked)
    published, updated = _times(text, marked, zone)
    return replace(
        article,
        text=text,
        offsets=offsets,
        blocks=marked,
        kind=kind,
        kind_reason=reason,
        title=article.title or _title(text, marked),
        authors=article.authors or _authors(text, marked),
        published=article.published or published,
        updated=article.updated or updated,
    )


def _title(text: str, marked: tuple[Block, ...]) -> str | None:
    """Return the headline that stands in the text."""
    found = next((b for b in marked if b.role is Role.TITLE), None)
    return text[found.start : found.end] if found else None


def _authors(text: str, marked: tuple[Block, ...]) -> tuple[str, ...]:
    """Return the names of the first bylines, in order."""
    found: list[str] = []
    for block in marked:
        if block.role is Role.BYLINE:
            piece = text[block.start : block.end]
            found += byline(piece) or names(piece)
    return tuple(dict.fromkeys(found))


def _times(
    text: str, marked: tuple[Block, ...], zone: str
) -> tuple[datetime | None, datetime | None]:
    """Return when the text says that it was published and updated."""
    found: list[Moment] = []
    for block in marked:
        if block.role in (Role.TIMESTAMP, Role.BYLINE):
            found += moments(text[block.start : block.end], zone=zone)
    published = next((m.when for m in found if not m.update), None)
    updated = next((m.when for m in found if m.update), None)
    return published, updated
