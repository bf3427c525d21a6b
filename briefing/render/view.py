"""What a page shows of an article or an edition, worked out once so that all faces say the same."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from briefing.edition import (
    Edition,
    Reason,
    SourceReport,
    Story,
    StoryArticle,
    Unit,
    UnitFate,
)
from briefing.model import Article, KeyPoint, Summary
from briefing.render import safe, wording
from briefing.words import count_words

LEADS = 3
"""Lead stories on the front page: what one page holds beside its facts and failures."""

COMPACT = 24
"""Stories up to which sections do not start a page of their own."""

FRONT_STORIES = 5
"""Stories whose headlines the front page surely holds as leads and as contents."""

WHOLE = 40
"""Lines of a small edition's account up to which it stands on one page; 31 take 190 of 245 mm."""

_LINE = 100
"""Characters of a line of the account, or somewhat less."""

FRONT_FAILURES = 5
"""Failures on the front page, which is one page; the others are in the account."""

LISTED = 200
"""Lines of one list of the account: units of one fate and reason, sources that answered alike,
failures. Whatever is beyond is counted, and stands in edition.json: nobody reads ten feeds of 1,000
items each, line by line. By judgement."""

SHEET = 10
"""Headlines beside the leads that a front page of one sheet has room for."""

OPENING = 280
"""Characters of the point under a lead headline: three lines of the front page, never cut."""

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
        """Its first point, if it is short enough to stand whole on the front page.

        A later one tells less than the headline does by itself, and may lean on the first. None
        below a headline in letters that our fonts lack: a machine's font may lack them too, and
        `verify` could not tell such a headline from the words that follow it.
        """
        first = next(iter((*self.new, *self.points)), None)
        if first is None or _FOREIGN.search(self.story.headline):
            return None
        return first if len(first.point.text) <= OPENING else None

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

    flowing: bool
    """Whether the first section may follow the contents on their page: what of them the front page
    has no room for would have a page to itself, and so would the account of no stories."""

    whole: bool
    """Whether the account stands on one page."""

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
        note=wording.note(summary),
    )


def edition(of: Edition) -> Book:
    """Return how a page shows an edition."""
    sections = _sections(of)
    stories = [story for section in sections for story in section.stories]
    clips = tuple([(story, a) for story in stories for a in story.articles])
    # The edition's own order: what the editor pinned or moved up leads, too.
    places = {story.id: place for place, story in enumerate(of.stories)}
    compact = len(stories) <= COMPACT
    fates, by_status = _fates(of.account.units), _by_status(of.account.sources)
    leads = tuple(sorted(stories, key=lambda s: places[s.story.id])[:LEADS])
    return Book(
        edition=of,
        leads=leads,
        others=tuple(s for s in stories if s not in leads),
        sections=sections,
        clips=clips,
        failed=_failed(of),
        fates=fates,
        by_status=by_status,
        story_numbers=_numbers(stories),
        sum=wording.balance(of),
        inside=_inside(stories, [a for _, a in clips]),
        compact=compact,
        flowing=compact and not 0 < len(stories) <= FRONT_STORIES,
        whole=compact and _lines(of, fates) <= WHOLE,
        colour=tlp_colour(of.marking),
    )


def _numbers(stories: Sequence[StoryView]) -> dict[str, int]:
    """Return the number that each story bears on the page, by its id."""
    return {of.story.id: of.number for of in stories}


def _inside(stories: Sequence[StoryView], articles: Sequence[StoryArticle]) -> str:
    """Return how much an edition holds, in words."""
    counts = (
        (len(stories), "story", "stories"),
        (len(articles), "article", "articles"),
        (len({a.outlet for a in articles}), "outlet", "outlets"),
    )
    return ", ".join(wording.counted(count, one, many) for count, one, many in counts)


def tlp_colour(marking: str | None) -> str | None:
    """Return the colour that TLP 2.0 gives a marking, None for one of another scheme.

    >>> tlp_colour("TLP:AMBER"), tlp_colour("OFFICIAL-SENSITIVE")
    ('#ffc000', None)
    """
    if not marking or not marking.upper().startswith("TLP:"):
        return None
    return _TLP.get(marking.upper().removeprefix("TLP:").strip(), "#ffffff")


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
    outlets = tuple(dict.fromkeys(a.outlet for a in of.articles))
    shown = partial(
        _point, cited={a.ref: a for a in reversed(of.articles)}, several=len(outlets) > 1
    )
    new = [shown(point, places.get(point, f"new-{n}")) for n, point in enumerate(of.new, 1)]
    old = [shown(point, key) for point, key in places.items() if point not in of.new]
    return StoryView(
        number=number,
        anchor=f"story-{number}",
        story=of,
        language=lead.language if lead else "en",
        lead=lead,
        edited=_is_edited(of),
        standing=wording.standing(of),
        new=tuple(new),
        points=tuple(old),
        articles=of.articles,
        outlets=outlets,
    )


def _point(
    point: KeyPoint, key: str, *, cited: Mapping[str, StoryArticle], several: bool
) -> PointView:
    """Return how a page shows a point of a story: with its outlet where there are *several*."""
    source = cited.get(point.ref)
    return PointView(
        key=key,
        point=point,
        outlet=source.outlet if source and several else None,
        language=source.language if source else "en",
    )


def _is_edited(of: Story) -> bool:
    """Return whether a story's headline is that of none of its articles."""
    headline = safe.one_line(of.headline)
    return all(safe.one_line(a.title) != headline for a in of.articles)


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
            key = (unit.fate is UnitFate.DROPPED, place, wording.reason(unit))
            groups.setdefault(key, []).append(unit)
    return tuple(
        Fates(fate=group[0].fate, reason=key[2], units=tuple(group))
        for key, group in sorted(groups.items())
    )


def _lines(of: Edition, fates: Sequence[Fates]) -> int:
    """Return about how many lines the account takes below its sum, a heading counted as two."""
    units = [f"{unit.ref} {unit.detail or ''}" for group in fates for unit in group.units]
    sources = [f"{report.source} {report.message or ''}" for report in of.account.sources]
    failures = [f"{failure.ref} {failure.message}" for failure in of.failures]
    listed = sum(1 + len(line) // _LINE for line in (*units, *sources, *failures))
    return 2 * len(fates) + listed


def _by_status(sources: Sequence[SourceReport]) -> tuple[tuple[str, tuple[SourceReport, ...]], ...]:
    """Return the sources by how they answered, failures first, in words."""
    groups = {
        called: tuple(s for s in sources if s.status == status)
        for status, called in wording.ANSWERS.items()
    }
    return tuple((called, found) for called, found in groups.items() if found)
