"""Runs of words: how the same text is known again after edits, cuts and additions."""

from collections.abc import Collection, Iterable, Sequence
from zlib import crc32

from briefing.words import words

RUN = 4
"""Words a run. Three runs into each other's common phrases, five loses light edits."""

SAMPLE = 8
"""One run in so many, chosen by its own hash, stands in the index and in sketches: equal texts
choose equal runs, and a part of a text chooses a part of its runs (Broder, "On the resemblance
and containment of documents", 1997, section 3, sampling by modulus)."""

SKETCH = 64
"""A fingerprint keeps at most so many runs."""

_MIX, _MASK = 0x9E3779B1, 2**48 - 1


def shingles(paragraphs: Iterable[str]) -> frozenset[int]:
    """Return the hashes of all runs of four words, across paragraphs; the same on every machine.

    >>> a = shingles(["The dam above Velm burst on Monday."])
    >>> b = shingles(["“The dam above Velm burst” on", "Monday"])
    >>> len(a), a == b
    (4, True)
    """
    return runs_of([word for text in paragraphs for word in words(text)])


def runs_of(told: Sequence[str]) -> frozenset[int]:
    """Return the hashes of all runs of four of the words *told*; those of fewer as one.

    >>> len(runs_of(["the", "dam", "burst"])), len(runs_of([]))
    (1, 0)
    """
    # A table for each text: one for all would grow with the collection, or forget and be slow.
    code = {word: crc32(word.encode()) for word in set(told)}
    codes = [code[word] for word in told]
    if 0 < len(codes) < RUN:
        codes += [0] * (RUN - len(codes))
    runs = zip(codes, codes[1:], codes[2:], codes[3:], strict=False)
    # Built by hand: Python's own hash may change between versions, and sketches are kept.
    return frozenset((((a * _MIX + b) * _MIX + c) * _MIX + d) & _MASK for a, b, c, d in runs)


def sampled(runs: Iterable[int]) -> frozenset[int]:
    """Return the runs that stand for all in an index.

    >>> sorted(sampled(range(20)))
    [0, 8, 16]
    """
    return frozenset(run for run in runs if run % SAMPLE == 0)


def containment(a: frozenset[int], b: frozenset[int]) -> float:
    """Return the share of the shorter one's runs that the other has too, in [0, 1].

    >>> containment(frozenset({1, 2, 3, 4}), frozenset({1, 2, 5}))
    0.6666666666666666
    """
    shorter = min(len(a), len(b))
    return len(a & b) / shorter if shorter else 0.0


def sketch(paragraphs: Iterable[str]) -> tuple[int, ...]:
    """Return the smallest of half of the runs, in ascending order.

    >>> len(sketch([])), len(sketch([" ".join(map(str, range(900)))]))
    (0, 64)
    """
    return tuple(sorted(run for run in shingles(paragraphs) if run % 2 == 0)[:SKETCH])


def sketch_containment(a: Collection[int], b: Collection[int]) -> float:
    """Return about what `containment` would say of the texts whose sketches these are.

    Only runs up to the smaller of the two last ones are compared: beyond it one of the
    sketches may have been cut off.

    >>> sketch_containment((8, 16, 24), (8, 24, 96, 104))  # 2 of 3
    0.6666666666666666
    """
    if not a or not b:
        return 0.0
    reach = min(max(s) if len(s) >= SKETCH else _MASK for s in (a, b))
    return containment(*(frozenset(run for run in s if run <= reach) for s in (a, b)))
