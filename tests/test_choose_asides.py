"""Sentences that are no body although they stand in one are found, and never printed."""

import json
from pathlib import Path
from typing import Any

import pytest
from documents import document

from briefing.choose import choose
from briefing.choose.asides import asides
from briefing.model import Plan
from briefing.summarisers import get

CASES = json.loads(
    (Path(__file__).parent / "cases" / "choose" / "asides.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_asides(case: dict[str, Any]) -> None:
    """Each sentence is found by the rule named, and no other sentence is."""
    found = asides(document(*case["paragraphs"]))
    assert {str(place): rule for place, rule in found.items()} == case["expected"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_no_point_shows_one(case: dict[str, Any]) -> None:
    """Whatever else is chosen, no point is made of a sentence that is no body."""
    whole = document(*case["paragraphs"])
    summary = choose(whole, Plan(), summarise=get("briefing"))
    shown = {s.position for point in summary.points for s in point.sentences}
    assert not shown & set(asides(whole))
