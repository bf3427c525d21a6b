"""Which runs of capitals are names, and what speaks for each being a person's.

A run is a person only on evidence: a title before it, a given name in it, a role or age beside
it, or a speech verb whose subject it is and a later use of the surname alone. What has no evidence
stays unnamed, for a wrong name is worse than none.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from briefing.names.gender import Gender, gender_of
from briefing.names.lexicon import Lexicon, given_names
from briefing.names.runs import Run, trimmed

_INITIAL = re.compile(r"[^\W\d_]\.(?:-?[^\W\d_]\.){0,2}")
# Two words that lost the space between them, as links do: ValeHarbour.
_GLUED = re.compile(r"[a-z]{4}[A-Z]")
# Endings of what several people are.
_MEN = ("smen", "emen", "women")
_PLACE_STARTS = frozenset({"san", "santa", "saint", "st", "los", "las", "fort", "port", "mount"})
# What stands behind a surname, and only behind a person's.
SUFFIXES = frozenset("jr sr".split())
# No name begins so: (the) U.S. Senate, (der Präsident) der Republik.
_NEVER_FIRST = frozenset("u.s. u.k. u.n. e.u. d.c. n.y. l.a. u.s.a. der des".split())

_AGE = re.compile(r", (?:aged )?\d{1,3}[,.)]| \(\d{1,3}\)|, who\b| \((?:[RDI]-|aka )")
# Its lookbehind stands behind its first letter: spaces and marks are then skipped at once.
_WORD_BEFORE = re.compile(r"([^\W\d_](?<![^\W\d_].)[^\W\d_]*+),? $")
_TWO_AFTER = re.compile(r",? (?:as|while|when|because|before|after|who said) ([^\W\d_]+)\b")
_WORD_AFTER = re.compile(r" ([^\W\d_]+)")
_APPOSITION = re.compile(
    r", (?:(?:an?|the|his|her|their|its|our|one of) )?([^,.;:()\n]{3,90})(?=[,.;:(])"
)


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
    given = _given_place(tokens, folded, words)
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
    if (given := _given_place(tokens[cut:], behind, words)) > 0 and _is_inflecting(tokens[cut]):
        cut, kept = cut + given, 0  # Мэр Светлогорья | Елена Ракитина
    gender = gender_of(before[-1], tokens[cut:], words)
    start = _offset(run, text, first + cut - kept)
    return Named(run, before[-1], tokens[cut:], start, gender, person=True)


def _is_inflecting(token: str) -> bool:
    """Return whether a word is of a script whose languages put whose office it is behind it."""
    return "\u0400" <= token[0] <= "\u04ff"


def _given_place(tokens: Sequence[str], folded: Sequence[str], words: Lexicon) -> int:
    """Return where a given name or initial stands that a surname follows, -1 for nowhere.

    Of a name with a "Jr." that is none its first word counts, whatever it is.
    """
    junior = len(tokens) > 2 and folded[-1] in SUFFIXES
    for i in range(len(tokens) - junior - 1):
        if "." in tokens[i] and _INITIAL.fullmatch(tokens[i]):
            return _before_initial(i, folded, words)
        if _is_given(tokens[i]):
            return i
    return 0 if junior else -1


def _before_initial(place: int, folded: Sequence[str], words: Lexicon) -> int:
    """Return where the given name before an initial stands, or the initial if there is none."""
    before = folded[place - 1] if place else ""
    if before in words.organisations:
        return -1  # World War I. Torn off, the roof
    return place - 1 if before.isalpha() and len(before) > 1 else place


def _name_start(folded: Sequence[str], given: int, words: Lexicon) -> int:
    """Return where a name begins that has a known given name at *given*.

    Words before it belong to the name unless they are known to be something else:
    Sky News, State, Republican, Policemen.
    """
    first = given
    while first and given - first < 2 and folded[first - 1].isalpha():
        word = folded[first - 1]
        if word in words.other_names or word in words.titles or _is_several_people(word, words):
            return given
        first -= 1
    return first if first == 0 and len(folded) > 3 else given


def _is_several_people(word: str, words: Lexicon) -> bool:
    """Return whether a word says what several people are, or is a letter."""
    single = word.removesuffix("s")
    return len(word) < 2 or single in words.roles or word.endswith(_MEN) or word in words.unnamed


def _is_given(token: str) -> bool:
    """Return whether a token is a known given name, or an initial."""
    known = token.lower().partition("-")[0] in given_names()
    return known or bool("." in token and _INITIAL.fullmatch(token))


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


def _is_surname(token: str, *, shouted: bool) -> bool:
    """Return whether a name may end in a token; *shouted*: it begins in capitals, too."""
    if len(token.rstrip(".")) < 2 or (token.isupper() and not shouted):
        return False
    return not _GLUED.search(token, 1)


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
