"""What is measured of sentences, and the words that they share."""

import math

from documents import document
from hypothesis import given
from hypothesis import strategies as st

from briefing.summarisers.features import FEATURES, columns, features
from briefing.summarisers.vectors import terms

BODY = (
    "The ferry to Skerrow sank on Monday with 12 crates of butter, its owner said.",
    "“The ferry was old,” said the owner.",
    "Butter costs 3.50 a pound in Skerrow, and 1,200 pounds are lost.",
    "Who will pay for it?",
)


def test_a_feature_is_a_column() -> None:
    """Each feature has a number a sentence, in the order of the table."""
    found = columns(document(*BODY))

    assert list(found) == list(FEATURES)
    assert {len(column) for column in found.values()} == {len(BODY)}
    assert features(document(*BODY))[2] == {name: column[2] for name, column in found.items()}


def test_an_empty_article_has_columns_without_numbers() -> None:
    """Nothing in, nothing measured."""
    assert set(map(len, columns(document()).values())) == {0}
    assert features(document()) == ()


def test_figures_are_counted_as_a_reader_does() -> None:
    """A number with a point or a comma is one figure; letters are none."""
    assert columns(document(*BODY))["figures"] == [0.25, 0.0, 0.5, 0.0]


def test_questions_and_colons_are_seen() -> None:
    """What asks and what introduces is known by its mark."""
    found = columns(document(*BODY, "One word remains: sunk."))

    assert found["question"] == [0.0, 0.0, 0.0, 1.0, 0.0]
    assert found["colon"] == [0.0, 0.0, 0.0, 0.0, 1.0]


def test_what_foretells_brings_up_what_a_later_sentence_takes_up() -> None:
    """A word counts for the first sentence that has it, when another has it, too."""
    found = columns(document(*BODY))["foretells"]

    assert found[0] == 4.0  # ferry, Skerrow, butter, owner
    assert found[1:] == [0.0, 0.0, 0.0]


def test_place_is_a_share_of_the_article() -> None:
    """The first sentence stands at 0, the last at 1."""
    assert columns(document(*BODY))["below"] == [0.0, 1 / 3, 2 / 3, 1.0]


def test_words_of_one_sentence_alone_leave_its_vector() -> None:
    """A vector has what another sentence or the title has; the others count for its length."""
    found = terms(document(*BODY, title="Crates at sea"))

    assert set(found.vectors[0]) == {"ferry", "skerro", "butter", "owner", "crates"}
    assert found.sizes[0] > len(found.vectors[0])
    assert found.vectors[3] == {}


@given(st.lists(st.lists(st.sampled_from(["quay", "mine", "bell", "buoy"]), max_size=6)))
def test_a_vector_is_no_longer_than_one(rows: list[list[str]]) -> None:
    """Whatever the words, a vector has length 1 when all its words are shared, else less."""
    found = terms(document(*(" ".join(["the", *row]) for row in rows)))

    for vector, size in zip(found.vectors, found.sizes, strict=True):
        length = math.hypot(*vector.values())
        assert length <= 1 + 1e-9
        assert length > 1 - 1e-9 or len(vector) < size or not size
