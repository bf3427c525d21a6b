"""Rank: how much each sentence tells of what an editor's highlights would say.

Two small linear models whose features can be read. The first gives each content word the chance
that highlights would use it; the second reads those, the sentence's place and its form. The
weights are learnt by `scripts/train_ranker.py` and stand in `tables/ranker.json` with their
provenance; nothing but arithmetic is needed to apply them.

Words weighed before sentences: Hong and Nenkova, "Improving the Estimation of Word Importance for
News Multi-Document Summarization", EACL 2014. The features, the sentence model and the discount
for what was said already are ours.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul
from pathlib import Path

from briefing.model import Document
from briefing.words import stopwords

WORD_FEATURES = ("spread", "first", "second", "third", "nearness", "place", "name", "letters")
"""What the word model reads: in how many sentences a word stands (logarithm), whether it stands
in the first, second or third, 1 / (1 + its first sentence), that sentence's place in [0, 1], the
share of capitals within sentences, and its length."""

SENTENCE_FEATURES = (
    "first", "second", "third", "fourth", "nearness", "distance", "place",
    "opens paragraph", "paragraph", "length", "short", "long", "content",
    "lead words", "opening words", "like the lead", "central", "frequent", "rare",
    "salience", "density", "salience in all", "strongest word",
    "digits", "number", "capitals", "pronoun", "connective", "opens quoted", "quoted",
    "question", "exclamation", "first person", "attribution", "colon", "unfinished", "bracket",
)  # fmt: skip
"""What the sentence model reads, in the order of a row of `features`."""

# Letters that words are compared by, as in choosing: needs no stemmer in any language.
_STEM = 6

# How much of a sentence's worth is lost when all its salience was said already. From 0 to 1 in
# steps of .2 by cross-validated ROUGE on the training articles; .4 to .8 are alike.
_DISCOUNT = 0.6

_CAPITAL = re.compile(r"(?<=[^.!?\s]\s)[^\W\d_a-zß-öø-ÿа-яёіїєґ][\w’'-]+")
_DIGIT = re.compile(r"\d")
_PRONOUNS = frozenset(
    "he she it they his her their this that these those its him them we i you there".split()
)
_CONNECTIVES = frozenset(
    "but and so also however meanwhile then still yet or because while".split()
)
_PERSONAL = frozenset("i we you my our me us your".split())
_ATTRIBUTION = frozenset("said says told added according asked".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What was learnt: one number a feature, and one a word."""

    word: tuple[float, ...]
    """As WORD_FEATURES, the intercept last."""

    sentence: tuple[float, ...]
    """As SENTENCE_FEATURES, the intercept last."""

    lexicon: Mapping[str, float]
    """By word stem: how much likelier than others the word is to be in highlights, as a log."""


@cache
def weights() -> Weights:
    """Return the weights that the package brings."""
    raw = json.loads((Path(__file__).parent / "tables" / "ranker.json").read_text(encoding="utf-8"))
    return Weights(
        word=tuple(raw["word"][name] for name in (*WORD_FEATURES, "intercept")),
        sentence=tuple(raw["sentence"][name] for name in (*SENTENCE_FEATURES, "intercept")),
        lexicon=raw["lexicon"],
    )


def scores(document: Document, learnt: Weights | None = None) -> tuple[float, ...]:
    """Return how much of each sentence highlights would use: about 0 to 1, higher is better.

    The estimate is of (share of its words + share of its word pairs) / 2.
    """
    known = learnt or weights()
    *factors, intercept = known.sentence
    rows = features(document, known)
    return tuple(max(0.0, sum(map(mul, factors, row)) + intercept) for row in rows)


def order(document: Document, learnt: Weights | None = None) -> tuple[tuple[int, float], ...]:
    """Return (position, score) of all sentences, best first, each less for what is said already."""
    known = learnt or weights()
    worth = scores(document, known)
    stems = stems_of(document)
    salient = salience(document, known)
    bags = [frozenset(bag) for bag in stems]
    whole = [sum(salient[s] for s in bag) or 1.0 for bag in bags]
    said: set[str] = set()
    left = list(range(len(worth)))
    taken = []
    while left:
        score, at = max(
            (worth[n] * (1 - _DISCOUNT * sum(salient[s] for s in bags[n] & said) / whole[n]), -n)
            for n in left
        )
        taken.append((-at, score))
        left.remove(-at)
        said |= bags[-at]
    return tuple(taken)


def stems_of(document: Document) -> tuple[tuple[str, ...], ...]:
    """Return the content words of each sentence, by their first letters. Shape as sentences."""
    common = stopwords(document.article.language or "en")
    return tuple(
        tuple(w[:_STEM] for w in words if w not in common and len(w) > 1)
        for words in document.words
    )


def word_features(document: Document) -> dict[str, tuple[float, ...]]:
    """Return the features of each content word, in the order of WORD_FEATURES."""
    stems = stems_of(document)
    spread, first, names = _occurrences(document, stems)
    count = max(1, len(stems))
    return {
        stem: (
            math.log(spread[stem]),
            float(at == 0),
            float(at == 1),
            float(at == 2),
            1 / (1 + at),
            at / count,
            min(1.0, names[stem] / spread[stem]),
            len(stem) / _STEM,
        )
        for stem, at in first.items()
    }


def salience(document: Document, learnt: Weights | None = None) -> dict[str, float]:
    """Return the chance of each content word to be used by highlights, in (0, 1).

    The same as the word model applied to `word_features`, computed in fewer steps.
    """
    known = learnt or weights()
    lexicon = known.lexicon if (document.article.language or "en") == "en" else {}
    stems = stems_of(document)
    spread, first, names = _occurrences(document, stems)
    count = max(1, len(stems))
    by_spread, one, two, three, near, place, name, letters, intercept = known.word
    by_place = [near / (1 + at) + place * at / count + intercept for at in range(len(stems))]
    for at, extra in enumerate((one, two, three)[: len(stems)]):
        by_place[at] += extra
    found = {}
    for stem, at in first.items():
        n = spread[stem]
        total = by_place[at] + by_spread * math.log(n) + letters * len(stem) / _STEM
        total += name * min(1.0, names[stem] / n) + lexicon.get(stem, 0.0)
        found[stem] = 1 / (1 + math.exp(-total))
    return found


def features(document: Document, learnt: Weights | None = None) -> list[tuple[float, ...]]:
    """Return a row of readable features for each sentence, in the order of SENTENCE_FEATURES."""
    stems = stems_of(document)
    salient = salience(document, learnt)
    vectors, rarity = _vectors(stems)
    centre: Counter[str] = Counter()
    for vector in vectors:
        for stem, weight in vector.items():
            centre[stem] += weight  # type: ignore[assignment]
    often = Counter(stem for bag in stems for stem in bag)
    setting = _Setting(
        document=document,
        stems=stems,
        vectors=vectors,
        salience=salient,
        rarity=rarity,
        centre=centre,
        often=often,
        opening=frozenset(stem for bag in stems[:3] for stem in bag),
        size=sum(map(len, stems)) or 1,
    )
    return [
        (*_place(setting, n), *_words(setting, n), *_form(setting, n)) for n in range(len(stems))
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """What a sentence's features are read against."""

    document: Document
    stems: Sequence[Sequence[str]]
    vectors: Sequence[Mapping[str, float]]
    salience: Mapping[str, float]
    rarity: Mapping[str, float]
    centre: Mapping[str, float]
    often: Mapping[str, int]
    opening: frozenset[str]
    size: int


def _occurrences(
    document: Document, stems: Sequence[Sequence[str]]
) -> tuple[Counter[str], dict[str, int], Counter[str]]:
    """Return of each word: in how many sentences, in which first, how often with a capital."""
    spread: Counter[str] = Counter()
    first: dict[str, int] = {}
    names: Counter[str] = Counter()
    for n, bag in enumerate(stems):
        spread.update(set(bag))
        for stem in bag:
            first.setdefault(stem, n)
    for sentence in document.sentences:
        names.update(w.lower()[:_STEM] for w in _CAPITAL.findall(sentence.text))
    return spread, first, names


def _vectors(stems: Sequence[Sequence[str]]) -> tuple[list[dict[str, float]], dict[str, float]]:
    """Return each sentence's words by tf-idf, of length 1, and the rarity of each word."""
    spread = Counter(stem for bag in stems for stem in set(bag))
    rarity = {stem: math.log(1 + len(stems) / n) for stem, n in spread.items()}
    vectors = []
    for bag in stems:
        vector = {stem: n * rarity[stem] for stem, n in Counter(bag).items()}
        length = math.sqrt(sum(x * x for x in vector.values())) or 1.0
        vectors.append({stem: x / length for stem, x in vector.items()})
    return vectors, rarity


def _place(setting: _Setting, n: int) -> tuple[float, ...]:
    """Return the features of where a sentence stands."""
    sentences = setting.document.sentences
    paragraph = sentences[n].paragraph
    return (
        float(n == 0),
        float(n == 1),
        float(n == 2),
        float(n == 3),
        1 / (1 + n),
        math.log(1 + n),
        n / len(sentences),
        float(n == 0 or paragraph != sentences[n - 1].paragraph),
        paragraph / (1 + sentences[-1].paragraph),
    )


def _words(setting: _Setting, n: int) -> tuple[float, ...]:
    """Return the features of which words a sentence has."""
    bag, vector = setting.stems[n], setting.vectors[n]
    own = len(vector) or 1
    length = len(setting.document.words[n])
    salient = [setting.salience[stem] for stem in vector]
    total = sum(salient)
    lead = setting.vectors[0]
    others = max(1, len(setting.stems) - 1)
    return (
        min(length, 60) / 30,
        float(length < 8),
        float(length > 45),
        len(vector) / max(1, length),
        sum(stem in lead for stem in vector) / own,
        sum(stem in setting.opening for stem in vector) / own,
        sum(weight * lead.get(stem, 0.0) for stem, weight in vector.items()),
        sum(weight * (setting.centre[stem] - weight) for stem, weight in vector.items()) / others,
        100 * sum(setting.often[stem] for stem in bag) / max(1, len(bag)) / setting.size,
        sum(setting.rarity[stem] for stem in vector) / own,
        total / own,
        total / (1 + length),
        total,
        max(salient, default=0.0),
    )


def _form(setting: _Setting, n: int) -> tuple[float, ...]:
    """Return the features of how a sentence is written."""
    text, words = setting.document.sentences[n].text, setting.document.words[n]
    opening = words[0] if words else ""
    digits = len(_DIGIT.findall(text))
    distinct = frozenset(words)
    return (
        10 * digits / max(1, len(text)),
        float(digits > 0),
        len(_CAPITAL.findall(text)) / max(1, len(words)),
        float(opening in _PRONOUNS),
        float(opening in _CONNECTIVES),
        float(text[:1] in "\"“'‘"),
        float('"' in text or "“" in text or "”" in text),
        float("?" in text),
        float("!" in text),
        float(not distinct.isdisjoint(_PERSONAL)),
        float(not distinct.isdisjoint(_ATTRIBUTION)),
        float(":" in text),
        float(text[-1:] not in ".!?\"”’'"),
        float("(" in text),
    )
