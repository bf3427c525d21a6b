"""What leans, and on whom: the judgement of single sentences."""

import json
from pathlib import Path
from typing import Any

import pytest
from documents import document
from hypothesis import given
from hypothesis import strategies as st

from briefing.choose.setting import Setting
from briefing.choose.standalone import _pointer_matches, leans

FOLDER = Path(__file__).parent / "cases" / "choose"
CASES = json.loads((FOLDER / "standalone.json").read_text(encoding="utf-8"))
LANGUAGES = [
    case
    for cases in json.loads((FOLDER / "languages.json").read_text(encoding="utf-8")).values()
    for case in cases
]


def params(kind: str) -> list[Any]:
    """Return the cases of one kind; those we know we fail must go on failing."""
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(strict=True, reason=case["why"])]
            if case["expect"] == "fail"
            else [],
        )
        for case in CASES[kind]
    ]


@pytest.mark.parametrize("case", [*params("leaning"), *params("alone")])
def test_says_what_leans(case: dict[str, Any]) -> None:
    """A sentence leans by what its reader cannot know, and by nothing else."""
    found = document(*case["paragraphs"], title=case["title"])
    sentence = found.sentences[case["position"]]

    assert [b.kind for b in leans(Setting(document=found), (sentence,))] == case["kinds"]


@pytest.mark.parametrize("case", LANGUAGES, ids=lambda case: case["label"])
def test_says_what_leans_in_other_languages(case: dict[str, Any]) -> None:
    """French, German, Spanish, Russian and Ukrainian sentences lean by their own words."""
    found = document(*case["paragraphs"], language=case["language"])
    sentence = found.sentences[case["position"]]

    assert [b.kind for b in leans(Setting(document=found), (sentence,))] == case["kinds"]


@given(st.text(alphabet=st.sampled_from("Hehis But “”\"'’. ,\nThey"), max_size=80))
def test_every_finding_lies_in_its_sentence(text: str) -> None:
    """Whatever the text, what leans is a stretch of the sentence that was asked about."""
    found = document(text)
    setting = Setting(document=found)

    for sentence in found.sentences:
        for lean in leans(setting, (sentence,)):
            assert sentence.start <= lean.start < lean.end <= sentence.end


def test_a_language_without_a_table_knows_no_leaning_words() -> None:
    """In an unknown language only marks and names count, and nothing breaks."""
    found = document("Ili estas tie en la haveno.", "“Jes. Ne,” li diris.", language="eo")
    setting = Setting(document=found)
    kinds = [[b.kind for b in leans(setting, (s,))] for s in found.sentences]

    assert kinds[0] == []
    assert "half-quotation" in kinds[1]


@pytest.mark.parametrize(
    "case", [*CASES["leaning"], *CASES["alone"]], ids=lambda case: case["label"]
)
def test_pointers_are_tried_wherever_they_can_begin(case: dict[str, Any]) -> None:
    """Trying them at their words alone finds what a search of the whole sentence finds."""
    found = document(*case["paragraphs"], title=case["title"])
    setting = Setting(document=found)
    pattern = setting.lexis.pointers
    assert pattern is not None

    for sentence in found.sentences:
        tried = [match.span() for match in _pointer_matches(setting, sentence)]
        assert tried == [match.span() for match in pattern.finditer(sentence.text)]


def test_quotations_are_those_within_or_beside_what_is_shown() -> None:
    """A run has the quotations of its sentences, none of the paragraph's others, each once."""
    found = document("“Stop,” she said. Nobody did. “Go. Go on,” he said.")
    setting = Setting(document=found)
    shown = {
        (first, after): [found.article.text[q.start : q.end] for q in setting.quoted(run)]
        for first in range(4)
        for after in range(first + 1, 5)
        if (run := found.sentences[first:after])
    }

    assert shown[0, 1] == ["“Stop,”"]
    assert shown[1, 2] == []
    assert shown[2, 4] == shown[2, 3] == shown[3, 4] == ["“Go. Go on,”"]
    assert shown[0, 4] == ["“Stop,”", "“Go. Go on,”"]
