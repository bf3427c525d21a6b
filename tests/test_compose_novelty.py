"""Which of today's points tell what was not told before."""

import pytest
from newsroom import FERRY, told

from briefing.compose.novelty import Told, news
from briefing.model import KeyPoint
from briefing.words import words

BEFORE = (
    *FERRY,
    "The ferry carried 140 passengers and 30 cars from Marrow to Port Selden.",
    "Owner Selden Lines said that the captain had sailed the route for twenty years.",
)
TOLD = Told([" ".join(words(sentence)) for sentence in BEFORE], "en")


def points(*sentences: str) -> tuple[KeyPoint, ...]:
    """Return a point of each sentence."""
    return told("a.txt", sentences).points


def new(*sentences: str) -> list[str]:
    """Return the texts of the points that are new."""
    return [point.text for point in news(points(*sentences), TOLD)]


@pytest.mark.parametrize(
    ("sentence", "is_new"),
    [
        (FERRY[0], False),
        (FERRY[0].upper(), False),
        (FERRY[0].replace("aground", "agruond"), False),
        ("Off Port Selden, on Tuesday night, the ferry ran aground.", False),
        ("The captain had sailed for Selden Lines on the ferry from Marrow to Port Selden.", False),
        (FERRY[1].replace("Twelve", "Thirteen"), True),
        ("The ferry carried 150 passengers and 30 cars from Marrow to Port Selden.", True),
        ("Divers found a gash as long as a bus below the waterline.", True),
        ("The captain was arrested at his home and charged with drunkenness.", True),
        ("He wept.", False),
    ],
)
def test_a_point_is_new_or_told(sentence: str, is_new: bool) -> None:
    """The same words, a mistyped one, a rewrite: told. Another figure or fact: new."""
    assert bool(new(sentence)) == is_new


def test_one_new_turn_of_phrase_among_rewrites_is_no_news() -> None:
    """An analysis of what is known does not become an update by one remark."""
    rewrites = (
        "Off Port Selden, on Tuesday night, the ferry ran aground.",
        "Passengers with broken bones, twelve of them, were taken to hospital.",
        "Ada Vale, the harbour master, closed the channel to the north: the northern channel.",
    )
    remark = "Such calamities befall the proudest of seafaring nations in wintry weather."

    assert new(*rewrites, remark) == []


def test_one_new_sentence_among_repeated_ones_is_news() -> None:
    """A version that adds a paragraph is an update, however much it repeats."""
    added = "Divers found a gash as long as a bus below the waterline."

    assert new(*FERRY, added) == [added]


def test_a_new_figure_counts_in_the_foremost_points_only() -> None:
    """A risen toll is in the first points; a figure further down may be anybody's age."""
    toll = FERRY[1].replace("Twelve", "Fifteen")
    age = "The harbour master, Ada Vale, 58, closed the northern channel on Tuesday night."
    rewrites = (
        "Aground off Port Selden since Tuesday night: the passenger ferry Aurelia.",
        "The hospital took twelve passengers whose bones were broken on the ferry.",
    )

    assert new(toll, *rewrites) == [toll]
    assert new(*rewrites, age) == []


def test_nothing_told_makes_everything_new() -> None:
    """And no points make no news."""
    assert len(news(points(*FERRY), Told([], "en"))) == 3
    assert news((), TOLD) == ()


def test_a_language_without_tables_is_compared_all_the_same() -> None:
    """Word for word at least."""
    sentences = ("Паром сел на мель у порта.", "Двенадцать человек пострадали.")
    before = Told([" ".join(words(sentences[0]))], "ru")

    found = news(told("a.txt", sentences, language="ru").points, before)

    assert [point.text for point in found] == [sentences[1]]
