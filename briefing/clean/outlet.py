"""The outlet's name, where a page copied as text gives it."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from briefing.clean.blocks import Mark
from briefing.model import Role

_MOST_WORDS = 5
# A masthead stands in the first lines of what was copied; further down a capitalised line is
# anything.
_TOP = 4
_CAPITAL = "A-ZÀ-ÞĀ-ŽА-ЯЁЇЄІҐ"
_NAME = re.compile(
    rf"(?:the |le |la |el |die |der )?[{_CAPITAL}][^\n.!?:;,|@\d]{{2,48}}", re.IGNORECASE
)
# "SARBAN, Tarsia, March 1 (Meridian Wire) - ": agencies sign in the dateline.
_AGENCY = re.compile(rf"[{_CAPITAL}][^()\n]{{0,60}}\(([{_CAPITAL}][\w&’' ]{{1,30}})\)\s*[-–—]")
_COPYRIGHT = re.compile(
    rf"(?:©|\([cC]\)|[Cc]opyright)\s{{0,3}}(?:\d{{4}}\s{{0,3}})?"
    rf"((?:The )?[{_CAPITAL}][^\n.,|]{{2,40}})"
)
# What sections of a page are called: "World News" in a menu is no outlet.
_SECTION = frozenset(
    "u.s us uk world local sport sports business latest breaking top more home tech politics"
    " national international live all related featured science health opinion money".split()
)
_SMALL = frozenset("of the and de la du des del der die das le el and & am an".split())


def outlet(marks: Sequence[Mark], *, text: str) -> str | None:
    """Return the name of the outlet, None when the text does not give it with certainty.

    In order: a masthead above the headline; a line of its own, or the first part of a line with
    bars, between headline and body; the agency in the dateline; the copyright line. A masthead in
    capitals is given in ordinary letters.
    """
    for found in (_masthead(marks), _below_title(marks), _in_dateline(marks, text), _holder(marks)):
        if found:
            return _ordinary(found)
    return None


def is_masthead(text: str, *, line: int) -> bool:
    """Return whether a line is the outlet's name alone, at the top of what was copied.

    >>> is_masthead("HARBOUR COURANT", line=0), is_masthead("Harbour master resigns", line=0)
    (True, False)
    """
    return line < _TOP and _is_name(text) and (_has_word(text) or (line == 0 and _is_the(text)))


def _masthead(marks: Sequence[Mark]) -> str | None:
    """Return the masthead above the headline."""
    for line, mark in enumerate(marks[:_TOP]):
        if mark.role is Role.TITLE:
            return None
        if is_masthead(mark.line.text, line=line):
            return mark.line.text
        name, _, address = mark.line.text.partition(" <")
        if "@" in address and _is_name(name) and _has_word(name):
            return name
    return None


def _below_title(marks: Sequence[Mark]) -> str | None:
    """Return the name on a line, or at the start of a line with bars, below the headline."""
    title = next((n for n, m in enumerate(marks) if m.role is Role.TITLE), None)
    if title is None:
        return None
    for mark in marks[title + 1 : title + 6]:
        if mark.role is Role.BODY:
            return None
        first = mark.line.text.split("|")[0].strip()
        if _is_name(first) and _has_word(first):
            return first
    return None


def _in_dateline(marks: Sequence[Mark], text: str) -> str | None:
    """Return the agency that signs in the dateline of the first paragraphs."""
    body = [m for m in marks if m.role in (Role.BODY, Role.DATELINE)][:2]
    for mark in body:
        found = _AGENCY.match(text, mark.line.start)
        if found and found.end() <= mark.line.start + 130:
            return found[1].strip()
    return None


def _holder(marks: Sequence[Mark]) -> str | None:
    """Return who holds the copyright, where that is an outlet by its name."""
    for mark in reversed(marks):
        if mark.role is Role.COPYRIGHT and (found := _COPYRIGHT.search(mark.line.text[:300])):
            name = re.sub(r"\s*\d{4}$|\s+All [Rr]ights.*$", "", found[1]).strip()
            if _is_name(name) and _has_word(name):
                return name
    return None


def _is_name(text: str) -> bool:
    """Return whether a line has the form of a name: few words, each with a capital."""
    words = text.split(maxsplit=_MOST_WORDS)
    return (
        0 < len(words) <= _MOST_WORDS
        and bool(_NAME.fullmatch(text))
        and all(w[:1].isupper() or w.lower() in _SMALL for w in words)
    ) or (len(words) == 2 and words[0][:1].isupper() and words[-1].lower() in _words())


def _is_the(text: str) -> bool:
    """Return whether a name begins with an article, as those of newspapers do."""
    first, *others = text.lower().split()
    return len(others) == 1 and first in ("the", "le", "la", "el", "die")


def _has_word(text: str) -> bool:
    """Return whether one of several words is of the kind that outlets bear, no menu's section."""
    words = [word.strip("’'&-.").lower() for word in text.split()]
    bears = [word in _words() for word in words]
    section = any(word in _SECTION for word in words) and len(words) <= 2 and words[-1] == "news"
    return len(words) > 1 and any(bears) and not all(bears) and not section


def _ordinary(name: str) -> str:
    """Return a name in capitals as a name: HARBOUR COURANT becomes Harbour Courant."""
    if not name.isupper() or len(name) <= 4:
        return name
    words = name.title().split()
    return " ".join(w.lower() if n and w.lower() in _SMALL else w for n, w in enumerate(words))


@cache
def _words() -> frozenset[str]:
    """Return the words that outlets bear in their names."""
    lines = (Path(__file__).parent / "outlets.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.split())
