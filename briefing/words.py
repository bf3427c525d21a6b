"""Words: how text is cut into them, how they are folded, and the small tables languages need."""

import re
from functools import cache
from pathlib import Path

# A word is letters and digits, with inner apostrophes, full stops between digits and hyphens.
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


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
    return sum(1 for _ in WORD.finditer(text))


@cache
def stopwords(language: str) -> frozenset[str]:
    """Return the words of *language* too common to say what a text is about.

    A language without a table has none.

    >>> "the" in stopwords("en"), stopwords("xx")
    (True, frozenset())
    """
    table = Path(__file__).parent / "tables" / f"stopwords-{language}.txt"
    if not language.isalpha() or not table.is_file():
        return frozenset()
    return frozenset(table.read_text(encoding="utf-8").split())
