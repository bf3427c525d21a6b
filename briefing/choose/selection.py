"""Which candidates to print: the most important subjects, each once, within the length."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from briefing.choose.repair import Candidate
from briefing.choose.subjects import Kin

# All tuned on the judged articles (benchmarks/judged), weights learnt from other outlets; a fifth
# more or less of any of them moves the topics covered by less than .01.
#
# How far gains are taken per word: 0 not at all, 1 in full. More gives short sentences, which
# cost least and say least.
_THRIFT = 0.6
# How far importance is stretched before it is shared out: more gives the lead, less the colour.
_STRETCH = 1.25
# How many times a doubt counts. More leaves out what is important, less prints riddles.
_CAUTION = 2.0
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


class Chosen(NamedTuple):
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
    scale = _Scale(candidates, worth, kin)
    best = scale.short_list()
    taken = _greedy(best, scale, limits)
    for _ in range(_ROUNDS):
        better = _exchanged(taken, best, scale=scale, limits=limits)
        if better is None:
            break
        taken = better
    return _ordered(taken, scale)


class _Scale:
    """What a set of candidates is worth.

    Here and below a candidate is its place in `candidates`, so that what is asked of it again
    and again is looked up in a list.
    """

    def __init__(self, candidates: Sequence[Candidate], worth: Sequence[float], kin: Kin) -> None:
        """Stretch the worth, and weigh each candidate by itself."""
        self.candidates = candidates
        self.worth: list[float] = [w**_STRETCH for w in worth]
        self.places = [tuple([s.position for s in c.sentences]) for c in candidates]
        self.words = [c.words for c in candidates]
        self.sure = [max(0.05, 1 - c.cost - _CAUTION * c.doubt) for c in candidates]
        self._kin = kin
        self._roots = [math.sqrt(w) for w in self.worth]
        self._rows: dict[int, list[Sequence[float]]] = {}
        self.own = [self.rest(one, self.worth) for one in range(len(candidates))]
        """What each candidate is worth beside nothing else."""

    def short_list(self) -> list[int]:
        """Return the candidates that come into question, in the order of the article."""
        position = [c.position for c in self.candidates]
        ranked = sorted(range(len(position)), key=lambda one: (-self.own[one], position[one]))
        return sorted(ranked[:_SHORT_LIST], key=position.__getitem__)

    def rows(self, one: int) -> list[Sequence[float]]:
        """Return how far the sentences of a candidate tell what each sentence tells.

        They tell of its subject as far as they are kin. But "The dam is at risk" does not tell
        that it broke on Friday: of a sentence that matters more, they tell less, unless both say
        the same.
        """
        if one not in self._rows:
            self._rows[one] = [self._told(place) for place in self.places[one]]
        return self._rows[one]

    def _told(self, place: int) -> Sequence[float]:
        """Return how far one sentence tells what each sentence tells."""
        root, roots = self._roots[place], self._roots
        return [
            k if r <= root or k == 1 else k * root / r
            for k, r in zip(self._kin[place], roots, strict=True)
        ]

    def gain(self, one: int, taken: Sequence[int]) -> float:
        """Return what a candidate adds to those *taken*."""
        return self._beyond(one, [row for other in taken for row in self.rows(other)])

    def _beyond(self, one: int, rows: Sequence[Sequence[float]]) -> float:
        """Return what a candidate adds to the sentences with these *rows*."""
        left: dict[int, float] = {}
        for place in self.places[one]:
            new = self.worth[place]
            for row in rows:
                new *= 1 - row[place]
            left[place] = new
        return self.rest(one, left)

    def rest(self, one: int, left: Sequence[float] | Mapping[int, float]) -> float:
        """Return what a candidate adds where *left* is what each sentence still has to tell."""
        places = self.places[one]
        worth = left[places[0]] if len(places) == 1 else self._together(places, left)
        return worth * self.sure[one]

    def _together(
        self, places: tuple[int, ...], left: Sequence[float] | Mapping[int, float]
    ) -> float:
        """Return what sentences shown in one point have to tell: the best, and some of the rest."""
        told: list[float] = []
        for n, place in enumerate(places):
            new = left[place]
            for other in places[:n]:
                new *= 1 - self._kin[other][place]
            told.append(new)
        best = max(told)
        return best + _SECOND * (sum(told) - best)

    def after(self, left: list[float], one: int) -> list[float]:
        """Return what each sentence still has to tell once a candidate is shown, too."""
        for row in self.rows(one):
            left = [x * (1 - k) for x, k in zip(left, row, strict=True)]
        return left

    def total(self, taken: Sequence[int]) -> float:
        """Return what *taken* is worth, each after those worth more."""
        gains: list[float] = []
        rows: list[Sequence[float]] = []
        for one in sorted(taken, key=self.own.__getitem__, reverse=True):
            gains.append(self._beyond(one, rows))
            rows += self.rows(one)
        return sum(gains)


class _Room:
    """What the limits leave beside the candidates taken so far."""

    def __init__(self, taken: Sequence[int], scale: _Scale, limits: Limits) -> None:
        """Note what is shown already."""
        self._scale = scale
        self._shown = {place for one in taken for place in scale.places[one]}
        self._sentences = limits.sentences - len(self._shown)
        words = sum(map(scale.words.__getitem__, taken))
        self._words = float("inf") if limits.words is None else limits.words - words

    def fitting(self, several: Sequence[int]) -> list[int]:
        """Return which candidates can be printed, too: no sentence twice, none too many."""
        words, places, shown = self._scale.words, self._scale.places, self._shown
        return [
            one
            for one in several
            if words[one] <= self._words
            and len(places[one]) <= self._sentences
            and shown.isdisjoint(places[one])
        ]


def _greedy(candidates: Sequence[int], scale: _Scale, limits: Limits) -> list[int]:
    """Return candidates taken one by one, each the one that adds most for its length."""
    taken: list[int] = []
    left, open_ = scale.worth, candidates
    thrift = {one: max(1, scale.words[one]) ** _THRIFT for one in candidates}
    first = 0.0
    while len(taken) < limits.points:
        room = _Room(taken, scale, limits)
        open_ = room.fitting(open_)  # what does not fit now never will
        gains = [scale.rest(one, left) for one in open_]
        if not gains:
            break
        rates = [gain / thrift[one] for gain, one in zip(gains, open_, strict=True)]
        best = rates.index(max(rates))
        if taken and gains[best] < _LEAST * first:
            break
        first = first or gains[best]
        taken.append(open_[best])
        left = scale.after(left, open_[best])
    return taken


def _exchanged(
    taken: list[int], candidates: Sequence[int], *, scale: _Scale, limits: Limits
) -> list[int] | None:
    """Return *taken* with the one exchange or addition that helps most, None when none does.

    A candidate adds to a set at most what it is worth alone, or after those worth more: where
    that cannot beat the best so far, as of nineteen in twenty, the set is not weighed.
    """
    best, found = scale.total(taken) * 1.001, None
    own = scale.own
    others = [one for one in candidates if one not in taken]
    for rest in _rests(taken, limits):
        least = scale.total(rest)
        likely = [one for one in others if (least + own[one]) * _ROUNDING > best]
        for one in _Room(rest, scale, limits).fitting(likely) if likely else ():
            above = [other for other in rest if own[other] >= own[one]]
            if (least + scale.gain(one, above)) * _ROUNDING <= best:
                continue
            total = scale.total([*rest, one])
            if total > best:
                best, found = total, [*rest, one]
    return found


def _rests(taken: list[int], limits: Limits) -> list[list[int]]:
    """Return what one more candidate can be put beside: *taken* less one, or all when few."""
    rests = [taken[:n] + taken[n + 1 :] for n in range(len(taken))]
    return [*rests, taken] if len(taken) < limits.points else rests


def _ordered(taken: Sequence[int], scale: _Scale) -> tuple[Chosen, ...]:
    """Return the candidates as a reader wants them: the most important, then the article's order.

    News goes from the more to the less important by itself, and names people at first mention.
    """
    position = {one: scale.candidates[one].position for one in taken}
    ranked = sorted(taken, key=lambda one: (-scale.own[one], position[one]))
    gains = {one: scale.gain(one, ranked[:n]) for n, one in enumerate(ranked)}
    told = sorted(ranked, key=position.__getitem__)
    if told:
        best = scale.own[ranked[0]]
        lead = next(n for n, one in enumerate(told) if scale.own[one] >= _LEAD * best)
        told.insert(0, told.pop(lead))
    return tuple([Chosen(candidate=scale.candidates[one], gain=gains[one]) for one in told])
