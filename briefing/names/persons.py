"""Who the people of an article are, by the fullest name it gives them, and where it names them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from briefing.names.evidence import SUFFIXES, Named
from briefing.names.gender import Gender
from briefing.names.lexicon import Lexicon
from briefing.names.roles import role_span
from briefing.names.runs import Run

Span = tuple[int, int]

# Within how many sentences the full name of a namesake makes a bare surname uncertain.
NEAR = 3
# What follows a possessive: a word, or nothing when a mark or the end does.
_AFTER_OWN = re.compile(r"['’]s?(?: ([^\W\d_]+)|(?=[,.;:)]))")
# In how many sentences from the first on kin comes in as whom an article is about, and how many
# characters before: a dateline.
_LEAD = 2
_OPENING = 40
# Titles that kin of anybody may have.
_LEARNED = frozenset(("dr", "prof", "professor", "rev", "reverend"))
# Words that begin no phrase for something owned.
_NOT_OWNED = frozenset(
    "a an the and or but which who is was are were has had will would can could in on at to".split()
)


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

    shared: int | None = None
    """From where on the surname alone may be that of kin whom the article gives no surname, but is
    about: Conrad Birch's brother Martin pleaded. None where it is not."""

    mentions: list[Mention] = field(default_factory=list)


def gather(named: Iterable[Named], text: str, words: Lexicon) -> tuple[Person, ...]:
    """Return the people that *named* shows, in the order in which the article brings them in."""
    roll = _Roll(text, words)
    names = tuple(named)
    for name in names:
        if name.person and len(name.tokens) > 1:
            roll.introduce(name)
    for name in names:
        # Most names are no person's, whose last word no person bears.
        if name.person or (name.tokens[-1].lower() in roll.by_token and not _is_suffix(name)):
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
        if draft is not None:
            self._record(draft, named)

    def _record(self, draft: _Draft, named: Named) -> None:
        """Enter a mention of a person, and what it tells of the person."""
        if named.gender is not Gender.UNKNOWN and draft.gender is Gender.UNKNOWN:
            draft.gender = named.gender
        run = named.run
        draft.mentions.append(Mention(run.sentence, named.start, run.end, run.own))
        if draft.shared is None and self._brings_in_kin(run):
            draft.shared = run.end

    def _brings_in_kin(self, run: Run) -> bool:
        """Return whether an article begins by telling of kin of whom a possessive names."""
        if not run.own or run.sentence >= _LEAD:
            return False
        before = self.text[max(0, run.start - _OPENING) : run.start]
        opens = run.initial or before.rpartition("\n")[2].rstrip().endswith(("-", "–", "—"))
        found = kin(self.text, run.end, self.words)
        return opens and found is not None and found.group(2) is not None

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
            found = [d for d in found if not self._is_namesake(d, named) and not _shares(d, named)]
        else:
            # One word finds all who bear it; several may be another form of the same name.
            wanted = set(_fold(named.tokens))
            found = [d for d in found if wanted.issubset(d.folded) or self._same(d, named)]
        if named.title and named.gender is not Gender.UNKNOWN:
            found = [d for d in found if d.gender in (named.gender, Gender.UNKNOWN)]
        return found

    def _is_namesake(self, draft: _Draft, named: Named) -> bool:
        """Return whether a surname is that of somebody whose kin its bearer came in as.

        It was said before (Garth; his son Edwin Garth), or has a title (his wife Ada Vale; Senator
        Vale), but for one that tells of the bearer's gender: Mrs Vale.
        """
        if named.title and named.gender is not Gender.UNKNOWN:
            return False
        titled = bool(named.title) and named.title not in _LEARNED
        first = draft.first
        if not draft.namesake and (titled or named.start < first.start):
            before = self.text[max(0, first.start - 20) : first.start].split()
            draft.namesake = bool(before) and before[-1].lower().rstrip(",") in self.words.kin
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
            surname=_surname(draft),
            full=len(draft.tokens) > 1,
            gender=draft.gender,
            role=self.text[slice(*span)] if span else None,
            role_span=span,
            mentions=tuple(draft.mentions),
        )


def _is_suffix(named: Named) -> bool:
    """Return whether a run is only the "Jr." behind a comma: Martin Oakes, Jr."""
    return len(named.tokens) == 1 and named.tokens[0].rstrip(".").lower() in SUFFIXES


def _surname(draft: _Draft) -> str:
    """Return the last word of a name that is no "Jr." behind it."""
    behind = len(draft.tokens) > 2 and draft.folded[-1].rstrip(".") in SUFFIXES
    return draft.tokens[-2 if behind else -1]


def _shares(draft: _Draft, named: Named) -> bool:
    """Return whether a bare surname may be that of kin whom the article is about."""
    return draft.shared is not None and draft.shared < named.start


def kin(text: str, end: int, words: Lexicon) -> re.Match[str] | None:
    """Return what tells of kin of whom the possessive that ends at *end* names; None if nothing.

    Its first group is the word for the kin, the second their name, where it is one word.

    >>> from briefing.names.lexicon import lexicon
    >>> kin("Vale's younger brother, Martin, left.", 4, lexicon("en")).groups()
    ('brother', 'Martin')
    """
    return _kin(words).match(text, end) if words.kin else None


@cache
def _kin(words: Lexicon) -> re.Pattern[str]:
    """Return what finds kin behind a possessive, up to two words between."""
    known = "|".join(sorted(words.kin))
    return re.compile(
        rf"['’]s? (?:[^\W\d_]+ ){{0,2}}?({known})\b(?:,? ([A-Z][\w’'-]+)(?![\w’'-]| [A-Z]))?"
    )


def _fold(tokens: Iterable[str]) -> tuple[str, ...]:
    """Return tokens folded for comparison."""
    return tuple(map(str.lower, tokens))
