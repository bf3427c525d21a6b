"""What is no statement is no key point: questions, addresses, what tells of the reporting alone."""

import json
from pathlib import Path
from typing import Any

import pytest
from documents import document

from briefing.choose.setting import Setting
from briefing.choose.statement import tells_nothing

CASES = json.loads(
    (Path(__file__).parent / "cases" / "choose" / "statement.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_tells(case: dict[str, Any]) -> None:
    """A sentence that tells is let pass, one that does not is kept back."""
    found = document(case["text"], language=case["language"])
    (sentence,) = found.sentences
    assert tells_nothing(Setting(document=found), sentence) is not case["tells"]
