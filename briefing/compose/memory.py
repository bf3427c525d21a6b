"""What earlier editions told, and how a story of today stands to it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from briefing.cluster import Fingerprint, fingerprint, same_story, story_odds
from briefing.cluster.events import KEYS, SHARED_KEYS
from briefing.cluster.versions import page
from briefing.compose.novelty import Told, news
from briefing.edition import Edition, Mark
from briefing.model import Fate, KeyPoint, Summary
from briefing.words import words


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEdition:
    """An edition that was made before."""

    id: str
    cutoff: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PastArticle:
    """An article that an earlier edition printed or merged."""

    ref: str
    outlet: str
    page: str
    """The address of its page, by which a later version of it is known; empty when unknown."""

    sentences: tuple[str, ...]
    """Each sentence of its body as its folded words, joined by spaces."""

    fingerprint: Fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class PastStory:
    """A story as one earlier edition printed it."""

    id: str
    edition: PastEdition
    first: datetime
    """Cut-off of the first edition that printed it."""

    articles: tuple[PastArticle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The editions before this one; what comes later, or is this one made anew, is not in it."""

    editions: tuple[PastEdition, ...] = ()
    """Oldest first."""

    stories: tuple[PastStory, ...] = ()
    """Oldest edition first; a story stands once for each edition that printed it."""

    last: int = 0
    """The number of the last edition under this one's title; 0 where there is none."""

    previous: Edition | None = None
    """The last edition under this one's title, as it was printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a story stands to the editions before."""

    mark: Mark
    since: str | None
    """Id of the edition it goes on from."""

    first: datetime | None
    """Cut-off of the first edition that printed it; None when it is new."""

    new: tuple[KeyPoint, ...] = ()
    """The points that tell what was not told before, in the order given."""


def told(summary: Summary) -> tuple[str, ...]:
    """Return each sentence of the article's body as its folded words, to be remembered."""
    text = summary.article.text
    bodies = (f for f in summary.fates if f.fate is not Fate.NOT_BODY)
    folded = (" ".join(words(text[f.start : f.end])) for f in bodies)
    return tuple(sentence for sentence in folded if sentence)


def republished(summaries: Iterable[Summary], memory: Memory) -> dict[str, PastStory]:
    """Return, by ref, the articles of which one earlier article told every sentence.

    The same text under a new time, a new address or another outlet's name is no news; nor is it
    with a mended comma or typing error, or with paragraphs cut. One new sentence makes it a new
    version, and so does one changed word that is not among the language's most common. What was
    told in the very same sentences is looked at only, so a text whose every sentence was touched
    is a new one.
    """
    filed = defaultdict(list)
    for story in memory.stories:
        for article in story.articles:
            for sentence in dict.fromkeys(article.sentences):
                filed[sentence].append((story, article))
    found = {}
    for summary in summaries:
        earlier = _told_before(summary, filed)
        if earlier is not None:
            found[summary.article.ref] = earlier
    return found


def _told_before(
    summary: Summary, filed: Mapping[str, Sequence[tuple[PastStory, PastArticle]]]
) -> PastStory | None:
    """Return the latest story of an article that told every sentence of *summary*'s."""
    sentences = told(summary)
    language = summary.article.language or "en"
    candidates = {id(past): (story, past) for s in sentences for story, past in filed.get(s, ())}
    for story, past in sorted(
        candidates.values(), key=lambda pair: pair[0].edition.cutoff, reverse=True
    ):
        known = Told(past.sentences, language)
        if all(sentence in known for sentence in sentences):
            return story
    return None


def before(summaries: Sequence[Summary], memory: Memory) -> PastStory | None:
    """Return the earlier story that a story of today goes on from, as last printed; None if new.

    It goes on from an earlier one when an article of today has the address of one there, tells
    half of what one there told in the same sentences, or is of the same event by fingerprint. Of
    several such stories, the one that is most alike is meant.
    """
    todays = [_Today(summary) for summary in summaries] if memory.stories else []
    odds = [
        max((today.odds(past) for past in story.articles for today in todays), default=_UNLIKE)
        for story in memory.stories
    ]
    if max(odds, default=_UNLIKE) == _UNLIKE:
        return None
    # Of equals the latest, and of that story its last printing.
    best = max(range(len(odds)), key=lambda n: (odds[n], n))
    name = memory.stories[best].id
    return next(story for story in reversed(memory.stories) if story.id == name)


def standing(
    points: Sequence[KeyPoint], earlier: PastStory | None, *, memory: Memory, language: str
) -> Standing:
    """Return how a story told in *points* stands to the editions before.

    Args:
        points: What would be printed of it, best first.
        earlier: What it goes on from, as `before` found it.
        memory: The editions before: all that they told of the story counts as told.
        language: Of the points, ISO 639-1.
    """
    if earlier is None:
        return Standing(mark=Mark.NEW, since=None, first=None)
    same = (story for story in memory.stories if story.id == earlier.id)
    known = Told((s for story in same for a in story.articles for s in a.sentences), language)
    new = news(points, known)
    return Standing(
        mark=Mark.UPDATE if new else Mark.CONTINUING,
        since=earlier.edition.id,
        first=earlier.first,
        new=new,
    )


_UNLIKE, _CERTAIN = float("-inf"), float("inf")


class _Today:
    """An article of today, with what a comparison asks of it."""

    def __init__(self, summary: Summary) -> None:
        self._page = page(summary.article)
        self._sentences = frozenset(told(summary))
        self._fingerprint = fingerprint(summary.article)
        self._keys = _keys(self._fingerprint)

    def odds(self, past: PastArticle) -> float:
        """Return how likely it tells of the event that *past* told of; -inf when it does not."""
        if "/" in self._page and self._page == past.page:  # a bare host is a home page
            return _CERTAIN
        shared = len(self._sentences.intersection(past.sentences))
        if shared and 2 * shared >= min(len(self._sentences), len(past.sentences)):
            return _CERTAIN
        # Comparing fingerprints costs a hundred times as much as looking at their heaviest terms.
        if len(self._keys & _keys(past.fingerprint)) < SHARED_KEYS:
            return _UNLIKE
        if not same_story(self._fingerprint, past.fingerprint):
            return _UNLIKE
        return story_odds(self._fingerprint, past.fingerprint)


def _keys(of: Fingerprint) -> frozenset[str]:
    """Return the heaviest terms of an article."""
    return frozenset(tuple(of.terms)[:KEYS])
