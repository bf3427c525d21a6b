"""The noun phrases of a sentence in a language without tables of verbs: what a label may be.

French, German, Spanish, Russian and Ukrainian tell adjectives and many verbs by their endings, and
phrases are joined by few small words (`tables/shapes.toml`). Of any other language only names and
words that stand beside each other more than once are phrases, and else single words.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby, takewhile, zip_longest

from briefing.label.phrases import MOST, Known, Phrase, phrase
from briefing.model import Sentence
from briefing.names.grammar import Token, tokens
from briefing.names.lexicon import TABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How the noun phrases of a language look."""

    adjectives: tuple[str, ...]
    """Endings of adjectives."""

    verbs: tuple[str, ...]
    """Endings of verbs."""

    nouns: frozenset[str]
    """Nouns that end like an adjective or verb."""

    weak: frozenset[str]
    """Adjectives and measures that say little; left out."""

    joins: frozenset[str]
    """What may stand between two phrases that are one, spaces included."""

    elided: frozenset[str]
    """What is written together with the word behind it: l'eau."""

    owners: tuple[str, ...]
    """Endings of a noun that belongs to the one before it."""

    owning: tuple[str, ...]
    """Endings of an adjective before such a noun: сотрудники | краеведческого музея."""

    adjectives_behind: bool
    """Whether an adjective stands behind its noun."""

    nouns_capital: bool
    """Whether every noun bears a capital."""


# What follows the first of several: a comma and a noun, or "und".
_LISTED = re.compile(r", [A-ZÄÖÜ]| und ")


def plain_phrases(sentence: Sentence, known: Known) -> Iterator[Phrase]:
    """Yield the phrases of a sentence in another language than English, in order."""
    shape = shapes().get(known.language)
    if shape:
        return _Shaped(sentence, known, shape).phrases()
    runs = [run for stretch in _stretches(sentence.text, known) for run in _runs(stretch, known)]
    return (
        phrase(run[-MOST:], sentence, known, place=place, kind="") for place, run in enumerate(runs)
    )


@cache
def shapes() -> dict[str, Shape]:
    """Return how noun phrases look, by language.

    >>> sorted(shapes())
    ['de', 'es', 'fr', 'ru', 'uk']
    """
    table = tomllib.loads((TABLES / "shapes.toml").read_text(encoding="utf-8"))
    return {language: _shape(rows) for language, rows in table.items()}


def _shape(rows: dict[str, str | bool]) -> Shape:
    """Return the shape that a section of the table describes."""
    listed = {name: words.split() for name, words in rows.items() if isinstance(words, str)}
    return Shape(
        adjectives=tuple(listed["adjectives"]),
        verbs=tuple(listed["verbs"]),
        nouns=frozenset(listed["nouns"]),
        weak=frozenset(listed["weak"]),
        joins=frozenset(
            f" {join}" if join[-1] in "'’" else f" {join} " for join in listed["joins"]
        ),
        elided=frozenset(listed["elided"]),
        owners=tuple(listed["owners"]),
        owning=tuple(listed["owning"]),
        adjectives_behind=bool(rows["adjectives_behind"]),
        nouns_capital=bool(rows["nouns_capital"]),
    )


def _stretches(text: str, known: Known, shape: Shape | None = None) -> Iterator[list[Token]]:
    """Yield runs of words of a sentence that no function word or mark interrupts."""
    stretch: list[Token] = []
    for whole in tokens(text):
        token = _whole(whole, text, shape) if shape else whole
        breaks = _breaks(token, known) or (shape is not None and token.word in shape.weak)
        if stretch and (breaks or token is not whole):
            yield stretch
            stretch = []
        if not breaks:
            stretch.append(token)
    if stretch:
        yield stretch


def _breaks(token: Token, known: Known) -> bool:
    """Return whether a token is no word, or one that is in no phrase."""
    word = token.word
    return len(word) < 2 or not word[0].isalpha() or word in known.grammar.function


def _whole(token: Token, text: str, shape: Shape) -> Token:
    """Return a word without what is elided before it: l'eau becomes eau."""
    head, _, rest = token.word.partition("'")
    if not rest or head not in shape.elided:
        return token
    start = token.start + len(head) + 1
    return token._replace(start=start, word=rest, capital=text[start].isupper(), first=False)


def _runs(stretch: list[Token], known: Known) -> Iterator[list[Token]]:
    """Yield names, a stretch whose words all recur, and else single words."""
    if len(stretch) <= MOST and all(known.counts[token.word] > 1 for token in stretch):
        yield stretch
        return
    for named, run in groupby(stretch, key=_is_name):
        if named:
            yield list(run)
        else:
            yield from ([word] for word in run)


class _Shaped:
    """Reads the phrases of one sentence in a language whose shape is known."""

    def __init__(self, sentence: Sentence, known: Known, shape: Shape) -> None:
        """Keep the sentence, and what is known of its words and language."""
        self._sentence = sentence
        self._known = known
        self._shape = shape

    def phrases(self) -> Iterator[Phrase]:
        """Yield the phrases, in order: each alone, its bare noun, and with what it is joined to."""
        stretches = _stretches(self._sentence.text, self._known, self._shape)
        cut = self._behind if self._shape.adjectives_behind else self._before
        runs = [self._named(run) for stretch in stretches for run in cut(stretch)]
        joined: list[Token] = []
        governed = self._governed(runs)
        for place, (run, following) in enumerate(zip_longest(runs, runs[1:])):
            # What is joined to the run before begins no phrase of its own: pont de | pierre d'or.
            joined = self._joined(run, following) if following and not joined else []
            if governed[place]:
                joined = []
            else:
                yield from self._read(run, joined, place)

    def _read(self, run: list[Token], joined: list[Token], place: int) -> Iterator[Phrase]:
        """Yield the phrases that begin with a run: alone, its bare noun, and what it is joined to.

        What belongs to a noun stands in a case that reads badly alone.
        """
        alone = [] if self._owns(run[0]) else run
        for words, kind in ((alone, ""), (self._noun(alone), ""), (joined, "of")):
            yield from self._phrase(words, place, kind)

    def _governed(self, runs: list[list[Token]]) -> list[bool]:
        """Return which runs stand in a case that a preposition asks for: о | покупке завода.

        Where nouns are inflected such a run is no label. None, where there is no other.
        """
        text = self._sentence.text
        if not self._shape.owning:
            return [False] * len(runs)
        governed = [self._is_governed(text[: run[0].start]) for run in runs]
        return governed if not all(governed) else [False] * len(runs)

    def _is_governed(self, before: str) -> bool:
        """Return whether the word right before a phrase is a preposition."""
        last = before.rstrip().rpartition(" ")[2].lower()
        return before.endswith(" ") and last in self._known.prepositions

    def _phrase(self, words: list[Token], place: int, kind: str) -> Iterator[Phrase]:
        """Yield words as a phrase, if short enough; what describes a name is counted as a name."""
        if 0 < len(words) <= MOST:
            found = phrase(words, self._sentence, self._known, place=place, kind=kind)
            name = found.capitals[0]
            yield found._replace(capitals=(True,) * len(words)) if name else found

    def _behind(self, stretch: list[Token]) -> Iterator[list[Token]]:
        """Yield names and nouns with the adjectives behind them: banque centrale."""
        place = 0
        while place < len(stretch):
            run = [*takewhile(_is_name, stretch[place:])]
            if not run and self._opens(stretch, place):
                run = [stretch[place]]
            described: list[Token] = []
            if run:
                behind = stretch[place + len(run) :]
                named = takewhile(_is_name, behind)  # after a noun: usine Renault
                described = [*takewhile(self._is_adjective, behind)] or [*named]
                yield [*run, *described]
            place += len(run) + len(described) or 1

    def _opens(self, stretch: list[Token], place: int) -> bool:
        """Return whether a noun without a capital stands at a place.

        What looks like an adjective is one too, if it opens a stretch and an adjective follows.
        """
        token = stretch[place]
        if self._is_verb(token):
            return False
        noun = not place and any(map(self._is_adjective, stretch[1:2]))
        return noun or not self._is_adjective(token)

    def _before(self, stretch: list[Token]) -> Iterator[list[Token]]:
        """Yield nouns with the adjectives before them and whose they are: нефтяной завод."""
        place = 0
        while place < len(stretch):
            run = [*takewhile(self._is_adjective, stretch[place:])]
            rest = stretch[place + len(run) :]
            nouns = self._names(rest) or self._nouns(rest, described=bool(run))
            if nouns:
                yield [*run, *nouns]
            place += len(run) + len(nouns) or 1

    def _names(self, rest: list[Token]) -> list[Token]:
        """Return the name that *rest* begins with; its noun too, if it is an adjective."""
        names = [*takewhile(_is_name, rest)]
        institution = names and self._owns(names[-1])
        return rest[: len(names) + 1] if institution else names

    def _nouns(self, rest: list[Token], *, described: bool) -> list[Token]:
        """Return the noun that *rest* begins with, if it does, and whose it is or who bears it."""
        if not rest or (not described and self._is_verb(rest[0])):
            return []
        if self._shape.nouns_capital and not rest[0].capital:
            return []
        return [rest[0], *(self._bearer(rest[:1], rest[1:]) or self._possessor(rest[1:]))]

    def _possessor(self, behind: list[Token]) -> list[Token]:
        """Return whose a noun is: a word that ends so, or one name.

        Two names are a person's, of whom something else is said.
        """
        named = [] if self._shape.nouns_capital else [*takewhile(_is_name, behind[:2])]
        if len(named) == 1:
            return [] if self._owns(named[0]) else named
        return [token for token in behind[:1] if self._is_owner(token)]

    def _bearer(self, run: list[Token], behind: list[Token]) -> list[Token]:
        """Return the name behind a run that is a title or role."""
        named = [*takewhile(_is_name, behind)] if run[-1].word in self._known.roles else []
        # Professor of the Northern | University: no name begins with an adjective.
        return [] if named and self._owns(named[0]) else named

    def _named(self, run: list[Token]) -> list[Token]:
        """Return a run that ends with a person's name without the end of an office before it.

        Minister of | Transport Ada Vale.
        """
        people, roles = self._known.people, self._known.roles
        place = next((i for i, token in enumerate(run) if token.word in people), 0)
        return run if run[max(place - 1, 0)].word in roles else run[place:]

    def _noun(self, run: list[Token]) -> list[Token]:
        """Return the noun of a run alone, where there is more; empty where there is not."""
        bare = [token for token in run if not self._is_adjective(token)]
        return bare if len(bare) < len(run) else []

    def _joined(self, run: list[Token], following: list[Token]) -> list[Token]:
        """Return two runs with the small word between them as one; empty where none joins them."""
        start, end = run[-1].end, following[0].start
        between = self._sentence.text[start:end]
        if between == " " and self._owns(following[0]):
            return [*run, *following]
        if between.replace("’", "'") not in self._shape.joins:
            return []
        if self._shape.nouns_capital and _LISTED.match(self._sentence.text, following[-1].end):
            return []  # Kräfte von Wacht, Wehr und Polizei
        small = between.strip()
        stop = start + 1 + len(small)
        word = Token(start + 1, stop, small, capital=False, first=False, owner=False)
        return [*run, word, *following]

    def _owns(self, token: Token) -> bool:
        """Return whether a word ends like an adjective before whom something belongs to."""
        return len(token.word) > 4 and token.word.endswith(self._shape.owning)

    def _is_adjective(self, token: Token) -> bool:
        """Return whether a word ends like an adjective."""
        word = token.word
        if len(word) < 4 or not word.endswith(self._shape.adjectives) or _is_name(token):
            return False
        return word not in self._shape.nouns

    def _is_verb(self, token: Token) -> bool:
        """Return whether a word is a speech verb or ends like a verb."""
        word = token.word
        ends = word in self._known.speech or (len(word) > 3 and word.endswith(self._shape.verbs))
        return ends and word not in self._shape.nouns

    def _is_owner(self, token: Token) -> bool:
        """Return whether a word ends like a noun that belongs to the one before it."""
        if len(token.word) < 4 or not token.word.endswith(self._shape.owners):
            return False
        return not _is_name(token) and not self._is_adjective(token) and not self._is_verb(token)


def _is_name(token: Token) -> bool:
    """Return whether a word bears a capital that says something."""
    return token.capital and not token.first
