"""What is measured of each sentence, by readable names: its place, its words, its form.

A feature is a function from the article to a number a sentence. It says nothing of what the
number counts for: that is learnt, and stands in a table (`own.py`).
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from briefing.model import Document
from briefing.summarisers.vectors import Terms, terms, total

LEAD = 3
"""Sentences that count as the lead: what they tell of, the article is about."""

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")

Column = list[float]
"""A number for each sentence. Shape: (sentences,)."""


def columns(document: Document) -> dict[str, Column]:
    """Return each feature of all sentences, by name, in the order of FEATURES."""
    view = _View(document=document, terms=terms(document))
    return {name: measure(view) for name, measure in FEATURES.items()}


def features(document: Document) -> tuple[dict[str, float], ...]:
    """Return the features of each sentence, by name."""
    found = columns(document)
    rows = zip(*found.values(), strict=True)
    return tuple(dict(zip(found, row, strict=True)) for row in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """What the features are measured on."""

    document: Document
    terms: Terms


def _place(view: _View) -> Column:
    """Return how near to the top each sentence stands."""
    return [1 / (1 + n) for n in range(len(view.document.sentences))]


def _late(view: _View) -> Column:
    """Return how far down each sentence stands."""
    return [math.log(1 + n) for n in range(len(view.document.sentences))]


def _paragraph(view: _View) -> Column:
    """Return which sentences open a paragraph."""
    paragraphs = [sentence.paragraph for sentence in view.document.sentences]
    opens = map(int.__ne__, paragraphs, [-1, *paragraphs])
    return [float(each) for each in opens]


def _title(view: _View) -> Column:
    """Return how much of each sentence the title says, too."""
    title = view.terms.title
    if not title:
        return [0.0] * len(view.terms.vectors)
    return [sum([x for stem, x in v.items() if stem in title]) for v in view.terms.vectors]


def _central(view: _View) -> Column:
    """Return how like all others together each sentence is."""
    known = view.terms.vectors
    whole = total(known)
    others = max(1, len(known) - 1)
    return [sum([x * (whole[stem] - x) for stem, x in v.items()]) / others for v in known]


def _recurring(view: _View) -> Column:
    """Return how many sentences have the word of each that most have."""
    spread = view.terms.spread
    most = [max(map(spread.__getitem__, v), default=1) for v in view.terms.vectors]
    return [*map(math.log, most)]


def _lead(view: _View) -> Column:
    """Return how like each sentence is to the likest other one of the lead."""
    known, sizes = view.terms.vectors, view.terms.sizes
    best = [0.0] * len(known)
    for m, lead in enumerate(known[:LEAD]):
        for n, vector in enumerate(known):
            short, long = (lead, vector) if sizes[n] > sizes[m] else (vector, lead)
            cosine = sum([x * long[stem] for stem, x in short.items() if stem in long])
            if cosine > best[n] and n != m:
                best[n] = cosine
    return best


def _length(view: _View) -> Column:
    """Return how long each sentence is."""
    return [math.log(1 + len(words)) for words in view.document.words]


def _figures(view: _View) -> Column:
    """Return how many figures each sentence gives, four at most."""
    rows = zip(view.document.words, view.document.sentences, strict=True)
    return [min(4, _count_figures(words, sentence.text)) / 4 for words, sentence in rows]


def _count_figures(words: Sequence[str], text: str) -> int:
    """Return how many figures a sentence gives: looked for where not all its words are letters."""
    return 0 if "".join(words).isalpha() else len(_FIGURE.findall(text))


def _question(view: _View) -> Column:
    """Return which sentences ask."""
    return [float("?" in sentence.text) for sentence in view.document.sentences]


def _quoted(view: _View) -> Column:
    """Return the share of each sentence that is somebody's own words."""
    sentences = view.document.sentences
    starts, ends = [s.start for s in sentences], [s.end for s in sentences]
    inside = [0] * len(sentences)
    for quotation in view.document.quotations:
        start, end = quotation.start, quotation.end
        for n in range(bisect_right(ends, start), bisect_left(starts, end)):
            inside[n] += min(end, ends[n]) - max(start, starts[n])
    return [min(1.0, x / max(1, len(s.text))) for x, s in zip(inside, sentences, strict=True)]


FEATURES: Mapping[str, Callable[[_View], Column]] = {
    "place": _place,
    "late": _late,
    "paragraph": _paragraph,
    "title": _title,
    "central": _central,
    "recurring": _recurring,
    "lead": _lead,
    "length": _length,
    "figures": _figures,
    "question": _question,
    "quoted": _quoted,
}
"""All features by name. A column at a time, they take three fifths of the time of a sentence at a
time (.25 ms an article, .42)."""
