"""Acquaint: whom a story has named in full already needs no bracket at the surname again.

A summary's points each stand by themselves, "[Ada] Vale" in every one. A story is read from its
first point on: behind "Harbour master Ada Vale" a reader knows who Vale is.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from briefing.brackets import cut, joined, named
from briefing.model import KeyPoint

# What may stand before a surname without making it somebody else's.
_HONORIFICS = frozenset("Mr Mr. Mrs Mrs. Ms Ms. Miss Dr Dr. Prof Prof. Sir".split())
_MARKS = str.maketrans("", "", "[]")


def acquainted(points: Sequence[KeyPoint]) -> tuple[KeyPoint, ...]:
    """Return points without the brackets that complete a name which one before them has in full.

    Brackets behind a word stay: "she [Ada Vale]" may be anybody. So do those of a surname that
    two people bear.

    Args:
        points: Of one story, in the order in which they are read.
    """
    known = ""
    found: list[KeyPoint] = []
    for point in points:
        found.append(_acquainted(point, known))
        known += f"{point.text.translate(_MARKS)}\n"
    return tuple(found)


def _acquainted(point: KeyPoint, known: str) -> KeyPoint:
    """Return a point without the brackets that complete a *known* name."""
    own = " ".join(s.text for s in point.sentences)  # the article may have such brackets itself
    shown = [
        (m, who, m.group() not in own and _is_known(m, who, known))
        for m, who in named(point.text, point.context)
    ]
    if not any(told for *_, told in shown):
        return point
    text = cut(point.text, [bracket for bracket, _, told in shown if told])
    return replace(point, text=text, context=joined(who for _, who, told in shown if not told))


def _is_known(bracket: re.Match[str], name: str, known: str) -> bool:
    """Return whether a bracket completes a name that is *known*, and nobody else's surname is."""
    given = bracket.group(1)
    surname = name.removeprefix(given).lstrip()
    if not surname or name not in known:
        return False
    bearers = re.findall(rf"([^\W\d_][\w’'.-]*) {re.escape(surname)}\b", known)
    return {w for w in bearers if w[0].isupper() and w not in _HONORIFICS} == {given.split()[-1]}
