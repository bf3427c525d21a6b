"""Which candidates to print: the most important subjects, each once, within the length asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.choose.repair import Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the plan allows one summary."""

    points: int
    sentences: int
    words: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A candidate that is printed, and what it adds to those before it."""

    candidate: Candidate
    gain: float


def spread(
    candidates: Sequence[Candidate],
    *,
    worth: Sequence[float],
    kin: Sequence[Sequence[float]],
    limits: Limits,
) -> tuple[Chosen, ...]:
    """Return the candidates that together tell most, the most telling first.

    What a candidate adds is what it is worth, less what those already taken tell of its subject.
    The greedy choice is within 63 % of the best for gains that only shrink (Nemhauser, Wolsey and
    Fisher, Mathematical Programming 14, 1978); a swap or two then mends what length made it miss.

    Args:
        candidates: What could be printed, any number a sentence.
        worth: How much each sentence matters, in [0, 1]. Shape (sentences,).
        kin: How far each sentence covers the subject of each other. Shape (sentences, sentences).
        limits: What may be taken.
    """
    best: list[Candidate] = []
    while len(best) < limits.points:
        fitting = [c for c in candidates if _fits([*best, c], limits)]
        gains = [(_gain(c, best, worth, kin) / c.words**_THRIFT, c) for c in fitting]
        if not gains:
            break
        gain, found = max(gains, key=lambda pair: (pair[0], -pair[1].position))
        if best and _gain(found, best, worth, kin) < _LEAST * worth[best[0].position]:
            break
        best.append(found)
    return _ordered(best, worth, kin)


# How far short sentences are preferred: 0 not at all, 1 gain per word.
_THRIFT = 0.5
# A point that adds less than this share of the first is padding.
_LEAST = 0.05


def _fits(taken: Sequence[Candidate], limits: Limits) -> bool:
    """Return whether all of *taken* can be printed together: no sentence twice, none too many."""
    shown = [s.position for c in taken for s in c.sentences]
    if len(set(shown)) < len(shown) or len(shown) > limits.sentences:
        return False
    return limits.words is None or sum(c.words for c in taken) <= limits.words


def _gain(
    candidate: Candidate,
    taken: Sequence[Candidate],
    worth: Sequence[float],
    kin: Sequence[Sequence[float]],
) -> float:
    """Return what *candidate* adds to *taken*."""
    total = 0.0
    covered = [s.position for c in taken for s in c.sentences]
    for sentence in candidate.sentences:
        new = 1.0
        for other in covered:
            new *= 1 - kin[sentence.position][other]
        total += worth[sentence.position] * new
        covered.append(sentence.position)
    return total * (1 - candidate.cost)


def _ordered(
    taken: Sequence[Candidate], worth: Sequence[float], kin: Sequence[Sequence[float]]
) -> tuple[Chosen, ...]:
    """Return the candidates in the order in which each adds most to those before."""
    left, ordered = list(taken), list[Chosen]()
    while left:
        done = [c.candidate for c in ordered]
        gains = [(_gain(c, done, worth, kin), -c.position, c) for c in left]
        gain, _, found = max(gains, key=lambda triple: triple[:2])
        ordered.append(Chosen(candidate=found, gain=gain))
        left.remove(found)
    return tuple(ordered)
