"""What leans, and on whom: the judgement of single sentences."""

import json
from pathlib import Path
from typing import Any

import pytest
from documents import document
from hypothesis import given
from hypothesis import strategies as st

from briefing.choose.setting import Setting
from briefing.choose.standalone import leans

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
