"""Words: cut once, folded, each with its place."""

from hypothesis import given
from hypothesis import strategies as st

from briefing.segment import spans
from briefing.words import folded, tokens, words

# Letters that fold, join words, lengthen when lowered, or depend on what stands about them.
LETTERS = st.text(alphabet="aB Σİ'’‘“”_-.\n\u00a0ſß1", max_size=40)


@given(LETTERS)
def test_tokens_are_the_words_of_each_sentence(text: str) -> None:
    """Cut in one pass or one by one, sentences have the same words."""
    cut = spans(text)
    assert tuple(tokens(text, cut).sentences()) == tuple(words(text[a:b]) for a, b in cut)


@given(LETTERS)
def test_a_token_stands_where_it_says(text: str) -> None:
    """A word begins in the text where its token says, with its own first letter."""
    found = tokens(text, spans(text))
    for word, start in zip(found.words, found.starts, strict=True):
        # A Greek sigma that ends a word has a form of its own.
        assert folded(text[start]).replace("σ", "ς").startswith(word[0].replace("σ", "ς"))


def test_a_span_may_cut_a_word() -> None:
    """Each span has what it holds of a word, as when a page's label is glued to one."""
    assert list(tokens("hide captions", [(0, 12), (12, 13)]).sentences()) == [
        ("hide", "caption"),
        ("s",),
    ]


def test_places_count_in_the_text_where_folding_lengthens_it() -> None:
    """A Turkish İ becomes two characters and moves no later word."""
    found = tokens("İzmir ve Oslo.", [(0, 14)])
    assert found.starts[found.words.index("oslo")] == 9
