"""Who said it."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import article_of, cases, document_of

from briefing.names.marks import quoted
from briefing.quotes import quotations, speaker_of

MARKS = st.text(alphabet=st.sampled_from("aA. ,'’‘“”\"„«»—–-\n``s:"), min_size=1, max_size=40)


@pytest.mark.parametrize("case", cases("quotes/speakers.json"))
def test_each_quotation_has_its_speaker_or_none(case: dict[str, Any]) -> None:
    """Quotations are found whatever their marks, and named only when it is certain who speaks."""
    article, sentences = article_of(case["paragraphs"], language=case.get("language", "en"))

    found = quotations(article, sentences)

    assert [[article.text[q.start : q.end], q.speaker] for q in found] == case["quotes"]


@pytest.mark.parametrize("case", cases("quotes/reported.json"))
def test_reported_words_have_a_speaker_too(case: dict[str, Any]) -> None:
    """A sentence that reports somebody's words without marks names who said them."""
    document = document_of(case["paragraphs"])

    assert speaker_of(document, document.sentences[case["at"]]) == case["speaker"]


def test_the_cue_is_where_the_words_stand_that_attribute() -> None:
    """The cue's span holds verb and subject."""
    article, sentences = article_of([["“We are late,” said Ms Vale."]])
    (quotation,) = quotations(article, sentences)

    assert quotation.cue
    assert article.text[slice(*quotation.cue)] == "said Ms Vale"


def test_dash_dialogue_is_speech_only_where_the_language_has_it() -> None:
    """A dash at the start of a paragraph opens speech that the teller's words interrupt."""
    text = "— Мы опоздали, — сказала Вейл. — Нас ждут."

    found = quoted(text, [(0, len(text))], dashes=True)

    assert [text[q.start : q.end] for q in found] == ["— Мы опоздали,", "Нас ждут."]
    assert quoted(text, [(0, len(text))]) == ()


@given(
    st.lists(st.lists(MARKS, min_size=1, max_size=3), max_size=5),
    st.sampled_from("en fr ru xx".split()),
)
def test_quotations_are_in_range_in_order_and_apart(
    paragraphs: list[list[str]], language: str
) -> None:
    """Whatever the marks, no quotation is empty, leaves the text or overlaps the next."""
    article, sentences = article_of(paragraphs, language=language)

    found = quotations(article, sentences)

    assert all(0 <= q.start < q.end <= len(article.text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.lists(st.text(max_size=50), min_size=1, max_size=5))
def test_any_text_has_speakers_of_its_own_words(texts: list[str]) -> None:
    """Whatever the text, a speaker's name stands in it."""
    document = document_of([[text] for text in texts])

    for sentence in document.sentences:
        speaker = speaker_of(document, sentence)
        assert speaker is None or speaker in document.article.text
