"""Labels of key points."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import cases, document_of

from briefing.label import labels

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


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("fr", "Le nouveau port de Tarnow ouvrira lundi.", "Tarnow"),
        ("de", "Die neue Brücke wird am Montag eröffnet.", "Brücke"),
        ("xx", "uusi silta avataan", "silta"),
    ],
)
def test_other_languages_get_a_plain_label(language: str, text: str, label: str) -> None:
    """Without tables of verbs, a label is made of words that are no stop words."""
    document = document_of([[text]], language=language)

    assert label in labels(document, [[0], [0], [0]])


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
