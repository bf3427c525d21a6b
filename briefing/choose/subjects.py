"""How much two sentences tell of the same subject: shared words, nearness, one paragraph.

A subject is not cut out with hard borders; each sentence is to a degree about what another is
about, and a point covers its neighbours to that degree. Cutting first (as in Hearst,
"TextTiling", Computational Linguistics 23, 1997) loses the subject that an article returns to.
"""

import math
from collections import Counter
from collections.abc import Mapping
from functools import cache

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
    common = stopwords(document.article.language or "")
    bags = [
        Counter(w[:STEM] for w in words if w not in common and len(w) > 1)
        for words in document.words
    ]
    spread = Counter(stem for bag in bags for stem in bag)
    rarity = {stem: math.log(1 + len(bags) / count) for stem, count in spread.items()}
    return tuple(_unit({stem: n * rarity[stem] for stem, n in bag.items()}) for bag in bags)


def _unit(vector: dict[str, float]) -> dict[str, float]:
    """Return the vector scaled to length 1; the empty one stays empty."""
    length = math.sqrt(sum(x * x for x in vector.values()))
    return {stem: x / length for stem, x in vector.items()} if length else vector


def kinship(document: Document) -> tuple[tuple[float, ...], ...]:
    """Return how far each sentence covers the subject of each other, in [0, 1].

    Shape (sentences, sentences), symmetric, 1 on the diagonal.
    """
    known = vectors(document)
    count = len(known)
    rows = [[1.0] * count for _ in range(count)]
    for i in range(count):
        for j in range(i):
            rows[i][j] = rows[j][i] = _same_subject(document, i, j, dot(known[i], known[j]))
    return tuple(map(tuple, rows))


def dot(a: Vector, b: Vector) -> float:
    """Return the cosine of two vectors of length 1."""
    if len(a) > len(b):
        a, b = b, a
    return sum(x * b[stem] for stem, x in a.items() if stem in b)


def _same_subject(document: Document, i: int, j: int, cosine: float) -> float:
    """Return the chance that two sentences are of one subject."""
    a, b = document.sentences[i], document.sentences[j]
    near = _nearness(abs(i - j)) + (0.1 if a.paragraph == b.paragraph else 0)
    return min(1.0, 1.6 * cosine + near)


@cache
def _nearness(distance: int) -> float:
    """Return what standing near each other adds."""
    return 0.3 / distance if distance <= 4 else 0.0
