"""Which candidates to print: the most important subjects, each once, within the length."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.choose.repair import Candidate
from briefing.choose.subjects import Kin

# All tuned on the hand-annotated articles, weights learnt with the article left out; a fifth more
# or less of any of them moves the topics covered by less than .01.
#
# How far gains are taken per word: 0 not at all, 1 in full. More gives short sentences, which
# cost least and say least.
_THRIFT = 0.45
# How far importance is stretched before it is shared out: more gives the lead, less the colour.
_STRETCH = 1.25
# How many times a doubt counts. More leaves out what is important, less prints riddles.
_CAUTION = 4.0
# What the other sentences of a point count, beside its best: they are shown for its sake.
_SECOND = 0.3
# A point that adds less than this share of what the first adds is padding.
_LEAST = 0.05
# The first point is the earliest that is worth this share of the best: the lead, unless the
# article opens with a scene and comes to its news later.
_LEAD = 0.6
# Candidates that come into question at all. The longest annotated article has 46 sentences; a text
# of thousands is chosen from as fast.
_SHORT_LIST = 80
# Rounds in which one point is exchanged for a better one; the third changes next to nothing.
_ROUNDS = 3


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
    candidates: Sequence[Candidate], *, worth: Sequence[float], kin: Kin, limits: Limits
) -> tuple[Chosen, ...]:
    """Return the candidates that together tell most, the most important first.

    What a candidate adds is what it is worth, less what those already taken tell of its subject,
    less the doubt whether it is understood. The greedy choice is within 63 % of the best for
    gains that only shrink (Nemhauser, Wolsey and Fisher, Mathematical Programming 14, 1978); an
    exchange or two mends what the length made it miss.

    Args:
        candidates: What could be printed, any number a sentence.
        worth: How much each sentence matters, at least 0. Shape (sentences,).
        kin: How far each sentence covers the subject of each other.
        limits: What may be taken.
    """
    scale = _Scale(worth, kin)
    best = sorted(candidates, key=lambda c: (-scale.own(c), c.position))[:_SHORT_LIST]
    best.sort(key=lambda c: c.position)
    taken = _greedy(best, scale, limits)
    for _ in range(_ROUNDS):
        better = _exchanged(taken, best, scale=scale, limits=limits)
        if better is None:
            break
        taken = better
    return _ordered(taken, scale)


class _Scale:
    """What a set of candidates is worth."""

    def __init__(self, worth: Sequence[float], kin: Kin) -> None:
        """Stretch the worth once."""
        self.worth: list[float] = [w**_STRETCH for w in worth]
        self.kin = kin

    def own(self, candidate: Candidate) -> float:
        """Return what a candidate is worth beside nothing else."""
        return self.gain(candidate, ())

    def gain(self, candidate: Candidate, taken: Sequence[Candidate]) -> float:
        """Return what *candidate* adds to *taken*."""
        shown = [s.position for c in taken for s in c.sentences]
        told: list[float] = []
        for sentence in candidate.sentences:
            new = self.worth[sentence.position]
            for other in shown:
                new *= 1 - self.kin[other][sentence.position]
            told.append(new)
            shown.append(sentence.position)
        best = max(told)
        worth = best + _SECOND * (sum(told) - best)
        return worth * max(0.05, 1 - candidate.cost - _CAUTION * candidate.doubt)

    def total(self, taken: Sequence[Candidate]) -> float:
        """Return what *taken* is worth, each after those worth more."""
        ranked = sorted(taken, key=self.own, reverse=True)
        return sum(self.gain(c, ranked[:n]) for n, c in enumerate(ranked))


def _greedy(candidates: Sequence[Candidate], scale: _Scale, limits: Limits) -> list[Candidate]:
    """Return candidates taken one by one, each the one that adds most for its length."""
    taken: list[Candidate] = []
    first = 0.0
    while len(taken) < limits.points:
        fitting = [c for c in candidates if _fits([*taken, c], limits)]
        gains = [(scale.gain(c, taken), c) for c in fitting]
        if not gains:
            break
        gain, found = max(
            gains, key=lambda p: (p[0] / max(1, p[1].words) ** _THRIFT, -p[1].position)
        )
        if taken and gain < _LEAST * first:
            break
        first = first or gain
        taken.append(found)
    return taken


def _exchanged(
    taken: list[Candidate], candidates: Sequence[Candidate], *, scale: _Scale, limits: Limits
) -> list[Candidate] | None:
    """Return *taken* with the one exchange or addition that helps most, None when none does."""
    best, found = scale.total(taken) * 1.001, None
    for other in _neighbours(taken, candidates, limits):
        total = scale.total(other)
        if total > best:
            best, found = total, other
    return found


def _neighbours(
    taken: list[Candidate], candidates: Sequence[Candidate], limits: Limits
) -> Iterator[list[Candidate]]:
    """Yield each set that differs from *taken* by one candidate, and fits."""
    rests = [taken[:n] + taken[n + 1 :] for n in range(len(taken))]
    if len(taken) < limits.points:
        rests.append(taken)
    for rest in rests:
        for candidate in candidates:
            if candidate not in taken and _fits([*rest, candidate], limits):
                yield [*rest, candidate]


def _fits(taken: Sequence[Candidate], limits: Limits) -> bool:
    """Return whether all of *taken* can be printed together: no sentence twice, none too many."""
    shown = [s.position for c in taken for s in c.sentences]
    if len(set(shown)) < len(shown) or len(shown) > limits.sentences:
        return False
    return limits.words is None or sum(c.words for c in taken) <= limits.words


def _ordered(taken: Sequence[Candidate], scale: _Scale) -> tuple[Chosen, ...]:
    """Return the candidates as a reader wants them: the most important, then the article's order.

    News goes from the more to the less important by itself, and names people at first mention.
    """
    ranked = sorted(taken, key=lambda c: (-scale.own(c), c.position))
    gains = {c.position: scale.gain(c, ranked[:n]) for n, c in enumerate(ranked)}
    told = sorted(ranked, key=lambda c: c.position)
    if told:
        best = scale.own(ranked[0])
        told.insert(
            0, told.pop(next(n for n, c in enumerate(told) if scale.own(c) >= _LEAD * best))
        )
    return tuple(Chosen(candidate=c, gain=gains[c.position]) for c in told)
