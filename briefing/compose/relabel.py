"""Relabel: labels that two points of one story share, told apart.

An article's own points have labels that differ; those of two articles on one event may not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefing.label import labels
from briefing.model import Article, Document, KeyPoint
from briefing.segment import segment


def distinct(points: Sequence[KeyPoint], articles: Mapping[str, Article]) -> tuple[KeyPoint, ...]:
    """Return the points of a story, their labels told apart where that can be done.

    A point with the label of one before it gets its next best, in the words of its own article.
    Where there is no other, it keeps the one it has.

    Args:
        points: In the order in which they are shown, each with the `ref` of its article.
        articles: Cleaned, by ref.
    """
    found: list[KeyPoint] = []
    documents: dict[str, Document] = {}
    taken = {point.label.casefold() for point in points}
    seen: set[str] = set()
    for point in points:
        label = point.label
        if label.casefold() in seen:
            if point.ref not in documents:
                documents[point.ref] = segment(articles[point.ref])
            label = _another(point, documents[point.ref], taken) or label
            taken.add(label.casefold())
        seen.add(label.casefold())
        found.append(replace(point, label=label))
    return tuple(found)


def _another(point: KeyPoint, document: Document, taken: set[str]) -> str:
    """Return the best label of a point that is not among *taken*, empty when there is none.

    The labels of one document all differ: a point asked about several times gets its best one,
    its next best, and so on.
    """
    group = [sentence.position for sentence in point.sentences]
    offered = labels(document, [group] * (len(taken) + 1))
    return next((label for label in offered if label and label.casefold() not in taken), "")
