"""What sentences mean, as a few numbers each, so that those without a common word can be near.

A pretrained model of sentences was asked once, by `scripts/train_closeness.py`; what it answered
stands in a table, by stems: the numbers of a sentence are the sum of those of its stems, over the
root of how many they are. So no model runs here, and nothing but sums. There is a table for English
alone; it is read when the first article in English is weighed.
"""

import json
import math
import struct
from binascii import a2b_base64
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from operator import mul
from pathlib import Path
from typing import NamedTuple

from briefing.model import Document
from briefing.summarisers.vectors import STEM, Text, text_of
from briefing.words import words

_TABLES = Path(__file__).parents[1] / "tables"

# A number of the table is a byte, this for 0.
_NOUGHT = 128
# What each of the two bytes of a sum stands at for 0 while they are summed: the sign's own bit.
_MIDDLE = 1 << 15
# What a number of the table is divided by, so that those of most sentences lie in [-1, 1].
_UNIT = 64.0
# Stems of one sentence that are summed: more could run over the two bytes that a sum has.
_MOST = 257

Numbers = Sequence[float]
"""What a sentence means. Shape: (dimensions,), the most telling first, about -1 to 1."""


class Meaning(NamedTuple):
    """What an article's sentences mean."""

    sentences: tuple[Numbers, ...]
    """All zeros where no word of a sentence is in the table. Shape: (sentences, dimensions)."""

    title: Numbers
    """All zeros without a title. Shape: (dimensions,)."""

    lengths: tuple[float, ...]
    """Of each sentence's numbers, as a vector; 1 where all are zeros."""


class Table(NamedTuple):
    """The numbers of all stems of a language."""

    dimensions: int

    places: Mapping[str, int]
    """Where the numbers of each stem begin."""

    numbers: bytes
    """One behind another, each in two bytes."""

    read: dict[str, int]
    """Those of the stems that were asked for, each stem's as one long whole number with a digit of
    two bytes for each: such are summed at once, in a twentieth of the time of number by number."""

    def all(self, value: int) -> int:
        """Return the long whole number that has *value* for every digit."""
        return sum([value << 16 * n for n in range(self.dimensions)])


def meaning(document: Document) -> Meaning:
    """Return what the sentences of an article mean.

    Raises:
        FileNotFoundError: There is no table for the article's language.
    """
    return _meaning(text_of(document))


def nearness(known: Meaning, other: Numbers) -> list[float]:
    """Return the cosine of each sentence with *other*, in [-1, 1]; 0 where nothing is known.

    >>> known = Meaning(sentences=((3.0, 4.0), (0.0, 0.0)), title=(0.0, 2.0), lengths=(5.0, 1.0))
    >>> nearness(known, known.title)
    [0.8, 0.0]
    """
    size = _length(other)
    pairs = zip(known.sentences, known.lengths, strict=True)
    return [sum(map(mul, numbers, other)) / (length * size) for numbers, length in pairs]


def whole(known: Meaning) -> Numbers:
    """Return what the article means: the sum of its sentences, each of length 1.

    >>> whole(Meaning(sentences=((3.0, 4.0), (0.0, 2.0)), title=(), lengths=(4.0, 2.0)))
    [0.75, 2.0]
    """
    shares = [1 / length for length in known.lengths]
    return [sum(map(mul, column, shares)) for column in zip(*known.sentences, strict=True)]


@cache
def table(language: str) -> Table:
    """Return the table of a language.

    >>> table("en").dimensions
    32
    """
    raw = json.loads((_TABLES / f"closeness-{language}.json").read_bytes())
    single = a2b_base64(raw["numbers"])
    double = bytearray(2 * len(single))
    double[::2] = single
    step = 2 * raw["dimensions"]
    stems = raw["stems"].split()
    places = dict(zip(stems, range(0, step * len(stems), step), strict=True))
    return Table(raw["dimensions"], places, bytes(double), {})


# Weighing and doubting ask for the same article's in turn.
@lru_cache(maxsize=1)
def _meaning(text: Text) -> Meaning:
    """Return what the sentences of a text mean."""
    learnt = table(text.language)
    title = _stems(words(text.title))
    stems = [_stems(sentence) for sentence in text.sentences]
    _read(learnt, title.union(*stems))
    middle = learnt.all(_MIDDLE)
    sentences = tuple([_sum(learnt, several, middle) for several in stems])
    return Meaning(
        sentences=sentences,
        title=_sum(learnt, title, middle),
        lengths=tuple(map(_length, sentences)),
    )


def _stems(several: Iterable[str]) -> set[str]:
    """Return the stems of words, those of common words, too."""
    return {word[:STEM] for word in several}


def _read(learnt: Table, stems: set[str]) -> None:
    """Note the numbers of *stems* as whole numbers, where the table has any."""
    places, numbers, step = learnt.places, learnt.numbers, 2 * learnt.dimensions
    nought = learnt.all(_NOUGHT)
    for stem in stems.difference(learnt.read):
        if stem in places:
            row = numbers[places[stem] : places[stem] + step]
            learnt.read[stem] = int.from_bytes(row, "little") - nought


def _sum(learnt: Table, stems: set[str], middle: int) -> list[float]:
    """Return the numbers of the stems of a sentence together, over the root of how many.

    Beside its middle each digit of a sum of signed ones is itself again, less a sign that the
    bit of the middle holds: turned round, it is the two's complement that `struct` reads.
    """
    found = [*filter(None, map(learnt.read.get, stems))]  # what is all zeros adds nothing
    if len(found) > _MOST:
        found = sorted(found)[:_MOST]  # a set has no order to go by
    if not found:
        return [0.0] * learnt.dimensions
    scale = 1 / (_UNIT * math.sqrt(len(found)))
    sums = ((sum(found) + middle) ^ middle).to_bytes(2 * learnt.dimensions, "little")
    return [x * scale for x in struct.unpack(f"<{learnt.dimensions}h", sums)]


def _length(numbers: Numbers) -> float:
    """Return the length of a vector, 1 for that of zeros alone."""
    return math.hypot(*numbers) or 1.0
