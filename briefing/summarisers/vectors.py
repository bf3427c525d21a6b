"""What each sentence is about, as weighted words: the common ground of weighing and choosing."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import mul
from typing import NamedTuple

from briefing.model import Document
from briefing.words import stopwords, words

# Letters that a word is compared by: "attack", "attacked" and "attacks" are one subject. Six keeps
# apart what matters in all six languages measured, and needs no stemmer.
STEM = 6

Vector = Mapping[str, float]


class Terms(NamedTuple):
    """The content words of an article, by their stems."""

    vectors: tuple[Vector, ...]
    """What each sentence shares with another sentence or the title: stems with their weights. Of
    length 1 together with the rest, about half, which no comparison needs."""

    sizes: tuple[int, ...]
    """How many stems each sentence has, the rest included."""

    holders: Mapping[str, Sequence[tuple[int, float]]]
    """Which sentences have each stem of the vectors, in order, with its weight there."""

    spread: Mapping[str, int]
    """How many sentences have each stem."""

    title: frozenset[str]
    """The stems of the title."""


def terms(document: Document) -> Terms:
    """Return what an article's sentences share.

    A word weighs more the fewer sentences have it.
    """
    return _terms(text_of(document))


class Text(NamedTuple):
    """What the terms are made of; as a key it is found without hashing every word."""

    text: str
    title: str
    language: str
    sentences: tuple[tuple[str, ...], ...]

    def __hash__(self) -> int:
        """Return the hash of the text, which Python keeps; equality still compares all."""
        return hash(self.text)


def text_of(document: Document) -> Text:
    """Return what is read of a document; English where nobody could tell its language."""
    article = document.article
    return Text(article.text, article.title or "", article.language or "en", document.words)


# Weighing and choosing ask for the same article's in turn.
@lru_cache(maxsize=1)
def _terms(text: Text) -> Terms:
    """Return the terms of a text."""
    common = stopwords(text.language)
    bags = [_bag(words, common) for words in text.sentences]
    spread = Counter(chain.from_iterable(bags))
    rarities = {count: math.log(1 + len(bags) / count) for count in set(spread.values())}
    rarity = {stem: rarities[count] for stem, count in spread.items()}
    title = frozenset(_bag(words(text.title), common))
    shared = title.union([stem for stem, count in spread.items() if count > 1])
    vectors = tuple([_vector(bag, rarity, shared) for bag in bags])
    return Terms(
        vectors=vectors,
        holders=_holders(vectors),
        sizes=tuple(map(len, bags)),
        spread=spread,
        title=title,
    )


def _bag(words: Iterable[str], common: frozenset[str]) -> Mapping[str, int]:
    """Return how often each content word occurs; in most sentences each does once."""
    stems = [word[:STEM] for word in words if word not in common]
    if 1 in map(len, stems):  # one letter tells of nothing
        stems = [stem for stem in stems if len(stem) > 1]
    bag = dict.fromkeys(stems, 1)
    if len(bag) < len(stems):
        bag = dict.fromkeys(stems, 0)
        for stem in stems:
            bag[stem] += 1
    return bag


def _vector(
    bag: Mapping[str, int], rarity: Mapping[str, float], shared: frozenset[str]
) -> dict[str, float]:
    """Return the weights of the *shared* stems of a bag, that of all together being 1."""
    weights = [*map(rarity.__getitem__, bag)]
    if sum(bag.values()) > len(bag):
        weights = [*map(mul, bag.values(), weights)]
    length = math.sqrt(sum(map(mul, weights, weights)))
    pairs = zip(bag, weights, strict=True)
    return {stem: weight / length for stem, weight in pairs if stem in shared}


def _holders(vectors: Iterable[Vector]) -> dict[str, list[tuple[int, float]]]:
    """Return which of *vectors* have each stem.

    >>> _holders([{"mine": 1.0}, {"mine": 0.6, "clos": 0.8}])
    {'mine': [(0, 1.0), (1, 0.6)], 'clos': [(1, 0.8)]}
    """
    found: dict[str, list[tuple[int, float]]] = {}
    for position, vector in enumerate(vectors):
        for stem, weight in vector.items():
            if stem in found:
                found[stem].append((position, weight))
            else:
                found[stem] = [(position, weight)]
    return found
