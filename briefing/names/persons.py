"""Who the people of an article are, by the fullest name it gives them.

A run of capitals is a person only on evidence: a title before it, a given name in it, a role
or age beside it, or a speech verb whose subject it is and a later use of the surname alone.
What has no evidence stays unnamed, for a wrong name is worse than none.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from briefing.names.gender import Gender, gender_of
from briefing.names.lexicon import Lexicon, given_names
from briefing.names.roles import role_span
from briefing.names.runs import Run, trimmed

Span = tuple[int, int]


# Within how many sentences the full name of a namesake makes a bare surname uncertain.
NEAR = 3


class Mention(NamedTuple):
    """One place where the article names a person."""

    sentence: int
    """`Sentence.position`."""

    start: int
    """Offset in `Article.text`."""

    end: int
    own: bool = False
    """Whether it is a possessive: Ms Vale's."""


class Person(NamedTuple):
    """A person, by the fullest name that the article gives."""

    name: str
    """Verbatim, without rank or academic title, with Sir or Lord: `Sir Ada Vale`."""

    surname: str
    """The last word of the name."""

    full: bool
    """Whether the article gives more than one word of the name."""

    gender: Gender = Gender.UNKNOWN
    role: str | None = None
    """What the article says the person is, in its own words: `the head of the fire service`."""

    role_span: Span | None = None
    """Where the role stands in `Article.text`."""

    mentions: tuple[Mention, ...] = ()
    """In the order of the text."""


class Named(NamedTuple):
    """A run read as a name: its title apart, and what speaks for its being a person."""

    run: Run
    title: str
    """The last title word, lower-case; empty for none."""

    tokens: tuple[str, ...]
    """The words of the name, without any title."""

    start: int
    """Offset of the name, kept title included."""

    gender: Gender
    person: bool
    """Whether the evidence makes it a person."""

    rival: bool = False
    """Whether it may be a person for all that is known, so that no pronoun is certain."""


@dataclass(slots=True)
class _Draft:
    """A person while the article is being read."""

    tokens: tuple[str, ...]
    folded: tuple[str, ...]
    name: str
    gender: Gender
    first: Named
    namesake: bool = False
    """Whether the surname alone is another's, whom the article never names in full."""

    mentions: list[Mention] = field(default_factory=list)


def read(runs: Sequence[Run], text: str, words: Lexicon) -> tuple[Named, ...]:
    """Return what *runs* say of people, in order; runs of ordinary words are left out.

    >>> from briefing.names.lexicon import lexicon
    >>> run = Run(
    ...     start=0, end=11, sentence=0, tokens=("Dr", "Ada", "Vale"), initial=True, own=False
    ... )
    >>> [(n.title, n.tokens, n.person) for n in read([run], "Dr Ada Vale.", lexicon("en"))]
    [('dr', ('Ada', 'Vale'), True)]
    """
    found = [named for run in runs if (named := _read_run(run, text, words))]
    rivals = [named for named in found if named.rival]
    if not rivals:
        return tuple(found)
    speak = _speakers(found, {named.tokens[-1] for named in rivals}, text, words=words)
    places = {n.tokens for n in rivals if _stands_in(n.run, text)}
    return tuple([_settle(n, speak, places) if n.rival else n for n in found])


def _speakers(found: Sequence[Named], lasts: set[str], text: str, *, words: Lexicon) -> set[str]:
    """Return those of the last words of names *lasts* that speak somewhere, alone."""
    single = [n for n in found if len(n.tokens) == 1 and n.tokens[0] in lasts]
    return {n.tokens[0] for n in single if _speaks(n.run, text, words)}


def _settle(named: Named, speak: set[str], places: set[tuple[str, ...]]) -> Named:
    """Return a possible person as one when the surname alone speaks later, as none if a place."""
    if named.tokens in places:
        return named._replace(rival=False)
    if named.tokens[-1] in speak:
        return named._replace(person=True, rival=False)
    return named


def _speaks(run: Run, text: str, words: Lexicon) -> bool:
    """Return whether a speech verb stands right before or after a run."""
    after = _WORD_AFTER.match(text, run.end)
    if after and after.group(1) in words.speech:
        return True
    return _word_before(run, text) in words.inverted


def _stands_in(run: Run, text: str) -> bool:
    """Return whether a run stands where a place does: in Oslo, the Oslo road."""
    return text.endswith((" in ", " at ", " near ", " the ", "The "), 0, run.start)


def _read_run(run: Run, text: str, words: Lexicon) -> Named | None:
    """Return a run as a name, None when nothing of it is one."""
    tokens = run.tokens
    first = trimmed(run, words) if run.initial else 0
    if len(tokens) == 1:  # as most: a name only if others say so
        if first:
            return None
        return _new(Named, (run, "", tokens, run.end - len(tokens[0]), *_UNKNOWN))
    if first and _is_given(tokens[0]) and not _is_given(tokens[1]):
        first = 0
    if len(tokens) - first > 1:
        return _several(run, text, words, first=first)
    return _new(Named, (run, "", tokens[first:], run.end - len(tokens[-1]), *_UNKNOWN))


_new = tuple.__new__
# The gender of a name of one word, whether it is a person's, and whether it may be.
_UNKNOWN = Gender.UNKNOWN, False, False


def _several(run: Run, text: str, words: Lexicon, *, first: int) -> Named | None:
    """Return a run of several words from *first* on as a name, None when it is none."""
    tokens = run.tokens[first:]
    folded = [token.rstrip(".").lower() for token in tokens]
    if cut := _title_end(folded, words):
        return _titled(run, text, words, at=(first, cut)) if _is_name(tokens[cut:], words) else None
    given = _given_place(tokens, folded)
    if given > 0 and folded[given - 1] in _PLACE_STARTS:
        given = -1  # San Pedro Avenue
    person = given >= 0 and _is_name(tokens[given:], words, known=True)
    rival = False
    if person:
        cut = _name_start(folded, given, words)
    elif _is_plain(tokens, words):
        person = _has_evidence(run, text, words)
        rival = not person and not run.own
    gender = gender_of("", tokens[cut:], words)
    start = _offset(run, text, first + cut)
    return Named(run, "", tokens[cut:], start, gender, person, rival)


def _title_end(folded: Sequence[str], words: Lexicon) -> int:
    """Return how many words stand before a name as its title and role, 0 for none."""
    if words.titles.isdisjoint(folded):
        return 0
    cut = next((i for i in range(len(folded) - 1, 0, -1) if folded[i - 1] in words.titles), 0)
    while cut and len(folded) - cut > 2 and folded[cut] in words.roles:
        cut += 1  # Chief Executive Ada Vale
    return cut


def _titled(run: Run, text: str, words: Lexicon, *, at: tuple[int, int]) -> Named:
    """Return a name with a title before it; *at*: where title and name begin."""
    first, cut = at
    tokens = run.tokens[first:]
    before = [token.rstrip(".").lower() for token in tokens[:cut]]
    kept = 0
    while kept < cut and before[cut - kept - 1] in words.kept:
        kept += 1
    behind = [token.rstrip(".").lower() for token in tokens[cut:]]
    if (given := _given_place(tokens[cut:], behind)) > 0 and _is_inflecting(tokens[cut]):
        cut, kept = cut + given, 0  # Мэр Светлогорья | Елена Ракитина
    gender = gender_of(before[-1], tokens[cut:], words)
    start = _offset(run, text, first + cut - kept)
    return Named(run, before[-1], tokens[cut:], start, gender, person=True)


def _is_inflecting(token: str) -> bool:
    """Return whether a word is of a script whose languages put whose office it is behind it."""
    return "\u0400" <= token[0] <= "\u04ff"


def _given_place(tokens: Sequence[str], folded: Sequence[str]) -> int:
    """Return where a given name or initial stands that a surname follows, -1 for nowhere."""
    for i in range(len(tokens) - 1):
        if "." in tokens[i] and _INITIAL.fullmatch(tokens[i]):
            return i - 1 if i and folded[i - 1].isalpha() and len(folded[i - 1]) > 1 else i
        if _is_given(tokens[i]):
            return i
    return -1


# Two words that lost the space between them, as links do: ValeHarbour.
_GLUED = re.compile(r"[a-z]{4}[A-Z]")
_PLACE_STARTS = frozenset({"san", "santa", "saint", "st", "los", "las", "fort", "port", "mount"})


def _name_start(folded: Sequence[str], given: int, words: Lexicon) -> int:
    """Return where a name begins that has a known given name at *given*.

    Words before it belong to the name unless they are known to be something else:
    Sky News, State, Republican.
    """
    first = given
    while first and given - first < 2 and folded[first - 1].isalpha():
        word = folded[first - 1]
        if word in words.other_names or word in words.titles or len(word) < 2:
            return given
        first -= 1
    return first if first == 0 and len(folded) > 3 else given


def _is_given(token: str) -> bool:
    """Return whether a token is a known given name, or an initial."""
    known = token.lower().partition("-")[0] in given_names()
    return known or bool("." in token and _INITIAL.fullmatch(token))


_INITIAL = re.compile(r"[^\W\d_]\.(?:-?[^\W\d_]\.){0,2}")


def _is_plain(tokens: Sequence[str], words: Lexicon) -> bool:
    """Return whether *tokens* could be a person's name, and none is known from other names."""
    if len(tokens) > 4 or not words.other_names.isdisjoint(map(str.lower, tokens)):
        return False
    shouts = any(token.isupper() and len(token) > 2 for token in tokens)
    return not shouts and _is_name(tokens, words)


def _is_name(tokens: Sequence[str], words: Lexicon, *, known: bool = False) -> bool:
    """Return whether *tokens* could be a person's name; *known*: the first is a given one."""
    first, last = tokens[0].lower(), tokens[-1].lower()
    if len(tokens) > 6 or last in words.organisations:
        return False
    if first in words.not_people or first in _NEVER_FIRST:
        return False
    if last in words.not_people and not (known and len(tokens) == 2):
        return False
    if last in words.titles and len(tokens) < 2:
        return False
    return _is_surname(tokens[-1], shouted=tokens[0].isupper())


# No name begins so: (the) U.S. Senate, (der Präsident) der Republik.
_NEVER_FIRST = frozenset("u.s. u.k. u.n. e.u. d.c. n.y. l.a. u.s.a. der des".split())


def _is_surname(token: str, *, shouted: bool) -> bool:
    """Return whether a name may end in a token; *shouted*: it begins in capitals, too."""
    if len(token.rstrip(".")) < 2 or (token.isupper() and not shouted):
        return False
    return not _GLUED.search(token, 1)


_AGE = re.compile(r", (?:aged )?\d{1,3}[,.)]| \(\d{1,3}\)|, who\b| \((?:[RDI]-|aka )")
# Its lookbehind stands behind its first letter: spaces and marks are then skipped at once.
_WORD_BEFORE = re.compile(r"([^\W\d_](?<![^\W\d_].)[^\W\d_]*+),? $")
_TWO_AFTER = re.compile(r",? (?:as|while|when|because|before|after|who said) ([^\W\d_]+)\b")
# What follows a possessive: a word, or nothing when a mark or the end does.
_AFTER_OWN = re.compile(r"['’]s?(?: ([^\W\d_]+)|(?=[,.;:)]))")
# Words that begin no phrase for something owned.
_NOT_OWNED = frozenset(
    "a an the and or but which who is was are were has had will would can could in on at to".split()
)
_WORD_AFTER = re.compile(r" ([^\W\d_]+)")
_APPOSITION = re.compile(
    r", (?:(?:an?|the|his|her|their|its|our|one of) )?([^,.;:()\n]{3,90})(?=[,.;:(])"
)


def _has_evidence(run: Run, text: str, words: Lexicon) -> bool:
    """Return whether what stands beside a run says that it is a person."""
    if _word_before(run, text) in words.roles:
        return True
    behind = text[run.end : run.end + 2]
    if not behind.startswith((",", " ")):
        return False  # what speaks for it from behind begins so
    if behind in (", ", " (") and _AGE.match(text, run.end):
        return True
    follows = _TWO_AFTER.match(text, run.end)
    if follows and follows.group(1).lower() in words.subjects - words.plural and not run.initial:
        return True
    beside = _APPOSITION.match(text, run.end, run.end + 100) if behind == ", " else None
    return beside is not None and not words.roles.isdisjoint(beside.group(1).split(" ")[:6])


def _word_before(run: Run, text: str) -> str:
    """Return the word right before a run, perhaps with a comma behind it, empty for none."""
    before = text[max(run.start - 24, 0) : run.start]
    word = before[:-1].removesuffix(",").rpartition(" ")
    if word[1] and word[2].isalpha() and before[-1] == " ":
        return word[2]  # nearly always, and in a fifth of the time of the search
    found = _WORD_BEFORE.search(text, max(run.start - 24, 0), run.start)
    return found.group(1) if found else ""


def _offset(run: Run, text: str, index: int) -> int:
    """Return where the token *index* of *run* stands in *text*."""
    place = run.start
    for token in run.tokens[:index]:
        place = text.index(token, place) + len(token)
    return place if not index else text.index(run.tokens[index], place)


def gather(named: Iterable[Named], text: str, words: Lexicon) -> tuple[Person, ...]:
    """Return the people that *named* shows, in the order in which the article brings them in."""
    roll = _Roll(text, words)
    names = tuple(named)
    for name in names:
        if name.person and len(name.tokens) > 1:
            roll.introduce(name)
    for name in names:
        # Most names are no person's, whose last word no person bears.
        if name.person or name.tokens[-1].lower() in roll.by_token:
            roll.mention(name)
    return roll.people()


class _Roll:
    """The people found so far, by each word of their names."""

    def __init__(self, text: str, words: Lexicon) -> None:
        """Begin with nobody."""
        self.text = text
        self.words = words
        self.drafts: list[_Draft] = []
        self.by_token: dict[str, list[_Draft]] = {}

    def introduce(self, named: Named) -> None:
        """Enter a person named in full, unless an earlier fuller name is the same person's."""
        if any(self._same(draft, named) for draft in self._with(named.tokens[-1])):
            return
        self._enter(named)

    def _enter(self, named: Named) -> _Draft:
        """Add a draft and index each word of its name."""
        name = self.text[named.start : named.run.end]
        folded = _fold(named.tokens)
        draft = _Draft(
            tokens=named.tokens, folded=folded, name=name, gender=named.gender, first=named
        )
        self.drafts.append(draft)
        for token in folded:
            self.by_token.setdefault(token, []).append(draft)
        return draft

    def _with(self, token: str) -> list[_Draft]:
        """Return the people with *token* in their names."""
        return self.by_token.get(token.lower(), [])

    def _same(self, draft: _Draft, named: Named) -> bool:
        """Return whether two full names are one person's; the fuller one is kept."""
        mine, theirs = draft.folded, _fold(named.tokens)
        if mine[-1] != theirs[-1]:
            return False
        if mine[0] != theirs[0] and not set(theirs) < set(mine):
            return False
        if named.gender is not Gender.UNKNOWN and draft.gender is Gender.UNKNOWN:
            draft.gender = named.gender
        return True

    def mention(self, named: Named) -> None:
        """Record where a person is named, if it is certain who."""
        if named.run.own and len(named.tokens) == 1 and self._owns_nothing(named.run):
            return
        draft = self._whose(named)
        if draft is None and named.person and self._stands_alone(named):
            draft = self._enter(named)
        if draft is None:
            return
        if named.gender is not Gender.UNKNOWN and draft.gender is Gender.UNKNOWN:
            draft.gender = named.gender
        run = named.run
        draft.mentions.append(Mention(run.sentence, named.start, run.end, run.own))

    def _owns_nothing(self, run: Run) -> bool:
        """Return whether a possessive stands alone, as a shop's or firm's name does: Vale's has."""
        after = _AFTER_OWN.match(self.text, run.end)
        return after is not None and (not after.group(1) or after.group(1) in _NOT_OWNED)

    def _whose(self, named: Named) -> _Draft | None:
        """Return the one person that a name can mean, None when there is none or several."""
        found = self._bearers(named)
        if len(found) < 2:
            return found[0] if found else None
        if len(named.tokens) > 1:
            wanted = _fold(named.tokens)
            return next((d for d in found if d.folded == wanted), None)
        return self._owner(found, named.run)

    def _bearers(self, named: Named) -> list[_Draft]:
        """Return the people whom a name can mean, by its words and its title."""
        found = self._with(named.tokens[-1])
        if len(named.tokens) == 1:
            found = [d for d in found if not self._is_namesake(d, named)]
        else:
            # One word finds all who bear it; several may be another form of the same name.
            wanted = set(_fold(named.tokens))
            found = [d for d in found if wanted.issubset(d.folded) or self._same(d, named)]
        if named.title and named.gender is not Gender.UNKNOWN:
            found = [d for d in found if d.gender in (named.gender, Gender.UNKNOWN)]
        return found

    def _is_namesake(self, draft: _Draft, named: Named) -> bool:
        """Return whether a surname was said before its bearer came in as kin: his son Edwin."""
        first = draft.first
        if named.start < first.start and not draft.namesake:
            before = self.text[max(0, first.start - 20) : first.start].split()
            draft.namesake = bool(before) and before[-1].lower() in self.words.kin
        return draft.namesake

    def _owner(self, found: list[_Draft], run: Run) -> _Draft | None:
        """Return whom a bare name shared by several means: the one the article brought in first.

        None if another of them was named since, within a few sentences: a journalist then
        gives the full name again, or means the other.
        """
        known = [draft for draft in found if draft.first.run.start <= run.start]
        if not known:
            return None
        first = min(known, key=lambda d: d.first.run.start)
        others = [d for d in known if d is not first and d.mentions]
        near = any(run.sentence - d.mentions[-1].sentence <= NEAR for d in others)
        return None if near else first

    def _stands_alone(self, named: Named) -> bool:
        """Return whether a single word names a person whom the article never names in full."""
        if len(named.tokens) > 1 or self._with(named.tokens[0]):
            return False
        return named.person

    def people(self) -> tuple[Person, ...]:
        """Return everybody, by their first mention."""
        met = [draft for draft in self.drafts if draft.mentions]
        return tuple(self._person(d) for d in sorted(met, key=lambda d: d.mentions[0].start))

    def _person(self, draft: _Draft) -> Person:
        """Return the finished person, with the role that stands beside the first full name."""
        first = draft.first
        span = role_span(first.run, self.text, self.words, name=first.start)
        return Person(
            name=draft.name,
            surname=draft.tokens[-1],
            full=len(draft.tokens) > 1,
            gender=draft.gender,
            role=self.text[slice(*span)] if span else None,
            role_span=span,
            mentions=tuple(draft.mentions),
        )


def _fold(tokens: Iterable[str]) -> tuple[str, ...]:
    """Return tokens folded for comparison."""
    return tuple(map(str.lower, tokens))
