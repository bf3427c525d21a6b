"""The words of one sentence that say who speaks: "Ms Vale said", "said Ms Vale", "he added"."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from briefing.model import Sentence
from briefing.names import NameBook
from briefing.names.evidence import Named
from briefing.names.lexicon import Lexicon, matcher
from briefing.quotes.bodies import Bodies
from briefing.quotes.subjects import Span, Subjects, last_word
from briefing.words import folded

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
# A subject behind its verb: lâche-t-il, dit-elle.
_CLITIC = re.compile(r"-(?:t-)?([^\W\d_]+)")
# What may follow a verb without a subject: the end, or where and how it was said.
_BARE = re.compile(r"[.,]| (?:a|ante|en|tras|entre|durante|con|ahora|después|antes|al)\b")
# What ends a clause: nothing to the left of it is the subject of what is to the right.
_CLAUSE = re.compile(r"[;:!?”\"»\s—](?:(?<=[;:!?”\"»])\s|(?<=\s)[–—-]\s|(?<=—))")
_DASHES = frozenset("-–—―")
_THIRD_PERSON = re.compile(r" ([a-z]{3,}(?:ed|s)|shot back|hit back)\b(?! (?:to|by|as|of)\b)")
# How far from its verb a subject may stand, in characters: a name and its apposition.
FAR = 200


@cache
def _verbs(words: Lexicon) -> re.Pattern[str]:
    """Return what finds the speech verbs of a language."""
    return matcher(words.speech)


class Cue(NamedTuple):
    """One attribution within a sentence."""

    start: int
    """Offset in the article's text of the words that attribute: verb and subject."""

    end: int
    speaker: str | None
    """Full name as the article gives it, None for somebody unnamed or uncertain."""

    cited: bool = False
    """Whether it only says where the words were found: "she said, according to the Echo"."""


class CueFinder:
    """Finds the attributions of an article's sentences."""

    def __init__(self, book: NameBook) -> None:
        """Look names up in *book*."""
        self.book = book
        self.text = book.text
        self.words = book.words
        self.by_end = {named.run.end: named for named in book.named}
        self.subjects = Subjects(book)
        self.bodies = Bodies(book, self.subjects)
        self.quote_ends = [q.end for q in book.quoted]

    def cues(self, sentence: Sentence) -> Iterator[Cue]:
        """Yield the attributions of *sentence*, outside its quotations, from left to right.

        Those by a verb first, then those by a phrase: according to Ms Vale.
        """
        last: Cue | None = None
        for match in self._spoken(sentence):
            if not self._is_quoted(match) and (cue := self._cue(match, sentence, last)):
                last = cue
                yield cue
        for phrase in self.words.according:
            place = sentence.text.find(phrase)
            if place < 0 and sentence.text.startswith(phrase.capitalize()):
                place = 0
            if place >= 0 and not self.book.is_quoted(sentence.start + place):
                start = sentence.start + place
                cue = self._right((start, start + len(phrase)), sentence) or Cue(
                    start=start, end=start + len(phrase), speaker=None
                )
                yield cue._replace(cited=last is not None)

    def _spoken(self, sentence: Sentence) -> Iterator[re.Match[str]]:
        """Yield the speech verbs of a sentence.

        The expression, of which nearly each word begins like some verb, is tried on those words
        only that may be one: 3 microseconds a sentence, where it takes 8.
        """
        spoken, verbs = self.words.speech, _verbs(self.words)
        found = [
            word
            for word in self.book.tokens.of(sentence.position)
            if word in spoken or ("'" in word and not spoken.isdisjoint(word.split("'")))
        ]
        plain = folded(sentence.text) if found else ""
        if len(plain) not in (0, len(sentence.text)):  # a letter that folding lengthens
            yield from verbs.finditer(self.text, sentence.start, sentence.end)
            return
        place = 0
        for word in found:
            place = _whole(plain, word, place)
            start = sentence.start + place
            place += len(word)
            # One more character, to see that no underscore goes on with the word.
            yield from verbs.finditer(self.text, start, min(start + len(word) + 1, sentence.end))

    def introduced(self, start: int, sentence: Sentence) -> Cue | None:
        """Return the attribution of a quotation after a colon to whom its sentence is about.

        Only when nobody else is named in the sentence: Ms Vale went further: “…”
        """
        before = self.text[sentence.start : start].rstrip()
        people = {person.name for _, person in self.book.mentions(sentence.position)}
        person = self.book.trail.focus[sentence.position]
        opening = self.book.trail.opening(sentence.position)
        if not before.endswith(":") or person is None or people - {person.name}:
            return None
        if opening is None or (opening > sentence.start + 2 and "," not in before):
            return None
        return Cue(start=opening, end=sentence.start + len(before), speaker=person.name)

    def tag(self, end: int) -> Cue | None:
        """Return the attribution that stands right behind a quotation, whatever its verb.

        A name and a verb after a comma (“…,” Ms Vale thundered), or a name alone after a
        dash (“…” — Ada Vale).
        """
        named = self.subjects.next(end)
        if named is None or named.run.start > end + 4 or named.run.own:
            return None
        between = self.text[end : named.run.start].strip()
        if between:
            rest = self.text[named.run.end : named.run.end + 2].strip(" .")
            signed = between in _DASHES and not rest
            return self._named(named, (end, named.run.end)) if signed else None
        verb = _THIRD_PERSON.match(self.text, named.run.end)
        if verb is None or "," not in self.text[end - 2 : end]:
            return None
        if verb.group(1) in self.words.passive | self.words.adverbs:
            return None
        return self._named(named, verb.span(1))

    def _is_quoted(self, match: re.Match[str]) -> bool:
        """Return whether a word stands between quotation marks."""
        return self.book.is_quoted(match.start())

    def _cue(self, verb: re.Match[str], sentence: Sentence, last: Cue | None) -> Cue | None:
        """Return the attribution that *verb* makes, None if it makes none."""
        floor = self._floor(verb.start(), sentence)
        left = self._without_adverbs(self.text[floor : verb.start()].rstrip(" \u00a0(["))
        if last_word(left) in self.words.passive or self._is_act(verb):
            return None
        if not left.strip(",.'’”\" "):
            if floor == sentence.start and self.text[sentence.end - 1] != ":":
                return None
            found = self._subjectless(verb, sentence)
        elif last_word(left) in self.words.joining:
            found = self._joined(verb, sentence, last)
        else:
            found = self._either(left, verb, sentence, floor=floor)
        return found or Cue(start=verb.start(), end=verb.end(), speaker=None)

    def _either(
        self, left: str, verb: re.Match[str], sentence: Sentence, *, floor: int
    ) -> Cue | None:
        """Return the attribution to a subject on either side of its verb.

        Behind it if a comma stands before it and somebody certain behind: in Tarnow, said Vale.
        """
        behind = self._inverted(verb, sentence) if left.endswith(",") else None
        if behind and behind.speaker:
            return behind
        return self._left(floor, left, verb) or behind

    def _subjectless(self, verb: re.Match[str], sentence: Sentence) -> Cue | None:
        """Return the attribution of a verb with nothing before it in its clause."""
        return self._inverted(verb, sentence) or self._dropped(verb, sentence)

    def _without_adverbs(self, left: str) -> str:
        """Return what stands before a verb without the adverbs between it and its subject."""
        while (word := last_word(left)) in self.words.adverbs:
            left = left[: len(left) - len(word)].rstrip()
        return left

    def _is_act(self, verb: re.Match[str]) -> bool:
        """Return whether a verb tells what somebody does, not what is said: agreed to pay."""
        known = verb.group().lower() in self.words.acts
        return known and self.text.startswith(" to ", verb.end())

    def _inverted(self, verb: re.Match[str], sentence: Sentence) -> Cue | None:
        """Return the attribution to a subject after its verb, None if there can be none."""
        if verb.group().lower() in self.words.never_inverted:
            return None
        return self._right(verb.span(), sentence)

    def _dropped(self, verb: re.Match[str], sentence: Sentence) -> Cue | None:
        """Return the attribution to whom the sentence before is about, where no subject is said.

        Spanish leaves it out: «…», afirmó. Only within a paragraph, and when nobody else is named.
        """
        before = sentence.position - 1
        if not self.words.drops_subjects or before < 0 or self.book.trail.spots[before + 1]:
            return None
        earlier = self.book.sentences[before]
        person = self.book.trail.focus[before]
        named = {spot[1].name for spot in self.book.trail.spots[before]}
        if person is None or earlier.paragraph != sentence.paragraph or len(named) > 1:
            return None
        after = _BARE.match(self.text, verb.end())
        return Cue(start=verb.start(), end=verb.end(), speaker=person.name) if after else None

    def _floor(self, place: int, sentence: Sentence) -> int:
        """Return where the clause that ends at *place* begins."""
        floor = max(sentence.start, place - FAR)
        before = bisect_right(self.quote_ends, place) - 1
        if before >= 0:
            floor = max(floor, self.quote_ends[before])
        for match in _CLAUSE.finditer(self.text, floor, place):
            floor = match.end()
        return floor

    def _joined(self, verb: re.Match[str], sentence: Sentence, last: Cue | None) -> Cue | None:
        """Return the attribution of "… and added": to whoever spoke or acted before."""
        if last:
            return Cue(start=verb.start(), end=verb.end(), speaker=last.speaker)
        person = self.book.trail.focus[sentence.position]
        opening = self.book.trail.opening(sentence.position)
        if person is None or opening is None or opening > sentence.start + 2:
            return None
        return Cue(start=verb.start(), end=verb.end(), speaker=person.name)

    def _left(self, floor: int, left: str, verb: re.Match[str]) -> Cue | None:
        """Return the attribution to a subject before its verb."""
        word = last_word(left)
        if word in self.words.relative:
            left = left[: len(left) - len(word)].rstrip(" ,")
        end = floor + len(left)
        word = last_word(left).rpartition("-")[2]  # a-t-elle déclaré
        if word in self.words.subjects:
            return self._pronoun((end - len(word), end), verb.span())
        if word in self.words.plural or word in self.words.others:
            return None
        named = self.by_end.get(floor + len(_unbracketed(left)))
        if named is None or named.run.own or self.subjects.is_object(floor, named):
            return self._first(floor, end, verb)
        return self._named(named, verb.span()) if self._is_subject(floor, named) else None

    def _is_subject(self, floor: int, named: Named) -> bool:
        """Return whether a name right before a verb is its subject, and its only one."""
        known = named.start in self.subjects.persons or self.subjects.opens(floor, named)
        return known and self._is_sole(named)

    def _is_sole(self, named: Named) -> bool:
        """Return whether a name is not the last of several subjects: Vale and Oakes said."""
        before = self.subjects.before(named)
        return before is None or self.text[before.run.end : named.run.start] != " and "

    def _first(self, floor: int, end: int, verb: re.Match[str]) -> Cue | None:
        """Return the attribution to the name or pronoun that a clause begins with."""
        said = verb.group().lower()
        place = self.book.trail.pronoun_between(floor, end)
        named = self.subjects.ungoverned(floor, end)
        if named and not (place and place[0] < named.run.start):
            lead = self.text[floor : named.run.start].rstrip()
            tail = self.text[named.run.end : end]
            fits = self.subjects.is_lead(lead) and self.subjects.is_tail(tail, said)
            return self._named(named, verb.span()) if fits else None
        if place and self.subjects.is_tail(self.text[place[1] : end], said):
            return self._pronoun(place, verb.span())
        return None

    def _right(self, verb: Span, sentence: Sentence) -> Cue | None:
        """Return the attribution to a subject after its verb or phrase, None if unnamed."""
        if place := self._pronoun_behind(verb[1], sentence):
            return self._pronoun(place, verb)
        named = self.subjects.behind(verb[1])
        if named is None or named.run.own or named.run.start >= sentence.end:
            return None
        if self.book.is_quoted(named.run.start) or not self.subjects.is_bridge(verb[1], named):
            return None
        bearer = self.subjects.bearer(named, verb[1])
        return self._named(bearer, verb) if bearer else None

    def _pronoun_behind(self, start: int, sentence: Sentence) -> Span | None:
        """Return where a pronoun follows a verb that ends at *start*, joined to it or not."""
        joined = _CLITIC.match(self.text, start, sentence.end)
        if joined and joined.group(1) in self.words.subjects:
            return joined.span(1)
        follows = _WORD.search(self.text, start, min(start + 30, sentence.end))
        word = follows.group().lower() if follows else ""
        pronouns = (self.words.subjects, self.words.male, self.words.female)
        return follows.span() if follows and any(word in table for table in pronouns) else None

    def _pronoun(self, place: Span, verb: Span) -> Cue:
        """Return the attribution to whom a pronoun means."""
        person = self.book.resolve(place)
        return Cue(
            start=min(place[0], verb[0]),
            end=max(place[1], verb[1]),
            speaker=person.name if person else None,
        )

    def _named(self, named: Named, verb: Span) -> Cue:
        """Return the attribution to a name: a person's in full, else the name as it stands."""
        person = self.subjects.persons.get(named.start)
        return Cue(
            start=min(named.start, verb[0]),
            end=max(named.run.end, verb[1]),
            speaker=person.name if person else self.bodies.name(named),
        )


def _whole(text: str, word: str, place: int) -> int:
    """Return where *word* stands whole, from *place* on: it does somewhere."""
    while True:
        place = text.index(word, place)
        end = place + len(word)
        if not (text[place - 1 : place].isalnum() or text[end : end + 1].isalnum()):
            return place
        place += 1


def _unbracketed(text: str) -> str:
    """Return *text* without what stands in brackets at its end: Ada Vale (Lib), or [Vale]."""
    if text.endswith("]"):
        return text[:-1]
    opened = text.rfind("(") if text.endswith(")") else -1
    return text[:opened].rstrip() if opened >= 0 else text
