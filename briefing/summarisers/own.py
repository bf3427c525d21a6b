"""Our own method: how much each sentence matters, by its place, its words and its form.

The features are readable and need no model; what each counts for is learnt
(`scripts/train_importance.py`) and kept with its provenance in `tables/importance.json`, for
English in `tables/importance-en.json`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from operator import add, itemgetter
from pathlib import Path
from typing import Any

from briefing.model import Document, Pick
from briefing.summarisers.features import LEAD, Column, columns
from briefing.summarisers.vectors import terms

_TABLES = Path(__file__).parents[1] / "tables"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What one feature counts for."""

    value: float
    """Added to the score for each unit of the feature above the article's own mean."""

    reason: str
    """What to tell the reader when the feature speaks for a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What all features count for."""

    base: float
    """The score of a sentence that is like its article's mean in every feature."""

    weights: Mapping[str, Weight]

    kind: tuple[float, ...] = ()
    """What each number of a sentence's meaning counts for; none where no meaning is known."""


@cache
def table(language: str) -> Table:
    """Return the weights that the package brings for a language.

    >>> "near title" in table("en").weights, "near title" in table("fr").weights
    (True, False)
    """
    found = _TABLES / f"importance-{language}.json"
    if not (language.isalpha() and found.is_file()):
        found = _TABLES / "importance.json"
    return read(json.loads(found.read_text(encoding="utf-8")))


def read(raw: Mapping[str, Any]) -> Table:
    """Return weights as `scripts/train_importance.py` writes them."""
    known = {name: Weight(**entry) for name, entry in raw["features"].items()}
    return Table(base=raw["base"], weights=known, kind=tuple(raw.get("kind", ())))


def summarise(document: Document, /, *, count: int) -> tuple[Pick, ...]:
    """Return the sentences that matter most, best first.

    The score is what a good summary is expected to gain by the sentence, at least 0; the reasons
    say in words what speaks for it.
    """
    return weighed(document, table(document.article.language or "en"))[:count]


def weighed(document: Document, learnt: Table) -> tuple[Pick, ...]:
    """Return all sentences by what *learnt* makes of them, best first."""
    parts = _parts(columns(document, kind=learnt.kind), learnt)
    scores = _scores(parts, learnt.base)
    reasons = _reasons(parts, learnt)
    picks = [_new(Pick, row) for row in zip(range(len(scores)), scores, reasons, strict=True)]
    told = _told_late(picks, nut(document))
    return tuple(sorted(told, key=lambda p: (-p.score, p.position)))


_new = tuple.__new__  # half as long as with the function of the class


def _parts(found: Mapping[str, Column], learnt: Table) -> dict[str, Column]:
    """Return what each feature adds to the score of each sentence.

    Sentences are rivals of those of their own article alone, so each is measured against them.
    """
    parts = {}
    for name, column in found.items():
        value, usual = learnt.weights[name].value, sum(column) / max(1, len(column))
        parts[name] = [value * (x - usual) for x in column]
    return parts


# What must be told, news tells first: so many sentences have this share of a usual score besides.
# A regression, which weighs all topics, gives them nothing. On 307 judged articles .023 more of
# what must be covered is, on 199 that teach nothing .011, on the 31 annotated .016, for .003 more
# to .002 less in all; with twice the share, coverage of the 31 falls by .018.
_FIRST = 2
_OPENING = 0.5


def _scores(parts: Mapping[str, Column], base: float) -> Column:
    """Return the score of each sentence, at least 0."""
    sums: Column = []
    for column in parts.values():
        sums = [*map(add, sums, column)] if sums else column
    scores = [max(0.0, base + x) for x in sums]
    return [*(x + _OPENING * base for x in scores[:_FIRST]), *scores[_FIRST:]]


# A feature is given as a reason when it adds at least this to the score, a tenth of a usual one.
_TELLING = 0.1


def _reasons(parts: Mapping[str, Column], learnt: Table) -> list[tuple[str, ...]]:
    """Return why each sentence scores: the two features that speak most for it."""
    telling: list[list[tuple[float, str]]] = [[] for _ in next(iter(parts.values()), ())]
    for name, column in parts.items():
        reason = learnt.weights[name].reason
        for n, part in [(n, part) for n, part in enumerate(column) if part > _TELLING]:
            telling[n].append((-part, reason))
    for each in telling:
        each.sort(key=itemgetter(0))
    return [tuple([reason for _, reason in each[:2]]) for each in telling]


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
    known = terms(document)
    title = known.title
    half = len(document.sentences) // 2
    if len(title) < _TITLE_WORDS or half <= LEAD:
        return None
    shared = [len(title.intersection(vector)) for vector in known.vectors[:half]]
    if any(shared[:LEAD]):
        return None
    place = max(range(LEAD, half), key=lambda n: (shared[n], -n))
    return place if shared[place] else None


def _told_late(picks: list[Pick], place: int | None) -> list[Pick]:
    """Return the picks of an article whose news is at *place*: that first, the scene behind."""
    if place is None:
        return picks
    best = max(p.score for p in picks)
    news = picks[place]._replace(score=best, reasons=("takes up the headline after a scene",))
    scene = [p._replace(score=p.score * _SCENE) for p in picks[:place]]
    return [*scene, news, *picks[place + 1 :]]
