"""Which words open, carry on and end a noun phrase in a language: tables, read once."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import NamedTuple

from briefing.names.lexicon import TABLES, lexicon
from briefing.words import stopwords

_MARKS = frozenset(".,;:!?'\"“”‘’()[]-–—…")
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-.’'&][^\W_]+)*(?:(?<=s)[’'](?=\s))?|[^\w\s]")


class Token(NamedTuple):
    """A word of a sentence."""

    start: int
    """Offset in the sentence."""

    end: int
    word: str
    """Folded, its possessive ending off."""

    capital: bool
    first: bool
    """Whether the sentence begins with it, so that a capital says nothing."""

    owner: bool
    """Whether it is a possessive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The words that bound noun phrases in one language."""

    function: frozenset[str]
    determiners: frozenset[str] = frozenset()
    before_verb: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    nouns_too: frozenset[str] = frozenset()
    ing_nouns: frozenset[str] = frozenset()
    adjectives: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    vague: frozenset[str] = frozenset()
    press: frozenset[str] = frozenset()
    compound_plurals: frozenset[str] = frozenset()
    adjuncts: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    """Prepositions behind which a topic stands."""

    in_names: frozenset[str] = frozenset()
    ly_nouns: frozenset[str] = frozenset()
    role_turns: frozenset[str] = frozenset()
    invariant: frozenset[str] = frozenset()
    base_too: frozenset[str] = frozenset()
    after_act: frozenset[str] = frozenset()
    after_name: frozenset[str] = frozenset()
    asks: frozenset[str] = frozenset()
    """Nouns with the preposition they ask for: ban-on."""

    counters: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    noun_endings: frozenset[str] = frozenset()
    acting: frozenset[str] = frozenset()
    """Auxiliaries and subjects, behind which no noun stands."""

    to_nouns: frozenset[str] = frozenset()
    """Words whose "to" brings a noun: due to."""

    mass: frozenset[str] = frozenset()
    """Nouns without article or plural, which may be verbs."""

    tellers: frozenset[str] = frozenset()
    """What tells something, in the singular: poll."""

    telling: frozenset[str] = frozenset()
    """What it does then, which could be nouns: shows."""

    pairs: frozenset[str] = frozenset()
    """Two words that "and" makes one: search-and-rescue."""

    causing: frozenset[str] = frozenset()
    """Verbs behind whose object a second verb stands: let."""

    urging: frozenset[str] = frozenset()
    """The same, where the object may be one thing: insist."""

    caused: frozenset[str] = frozenset()
    """What such a second verb may be, though it could be a noun: boost."""

    peoples: frozenset[str] = frozenset()
    """Those who act, in the plural: kurds."""

    bases: frozenset[str] = frozenset()
    """Verbs in their base form."""

    thirds: frozenset[str] = frozenset()
    """Verbs of which the subject is one, and which could be plurals, calls: worked out."""

    slight: frozenset[str] = frozenset()
    """Words that say little, as nouns or before them: worked out."""

    unsure: frozenset[str] = frozenset()
    """What could be noun or verb, in either form: worked out."""

    bounds: frozenset[str] = frozenset()
    """Marks and function words that interrupt every phrase in lower case: worked out."""

    ruled: frozenset[str] = frozenset()
    """Words of the tables that say whether a word interrupts a phrase: worked out."""


@cache
def grammar(language: str) -> Grammar:
    """Return the words that bound noun phrases in *language*; its stop words if that is all.

    >>> "shook" in grammar("en").verbs, grammar("fr").verbs
    (True, frozenset())
    """
    path = TABLES / f"phrases-{language}.toml"
    if not language.isalpha() or not path.is_file():
        known = lexicon(language)
        plain = known.starters | known.prepositions | known.speech | known.adverbs | known.passive
        others = known.subjects | known.others | known.plural | known.conjunctions | known.male
        others |= known.female | known.measures
        return Grammar(
            function=stopwords(language) | plain | others,
            determiners=known.starters - known.prepositions,
            adjuncts=known.prepositions,
        )
    table = {k: frozenset(v.split()) for k, v in tomllib.loads(path.read_text("utf-8")).items()}
    bases = table.pop("verbs")
    verbs = frozenset(chain(table.pop("irregular"), _forms(bases)))
    bounds = table["function"] - table["heads"] | _MARKS
    thirds = {word for word in table["nouns_too"] if word.endswith("s")}
    thirds.update(f"{word}s" for word in table["base_too"])
    return Grammar(
        **table,
        verbs=verbs,
        bases=bases,
        bounds=bounds,
        ruled=table["function"].union(table["nouns_too"], table["ing_nouns"], verbs),
        thirds=frozenset(thirds),
        slight=table["weak"] | table["vague"],
        unsure=table["base_too"].union(thirds),
    )


def _forms(verbs: Iterable[str]) -> Iterator[str]:
    """Yield the regular forms of verbs given in their base form."""
    for verb in verbs:
        stem = verb.removesuffix("e")
        yield verb
        yield (verb[:-1] + "ies") if verb.endswith("y") and verb[-2] not in "aeo" else verb + "s"
        yield (verb[:-1] + "ied") if verb.endswith("y") and verb[-2] not in "aeo" else stem + "ed"
        yield stem + "ing"
        yield verb + verb[-1] + "ed"
        yield verb + verb[-1] + "ing"
        yield verb + "es"


def tokens(text: str) -> list[Token]:
    """Return the words and marks of a sentence, in order.

    >>> [(token.word, token.owner) for token in tokens("Vale’s yard.")]
    [('vale', True), ('yard', False), ('.', False)]
    """
    found = []
    for match in _TOKEN.finditer(text):
        raw = match.group()
        if raw.islower() and raw.isalpha():  # as three of four are
            start, end = match.span()
            found.append(_new(Token, (start, end, raw, False, start < 2, False)))
        else:
            found.append(_token(raw, match.start(), text))
    return found


# A named tuple made so, without the function of its class, costs half: a label's sentence has 30.
_new = tuple.__new__


def _token(raw: str, start: int, text: str) -> Token:
    """Return a word of a sentence."""
    if len(raw) == 1 and not raw.isalnum():
        return _new(Token, (start, start + 1, raw, False, start < 2, False))
    word = raw.lower().replace("’", "'")
    if owner := word.endswith(("'s", "s'")):
        word = word[:-1] if word.endswith("s'") else word[:-2]
    capital = raw[0].isupper() and (len(raw) > 2 or raw.isupper()) and not _shouts(raw)
    first = start < 2 or text[start - 1] in '"“‘«„'
    return _new(Token, (start, start + len(word), word, capital, first, owner))


def _shouts(raw: str) -> bool:
    """Return whether a word is in capitals although it is no initialism: ONE IN FIVE."""
    return len(raw) > 3 and raw.isupper() and raw.lower() in grammar("en").function
