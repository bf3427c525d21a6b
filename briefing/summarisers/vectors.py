"""What each sentence is about, as weighted words: the common ground of weighing and choosing."""

import math
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from briefing.model import Document
from briefing.words import stopwords

# Letters that a word is compared by: "attack", "attacked" and "attacks" are one subject. Six keeps
# apart what matters in all six languages measured, and needs no stemmer.
STEM = 6

Vector = Mapping[str, float]


def vectors(document: Document) -> tuple[Vector, ...]:
    """Return each sentence's content words with their weights, of length 1.

    A word weighs more the fewer sentences have it.
    """
    return _vectors(document.words, document.article.language or "en")


# Weighing and choosing ask for the same article's in turn.
@lru_cache(maxsize=1)
def _vectors(sentences: tuple[tuple[str, ...], ...], language: str) -> tuple[Vector, ...]:
    """Return the vector of each sentence's words."""
    common = stopwords(language)
    bags = [
        Counter([w[:STEM] for w in words if w not in common and len(w) > 1]) for words in sentences
    ]
    spread = Counter([stem for bag in bags for stem in bag])
    rarity = {stem: math.log(1 + len(bags) / count) for stem, count in spread.items()}
    return tuple(_unit({stem: n * rarity[stem] for stem, n in bag.items()}) for bag in bags)


def _unit(vector: dict[str, float]) -> dict[str, float]:
    """Return the vector scaled to length 1; the empty one stays empty."""
    length = math.sqrt(sum([x * x for x in vector.values()]))
    return {stem: x / length for stem, x in vector.items()} if length else vector


def dot(a: Vector, b: Vector) -> float:
    """Return the cosine of two vectors of length 1.

    >>> dot({"mine": 1.0}, {"mine": 0.6, "clos": 0.8})
    0.6
    """
    if len(a) > len(b):
        a, b = b, a
    return sum([x * b[stem] for stem, x in a.items() if stem in b])
