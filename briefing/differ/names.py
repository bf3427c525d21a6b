"""Names: one person, spelt in two ways, and their age."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.cluster.terms import fold, rarity
from briefing.differ.statements import Claim, Statement
from briefing.words import stopwords

# Two to four capitalised words in a row, none of them all capitals.
_NAME = re.compile(
    r"(?:[^\W\d_a-z][^\W\d_A-Z][\w'’-]{0,30}[ \u00a0]){1,3}[^\W\d_a-z][^\W\d_A-Z][\w'’-]{0,30}"
)
_NO_NAME = re.compile(r"['’]|-(?:born|based|led|backed|style|era)\b")
_AGE = re.compile(r", (\d{1,2})(?:,|\.|;| -)")


RARE = 6.0
"""A word of this rarity or more (one article in 400) is a name and no common word."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A full name and where it first stands."""

    name: str
    statement: Statement
    start: int
    """Offset in the sentence."""


def mentions(sentences: Sequence[Statement]) -> dict[str, Mention]:
    """Return the full names of an article, each with its first mention.

    Common words that open a sentence are cut off: "So Ada Vale".
    """
    found: dict[str, Mention] = {}
    for statement in sentences:
        for match in _NAME.finditer(statement.text):
            name = re.sub(r"['’]s?$", "", match.group())
            if _NO_NAME.search(name):
                continue
            start = match.start()
            opening, _, rest = name.partition(" ")
            if start == 0 and opening.lower() in stopwords("en"):
                name, start = rest, len(opening) + 1
            if " " in name:
                found.setdefault(name, Mention(name, statement, start))
    return found


def spellings(a: Sequence[Statement], b: Sequence[Statement]) -> Iterator[tuple[Claim, Claim]]:
    """Yield pairs of names of *a* and *b* that are one person's, spelt differently.

    The names have as many words, differ in one of them by one or two letters, share the rest,
    and each article knows only its own spelling; and the sentences around speak of the same.
    """
    one, other = mentions(a), mentions(b)
    known_a, known_b = _words(a), _words(b)
    for name in sorted(one.keys() - other.keys()):
        for rival in sorted(other.keys() - one.keys()):
            odd = _odd_word(name.split(), rival.split())
            if odd and odd[0] not in known_b and odd[1] not in known_a:
                yield _spelling(one[name], odd), _spelling(other[rival], odd)


def ages(statement: Statement) -> Iterator[Claim]:
    """Yield the ages that *statement* gives behind full names: `Ada Vale, 34, …`."""
    for match in _NAME.finditer(statement.text):
        age = _AGE.match(statement.text, match.end())
        if age is not None:
            name = match.group()
            yield Claim(
                key=("age", name.split()[-1].lower()),
                what=name,
                shown=statement.text[match.start() : age.end(1)],
                statement=statement,
                name=age.group(1),
            )


def _words(sentences: Sequence[Statement]) -> Counter[str]:
    """Return the words of an article, case kept, possessives cut."""
    return Counter(
        t.text.removesuffix("’s").removesuffix("'s") for s in sentences for t in s.tokens
    )


def _odd_word(a: list[str], b: list[str]) -> tuple[str, str] | None:
    """Return the one word in which two names differ, when it is but a spelling."""
    if len(a) != len(b):
        return None
    odd = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if len(odd) != 1:
        return None
    x, y = odd[0]
    surname = (x, y) == (a[-1], b[-1])
    return (x, y) if _is_spelling(x, y, surname=surname) else None


def _is_spelling(x: str, y: str, *, surname: bool) -> bool:
    """Return whether two words are spellings of one name.

    A surname may differ by two letters when it is long; a first name by one, and not by its
    last, which in many languages tells Mario from Maria. Accents alone are spellings, too, but
    neither is a difference, nor is a plural.
    """
    if min(len(x), len(y)) < 4 or x[0] != y[0] or _bare(x) == _bare(y):
        return False
    if rarity(fold(x.lower())) < RARE or rarity(fold(y.lower())) < RARE:
        return False
    if not surname:
        return len(x) >= 5 and x[-1] == y[-1] and edits(x, y, limit=1) <= 1
    return edits(x, y, limit=2) <= (2 if min(len(x), len(y)) >= 7 else 1)


def _bare(word: str) -> str:
    """Return *word* without accents, hyphens and the endings of plurals and of people of a place.

    >>> _bare("Rosselló"), _bare("Carolinian") == _bare("Carolina")
    ('rossello', True)
    """
    plain = unicodedata.normalize("NFKD", word.lower())
    plain = "".join(letter for letter in plain if letter.isalpha())
    return re.sub(r"(?<=\w{4})(?:s|ns?|ans?|ians?|a)$", "", plain)


def edits(x: str, y: str, *, limit: int) -> int:
    """Return how many letters must change, come or go between two words; at most *limit* + 1.

    >>> edits("Kolar", "Kollar", limit=2), edits("Vale", "Stone", limit=2)
    (1, 3)
    """
    if abs(len(x) - len(y)) > limit:
        return limit + 1
    row = list(range(len(y) + 1))
    for i, left in enumerate(x, start=1):
        previous, row[0] = row[0], i
        for j, right in enumerate(y, start=1):
            change = previous + (left != right)
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, change)
    return min(row[-1], limit + 1)


def _spelling(mention: Mention, odd: tuple[str, str]) -> Claim:
    """Return the claim that a person is called so."""
    return Claim(
        key=("name", *odd),
        what=mention.name,
        shown=mention.name,
        statement=mention.statement,
        name=mention.name,
    )
