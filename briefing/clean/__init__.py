"""Cleaning: repair named defects, mark what is body and what is not, read title, byline and times.

Nothing is deleted: every line keeps its place as a block with a role and the rule that gave it,
and every place leads back to the source through `Article.offsets`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from briefing.clean.blocks import Mark, marked
from briefing.clean.head import head_of, headed
from briefing.clean.header import byline, names
from briefing.clean.kinds import kind_of, withdrawn
from briefing.clean.outlet import outlet
from briefing.clean.repairs import repair
from briefing.clean.times import Moment, moments
from briefing.language import language_of
from briefing.model import Article, Block, Kind, Role

__all__ = ["clean"]


def clean(article: Article, *, zone: str) -> Article:
    r"""Return *article* with its text repaired, its blocks marked and its metadata filled in.

    What the reader already knew (title, authors, outlet, times, language) stays; only what it did
    not is read from the text. Cleaning what is clean changes nothing, for it begins at
    `source_text` again.

    Args:
        article: As a reader found it.
        zone: IANA zone of times that the text gives without one.

    >>> page = "Ferry sinks\n\nBy Ada Vale\n\nThe ferry sank on Monday, the port of Vale said."
    >>> found = clean(Article(ref="a", sha256="", source_text=page, text=page), zone="UTC")
    >>> found.title, found.authors, [b.role.value for b in found.blocks]
    ('Ferry sinks', ('Ada Vale',), ['title', 'byline', 'body'])
    """
    text, offsets, _ = repair(article.source_text)
    marks = headed(marked(text, zone=zone), title=article.title)
    blocks = _blocks(marks)
    kind, reason = _kind(article, text, blocks)
    published, updated, inexact = _times(marks, zone)
    unknown = article.published is None
    publisher = article.publisher or outlet(marks, text=text)
    return replace(
        article,
        text=text,
        offsets=offsets,
        blocks=blocks,
        kind=kind,
        kind_reason=reason,
        title=article.title or _title(marks),
        authors=article.authors or _authors(marks, publisher=publisher),
        publisher=publisher,
        url=_address(article.url),
        published=_known(article, zone) or published,
        published_day_only=inexact if unknown else article.published_day_only,
        updated=article.updated or updated,
        language=article.language or language_of(_body(marks)),
        warnings=_warned(article, inexact=inexact and unknown),
    )


def _kind(article: Article, text: str, blocks: tuple[Block, ...]) -> tuple[Kind, str | None]:
    """Return what the article is, and why it is no whole one: the agency's word comes first."""
    if taken_back := withdrawn(article.rights):
        return Kind.NOT_ARTICLE, taken_back
    if article.kind is Kind.ARTICLE:
        return kind_of(text, blocks)
    return article.kind, article.kind_reason


def _blocks(marks: Sequence[Mark]) -> tuple[Block, ...]:
    """Return the marks as blocks of the article."""
    return tuple(
        [
            Block(start=m.line.start, end=m.line.end, role=m.role or Role.OTHER, rule=m.rule)
            for m in marks
        ]
    )


def _title(marks: Sequence[Mark]) -> str | None:
    """Return the headline, None where there is none."""
    return next((m.line.text for m in marks if m.role is Role.TITLE), None)


def _body(marks: Sequence[Mark]) -> list[str]:
    """Return the paragraphs of the body."""
    return [m.line.text for m in marks if m.role is Role.BODY]


def _known(article: Article, zone: str) -> datetime | None:
    """Return when the reader knows that it was published: of a day alone, midnight in *zone*."""
    if article.published is None or not article.published_day_only:
        return article.published
    # Midnight in any zone, twelve hours on, is the same day in UTC.
    day = (article.published + timedelta(hours=12)).astimezone(UTC)
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


_DAY_ONLY = "the text gives the day of publication but no time; it counts as midnight"


def _warned(article: Article, *, inexact: bool) -> tuple[str, ...]:
    """Return the article's warnings, with the one that its time is a day only."""
    if not inexact or _DAY_ONLY in article.warnings:
        return article.warnings
    return (*article.warnings, _DAY_ONLY)


def _address(url: str | None) -> str | None:
    """Return the address when it is one at all: a broken one leads nowhere."""
    try:
        return url if url and urlsplit(url).netloc else None
    except ValueError:
        return None


def _authors(marks: Sequence[Mark], *, publisher: str | None) -> tuple[str, ...]:
    """Return the names in the bylines of the article's head, else in the first byline anywhere.

    The outlet may be named there, too; it is no author.
    """
    for place in (head_of(marks), marks):
        found: list[str] = []
        for mark in place:
            if mark.role is Role.BYLINE:
                found += byline(mark.line.text) or names(mark.line.text)
                if found and place is marks:
                    break
        if found:
            return tuple([name for name in dict.fromkeys(found) if name != publisher])
    return ()


def _times(marks: Sequence[Mark], zone: str) -> tuple[datetime | None, datetime | None, bool]:
    """Return when the text says that it was published and updated, and whether by day only.

    The times of the article's head are believed; the rest of a page has those of other articles.
    """
    for place in (head_of(marks), marks):
        found: list[Moment] = []
        for mark in place:
            if mark.role in (Role.TIMESTAMP, Role.BYLINE):
                found += moments(mark.line.text, zone=zone)
        if found:
            published = next((m for m in found if not m.update), None)
            updated = next((m.when for m in found if m.update), None)
            inexact = published is not None and not published.to_the_minute
            return published.when if published else None, updated, inexact
    return None, None, False
