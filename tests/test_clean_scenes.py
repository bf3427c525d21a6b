"""Captions that carry no credit are told from running text by their wording."""

import json
from pathlib import Path

import pytest

from briefing.clean.scenes import is_scene

CASES = json.loads(
    (Path(__file__).parent / "cases" / "cleaning" / "scenes.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(strict=True, reason=case["why"])]
            if case["expect"] == "fail"
            else [],
        )
        for case in CASES
    ],
)
def test_scene(case: dict[str, object]) -> None:
    """What a picture shows is a caption; what is told, claimed or to come is not."""
    assert is_scene(str(case["text"])) is case["expected"]


def test_a_long_line_is_never_a_caption() -> None:
    """A paragraph is not judged by one phrase in it."""
    assert not is_scene("A man stands outside the hall. " * 20)
