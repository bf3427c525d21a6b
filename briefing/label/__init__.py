"""A label for each key point: a few words of the article that say what the point is about.

    words of a point ─runs, joins▶ what a label may be ─weigh▶ how telling each is ─choose▶ labels

A label is a noun phrase of the point's own sentences, cut out unchanged.
"""

from collections.abc import Sequence

from briefing.label.choose import Chooser
from briefing.model import Document

__all__ = ["labels"]


def labels(document: Document, groups: Sequence[Sequence[int]]) -> tuple[str, ...]:
    """Return a label for each group of sentence positions, all different.

    Each is one to four words that stand in the article as they are, none a pronoun, the outlet
    or a byline. A group for which the article has no word left gets an empty label.

    >>> from briefing.model import Article, Sentence
    >>> from briefing.words import words
    >>> text = "The harbour bridge will close in May. Fish prices rose again."
    >>> article = Article(ref="a", sha256="", source_text=text, text=text, language="en")
    >>> cut = tuple(
    ...     Sentence(text=text[a:b], start=a, end=b, position=i, paragraph=0)
    ...     for i, (a, b) in enumerate([(0, 37), (38, 61)])
    ... )
    >>> labels(
    ...     Document(article=article, sentences=cut, words=tuple(words(s.text) for s in cut)),
    ...     [[0], [1]],
    ... )
    ('harbour bridge', 'Fish prices')
    """
    return Chooser(document).labels(groups)
