"""Which of the names around a speech verb is its subject."""

import re
from bisect import bisect_left

from briefing.names import NameBook
from briefing.names.evidence import Named

Span = tuple[int, int]

ARTICLES = frozenset(("the", "a", "an"))
# An office in full before the name, in French and Spanish: la présidente du tribunal, Ada Vale.
_OFFICE = re.compile(r" (?:le|la|el) ([^\W\d_]+)(?: [^\W\d_]+){1,5}, (?:mme |m\. )?")
# German articles, which are relative pronouns elsewhere: sagte der Richter Ada Vale.
_ARTICLES_FIRST = (["der"], ["die"])
_INDEFINITE = re.compile(r" (?:an?|the|one) [^,.:;\"“”]{3,60}, ")
_MARKS = re.compile(r"[:;.\"“”]")
# How many words may stand between a verb and a name behind it: "said the club's new coach".
BETWEEN = 7
# How many words may follow a name before its verb with no comma: "Vale of the harbour board said".
TAIL = 9


class Subjects:
    """Tells of an article's runs of capitals which can be the subject of a verb beside them."""

    def __init__(self, book: NameBook) -> None:
        """Look names up in *book*."""
        self.book = book
        self.text = book.text
        self.words = book.words
        self.starts = [named.run.start for named in book.named]
        self.persons = {m.start: p for p in book.people for m in p.mentions}

    def next(self, offset: int) -> Named | None:
        """Return the first run of capitals that starts at or after *offset*."""
        index = bisect_left(self.starts, offset)
        return self.book.named[index] if index < len(self.starts) else None

    def before(self, named: Named) -> Named | None:
        """Return the run of capitals before another."""
        index = bisect_left(self.starts, named.run.start)
        return self.book.named[index - 1] if index else None

    def ungoverned(self, floor: int, end: int) -> Named | None:
        """Return the first name of a clause that owns nothing and that no preposition governs."""
        named = self.next(floor)
        while named and named.run.start < end:
            if not named.run.own and not self.is_object(floor, named):
                return named
            named = self.next(named.run.end)
        return None

    def opens(self, floor: int, named: Named) -> bool:
        """Return whether nothing but its article and an opening stands before a name."""
        before = _without_article(self.text[floor : named.run.start].rstrip(" ["))
        word = last_word(before)
        if word in self.words.conjunctions or word in self.words.relative:
            return True
        return self.is_lead(before) or before[-1:] in {",", ":", ";"} or before[-1:].isdigit()

    def is_object(self, floor: int, named: Named) -> bool:
        """Return whether a preposition governs a name."""
        before = self.text[floor : named.run.start].rstrip()
        bare = _without_article(before)
        word = last_word(bare)
        if word not in self.words.prepositions:
            return False
        if bare != before:
            # The head of the board: but "after the board said" is a clause.
            return word not in self.words.conjunctions
        # Secretary of State Ada Vale: the title's "of" governs nobody.
        return named.start == named.run.start or last_word(before[:-3]) not in self.words.titles

    def is_lead(self, lead: str) -> bool:
        """Return whether words before a name are its role or an opening, not a clause."""
        word = last_word(lead)
        return (
            not lead
            or lead.endswith((",", "”", '"', "'", "’"))
            or word in self.words.roles
            or word in self.words.joining
            or (word in self.words.starters and " " not in lead)
        )

    def is_tail(self, tail: str, verb: str) -> bool:
        """Return whether words between a subject and a verb leave it the verb's subject.

        A name that only says whose campaign or lawyer it is who speaks is no subject.
        """
        if _is_apposition(tail):
            return True
        if tail.endswith(","):
            behind = tail.split(maxsplit=1)[0].lower()
            owned = behind in self.words.borne or behind in self.words.humans
            return verb.endswith("ing") and not owned
        return self._qualifies(tail.lower().split())

    def _qualifies(self, words: list[str]) -> bool:
        """Return whether words behind a name only say more of it: of the harbour board."""
        if not 0 < len(words) <= TAIL or words[-1] in self.words.humans:
            return False  # a Ministry for Ports spokesman said
        governed = words[0] in self.words.prepositions or words[0] in self.words.relative
        own = self.words.subjects.isdisjoint(words) and self.words.joining.isdisjoint(words)
        return governed and own and words[0].isalpha()

    def behind(self, start: int) -> Named | None:
        """Return the first name after a verb that is no mere title and owns no other name.

        Secretary of State Ada Vale; Falkenau's Ada Vale.
        """
        named = self.next(start)
        while named and self._is_only_title(named):
            named = self.next(named.run.end)
        after = self.next(named.run.end) if named and named.run.own else None
        return after if named and after and after.run.start < named.run.end + 60 else named

    def _is_only_title(self, named: Named) -> bool:
        """Return whether a run is the title that a later name goes with: Secretary of State."""
        return named.tokens[-1].lower() in self.words.titles and len(named.tokens) < 3

    def is_bridge(self, start: int, named: Named) -> bool:
        """Return whether the words between a verb and a name describe the name.

        Either "said the club's new coach Ada Vale", or "said a spokeswoman, Ada Vale", which
        names whom it first left unnamed.
        """
        between = self.text[start : named.run.start].replace(" of State", "").lower()
        return self._is_unnamed(between) or self._describes(between)

    def _is_unnamed(self, between: str) -> bool:
        """Return whether words before a name are a subject by themselves: a clerk, Ada Vale."""
        if _INDEFINITE.fullmatch(between):
            return True
        office = _OFFICE.fullmatch(between)
        return office is not None and office.group(1) in self.words.roles

    def _describes(self, between: str) -> bool:
        """Return whether words before a name say who bears it: the club's new coach."""
        words = [word.strip(",’'") for word in between.split()]
        if len(words) > BETWEEN or _MARKS.search(between) or self._is_barred(words):
            return False
        if "," in between and self.words.roles.isdisjoint(words):
            return False
        return "of" not in words or words[-1] in self.words.roles

    def _is_barred(self, words: list[str]) -> bool:
        """Return whether one of the words before a name parts it from the verb."""
        described = set(words[words[:1] in _ARTICLES_FIRST :]) - {"of"}
        if words and words[-1] in self.words.roles:
            described.discard(words[-1])
        return not self.words.barriers.isdisjoint(described)

    def bearer(self, named: Named, start: int) -> Named | None:
        """Return the person who bears a role behind a verb, else the name itself.

        In "said Falkenau research director Ada Vale" the first name is not hers. None when
        another name follows that may be a person's or not.
        """
        after = self.next(named.run.end)
        if after is None or not self._may_be_role(between := self._between(named, after)):
            return named
        role = between[-2] in self.words.roles
        apart = self._is_apart(after)
        known = named.start in self.persons
        if not role and (known or apart):
            return named
        if after.start in self.persons:
            return after
        return named if known or not (role or self._is_described(named, start)) else None

    def _between(self, named: Named, after: Named) -> list[str]:
        """Return what stands between two names, split at spaces, a comma at its end off."""
        gap = self.text[named.run.end : after.run.start]
        return (gap.replace(", ", " ") if self._is_apart(after) else gap).split(" ")

    def _is_apart(self, named: Named) -> bool:
        """Return whether a comma stands before a name: said Falkenau spokeswoman, Ada Vale."""
        return self.text.endswith(", ", 0, named.run.start)

    def _may_be_role(self, between: list[str]) -> bool:
        """Return whether words between two names can be a role: research director."""
        if len(between) < 3 or not "".join(between).isalpha():
            return False
        return self.words.barriers.isdisjoint(set(between) - self.words.roles)

    def _is_described(self, named: Named, start: int) -> bool:
        """Return whether words stand between a verb that ends at *start* and a name."""
        return self.text[start : named.run.start].strip() != ""


def last_word(text: str) -> str:
    """Return the last word of *text*, folded; empty when a mark ends it."""
    word = text[text.rfind(" ") + 1 :]
    return word.lower() if word and (word[-1].isalnum() or word[-1] in "’'") else ""


def _is_apposition(tail: str) -> bool:
    """Return whether words behind a name stand apart: ", head of the board," or " (Lib)"."""
    return len(tail) > 2 and tail.startswith((",", " (")) and tail.endswith((",", ")"))


def _without_article(text: str) -> str:
    """Return *text* without an article at its end."""
    word = last_word(text)
    return text[: -len(word)].rstrip() if word in ARTICLES else text
