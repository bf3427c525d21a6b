"""Our own method: how much each sentence matters, by its place, its words and its form."""

import math
import re

from briefing.choose.subjects import Vector, vectors
from briefing.model import Document, Pick
from briefing.words import stopwords
from briefing.words import words as cut

_NUMBER = re.compile(r"\d")


def summarise(document: Document, /, *, count: int) -> tuple[Pick, ...]:
    """Return the sentences that matter most, best first.

    The score is in [0, 1]; the reasons say in words what it comes from.
    """
    picks = [_pick(n, known) for n, known in enumerate(_features(document))]
    return tuple(sorted(picks, key=lambda p: (-p.score, p.position))[:count])


def _features(document: Document) -> list[dict[str, float]]:
    """Return the readable features of each sentence."""
    known = vectors(document)
    common = stopwords(document.article.language or "")
    title = {w[:6] for w in cut(document.article.title or "") if w not in common}
    total: dict[str, float] = {}
    for vector in known:
        for stem, weight in vector.items():
            total[stem] = total.get(stem, 0.0) + weight
    return [
        _sentence_features(document, n, known[n], title=title, total=total)
        for n in range(len(known))
    ]


def _sentence_features(
    document: Document, n: int, vector: Vector, *, title: set[str], total: Vector
) -> dict[str, float]:
    """Return the readable features of one sentence."""
    sentence = document.sentences[n]
    length = len(document.words[n])
    size = len(document.sentences)
    first = n == 0 or document.sentences[n - 1].paragraph != sentence.paragraph
    central = sum(w * (total[s] - w) for s, w in vector.items()) / max(1, size - 1)
    return {
        "lead": 1 / (1 + n),
        "early": 1 - n / size,
        "paragraph": float(first),
        "title": sum(1 for s in vector if s in title) / (1 + len(title)),
        "central": central,
        "number": float(bool(_NUMBER.search(sentence.text))),
        "short": float(length < 9),
        "question": float("?" in sentence.text),
        "quoted": float(sentence.text[:1] in "\"“‘'"),
        "length": math.log(1 + length),
    }


# Set by hand on the seed article; to be replaced by weights learnt from data.
_WEIGHTS = {
    "lead": 1.5,
    "early": 0.8,
    "paragraph": 0.3,
    "title": 1.5,
    "central": 3.0,
    "number": 0.2,
    "short": -1.0,
    "question": -1.0,
    "quoted": -0.7,
    "length": 0.2,
}


def _pick(position: int, known: dict[str, float]) -> Pick:
    """Return the sentence's score and what it comes from."""
    total = sum(_WEIGHTS[name] * value for name, value in known.items()) - 1.5
    reasons = tuple(n for n, v in known.items() if _WEIGHTS[n] * v > 0.3)
    return Pick(position=position, score=1 / (1 + math.exp(-total)), reasons=reasons)
