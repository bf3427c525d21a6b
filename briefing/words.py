"""Words: how text is cut into them, how they are folded, and the small tables languages need."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

# A word is letters and digits, with inner apostrophes, full stops between digits and hyphens.
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

# The same in a group: splitting at it gives what is between the words, and the words, in turn.
_PARTING = re.compile(f"({WORD.pattern})")

# What typesetters write for the plain character; each is one, so that no offset moves.
_FOLDS = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("\u00a0", " "))

_TABLES = Path(__file__).parent / "tables"


def folded(text: str) -> str:
    """Return *text* in lower case with plain marks; as long as it was, but for a Turkish İ.

    >>> folded("The “Quay” plan")
    'the "quay" plan'
    """
    # Five searches for a character take a tenth of the time of `str.translate`.
    for typeset, plain in _FOLDS:
        text = text.replace(typeset, plain)
    return text.lower()


def words(text: str) -> tuple[str, ...]:
    """Return the words of *text*, folded, in order.

    >>> words("The minister’s plan: 3.5m homes.")
    ('the', "minister's", 'plan', '3', '5m', 'homes')
    """
    return tuple(WORD.findall(folded(text)))


class Tokens(NamedTuple):
    """The words of all sentences of an article with their places: cut once, read by all stages.

    Flat: a stage that looks for certain words goes through one tuple, whatever the sentences.
    """

    words: tuple[str, ...] = ()
    """Folded, in order."""

    starts: tuple[int, ...] = ()
    """Where each begins in `Article.text`. Shape: as `words`."""

    bounds: tuple[int, ...] = (0,)
    """Which word each sentence begins with, and how many words there are: the words of sentence n
    are `words[bounds[n] : bounds[n + 1]]`."""

    def sentences(self) -> Iterator[tuple[str, ...]]:
        """Yield the words of each sentence."""
        for first, last in zip(self.bounds, self.bounds[1:], strict=False):
            yield self.words[first:last]


def tokens(text: str, spans: Sequence[tuple[int, int]]) -> Tokens:
    """Return the words in *spans* of *text*, in order, none overlapping, with their places.

    >>> tokens("Ada left. She’s out.", [(0, 9), (10, 20)])
    Tokens(words=('ada', 'left', "she's", 'out'), starts=(0, 4, 10, 16), bounds=(0, 2, 4))
    """
    whole = _whole(text, spans)
    if whole:
        return whole
    found: list[str] = []
    starts: list[int] = []
    bounds = [0]
    for start, end in spans:
        piece = text[start:end]
        found += words(piece)
        starts += [start + place for place in _places(piece)]
        bounds.append(len(found))
    return Tokens(tuple(found), tuple(starts), tuple(bounds))


# Letters that the whole text cannot be lowered with: İ becomes two, and how Σ does depends on
# what stands about it, perhaps in another sentence.
_UNEVEN = ("İ", "Σ")


def _whole(text: str, spans: Sequence[tuple[int, int]]) -> Tokens | None:
    """Return the words of all spans, cut in one pass; None where a span cuts through a word.

    One split of the whole and the lengths of its pieces take .17 ms for 700 words; the words
    alone, sentence by sentence, take .13, and a match object for each .25.
    """
    if not spans or any(letter in text for letter in _UNEVEN):
        return None
    pieces = _PARTING.split(folded(text[: spans[-1][1]])[spans[0][0] :])
    found = pieces[1::2]
    places = tuple(accumulate(map(len, pieces), initial=spans[0][0]))
    starts, ends = places[1:-1:2], places[2::2]
    kept: list[str] = []
    where: list[int] = []
    bounds = [0]
    last = 0
    for start, end in spans:
        first = bisect_left(starts, start, last)
        if first and ends[first - 1] > start:
            return None
        last = bisect_left(starts, end, first)
        if last and ends[last - 1] > end:
            return None
        kept += found[first:last]
        where += starts[first:last]
        bounds.append(len(kept))
    return Tokens(tuple(kept), tuple(where), tuple(bounds))


def _places(text: str) -> list[int]:
    """Return where each of the folded words of *text* begins, although folding moves them."""
    plain = folded(text)
    if len(plain) == len(text):
        return [found.start() for found in WORD.finditer(plain)]
    origin = [place for place, letter in enumerate(text) for _ in letter.lower()]
    return [origin[found.start()] for found in WORD.finditer(plain)]


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
