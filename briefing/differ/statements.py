"""Statements: an article's sentences, and the claims that may be compared across outlets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import fsum

from briefing.cluster.terms import rarity, telling
from briefing.differ.numbers import Quantity, Token, tokens
from briefing.model import Article
from briefing.segment import spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence of an article, cut into tokens."""

    article: Article
    text: str
    start: int
    position: int
    """Place among the body's sentences, 0 for the first."""

    tokens: tuple[Token, ...]
    context: Mapping[str, float]
    """Its telling words, numbers apart, with their rarity."""

    def printed(self, first: int, last: int) -> str:
        """Return the words from one token up to another, verbatim."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A quantity, date or name that an article gives to something."""

    key: tuple[str, ...]
    """Claims of one key may be of one thing."""

    what: str
    """The thing, in the article's words."""

    shown: str
    """The words that carry the value, verbatim."""

    statement: Statement
    quantity: Quantity | None = None
    day: date | None = None
    name: str | None = None
    rises: bool = False
    """Whether a later, higher figure is the same count gone on."""

    frame: str = ""
    """The folded word that governs an amount (`took`), or the rare thing it counts; claims of one
    frame may be of one thing though their sentences are less alike."""


def statements(article: Article) -> tuple[Statement, ...]:
    """Return the sentences of the body of *article*, those of its title apart."""
    return tuple(
        Statement(
            article=article,
            text=article.text[start:end],
            start=start,
            position=position,
            tokens=tokens(article.text[start:end]),
            context=context(article.text[start:end], article.language or "en"),
        )
        for position, (start, end) in enumerate(_sentences(article))
    )


def alike(a: Statement, b: Statement) -> float:
    """Return how much of what the two tell they tell both, numbers apart, in [0, 1].

    Dice's coefficient, once with each word weighed by its rarity and once with all alike, and of
    the two the lower: one rare name in two short sentences does not make them the same, nor do
    many common words.
    """
    shared = a.context.keys() & b.context.keys()
    if not shared:
        return 0.0
    weight = fsum(a.context.values()) + fsum(b.context.values())
    by_rarity = 2 * fsum(a.context[term] for term in shared) / weight
    return min(by_rarity, 2 * len(shared) / (len(a.context) + len(b.context)))


def _sentences(article: Article) -> Iterator[tuple[int, int]]:
    """Yield the span of each sentence in the article's text."""
    for start, end in _paragraphs(article):
        for first, last in spans(article.text[start:end], language=article.language or "en"):
            yield start + first, start + last


def _paragraphs(article: Article) -> Iterator[tuple[int, int]]:
    """Yield the spans of the body's paragraphs, or, before cleaning, of all lines."""
    if article.blocks:
        yield from ((block.start, block.end) for block in article.body())
        return
    start = 0
    for line in article.text.splitlines(keepends=True):
        yield start, start + len(line)
        start += len(line)


def context(text: str, language: str) -> dict[str, float]:
    """Return the telling words of *text*, numbers apart, with their rarity."""
    words = (t for t in telling(text, language) if not t[0].isdigit() and t not in _OF_NUMBERS)
    return {term: rarity(term) for term in words}


_OF_NUMBERS = frozenset("cent percent million billion trillion thousand hundr".split())
