"""Words: how text is cut into them, how they are folded, and the small tables languages need."""

import re
from functools import cache
from pathlib import Path

# A word is letters and digits, with inner apostrophes, full stops between digits and hyphens.
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})

_TABLES = Path(__file__).parent / "tables"


def words(text: str) -> tuple[str, ...]:
    """Return the words of *text*, folded, in order.

    >>> words("The minister’s plan: 3.5m homes.")
    ('the', "minister's", 'plan', '3', '5m', 'homes')
    """
    return tuple(WORD.findall(text.translate(_FOLD).lower()))


def count_words(text: str) -> int:
    """Return how many words a reader meets in *text*.

    >>> count_words("He said: no. [Ada Vale]")
    5
    """
    return len(WORD.findall(text))


@cache
def stopwords(language: str) -> frozenset[str]:
    """Return the words of *language* too common to say what a text is about.

    A language without a table has none.

    >>> "the" in stopwords("en"), stopwords("xx")
    (True, frozenset())
    """
    return frozenset(_table("stopwords", language).split())


@cache
def abbreviations(language: str) -> dict[str, str]:
    """Return what follows each abbreviation of *language*: `title`, `number`, `other`, `shout`.

    Abbreviations are lower-case and without their last full stop. A language without a table has
    none.

    >>> abbreviations("en")["mr"], abbreviations("xx")
    ('title', {})
    """
    return {
        w: kind for kind, group in _sections(language).items() if kind != "starters" for w in group
    }


@cache
def starters(language: str) -> frozenset[str]:
    """Return the words that openly start a sentence when they bear a capital: `the`, not `vale`.

    A table may name them; otherwise they are the stop words.

    >>> "the" in starters("en"), "der" in starters("de"), starters("xx")
    (True, True, frozenset())
    """
    return frozenset(_sections(language).get("starters", ())) | stopwords(language)


@cache
def _sections(language: str) -> dict[str, list[str]]:
    """Return the words of each [section] of a language's table of abbreviations."""
    sections: dict[str, list[str]] = {}
    kind = "other"
    for line in _table("abbreviations", language).splitlines():
        if line.startswith("["):
            kind = line.strip("[] ")
        elif not line.startswith("#"):
            sections.setdefault(kind, []).extend(line.split())
    return sections


def _table(name: str, language: str) -> str:
    """Return the text of a language's table, empty where there is none."""
    path = _TABLES / f"{name}-{language}.txt"
    if not language.isalpha() or not path.is_file():
        return ""
    return path.read_text(encoding="utf-8")
