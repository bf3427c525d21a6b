"""Single sentences that a page wrote are told from those of its articles, within a line too."""

import json
from pathlib import Path

import pytest

from briefing.clean.rules import aside_of
from briefing.words import words

CASES = json.loads(
    (Path(__file__).parent / "cases" / "cleaning" / "asides.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_aside(case: dict[str, str | None]) -> None:
    """A rule knows what it is said to know by name, and nothing that only looks like it."""
    text = str(case["text"])
    found = aside_of(text, words(text))
    assert (found[1] if found else None) == case["expected"]


def test_a_sentence_of_no_words_is_none() -> None:
    """Marks alone have no words to be known by."""
    assert aside_of("…", ()) is None


def test_a_whole_article_is_none() -> None:
    """What is longer than any sentence is not judged by one phrase in it."""
    text = "He wrote from Lund, and she reported from Lowmere. " * 40
    assert aside_of(text, words(text)) is None
