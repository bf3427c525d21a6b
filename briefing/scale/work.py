"""What a worker does: plain values in, plain values out, nothing raised."""

from typing import Any

from briefing.cluster import fingerprint
from briefing.codec.summary import failure, summary
from briefing.model import Failure, Kind, Plan, Source
from briefing.pipeline import attempt


def summarise_batch(units: tuple[Source | Failure, ...], plan: Plan) -> list[dict[str, Any]]:
    """Return an object of `briefing.summary/1` for each article or failure, in order."""
    return [
        _failed(outcome) if isinstance(outcome, Failure) else summary(outcome)
        for unit in units
        for outcome in attempt(unit, plan=plan)
    ]


def summarise_and_print(units: tuple[Source | Failure, ...], plan: Plan) -> list[dict[str, Any]]:
    """Return the same, with the fingerprint of each article by which stories are found."""
    found: list[dict[str, Any]] = []
    for unit in units:
        for outcome in attempt(unit, plan=plan):
            if isinstance(outcome, Failure):
                found.append(_failed(outcome))
            elif outcome.article.kind is Kind.ARTICLE:
                taken = fingerprint(outcome.article).to_json()
                found.append({**summary(outcome), "fingerprint": taken})
            else:
                found.append(summary(outcome))
    return found


def lost(units: tuple[Source | Failure, ...]) -> list[dict[str, Any]]:
    """Return what stands for units that end every worker they are given to."""
    message = "the worker ended without an answer, twice; most likely it had too little memory"
    return [_failed(Failure(ref=u.ref, stage="summarise", message=message)) for u in units]


def _failed(outcome: Failure) -> dict[str, Any]:
    """Return a failure as an object of the format."""
    return {"article": None, "points": [], "failures": [failure(outcome)]}
