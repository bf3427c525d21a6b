"""The noun phrases of an English sentence: what a label may be.

They are told by tables of function words, verbs and adjectives: a phrase is a run of words that
none of these interrupts, alone or with what belongs to it (see `joins`).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from briefing.model import Sentence
from briefing.names.clauses import acts, in_full
from briefing.names.grammar import Grammar, Token, tokens

# The most words a label has.
MOST = 4

# Endings of adjectives; nouns that share them are few, stand in a table, or seldom end a label.
_ADJECTIVES = ("ible", "able", "ous", "less", "ful", "ical", "ial", "onal", "ative")
# What tells a verb or an adverb that stands in no table.
_VERB_ENDINGS = ("ed", "ing", "ly")
_INITIAL = re.compile(r" [A-Z]\. ?[A-Z]")
_BE = frozenset("is are was were be been being am".split())
_PARTIES = frozenset(("d-", "r-", "i-"))
# What belongs to the verb before it, where that may be a noun.
_PARTICLES = frozenset(("out", "up", "off", "away", "back", "down"))
# After one of these, what looks like a participle is a verb, though they may open a phrase.
_RELATIVE = frozenset(("that", "which", "who"))


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


def chunks(text: str, known: Known) -> Iterator[list[Token]]:
    """Yield runs of words of a sentence that no function word, verb or mark interrupts."""
    found = tokens(text)
    chunk: list[Token] = []
    for token, breaks in zip(found, _broken(found, known.grammar), strict=True):
        if breaks:
            if chunk:
                yield _acted(chunk, token, known)
                chunk = []
        elif chunk and _parts(chunk[-1], token, known):
            yield _acted(chunk, token, known)
            chunk = [token]
        else:
            chunk.append(token)
    if chunk:
        yield chunk


def _broken(found: list[Token], g: Grammar) -> list[bool]:
    """Return for each token whether it interrupts a phrase."""
    acting = acts(found, g)
    folded = ["", *[token.word for token in found], ""]
    return [
        (word in g.bounds and not token.capital)  # as half of all are
        or token.start in acting
        or _breaks(token, before, after, g=g)
        for before, token, word, after in zip(folded, found, folded[1:], folded[2:], strict=False)
    ]


def _acted(chunk: list[Token], following: Token, known: Known) -> list[Token]:
    """Return a run without the verb that ends it: Congress reignites | a debate.

    Or one with the particle behind it: a model pump | out.
    """
    if len(chunk) < 2 or chunk[-1].capital:
        return chunk
    name, last = chunk[-2:]
    if following.word in _PARTICLES and _may_act(last.word, known.grammar):
        return chunk[:-1]
    acts = last.word.endswith("s") and not last.word.endswith("ss")
    named = acts and name.capital and not name.owner
    return chunk[:-1] if named and following.word in known.grammar.after_name else chunk


def _may_act(word: str, g: Grammar) -> bool:
    """Return whether a word may be a verb although a phrase may hold it."""
    return word in g.nouns_too or word in g.base_too or word in g.thirds or word in g.invariant


def trimmed(chunk: list[Token], known: Known) -> list[Token]:
    """Return a run without weak words at its front and what ends no label; empty if none is left.

    A name that is too long is left out rather than cut.
    """
    words = ended(chunk, known)
    turned = _turned(words, known)
    if turned is not None:
        return turned if len(turned) <= MOST else []
    words = led(words, known)
    return words if len(words) <= MOST else cut(words, MOST)


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
    row = (
        sentence.start + start,
        sentence.start + words[-1].end,
        tuple([w.word for w in words]),
        tuple([w.capital and not w.first for w in words]),
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
    if word in g.adjectives or word in g.weak:
        return True
    return len(word) > 5 and word.endswith(_ADJECTIVES) and word not in g.noun_endings


def _turned(words: list[Token], known: Known) -> list[Token] | None:
    """Return a phrase about who once was or half is something as `in_full` has it."""
    if known.grammar.role_turns.isdisjoint([token.word for token in words]):
        return None  # as nearly all are
    return in_full(words, known.grammar, roles=known.roles, people=known.people)


def ended(words: list[Token], known: Known) -> list[Token]:
    """Return a run without the adjectives and the speech verb at its end."""
    while words and (describes(words[-1], known) or _is_done(words)):
        words = words[:-1]
    if len(words) < 2 or words[-1].capital or not words[-2].capital:
        return words
    return words[:-1] if words[-1].word in known.speech else words


def _is_done(words: list[Token]) -> bool:
    """Return whether a phrase ends in a participle: vast untapped | potential."""
    last = words[-1]
    return len(words) > 1 and last.word.endswith("ed") and len(last.word) > 5 and not last.capital


def _is_weak(token: Token, known: Known) -> bool:
    """Return whether a word is left out at the front of a label."""
    return token.word in known.grammar.weak and not (token.capital and not token.first)


def _is_new_york(words: list[Token]) -> bool:
    """Return whether a phrase is a place's name although it begins with an adjective."""
    return words[0].capital and words[0].word in ("new", "great") and words[1].capital


def _parts(last: Token, token: Token, known: Known) -> bool:
    """Return whether a run ends behind a plural: methods | ancient craftsmen used.

    And behind an owner, but for one whose name goes on: St Brannoc's Hospital.
    """
    if last.owner:
        return not (last.capital and token.capital and token.word in known.organisations)
    if last.capital or not last.word.endswith("s") or last.word in known.grammar.compound_plurals:
        return False
    return not last.word.endswith(("ss", "us", "is", "gas"))


def _breaks(token: Token, before: str, after: str, *, g: Grammar) -> bool:
    """Return whether a token is none that a noun phrase holds."""
    word = token.word
    plain = word not in g.ruled and word.isalpha() and not word.endswith(_VERB_ENDINGS)
    if plain and before != "to" and len(word) > 1:
        return False  # as half of those are that come here
    return _is_out(token, before, after, g=g)


def _is_out(token: Token, before: str, after: str, *, g: Grammar) -> bool:
    """Return whether a token is none that a noun phrase holds, by its tables and ending."""
    word = token.word
    named = token.capital and not token.first
    if word in g.function or _is_no_noun(word):
        return not _is_kept(word, before, g, named=named)
    if word in g.nouns_too:
        return _is_verb_here(word, before, after, g=g) and not (named and before == "to")
    if named:
        return False
    return _acts(word, before, g) or (before == "to" and _is_infinitive(word, after, g))


def _is_kept(word: str, before: str, g: Grammar, *, named: bool) -> bool:
    """Return whether a function word is part of a phrase: People Power Party, opening hours."""
    return word in g.in_names if named else word in g.heads and before in g.ing_nouns


def _is_no_noun(word: str) -> bool:
    """Return whether a token is a mark, a letter, a number, a negation or a party: D-Del."""
    return len(word) < 2 or not word[0].isalpha() or word.endswith("n't") or word[:2] in _PARTIES


def _is_verb_here(word: str, before: str, after: str, *, g: Grammar) -> bool:
    """Return whether what may be noun or verb is a verb between the words beside it."""
    if before in g.before_verb:
        return before != "to" or _is_infinitive(word, after, g)
    return after in g.determiners and before not in g.function and not _opens(before, g)


def _is_infinitive(word: str, after: str, g: Grammar) -> bool:
    """Return whether a word behind "to" is a verb: to fix it, to be taken, to sway voters."""
    return after in g.function or not after[:1].isalpha() or word in g.bases


def _acts(word: str, before: str, g: Grammar) -> bool:
    """Return whether a word is a verb or adverb, rather than what opens a phrase."""
    if word in g.ing_nouns:
        return before in _BE
    if word in g.verbs or (word.endswith("ed") and len(word) > 4):
        opened = _opens(before, g) and before not in _RELATIVE
        return not opened or not word.endswith(("ed", "en"))
    if word.endswith("ing") and len(word) > 5:
        return not _opens(before, g)
    return word.endswith("ly") and word not in g.ly_nouns


def _opens(before: str, g: Grammar) -> bool:
    """Return whether a word opens a phrase, so that what follows is part of it."""
    return before in g.determiners or before in g.weak
