"""Whether a point is its article's own words: what is added is seen, what is left out, too."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.choose import choose
from briefing.errors import VerifyError
from briefing.model import (
    Document,
    Failure,
    KeyPoint,
    Plan,
    Sentence,
    Source,
    Summariser,
    Summary,
)
from briefing.pipeline import summarise, summarise_all
from briefing.verbatim import stands_in, wrong, wrong_in

SAMPLES = Path(__file__).parent.parent / "samples" / "articles"
TEXT = "She never sold the boat. He [the pilot] left … on Monday."


def _point(shown: str, context: str | None = None, *, of: str = TEXT) -> KeyPoint:
    """Return a point of one sentence."""
    sentence = Sentence(text=of, start=0, end=len(of), position=0, paragraph=0)
    return KeyPoint(label="boat", text=shown, sentences=(sentence,), context=context)


@pytest.mark.parametrize(
    ("shown", "context"),
    [
        (TEXT, None),
        ("… sold the boat. He [the pilot] left … on Monday.", None),
        (f"{TEXT} …", None),
        ("… on Monday. …", None),
        ("She [Ada Vale] never sold the boat. He [the pilot] left … on Monday.", "Ada Vale"),
        ("She never sold [the big] the boat. He [the pilot] left … on Monday.", "the big the"),
    ],
)
def test_what_is_visibly_added_or_left_out_is_allowed(shown: str, context: str | None) -> None:
    """An ellipsis at the start or end, brackets for names; the article's own stay."""
    assert list(wrong(_point(shown, context))) == []


def test_a_journalists_own_bracket_is_no_change() -> None:
    """The article may complete a name as we do, and an empty bracket shows nobody."""
    text = "“[Ada] Vale is late,” Vale said. [] Ada Vale left."
    ours = text.replace(" Vale said", " [Ada] Vale said")

    assert list(wrong(_point(text, of=text))) == []
    assert list(wrong(_point(ours, "Ada Vale", of=text))) == []


@pytest.mark.parametrize(
    ("shown", "context"),
    [
        ("never sold the boat. He [the pilot] left … on Monday.", None),  # a silent start
        ("She never sold the boat. He [the pilot] left", None),  # a silent end
        ("She sold the boat. He [the pilot] left … on Monday.", None),  # a word out
        ("She [Ada Vale] sold the boat. He [the pilot] left … on Monday.", "Ada Vale"),
        ("… he never sold the boat. He [the pilot] left … on Monday.", None),  # half of "She"
        ("She nev …", None),
        ("… eft …", None),
        ("She never sold …", None),
        ("… never … on Monday.", None),
        ("…", None),
        ("She [Ada Vale]never sold the boat. He [the pilot] left … on Monday.", "Ada Vale"),
        ("She nev [Ada Vale]er sold the boat. He [the pilot] left … on Monday.", "Ada Vale"),
        ("She ne[Ada Vale] ver sold the boat. He [the pilot] left … on Monday.", "Ada Vale"),
        ("… on Monday. … She never …", None),  # another order
        ("She never sold the boat. He [the owner] left … on Monday.", None),
        ("She never sold the boat. He left … on Monday.", None),
        ("She never sold the boat. He [the pilot] left … on Monday.", "Ada Vale"),
        ("She [Ada Vale] never sold …", "Ada Vale; Otto Brandt"),
        ("[Ada] She never sold …", "Ada Vale"),
    ],
)
def test_what_is_silently_changed_is_not(shown: str, context: str | None) -> None:
    """No word goes, comes or moves unseen, not beside a bracket and not within a word."""
    assert list(wrong(_point(shown, context)))


@given(st.lists(st.sampled_from(["he", "she", "left", "never", "a"]), min_size=1), st.data())
def test_one_word_less_is_seen(words: Sequence[str], data: st.DataObject) -> None:
    """Of any sentence, each word taken out without an ellipsis leaves something that differs."""
    at = data.draw(st.integers(0, len(words) - 1))
    assert stands_in(" ".join(words), " ".join(words))
    assert not stands_in(" ".join([*words[:at], *words[at + 1 :]]), " ".join(words))
    assert stands_in(" ".join(["…", *words[at:]]), " ".join(words)) or not at


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"speaker": "Otto Brandt"}, "'Otto Brandt' does not stand in the article"),
        ({"context": "the pilot; Otto Brandt"}, "'Otto Brandt' does not stand"),
        ({"label": "yacht"}, "'yacht' does not stand"),
        ({"label": "boat the"}, "'boat the' does not stand"),
        ({"label": "boa"}, "'boa' does not stand"),
        ({"sentences": (replace(_point("").sentences[0], start=1),)}, "not at 1-"),
    ],
)
def test_what_stands_elsewhere_in_the_article_or_nowhere_is_named(
    changed: dict[str, object], what: str
) -> None:
    """Labels, speakers and names are its words, sentences stand at their places."""
    point = replace(_point(TEXT), **changed)  # type: ignore[arg-type]
    assert [w for w in wrong_in(point, TEXT) if what in w]
    assert not list(wrong_in(_point(TEXT), TEXT))


def test_an_article_whose_point_does_not_hold_fails_alone() -> None:
    """The others are summarised, and the failure says that it is a defect of ours."""
    sample = SAMPLES / "newline-lighthouse-speech.txt"
    source = Source(ref="bad.txt", body=sample.read_bytes(), media_type="text/plain")

    def forged(document: Document, plan: Plan, *, summarise: Summariser) -> Summary:
        summary = choose(document, plan, summarise=summarise)
        if document.article.ref != source.ref:
            return summary
        first, *others = summary.points
        return replace(summary, points=(replace(first, text=f"Not {first.text}"), *others))

    with patch("briefing.pipeline.choose", forged):
        bad, good = summarise_all([source, replace(source, ref="good.txt")], Plan())
        with pytest.raises(VerifyError, match="please report it"):
            summarise(source, Plan())

    assert isinstance(bad, Failure)
    assert "its point 1 does not hold" in bad.message
    assert bad.stage == "summarise"
    assert isinstance(good, Summary)
    assert good.points


def test_an_article_that_fails_does_not_lose_its_feed() -> None:
    """Its place is told, the items beside it are summarised."""
    items = "".join(f"<item><title>Quay {n}</title></item>" for n in range(3))
    feed = f"<rss version='2.0'><channel><title>Quays</title>{items}</channel></rss>"

    def failing(document: Document, plan: Plan, *, summarise: Summariser) -> Summary:
        if document.article.ref == "feed.xml#2":
            raise ZeroDivisionError("division by zero")
        return choose(document, plan, summarise=summarise)

    with patch("briefing.pipeline.choose", failing):
        first, second, third = summarise_all(
            [Source(ref="feed.xml", body=feed.encode(), media_type="application/rss+xml")], Plan()
        )

    assert isinstance(first, Summary)
    assert isinstance(second, Failure)
    assert isinstance(third, Summary)
    assert (second.ref, second.stage) == ("feed.xml#2", "summarise")
    assert "a defect in briefing, please report it: ZeroDivisionError" in second.message
