"""What is measured of each sentence, by readable names: its place, its words, its form.

A feature is a function from the article to a number a sentence. It says nothing of what the
number counts for: that is learnt, and stands in a table (`own.py`). Some are measured of English
alone, for which there is a table of what words mean (`closeness.py`).
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import mul

from briefing.model import Document
from briefing.summarisers.closeness import Meaning, meaning, nearness, whole
from briefing.summarisers.vectors import Terms, terms

LEAD = 3
"""Sentences that count as the lead: what they tell of, the article is about."""

_ENDS = ".!?\"”’'"
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")

Column = list[float]
"""A number for each sentence. Shape: (sentences,)."""


def columns(document: Document, *, kind: Sequence[float] = ()) -> dict[str, Column]:
    """Return each feature of all sentences, by name, in the order of FEATURES.

    Args:
        document: The article.
        kind: What each number of a sentence's meaning counts for; with it, those of CLOSENESS
            follow, which need a table of the article's language.
    """
    view = _View(document=document, terms=terms(document))
    found = {name: measure(view) for name, measure in FEATURES.items()}
    if kind:
        near = _Near(document=document, meaning=meaning(document), kind=kind)
        found |= {name: measure(near) for name, measure in CLOSENESS.items()}
    return found


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Near:
    """What the features of meaning are measured on."""

    document: Document
    meaning: Meaning
    kind: Sequence[float]


def _below(view: _View) -> Column:
    """Return how far down the article each sentence stands, in [0, 1]."""
    last = max(1, len(view.document.sentences) - 1)
    return [n / last for n in range(len(view.document.sentences))]


def _title(view: _View) -> Column:
    """Return the share of the title's stems that each sentence has."""
    title = view.terms.title
    if not title:
        return [0.0] * len(view.terms.vectors)
    return [len(title.intersection(vector)) / len(title) for vector in view.terms.vectors]


def _central(view: _View) -> Column:
    """Return how like all others together each sentence is."""
    known, holders = view.terms.vectors, view.terms.holders
    whole = {stem: sum([weight for _, weight in held]) for stem, held in holders.items()}
    others = max(1, len(known) - 1)
    return [sum([x * (whole[stem] - x) for stem, x in v.items()]) / others for v in known]


def _recurring(view: _View) -> Column:
    """Return how many sentences have the word of each that most have."""
    spread = view.terms.spread
    most = [max(map(spread.__getitem__, v), default=1) for v in view.terms.vectors]
    return [*map(math.log, most)]


def _foretells(view: _View) -> Column:
    """Return how many stems each sentence is the first to have and a later one takes up."""
    found = [0.0] * len(view.terms.vectors)
    for held in view.terms.holders.values():
        if len(held) > 1:  # else it is one of the title's
            found[held[0][0]] += 1
    return found


def _length(view: _View) -> Column:
    """Return how long each sentence is."""
    return [math.log(1 + len(words)) for words in view.document.words]


def _words(view: _View) -> Column:
    """Return how many words each sentence has."""
    return [float(len(words)) for words in view.document.words]


def _figures(view: _View) -> Column:
    """Return how many figures each sentence gives, four at most."""
    rows = zip(view.document.words, view.document.sentences, strict=True)
    return [min(4, _count_figures(words, sentence.text)) / 4 for words, sentence in rows]


def _count_figures(words: Sequence[str], text: str) -> int:
    """Return how many figures a sentence gives: looked for where not all its words are letters."""
    letters = "".join(words).replace("'", "")
    return 0 if letters.isalpha() else len(_FIGURE.findall(text))


def _question(view: _View) -> Column:
    """Return which sentences ask."""
    return [float("?" in sentence.text) for sentence in view.document.sentences]


def _colon(view: _View) -> Column:
    """Return which sentences have a colon."""
    return [float(":" in sentence.text) for sentence in view.document.sentences]


FEATURES: Mapping[str, Callable[[_View], Column]] = {
    "below": _below,
    "title": _title,
    "central": _central,
    "recurring": _recurring,
    "foretells": _foretells,
    "length": _length,
    "words": _words,
    "figures": _figures,
    "question": _question,
    "colon": _colon,
}
"""All features by name. A column at a time, they take three fifths of the time of a sentence at a
time (.25 ms an article, .42)."""


def _finished(near: _Near) -> Column:
    """Return which sentences end in a mark, as headings and cut ones don't."""
    return [float(sentence.text[-1:] in _ENDS) for sentence in near.document.sentences]


def _near_title(near: _Near) -> Column:
    """Return how near each sentence is to the title, 0 without one."""
    return nearness(near.meaning, near.meaning.title)


def _near_whole(near: _Near) -> Column:
    """Return how near each sentence is to all together."""
    return nearness(near.meaning, whole(near.meaning))


def _kind(near: _Near) -> Column:
    """Return how far each sentence is of the kind that *kind* points to."""
    return [sum(map(mul, near.kind, numbers)) for numbers in near.meaning.sentences]


CLOSENESS: Mapping[str, Callable[[_Near], Column]] = {
    "finished": _finished,
    "near title": _near_title,
    "near whole": _near_whole,
    "kind": _kind,
}
"""What is measured where the meaning of words is known, by name."""
