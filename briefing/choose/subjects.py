"""How much two sentences tell of the same subject: shared words, nearness, one paragraph.

A subject is not cut out with hard borders; each sentence is to a degree about what another is
about, and a point covers its neighbours to that degree. Cutting first (as in Hearst,
"TextTiling", Computational Linguistics 23, 1997) loses the subject that an article returns to.
What words, nearness and a common paragraph say of it is learnt from judged articles
(`scripts/train_subjects.py`) and kept with its provenance in `tables/subjects.json`.
"""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from briefing.model import Document
from briefing.summarisers.vectors import terms

_TABLE = Path(__file__).parents[1] / "tables" / "subjects.json"


@cache
def weights() -> dict[str, float]:
    """Return what each sign adds to the log-odds that a sentence conveys another's topics.

    `words` counts for a cosine of 1, `distance` for the logarithm of how many sentences they stand
    apart, `share` for that distance as a share of the article, `paragraph` for a common one, and
    `size` for the logarithm of the article's sentences: long articles have broader topics.

    >>> weights()["words"] > 0 > weights()["distance"]
    True
    """
    table: dict[str, float] = json.loads(_TABLE.read_text(encoding="utf-8"))["signs"]
    return table


class Kin(Protocol):
    """A table of how far sentences cover each other's subjects."""

    def __getitem__(self, position: int, /) -> Sequence[float]:
        """Return how far the sentence at *position* covers the subject of each, in [0, 1]."""
        ...


class Kinship:
    """The kinship of a document's sentences: symmetric, in [0, 1], 1 with itself.

    Rows are made when first asked for: of a long article only those of the few sentences that
    come into question are.
    """

    def __init__(self, document: Document) -> None:
        """Note where each word stands."""
        self._sentences = document.sentences
        self._vectors = terms(document).vectors
        self._rows: dict[int, list[float]] = {}
        self._words = weights()["words"]
        self._same = math.exp(weights()["paragraph"])
        self._odds = _odds(len(document.sentences), weights())
        self._paragraphs: dict[int, list[int]] = {}
        for sentence in document.sentences:
            self._paragraphs.setdefault(sentence.paragraph, []).append(sentence.position)
        self._holders: dict[str, list[tuple[int, float]]] = {}
        for position, vector in enumerate(self._vectors):
            for stem, weight in vector.items():
                self._holders.setdefault(stem, []).append((position, weight))

    def __getitem__(self, position: int, /) -> list[float]:
        """Return how far the sentence at *position* covers the subject of each."""
        if position not in self._rows:
            self._rows[position] = self._row(position)
        return self._rows[position]

    def _row(self, position: int) -> list[float]:
        """Return a row: what stands near, weighed by shared words, in a common paragraph more."""
        row = self._near(position)
        for other, cosine in self._likeness(position).items():
            row[other] *= math.exp(self._words * cosine)
        paragraph = self._sentences[position].paragraph
        for other in self._paragraphs[paragraph]:
            row[other] *= self._same
        row = [odds / (1 + odds) for odds in row]
        row[position] = 1.0
        return row

    def _near(self, position: int) -> list[float]:
        """Return the odds by distance alone."""
        before, after = self._odds[position:0:-1], self._odds[: len(self._sentences) - position]
        return [*before, *after]

    def _likeness(self, position: int) -> dict[int, float]:
        """Return the cosine with each sentence that shares a word."""
        found: dict[int, float] = {}
        for stem, weight in self._vectors[position].items():
            for other, held in self._holders[stem]:
                found[other] = found.get(other, 0.0) + weight * held
        return found


def _odds(count: int, known: Mapping[str, float]) -> list[float]:
    """Return the odds that two sentences share a topic by how far apart they stand alone.

    Shape (*count*,): those of a sentence with itself, which nobody asks for, come first.
    """
    always = known["always"] + known["size"] * math.log(max(1, count))
    distance, share = known["distance"], known["share"]
    apart = range(1, count)
    odds = [math.exp(always + distance * math.log(k) + share * k / count) for k in apart]
    return [0.0, *odds]
