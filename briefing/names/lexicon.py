"""What a language calls people, and how it says that they spoke: tables, read once."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLES = Path(__file__).parent.parent / "tables"

Words = frozenset[str]


# A language has one lexicon: compared by identity, it is a key of caches without hashing 40 fields.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """The words of one language by which people are named, referred to and quoted.

    Every table holds lower-case words. A language without a table has only empty ones, so that
    every rule that needs one keeps silent.
    """

    male: Words = frozenset()
    female: Words = frozenset()
    plural: Words = frozenset()
    subjects: Words = frozenset()
    """Pronouns that can be the subject of a speech verb."""

    speech: Words = frozenset()
    adverbs: Words = frozenset()
    """What may stand between a subject and its speech verb."""

    titles: Words = frozenset()
    """What stands before a name, `titles_male` and `titles_female` included."""

    titles_male: Words = frozenset()
    titles_female: Words = frozenset()
    kept: Words = frozenset()
    """Titles that stay part of a name: Sir."""

    kin: Words = frozenset()
    """Nouns for relatives, who mostly bear the same surname."""

    kin_male: Words = frozenset()
    """Those of them who are male; none where the language's table does not say."""

    roles: Words = frozenset()
    organisations: Words = frozenset()
    """Last words of names that no person bears."""

    borne: Words = frozenset()
    """Nouns that bear the name of whom they are led by: the Vale campaign."""

    not_people: Words = frozenset()
    agencies: Words = frozenset()
    starters: Words = frozenset()
    """Words that are capitalised only because a sentence begins."""

    prepositions: Words = frozenset()
    unnamed: Words = frozenset()
    """Speakers who are quoted without a name."""

    never_inverted: Words = frozenset()
    """Speech verbs that never stand before their subject."""

    acts: Words = frozenset()
    """Speech verbs that only tell what is done before "to": agreed to pay."""

    passive: Words = frozenset()
    """Forms of to be, after which a speech verb is somebody else's."""

    joining: Words = frozenset()
    """And, but: the verb after it has the subject of the one before."""

    relative: Words = frozenset()
    others: Words = frozenset()
    """Subjects who are nobody named: I, many."""

    conjunctions: Words = frozenset()
    takes: Words = frozenset()
    """Verbs that take a person for their object: met, beat."""

    indefinite: Words = frozenset()
    """What brings in somebody new: a, one of."""

    measures: Words = frozenset()
    """Words for times and numbers, which say nothing of a subject; where no other table does."""

    according: Words = frozenset()
    """Phrases that attribute without a verb, longest first: `according to`."""

    drops_subjects: bool = False
    """Whether a verb says by its ending alone who speaks."""

    dashes: bool = False
    """Whether a dash at the start of a paragraph begins somebody's words."""

    generic: Words = frozenset()
    """Words that alone name no speaker: worked out from the others."""

    humans: Words = frozenset()
    """Nouns for somebody who is not named: worked out from the others."""

    somebody: Words = frozenset()
    """Nouns for one whom a pronoun behind them in the sentence means: suspect."""

    other_names: Words = frozenset()
    """Words of names that are not people's: worked out from the others."""

    ends_role: Words = frozenset()
    """Words that are no part of a role before a name: worked out from the others."""

    inverted: Words = frozenset()
    """Speech verbs that may stand before their subject: worked out from the others."""

    barriers: Words = frozenset()
    """Words that part a verb from a name behind it: worked out from the others."""


@cache
def lexicon(language: str | None) -> Lexicon:
    """Return the tables of *language*, empty ones for a language that has none.

    >>> "said" in lexicon("en").speech, lexicon("xx").speech
    (True, frozenset())
    """
    path = TABLES / f"people-{language}.toml"
    if not language or not language.isalpha() or not path.is_file():
        return Lexicon()
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    dashes = bool(table.pop("dashes", False))
    drops = bool(table.pop("drops_subjects", False))
    according = frozenset(table.pop("according", []))
    found = {name: frozenset(words.split()) for name, words in table.items()}
    found["titles"] |= found["titles_male"] | found["titles_female"]
    generic = ("not_people", "titles", "roles", "unnamed", "starters")
    found["other_names"] = found["not_people"] | found["organisations"] | found["roles"]
    found["inverted"] = found["speech"] - found["never_inverted"]
    found["ends_role"] = found["starters"].union(
        found["speech"], found["prepositions"], found["takes"]
    )
    found["humans"] = found["roles"] | found["unnamed"]
    barriers = ("prepositions", "unnamed", "subjects", "relative", "plural", "joining")
    found["generic"] = frozenset().union(*(found[name] for name in generic))
    found["barriers"] = found["conjunctions"].union(*(found[name] for name in barriers))
    return Lexicon(**found, according=according, dashes=dashes, drops_subjects=drops)


def matcher(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of *words*, whole and in lower or title case.

    Grouped by first letter behind one class of all of them, which the search skips to: several
    times as quick as one long list.

    >>> [m.group() for m in matcher(["said", "says"]).finditer("Said Vale, who says unsaid.")]
    ['Said', 'says']
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        groups.setdefault(word[0], []).append(re.escape(word[1:]))
    if not groups:
        return re.compile(r"(?!)")
    firsts = "".join(first.upper() + first for first in sorted(groups))
    found = "|".join(
        f"(?<=[{first.upper()}{first}])(?:{'|'.join(rest)})"
        for first, rest in sorted(groups.items())
    )
    return re.compile(rf"[{firsts}](?<=\b.)(?:{found})\b")


@cache
def given_names() -> dict[str, str]:
    """Return who usually bears each given name: `m`, `f`, or `u` where either does.

    >>> given_names()["ada"], "xyzzy" in given_names()
    ('f', False)
    """
    lines = (TABLES / "given-names.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    bearers: dict[str, str] = {}
    for sex, *names in rows:
        for name in names:
            bearers[name] = sex if bearers.get(name, sex) == sex else "u"
    return bearers
