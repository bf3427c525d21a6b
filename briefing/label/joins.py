"""Phrases that belong together: Vale's resignation, Bank of Tarnow, ban on trawlers.

A noun phrase of a label may hold a second one: whose it is, what "of" adds, or what its noun asks
for. What is longer than a label is not cut within a name.
"""

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from briefing.label.phrases import (
    MOST,
    Known,
    Phrase,
    cut,
    describes,
    ended,
    is_half_name,
    is_title,
    led,
    phrase,
    trimmed,
)
from briefing.label.runs import chunks
from briefing.model import Sentence
from briefing.names.grammar import Token

# What stands between an owner and what is owned.
_OWNED = frozenset(("'s ", "’s ", "' ", "’ "))

# What else than "of" may stand in an organisation's name.
_IN_NAMES = frozenset(("&", "for", "on"))


class _Link(NamedTuple):
    """How a run of words goes on with the one behind it."""

    kind: str
    """As `Phrase.kind`; empty where it does not."""

    words: list[Token]
    """Both as one phrase; empty where that is no label."""


_NONE = _Link("", [])


def phrases(sentence: Sentence, known: Known) -> Iterator[Phrase]:
    """Yield the phrases of an English sentence, in order, joined ones behind their first part."""
    text = sentence.text
    joiner = _Joiner(text, known)
    runs = list(chunks(text, known))
    last = ""
    for place, (run, following) in enumerate(zip_longest(runs, runs[1:])):
        link = joiner.link(run, following) if following else _NONE
        if last == "name" and not link.kind and joiner.goes_on(run):
            link = _Link("name", [])
        alone = joiner.alone(run, before=last, behind=link.kind)
        for words, kind in ((alone, ""), (link.words, link.kind)):
            if words and not is_half_name(text, words):
                yield phrase(words, sentence, known, place=place, kind=kind)
        last = link.kind


class _Joiner:
    """Joins the runs of words of one sentence."""

    def __init__(self, text: str, known: Known) -> None:
        """Keep the text of the sentence and what is known of words."""
        self._text = text
        self._known = known

    def alone(self, run: list[Token], *, before: str, behind: str) -> list[Token]:
        """Return what may stand alone of a run that is joined *before* and *behind* or not.

        Of a name that goes on behind "of" no half is shown, but for a person's in it.
        """
        if behind in ("name", "of") and run[-1].word not in self._known.people:
            return []
        words = trimmed(run, self._known)
        if before != "name":
            return words
        person = (i for i, word in enumerate(words) if word.word in self._known.people)
        return words[next(person, len(words)) :]

    def link(self, run: list[Token], following: list[Token]) -> _Link:
        """Return how a run goes on with the one behind it."""
        between = self._text[run[-1].end : following[0].start]
        if is_title(run[-1]) or is_title(following[0]):
            return _NONE
        if run[-1].owner and run[-1].word not in self._known.grammar.counters:
            owned = ended(following, self._known) if between in _OWNED else []
            if self._is_contracted(run, owned):
                return _NONE
            return _Link("owner", self._with_owner(run, owned)) if owned else _NONE
        return self._joined(run, following, between)

    def _is_contracted(self, run: list[Token], owned: list[Token]) -> bool:
        """Return whether what looks like an owner is one word with "is": my dad's Greek."""
        told = len(owned) == 1 and owned[0].word in self._known.grammar.adjectives
        return told and owned[0].capital and not run[-1].capital

    def _joined(self, run: list[Token], following: list[Token], between: str) -> _Link:
        """Return how a run goes on with the one behind the small word *between* them."""
        small = between.split()
        if between != f" {' '.join(small)} " or small[1:] not in ([], ["the"]):
            return _NONE
        kind = self._kind(run[-1], small[0], following[0])
        if not kind or (kind == "name" and self.goes_on(following)):
            return _Link(kind, [])
        return _Link(kind, self._both(run, following, small))

    def goes_on(self, run: list[Token]) -> bool:
        """Return whether "and" and a name follow: Department of Housing and Urban Affairs."""
        behind = self._text[run[-1].end :][:6]
        return behind.startswith(" and ") and behind[5:].isupper()

    def _kind(self, last: Token, small: str, following: Token) -> str:
        """Return what a small word between two runs makes of them."""
        names = last.capital and following.capital
        if small == "of" and last.word not in self._known.grammar.counters:
            return "name" if names else "of"
        if names and small in _IN_NAMES and self._is_institution(last, small, following):
            return "name"
        return "asked" if _asks(last.word, small, self._known) else ""

    def _is_institution(self, last: Token, small: str, following: Token) -> bool:
        """Return whether a name may go on behind a small word, but for a day: on Sunday."""
        may = last.word in self._known.organisations or small == "&"
        return may and following.word not in self._known.grammar.function

    def _with_owner(self, run: list[Token], owned: list[Token]) -> list[Token]:
        """Return an owner and what is owned; the bare surname of one where it is too long."""
        halved = owned[-1].capital and self._text.startswith(" of ", owned[-1].end)
        last = owned[-1]  # Vale's lack | of time; but New Year's Day
        counts = last.word in self._known.grammar.counters and not last.capital
        if halved or counts or self._known.people.issuperset([word.word for word in owned]):
            return []
        words = led(run, self._known)
        if len(words) + len(owned) > MOST and words[-1].word in self._known.people:
            words = words[-1:]
        return [*words, *owned] if len(words) + len(owned) <= MOST else []

    def _both(self, run: list[Token], following: list[Token], small: list[str]) -> list[Token]:
        """Return two runs with the small words between them as one, if short enough."""
        words = led(run, self._known)
        room = MOST - len(following) - len(small)
        last = following[-1]
        if room < 1 or last.owner or describes(last, self._known):
            return []
        if self._text.startswith(" of ", last.end):
            return []  # concerns about the spread | of a virus
        if last.word in self._known.grammar.counters:
            return []  # what is counted is missing: sale of thousands
        words = words if len(words) <= room else cut(words, room)
        if not words:
            return []
        return [*words, *_between(words[-1].end + 1, small), *following]


def _asks(noun: str, small: str, known: Known) -> bool:
    """Return whether a noun asks for what follows a small word: ban on."""
    return f"{noun.removesuffix('s')}-{small}" in known.grammar.asks


def _between(place: int, small: list[str]) -> Iterator[Token]:
    """Yield the small words that stand at *place*, a space between them."""
    for word in small:
        end = place + len(word)
        yield Token(place, end, word, capital=False, first=False, owner=False)
        place = end + 1
