"""Story: what an edition says of one draft, with the place of every word in its source."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from briefing.cluster import Duplicate
from briefing.compose.frame import Frame
from briefing.compose.groups import Draft, Group, point_id
from briefing.compose.memory import standing
from briefing.compose.relabel import distinct
from briefing.compose.wishes import Wish
from briefing.edition import Difference, Mark, Reason, Story, StoryArticle, Value, Window
from briefing.model import Article, KeyPoint, Summary
from briefing.words import count_words

CONTINUING_POINTS = 2
"""A story that tells nothing new is recalled, not told again."""

TITLE_WORDS = 12
"""An article without a title is called by so many of its first words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A story as it would be printed if there were room."""

    draft: Draft
    story: Story
    spare: tuple[KeyPoint, ...]
    """Points that would come after those of the story."""


def candidate(
    draft: Draft, frame: Frame, *, copies: Mapping[str, Sequence[tuple[Duplicate, Article]]]
) -> Candidate:
    """Return the story of a draft, as long as is usual unless the editor chose its points.

    What is new comes first, unless the editor put it elsewhere. `new` names those of the points
    that are; a page shows each once.

    Args:
        draft: Its articles, and what may be printed of them.
        frame: What the edition depends on.
        copies: By ref of the copy that stays, what was dropped for it.
    """
    group, wish = draft.group, frame.wish(draft.group.id)
    lead = group.summaries[0].article
    articles = {s.article.ref: s.article for s in group.summaries}
    citable = articles | {article.ref: article for article in draft.earlier}
    placed = tuple(_placed(p, articles[p.ref]) for p in draft.points)
    stand = standing(placed, group.before, memory=frame.memory, language=lead.language or "en")
    if wish.points is None:
        shown, spare = _usual(placed, stand.new, mark=stand.mark, most=frame.rules.length.points)
    else:
        shown, spare = _wished(placed, wish, articles=articles)
    labelled = distinct(shown, articles)
    story = Story(
        id=group.id,
        headline=wish.title or title(lead),
        mark=stand.mark,
        day=_day(stand.first, frame.window),
        since=stand.since,
        articles=_articles(group, copies),
        points=labelled,
        new=tuple(p for p, q in zip(labelled, shown, strict=True) if q in stand.new),
        differences=tuple(_difference(d, citable) for d in draft.differences),
        comments=wish.comments,
        reason=group.reason,
    )
    return Candidate(draft=draft, story=story, spare=spare)


def title(article: Article) -> str:
    """Return the article's title; of one without, its first words.

    >>> title(Article(ref="a.txt", sha256="", source_text="", text="The dam held."))
    'The dam held.'
    """
    if article.title:
        return article.title
    body = next((article.text[b.start : b.end] for b in article.body()), article.text).split()
    return " ".join(body[:TITLE_WORDS]) + (" …" if len(body) > TITLE_WORDS else "") or article.ref


def outlet(article: Article) -> str:
    """Return the name a reader knows the outlet by: its own, its host's, or the file's.

    >>> outlet(Article(ref="day/a.txt", sha256="", source_text="", text=""))
    'a.txt'
    """
    host = urlsplit(article.url or "").netloc.removeprefix("www.")
    return article.publisher or host or article.ref.rpartition("/")[2]


def _usual(
    points: Sequence[KeyPoint], new: Sequence[KeyPoint], *, mark: Mark, most: int
) -> tuple[tuple[KeyPoint, ...], tuple[KeyPoint, ...]]:
    """Return the points to show and the spare ones, new ones first."""
    ordered = (*new, *(p for p in points if p not in new))
    count = min(most, CONTINUING_POINTS) if mark is Mark.CONTINUING else most
    return ordered[:count], ordered[count:]


def _wished(
    points: Sequence[KeyPoint], wish: Wish, *, articles: Mapping[str, Article]
) -> tuple[tuple[KeyPoint, ...], tuple[KeyPoint, ...]]:
    """Return the points the editor chose, and the others but for those taken out.

    A point that came with a later article, and that the editor never saw, is a spare one.
    """
    by_id = {point_id(p, articles): p for p in points}
    shown = tuple(by_id[name] for name in wish.points or () if name in by_id)
    return shown, tuple(p for p in points if p not in shown)


def _day(first: datetime | None, window: Window) -> int:
    """Return which day of the story it is, by the calendar of the edition's zone."""
    if first is None:
        return 1
    zone = ZoneInfo(window.zone)
    days = window.end.astimezone(zone).date() - first.astimezone(zone).date()
    return max(1, days.days + 1)


def _placed(point: KeyPoint, article: Article) -> KeyPoint:
    """Return the point with the place of its sentences in the article's source."""
    sentences = tuple(
        replace(s, source=article.offsets.span(s.start, s.end)) for s in point.sentences
    )
    return replace(point, sentences=sentences)


def _difference(difference: Difference, articles: Mapping[str, Article]) -> Difference:
    """Return the difference with the place of its sentences in their sources."""
    return replace(difference, values=tuple(_value(v, articles) for v in difference.values))


def _value(value: Value, articles: Mapping[str, Article]) -> Value:
    """Return what an outlet says with its place, under the name the edition gives the outlet."""
    if value.edition is not None:
        return value
    article = articles[value.ref]
    span = article.offsets.span(value.start, value.end)
    return replace(value, source=span, outlet=outlet(article), text_sha256=_text_digest(article))


def _text_digest(article: Article) -> str:
    """Return the SHA-256 of the source text as it was read."""
    return hashlib.sha256(article.source_text.encode("utf-8", "surrogatepass")).hexdigest()


def _articles(
    group: Group, copies: Mapping[str, Sequence[tuple[Duplicate, Article]]]
) -> tuple[StoryArticle, ...]:
    """Return the articles of a story as it cites them, the lead first."""
    return tuple(
        _article(s, role="also" if n else "lead", copies=copies.get(s.article.ref, ()))
        for n, s in enumerate(group.summaries)
    )


def _article(
    summary: Summary, *, role: str, copies: Sequence[tuple[Duplicate, Article]]
) -> StoryArticle:
    """Return an article as a story cites it."""
    article = summary.article
    return StoryArticle(
        ref=article.ref,
        outlet=outlet(article),
        title=title(article),
        authors=article.authors,
        url=article.url,
        published=article.published,
        updated=article.updated,
        sha256=article.sha256,
        text_sha256=_text_digest(article),
        words=sum(count_words(article.text[b.start : b.end]) for b in article.body()),
        language=article.language or "",
        role=role,
        duplicates=tuple(dict.fromkeys(_also(article, copies))),
        rights=article.rights,
        published_day_only=article.published_day_only,
    )


def _also(article: Article, copies: Sequence[tuple[Duplicate, Article]]) -> list[str]:
    """Return how each copy is named: by its outlet; a second one of the same outlet by its ref."""
    also = (Reason.NEAR_DUPLICATE, Reason.EXACT_DUPLICATE)
    named = [copy for duplicate, copy in copies if duplicate.reason in also]
    return [c.ref if outlet(c) == outlet(article) else outlet(c) for c in named]
