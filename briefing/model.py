"""The things that one article passes through, from the source to its summary.

Every type is frozen, so a stage can only answer with a new one. Offsets are code points,
half-open, and always say which text they count in. Times are aware and in UTC.

What is made for each sentence and no JSON is read into is a named tuple, quicker made than a
dataclass: name its fields all the same.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from briefing.words import Tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The bytes of one unit, as they came, with what is known from outside about them."""

    ref: str
    """How every later face names the unit: the path as the user gave it, `path#n` for the n-th
    unit of a container (from 1), or the address."""

    body: bytes
    """What came, unchanged."""

    media_type: str | None = None
    """The type that a server or container declared, without parameters: `text/html`."""

    charset: str | None = None
    """The encoding that a server or container declared."""

    url: str | None = None
    """Where the unit was published, when known."""


class Kind(StrEnum):
    """What a unit turned out to be."""

    ARTICLE = "article"
    TEASER = "teaser"
    NOT_ARTICLE = "not-article"


class Role(StrEnum):
    """What a block of text is: body, or the reason why it is not."""

    BODY = "body"
    TITLE = "title"
    REPEATED_TITLE = "repeated-title"
    STANDFIRST = "standfirst"
    SUBHEAD = "subhead"
    CAPTION = "caption"
    CREDIT = "credit"
    BYLINE = "byline"
    TIMESTAMP = "timestamp"
    DATELINE = "dateline"
    READ_MORE = "read-more"
    RELATED = "related"
    SHARE = "share"
    SUBSCRIBE = "subscribe"
    ADVERT = "advert"
    COOKIE = "cookie"
    COPYRIGHT = "copyright"
    BIO = "bio"
    CONTACT = "contact"
    COMMENT = "comment"
    NAVIGATION = "navigation"
    LABEL = "label"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of `Article.text` that plays one part in the article."""

    start: int
    """Offset in `Article.text`."""

    end: int
    """Offset just past the last character."""

    role: Role
    """Body, or the reason why it is not."""

    rule: str = ""
    """The name of the rule that decided, for the reader who asks why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OffsetMap:
    """Where each place of a repaired text stood in the text as it came.

    >>> repaired = OffsetMap(here=(0, 5, 6), there=(0, 5, 12))  # "a &squot;" became "a '"
    >>> repaired.source(3), repaired.source(6)
    (3, 12)
    """

    here: tuple[int, ...] = (0,)
    """Offsets in the repaired text where a run begins, ascending, the first 0."""

    there: tuple[int, ...] = (0,)
    """The offset in the source text of each such place. Shape as `here`."""

    def source(self, offset: int) -> int:
        """Return the offset in the source text of *offset* in the repaired text.

        Inside a repaired run, the answer is no later than the start of the next run.
        """
        run = bisect_right(self.here, offset) - 1
        found = self.there[run] + offset - self.here[run]
        return min(found, self.there[run + 1]) if run + 1 < len(self.there) else found

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span of the source that [*start*, *end*) came from."""
        if end <= start:
            return self.source(start), self.source(start)
        run = bisect_right(self.here, end - 1) - 1
        if run + 1 < len(self.here) and self.here[run + 1] == end:
            return self.source(start), self.there[run + 1]
        return self.source(start), self.source(end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What the publisher asks of those who use the article."""

    copyright: str | None = None
    usage: str | None = None
    """Usage terms, as given."""

    embargo: datetime | None = None
    """Not to be published before this time."""

    status: str | None = None
    """The agency's publication status: `usable`, `withheld`, `canceled`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article: first as a reader found it, then as the cleaner marked it."""

    ref: str
    sha256: str
    """SHA-256 of the bytes of the source, in hexadecimal."""

    source_text: str
    """The text as the reader found it, before any repair. For plain text, the decoded file."""

    text: str
    """The text that every offset of a sentence or block counts in."""

    offsets: OffsetMap = OffsetMap()
    """From `text` to `source_text`."""

    blocks: tuple[Block, ...] = ()
    """What each stretch of `text` is, in order, none overlapping; empty before cleaning."""

    kind: Kind = Kind.ARTICLE
    kind_reason: str | None = None
    """Why it is not a whole article, as a sentence for the user."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    """The outlet's name as a reader knows it."""

    published: datetime | None = None
    published_day_only: bool = False
    """Whether the source gives the day of publication alone; `published` is then its midnight."""

    updated: datetime | None = None
    language: str | None = None
    """ISO 639-1, from the text itself."""

    url: str | None = None
    rights: Rights | None = None
    section: str | None = None
    """The outlet's own section or category."""

    warnings: tuple[str, ...] = ()
    """What a reader or repair wants the user to know, a sentence each."""

    def body(self) -> tuple[Block, ...]:
        """Return the paragraphs of the body, in order."""
        return tuple(b for b in self.blocks if b.role is Role.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of the body, verbatim, and its place."""

    text: str
    """The characters `article.text[start:end]`, unchanged."""

    start: int
    end: int
    position: int
    """Place among the body's sentences, 0 for the first."""

    paragraph: int
    """Which paragraph of the body it stands in, 0 for the first."""

    source: tuple[int, int] | None = None
    """Span in `Article.source_text`; filled when the sentence leaves its article for an
    edition, which has no offset map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words that the article gives as somebody's own."""

    start: int
    """Offset in `Article.text` of the first quoted character, its mark included."""

    end: int
    speaker: str | None
    """The full name as the article gives it, None when not certain."""

    cue: tuple[int, int] | None = None
    """Span in `Article.text` of the words that attribute it ("he continued")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a summariser sees: a cleaned article, cut into sentences and words."""

    article: Article
    sentences: tuple[Sentence, ...]
    words: tuple[tuple[str, ...], ...]
    """The folded words of each sentence. Shape: as `sentences`."""

    quotations: tuple[Quotation, ...] = ()

    tokens: Tokens = field(default=Tokens(), repr=False, compare=False)
    """The same words in one row, with their places; found when the maker does not give them."""

    def __post_init__(self) -> None:
        """Find the tokens where there are none, as in documents made by hand."""
        if self.sentences and not self.tokens.words:
            spans = [(sentence.start, sentence.end) for sentence in self.sentences]
            object.__setattr__(self, "tokens", Tokens(self.article.text, spans))


class Pick(NamedTuple):
    """A summariser's answer: which sentence, how good, and why. Never text."""

    position: int
    """`Sentence.position`."""

    score: float
    """Comparable within one article only; higher is better."""

    reasons: tuple[str, ...] = ()


class Summariser(Protocol):
    """A method of choosing sentences."""

    def __call__(self, document: Document, /, *, count: int) -> tuple[Pick, ...]:
        """Return at most *count* picks, best first; none for a document without sentences."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPoint:
    """One point of a summary: sentences of the article, and what was visibly added."""

    label: str
    """One to four words of the article that say what it is about."""

    text: str
    """What a reader sees of the article's words; [brackets] and … are ours."""

    sentences: tuple[Sentence, ...]
    """The sentences that were taken, in the order shown. At least one."""

    speaker: str | None = None
    """Who said it, by full name as the article gives it; None when nobody is quoted or it is
    not certain."""

    context: str | None = None
    """Whom the text names in brackets: full names in the article's words, parted by "; "."""

    score: float = 0.0
    reasons: tuple[str, ...] = ()
    ref: str = ""
    """`Article.ref` of the article it was taken from."""


class Fate(StrEnum):
    """What became of a sentence."""

    NOT_BODY = "not-body"
    NOT_CHOSEN = "not-chosen"
    REDUNDANT = "redundant"
    CHOSEN = "chosen"
    REPAIRED = "repaired"


class SentenceFate(NamedTuple):
    """What became of one sentence or not-body block, and why."""

    start: int
    """Offset in `Article.text`."""

    end: int
    fate: Fate
    score: float | None = None
    """None for what was never weighed."""

    reasons: tuple[str, ...] = ()
    point: int | None = None
    """Index of the point that shows it, or that made it redundant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The key points of one article."""

    article: Article
    points: tuple[KeyPoint, ...]
    """In the order in which a reader wants them. None for what is not an article."""

    fates: tuple[SentenceFate, ...] = ()
    """One for each sentence and each not-body block, in the order of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A unit that could not be done, kept as a value so that the rest is."""

    ref: str
    stage: str
    """The verb of the stage: read, clean, segment, choose, render."""

    message: str
    """One line: what is wrong and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the user asked of each article."""

    points: int = 5
    """At most this many key points."""

    words: int | None = 120
    """At most this many words a summary; None: no limit."""

    ratio: float | None = None
    """At most this share of the body's sentences, in (0, 1]."""

    method: str = "briefing"
    """The name of a summariser."""

    zone: str = "UTC"
    """IANA zone of times that the text gives without one."""

    language: str | None = None
    """ISO 639-1; None: told from the text."""
