"""Corrections: which printed words no longer stand in the sources, and what those say now."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from briefing.edition import Edition, Story, StoryArticle
from briefing.model import Article, KeyPoint

# Below this likeness a sentence of the source is another sentence, not the printed one changed.
# Of 5,260 pairs of sentences within the articles of the samples, 99 in 100 are less alike than
# 0.43; of 1,310 sentences with a word replaced or up to a quarter of their words left out, none
# is less alike to itself than 0.58.
_ALIKE = 0.5
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?![\s\n]|$)[^.!?\n]*)*[.!?]*[”’\"»]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of a source now."""

    article: Article | None = None
    """As it reads now, cleaned; None when it is not to be had."""

    withdrawn: str = ""
    """Why it counts as withdrawn, as a sentence; empty when it does not."""

    failed: str = ""
    """Why nothing is known of it, as a sentence; empty when something is."""


_ABSENT = Standing(failed="it is not among the sources given")


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """One thing that was printed and no longer stands in its source."""

    story: str
    """The story's id."""

    headline: str
    what: str
    """`point 2`, `difference 1` or `title`; `new point 1` where it is not among the points."""

    printed: str
    now: str | None
    """The words of the source that come nearest now; None when nothing does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What became of one article of an edition, and what of the edition it touches."""

    article: StoryArticle
    withdrawn: str
    """Why it counts as withdrawn; empty when it was only changed."""

    touched: tuple[Touched, ...]
    """In the order of the edition; none when the change touches no printed word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchecked:
    """An article of an edition of which nothing is known now."""

    article: StoryArticle
    why: str
    """As a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """One edition and what is to be corrected in it."""

    edition: Edition
    corrections: tuple[Correction, ...]
    unchecked: tuple[Unchecked, ...] = ()
    """The articles that could not be checked: what was printed of them may stand or not."""

    @property
    def touched(self) -> tuple[Touched, ...]:
        """All that was printed and no longer stands."""
        return tuple(touched for one in self.corrections for touched in one.touched)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A correction slip: editions with something to correct or left unchecked, as one document."""

    editions: tuple[Corrected, ...]
    checked: datetime
    """When the sources were asked."""

    zone: str


def correct(edition: Edition, standing: Mapping[str, Standing]) -> Corrected:
    """Return what is to be corrected in an edition.

    Args:
        edition: As it was printed.
        standing: What is known of its sources now, by ref. One that is not there could not be
            checked.
    """
    known = {article: standing.get(article.ref, _ABSENT) for article in _cited(edition)}
    return Corrected(
        edition=edition,
        corrections=tuple(
            Correction(
                article=article,
                withdrawn=now.withdrawn,
                touched=tuple(_touched(edition, article, now)),
            )
            for article, now in known.items()
            if not now.failed and (now.withdrawn or _is_changed(article, now.article))
        ),
        unchecked=tuple(
            Unchecked(article=article, why=now.failed)
            for article, now in known.items()
            if now.failed
        ),
    )


def _cited(edition: Edition) -> Iterator[StoryArticle]:
    """Yield each article of an edition once, in its order."""
    seen: set[str] = set()
    for story in edition.stories:
        for article in story.articles:
            if article.ref not in seen:
                seen.add(article.ref)
                yield article


def _is_changed(article: StoryArticle, now: Article | None) -> bool:
    """Return whether a source is no longer, to the byte, what was read."""
    return now is not None and now.sha256 != article.sha256


def _touched(edition: Edition, article: StoryArticle, now: Standing) -> Iterator[Touched]:
    """Yield each thing printed from an article that no longer stands in it."""
    gone = bool(now.withdrawn) or now.article is None
    text = "" if gone or now.article is None else _text(now.article)
    passages = tuple(_passages(text))
    for story in edition.stories:
        for what, printed, words in _printed(story, article):
            if gone or not all(_flat(piece) in _flat(text) for piece in words):
                yield Touched(
                    story=story.id,
                    headline=story.headline,
                    what=what,
                    printed=printed,
                    now=_nearest(" ".join(words), passages),
                )


def _printed(story: Story, article: StoryArticle) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield what a story prints of an article: what it is, as shown, and the article's words."""
    if any(cited.ref == article.ref for cited in story.articles):
        yield "title", article.title, (article.title,)
    for what, point in numbered(story):
        if point.ref == article.ref:
            yield what, point.text, _words(point)
    for number, difference in enumerate(story.differences, 1):
        for value in difference.values:
            if value.ref == article.ref:
                yield f"difference {number}", value.value, (value.text,)


def numbered(story: Story) -> Iterator[tuple[str, KeyPoint]]:
    """Yield what each point of a story is called, once each, what is new first as on the pages.

    One that is new and among the points has its number there.
    """
    places = {point: number for number, point in enumerate(story.points, 1)}
    for number, point in enumerate(story.new, 1):
        yield f"point {places[point]}" if point in places else f"new point {number}", point
    new = frozenset(story.new)
    yield from ((f"point {n}", point) for point, n in places.items() if point not in new)


def _words(point: KeyPoint) -> tuple[str, ...]:
    """Return the sentences that a point was taken from."""
    return tuple(sentence.text for sentence in point.sentences)


def _text(article: Article) -> str:
    """Return all that an article says, its title included."""
    return f"{article.title or ''}\n{article.text}"


def _passages(text: str) -> Iterable[str]:
    """Return the sentences of a text, roughly: only to find the one that comes nearest.

    >>> list(_passages("Fell 3.5 per cent. “No.” He left"))
    ['Fell 3.5 per cent.', '“No.” He left']
    """
    return [found for m in _SENTENCE.finditer(text) if (found := m[0].strip())]


def _nearest(words: str, passages: Iterable[str]) -> str | None:
    """Return the passage that is most like *words*, None when none is like it.

    >>> _nearest("Twelve were hurt.", ["It rained.", "Fourteen were hurt."])
    'Fourteen were hurt.'
    """
    matcher = difflib.SequenceMatcher(None, "", words, autojunk=False)
    best: tuple[float, str | None] = (_ALIKE, None)
    for passage in passages:
        matcher.set_seq1(passage)
        if matcher.quick_ratio() > best[0] and (ratio := matcher.ratio()) > best[0]:
            best = (ratio, passage)
    return best[1]


def _flat(text: str) -> str:
    """Return *text* without white space, which a new layout changes."""
    return "".join(text.split())
