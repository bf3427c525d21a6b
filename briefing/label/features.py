"""What speaks for a phrase as the label of its point, and what against it: a row of numbers."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple

from briefing.label.phrases import Known, Phrase
from briefing.model import Document
from briefing.names.lexicon import Lexicon
from briefing.words import words

# How many sentences on each side of a point tell which words are its own.
AROUND = 3

# Words that join the parts of a phrase.
_SMALL = frozenset("of the & and a an for in on to".split())
# How words end that tell what is done or felt.
_ABSTRACT = (
    *("tion", "ment", "sion", "ance", "ence", "ness", "ism", "ity"),
    *("tions", "ments", "sions", "ances", "ences", "nesses", "isms", "ities"),
)


# Roots of how often a word stands beside a point, by that number.
_ROOTS = tuple([max(number, 1) ** 0.5 for number in range(5)])


class Features(NamedTuple):
    """What speaks for a phrase or against it; 0 or 1 where nothing else is said."""

    one: float
    """It is a single word."""

    bare: float
    """And has no capital."""

    three: float
    four: float
    name: float
    """A word of it bears a capital."""

    head_name: float
    """Its last word does."""

    mixed: float
    """A name qualifies a common noun: Wagner group."""

    owner: float
    """It begins with an owner: Vale's resignation."""

    of: float
    asked: float
    """It has what its noun asks for: ban on trawlers."""

    title: float
    """Share of its words that the title has."""

    title_head: float
    """The title has its last word."""

    local: float
    """Mean root of how often its words stand in and beside the point, four times at most."""

    local_head: float
    """The same of its last word."""

    total: float
    """Logarithm of how often its most frequent word stands in the article."""

    again: float
    """It has a name, and the article names it more than once."""

    place: float
    """How many phrases of its sentence stand before it, in sixths, one at most."""

    order: float
    """How many sentences of the point stand before it, two at most."""

    adjunct: float
    """It says where or when: in, at, from."""

    setting: float
    """And it is a name: in Tarnow, but not after the crash in Tarnow."""

    topic: float
    """It is what something is about or on."""

    object: float
    """A verb stands before it."""

    person: float
    """It is nothing but names of people, titles and roles, or somebody's role."""

    role: float
    """It is somebody's role."""

    bearer: float
    """It ends with a role and names nobody: prime minister."""

    surname: float
    """It is one word of a person's name."""

    speaker: float
    """It is only the name of a speaker, who is printed beside the point already."""

    other: float
    """It is only somebody else's name, or a role such as the speaker's, where one speaks."""

    country: float
    press: float
    vague: float
    """It is a single word that says too little, or may be a verb or an adjective."""

    slight: float
    """One of its words says too little, though there may be more: final decision."""

    abstract: float
    """Its last word ends as words do that tell what is done or felt: confirmation."""


_ONCE = ("", 1)
_new = tuple.__new__  # a row of thirty is made in half the time


class Reader:
    """Says what speaks for the phrases of the points of one document."""

    def __init__(self, document: Document, known: Known, lexicon: Lexicon) -> None:
        """Count the words of the article and its title."""
        self._document = document
        self._known = known
        self.plain = not known.grammar.verbs
        """Whether the language has no table of verbs."""
        self._countries = lexicon.not_people
        self._named = known.people | known.roles
        self._counted: dict[str, tuple[str, int]] = {}
        self._title = frozenset(map(stem, words(document.article.title or "")))
        said = [(q.start, q.end, q.speaker) for q in document.quotations]
        self._speakers = [(start, end, name.lower().split()) for start, end, name in said if name]

    def features(
        self, phrases: Sequence[tuple[Phrase, int]], group: Sequence[int]
    ) -> list[Features]:
        """Return what speaks for and against the phrases of a point. Shape: as *phrases*."""
        near = self._near(group)
        speakers = self._speaking(group)
        return [
            _new(
                Features,
                (
                    *_form(phrase.capitals, phrase.kind),
                    *self._words(phrase, near),
                    *self._place(phrase, order),
                    *self._whom(phrase, speakers),
                ),
            )
            for phrase, order in phrases
        ]

    def _near(self, group: Sequence[int]) -> Counter[str]:
        """Return how often each word stands in a point and beside it."""
        tokens = self._document.tokens
        last = len(tokens.bounds) - 1
        found: Counter[str] = Counter()
        done = 0
        for position in sorted(group):
            start, end = max(position - AROUND, done, 0), min(position + AROUND + 1, last)
            if start < end:
                found.update(tokens.words[tokens.bounds[start] : tokens.bounds[end]])
                done = end
        return found

    def _speaking(self, group: Sequence[int]) -> frozenset[str]:
        """Return the words of the names of those quoted in a point."""
        spans = [(s.start, s.end) for s in map(self._document.sentences.__getitem__, group)]
        return frozenset(
            word
            for start, end, name in self._speakers
            if any(start < last and first < end for first, last in spans)
            for word in name
        )

    def _words(self, phrase: Phrase, near: Counter[str]) -> tuple[float, ...]:
        """Return the features from `title` to `total`: how the words are spread."""
        # In a language without a table a small English word may be all there is.
        telling = [word for word in phrase.folded if word not in _SMALL] or phrase.folded
        found = [self._counted.get(word) or self._count(word) for word in telling]
        # What stands once stands here. A word elided in the text (l'eau) is counted as none.
        local = [_ROOTS[min(count(near, s), 4)] if many > 1 else 1.0 for s, many in found]
        titled = [s in self._title for s, _ in found]
        return (
            sum(titled) / len(found),
            titled[-1],
            sum(local) / len(found),
            local[-1],
            log(1 + max([many for _, many in found])),
            True in phrase.capitals and self._again(phrase),
        )

    def _again(self, phrase: Phrase) -> bool:
        """Return whether a phrase has a word with a capital that the article has again."""
        named = zip(phrase.folded, phrase.capitals, strict=True)
        counted = self._counted  # has all but small words
        return any(counted.get(word, _ONCE)[1] > 1 for word, capital in named if capital)

    def _count(self, word: str) -> tuple[str, int]:
        """Return the stem of a word, and how often it stands in the article; counted once."""
        stemmed = stem(word)
        self._counted[word] = stemmed, count(self._known.counts, stemmed)
        return self._counted[word]

    def _place(self, phrase: Phrase, order: int) -> tuple[float, ...]:
        """Return the features from `place` to `object`: where the phrase stands."""
        g = self._known.grammar
        before = phrase.before
        adjunct = before in g.adjuncts
        return (
            min(phrase.place, 6) / 6,
            min(order, 2),
            adjunct,
            adjunct and phrase.capitals[-1] and phrase.kind != "asked",
            before in g.topics,
            before in g.verbs or before in g.nouns_too,
        )

    def _whom(self, phrase: Phrase, speakers: frozenset[str]) -> tuple[float, ...]:
        """Return the features from `person` to `abstract`: whom or what the words name."""
        g, folded = self._known.grammar, phrase.folded
        role = self._is_role(phrase)
        named = role or self._named.issuperset(folded)
        alone = folded[0] if len(folded) == 1 else ""
        speaks = not speakers.isdisjoint(folded)
        return (
            named,
            role,
            folded[-1] in self._known.roles and self._known.people.isdisjoint(folded),
            alone in self._known.people,
            speaks and (named or folded[-1] in speakers),
            bool(speakers) and not speaks and (named or folded[-1] in self._known.roles),
            self._countries.issuperset(folded),
            not g.press.isdisjoint(folded),
            alone != "" and self._is_vague(alone, capital=phrase.capitals[-1]),
            not g.slight.isdisjoint(folded),
            folded[-1].endswith(_ABSTRACT),
        )

    def _is_role(self, phrase: Phrase) -> bool:
        """Return whether a phrase is somebody's role: city's engineer, head of the service."""
        folded, kind = phrase.folded, phrase.kind
        if kind == "of" and "of" in folded:
            return folded[folded.index("of") - 1] in self._known.roles
        return kind == "owner" and folded[-1] in self._known.roles

    def _is_vague(self, alone: str, *, capital: bool) -> bool:
        """Return whether a word that is *alone* says too little; none does of several."""
        g = self._known.grammar
        return alone in g.adjectives or (not capital and (alone in g.vague or alone in g.nouns_too))


@lru_cache(maxsize=1024)
def _form(capitals: tuple[bool, ...], kind: str) -> tuple[float, ...]:
    """Return the features from `one` to `asked`: how a phrase is built, of few that there are."""
    many, head = len(capitals), capitals[-1]
    return (
        many == 1,
        many == 1 and not head,
        many == 3,
        many == 4,
        True in capitals,
        head,
        capitals[0] and not head,
        kind == "owner",
        kind in ("of", "name"),
        kind == "asked",
    )


def stem(word: str) -> str:
    """Return a word without the ending of a plural.

    >>> stem("bridges"), stem("pass")
    ('bridge', 'pass')
    """
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" else word


def count(counts: Counter[str], word: str) -> int:
    """Return how often a stem stands in *counts*, in the singular, plural or possessive.

    >>> count(Counter(["bridge", "bridges", "bridge's"]), "bridge")
    3
    """
    get = counts.get  # a counter asked for what it has not calls a method of its own
    return get(word, 0) + get(word + "s", 0) + get(word + "'s", 0)
