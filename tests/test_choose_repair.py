"""How a sentence is printed: every remedy, and every case in which none is certain."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from documents import document
from hypothesis import given
from hypothesis import strategies as st

from briefing.brackets import named
from briefing.choose.repair import candidates
from briefing.choose.setting import Setting
from briefing.words import count_words

CASES = json.loads(
    (Path(__file__).parent / "cases" / "choose" / "repair.json").read_text(encoding="utf-8")
)
SENTENCES = (
    "John Reed, the mayor of Skerrow, opened the pier on Friday.",
    "But he had warned the county of Orran twice.",
    "Reed’s plan won by two votes.",
    "“We lost a summer. We lost a pier,” he said.",
    "They had worked at night.",
    "However, Ada Vale, a diver, found cracks in nine caissons.",
    "She’ll sail to Little Orran in May.",
)


@pytest.mark.parametrize(
    "case", [*CASES["remedies"], *CASES["negatives"]], ids=lambda case: case["label"]
)
def test_prints_what_stands_alone(case: dict[str, Any]) -> None:
    """A sentence is printed with the mildest remedy that is certain, or not at all."""
    found = document(*case["paragraphs"], title=case["title"])
    forms = candidates(Setting(document=found), case["position"])

    assert [f.text for f in forms] == ([case["printed"]] if case["printed"] else [])
    if forms:
        assert (forms[0].speaker, forms[0].context) == (case["speaker"], case["context"])


@given(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), max_size=5))
def test_nothing_is_rewritten(paragraphs: list[list[str]]) -> None:
    """Without its brackets and ellipses, what is printed is the article's, letter for letter."""
    found = document(*(" ".join(p) for p in paragraphs))
    setting = Setting(document=found)

    for position in range(len(found.sentences)):
        for form in candidates(setting, position):
            stands = " ".join(s.text for s in form.sentences)
            left = re.sub(r" \[[^\]]*\]|\[[^\]]*\] ", "", form.text)
            elided = left.startswith("… ")
            left = left.removeprefix("… ").removesuffix(" …")
            assert stands.endswith(left) if elided else stands == left
            assert form.words == count_words(form.text)


@given(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), max_size=5))
def test_brackets_hold_the_articles_words(paragraphs: list[list[str]]) -> None:
    """What stands in a bracket is a name as the article gives it, and is told as context."""
    found = document(*(" ".join(p) for p in paragraphs))
    setting = Setting(document=found)

    for position in range(len(found.sentences)):
        for form in candidates(setting, position):
            shown = [name for _, name in named(form.text, form.context)]
            assert len(shown) == form.text.count("[")
            assert all(name in found.article.text for name in shown)
            assert list(dict.fromkeys(shown)) == list(form.named)
            assert form.context == ("; ".join(form.named) or None)
