"""Words: how text is cut into them, how they are folded, and the small tables languages need."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from pathlib import Path

# A word is letters and digits, with inner apostrophes, full stops between digits and hyphens.
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

# What typesetters write for the plain character; each is one, so that no offset moves.
_FOLDS = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("\u00a0", " "))

_TABLES = Path(__file__).parent / "tables"


def folded(text: str) -> str:
    """Return *text* in lower case with plain marks; as long as it was, but for a Turkish İ.

    >>> folded("The “Quay” plan")
    'the "quay" plan'
    """
    # Five searches for a character take a tenth of the time of `str.translate`.
    if text.isascii():
        return text.lower()
    for typeset, plain in _FOLDS:
        text = text.replace(typeset, plain)
    return text.lower()


def words(text: str) -> tuple[str, ...]:
    """Return the words of *text*, folded, in order: what WORD finds when all is folded.

    >>> words("The minister’s plan: 3.5m homes.")
    ('the', "minister's", 'plan', '3', '5m', 'homes')
    """
    return tuple(_parted(_plain(text).replace(_BREAK, " ")).split())


def count_words(text: str) -> int:
    """Return how many words a reader meets in *text*.

    >>> count_words("He said: no. [Ada Vale]")
    5
    """
    return len(_parted(text.replace("’", "'").replace(_BREAK, " ")).split())


def atoms(text: str) -> list[str]:
    """Return the runs of letters and digits of *text* in lower case, parted at apostrophes too.

    >>> atoms("The minister’s plan")
    ['the', 'minister', 's', 'plan']
    """
    return _spaced(text.lower(), _ATOM_LETTERS).split()


class Tokens:
    """The words of all sentences of an article, cut once and read by all stages.

    Flat: a stage that looks for certain words goes through one row, whatever the sentences.

    >>> found = Tokens("Ada left. She’s out.", [(0, 9), (10, 20)])
    >>> found.words, found.bounds, found.starts
    (('ada', 'left', "she's", 'out'), (0, 2, 4), (0, 4, 10, 16))
    """

    __slots__ = ("_spans", "_starts", "_text", "bounds", "words")

    def __init__(self, text: str = "", spans: Sequence[tuple[int, int]] = ()) -> None:
        """Cut *spans* of *text*, in order and none overlapping, into words."""
        self._text = text
        self._spans = spans
        self._starts: tuple[int, ...] | None = None
        found: list[str] = []
        bounds = [0]
        for sentence in _each([text[start:end] for start, end in spans]):
            found += sentence
            bounds.append(len(found))
        self.words = tuple(found)
        """Folded, in order."""
        self.bounds = tuple(bounds)
        """Which word each sentence begins with, and how many words there are: the words of
        sentence n are `words[bounds[n] : bounds[n + 1]]`."""

    def sentences(self) -> tuple[tuple[str, ...], ...]:
        """Return the words of each sentence."""
        return tuple(map(self.words.__getitem__, map(slice, self.bounds, self.bounds[1:])))

    def of(self, sentence: int) -> tuple[str, ...]:
        """Return the words of one sentence."""
        return self.words[self.bounds[sentence] : self.bounds[sentence + 1]]

    @property
    def starts(self) -> tuple[int, ...]:
        """Where each word begins in the text. Shape: as `words`. Found when first asked for."""
        if self._starts is None:
            every = map(self.places, range(len(self._spans)))
            self._starts = tuple(chain.from_iterable(every))
        return self._starts

    def places(self, sentence: int, *, count: int | None = None) -> list[int]:
        """Return where each word of one sentence begins in the text; of the first *count*."""
        first, last = self.bounds[sentence : sentence + 2]
        last = last if count is None else min(last, first + count)
        start, end = self._spans[sentence]
        plain = folded(self._text[start:end])
        if len(plain) != end - start:
            return [start + place for place in _moved(self._text[start:end], plain)]
        found = []
        place = 0
        for word in self.words[first:last]:
            # No letter stands between two words: the next place is the word's own.
            place = plain.find(word, place)
            found.append(start + place)
            place += len(word)
        return found


# Words are cut by bytes: all that is of no word becomes a space, then Python splits. That takes
# .06 ms for an article of 700 words; the expression WORD takes .15.
_BREAK = "\0"
_LETTERS = bytes(c if chr(c).isalnum() or c > 127 or chr(c) == _BREAK else 32 for c in range(256))
_ATOM_LETTERS = _LETTERS.replace(_BREAK.encode(), b" ")
_WORD_LETTERS = _LETTERS[:39] + b"'" + _LETTERS[40:]
# What is of no word beyond ASCII: first the marks that English texts have, often all there is, for
# the expression takes as long as all the rest. (Twice as long with its class in the other order.)
_MARKS = "“”‘’—–…•\u00a0"
_OTHER = re.compile(r"[^\x00-\x7f\w]+")
# An apostrophe that no letter stands before or behind.
_LOOSE = re.compile(r"'(?:(?<![^\W_].)|(?![^\W_]))")


def _each(pieces: list[str]) -> Iterable[Iterable[str]]:
    """Return the words of each of *pieces*: all are cut in one go where nothing forbids it."""
    joined = _BREAK.join(pieces)
    if joined.count(_BREAK) >= len(pieces):
        return map(words, pieces)
    return map(str.split, _parted(_plain(joined)).split(_BREAK))


def _plain(text: str) -> str:
    """Return *text* in lower case with plain apostrophes: as `folded`, but for what is no word."""
    return text.replace("’", "'").replace("‘", "'").lower()


def _parted(text: str) -> str:
    """Return *text* with only spaces (and breaks) between its words."""
    parted = _spaced(text, _WORD_LETTERS)
    return _LOOSE.sub(" ", parted) if "'" in parted else parted


def _spaced(text: str, letters: bytes) -> str:
    """Return *text* with a space for each byte that *letters* has not."""
    if not text.isascii():
        for mark in _MARKS:
            text = text.replace(mark, " ")
        text = text if text.isascii() else _OTHER.sub(" ", text)
    return text.encode().translate(letters).decode()


def _moved(text: str, plain: str) -> list[int]:
    """Return where the words begin in a text whose letters folding moves, as it does with İ."""
    origin = [place for place, letter in enumerate(text) for _ in letter.lower()]
    return [origin[found.start()] for found in WORD.finditer(plain)]


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
