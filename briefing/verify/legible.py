"""What of a text can be read back from a page, and in what form.

A PDF says for each glyph which letter it stands for, once for the whole font. Where two letters
share a glyph, where a letter and its accents are drawn by several, or where a script is shaped
and runs from right to left, that answer is not certain for the single letter. Such letters are
left out of the comparison on both sides; the document's seal still guards them.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

NONE, SPACE, ANY = 0, 1, 2
"""What stands before a letter: nothing, a space, or no one knows (a new line, a new style)."""

# Letters that share a glyph in the bundled faces, so that one is read back as the other.
ALIKE = str.maketrans(
    {
        "\u2010": "-", "\u2011": "-", "µ": "μ", "ʻ": "‘", "ʼ": "’", "\u207c": "\u02ed",
        "\u2206": "\u0394", "\u2126": "\u03a9", "ϕ": "φ", "\u2215": "\u2044",
    }
)  # fmt: skip
# Scripts that fonts shape: a glyph stands for a syllable, or for letters that share a form.
_SHAPED = (
    (0x0600, 0x08FF),  # Arabic, Syriac, Thaana, N'Ko, Samaritan, Mandaic
    (0x0900, 0x109F),  # the scripts of India, Sinhala, Thai, Lao, Tibetan, Myanmar
    (0x1700, 0x18AF),  # Philippine scripts, Khmer, Mongolian
    (0x1900, 0x1CFF),
    (0x1100, 0x11FF),  # Hangul letters that are not yet syllables
    (0xA800, 0xABFF),
    (0xFB50, 0xFDFF),  # Arabic presentation forms
    (0xFE70, 0xFEFF),
    (0x10A00, 0x11FFF),
    (0x1E000, 0x1EFFF),
    (0x1F1E6, 0x1F1FF),  # the letters that make flags
    (0x1F3FB, 0x1F3FF),  # skin tones
)
_TURNED = (
    (0x590, 0x8FF),
    (0xFB1D, 0xFDFF),
    (0xFE70, 0xFEFF),
    (0x10800, 0x10FFF),
    (0x1E800, 0x1EFFF),
)
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u00ad\u2060\ufeff"))
"""What is put into long words so that they can break, as `str.translate` takes it out."""

_JOINERS = frozenset("\u200c\u200d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Legible:
    """The letters of a text that can be read back, and what stands before each."""

    letters: str
    gaps: bytes
    """Shape: as `letters`; each `NONE`, `SPACE` or `ANY`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the letters of one document are read back."""

    exact: bool = False
    """Whether they come as they are, as in HTML."""

    unread: frozenset[str] = frozenset()

    def of(self, text: str) -> Legible:
        """Return what can be read back of *text*."""
        letters: list[str] = []
        gaps = bytearray()
        gap = NONE
        for letter in text if self.exact else unicodedata.normalize("NFC", text):
            if letter.isspace():
                gap = max(gap, SPACE)
            elif ord(letter) in INVISIBLE:
                continue
            elif not self.exact and (
                (letter := _folded(letter)) in self.unread or is_shaped(letter)
            ):
                gap = ANY
            else:
                letters.append(letter)
                gaps.append(gap)
                gap = NONE
        return Legible(letters="".join(letters), gaps=bytes(gaps))


EXACT = Reading(exact=True)


def squeeze(text: str) -> str:
    r"""Return *text* without any white space or invisible break.

    >>> squeeze("12 dead\n(New\u200bline)")
    '12dead(Newline)'
    """
    return EXACT.of(text).letters


def reading(texts: Iterable[str], *, turned: bool = False) -> Reading:
    """Return how a PDF that holds *texts* is read back.

    Args:
        texts: All that it shows.
        turned: Whether some of it is set from right to left, whatever its letters.

    >>> sorted(reading(["x\u0302 and y"]).unread)
    ['x', '̂']
    >>> reading(["plain words"]).unread
    frozenset()
    """
    unread: set[str] = set()
    seen: set[str] = set()
    for text in texts:
        letters = unicodedata.normalize("NFC", text)
        seen.update(letters)
        for before, letter in zip(" " + letters, letters, strict=False):
            if _clings(letter):
                parts = unicodedata.normalize("NFD", before + letter)
                unread.update(map(_folded, before + parts))
    turned = turned or any(map(is_turned, seen))
    for letter in seen:
        if not is_bundled(letter):
            parts = unicodedata.normalize("NFKD", letter)
            unread.update(map(_folded, parts if len(parts) > 1 else ""))
        if turned and unicodedata.mirrored(letter):
            unread.add(_folded(letter))
    return Reading(unread=frozenset(unread - {" "}))


@cache
def is_turned(letter: str) -> bool:
    r"""Return whether a letter is of a script that runs from right to left.

    >>> is_turned("א"), is_turned("a"), is_turned("\u05cf")
    (True, False, True)
    """
    known = unicodedata.bidirectional(letter)
    # A letter that is not assigned yet runs as its neighbours do (Unicode, DerivedBidiClass).
    return known in ("R", "AL", "AN") or (
        not known and any(first <= ord(letter) <= last for first, last in _TURNED)
    )


@cache
def is_shaped(letter: str) -> bool:
    """Return whether a letter is of a script whose letters cannot be told from its glyphs.

    >>> is_shaped("ش"), is_shaped("ж")
    (True, False)
    """
    return any(first <= ord(letter[0]) <= last for first, last in _SHAPED)


@cache
def is_bundled(letter: str) -> bool:
    """Return whether each bundled face has a letter, so that it is drawn alike on every machine.

    Latin, Greek and Cyrillic as far as the smallest of the faces goes.
    """
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    from briefing.render import fonts

    if not _BUNDLED:
        paths = [fonts.folder() / name for *_, name in fonts.FACES]
        tables = []
        for path in paths:
            with TTFont(path, lazy=True) as font:
                tables.append(set(font.getBestCmap()))
        _BUNDLED.update(set.intersection(*tables))
    return ord(letter) in _BUNDLED


_BUNDLED: set[int] = set()


@cache
def _folded(letter: str) -> str:
    """Return the letter that stands for all that are drawn alike."""
    alike = letter.translate(ALIKE)
    if alike != letter or is_bundled(letter):
        return alike
    plain = unicodedata.normalize("NFKC", letter)
    return plain if len(plain) == 1 else letter


def _clings(letter: str) -> bool:
    """Return whether a letter is drawn as part of the one before."""
    return unicodedata.category(letter)[0] == "M" or letter in _JOINERS
