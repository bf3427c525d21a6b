"""Segmenting: the body is cut where a reader would cut it, and every sentence knows its place."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from documents import article, document, texts
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Block, Role
from briefing.segment import segment, spans

CASES = json.loads(
    (Path(__file__).parent / "cases" / "segment" / "sentences.json").read_text(encoding="utf-8")
)
MESSY = st.text(alphabet=st.sampled_from("aB1é .!?…\n\"'“”«»()[]-—。»\u00a0мГ"))


def params() -> list[object]:
    """Return all cases; those we know we fail must go on failing."""
    return [
        pytest.param(
            language,
            case["text"],
            case["sentences"],
            id=f"{language}: {case['label']}",
            marks=[pytest.mark.xfail(strict=True, reason=case["why"])]
            if case["expect"] == "fail"
            else [],
        )
        for language, cases in CASES.items()
        for case in cases
    ]


@pytest.mark.parametrize(("language", "text", "expected"), params())
def test_cuts(language: str, text: str, expected: list[str]) -> None:
    """A text is cut where a reader would cut it."""
    assert [text[a:b] for a, b in spans(text, language=language)] == expected


@pytest.mark.parametrize("language", ["en", "de", "ru", "xx"])
@given(text=MESSY)
def test_nothing_is_lost_or_doubled(language: str, text: str) -> None:
    """Whatever the text, spans follow each other and leave out white space alone."""
    found = spans(text, language=language)

    assert all(a < b and text[a:b] == text[a:b].strip() for a, b in found)
    assert all(end <= start for (_, end), (start, _) in pairwise(found))
    assert "".join("".join(text[a:b] for a, b in found).split()) == "".join(text.split())


@given(st.lists(st.text(alphabet="ab. !?", min_size=1), max_size=4))
def test_sentences_are_cut_from_the_article(paragraphs: list[str]) -> None:
    """Offsets cut each sentence out of the article; positions count from 0; paragraphs ascend."""
    found = document(*paragraphs)

    text = found.article.text
    assert all(text[s.start : s.end] == s.text for s in found.sentences)
    assert [s.position for s in found.sentences] == list(range(len(found.sentences)))
    assert len(found.words) == len(found.sentences)
    kept = [s.paragraph for s in found.sentences]
    assert kept == sorted(kept)


def test_only_the_body_is_cut() -> None:
    """A caption gives no sentence, and paragraphs count among the body alone."""
    marked = article("The dam failed.", "Picture: Ada Vale. All rights kept.", "The river rose.")
    first, second, third = marked.blocks
    caption = Block(start=second.start, end=second.end, role=Role.CAPTION)

    found = segment(replace(marked, blocks=(first, caption, third)))

    assert texts(found) == ["The dam failed.", "The river rose."]
    assert [s.paragraph for s in found.sentences] == [0, 1]


def test_no_sentence_crosses_a_paragraph() -> None:
    """Paragraphs come first, also where the first ends without a mark."""
    assert texts(document("The dam failed", "the river rose.")) == [
        "The dam failed",
        "the river rose.",
    ]


def test_language_is_that_of_the_article() -> None:
    """An article in German is cut by the German table, one that names no language as English."""
    text = "Am 3. Mai tagte der Rat."

    assert len(document(text, language="de").sentences) == 1
    assert len(document(text, language="fr").sentences) == 2
    assert len(document("Mr. Vale left.", language=None).sentences) == 1


@pytest.mark.parametrize(
    "unit", [".", "?!", ". ", ".\"'", "“", "a.", "A. ", "[", "\n", "\n ", "1. ", "a.A", "»", " »"]
)
def test_a_long_run_is_cut_in_linear_steps(unit: str) -> None:
    """A line of 200,000 characters of one kind is cut at all, which a quadratic rule would not."""
    text = unit * (200_000 // len(unit))

    found = spans(text, language="de")

    assert sum(len(text[a:b].split()) for a, b in found) == len(text.split())
