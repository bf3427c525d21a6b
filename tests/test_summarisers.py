"""Summarisers: each answers with positions of the sentences it was given."""

import subprocess
import sys

import pytest
from documents import document
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing import summarisers
from briefing.errors import UsageError
from briefing.model import Document

NEWS = document(
    "The mayor of Elmstead resigned on Monday after the council refused her budget. "
    "She blamed the council for a winter of closed libraries.",
    "The council said the mayor had lost its trust. A new mayor will be chosen in May. "
    "Nobody in Elmstead expected the council to act before the budget was read. "
    "The libraries will open again on Thursday, the council said.",
)
SUMY = ("lexrank", "textrank", "lsa", "luhn", "kl", "sumbasic", "reduction")
METHODS = ("lead", "highlights", *SUMY)


def _sumy_order(found: Document, method: str) -> list[tuple[float, int]]:
    """Return (score, place) of each sentence as sumy itself ranks them, best first."""
    import importlib

    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.nlp.stemmers import Stemmer

    from briefing.summarisers.sumy import _CLASSES
    from briefing.words import stopwords

    class Words:
        def to_words(self, text: str) -> tuple[str, ...]:
            return found.words[[s.text for s in found.sentences].index(text)]

    module, name = _CLASSES[method]
    make = getattr(importlib.import_module(f"sumy.summarizers.{module}"), name)
    summariser = make(Stemmer("english"))
    summariser.stop_words = stopwords("en")
    sentences = [Sentence(s.text, Words()) for s in found.sentences]
    ranked: list[tuple[float, int]] = []

    def count(infos: list[object]) -> list[object]:
        ranked.extend((i.rating, i.order) for i in infos)  # type: ignore[attr-defined]
        return infos

    summariser(ObjectDocumentModel([Paragraph(sentences)]), count)
    return ranked


@pytest.mark.parametrize("method", SUMY)
def test_order_is_that_of_sumy(method: str) -> None:
    """The picks come in the order in which sumy itself rates the same sentences."""
    picks = summarisers.get(method)(NEWS, count=6)

    # A tie is told apart only by the noise of sumy's sums, which differs from run to run.
    theirs = sorted(_sumy_order(NEWS, method), key=lambda r: (-round(r[0], 9), r[1]))
    assert [p.position for p in picks] == [order for _, order in theirs]
    assert [p.score for p in picks] == pytest.approx([score for score, _ in theirs])


@pytest.mark.parametrize("method", METHODS)
def test_equal_sentences_are_picked_once_each(method: str) -> None:
    """A sentence that stands twice has two places, and each comes at most once."""
    twice = document("Rain fell on Elmstead. The river rose. Rain fell on Elmstead. Roads closed.")

    positions = [p.position for p in summarisers.get(method)(twice, count=9)]

    assert sorted(positions) == [0, 1, 2, 3]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "text", ["", "One.", "?! ... .", "Rain. Rain. Rain.", "Aa. Bb.", "The of and. It is."]
)
def test_poor_text_is_no_accident(method: str, text: str) -> None:
    """Nothing, one word or stop words alone give few picks or none, and no warning."""
    found = document(text)

    picks = summarisers.get(method)(found, count=2)

    assert len(picks) <= min(2, len(found.sentences))
    assert all(p.score == p.score for p in picks)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=25, deadline=None)
@given(
    text=st.lists(st.sampled_from(["Rain fell.", "Roads", "closed", "river.", "It", "the"])),
    count=st.integers(-1, 5),
)
def test_picks_are_few_and_of_the_document(method: str, text: list[str], count: int) -> None:
    """Whatever the text, there are at most *count* picks, best first, each of another sentence."""
    found = document(" ".join(text))

    picks = summarisers.get(method)(found, count=count)

    assert len(picks) <= max(count, 0)
    assert len({p.position for p in picks}) == len(picks)
    assert all(0 <= p.position < len(found.sentences) for p in picks)
    assert [p.score for p in picks] == sorted((p.score for p in picks), reverse=True)


def test_lead_takes_the_first() -> None:
    """The lead is the first sentences in their order."""
    assert [p.position for p in summarisers.get("lead")(NEWS, count=2)] == [0, 1]


def test_unknown_method_is_refused() -> None:
    """A method that does not exist is answered with those that do."""
    with pytest.raises(UsageError, match=r"no method is called 'lexrnk'; there are briefing, lead"):
        summarisers.get("lexrnk")


def test_sumy_comes_without_nltk() -> None:
    """No method of sumy imports NLTK, let alone its data."""
    code = f"""
import sys
sys.path.insert(0, "tests")
from documents import document
from briefing import summarisers
for method in {SUMY}:
    assert summarisers.get(method)(document("Rain fell. Roads closed."), count=1)
assert not any(name.startswith("nltk") for name in sys.modules)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("method", SUMY)
def test_a_book_is_weighed_so_far_only(method: str) -> None:
    """Of many sentences the first are rated by the method; the rest come last, and say why."""
    many = document(" ".join(f"The quay number {n} at Elmstead closed." for n in range(230)))
    picks = summarisers.get(method)(many, count=230)
    assert sorted(p.position for p in picks) == list(range(230))
    assert [p.position for p in picks[200:]] == list(range(200, 230))
    assert all("first 200 sentences" in p.reasons[0] for p in picks[200:])
