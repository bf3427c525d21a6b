"""sumy's methods, given our sentences and our words.

sumy (Mišo Belica, Apache-2.0) implements published methods: LexRank (Erkan and Radev 2004),
TextRank (Mihalcea and Tarau 2004), LSA (Steinberger and Ježek 2004), Luhn (1958), KL-Sum
(Haghighi and Vanderwende 2009), SumBasic (Vanderwende et al. 2007) and Reduction. They are here
to compare with and for those who are used to them. Its own tokenizer needs NLTK data, which is
downloaded; ours is given instead, so nothing ever is. They compare all pairs of sentences, or all
triples, so of a text longer than any article only the beginning is weighed.
"""

import math
import warnings
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from briefing import plugins
from briefing.model import Document, Pick
from briefing.stemming import stemmer
from briefing.words import stopwords

_CLASSES = {
    "lexrank": ("lex_rank", "LexRankSummarizer"),
    "textrank": ("text_rank", "TextRankSummarizer"),
    "lsa": ("lsa", "LsaSummarizer"),
    "luhn": ("luhn", "LuhnSummarizer"),
    "kl": ("kl", "KLSummarizer"),
    "sumbasic": ("sum_basic", "SumBasicSummarizer"),
    "reduction": ("reduction", "ReductionSummarizer"),
}

# Sentences that are weighed. KL-Sum takes 1.3 s for 100, 5 s for 200, over a minute for 500; the
# others take up to 2 s for 500 and grow with the square.
_MOST = 200
_UNREAD = f"rated last: the method weighs the first {_MOST} sentences only"

# Two scores that agree to here are a tie, and the earlier sentence wins: sumy sums over sets of
# words, whose order changes from run to run, and with it the last digits.
_DIGITS = 9


def _summarise(document: Document, /, *, count: int, method: str) -> tuple[Pick, ...]:
    """Return the *count* sentences that sumy's *method* rates highest, best first.

    Scores are sumy's own and mean different things from method to method.
    """
    if count <= 0 or not document.sentences:
        return ()
    rated = sorted((-_rounded(i.rating), i.order) for i in _ratings(document, method))
    picks = [
        Pick(position=order, score=-rating, reasons=(f"rated by {method}",))
        for rating, order in rated
    ]
    last = picks[-1].score if picks else 0.0
    unread = range(_MOST, len(document.sentences))
    picks += [Pick(position=n, score=last, reasons=(_UNREAD,)) for n in unread]
    return tuple(picks[:count])


lexrank = partial(_summarise, method="lexrank")
textrank = partial(_summarise, method="textrank")
lsa = partial(_summarise, method="lsa")
luhn = partial(_summarise, method="luhn")
kl = partial(_summarise, method="kl")
sumbasic = partial(_summarise, method="sumbasic")
reduction = partial(_summarise, method="reduction")


def _ratings(document: Document, method: str) -> Sequence[Any]:
    """Return sumy's rating of every sentence, none where it finds no word to rate by."""
    parts = _parts(method)
    language = document.article.language or "en"
    summariser = parts["summariser"](stemmer(language))
    summariser.stop_words = stopwords(language)
    sentences = [
        parts["sentence"](s.text, _Words(words))
        for s, words in zip(document.sentences[:_MOST], document.words[:_MOST], strict=True)
    ]
    captured: list[Any] = []
    with warnings.catch_warnings():
        # Of few words, or none alike: sumy divides by zero and warns; the NaN is handled here.
        warnings.simplefilter("ignore")
        summariser(parts["document"]([parts["paragraph"](sentences)]), _capture(captured))
    return captured


class _Words:
    """The tokenizer sumy asks for the words of a sentence: it has them already."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = tuple(words)

    def to_words(self, _text: str) -> tuple[str, ...]:
        """Return the words that were given."""
        return self._words


def _capture(into: list[Any]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Return the callable that sumy takes for a number of sentences and shows all ratings."""

    def count(infos: Sequence[Any]) -> Sequence[Any]:
        into.extend(infos)
        return infos

    return count


def _rounded(rating: float) -> float:
    """Return the rating as ties see it; what is not a number rates nothing."""
    return 0.0 if math.isnan(rating) else round(float(rating), _DIGITS)


@cache
def _parts(method: str) -> dict[str, Any]:
    """Return sumy's classes, imported without its stemmers, which import all of NLTK."""
    module, name = _CLASSES[method]
    stemmers = {"sumy.nlp.stemmers": {"null_stemmer": str}}
    load = partial(plugins.load_part, bare=(), stand_ins=stemmers)
    dom = load("sumy.models.dom")
    return {
        "summariser": getattr(load(f"sumy.summarizers.{module}"), name),
        "document": dom.ObjectDocumentModel,
        "paragraph": dom.Paragraph,
        "sentence": dom.Sentence,
    }
