"""The things that all articles together become: stories, and the edition that holds them.

`Edition` is the master from which every face (PDF, HTML, JSON, mail, Markdown) is made; its
fields are those of `briefing.edition/1`, the JSON that others may rely on.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from briefing.model import Failure, KeyPoint, Rights


class Mark(StrEnum):
    """How a story stands to the editions before."""

    NEW = "NEW"
    UPDATE = "UPDATE"
    CONTINUING = "CONTINUING"


class UnitFate(StrEnum):
    """What became of a unit that came in."""

    PRINTED = "printed"
    MERGED = "merged"
    DROPPED = "dropped"


BY_EDITOR = "dropped by the editor"
"""The detail of a vetoed unit whose story the editor dropped; else its agency vetoed it."""


class Reason(StrEnum):
    """Why a unit was merged or dropped."""

    SAME_STORY = "same-story"
    NEAR_DUPLICATE = "near-duplicate"
    EXACT_DUPLICATE = "exact-duplicate"
    EARLIER_VERSION = "earlier-version"
    REPUBLICATION = "republication"
    TEASER = "teaser"
    NOT_ARTICLE = "not-article"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    OUT_OF_WINDOW = "out-of-window"
    OVER_LENGTH = "over-length"
    VETOED = "vetoed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The stretch of time an edition covers: from, exclusive of to."""

    start: datetime
    end: datetime
    zone: str
    """IANA name of the zone in which the edition prints its times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArticle:
    """One article as a story cites it."""

    ref: str
    outlet: str
    title: str
    authors: tuple[str, ...]
    url: str | None
    published: datetime | None
    updated: datetime | None
    sha256: str
    """SHA-256 of the source's bytes."""

    text_sha256: str
    """SHA-256 of the source text as read, in UTF-8: what the attachment must have."""

    words: int
    """Words of the body."""

    language: str
    role: str
    """`lead` or `also`."""

    duplicates: tuple[str, ...] = ()
    """Outlets (or refs) of the copies dropped in its favour, printed as "also: …"."""

    rights: Rights | None = None
    published_day_only: bool = False
    """Whether the source gives the day of publication alone; `published` is then its midnight,
    and a page prints the day without a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What one outlet says on something on which outlets differ."""

    value: str
    """The words that differ, as printed in the article: `12 dead`."""

    ref: str
    outlet: str
    text: str
    """The sentence that says so, verbatim."""

    start: int
    """Offset of the sentence in the article's text."""

    end: int
    source: tuple[int, int] | None = None
    """Span of the sentence in the article's source text, which an edition carries."""

    text_sha256: str | None = None
    """SHA-256 of that source text in UTF-8: an earlier version that was dropped, but is cited
    here, is not among the story's articles."""

    edition: str | None = None
    """Id of the earlier edition that printed it, for a value of a difference `since`; its source
    text is there. Its `ref` begins with that id and a slash, so that it is none of today's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something on which the articles of a story differ, with none chosen."""

    what: str
    """What is counted, dated or named, in the article's words: `dead`."""

    values: tuple[Value, ...]
    """At least two, earliest published first."""

    kind: str
    """`differ`, `rising` or `corrected`; `since`: what the last edition printed, then today's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """An editor's remark, never the articles' words."""

    author: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One event, with all that the articles say of it."""

    id: str
    headline: str
    """The title of its lead article, or the editor's."""

    mark: Mark
    day: int
    """1 on the first day it is printed."""

    since: str | None
    """Id of the edition that an UPDATE or CONTINUING goes on from."""

    articles: tuple[StoryArticle, ...]
    points: tuple[KeyPoint, ...]
    """Each with the `ref` of its article."""

    new: tuple[KeyPoint, ...] = ()
    """For an UPDATE: the points that tell what is new."""

    differences: tuple[Difference, ...] = ()
    comments: tuple[Comment, ...] = ()
    reason: str = ""
    """Why its articles were held to be one story."""

    importance: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading of the edition and the stories under it."""

    title: str
    stories: tuple[str, ...]
    """Story ids, most important first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One unit that came in, and what became of it."""

    ref: str
    fate: UnitFate
    reason: Reason | None = None
    story: str | None = None
    """Id of the story it was printed in, merged into, or dropped in favour of."""

    detail: str = ""
    """A sentence for the reader of the account."""


def place(ref: str) -> tuple[str, int, str]:
    """Return what puts units in the order of their sources, and within one in its own.

    >>> sorted(["a.mbox#10", "b.txt", "a.mbox#9", "a.mbox"], key=place)
    ['a.mbox', 'a.mbox#9', 'a.mbox#10', 'b.txt']
    """
    source, mark, number = ref.rpartition("#")
    counts = bool(mark) and number.isdecimal() and len(number) < 10
    return (source, int(number), ref) if counts else (ref, 0, ref)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """How one source that was asked answered."""

    source: str
    status: str
    """`ok`, `silent`, `failed` or `unchanged`."""

    units: int
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where every unit went; came in = printed + merged + dropped."""

    units: tuple[Unit, ...]
    sources: tuple[SourceReport, ...]

    @property
    def unread(self) -> bool:
        """Whether every source failed, so that nobody knows what came in."""
        return bool(self.sources) and all(source.status == "failed" for source in self.sources)

    @property
    def teasers(self) -> int:
        """How many units were left out because they came without their full text."""
        return sum(unit.reason is Reason.TEASER for unit in self.units)

    def count(self, fate: UnitFate) -> int:
        """Return how many units met *fate*."""
        return sum(unit.fate == fate for unit in self.units)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One finished briefing, before it is given any face."""

    id: str
    """Date, time and a digest of all the rest: any change of content changes the id."""

    title: str
    number: int
    """Among those of the archive, from 1; 0: every source failed, so this is a notice and no
    edition. The archive does not know of it."""

    marking: str | None
    """The handling marking exactly as the user set it."""

    window: Window
    cutoff: datetime
    """Nothing that came in later is in it."""

    compiled: datetime
    sections: tuple[Section, ...]
    stories: tuple[Story, ...]
    account: Account
    failures: tuple[Failure, ...] = ()
    language: str = "en"
    signed_off: str | None = None
    """Who published it."""

    @property
    def unread(self) -> bool:
        """Whether there is no story because every source failed."""
        return not self.stories and self.account.unread
