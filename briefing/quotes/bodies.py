"""The names of speakers who are no people: boards, ministries, companies."""

import re
from functools import cached_property

from briefing.names import NameBook
from briefing.names.evidence import Named
from briefing.quotes.subjects import Span, Subjects

_CONTRACTED = tuple(f"{mark}{end}" for mark in "'’" for end in ("m", "re", "ll", "ve", "d"))
_CLOSERS = frozenset("\"'”’")
_JOINED = frozenset((" and ", " & ", " of ", " of the ", " for ", " for the ", " and the "))
_OWNS = frozenset(("' ", "’ "))
_OWNS_ONE = frozenset(("'s ", "’s "))
# What joins the halves of an organisation's name: Bank of Tarnow.
_PART = re.compile(r" (?:of|for|and|&) (?:the )?")


class Bodies:
    """Tells the names of organisations that speak."""

    def __init__(self, book: NameBook, subjects: Subjects) -> None:
        """Look names up in *book*."""
        self.book = book
        self.text = book.text
        self.words = book.words
        self.subjects = subjects

    def name(self, named: Named) -> str | None:
        """Return the name of a speaker who is no known person, None if it may be no name."""
        generic = self.words.generic.issuperset(map(str.lower, named.tokens))
        if named.run.own or generic or self.book.is_shared(named) or self._speaks_not(named):
            return None
        span = self._span(named)
        if span is None or self._is_someone(named, span[1]):
            return None
        name = self.text[slice(*span)]
        sure = " " in name or name.isupper() or self._is_proper(named.tokens[0])
        return name if sure else None

    def _speaks_not(self, named: Named) -> bool:
        """Return whether a word alone never speaks: I'm, a letter, Rep., an agency that reports."""
        word = named.tokens[-1].lower().rstrip(".")
        if len(named.tokens) > 1:
            return False
        small = len(word) < 2 or word.endswith(_CONTRACTED)
        return small or word in self.words.titles or word in self.words.agencies

    def _is_someone(self, named: Named, end: int) -> bool:
        """Return whether a name that goes on to *end* is one person's: a Tarnow Democrat."""
        word = named.tokens[-1].lower()
        known = word in self.words.not_people or word in self.words.roles
        return known and named.run.end == end

    def _is_proper(self, word: str) -> bool:
        """Return whether a word alone is a name: no noun that opens a sentence, no Ministry."""
        return word in self._proper and word.lower() not in self.words.organisations

    @cached_property
    def _proper(self) -> set[str]:
        """The words of names that bear a capital although no sentence begins with them."""
        named = (n for n in self.book.named if not n.run.initial and not self._begins(n))
        return {token for n in named for token in n.tokens}

    def _begins(self, named: Named) -> bool:
        """Return whether a sentence may begin with a name, behind words in quotation marks."""
        before = self.text[max(named.run.start - 3, 0) : named.run.start].rstrip()
        return before[-1:] in _CLOSERS and before[-2:-1] != ","

    def _span(self, named: Named) -> Span | None:
        """Return where the whole name of an organisation stands, None when it is uncertain.

        The Shipowners' Society, the Bank of Tarnow: marks and small words run through names.
        """
        start, end = self._start(named), self._end(named)
        return None if start is None or end is None else (start, end)

    def _start(self, named: Named) -> int | None:
        """Return where the whole name begins, None when it may begin before."""
        before = self.subjects.before(named)
        between = self.text[before.run.end : named.start] if before else ""
        if before is None or (between not in _JOINED and not before.run.own):
            return named.start
        if between in _JOINED or between in _OWNS_ONE:
            return None
        return before.start if between in _OWNS else named.start

    def _end(self, named: Named) -> int | None:
        """Return where the whole name ends, None when it goes on with what is no name."""
        part = _PART.match(self.text, named.run.end)
        if part is None or named.tokens[-1].lower() not in self.words.organisations:
            return named.run.end
        after = self.subjects.next(named.run.end)
        return after.run.end if after and after.run.start == part.end() else None
