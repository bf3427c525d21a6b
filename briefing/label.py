"""A label for each key point: a few words of the article that say what the point is about.

A label is a noun phrase of the point's own sentences, cut out unchanged. English phrases are
told by small tables of function words, verbs and adjectives; other languages, for which there
are none, fall back on names and on words that recur.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, zip_longest
from typing import NamedTuple

from briefing.model import Document, Sentence
from briefing.names import book
from briefing.names.clauses import acts, in_full
from briefing.names.grammar import Token, grammar, tokens
from briefing.words import WORD, words

# The most words a label has.
MOST = 4
# How many sentences on each side of a point tell which words are its own.
AROUND = 3

# Endings of adjectives; nouns that share them are few and seldom end a label.
ADJECTIVES = ("ible", "able", "ous", "less", "ful")

_INITIAL = re.compile(r" [A-Z]\. ?[A-Z]")


class _Phrase(NamedTuple):
    """A candidate: where it stands, and its words."""

    start: int
    end: int
    folded: tuple[str, ...]
    name: bool
    """Whether it holds a capitalised word."""

    mixed: bool
    """Whether a name in it qualifies a common noun: Wagner group."""

    before: str
    """The word before it, folded."""

    place: int
    """How many candidates of its sentence stand before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worth:
    """What speaks for and against a candidate.

    Set by random search on the topics of the 31 hand-annotated articles, so that labels share a
    word with the annotators' own as often as they can, with what a name is worth held down: names
    alone would score still better there, and read worse.
    """

    length: tuple[float, ...] = (0.0, 0.6, 1.0, 0.95, 0.5)
    """By the number of words, from 0."""

    name: float = 1.1
    mixed: float = 0.5
    """A common noun with a name before it: Wagner group."""

    local: float = 1.2
    """How far the words recur in and beside the point."""

    focus: float = 0.13
    """Power of the share of a word's sentences that are the point's."""

    title: float = 0.5
    shared_words: float = 0.28
    """Power of the number of points that have a word."""

    place: float = 0.1
    """Cost of each candidate before it in its sentence."""

    order: float = 0.06
    """Cost of each sentence of the point before it."""

    vague: float = 3.0
    press: float = 2.2
    country: float = 1.4
    speaker: float = 0.5
    """Cost of a speaker's name: the words say who speaks already."""

    person: float = 0.25
    """Cost of nothing but a person's name and title."""

    surname: float = 0.25
    """Cost of a bare surname."""

    spoken: float = 1.2
    """Cost of a speaker's name, and what else is no subject, where a phrase is one."""

    single: float = 0.3
    """Cost of a single word."""

    adjunct: float = 0.4
    """Cost of standing behind "in" or "at"."""

    taken: float = 0.65
    """Cost of words that another point's label has."""


WORTH = _Worth()


def labels(document: Document, groups: Sequence[Sequence[int]]) -> tuple[str, ...]:
    """Return a label for each group of sentence positions, all different.

    Each is one to four words that stand in the article as they are, none a pronoun, the outlet
    or a byline. A group for which the article has no word left gets an empty label.

    >>> from briefing.model import Article
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
        self.sets = [*map(frozenset, document.words)]
        self.counts = Counter(chain.from_iterable(self.sets))
        self.title = frozenset(_stems(article.title or ""))
        self.banned = frozenset(words(" ".join((article.publisher or "", *article.authors))))
        self.speakers = frozenset(
            _stem(q.speaker.rsplit(None, 1)[-1].lower()) for q in document.quotations if q.speaker
        )
        self.spoken = self._speakers()
        names = book(article, document.sentences)
        self.focus = names.trail.focus
        self.persons = frozenset(t for p in names.people for t in p.name.lower().split())
        self.roles = names.words.titles | names.words.roles
        self.named = self.persons | self.roles
        self.places = names.words.organisations
        self.countries = names.words.not_people
        self.speech = names.words.speech
        self.spread = Counter(
            chain.from_iterable(
                frozenset().union(*(self.sets[p] for p in group)) for group in groups
            )
        )

    def _speakers(self) -> dict[int, frozenset[str]]:
        """Return the words of the names of those quoted in each sentence."""
        found: dict[int, frozenset[str]] = {}
        starts = [sentence.start for sentence in self.document.sentences]
        for quotation in self.document.quotations:
            if quotation.speaker:
                name = frozenset(quotation.speaker.lower().split())
                first = max(bisect_right(starts, quotation.start) - 1, 0)
                for place in range(first, bisect_left(starts, quotation.end)):
                    found[place] = found.get(place, frozenset()) | name
        return found

    def labels(self) -> tuple[str, ...]:
        """Return the labels, the surest given first so that it keeps the phrase it shares."""
        ranked = [self._ranked(group) or self._beside(group) for group in self.groups]
        found = [""] * len(self.groups)
        order = sorted(range(len(ranked)), key=lambda g: -ranked[g][0][0] if ranked[g] else 0.0)
        taken: set[str] = set()
        heads: set[str] = set()
        for index in order:
            found[index] = (
                self._choose(ranked[index], taken, heads)
                or self._person(taken, index)
                or self._any(taken, index)
            )
            taken.add(found[index].casefold())
            heads.update(_stems(found[index]))
        return tuple(found)

    def _choose(self, ranked: list[tuple[float, _Phrase]], taken: set[str], heads: set[str]) -> str:
        """Return the best phrase that no other point has; what it shares with others costs."""
        best, most = "", float("-inf")
        for score, phrase in ranked:
            label = self.text[phrase.start : phrase.end]
            shared = sum(_stem(word) in heads for word in phrase.folded) / len(phrase.folded)
            if label.casefold() not in taken and score - WORTH.taken * shared > most:
                best, most = label, score - WORTH.taken * shared
        return best

    def _person(self, taken: set[str], index: int) -> str:
        """Return the name of whom a point is about, where it says no more: He left."""
        people = (self.focus[p] for p in self.groups[index])
        names = (person.name for person in people if person)
        return next((n for n in names if n.casefold() not in taken and n.count(" ") < MOST), "")

    def _any(self, taken: set[str], index: int) -> str:
        """Return any word of the point, or of the article, that no other label is."""
        sentences = [self.document.sentences[p] for p in self.groups[index]]
        found = [m.group() for s in sentences for m in WORD.finditer(s.text)]
        free = [word for word in found if word.casefold() not in taken]
        telling = (w for w in free if len(w) > 3 and self._is_telling(w))
        rest = (m.group() for s in self.document.sentences for m in WORD.finditer(s.text))
        others = (word for word in rest if word.casefold() not in taken)
        return next(chain(telling, free, others), "")

    def _is_telling(self, word: str) -> bool:
        """Return whether a word may be a noun, for all that is known."""
        folded = word.lower().replace("’", "'")
        known = folded in self.grammar.function or folded in self.grammar.verbs
        return not known and folded not in self.grammar.weak

    def _ranked(self, group: Sequence[int]) -> list[tuple[float, _Phrase]]:
        """Return the candidates of a point with their scores, best first."""
        inside = self._around(group)
        found: dict[tuple[str, ...], tuple[float, _Phrase]] = {}
        for order, position in enumerate(group):
            for phrase in self._phrases(self.document.sentences[position]):
                score = self._score(phrase, inside, order)
                if phrase.folded not in found or found[phrase.folded][0] < score:
                    found[phrase.folded] = (score, phrase)
        return sorted(self._less_speakers(found, group), key=lambda f: -f[0])

    def _less_speakers(
        self, found: dict[tuple[str, ...], tuple[float, _Phrase]], group: Sequence[int]
    ) -> list[tuple[float, _Phrase]]:
        """Return the candidates; where somebody speaks, what is no subject is worth less.

        The speaker stands under the point already.
        """
        said = {w for p in group for w in self.spoken.get(p, ())}
        if not said:
            return list(found.values())
        subject = any(self._is_subject(phrase) for _, phrase in found.values())
        return [
            (
                score
                - WORTH.spoken
                * (self._is_other(phrase, said) or (subject and not self._is_subject(phrase))),
                phrase,
            )
            for score, phrase in found.values()
        ]

    def _is_other(self, phrase: _Phrase, said: set[str]) -> bool:
        """Return whether a phrase only names somebody who is not the speaker."""
        return self.named.issuperset(phrase.folded) and said.isdisjoint(phrase.folded)

    def _is_subject(self, phrase: _Phrase) -> bool:
        """Return whether a phrase can say what a point is about: two words, or one of the title."""
        words = phrase.folded
        if self.named.issuperset(words) or not self.grammar.press.isdisjoint(words):
            return False
        if words[-1] in self.named or phrase.before in self.grammar.adjuncts:
            return False
        return len(words) > 1 or _stem(words[0]) in self.title

    def _beside(self, group: Sequence[int]) -> list[tuple[float, _Phrase]]:
        """Return the candidates of the sentence before: for a point such as "We know," he said."""
        first = min(group, default=0)
        sentences = self.document.sentences
        if not first or sentences[first - 1].paragraph != sentences[first].paragraph:
            return []
        return self._ranked([first - 1])

    def _around(self, group: Sequence[int]) -> Counter[str]:
        """Return in how many sentences of a point and beside it each word stands."""
        near = {n for p in group for n in range(p - AROUND, p + AROUND + 1)}
        known = (self.sets[n] for n in near if 0 <= n < len(self.sets))
        return Counter(chain.from_iterable(known))

    def _score(self, phrase: _Phrase, near: Counter[str], order: int) -> float:
        """Return how well a phrase says what its point is about; higher is better."""
        stems = [_stem(word) for word in phrase.folded]
        gain = sum([self._weight(stem, near) for stem in stems]) / len(stems)
        gain += WORTH.length[len(stems)] + WORTH.name * phrase.name + WORTH.mixed * phrase.mixed
        return gain - self._cost(phrase, stems) - WORTH.order * min(order, 3)

    def _cost(self, phrase: _Phrase, stems: list[str]) -> float:
        """Return what speaks against a phrase."""
        g = self.grammar
        words = phrase.folded
        alone = words[0] if len(words) == 1 else ""
        cost = WORTH.place * phrase.place
        costs = (
            (WORTH.vague, alone in g.vague or alone in g.nouns_too or alone in g.adjectives),
            (WORTH.single, bool(alone) and bool(g.verbs)),
            (WORTH.adjunct, phrase.before in g.adjuncts),
            (WORTH.press, not g.press.isdisjoint(words)),
            (WORTH.country, self.countries.issuperset(words)),
            (WORTH.speaker, not self.speakers.isdisjoint(stems)),
            (WORTH.person, bool(g.verbs) and self.named.issuperset(words)),
            (WORTH.surname, alone in self.persons),
        )
        for each, holds in costs:
            if holds:
                cost += each
        return cost

    def _weight(self, stem: str, near: Counter[str]) -> float:
        """Return how much a word is a point's own, recurs near it, and stands in the title."""
        local = _count(near, stem)
        share = local / (_count(self.counts, stem) or 1)
        own = WORTH.local * min(local, 4) ** 0.5 * share**WORTH.focus
        titled = WORTH.title if stem in self.title else 0.0
        return float((own + titled) / (_count(self.spread, stem) or 1) ** WORTH.shared_words)

    def _phrases(self, sentence: Sentence) -> Iterator[_Phrase]:
        """Yield the candidates of a sentence, in order."""
        chunks = self._chunks(sentence) if self.grammar.verbs else self._plain(sentence)
        for place, chunk in enumerate(self._joined(chunks, sentence)):
            words = self._trimmed(chunk)
            if not words or self.banned.issuperset(w.word for w in words):
                continue
            if words[-1].capital and _INITIAL.match(sentence.text, words[-1].end):
                continue  # half a name: Donald | J. Vale
            start, end = sentence.start + words[0].start, sentence.start + words[-1].end
            yield _Phrase(
                start=start,
                end=end,
                folded=tuple(w.word for w in words),
                name=any(w.capital and not w.first for w in words),
                mixed=words[0].capital and not words[0].first and not words[-1].capital,
                before=_before(sentence.text, words[0].start),
                place=place,
            )

    def _trimmed(self, chunk: list[Token]) -> list[Token]:
        """Return a chunk without weak words at its front and what ends no label."""
        words = self._ended(chunk)
        turned = in_full(words, self.grammar, roles=self.roles, people=self.persons)
        if turned is not None:
            return turned if len(turned) <= MOST else []
        while len(words) > 1 and self._is_weak(words[0]) and not _is_new_york(words):
            words = words[1:]
        if len(words) > MOST and words[-MOST - 1].capital and words[-MOST].capital:
            return []
        words = words[-MOST:]
        return words[1:] if words and words[0].word == "of" else words

    def _ended(self, words: list[Token]) -> list[Token]:
        """Return a chunk without the adjectives and the speech verb at its end."""
        while words and self._describes(words[-1]):
            words = words[:-1]
        said = len(words) > 1 and words[-2].capital and self._is_said(words[-1])
        return words[:-1] if said else words

    def _is_said(self, token: Token) -> bool:
        """Return whether a word behind a name is a speech verb: Vale warns."""
        return token.word in self.speech and not token.capital

    def _is_weak(self, token: Token) -> bool:
        """Return whether a word is left out at the front of a label."""
        named = token.capital and not token.first
        return not named and token.word in self.grammar.weak

    def _describes(self, token: Token) -> bool:
        """Return whether a word is an adjective, which ends no label."""
        if token.capital and not token.first:
            return False
        word = token.word
        known = word in self.grammar.adjectives or word in self.grammar.weak
        return known or (len(word) > 6 and word.endswith(ADJECTIVES))

    def _joined(self, chunks: Iterator[list[Token]], sentence: Sentence) -> Iterator[list[Token]]:
        """Yield chunks, those that "of" joins as one where it is short enough."""
        before: list[Token] = []
        for chunk in chunks:
            between = sentence.text[before[-1].end : chunk[0].start] if before else ""
            joins = between == " of " or (between == " & " and chunk[0].capital)
            if joins and len(before) + len(chunk) < MOST:
                before = [*before, _small(before[-1].end, between.strip()), *chunk]
                continue
            if joins and between == " & ":
                before = []  # a name too long for a label, of which no half is shown
                continue
            if before:
                yield before
            before = chunk
        if before:
            yield before

    def _chunks(self, sentence: Sentence) -> Iterator[list[Token]]:
        """Yield runs of words that no function word, verb or mark interrupts."""
        cut = tokens(sentence.text)
        acting = acts(cut, self.grammar)
        chunk: list[Token] = []
        before = ""
        for token, following in zip_longest(cut, cut[1:]):
            breaks = self._breaks(token, before, following.word if following else "")
            breaks = breaks or token.start in acting
            if chunk and (breaks or self._parts(chunk[-1], token)):
                yield chunk
                chunk = []
            if not breaks:
                chunk.append(token)
            before = token.word
        if chunk:
            yield chunk

    def _plain(self, sentence: Sentence) -> Iterator[list[Token]]:
        """Yield phrases where verbs are unknown: names, words that recur together, else words."""
        for chunk in self._chunks(sentence):
            if all(_count(self.counts, _stem(token.word)) > 1 for token in chunk):
                yield chunk
                continue
            for _, run in groupby(chunk, key=lambda token: token.capital and not token.first):
                words = list(run)
                if words[0].capital and not words[0].first:
                    yield words
                else:
                    yield from ([word] for word in words)

    def _parts(self, last: Token, token: Token) -> bool:
        """Return whether a phrase ends behind a plural: methods | ancient craftsmen used.

        And behind an owner, but for one whose name goes on: St Brannoc's Hospital.
        """
        compound = last.capital or last.word in self.grammar.compound_plurals
        owns = last.owner and not (last.capital and token.capital and token.word in self.places)
        return owns or (not last.owner and _is_plural(last.word) and not compound)

    def _breaks(self, token: Token, before: str, after: str) -> bool:
        """Return whether a token is none that a noun phrase holds."""
        g = self.grammar
        word = token.word
        named = token.capital and not token.first
        if len(word) < 2 or not word[0].isalpha() or (word in g.function):
            return not (named and word in g.in_names)
        if before == "to" and not named and (after in g.function or not after[:1].isalpha()):
            return True  # to fix it, to be taken to court: verbs, and where something goes
        opened = before in g.determiners or before in g.weak
        if word in g.nouns_too:
            return self._is_verb_here(before, after, opened=opened)
        return not named and self._acts(word, opened=opened)

    def _is_verb_here(self, before: str, after: str, *, opened: bool) -> bool:
        """Return whether what may be noun or verb is a verb between the words beside it."""
        g = self.grammar
        acts = after in g.determiners and before not in g.function and not opened
        return before in g.before_verb or acts

    def _acts(self, word: str, *, opened: bool) -> bool:
        """Return whether a word is a verb or adverb, where a phrase is *opened* or not."""
        g = self.grammar
        if word in g.verbs or (word.endswith("ed") and len(word) > 4):
            return not (opened and word.endswith(("ed", "en")))
        if word.endswith("ing") and len(word) > 5:
            return word not in g.ing_nouns and not opened
        return word.endswith("ly") and word not in g.ly_nouns


def _before(text: str, start: int) -> str:
    """Return the word that ends before *start*, folded."""
    return text[max(start - 12, 0) : start].rstrip().rpartition(" ")[2].lower()


def _is_new_york(words: list[Token]) -> bool:
    """Return whether a phrase is a place's name although it begins with an adjective."""
    return words[0].capital and words[0].word in ("new", "great") and words[1].capital


def _small(end: int, word: str) -> Token:
    """Return the *word* that joins two phrases, behind a phrase that ends at *end*."""
    return Token(end + 1, end + 1 + len(word), word, capital=False, first=False, owner=False)


def _stems(text: str) -> list[str]:
    """Return the stems of the words of *text*, in order."""
    return [_stem(word) for word in words(text)]


def _is_plural(word: str) -> bool:
    """Return whether a word looks like a plural."""
    return word.endswith("s") and not word.endswith(("ss", "us", "is", "gas"))


def _stem(word: str) -> str:
    """Return a word without the ending of a plural."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _count(counts: Counter[str], stem: str) -> int:
    """Return how often a word stands in *counts*, in the singular, plural or possessive."""
    return counts[stem] + counts[stem + "s"] + counts[stem + "'s"]
