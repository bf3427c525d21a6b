"""Which candidates to print: the most important subjects, each once, within the length."""

from collections.abc import Mapping, Sequence
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
# More than sums of a few numbers differ by when they are added in another order.
_ROUNDING = 1 + 1e-9


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
    """What a set of candidates is worth.

    Candidates are known by identity: to compare them field by field took longer than to choose.
    """

    def __init__(self, worth: Sequence[float], kin: Kin) -> None:
        """Stretch the worth once."""
        self.worth: list[float] = [w**_STRETCH for w in worth]
        self._kin = kin
        self._own: dict[int, float] = {}

    def own(self, candidate: Candidate) -> float:
        """Return what a candidate is worth beside nothing else."""
        known = self._own.get(id(candidate))
        if known is None:
            known = self._own[id(candidate)] = self.rest(candidate, self.worth)
        return known

    def gain(self, candidate: Candidate, taken: Sequence[Candidate]) -> float:
        """Return what *candidate* adds to *taken*."""
        rows = [self._kin[s.position] for c in taken for s in c.sentences]
        left: dict[int, float] = {}
        for sentence in candidate.sentences:
            place = sentence.position
            new = self.worth[place]
            for row in rows:
                new *= 1 - row[place]
            left[place] = new
        return self.rest(candidate, left)

    def rest(self, candidate: Candidate, left: Sequence[float] | Mapping[int, float]) -> float:
        """Return what a candidate adds where *left* is what each sentence still has to tell."""
        sentences = candidate.sentences
        worth = left[sentences[0].position]
        if len(sentences) > 1:
            told: list[float] = []
            for n, sentence in enumerate(sentences):
                new = left[sentence.position]
                for other in sentences[:n]:
                    new *= 1 - self._kin[other.position][sentence.position]
                told.append(new)
            best = max(told)
            worth = best + _SECOND * (sum(told) - best)
        return worth * max(0.05, 1 - candidate.cost - _CAUTION * candidate.doubt)

    def after(self, left: Sequence[float], candidate: Candidate) -> list[float]:
        """Return what each sentence still has to tell once *candidate* is shown, too."""
        for sentence in candidate.sentences:
            row = self._kin[sentence.position]
            left = [x * (1 - k) for x, k in zip(left, row, strict=True)]
        return list(left)

    def total(self, taken: Sequence[Candidate]) -> float:
        """Return what *taken* is worth, each after those worth more."""
        ranked = sorted(taken, key=self.own, reverse=True)
        return sum([self.gain(c, ranked[:n]) for n, c in enumerate(ranked)])


class _Room:
    """What the limits leave beside the candidates taken so far."""

    def __init__(self, taken: Sequence[Candidate], limits: Limits) -> None:
        """Note what is shown already."""
        self._shown = {s.position for c in taken for s in c.sentences}
        self._sentences = limits.sentences - len(self._shown)
        self._words = None if limits.words is None else limits.words - sum(c.words for c in taken)

    def fits(self, candidate: Candidate) -> bool:
        """Return whether it can be printed, too: no sentence twice, none too many."""
        if self._words is not None and candidate.words > self._words:
            return False
        sentences = candidate.sentences
        return len(sentences) <= self._sentences and not any(
            s.position in self._shown for s in sentences
        )


def _greedy(candidates: Sequence[Candidate], scale: _Scale, limits: Limits) -> list[Candidate]:
    """Return candidates taken one by one, each the one that adds most for its length."""
    taken: list[Candidate] = []
    left: list[float] = scale.worth
    lengths = {id(c): max(1, c.words) ** _THRIFT for c in candidates}
    first = 0.0
    while len(taken) < limits.points:
        room = _Room(taken, limits)
        gains = [(scale.rest(c, left), c) for c in candidates if room.fits(c)]
        if not gains:
            break
        gain, found = max(gains, key=lambda p: (p[0] / lengths[id(p[1])], -p[1].position))
        if taken and gain < _LEAST * first:
            break
        first = first or gain
        taken.append(found)
        left = scale.after(left, found)
    return taken


def _exchanged(
    taken: list[Candidate], candidates: Sequence[Candidate], *, scale: _Scale, limits: Limits
) -> list[Candidate] | None:
    """Return *taken* with the one exchange or addition that helps most, None when none does.

    A candidate adds to a set at most what it is worth alone, or after those worth more: where
    that cannot beat the best so far, as of nineteen in twenty, the set is not weighed.
    """
    best, found = scale.total(taken) * 1.001, None
    known = {id(c) for c in taken}
    others = [(scale.own(c), c) for c in candidates if id(c) not in known]
    for rest in _rests(taken, limits):
        room, least = _Room(rest, limits), scale.total(rest)
        for own, candidate in others:
            if (least + own) * _ROUNDING <= best or not room.fits(candidate):
                continue
            above = [c for c in rest if scale.own(c) >= own]
            if (least + scale.gain(candidate, above)) * _ROUNDING <= best:
                continue
            total = scale.total([*rest, candidate])
            if total > best:
                best, found = total, [*rest, candidate]
    return found


def _rests(taken: list[Candidate], limits: Limits) -> list[list[Candidate]]:
    """Return what one more candidate can be put beside: *taken* less one, or all when few."""
    rests = [taken[:n] + taken[n + 1 :] for n in range(len(taken))]
    return [*rests, taken] if len(taken) < limits.points else rests


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
