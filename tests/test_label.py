"""Labels of key points."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import cases, document_of

from briefing.label import labels, weigh
from briefing.label.features import Features

WORDS = st.sampled_from(
    "the of harbour bridge Vale’s Vale said closing was nuclear US. “late” SOME in he".split()
)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=30)


@pytest.mark.parametrize("case", cases("label/labels.json"))
def test_labels_say_what_a_point_is_about(case: dict[str, Any]) -> None:
    """A label is a noun phrase of the point, none that another point has."""
    document = document_of(
        case["paragraphs"],
        publisher=case.get("publisher"),
        authors=tuple(case.get("authors", ())),
    )

    assert list(labels(document, case["groups"])) == case["labels"]


@pytest.mark.parametrize("case", cases("label/languages.json"))
def test_labels_of_other_languages_are_noun_phrases(case: dict[str, Any]) -> None:
    """Endings and few small words are enough for a noun with what describes or owns it."""
    document = document_of(case["paragraphs"], language=case["language"])

    assert list(labels(document, case["groups"])) == case["labels"]


def test_small_words_of_another_language_are_words_in_an_unknown_one() -> None:
    """Text in a language without a table may hold nothing but what English counts as small."""
    document = document_of([["of the and of"]], language="xx")

    assert labels(document, [(0,)])[0] in {"", "of", "the", "and", "of the", "the and", "and of"}


def test_an_unknown_language_gets_a_word() -> None:
    """Without any table, a label is a word of the point."""
    document = document_of([["uusi silta avataan"]], language="xx")

    assert "silta" in labels(document, [[0], [0], [0]])


def test_no_label_is_a_pronoun() -> None:
    """Where a point has no noun and the article none either, it has no label."""
    document = document_of([["It was his, and he’d say it’s theirs."]])

    assert labels(document, [[0], [0]]) == ("", "")


def test_every_weight_has_its_feature() -> None:
    """The learnt table and the features of the code name the same things."""
    table = Path(weigh.__file__).parent.parent / "tables" / "labels.json"

    assert set(json.loads(table.read_text("utf-8"))["weights"]) == set(Features._fields)


@given(st.lists(TEXTS, min_size=1, max_size=5), st.data())
def test_labels_are_verbatim_short_and_distinct(texts: list[str], data: st.DataObject) -> None:
    """Whatever the points, labels stand in the article, have at most four words, and differ."""
    document = document_of([[text] for text in texts])
    positions = st.lists(st.integers(0, len(texts) - 1), min_size=1, max_size=3)
    groups = data.draw(st.lists(positions, max_size=4))

    found = labels(document, groups)

    given_out = [label.casefold() for label in found if label]
    assert len(found) == len(groups)
    assert all(label in document.article.text for label in found)
    assert all(len(label.split()) <= 4 for label in found)
    assert len(set(given_out)) == len(given_out)
