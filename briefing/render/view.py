"""What a page shows of an article or an edition, worked out once so that all faces say the same."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from briefing.edition import (
    BY_EDITOR,
    Difference,
    Edition,
    Mark,
    Reason,
    SourceReport,
    Story,
    StoryArticle,
    Unit,
    UnitFate,
    Window,
)
from briefing.model import Article, KeyPoint, Kind, Summary
from briefing.render import safe, times
from briefing.words import count_words

REASONS = {
    Reason.SAME_STORY: "same story",
    Reason.NEAR_DUPLICATE: "near duplicate",
    Reason.EXACT_DUPLICATE: "exact duplicate",
    Reason.EARLIER_VERSION: "earlier version",
    Reason.REPUBLICATION: "published again, unchanged",
    Reason.TEASER: "teaser only",
    Reason.NOT_ARTICLE: "not an article",
    Reason.EMPTY: "empty",
    Reason.UNREADABLE: "could not be read",
    Reason.OUT_OF_WINDOW: "outside the window",
    Reason.OVER_LENGTH: "over the length of the edition",
    Reason.VETOED: "not allowed by its agency",
}
"""How each reason is called on a page."""

NOTHING = "No story in this edition: nothing significant came in for this window."
"""What an edition without stories says."""

UNREAD = "No story in this edition: every source failed, so what came in is not known."
"""What an edition without stories says when nothing could be read."""

EDITED = "Headline by the editor"
"""What stands with a headline that no article has."""

LEADS = 3
"""Lead stories on the front page: what one page holds beside its facts and failures."""

COMPACT = 24
"""Stories up to which sections do not start a page of their own."""

FRONT_FAILURES = 5
"""Failures on the front page, which is one page; the others are in the account."""

LISTED = 200
"""Lines of one list of the account: units of one fate and reason, sources that answered alike,
failures. Whatever is beyond is counted, and stands in edition.json: nobody reads ten feeds of 1,000
items each, line by line. By judgement."""

SHEET = 10
"""Headlines beside the leads that a front page of one sheet has room for."""

SHORT = 100
"""Characters of a headline or failure on the front page, so that it stays one page."""

OPENING = 180
"""Characters of the point under a lead headline: two lines of the front page, never cut."""

_DAYS = (*times.MONTHS, *(month[:3] for month in times.MONTHS), *times.DAYS)
_DATE = re.compile(rf"\b(?:{'|'.join(_DAYS)})\b")
_FOREIGN = re.compile("[^\\u0000-\\u052f\\u1e00-\\u214f]")  # beyond Latin, Greek, Cyrillic
_TLP = {"RED": "#ff2b2b", "AMBER": "#ffc000", "AMBER+STRICT": "#ffc000", "GREEN": "#33ff00"}
# The colours of TLP 2.0, on black. CLEAR is white.


@dataclass(frozen=True, slots=True, kw_only=True)
class PointView:
    """A key point, and what a page adds to it."""

    key: str
    """Its number within its article or story, from 1; `new-1` for one that only `new` has."""

    point: KeyPoint
    outlet: str | None
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """One summarised article."""

    anchor: str
    """The id of its heading."""

    title: str
    language: str
    article: Article
    points: tuple[PointView, ...]
    words: int
    note: str | None
    """Why there are no points, when there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """One story."""

    number: int
    anchor: str
    story: Story
    language: str
    lead: StoryArticle | None
    edited: bool
    """Whether its headline is the editor's: the title of none of its articles."""

    standing: str
    """How it stands to the editions before, in words; empty for a new story."""

    new: tuple[PointView, ...]
    points: tuple[PointView, ...]
    """The points that `new` does not have."""

    articles: tuple[StoryArticle, ...]
    outlets: tuple[str, ...]
    """Its outlets, each once."""

    @property
    def opening(self) -> PointView | None:
        """Its first point that is short enough to stand whole on the front page.

        None below a headline in letters that our fonts lack: a machine's font may lack them too,
        and `verify` could not tell such a headline from the words that follow it.
        """
        if _FOREIGN.search(self.story.headline):
            return None
        shown = (*self.new, *self.points)
        return next((p for p in shown if len(p.point.text) <= OPENING), None)

    def article(self, ref: str) -> StoryArticle | None:
        """Return the article of this story that has *ref*."""
        return next((a for a in self.articles if a.ref == ref), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """One section."""

    number: int
    anchor: str
    title: str
    stories: tuple[StoryView, ...]
    continued: bool = False
    """Whether its heading stands in an earlier part of the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fates:
    """The units that met one fate for one reason."""

    fate: UnitFate
    reason: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """An edition as its pages show it."""

    edition: Edition
    leads: tuple[StoryView, ...]
    others: tuple[StoryView, ...]
    """The stories that do not lead, in the order of the pages."""

    sections: tuple[SectionView, ...]
    clips: tuple[tuple[StoryView, StoryArticle], ...]
    """Every article printed or merged, with its story, in the order of the pages."""

    failed: tuple[tuple[str, str], ...]
    """What failed and why: sources first, then units."""

    fates: tuple[Fates, ...]
    """Merged and dropped units, by reason."""

    by_status: tuple[tuple[str, tuple[SourceReport, ...]], ...]
    story_numbers: dict[str, int]
    sum: str
    """The sum that balances."""

    inside: str
    """How much is inside."""

    compact: bool
    """Whether sections follow each other on a page: an edition of few stories needs no more."""

    colour: str | None
    """The colour of a TLP marking; None for any other marking."""


def article(summary: Summary) -> ArticleView:
    """Return how a page shows a summary."""
    of = summary.article
    language = of.language or "en"
    return ArticleView(
        anchor=f"a-{of.sha256[:12]}",
        title=safe.one_line(of.title or of.ref),
        language=language,
        article=of,
        points=tuple(
            PointView(key=str(n), point=p, outlet=None, language=language)
            for n, p in enumerate(summary.points, 1)
        ),
        words=sum(count_words(of.text[b.start : b.end]) for b in of.body()),
        note=_note(summary),
    )


def edition(of: Edition) -> Book:
    """Return how a page shows an edition."""
    sections = _sections(of)
    stories = [story for section in sections for story in section.stories]
    clips = tuple((story, a) for story in stories for a in story.articles)
    # The edition's own order: what the editor pinned or moved up leads, too.
    places = {story.id: place for place, story in enumerate(of.stories)}
    leads = tuple(sorted(stories, key=lambda s: places[s.story.id])[:LEADS])
    return Book(
        edition=of,
        leads=leads,
        others=tuple(s for s in stories if s not in leads),
        sections=sections,
        clips=clips,
        failed=_failed(of),
        fates=_fates(of.account.units),
        by_status=_by_status(of.account.sources),
        story_numbers={s.story.id: s.number for s in stories},
        sum=_sum(of),
        inside=", ".join(
            _counted(count, one, many)
            for count, one, many in (
                (len(stories), "story", "stories"),
                (len(clips), "article", "articles"),
                (len({a.outlet for _, a in clips}), "outlet", "outlets"),
            )
        ),
        compact=len(stories) <= COMPACT,
        colour=tlp_colour(of.marking),
    )


def tlp_colour(marking: str | None) -> str | None:
    """Return the colour that TLP 2.0 gives a marking, None for one of another scheme.

    >>> tlp_colour("TLP:AMBER"), tlp_colour("OFFICIAL-SENSITIVE")
    ('#ffc000', None)
    """
    if not marking or not marking.upper().startswith("TLP:"):
        return None
    return _TLP.get(marking.upper().removeprefix("TLP:").strip(), "#ffffff")


def short(text: str) -> str:
    """Return *text* in one line of at most `SHORT` characters, cut between words with a mark.

    >>> short("A plain headline"), len(short("word " * 50)), short("word " * 50)[-6:]
    ('A plain headline', 96, 'word …')
    """
    line = safe.one_line(text)
    if len(line) <= SHORT:
        return line
    cut = line.rfind(" ", SHORT // 2, SHORT - 1)
    return line[: cut if cut > 0 else SHORT - 2].rstrip() + " …"


def differs(difference: Difference) -> str:
    """Return the heading of a difference, in the trade's words: on what the outlets differ.

    >>> from briefing.edition import Value
    >>> def of(what, *values, kind="differ"):
    ...     return differs(Difference(what=what, kind=kind, values=tuple(
    ...         Value(value=v, ref="", outlet="", text="", start=0, end=0) for v in values)))
    >>> of("killed", "71 people", "69"), of("walk", "16 March", "March 17")
    ('Outlets differ on the figure (killed)', 'Outlets differ on the date (walk)')
    >>> of("Aidan Creagh", "Aidan Creagh", "Aiden Creagh"), of("dead", "58", "63", kind="rising")
    ('Outlets differ on a name (Aidan Creagh)', 'The figure rises (dead)')
    """
    values = [v.value for v in difference.values]
    if difference.kind == "rising":
        called = "The figure rises"
    elif difference.kind == "corrected":
        called = "An outlet corrected itself"
    elif difference.what in values:
        called = "Outlets differ on a name"
    elif all(map(_DATE.search, values)):
        called = "Outlets differ on the date"
    else:
        called = "Outlets differ on the figure"
    return f"{called} ({difference.what})" if difference.what else called


def then(difference: Difference) -> str:
    """Return what stands between two values: `then` where they follow each other in time."""
    return ", then " if difference.kind in ("rising", "corrected") else " · "


def clip_parts(clip: StoryArticle, shown: StoryView, zone: str) -> tuple[str, ...]:
    """Return what the clip index says of an article after its title."""
    rights = clip.rights
    parts = (
        ", ".join(clip.authors),
        f"published {times.published(clip, zone)}" if clip.published else "time not given",
        f"updated {times.moment(clip.updated, zone)}" if clip.updated else "",
        f"{clip.words:,} word{'' if clip.words == 1 else 's'}",
        f"story {shown.number}",
        (rights.copyright or "") if rights else "",
        (rights.usage or "") if rights else "",
    )
    return tuple(part for part in parts if part)


def _note(summary: Summary) -> str | None:
    """Return why a summary has no points, None when it has some."""
    if summary.points:
        return None
    if summary.article.kind_reason:
        return summary.article.kind_reason
    called = {
        Kind.TEASER: "This is a teaser, not a whole article.",
        Kind.NOT_ARTICLE: "This is not an article.",
    }
    return called.get(summary.article.kind, "No sentence of this article stands on its own.")


def _sections(of: Edition) -> tuple[SectionView, ...]:
    """Return the sections that have stories, their stories numbered through the edition."""
    by_id = {story.id: story for story in of.stories}
    found, number = list[SectionView](), 0
    for section in of.sections:
        stories = []
        for identity in section.stories:
            number += 1
            stories.append(_story(by_id[identity], number))
        if stories:
            place = len(found) + 1
            found.append(
                SectionView(
                    number=place,
                    anchor=f"section-{place}",
                    title=section.title,
                    stories=tuple(stories),
                )
            )
    return tuple(found)


def _story(of: Story, number: int) -> StoryView:
    """Return how a page shows a story."""
    lead = next((a for a in of.articles if a.role == "lead"), next(iter(of.articles), None))
    places = {point: str(n) for n, point in enumerate(of.points, 1)}
    new = [_point(point, places.get(point, f"new-{n}"), of) for n, point in enumerate(of.new, 1)]
    old = [_point(point, key, of) for point, key in places.items() if point not in of.new]
    return StoryView(
        number=number,
        anchor=f"story-{number}",
        story=of,
        language=lead.language if lead else "en",
        lead=lead,
        edited=_is_edited(of),
        standing=_standing(of),
        new=tuple(new),
        points=tuple(old),
        articles=of.articles,
        outlets=tuple(dict.fromkeys(a.outlet for a in of.articles)),
    )


def _point(point: KeyPoint, key: str, of: Story) -> PointView:
    """Return how a page shows a point of a story: with its outlet where there are several."""
    cited = next((article for article in of.articles if article.ref == point.ref), None)
    several = len({article.outlet for article in of.articles}) > 1
    return PointView(
        key=key,
        point=point,
        outlet=cited.outlet if cited and several else None,
        language=cited.language if cited else "en",
    )


def _is_edited(of: Story) -> bool:
    """Return whether a story's headline is that of none of its articles."""
    headline = safe.one_line(of.headline)
    return all(safe.one_line(a.title) != headline for a in of.articles)


def _standing(of: Story) -> str:
    """Return how a story stands to the editions before."""
    if of.mark is Mark.NEW:
        return ""
    since = f"since {_weekday(of.since)}" if of.since else ""
    if of.mark is Mark.UPDATE:
        return f"day {of.day}, new {since}".strip()
    return f"day {of.day}, {since}".strip(", ")


def _weekday(edition: str) -> str:
    """Return the day of an edition's id as a reader names it; an id of another form as it is."""
    try:
        day = date.fromisoformat(edition[:10])
    except ValueError:
        return f"edition {edition}"
    return f"{times.DAYS[day.weekday()]} {day.day} {times.MONTHS[day.month - 1]}"


def _sum(of: Edition) -> str:
    """Return the sum that must balance: what came in is what was printed, merged and dropped."""
    parts = (f"{of.account.count(fate)} {fate}" for fate in UnitFate)
    return f"{len(of.account.units)} in = {' + '.join(parts)}"


def _counted(count: int, one: str, many: str) -> str:
    """Return a count with its noun."""
    return f"{count} {one if count == 1 else many}"


def nothing(of: Edition) -> str:
    """Return what an edition without stories says: a quiet day is told from one that went wrong."""
    return UNREAD if of.account.unread else NOTHING


def in_zone(window: Window) -> str:
    """Return the zone's name in brackets, to stand behind times; of UTC they say it themselves."""
    return "" if window.zone == "UTC" else f" ({window.zone})"


def _failed(of: Edition) -> tuple[tuple[str, str], ...]:
    """Return what failed and why, each once."""
    sources = [(s.source, s.message) for s in of.account.sources if s.status == "failed"]
    units = [(f.ref, f.message) for f in of.failures]
    return tuple(dict.fromkeys(sources + units))


def _fates(units: Sequence[Unit]) -> tuple[Fates, ...]:
    """Return the units that were not printed, by fate and reason."""
    order = {reason: n for n, reason in enumerate(Reason)}
    groups: dict[tuple[bool, int, str], list[Unit]] = {}
    for unit in units:
        if unit.fate is not UnitFate.PRINTED:
            place = order[unit.reason] if unit.reason else len(order)
            key = (unit.fate is UnitFate.DROPPED, place, _called(unit))
            groups.setdefault(key, []).append(unit)
    return tuple(
        Fates(fate=group[0].fate, reason=key[2], units=tuple(group))
        for key, group in sorted(groups.items())
    )


def _called(unit: Unit) -> str:
    """Return how the reason of a unit is called; who forbade it is told apart."""
    if unit.reason is Reason.VETOED and unit.detail == BY_EDITOR:
        return "by the editor"
    return REASONS[unit.reason] if unit.reason else "no reason given"


def _by_status(sources: Sequence[SourceReport]) -> tuple[tuple[str, tuple[SourceReport, ...]], ...]:
    """Return the sources by how they answered, failures first, in words."""
    called = {
        "failed": "Failed",
        "silent": "Silent: answered with nothing for this window",
        "unchanged": "Unchanged since the last edition",
        "ok": "Answered",
    }
    groups = {status: tuple(s for s in sources if s.status == status) for status in called}
    return tuple((called[status], found) for status, found in groups.items() if found)
