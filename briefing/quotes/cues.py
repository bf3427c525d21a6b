"""The words of one sentence that say who speaks: "Ms Vale said", "said Ms Vale", "he added"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.model import Sentence
from briefing.names import NameBook, Person
from briefing.names.people import Named

Span = tuple[int, int]

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
# What ends a clause: nothing to the left of it is the subject of what is to the right.
_CLAUSE = re.compile(r"[;:.!?”\"»]\s|[–—]|\s-\s")
# How far from its verb a subject may stand, in characters: a name and its apposition.
FAR = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One attribution within a sentence."""

    start: int
    """Offset in the article's text of the words that attribute: verb and subject."""

    end: int
    speaker: str | None
    """Full name as the article gives it, None for somebody unnamed or uncertain."""

    person: Person | None = None


class CueFinder:
    """Finds the attributions of an article's sentences."""

    def __init__(self, book: NameBook) -> None:
        """Look names up in *book*."""
        self.book = book
        self.text = book.text
        self.words = book.words
        self.by_end = {named.run.end: named for named in book.named}
        self.persons = {m.start: p for p in book.people for m in p.mentions}
        self.proper = {
            token for named in book.named if not named.run.initial for token in named.tokens
        }

    def cues(self, sentence: Sentence) -> Iterator[Cue]:
        """Yield the attributions of *sentence*, outside its quotations, from left to right."""
        for match in _WORD.finditer(self.text, sentence.start, sentence.end):
            if match.group().lower() in self.words.speech and not self._is_quoted(match):
                if cue := self._cue(match, sentence):
                    yield cue
        for phrase in self.words.according:
            place = sentence.text.lower().find(phrase)
            if place >= 0 and not self.book.is_quoted(sentence.start + place):
                start = sentence.start + place
                yield self._right(start, start + len(phrase), sentence)

    def _is_quoted(self, match: re.Match[str]) -> bool:
        """Return whether a word stands between quotation marks."""
        return self.book.is_quoted(match.start())

    def _cue(self, verb: re.Match[str], sentence: Sentence) -> Cue | None:
        """Return the attribution that *verb* makes, None if it makes none."""
        floor = self._floor(verb.start(), sentence)
        left = self.text[floor : verb.start()].rstrip()
        while (last := left.rsplit(None, 1)[-1] if left else "").lower() in self.words.adverbs:
            left = left[: len(left) - len(last)].rstrip()
        if not left:
            return self._right(verb.start(), verb.end(), sentence)
        return self._left(floor, left, verb)

    def _floor(self, place: int, sentence: Sentence) -> int:
        """Return where the clause that ends at *place* begins."""
        floor = max(sentence.start, place - FAR)
        for quote in self.book.quoted:
            if quote.start > place:
                break
            if sentence.start < quote.end <= place:
                floor = max(floor, quote.end)
        for match in _CLAUSE.finditer(self.text, floor, place):
            floor = match.end()
        return floor

    def _left(self, floor: int, left: str, verb: re.Match[str]) -> Cue | None:
        """Return the attribution whose subject stands before the verb."""
        end = floor + len(left)
        last = left.rsplit(None, 1)[-1]
        if last.lower() in self.words.subjects:
            return self._pronoun((end - len(last), end), verb.span())
        named = self.by_end.get(end)
        if named and not named.run.own:
            if not self._is_object(floor, named):
                return self._named(named, verb.span())
            return self._first(floor, end, verb)
        return self._first(floor, end, verb)

    def _is_object(self, floor: int, named: Named) -> bool:
        """Return whether a preposition or another noun's tail governs a name."""
        before = self.text[floor : named.run.start].rsplit(None, 1)
        return bool(before) and before[-1].lower() in self.words.prepositions

    def _first(self, floor: int, end: int, verb: re.Match[str]) -> Cue | None:
        """Return the attribution to whoever the clause begins with, if it begins with a name."""
        place = self.book.trail.pronoun_between(floor, end)
        for named in self.book.named:
            if named.run.start < floor:
                continue
            if named.run.start >= end or (place and place[0] < named.run.start):
                break
            if named.run.own or self._is_object(floor, named):
                continue
            lead = self.text[floor : named.run.start].strip(" ,'\"")
            if lead and not self._is_lead(lead):
                break
            return self._named(named, verb.span())
        if place and self.text[slice(*place)].lower() in self.words.subjects:
            return self._pronoun(place, verb.span())
        return Cue(start=verb.start(), end=verb.end(), speaker=None)

    def _is_lead(self, lead: str) -> bool:
        """Return whether words before a name are its role or an opening, not a clause."""
        words = [word.lower() for word in lead.split()]
        return (
            words[-1].strip(",") in self.words.roles
            or lead.endswith(",")
            or words[-1]
            in (
                "and",
                "but",
                "as",
                "the",
            )
        )

    def _right(self, start: int, end: int, sentence: Sentence) -> Cue:
        """Return the attribution whose subject follows the verb."""
        named = next((n for n in self.book.named if n.run.start > end - 1), None)
        pronoun = _WORD.match(self.text, end + 1)
        if (
            pronoun
            and pronoun.group().lower() in self.words.subjects | self.words.male | self.words.female
        ):
            return self._pronoun(pronoun.span(), (start, end))
        if named is None or named.run.start > min(end + 90, sentence.end):
            return Cue(start=start, end=end, speaker=None)
        if self.book.is_quoted(named.run.start):
            return Cue(start=start, end=end, speaker=None)
        between = self.text[end : named.run.start].lower().split()
        stop = self.words.prepositions | self.words.unnamed | self.words.subjects
        if not stop.isdisjoint(w.strip(",") for w in between) or "that" in between:
            return Cue(start=start, end=end, speaker=None)
        return self._named(named, (start, end))

    def _pronoun(self, place: Span, verb: Span) -> Cue:
        """Return the attribution to whom a pronoun means."""
        person = self.book.resolve(place)
        return Cue(
            start=min(place[0], verb[0]),
            end=max(place[1], verb[1]),
            speaker=person.name if person else None,
            person=person,
        )

    def _named(self, named: Named, verb: Span) -> Cue:
        """Return the attribution to a name: a person's in full, else the name as it stands."""
        person = self.persons.get(named.start)
        name = person.name if person else self._organisation(named)
        return Cue(
            start=min(named.start, verb[0]),
            end=max(named.run.end, verb[1]),
            speaker=name,
            person=person,
        )

    def _organisation(self, named: Named) -> str | None:
        """Return the name of a speaker who is no known person, None if it may be no name."""
        name = self.text[named.start : named.run.end]
        if named.run.own or all(token.lower() in self.words.not_people for token in named.tokens):
            return None
        if len(named.tokens) == 1 and named.tokens[0] not in self.proper and not name.isupper():
            return None
        return name
