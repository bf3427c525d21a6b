"""How much two sentences tell of the same subject: shared words, nearness, one paragraph.

A subject is not cut out with hard borders; each sentence is to a degree about what another is
about, and a point covers its neighbours to that degree. Cutting first (as in Hearst,
"TextTiling", Computational Linguistics 23, 1997) loses the subject that an article returns to.
What words, nearness and a common paragraph say of it is learnt from judged articles
(`scripts/train_subjects.py`) and kept with its provenance in `tables/subjects.json`.
"""

import json
import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

from briefing.model import Document
from briefing.summarisers.vectors import terms

_TABLE = Path(__file__).parents[1] / "tables" / "subjects.json"
# From this chance on, a sentence counts as told where the other is shown: a reader meets the same
# words again. Of .65 to .85 each covers as much; this has a little less that is told twice.
_SAME = 0.75
_SAME_ODDS = _SAME / (1 - _SAME)


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
        """Note which sentences stand in one paragraph."""
        self._sentences = document.sentences
        known = terms(document)
        self._vectors, self._holders = known.vectors, known.holders
        self._rows: dict[int, list[float]] = {}
        self._words = weights()["words"]
        self._same = math.exp(weights()["paragraph"])
        self._odds = _odds(len(document.sentences))
        self._paragraphs = [sentence.paragraph for sentence in document.sentences]

    def __getitem__(self, position: int, /) -> list[float]:
        """Return how far the sentence at *position* covers the subject of each."""
        if position not in self._rows:
            self._rows[position] = self._row(position)
        return self._rows[position]

    def _row(self, position: int) -> list[float]:
        """Return a row: what stands near, weighed by shared words, in a common paragraph more."""
        exp, words = math.exp, self._words
        pairs = zip(self._near(position), self._likeness(position), strict=True)
        row = [odds * exp(words * cosine) if cosine else odds for odds, cosine in pairs]
        first = bisect_left(self._paragraphs, self._paragraphs[position])
        for other in range(first, bisect_right(self._paragraphs, self._paragraphs[position])):
            row[other] *= self._same
        row = [odds / (1 + odds) if odds < _SAME_ODDS else 1.0 for odds in row]
        row[position] = 1.0
        return row

    def _near(self, position: int) -> list[float]:
        """Return the odds by distance alone."""
        before, after = self._odds[position:0:-1], self._odds[: len(self._sentences) - position]
        return [*before, *after]

    def _likeness(self, position: int) -> list[float]:
        """Return the cosine with each sentence, 0 where no word is shared."""
        found = [0.0] * len(self._sentences)
        for stem, weight in self._vectors[position].items():
            for other, held in self._holders[stem]:
                found[other] += weight * held
        return found


@lru_cache(maxsize=256)
def _odds(count: int) -> tuple[float, ...]:
    """Return the odds that two sentences share a topic by how far apart they stand alone.

    Shape (*count*,): those of a sentence with itself, which nobody asks for, come first.
    """
    known = weights()
    always = known["always"] + known["size"] * math.log(max(1, count))
    distance, share = known["distance"], known["share"]
    apart = range(1, count)
    odds = [math.exp(always + distance * math.log(k) + share * k / count) for k in apart]
    return (0.0, *odds)
