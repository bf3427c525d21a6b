"""Our own method: how much each sentence matters, by its place, its words and its form.

The features are readable and need no model; what each counts for is learnt
(`scripts/train_importance.py`) and kept with its provenance in `tables/importance.json`.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from briefing.model import Document, Pick
from briefing.summarisers.vectors import STEM, Vector, dot, vectors
from briefing.words import stopwords
from briefing.words import words as cut

_TABLE = Path(__file__).parents[1] / "tables" / "importance.json"
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_LEAD = 3
"""Sentences that count as the lead: what they tell of, the article is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What one feature counts for."""

    value: float
    """Added to the score for each unit of the feature."""

    usual: float
    """The feature's mean in the training data: what is above it speaks for a sentence."""

    reason: str
    """What to tell the reader when the feature speaks for a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What all features count for."""

    base: float
    """The score of a sentence that is usual in every feature."""

    weights: Mapping[str, Weight]


@cache
def table() -> Table:
    """Return the weights that the package brings.

    >>> sorted(table().weights)[:3]
    ['central', 'figures', 'late']
    """
    return read(json.loads(_TABLE.read_text(encoding="utf-8")))


def read(raw: Mapping[str, Any]) -> Table:
    """Return weights as `scripts/train_importance.py` writes them."""
    known = {name: Weight(**entry) for name, entry in raw["features"].items()}
    return Table(base=raw["base"], weights=known)


def summarise(document: Document, /, *, count: int) -> tuple[Pick, ...]:
    """Return the sentences that matter most, best first.

    The score is what a good summary is expected to gain by the sentence, at least 0; the reasons
    say in words what speaks for it.
    """
    return weighed(document, table())[:count]


def weighed(document: Document, learnt: Table) -> tuple[Pick, ...]:
    """Return all sentences by what *learnt* makes of them, best first.

    None but a short one counts less than a share of the best: a subject that nothing in the lead
    foretells scores low on every feature, and is still one.
    """
    rated = [_rated(found, learnt) for found in features(document)]
    best = max((score for score, _ in rated), default=0.0)
    picks = [
        Pick(
            position=n,
            score=_raised(score, best, position=n, length=len(document.words[n])),
            reasons=reasons,
        )
        for n, (score, reasons) in enumerate(rated)
    ]
    told = _told_late(picks, nut(document))
    return tuple(sorted(told, key=lambda p: (-p.score, p.position)))


# Tuned on the annotated articles with the weights learnt without the article scored, on gold and
# on cleaned text: together they cover .06 more of the topics that must be covered. A floor of .5
# loses that again, as does a factor of 1.7; 12 to 24 words do equally well.
_LEAST = 0.35
_FULL_LENGTH = 18
_OPENING = 1.4


def _raised(score: float, best: float, *, position: int, length: int) -> float:
    """Return *score* or its due of the *best*, whichever is more; more where news has its news.

    Args:
        score: As the features make it.
        best: The best score of the article.
        position: Where the sentence stands.
        length: How many words it has.
    """
    least = _LEAST * best * min(1.0, length / _FULL_LENGTH)
    return max(score, least) * (_OPENING if position < _LEAD else 1.0)


# A scene at the top counts this share; it is colour, however high it stands.
_SCENE = 0.5
# Titles of fewer telling words than this say too little to know the news by.
_TITLE_WORDS = 3


def nut(document: Document) -> int | None:
    """Return where a feature tells its news, when it opens with a scene; None for all else.

    News takes up its headline at once. Where none of the first sentences shares a telling word
    with it and a later one of the first half does, the article opened with a scene: that happens
    in 4 of 104 articles looked at, each a feature or an essay.
    """
    title = _stems(document.article.title or "", document.article.language)
    shared = [len(title.intersection(vector)) for vector in vectors(document)]
    half = len(shared) // 2
    if len(title) < _TITLE_WORDS or half <= _LEAD or any(shared[:_LEAD]):
        return None
    place = max(range(_LEAD, half), key=lambda n: (shared[n], -n))
    return place if shared[place] else None


def _told_late(picks: list[Pick], place: int | None) -> list[Pick]:
    """Return the picks of an article whose news is at *place*: that first, the scene behind."""
    if place is None:
        return picks
    best = max(p.score for p in picks)
    news = replace(picks[place], score=best, reasons=("takes up the headline after a scene",))
    scene = [replace(p, score=p.score * _SCENE) for p in picks[:place]]
    return [*scene, news, *picks[place + 1 :]]


def features(document: Document) -> tuple[dict[str, float], ...]:
    """Return what is measured of each sentence, by readable names."""
    known = vectors(document)
    view = _View(
        title=_stems(document.article.title or "", document.article.language),
        total=_sum(known),
        spread=Counter([stem for vector in known for stem in vector]),
        lead=known[:_LEAD],
    )
    return tuple(_features(document, n, vector=known[n], view=view) for n in range(len(known)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """What a sentence is measured against: the whole article."""

    title: frozenset[str]
    total: Vector
    """The sum of all sentences' vectors."""

    spread: Counter[str]
    """How many sentences have each stem."""

    lead: tuple[Vector, ...]


def _stems(text: str, language: str | None) -> frozenset[str]:
    """Return the stems of the content words of *text*."""
    common = stopwords(language or "en")
    return frozenset(w[:STEM] for w in cut(text) if w not in common and len(w) > 1)


def _sum(known: tuple[Vector, ...]) -> Vector:
    """Return the sum of all vectors."""
    total: dict[str, float] = {}
    for vector in known:
        for stem, weight in vector.items():
            total[stem] = total.get(stem, 0.0) + weight
    return total


def _features(document: Document, n: int, *, vector: Vector, view: _View) -> dict[str, float]:
    """Return what is measured of one sentence."""
    sentence, size = document.sentences[n], len(document.sentences)
    opens = n == 0 or document.sentences[n - 1].paragraph != sentence.paragraph
    title, total, spread = view.title, view.total, view.spread
    return {
        "place": 1 / (1 + n),
        "late": math.log(1 + n),
        "paragraph": float(opens),
        "title": sum([vector[stem] for stem in vector if stem in title]) if title else 0.0,
        "central": sum([w * (total[s] - w) for s, w in vector.items()]) / max(1, size - 1),
        "recurring": math.log(max([spread[s] for s in vector], default=1)),
        "lead": max([dot(vector, v) for m, v in enumerate(view.lead) if m != n], default=0.0),
        "length": math.log(1 + len(document.words[n])),
        "figures": min(4, len(_FIGURE.findall(sentence.text))) / 4,
        "question": float("?" in sentence.text),
        "quoted": _quoted(document, n),
    }


def _quoted(document: Document, n: int) -> float:
    """Return the share of a sentence that is somebody's own words."""
    s = document.sentences[n]
    inside = sum(
        min(q.end, s.end) - max(q.start, s.start)
        for q in document.quotations
        if q.start < s.end and s.start < q.end
    )
    return min(1.0, inside / max(1, len(s.text)))


# A feature is given as a reason when it adds at least this to the score, a tenth of a usual one.
_TELLING = 0.1


def _rated(found: dict[str, float], learnt: Table) -> tuple[float, tuple[str, ...]]:
    """Return a sentence's score, and why: the two features that speak most for it."""
    parts: list[float] = []
    telling: list[tuple[float, str]] = []
    for name, x in found.items():
        weight = learnt.weights[name]
        part = weight.value * (x - weight.usual)
        parts.append(part)
        if part > _TELLING:
            telling.append((-part, weight.reason))
    best = sorted(telling, key=itemgetter(0))[:2]
    return max(0.0, learnt.base + sum(parts)), tuple([reason for _, reason in best])
