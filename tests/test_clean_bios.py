"""Lines that present an article's author are told from those that present somebody in the news."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.clean import clean
from briefing.clean.bios import bios
from briefing.model import Article, Role

CASES = json.loads(
    (Path(__file__).parent / "cases" / "cleaning" / "bios.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_author(case: dict[str, Any]) -> None:
    """Who is named nowhere else, and has an office, is the author; so is who has the byline."""
    assert list(bios(case["lines"], authors=case["authors"])) == case["expected"]


@given(st.lists(st.sampled_from(["Ada Vale is a writer.", "She swims.", "Vale sank.", ""])))
def test_places_are_of_the_text_and_in_order(lines: list[str]) -> None:
    """Each place is one of the lines, and none is given twice."""
    found = list(bios(lines))
    assert found == sorted(set(found))
    assert all(0 <= place < len(lines) for place in found)


def test_cleaning_marks_the_author_s_lines() -> None:
    """What presents the author is no body, and says by its rule why."""
    body = "The ferry sank off the coast on Monday, and the board of the harbour wants a new one."
    author = "Ada Vale is a senior editor at the Harbour Courant.\n\nFollow her for more."
    text = "\n\n".join(["The ferry of Lowmere sinks", *(f"{n} {body}" for n in range(8)), author])
    found = clean(Article(ref="a", sha256="", source_text=text, text=text), zone="UTC")
    assert [block.rule for block in found.blocks if block.role is Role.BIO] == ["bio", "bio"]
