"""The noun phrases of an English sentence: what a label may be.

They are told by tables of function words, verbs and adjectives: a phrase is a run of words that
none of these interrupts, alone or with what belongs to it (see `joins`).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from briefing.label.whole import whole
from briefing.model import Sentence
from briefing.names.clauses import acts, in_full
from briefing.names.grammar import Grammar, Token

# The most words a label has.
MOST = 4

# Endings of adjectives; nouns that share them are few, stand in a table, or seldom end a label.
_ADJECTIVES = ("ible", "able", "ous", "less", "ful", "ical", "ial", "onal", "ative")
# What tells a verb or an adverb that stands in no table.
_VERB_ENDINGS = ("ed", "ing", "ly")
_INITIAL = re.compile(r" [A-Z]\. ?[A-Z]")
_BE = frozenset("is are was were be been being am".split())
_PARTIES = frozenset(("d-", "r-", "i-"))
# Where one of these follows, what may be noun or verb is a verb: attacks the, but cuts this year.
_OBJECT = frozenset("a an the his her its their our your my these those some any all".split())
# Letters that are words.
_WORDS = frozenset(("a", "i"))
# Auxiliaries that are names too.
_NAMES_TOO = frozenset(("may", "will"))
# Words behind which what follows depends on the word before them.
_MISLEADING = _NAMES_TOO | {"to", "not"}
# What makes "not" one of the words behind which a verb stands: did not reference.
_DO = frozenset("do does did will would can could may might must shall should".split())
# How adjectives with a hyphen begin or end.
_PREFIXES = ("anti-", "pro-", "non-", "pre-", "post-")
_SUFFIXES = (
    *("-old", "-based", "-led", "-wide", "-term", "-style", "-scale", "-strong", "-free"),
    *("-friendly", "-like", "-size", "-sized", "-wing", "-level", "-long", "-speed", "-quality"),
)
_CONTRACTED = ("n't", "'d", "'ll", "'ve", "'re", "'m")
# What belongs to the verb before it, where that may be a noun.
_PARTICLES = frozenset(("out", "up", "off", "away", "back", "down"))
# How adjectives of nations end, behind which no verb stands: Iraqi bases that.
_NATIONAL = ("ian", "ish", "ese", "aqi", "eli", "ani", "ican")
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
    found = whole(text, known.grammar)
    chunk: list[Token] = []
    for token, breaks in zip(found, _broken(found, known.grammar), strict=True):
        if breaks:
            if chunk:
                yield _acted(chunk, token, known)
                chunk = []
        elif chunk and _parts(chunk[-1], token, known):
            yield _acted(chunk, token, known, direct=True)
            chunk = [token]
        else:
            chunk.append(token)
    if chunk:
        yield chunk


def is_title(token: Token) -> bool:
    """Return whether a token is a title of several words, which stands alone."""
    return " " in token.word


def _broken(found: list[Token], g: Grammar) -> list[bool]:
    """Return for each token whether it interrupts a phrase."""
    acting = acts(found, g)
    folded = [token.word for token in found]
    befores = _befores(found, folded, g)
    folded.append("")
    broken = [
        (word in g.bounds and not token.capital)  # as half of all are
        or token.start in acting
        or _breaks(token, before, after, g=g)
        for before, token, word, after in zip(befores, found, folded, folded[1:], strict=False)
    ]
    for place in _paired(folded, g) if "and" in folded else ():
        broken[place] = False
    return broken


def _paired(folded: list[str], g: Grammar) -> Iterator[int]:
    """Yield where "and" makes one of the words beside it: search and rescue."""
    for place, word in enumerate(folded):
        if word == "and" and f"{folded[place - 1]}-and-{folded[place + 1]}" in g.pairs:
            yield place


def _befores(found: list[Token], folded: list[str], g: Grammar) -> list[str]:
    """Return the word before each token, but none where it would mislead.

    A "to" that brings a noun (due to), and a "may" that is a month or a name.
    """
    befores = ["", *folded]
    for place, word in enumerate(folded):
        last = befores[place]
        if last in g.acting and word.endswith("ly"):
            befores[place + 1] = last  # could finally force
        elif word in _MISLEADING:
            befores[place + 1] = _seen(found[place], last, g)
    return befores


def _seen(token: Token, last: str, g: Grammar) -> str:
    """Return what a word counts as before the next: none in due to, in May; can't in did not."""
    if token.word == "not":
        return "can't" if last in _DO else "not"
    if token.word == "to":
        return "" if last in g.to_nouns else "to"
    return "" if token.capital and not token.first else token.word


def _acted(
    chunk: list[Token], following: Token, known: Known, *, direct: bool = False
) -> list[Token]:
    """Return a run without the verb that ends it: Congress reignites | a debate.

    Or one with the particle behind it: a model pump | out. What follows a name *directly* without
    a word or mark between is an object: Quorrel shows | early galaxies.
    """
    if len(chunk) < 2 or chunk[-1].capital:
        return chunk
    g, named = known.grammar, _follows_name(*chunk[-2:])
    acts = _may_act(chunk[-1].word, g) or chunk[-1].word in g.counters
    if following.word in _PARTICLES:
        is_verb = named or acts
    else:
        is_verb = named and acts and (direct or following.word in g.after_name)
    return chunk[:-1] if is_verb else chunk


def _follows_name(name: Token, last: Token) -> bool:
    """Return whether a word that may be a verb stands behind a name, but for a nation's."""
    acts = last.word.endswith("s") and not last.word.endswith("ss")
    return acts and name.capital and not name.owner and not name.word.endswith(_NATIONAL)


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
    words = _named(led(words, known), known)
    if len(words) == 1 and _is_none(words[0], known.grammar):
        return []
    return words if len(words) <= MOST else cut(words, MOST)


def _is_none(alone: Token, g: Grammar) -> bool:
    """Return whether a word is no label: a letter, a day, half a name, or what counts: gallons."""
    if alone.capital:
        return len(alone.word) < 2 or alone.word in g.function
    return alone.word in g.counters


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
    if len(words) < 2 or words[-1].capital or not words[-2].capital:
        return words
    return words[:-1] if words[-1].word in known.speech else words


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


def _parts(last: Token, token: Token, known: Known) -> bool:
    """Return whether a run ends behind a plural: methods | ancient craftsmen used.

    And behind an owner, but for one whose name goes on: St Brannoc's Hospital. A title is alone.
    """
    if " " in last.word or " " in token.word:
        return True
    if last.owner:
        return not (last.capital and token.capital and token.word in known.organisations)
    if last.capital or not last.word.endswith("s") or last.word in known.grammar.compound_plurals:
        return False
    return not last.word.endswith(("ss", "us", "is", "gas"))


def _breaks(token: Token, before: str, after: str, *, g: Grammar) -> bool:
    """Return whether a token is none that a noun phrase holds."""
    word = token.word
    plain = word not in g.ruled and word.isalpha() and not word.endswith(_VERB_ENDINGS)
    if plain and before != "to" and len(word) > 1:  # as half of those are that come here
        return before in g.acting and not token.capital
    return _is_out(token, before, after, g=g)


def _is_out(token: Token, before: str, after: str, *, g: Grammar) -> bool:
    """Return whether a token is none that a noun phrase holds, by its tables and ending."""
    word = token.word
    named = token.capital and not token.first
    if named and _is_part(word, after):
        return False
    if word in g.function or _is_no_noun(word):
        return not _is_kept(word, before, g, named=named)
    return _is_verb(word, before, after, named=named, g=g)


def _is_part(word: str, after: str) -> bool:
    """Return whether what is no word is part of a name: a title, a number (`whole`), vitamin D."""
    letter = len(word) < 2 and word not in _WORDS and after != "."
    return letter or " " in word or word[0].isdigit()


def _is_verb(word: str, before: str, after: str, *, named: bool, g: Grammar) -> bool:
    """Return whether a word is a verb or an adverb where it stands."""
    if word in g.nouns_too:
        return _is_verb_here(word, before, after, g=g) and not (named and before == "to")
    if named:
        return False
    return _acts(word, before, g) or (before == "to" and _is_infinitive(word, after, g))


def _is_kept(word: str, before: str, g: Grammar, *, named: bool) -> bool:
    """Return whether a function word is part of a phrase: People Power Party, opening hours."""
    return word in g.in_names if named else word in g.heads and before in g.ing_nouns


def _is_no_noun(word: str) -> bool:
    """Return whether a token is a mark, a letter, a number, a contraction or a party: D-Del."""
    return (
        len(word) < 2 or not word[0].isalpha() or word.endswith(_CONTRACTED) or word[:2] in _PARTIES
    )


def _is_verb_here(word: str, before: str, after: str, *, g: Grammar) -> bool:
    """Return whether what may be noun or verb is a verb between the words beside it."""
    if word in g.telling and before.removesuffix("s") in g.tellers:
        return True
    if before in g.before_verb:
        return before != "to" or _is_infinitive(word, after, g)
    return after in _OBJECT and before not in g.function and not _opens(before, g)


def _is_infinitive(word: str, after: str, g: Grammar) -> bool:
    """Return whether a word behind "to" is a verb: to fix it, to be taken, to sway voters."""
    if after in g.function or word in g.bases:
        return True
    plural = word.endswith("s") and not word.endswith("ss")
    return word in g.nouns_too and not plural and word not in g.mass


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
