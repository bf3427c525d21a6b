"""What of a run of words may be a label, without what neither opens nor ends one.

Where runs begin and end in an English sentence `runs` says; what belongs together, `joins`.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from briefing.model import Sentence
from briefing.names.clauses import in_full
from briefing.names.grammar import Grammar, Token

# The most words a label has.
MOST = 4

# Endings of adjectives; nouns that share them are few, stand in a table, or seldom end a label.
_ADJECTIVES = ("ible", "able", "ous", "less", "ful", "ical", "ial", "onal", "ative")
_INITIAL = re.compile(r" [A-Z]\. ?[A-Z]")
# How adjectives with a hyphen begin or end.
_PREFIXES = ("anti-", "pro-", "non-", "pre-", "post-")
_SUFFIXES = (
    *("-old", "-based", "-led", "-wide", "-term", "-style", "-scale", "-strong", "-free"),
    *("-friendly", "-like", "-size", "-sized", "-wing", "-level", "-long", "-speed", "-quality"),
)


class Phrase(NamedTuple):
    """What a label may be: where it stands, and its words."""

    start: int
    """Offset in `Article.text`."""

    end: int
    folded: tuple[str, ...]
    """Its words, folded, possessive endings off."""

    capitals: tuple[bool, ...]
    """Which of them bear a capital that says something. Shape: as `folded`."""

    before: str
    """The word before it, folded; articles and the like are passed over."""

    place: int
    """How many phrases of its sentence stand before it."""

    kind: str = ""
    """What joins its parts: `owner`, `name`, `of`, `asked`; empty where it has only one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of the words of an article."""

    grammar: Grammar
    people: frozenset[str]
    """The words of the names of those whom the article names."""

    roles: frozenset[str]
    """Titles and roles, which people bear."""

    organisations: frozenset[str]
    """Last words of names that no person bears."""

    speech: frozenset[str]
    """Speech verbs."""

    language: str
    counts: Counter[str]
    """How often each word stands in the article."""

    prepositions: frozenset[str] = frozenset()
    """Prepositions."""


def is_title(token: Token) -> bool:
    """Return whether a token is a title of several words, which stands alone."""
    return " " in token.word


def trimmed(chunk: list[Token], known: Known) -> list[Token]:
    """Return a run without weak words at its front and what ends no label; empty if none is left.

    A name that is too long is left out rather than cut.
    """
    words = ended(chunk, known)
    turned = _turned(words, known)
    if turned is not None:
        return turned if len(turned) <= MOST else []
    words = _named(led(words, known), known)
    if len(words) == 1 and _is_none(words[0], known.grammar):
        return []
    return words if len(words) <= MOST else cut(words, MOST)


def _is_none(alone: Token, g: Grammar) -> bool:
    """Return whether a word is no label: a letter, a day, half a name, or what counts: gallons."""
    if alone.capital:
        return len(alone.word) < 2 or alone.word in g.function
    return alone.word in g.counters or alone.word in g.function


def _named(words: list[Token], known: Known) -> list[Token]:
    """Return a run that ends with somebody's full name without what else describes the person.

    A title or role stays: housing minister Ada Vale, but not the star | Ada Vale, nor the best
    tool | President Vale has.
    """
    if len(words) < 2 or words[-1].word not in known.people:
        return words  # as nearly all
    name = [*takewhile(lambda w: w.word in known.people, reversed(words))]
    name += takewhile(lambda w: w.capital and w.word in known.roles, reversed(words[: -len(name)]))
    before = words[: -len(name)]
    if any(w.capital and not w.first for w in before):
        return words
    return name[::-1] if before and before[-1].word not in known.roles else words


def cut(words: list[Token], most: int) -> list[Token]:
    """Return the end of a run that is too long; empty where a name would be cut.

    Where a name is in it, what stands before the name has lost its own beginning and goes too.
    """
    if words[-most - 1].capital and words[-most].capital:
        return []
    rest = words[-most:]
    name = next((i for i, word in enumerate(rest) if word.capital), 0)
    return rest[name:]


def led(words: list[Token], known: Known) -> list[Token]:
    """Return a run without the weak words at its front."""
    while len(words) > 1 and _is_weak(words[0], known) and not _is_new_york(words):
        words = words[1:]
    return words


def phrase(
    words: list[Token], sentence: Sentence, known: Known, *, place: int, kind: str
) -> Phrase:
    """Return what *words* of a sentence are as a phrase of the article."""
    start = words[0].start
    folded, capitals = [w.word for w in words], [w.capital and not w.first for w in words]
    if is_title(words[0]):
        folded = folded[0].split()
        capitals = [True] * len(folded)
    row = (
        sentence.start + start,
        sentence.start + words[-1].end,
        tuple(folded),
        tuple(capitals),
        _before(sentence.text[max(start - 24, 0) : start], known.grammar),
        place,
        kind,
    )
    return _new(Phrase, row)


_new = tuple.__new__  # half as long as with the function of the class


def _before(text: str, g: Grammar) -> str:
    """Return the last word of *text* that opens no phrase, folded."""
    found = text.lower().split()[-3:]
    for word in reversed(found):
        if word not in g.determiners and word not in g.weak:
            return word
    return ""


def is_half_name(text: str, words: list[Token]) -> bool:
    """Return whether a name goes on behind an initial: Donald | J. Vale."""
    return words[-1].capital and bool(_INITIAL.match(text, words[-1].end))


def describes(token: Token, known: Known) -> bool:
    """Return whether a word is an adjective, which ends no label."""
    if token.capital and not token.first:
        return False
    word, g = token.word, known.grammar
    if word in g.adjectives or word in g.weak or ("-" in word and _is_hyphened(word)):
        return True
    if word.endswith(("er", "est")):
        return _compares(word, g)
    return len(word) > 5 and word.endswith(_ADJECTIVES) and word not in g.noun_endings


def _is_hyphened(word: str) -> bool:
    """Return whether a word with a hyphen is an adjective: anti-corruption, London-based."""
    return word.startswith(_PREFIXES) or word.endswith(_SUFFIXES)


def _compares(word: str, g: Grammar) -> bool:
    """Return whether a word is a form of an adjective that compares: simpler, fresher, happiest."""
    stem = word.removesuffix("er").removesuffix("est")
    forms = {stem, f"{stem}e", f"{stem.removesuffix('i')}y"}
    return word not in g.noun_endings and not (
        forms.isdisjoint(g.adjectives) and forms.isdisjoint(g.weak)
    )


def _turned(words: list[Token], known: Known) -> list[Token] | None:
    """Return a phrase about who once was or half is something as `in_full` has it."""
    if known.grammar.role_turns.isdisjoint([token.word for token in words]):
        return None  # as nearly all are
    return in_full(words, known.grammar, roles=known.roles, people=known.people)


def ended(words: list[Token], known: Known) -> list[Token]:
    """Return a run without the adjectives and the speech verb at its end."""
    if len(words) > 1 and words[-1].word == "sunday":
        words = words[:-1]  # the other days interrupt a phrase
    while words and (describes(words[-1], known) or _is_done(words)):
        words = words[:-1]
    return words[:-1] if _is_left_out(words, known) else words


def _is_left_out(words: list[Token], known: Known) -> bool:
    """Return whether the last word of a run is none of it, though its first two may be a phrase.

    A speech verb behind a name, or what the next run begins: a freshman | Democratic Rep. Vale.
    """
    if len(words) < 2 or words[-1].capital == words[-2].capital:
        return False  # African American
    if words[-1].capital:
        return words[-1].word in known.grammar.adjectives
    return words[-1].word in known.speech


def _is_done(words: list[Token]) -> bool:
    """Return whether a phrase ends in a participle: vast untapped | potential."""
    last = words[-1]
    return last.word.endswith("ed") and len(last.word) > 5 and not last.capital


def _is_weak(token: Token, known: Known) -> bool:
    """Return whether a word is left out at the front of a label."""
    return token.word in known.grammar.weak and not (token.capital and not token.first)


def _is_new_york(words: list[Token]) -> bool:
    """Return whether a phrase is a place's name although it begins with an adjective."""
    return words[0].capital and words[0].word in ("new", "great") and words[1].capital
