"""Whom each sentence is about, and so whom a pronoun means: nobody unless it is certain."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from briefing.model import Sentence
from briefing.names.evidence import Named
from briefing.names.gender import Gender
from briefing.names.lexicon import Lexicon, matcher
from briefing.names.marks import Quoted
from briefing.names.persons import Mention, Person, kin

Span = tuple[int, int]

# How many sentences with words of the article's own a pronoun may reach back over. Tuned on the
# pronouns of the hand-annotated articles: with 2 fewer are told, with 4 more are wrong.
REACH = 3
_WORD = re.compile(r"[a-z]+")
# Of how many words the opening of a sentence is, in which an unnamed person may be the one named
# before: "The striker's coach said he was fit".
_OPENING = 5
# How many characters of title and role before a name are read: with the South Korean President.
BACK = 60
# What stands between words in quotation marks and who signs them, and what behind the name.
_CREDIT = re.compile(r"\s*(?:[—–-]\s*)?")
_SIGNED = re.compile(r"\.?[ \t]{0,9}(?:\n|$)|, (?:The )?[A-Z][^\n.,]{1,40}\.?[ \t]{0,9}(?:\n|$)")


@cache
def _pronouns(words: Lexicon) -> re.Pattern[str]:
    """Return what finds the pronouns that mean one person."""
    return matcher(words.male | words.female)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What is known of an article before anybody asks whom a pronoun means."""

    text: str
    sentences: Sequence[Sentence]
    people: Sequence[Person]
    named: Sequence[Named]
    quoted: Sequence[Quoted]


class Trail:
    """The people of each sentence, and the one it is about, from the first to the last."""

    def __init__(self, parts: Parts, words: Lexicon) -> None:
        """Walk through the sentences once."""
        self.text, self.sentences = parts.text, parts.sentences
        self.words = words
        self._quoted = parts.quoted
        self._quote_starts = [q.start for q in parts.quoted]
        self._starts = [s.start for s in parts.sentences]
        self._pronouns = self._all_pronouns()
        self._pronoun_starts = [start for start, _ in self._pronouns]
        self._first_pronouns = self._firsts()
        self.spots = _spots(parts)
        rivals = [name.run for name in parts.named if name.rival]
        self.rivals = {run.sentence for run in rivals if not self.is_quoted(run.start)}
        self._unsure = _unsure(parts)
        self._unnamed: dict[int, bool] = {}
        self.focus: list[Person | None] = []  # asked of those before while it is made
        for position, spots in enumerate(self.spots):
            told = spots or position in self._first_pronouns  # of half of all, nothing is
            self.focus.append(self._focus(position) if told else None)

    def is_quoted(self, offset: int) -> bool:
        """Return whether *offset* stands between quotation marks."""
        place = bisect_right(self._quote_starts, offset) - 1
        return place >= 0 and offset < self._quoted[place].end

    def pronoun(self, position: int) -> Span | None:
        """Return where the first singular pronoun of a sentence stands outside quotations."""
        return self._first_pronouns.get(position)

    def pronoun_between(self, start: int, end: int) -> Span | None:
        """Return where the first singular pronoun outside quotations stands in a span."""
        index = bisect_left(self._pronoun_starts, start)
        if index < len(self._pronouns) and self._pronouns[index][1] <= end:
            return self._pronouns[index]
        return None

    def _all_pronouns(self) -> list[Span]:
        """Return where the pronouns outside quotations stand, from the first sentence on."""
        if not self.sentences:
            return []
        body = self.sentences[0].start, self.sentences[-1].end
        found = _pronouns(self.words).finditer(self.text, *body)
        return [match.span() for match in found if not self.is_quoted(match.start())]

    def _firsts(self) -> dict[int, Span]:
        """Return the first pronoun of each sentence outside quotations, by its position."""
        found: dict[int, Span] = {}
        for place in self._pronouns:
            position = bisect_right(self._starts, place[0]) - 1
            if position not in found and place[1] <= self.sentences[position].end:
                found[position] = place
        return found

    def opening(self, position: int) -> int | None:
        """Return where the first pronoun or name that a sentence can be about stands."""
        place = self.pronoun(position)
        named = self._subject(position)
        starts = [place[0]] if place else []
        return min([*starts, named[0].start] if named else starts, default=None)

    def _focus(self, position: int) -> Person | None:
        """Return whom a sentence is about: its first pronoun's person, or the first named."""
        named = self._subject(position)
        place = self.pronoun(position)
        if place and (named is None or place[0] < named[0].start):
            return self.resolve(place) if self._can_open(place, position) else None
        return named[1] if named else None

    def _can_open(self, place: Span, position: int) -> bool:
        """Return whether a pronoun can be what its sentence is about: not in "the case about her".

        A subject, or a possessive that the sentence begins with.
        """
        if self.text[slice(*place)].lower() in self.words.subjects:
            return True
        return not self.text[self.sentences[position].start : place[0]].strip("\"'“‘([ ")

    def _subject(self, position: int) -> tuple[Mention, Person] | None:
        """Return the first mention that a sentence can be about, and of whom."""
        for spot in self.spots[position]:
            if self._is_subject(spot[0]):
                return spot
        return None

    def _is_subject(self, mention: Mention) -> bool:
        """Return whether a mention can be what its sentence is about."""
        if mention.own or self._is_apart(mention):
            return False
        start = self.sentences[mention.sentence].start
        before = self.text[max(start, mention.start - BACK) : mention.start].split()
        while before and self._introduces(before[-1]):
            before.pop()
        return not before or before[-1].lower() not in self.words.prepositions

    def _introduces(self, word: str) -> bool:
        """Return whether a word before a name tells who it is: with Tarnow's Mayor Ada Vale."""
        folded = word.lower()
        if not word[-1].isalnum():
            return False
        known = folded in self.words.titles or folded in self.words.roles
        return known or (word[0].isupper() and folded not in self.words.prepositions)

    def _is_apart(self, mention: Mention) -> bool:
        """Return whether a name is within somebody's words, or only signs them."""
        return self.is_quoted(mention.start) or self._signs(mention)

    def _signs(self, mention: Mention) -> bool:
        """Return whether a name only signs the words in quotation marks before it."""
        before = bisect_right(self._quote_starts, mention.start) - 1
        if before < 0:
            return False
        end = self._quoted[before].end
        between = self.text[end : mention.start]
        if len(between) > 4 or not _CREDIT.fullmatch(between):
            return False
        return bool(_SIGNED.match(self.text, mention.end))

    def resolve(self, place: Span) -> Person | None:
        """Return whom the pronoun at *place* means, None when it is not certain.

        It means the same as the pronoun that its sentence opens with; else the only person named
        before it in its sentence; else the one whom the nearest sentence before is about,
        provided that the pronoun fits.
        """
        gender = self._gender(place)
        position = bisect_right(self._starts, place[0]) - 1
        if gender is None or position < 0:
            return None
        first = self._opens_with(position)
        if first and first[0] < place[0] and self._gender(first) is gender:
            return self.resolve(first)
        if self._is_unsure(self._starts[position], place[0]):
            return None
        here = self._fitting(position, gender, before=place[0])
        if here or self._has_unnamed(position) or self._has_somebody(position, place[0]):
            return self._named_here(here, position, gender)
        return self._back(position, gender)

    def _named_here(self, found: list[Person], position: int, gender: Gender) -> Person | None:
        """Return the one of *found* whom a pronoun of their own sentence means."""
        return None if self._tells_of_kin(position, gender) else _only(found)

    def _is_unsure(self, start: int, end: int) -> bool:
        """Return whether a name stands in a span of which it is not certain whose it is."""
        return bisect_left(self._unsure, start) < bisect_left(self._unsure, end)

    def _opens_with(self, position: int) -> Span | None:
        """Return the subject pronoun of a sentence that stands before every name in it."""
        place = self.pronoun(position)
        if place is None or self.text[slice(*place)].lower() not in self.words.subjects:
            return None
        spots = self.spots[position]
        return place if not spots or place[0] < spots[0][0].start else None

    def _back(self, position: int, gender: Gender) -> Person | None:
        """Return whom the nearest sentence before *position* is about, None if not certain."""
        for earlier in self._within_reach(position):
            focus = self.focus[earlier]
            if focus and focus.gender in (gender, Gender.UNKNOWN):
                return focus
            found = self._fitting(earlier, gender, before=None)
            if found or self._is_open(earlier):
                return self._taken_up(found, earlier, gender)
        return None

    def _taken_up(self, found: list[Person], position: int, gender: Gender) -> Person | None:
        """Return whom of *found*, those that fit in a sentence, a pronoun behind it means."""
        if not found or self._tells_of_kin(position, gender):
            return None
        if rival := self._pronoun_before(found[0], position, gender):
            return self.resolve(rival)
        return None if position in self.rivals else _only(found)

    def _tells_of_kin(self, position: int, gender: Gender) -> bool:
        """Return whether a sentence tells of somebody's kin whom a pronoun could mean, too.

        "All ate but Vale's brother. He was mourning."
        """
        known = self.words
        if not known.kin_male:
            return False
        owned = (kin(self.text, m.end, known) for m, _ in self.spots[position] if m.own)
        male = gender is Gender.MALE
        return any(found and (found.group(1) in known.kin_male) is male for found in owned)

    def _within_reach(self, position: int) -> Iterator[int]:
        """Yield where the sentences stand that a pronoun at *position* may reach back to.

        Nearest first; those that only quote somebody don't count as one of `REACH`.
        """
        left = REACH
        for earlier in range(position - 1, -1, -1):
            yield earlier
            left -= self._has_own_words(earlier)
            if not left:
                return

    def _is_open(self, position: int) -> bool:
        """Return whether somebody in a sentence is not certain, whom a pronoun could mean."""
        sentence = self.sentences[position]
        unsure = self._unsure[
            bisect_left(self._unsure, sentence.start) : bisect_left(self._unsure, sentence.end)
        ]
        return (
            position in self.rivals
            or any(not self.is_quoted(start) for start in unsure)
            or self._has_unnamed(position)
        )

    def _pronoun_before(self, person: Person, position: int, gender: Gender) -> Span | None:
        """Return a pronoun of *gender* before the first mention of a person in a sentence.

        It means somebody else, who is then more likely to be taken up again.
        """
        place = self.pronoun(position)
        named = next(m.start for m, p in self.spots[position] if p is person)
        while place and place[1] <= named:
            if self._gender(place) is gender:
                return place
            place = self.pronoun_between(place[1], named)
        return None

    def _has_unnamed(self, position: int) -> bool:
        """Return whether a sentence begins with somebody without a name; looked for once."""
        if position not in self._unnamed:
            self._unnamed[position] = self._begins_unnamed(position)
        return self._unnamed[position]

    def _begins_unnamed(self, position: int) -> bool:
        """Return whether a sentence begins with somebody without a name: a young woman."""
        sentence = self.sentences[position]
        words = sentence.text[:70].lower().replace(",", "").split()
        if self.words.indefinite.isdisjoint(words) or self.words.humans.isdisjoint(words):
            return False
        return any(
            word in self.words.indefinite and not self.words.humans.isdisjoint(words[i + 1 : i + 6])
            for i, word in enumerate(words)
        )

    def _has_somebody(self, position: int, end: int) -> bool:
        """Return whether somebody without a name stands in a sentence, deep in it, before *end*.

        "Police showed pictures of the suspect and of the car he drove": not of the car that the
        chief of the police drove, whom the sentence before names. Relatives are somebody's.
        """
        if not self.words.somebody:
            return False
        words = list(_WORD.finditer(self.text, self.sentences[position].start, end))[_OPENING:]
        named = [word for word in words if word.group() in self.words.somebody]
        return any(not self.is_quoted(word.start()) for word in named)

    def _gender(self, place: Span) -> Gender | None:
        """Return the gender of a pronoun."""
        folded = self.text[slice(*place)].lower()
        if folded in self.words.male:
            return Gender.MALE
        if folded in self.words.female:
            return Gender.FEMALE
        return Gender.FEMALE if self._is_one_woman(place, folded) else None

    def _is_one_woman(self, place: Span, folded: str) -> bool:
        """Return whether a word for her or them is the subject of a verb for one: sagte sie."""
        if self.words.female or folded not in self.words.plural & self.words.subjects:
            return False
        verb = self.text[max(place[0] - 24, 0) : place[0]].rstrip().rpartition(" ")[2]
        return verb in self.words.speech and not verb.endswith("en")

    def _fitting(self, position: int, gender: Gender, *, before: int | None) -> list[Person]:
        """Return the different people of a sentence whom a pronoun can mean, in order."""
        found: list[Person] = []
        for mention, person in self.spots[position]:
            if before is not None and mention.start >= before:
                break
            fits = person.gender in (gender, Gender.UNKNOWN)
            if fits and person not in found and not self._is_apart(mention):
                found.append(person)
        return found

    def _has_own_words(self, position: int) -> bool:
        """Return whether a sentence has words outside quotation marks."""
        sentence = self.sentences[position]
        return not (self.is_quoted(sentence.start) and self.is_quoted(sentence.end - 1))


def _only(people: Sequence[Person]) -> Person | None:
    """Return the one whom a pronoun means, None when it could mean nobody or several."""
    return people[0] if len(people) == 1 else None


def _spots(parts: Parts) -> tuple[tuple[tuple[Mention, Person], ...], ...]:
    """Return who is named in each sentence, in order."""
    spots: list[list[tuple[Mention, Person]]] = [[] for _ in parts.sentences]
    for person in parts.people:
        for mention in person.mentions:
            spots[mention.sentence].append((mention, person))
    for several in spots:
        if len(several) > 1:
            several.sort(key=lambda spot: spot[0].start)
    return tuple([tuple(several) for several in spots])


def _unsure(parts: Parts) -> list[int]:
    """Return where a name stands that several people bear, so that it is nobody’s for certain."""
    known = {mention.start for person in parts.people for mention in person.mentions}
    borne = {word for person in parts.people for word in person.name.split()}
    return [n.start for n in parts.named if n.start not in known and n.tokens[-1] in borne]
