"""The words by which a sentence leans on another: one table a language, read once."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

_TABLES = Path(__file__).parents[1] / "tables"

_FIRST = re.compile(r"[^\W_]+")
# What makes a word longer than its phrase: letters, or an apostrophe that is no contraction's.
_REST = r"[^\W_]|['’](?!(?:s|ll|d|ve|re|m)\b)[^\W_]"

# No connective is joined to a word: Then-mayor Vale, so-called.
_ALONE = {"connective": r"(?!-[^\W_])"}

# What an opening phrase can be: where one phrase begins another the longer counts.
KINDS = ("harmless", "connective", "phrase", "fragment", "demonstrative", "pronoun", "voice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexis:
    """The words of one language that lean. A language without a table has none."""

    openings: Mapping[str, "Openings"] = field(default_factory=dict)
    """The phrases that a sentence may open with, by their first word."""

    pronouns: frozenset[str] = frozenset()
    """Pronouns of the third person."""

    persons: frozenset[str] = frozenset()
    """Those that stand for one person."""

    articles: frozenset[str] = frozenset()
    """Definite articles."""

    definite: re.Pattern[str] | None = None
    """Matches wherever one of the next two words may be a definite article: nothing that points
    back by its noun is there otherwise. None: there are no articles."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    """What single words are that lean wherever they stand: `pronoun`, `demonstrative`,
    `comparing`, `article`."""

    nouns: frozenset[str] = frozenset()
    """Nouns that with a definite article ("the man") mostly point back."""

    pointers: re.Pattern[str] | None = None
    """Matches words that point back from anywhere in a sentence: "these rulings"."""

    pointer_words: frozenset[str] = frozenset()
    """Words of which each match of `pointers` has one; empty: not known, it is always tried."""

    fronted: tuple[str, ...] = ()
    """Openings that name whom a pronoun behind them means: as for Vale, she."""

    compared: tuple[str, ...] = ()
    """Openings that name whom it does not mean, so that nobody is certain: unlike Vale, she."""

    turning: frozenset[str] = frozenset()
    """Words with which a sentence opens that tells the other side of what was told: but."""

    idle: re.Pattern[str] | None = None
    """Matches where a sentence tells of the reporting, not the news (nobody could be reached for
    comment; where somebody was speaking), answers, announces, asks something of the reader or is
    one of a numbered list. In English of some 230 such in 748 judged articles, .13 told a topic."""

    idle_words: frozenset[str] = frozenset()
    """Words of which each match of `idle` has one."""

    capital_nouns: bool = False
    """Whether every noun bears a capital, so that none tells a name."""

    complements: frozenset[str] = frozenset()
    """Words that tell after such a noun which is meant: "the man of the house"."""


@cache
def lexis(language: str | None) -> Lexis:
    """Return the table of a language, an empty one where there is none.

    >>> "she" in lexis("en").persons, lexis("xx").persons
    (True, frozenset())
    """
    path = _TABLES / f"standalone-{language}.json"
    if language is None or not language.isalpha() or not path.is_file():
        return Lexis()
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Lexis(
        openings=_openings(raw["openings"]),
        pronouns=frozenset(raw["openings"]["pronoun"]),
        persons=frozenset(raw["persons"]),
        articles=frozenset(raw["articles"]),
        definite=_definite(raw["articles"]),
        kinds=_kinds(raw),
        nouns=frozenset(raw["nouns"]),
        pointers=re.compile(raw["pointers"]) if raw.get("pointers") else None,
        pointer_words=frozenset(raw.get("pointer_words", ())),
        fronted=tuple(raw.get("fronted", ())),
        compared=tuple(raw.get("compared", ())),
        turning=frozenset(raw.get("turning", ())),
        idle=re.compile(raw["idle"], re.IGNORECASE) if raw.get("idle") else None,
        idle_words=frozenset(raw.get("idle_words", ())),
        capital_nouns=raw.get("capital_nouns", False),
        complements=frozenset(raw["complements"]),
    )


def _definite(articles: Sequence[str]) -> re.Pattern[str] | None:
    """Return what matches where one of the next two words is among *articles*, or looks so."""
    word, options = r"[^\W_]++(?:['’-][^\W_]++)*+", "|".join(articles)
    if not articles:
        return None
    return re.compile(rf"[\W_]*+(?:{word}[\W_]++)?(?:{options})(?![^\W_])", re.IGNORECASE)


def opens(known: Lexis, text: str, place: int) -> re.Match[str] | None:
    """Return the phrase of the table that *text* opens with at *place*, None for none.

    >>> opens(lexis("en"), "And yet she left.", 0).group()
    'And'
    >>> opens(lexis("en"), "Butter was dear.", 0)
    """
    word = _FIRST.match(text, place)
    phrases = known.openings.get(word.group().lower()) if word else None
    return phrases.pattern.match(text, place) if phrases else None


def _kinds(raw: dict[str, Any]) -> dict[str, str]:
    """Return the kind of each single word that leans, pronouns first."""
    found = dict.fromkeys(raw["articles"], "article") | dict.fromkeys(raw["comparing"], "comparing")
    for kind in ("demonstrative", "pronoun"):
        found |= {word: kind for word in raw["openings"][kind] if " " not in word}
    return found


def _openings(raw: dict[str, list[str]]) -> dict[str, "Openings"]:
    """Return the phrases with their kinds by their first words."""
    found: dict[str, list[tuple[str, str]]] = {}
    phrases = [(phrase, kind) for kind in KINDS for phrase in raw.get(kind, ())]
    for phrase, kind in sorted(phrases, key=lambda pair: -len(pair[0])):
        found.setdefault(_FIRST.findall(phrase)[0], []).append((phrase, kind))
    return {word: Openings(several) for word, several in found.items()}


class Openings:
    """The phrases that share their first word, as one expression.

    One expression for all phrases took some 50 microseconds a sentence, and 9 ms to compile; so
    each first word has its own, compiled when a sentence begins with it.
    """

    def __init__(self, phrases: Sequence[tuple[str, str]]) -> None:
        """Take in phrases with their kinds, the longest first."""
        self._phrases = phrases

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What matches each phrase as a whole word, in a group named by its kind."""
        options = "|".join(
            f"(?P<{kind}_{n}>{re.escape(phrase)}{_ALONE.get(kind, '')})"
            for n, (phrase, kind) in enumerate(self._phrases)
        )
        return re.compile(rf"(?:{options})(?!{_REST})", re.IGNORECASE)
