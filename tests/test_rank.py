"""Ranking: readable features, learnt weights, and an order that says nothing twice."""

import json
import math
from pathlib import Path

import pytest
from documents import document
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing import rank

NEWS = document(
    "The mayor of Elmstead, Ada Vale, resigned on Monday after the council refused her budget. "
    "The council met for six hours.",
    "Rain is expected. “I gave this town nine winters,” she said. "
    "The mayor of Elmstead, Ada Vale, resigned after the council refused the budget.",
    "It was cold! Who pays? But nobody knew",
)
PIECES = st.lists(
    st.sampled_from(["The dam failed.", "Rain!", "“No,” Ada Vale said.", "?", "12 roads", "it"]),
    max_size=8,
)


def _feature(name: str) -> list[float]:
    """Return one feature of each sentence of NEWS."""
    at = rank.SENTENCE_FEATURES.index(name)
    return [row[at] for row in rank.features(NEWS)]


def test_the_news_outranks_the_colour() -> None:
    """The sentence with the news scores above those about the weather and the questions."""
    scores = rank.scores(NEWS)

    assert min(scores[0], scores[4]) > 2 * max(scores[2], scores[5], scores[6])


def test_what_was_said_is_worth_less() -> None:
    """A sentence that repeats the best one comes later in the order than its score alone says."""
    scores = rank.scores(NEWS)
    discounted = dict(rank.order(NEWS))

    first, second = (0, 4) if scores[0] > scores[4] else (4, 0)
    assert discounted[first] == pytest.approx(scores[first])
    assert discounted[second] < 0.7 * scores[second]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("first", [1, 0, 0, 0, 0, 0, 0, 0]),
        ("opens paragraph", [1, 0, 1, 0, 0, 1, 0, 0]),
        ("opens quoted", [0, 0, 0, 1, 0, 0, 0, 0]),
        ("attribution", [0, 0, 0, 1, 0, 0, 0, 0]),
        ("first person", [0, 0, 0, 1, 0, 0, 0, 0]),
        ("exclamation", [0, 0, 0, 0, 0, 1, 0, 0]),
        ("question", [0, 0, 0, 0, 0, 0, 1, 0]),
        ("connective", [0, 0, 0, 0, 0, 0, 0, 1]),
        ("pronoun", [0, 0, 0, 1, 0, 1, 0, 0]),
        ("unfinished", [0, 0, 0, 0, 0, 0, 0, 1]),
    ],
)
def test_features_mean_what_they_are_called(name: str, expected: list[float]) -> None:
    """A feature is on for the sentences that its name describes, and for no other."""
    assert _feature(name) == expected


def test_salience_is_the_word_model() -> None:
    """The quick computation gives what the model gives for the features as they are listed."""
    learnt = rank.weights()
    *factors, intercept = learnt.word

    for stem, row in rank.word_features(NEWS).items():
        total = intercept + learnt.lexicon.get(stem, 0.0)
        total += sum(f * value for f, value in zip(factors, row, strict=True))
        assert rank.salience(NEWS)[stem] == pytest.approx(1 / (1 + math.exp(-total)))


def test_names_are_words_with_capitals_within_sentences() -> None:
    """A capital counts as a name's only where no sentence begins."""
    at = rank.WORD_FEATURES.index("name")
    features = rank.word_features(NEWS)

    assert features["elmste"][at] == 1
    assert features["mayor"][at] == 0
    assert features["rain"][at] == 0


def test_english_words_weigh_in_english_alone() -> None:
    """The table of learnt words is of English: in another language a word is like any other."""
    learnt = rank.Weights(
        word=rank.weights().word, sentence=rank.weights().sentence, lexicon={"dam": 2.0}
    )
    text = "dam failed."

    assert rank.salience(document(text), learnt)["dam"] > 0.5
    foreign = rank.salience(document(text, language="nl"), learnt)
    assert foreign["dam"] < 0.5


@settings(deadline=None)
@given(PIECES, st.sampled_from(["en", "ru", None]))
def test_every_sentence_has_a_score_and_one_place(pieces: list[str], language: str | None) -> None:
    """Whatever the text, scores are finite and not negative, and the order takes each once."""
    found = document(" ".join(pieces), language=language)

    scores = rank.scores(found)
    order = rank.order(found)

    assert len(scores) == len(found.sentences)
    assert all(0 <= s < 10 for s in scores)
    assert sorted(position for position, _ in order) == list(range(len(scores)))
    assert all(len(row) == len(rank.SENTENCE_FEATURES) for row in rank.features(found))


def test_the_table_is_small_and_says_where_it_is_from() -> None:
    """The weights are a data file under a megabyte, with provenance, one number a feature."""
    path = Path(rank.__file__).parent / "tables" / "ranker.json"
    table = json.loads(path.read_text(encoding="utf-8"))

    assert path.stat().st_size < 1_000_000
    assert "train_ranker.py" in table["provenance"]
    assert set(table["sentence"]) == {*rank.SENTENCE_FEATURES, "intercept"}
    assert set(table["word"]) == {*rank.WORD_FEATURES, "intercept"}
    assert all(len(stem) <= 6 for stem in table["lexicon"])
