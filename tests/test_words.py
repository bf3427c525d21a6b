"""Words: cut once, folded, each with its place."""

import re

from hypothesis import given
from hypothesis import strategies as st

from briefing.segment import spans
from briefing.words import WORD, Tokens, atoms, count_words, folded, words

# Letters that fold, join words, lengthen when lowered, or depend on what stands about them.
LETTERS = st.text(alphabet="aB Σİ'’‘“”_-.\n\u00a0ſß1中\u0301\0\ud800", max_size=40)


@given(LETTERS)
def test_words_are_what_the_expression_finds(text: str) -> None:
    """Cut by bytes, words are the same as by the expression that says what a word is."""
    assert words(text) == tuple(WORD.findall(folded(text)))
    assert count_words(text) == len(WORD.findall(text))


@given(LETTERS)
def test_atoms_hold_letters_and_digits_alone(text: str) -> None:
    """An atom ends at everything else, apostrophes and underscores included."""
    assert atoms(text) == re.findall(r"[^\W_]+", text.lower())


@given(LETTERS)
def test_tokens_are_the_words_of_each_sentence(text: str) -> None:
    """Cut in one pass or one by one, sentences have the same words."""
    cut = spans(text)
    assert Tokens(text, cut).sentences() == tuple(words(text[a:b]) for a, b in cut)


@given(LETTERS)
def test_a_token_stands_where_it_says(text: str) -> None:
    """A word begins in the text where its token says, with its own first letter."""
    found = Tokens(text, spans(text))
    for word, start in zip(found.words, found.starts, strict=True):
        # A Greek sigma that ends a word has a form of its own.
        assert folded(text[start]).replace("σ", "ς").startswith(word[0].replace("σ", "ς"))


def test_a_span_may_cut_a_word() -> None:
    """Each span has what it holds of a word, as when a page's label is glued to one."""
    found = Tokens("hide captions", [(0, 12), (12, 13)])
    assert found.sentences() == (("hide", "caption"), ("s",))


def test_places_count_in_the_text_where_folding_lengthens_it() -> None:
    """A Turkish İ becomes two characters and moves no later word."""
    found = Tokens("İzmir ve Oslo.", [(0, 14)])
    assert found.starts[found.words.index("oslo")] == 9
