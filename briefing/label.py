"""A label for each key point: a few words of the article that say what the point is about.

A label is a noun phrase of the point's own sentences, cut out unchanged. English phrases are
told by small tables of function words, verbs and adjectives; other languages, for which there
are none, fall back on names and on words that recur.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from briefing.model import Document, Sentence
from briefing.names.lexicon import TABLES
from briefing.words import stopwords

# The most words a label has.
MOST = 4

_TOKEN = re.compile(r"[^\W_]+(?:[-.’'&][^\W_]+)*(?:[’'](?=\s))?|[^\w\s]")
_FOLD = str.maketrans({"’": "'", "\u00a0": " "})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    """A candidate: where it stands, and its words."""

    start: int
    end: int
    folded: tuple[str, ...]
    proper: bool
    place: int
    """How many candidates of the point stand before it."""

    sentence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grammar:
    """The words that bound noun phrases in one language."""

    function: frozenset[str]
    determiners: frozenset[str] = frozenset()
    before_verb: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    nouns_too: frozenset[str] = frozenset()
    ing_nouns: frozenset[str] = frozenset()
    adjectives: frozenset[str] = frozenset()
    known: bool = False


def labels(document: Document, groups: Sequence[Sequence[int]]) -> tuple[str, ...]:
    """Return a label for each group of sentence positions, all different.

    Each is one to four words that stand in the article as they are, none a pronoun, the outlet
    or a byline. A group for which the article has no word left gets an empty label.

    >>> from briefing.model import Article
    >>> words = "The harbour bridge will close in May. Fish prices rose again."
    >>> article = Article(ref="a", sha256="", source_text=words, text=words, language="en")
    >>> cut = tuple(
    ...     Sentence(text=words[a:b], start=a, end=b, position=i, paragraph=0)
    ...     for i, (a, b) in enumerate([(0, 37), (38, 61)])
    ... )
    >>> labels(Document(article=article, sentences=cut, words=((), ())), [[0], [1]])
    ('harbour bridge', 'Fish prices')
    """
    return _Labeller(document, groups).labels()


class _Labeller:
    """Weighs the candidates of all points of one document against each other."""

    def __init__(self, document: Document, groups: Sequence[Sequence[int]]) -> None:
        """Count the words of the article, its title and each point."""
        article = document.article
        self.text = article.text
        self.document = document
        self.groups = groups
        self.grammar = grammar(article.language or "en")
        self.counts = Counter(chain.from_iterable(map(_stems, document.sentences)))
        self.title = frozenset(_stem(w) for w in _words(article.title or ""))
        self.banned = frozenset(_words(" ".join((article.publisher or "", *article.authors))))
        self.spread = Counter(
            chain.from_iterable(
                {w for p in group for w in _stems(document.sentences[p])} for group in groups
            )
        )

    def labels(self) -> tuple[str, ...]:
        """Return the labels, the surest given first so that it keeps the phrase it shares."""
        ranked = [self._ranked(group) for group in self.groups]
        found = [""] * len(self.groups)
        order = sorted(range(len(ranked)), key=lambda g: -ranked[g][0][0] if ranked[g] else 0.0)
        taken: set[str] = set()
        heads: set[str] = set()
        for index in order:
            found[index] = self._choose(ranked[index], taken, heads) or self._any(taken, index)
            taken.add(found[index].casefold())
            heads.update(_stem(w) for w in _words(found[index]))
        return tuple(found)

    def _choose(self, ranked: list[tuple[float, _Phrase]], taken: set[str], heads: set[str]) -> str:
        """Return the best phrase that no other point has, one with words of its own first."""
        shared = ""
        for _, phrase in ranked:
            label = self.text[phrase.start : phrase.end]
            if label.casefold() in taken:
                continue
            if heads.isdisjoint(map(_stem, phrase.folded)):
                return label
            shared = shared or label
        return shared

    def _any(self, taken: set[str], index: int) -> str:
        """Return any word of the point, or of the article, that no other label is."""
        sentences = [self.document.sentences[p] for p in self.groups[index]]
        for sentence in chain(sentences, self.document.sentences):
            for match in re.finditer(r"[^\W_]+", sentence.text):
                if match.group().casefold() not in taken:
                    return match.group()
        return ""

    def _ranked(self, group: Sequence[int]) -> list[tuple[float, _Phrase]]:
        """Return the candidates of a point with their scores, best first."""
        found: dict[tuple[str, ...], tuple[float, _Phrase]] = {}
        place = 0
        for order, position in enumerate(group):
            for phrase in self._phrases(self.document.sentences[position], place):
                place += 1
                score = self._score(phrase, order)
                if phrase.folded not in found or found[phrase.folded][0] < score:
                    found[phrase.folded] = (score, phrase)
        return sorted(found.values(), key=lambda f: -f[0])

    def _score(self, phrase: _Phrase, order: int) -> float:
        """Return how well a phrase says what its point is about; higher is better."""
        stems = [_stem(word) for word in phrase.folded]
        recurs = sum(
            min(self.counts[s], 6) / self.spread[s] ** 1.5 for s in stems if s in self.spread
        )
        titled = sum(s in self.title for s in stems) / len(stems)
        length = {1: 0.0, 2: 1.2, 3: 0.9, 4: 0.4}[len(stems)]
        return (
            recurs / len(stems) ** 0.5
            + titled
            + length
            + 0.6 * phrase.proper
            - 0.05 * phrase.place
            - 0.3 * order
        )

    def _phrases(self, sentence: Sentence, place: int) -> Iterator[_Phrase]:
        """Yield the candidates of a sentence, in order."""
        for chunk in self._chunks(sentence):
            words = chunk[-MOST:]
            while words and words[-1][1] in self.grammar.adjectives:
                words = words[:-1]
            if not words or self.banned.issuperset(w[1] for w in words):
                continue
            start, end = sentence.start + words[0][0], sentence.start + words[-1][2]
            yield _Phrase(
                start=start,
                end=end,
                folded=tuple(w[1] for w in words),
                proper=any(self.text[sentence.start + w[0]].isupper() and w[0] for w in words),
                place=place,
                sentence=sentence.position,
            )
            place += 1

    def _chunks(self, sentence: Sentence) -> Iterator[list[tuple[int, str, int]]]:
        """Yield runs of words that no function word, verb or mark interrupts."""
        chunk: list[tuple[int, str, int]] = []
        before = ""
        for match in _TOKEN.finditer(sentence.text):
            word = match.group().translate(_FOLD).lower()
            end = match.end()
            owner = word.endswith(("'s", "'"))
            bare = word.removesuffix("'").removesuffix("'s") if owner else word
            if self._breaks(bare, before, chunk):
                if chunk:
                    yield chunk
                chunk = []
            else:
                if owner:
                    end = match.start() + len(bare)
                chunk.append((match.start(), bare, end))
                if owner:
                    yield chunk
                    chunk = []
            before = word
        if chunk:
            yield chunk

    def _breaks(self, word: str, before: str, chunk: list[tuple[int, str, int]]) -> bool:
        """Return whether *word* is none that a noun phrase holds."""
        g = self.grammar
        if len(word) < 2 or word in g.function or not word[0].isalpha():
            return True
        opened = before in g.determiners or before in g.adjectives
        if word in g.nouns_too:
            return before in g.before_verb
        if word in g.verbs or word.endswith("ly"):
            return not (opened and word.endswith(("ed", "en")))
        if word.endswith("ed") and len(word) > 4:
            return not opened
        if word.endswith("ing") and len(word) > 5:
            return word not in g.ing_nouns and not opened
        return False


def _stems(sentence: Sentence) -> list[str]:
    """Return the stems of a sentence's words."""
    return [_stem(word) for word in _words(sentence.text)]


_WORD = re.compile(r"[^\W_]+(?:[-.’'&][^\W_]+)*")


def _words(text: str) -> list[str]:
    """Return the folded words of *text*, possessive endings off."""
    return [w.removesuffix("'s") for w in _WORD.findall(text.translate(_FOLD).lower())]


def _stem(word: str) -> str:
    """Return a word without the ending of a plural."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@cache
def grammar(language: str) -> _Grammar:
    """Return the words that bound noun phrases in *language*; its stop words if that is all."""
    path = TABLES / f"phrases-{language}.toml"
    if not language.isalpha() or not path.is_file():
        return _Grammar(function=stopwords(language))
    table = {k: frozenset(v.split()) for k, v in tomllib.loads(path.read_text("utf-8")).items()}
    verbs = frozenset(chain(table.pop("irregular"), _forms(table.pop("verbs"))))
    return _Grammar(**table, verbs=verbs, known=True)


def _forms(verbs: Iterable[str]) -> Iterator[str]:
    """Yield the regular forms of verbs given in their base form."""
    for verb in verbs:
        stem = verb.removesuffix("e")
        yield verb
        yield (verb[:-1] + "ies") if verb.endswith("y") and verb[-2] not in "aeo" else verb + "s"
        yield (verb[:-1] + "ied") if verb.endswith("y") and verb[-2] not in "aeo" else stem + "ed"
        yield stem + "ing"
        yield verb + verb[-1] + "ed"
        yield verb + verb[-1] + "ing"
        yield verb + "es"
