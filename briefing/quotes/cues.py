"""The words of one sentence that say who speaks: "Ms Vale said", "said Ms Vale", "he added"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, cached_property
from typing import NamedTuple

from briefing.model import Sentence
from briefing.names import NameBook
from briefing.names.lexicon import Lexicon, matcher
from briefing.names.persons import Named
from briefing.words import folded

Span = tuple[int, int]

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
# What ends a clause: nothing to the left of it is the subject of what is to the right.
# A subject behind its verb: lâche-t-il, dit-elle.
_CLITIC = re.compile(r"-(?:t-)?([^\W\d_]+)")
# What may follow a verb without a subject: the end, or where and how it was said.
_BARE = re.compile(r"[.,]| (?:a|ante|en|tras|entre|durante|con|ahora|después|antes|al)\b")
# An office in full before the name, in French and Spanish: la présidente du tribunal, Ada Vale.
_OFFICE = re.compile(r" (?:le|la|el) ([^\W\d_]+)(?: [^\W\d_]+){1,5}, (?:mme |m\. )?")
# German articles, which are relative pronouns elsewhere: sagte der Richter Ada Vale.
_ARTICLES_FIRST = (["der"], ["die"])
_CLAUSE = re.compile(r"[;:!?”\"»\s—](?:(?<=[;:!?”\"»])\s|(?<=\s)[–—-]\s|(?<=—))")
_INDEFINITE = re.compile(r" (?:an?|the|one) [^,.:;\"“”]{3,60}, ")
_MARKS = re.compile(r"[:;.\"“”]")
_DASHES = frozenset("-–—―")
_THIRD_PERSON = re.compile(r" ([a-z]{3,}(?:ed|s)|shot back|hit back)\b(?! (?:to|by|as|of)\b)")
_CLOSERS = frozenset("\"'”’")
_JOINED = frozenset((" and ", " & ", " of ", " of the ", " for ", " for the ", " and the "))
_OWNS = frozenset(("' ", "’ ", "'s ", "’s "))
ARTICLES = frozenset(("the", "a", "an"))
# What joins the halves of an organisation's name: Bank of Tarnow.
_PART = re.compile(r" (?:of|for|and|&) (?:the )?")
# How far from its verb a subject may stand, in characters: a name and its apposition.
FAR = 200
# How many words may stand between a verb and a name behind it: "said the club's new coach".
BETWEEN = 7
# How many words may follow a name before its verb with no comma: "Vale of the harbour board said".
TAIL = 9


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
        self.starts = [named.run.start for named in book.named]
        self.persons = {m.start: p for p in book.people for m in p.mentions}
        self.quote_ends = [q.end for q in book.quoted]

    @cached_property
    def proper(self) -> set[str]:
        """The words of names that bear a capital although no sentence begins with them."""
        named = (n for n in self.book.named if not n.run.initial and not self._begins(n))
        return {token for n in named for token in n.tokens}

    def _begins(self, named: Named) -> bool:
        """Return whether a sentence may begin with a name, behind words in quotation marks."""
        before = self.text[max(named.run.start - 3, 0) : named.run.start].rstrip()
        return before[-1:] in _CLOSERS and before[-2:-1] != ","

    def cues(self, sentence: Sentence) -> Iterator[Cue]:
        """Yield the attributions of *sentence*, outside its quotations, from left to right."""
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
        named = self._next(end)
        if named is None or named.run.start > end + 4 or named.run.own:
            return None
        between = self.text[end : named.run.start].strip()
        if between in _DASHES and between:
            rest = self.text[named.run.end : named.run.end + 2].strip(" .")
            return None if rest else self._named(named, (end, named.run.end))
        verb = _THIRD_PERSON.match(self.text, named.run.end)
        if between or verb is None or "," not in self.text[end - 2 : end]:
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
        left = self.text[floor : verb.start()].rstrip(" \u00a0([")
        while (word := _last(left)) in self.words.adverbs:
            left = left[: len(left) - len(word)].rstrip()
        if word in self.words.passive or self._is_act(verb):
            return None
        unspoken = Cue(start=verb.start(), end=verb.end(), speaker=None)
        if not left.strip(",.'’”\" "):
            if floor > sentence.start or self.text[sentence.end - 1] == ":":
                return self._inverted(verb, sentence) or self._dropped(verb, sentence) or unspoken
            return None
        if word in self.words.joining:
            return self._joined(verb, sentence, last) or unspoken
        behind = self._inverted(verb, sentence) if left.endswith(",") else None
        if behind and behind.speaker:
            return behind
        return self._left(floor, left, verb) or behind or unspoken

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
        word = _last(left)
        if word in self.words.relative:
            left = left[: len(left) - len(word)].rstrip(" ,")
            word = _last(left)
        end = floor + len(left)
        if "-" in word:
            word = word.rpartition("-")[2]  # a-t-elle déclaré
        if word in self.words.subjects:
            return self._pronoun((end - len(word), end), verb.span())
        if word in self.words.plural or word in self.words.others:
            return None
        named = self.by_end.get(floor + len(_unbracketed(left)))
        if named and not named.run.own and not self._is_object(floor, named):
            known = named.start in self.persons or self._is_subject(floor, named)
            sole = not self._is_second(named)
            return self._named(named, verb.span()) if known and sole else None
        return self._first(floor, end, verb)

    def _is_second(self, named: Named) -> bool:
        """Return whether a name is the last of several subjects: Vale and Oakes said."""
        index = bisect_left(self.starts, named.run.start)
        before = self.book.named[index - 1] if index else None
        return before is not None and self.text[before.run.end : named.run.start] == " and "

    def _is_subject(self, floor: int, named: Named) -> bool:
        """Return whether nothing but its article and an opening stands before a name."""
        before = self.text[floor : named.run.start].rstrip(" [")
        if _last(before) in ARTICLES:
            before = before[: -len(_last(before))].rstrip()
        word = _last(before)
        opens = self._is_lead(before) or word in self.words.conjunctions | self.words.relative
        return opens or before.endswith((",", ":", ";")) or before[-1:].isdigit()

    def _is_object(self, floor: int, named: Named) -> bool:
        """Return whether a preposition governs a name."""
        before = self.text[floor : named.run.start].rstrip()
        if _last(before) in ARTICLES:
            # The head of the board: but "after the board said" is a clause.
            before = before[: -len(_last(before))].rstrip()
            return _last(before) in self.words.prepositions - self.words.conjunctions
        if _last(before) not in self.words.prepositions:
            return False
        # Secretary of State Ada Vale: the title's "of" governs nobody.
        return named.start == named.run.start or _last(before[:-3]) not in self.words.titles

    def _first(self, floor: int, end: int, verb: re.Match[str]) -> Cue | None:
        """Return the attribution to the name or pronoun that a clause begins with."""
        place = self.book.trail.pronoun_between(floor, end)
        named = self._next(floor)
        while named and named.run.start < end and (named.run.own or self._is_object(floor, named)):
            named = self._next(named.run.end)
        if named and named.run.start < end and not (place and place[0] < named.run.start):
            lead = self.text[floor : named.run.start].rstrip()
            tail = self.text[named.run.end : end]
            if self._is_lead(lead) and self._is_tail(tail, verb.group().lower()):
                return self._named(named, verb.span())
            return None
        if place and self._is_tail(self.text[place[1] : end], verb.group().lower()):
            return self._pronoun(place, verb.span())
        return None

    def _next(self, offset: int) -> Named | None:
        """Return the first run of capitals that starts at or after *offset*."""
        index = bisect_left(self.starts, offset)
        return self.book.named[index] if index < len(self.starts) else None

    def _is_lead(self, lead: str) -> bool:
        """Return whether words before a name are its role or an opening, not a clause."""
        word = _last(lead)
        return (
            not lead
            or lead.endswith((",", "”", '"', "'", "’"))
            or word in self.words.roles
            or word in self.words.joining
            or (word in self.words.starters and " " not in lead)
        )

    def _is_tail(self, tail: str, verb: str) -> bool:
        """Return whether words between a subject and a verb leave it the verb's subject."""
        if tail.startswith((",", " (")) and tail.endswith((",", ")")) and len(tail) > 2:
            return True
        if tail.endswith(","):
            return verb.endswith("ing")
        words = tail.lower().split()
        if words and words[-1] in self.words.humans:
            return False  # a Ministry for Ports spokesman said
        if not words or len(words) > TAIL or not words[0].isalpha():
            return False
        if not self.words.subjects.isdisjoint(words) or not self.words.joining.isdisjoint(words):
            return False
        return words[0] in self.words.prepositions or words[0] in self.words.relative

    def _right(self, verb: Span, sentence: Sentence) -> Cue | None:
        """Return the attribution to a subject after its verb or phrase, None if unnamed."""
        joined = _CLITIC.match(self.text, verb[1], sentence.end)
        if joined and joined.group(1) in self.words.subjects:
            return self._pronoun(joined.span(1), verb)
        follows = _WORD.search(self.text, verb[1], min(verb[1] + 30, sentence.end))
        if follows is None:
            return None
        word = follows.group().lower()
        if word in self.words.subjects or word in self.words.male or word in self.words.female:
            return self._pronoun(follows.span(), verb)
        named = self._next(verb[1])
        while named and self._is_only_title(named):
            named = self._next(named.run.end)
        if named and named.run.own and (after := self._next(named.run.end)):
            named = after if after.run.start < named.run.end + 60 else named
        if named is None or named.run.start >= sentence.end or named.run.own:
            return None
        if self.book.is_quoted(named.run.start) or not self._is_bridge(verb[1], named):
            return None
        bearer = self._bearer(named, verb[1])
        return self._named(bearer, verb) if bearer else None

    def _bearer(self, named: Named, start: int) -> Named | None:
        """Return the person who bears a role behind a verb, else the name itself.

        In "said Falkenau research director Ada Vale" the first name is not hers. None when
        another name follows that may be a person's or not.
        """
        after = self._next(named.run.end)
        if after is None:
            return named
        gap = self.text[named.run.end : after.run.start]
        between = gap.split(" ")
        known = named.start in self.persons
        bridged = not known and self.text[start : named.run.start].strip()
        plain = gap.replace(" ", "").isalpha() and len(between) > 2
        role = bridged or between[-2:][0] in self.words.roles
        if not plain or not self.words.barriers.isdisjoint(set(between) - self.words.roles):
            return named
        if after.start in self.persons:
            return named if known and not role else after
        return None if role and not known else named

    def _is_only_title(self, named: Named) -> bool:
        """Return whether a run is the title that a later name goes with: Secretary of State."""
        return named.tokens[-1].lower() in self.words.titles and len(named.tokens) < 3

    def _is_bridge(self, start: int, named: Named) -> bool:
        """Return whether the words between a verb and a name describe the name.

        Either "said the club's new coach Ada Vale", or "said a spokeswoman, Ada Vale", which
        names whom it first left unnamed.
        """
        between = self.text[start : named.run.start].replace(" of State", "").lower()
        office = _OFFICE.fullmatch(between)
        if _INDEFINITE.fullmatch(between) or (office and office.group(1) in self.words.roles):
            return True
        words = [word.strip(",’'") for word in between.split()]
        described = set(words[words[:1] in _ARTICLES_FIRST :]) - {"of"}
        if words and words[-1] in self.words.roles:
            described.discard(words[-1])
        if len(words) > BETWEEN or _MARKS.search(between) or described & self.words.barriers:
            return False
        if "," in between and self.words.roles.isdisjoint(words):
            return False
        return "of" not in words or words[-1] in self.words.roles

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
        person = self.persons.get(named.start)
        return Cue(
            start=min(named.start, verb[0]),
            end=max(named.run.end, verb[1]),
            speaker=person.name if person else self._organisation(named),
        )

    def _organisation(self, named: Named) -> str | None:
        """Return the name of a speaker who is no known person, None if it may be no name."""
        folded = [token.lower() for token in named.tokens]
        generic = self.words.generic
        if named.run.own or generic.issuperset(folded) or self.book.is_shared(named):
            return None
        span = self._whole(named)
        # A Tarnow Democrat is one person, not an organisation.
        someone = folded[-1] in self.words.not_people or folded[-1] in self.words.roles
        if span is None or (someone and named.run.end == span[1]):
            return None
        name = self.text[slice(*span)]
        if " " in name:
            return name
        known = named.tokens[0] in self.proper and folded[0] not in self.words.organisations
        return name if known or name.isupper() else None

    def _whole(self, named: Named) -> Span | None:
        """Return where the whole name of an organisation stands, None when it is uncertain.

        The Shipowners' Society, the Bank of Tarnow: marks and small words run through names.
        """
        start, end = named.start, named.run.end
        index = bisect_left(self.starts, named.run.start)
        before = self.book.named[index - 1] if index else None
        if before and self.text[before.run.end : start] in _JOINED:
            return None
        if before and before.run.own and self.text[before.run.end : start] in _OWNS:
            if self.text[before.run.end : start].startswith(("'s", "’s")):
                return None
            start = before.start
        part = _PART.match(self.text, end)
        after = self._next(end)
        if part and named.tokens[-1].lower() in self.words.organisations:
            if after is None or after.run.start != part.end():
                return None
            end = after.run.end
        return start, end


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


def _last(text: str) -> str:
    """Return the last word of *text*, folded; empty when a mark ends it."""
    word = text[text.rfind(" ") + 1 :]
    return word.lower() if word and (word[-1].isalnum() or word[-1] in "’'") else ""
