"""How alike two fingerprints are: readable features, and the log-odds of one event."""

import json
import math
from collections.abc import Container, Iterable, Mapping
from functools import cache
from pathlib import Path

from briefing.cluster.records import Fingerprint
from briefing.cluster.terms import rarity

FEATURES = (
    "terms",  # cosine of the whole texts' terms
    "titles",  # share of the titles' weight that both have
    "title-lead-min",  # of each title, the share found in the other's lead: the smaller
    "title-terms-min",  # of each title, the share found among the other's terms: the smaller …
    "title-terms-max",  # … and the larger
    "names",  # weighted Jaccard of names
    "figures",  # logarithm of how many rare figures both have
    "days",  # between publications, those within half a day are none
    "rarest",  # mean rarity of the five rarest words that both leads have
)

UNDATED_DAYS = 1.0
"""An article without a time is taken to be a day away from any other."""


def log_odds(a: Fingerprint, b: Fingerprint, *, days: float | None = None) -> float:
    """Return the log-odds that *a* and *b* tell of one event; symmetric.

    A logistic regression over `FEATURES`; its weights and where they come from stand in
    `tables/story-weights.json`. *days* stands in for the days between the publications.
    """
    intercept, weights = _model()
    return intercept + sum(w * x for w, x in zip(weights, features(a, b, days=days), strict=True))


def features(a: Fingerprint, b: Fingerprint, *, days: float | None = None) -> tuple[float, ...]:
    """Return how alike *a* and *b* are, in the order of `FEATURES`; symmetric."""
    to_terms = (_covered(a.title, b.terms), _covered(b.title, a.terms))
    titles = (_covered(a.title, b.title), _covered(b.title, a.title))
    return (
        _dot(a.terms, b.terms),
        (titles[0] + titles[1]) / 2,
        min(_covered(a.title, b.lead), _covered(b.title, a.lead)),
        min(to_terms),
        max(to_terms),
        _jaccard(a.names, b.names),
        math.log1p(sum(rarity(f) for f in set(a.figures) & set(b.figures))),
        _dates_apart(days_apart(a, b) if days is None else days),
        sum(sorted((rarity(t) for t in a.lead if t in b.lead), reverse=True)[:5]) / 5,
    )


def days_apart(a: Fingerprint, b: Fingerprint) -> float:
    """Return the days between two publications, as a fraction."""
    if a.published is None or b.published is None:
        return UNDATED_DAYS
    return abs((a.published - b.published).total_seconds()) / 86_400


def _dates_apart(days: float) -> float:
    """Return *days* as if told from dates alone: those up to half a day apart share a date.

    The weights were learnt from articles dated to the day, where an evening and the next
    morning are a day apart and a morning and its evening none.
    """
    return days if days >= 1 else max(0.0, 2 * days - 1)


@cache
def _model() -> tuple[float, tuple[float, ...]]:
    """Return the intercept, and the weights in the order of `FEATURES`."""
    path = Path(__file__).parent.parent / "tables" / "story-weights.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    return float(table["intercept"]), tuple(float(table["weights"][name]) for name in FEATURES)


def _dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Return the scalar product, summed in an order that does not depend on the arguments'."""
    return math.fsum(weight * b[term] for term, weight in a.items() if term in b)


def _jaccard(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Return what weight both have, as a share of what either has."""
    both = math.fsum(min(weight, b[term]) for term, weight in a.items() if term in b)
    either = math.fsum(a.values()) + math.fsum(b.values()) - both
    return both / either if either else 0.0


def _covered(terms: Iterable[str], there: Container[str]) -> float:
    """Return the share of the rarity of *terms* that stands *there* too."""
    weights = {term: rarity(term) for term in terms}
    total = math.fsum(weights.values())
    return math.fsum(w for t, w in weights.items() if t in there) / total if total else 0.0
