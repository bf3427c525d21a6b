"""Acquaint: whom a page has named in full already needs no bracket at the surname again.

A summary's points each stand by themselves, "[Ada] Vale" in every one, for what takes them from
JSON may show one alone. A page is read from its first point on: behind "Harbour master Ada Vale" a
reader knows who Vale is.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from briefing.brackets import cut, joined, named
from briefing.edition import Story
from briefing.model import KeyPoint

# What may stand before a surname without making it somebody else's.
_HONORIFICS = frozenset("Mr Mr. Mrs Mrs. Ms Ms. Miss Dr Dr. Prof Prof. Sir".split())
# A name that does not go on: Ada Vale Street, Ada Vale-Brandt.
_ENDS = r"(?![\w-]| [^\W\d_a-zß-ÿ])"
_MARKS = str.maketrans("", "", "[]")


def acquainted(story: Story) -> Story:
    """Return a story without brackets that complete a name which a point before has in full.

    Brackets behind a word stay: "she [Ada Vale]" may be anybody. So do those of a surname that
    two people bear. New points are read first.
    """
    order = sorted(range(len(story.points)), key=lambda n: story.points[n] not in story.new)
    told = dict(zip(order, told_once([story.points[n] for n in order]), strict=True))
    return replace(
        story,
        points=tuple(told[n] for n in range(len(order))),
        new=tuple(told[n] for n in range(len(order)) if story.points[n] in story.new),
    )


def told_once(points: Sequence[KeyPoint]) -> tuple[KeyPoint, ...]:
    """Return points, in the order in which they are read, with each name completed once."""
    known = ""
    found: list[KeyPoint] = []
    for point in points:
        found.append(_acquainted(point, known))
        known += f"{point.text.translate(_MARKS)}\n"
    return tuple(found)


def _acquainted(point: KeyPoint, known: str) -> KeyPoint:
    """Return a point without the brackets that complete a *known* name."""
    own = " ".join(s.text for s in point.sentences)  # the article may have such brackets itself
    here = point.text.translate(_MARKS)
    shown = [
        (m, who, m.group() not in own and _is_known(m, who, known, here=here))
        for m, who in named(point.text, point.context)
    ]
    if not any(told for *_, told in shown):
        return point
    text = cut(point.text, [bracket for bracket, _, told in shown if told])
    return replace(point, text=text, context=joined(who for _, who, told in shown if not told))


def _is_known(bracket: re.Match[str], name: str, known: str, *, here: str) -> bool:
    """Return whether a bracket completes a name that is *known*.

    Not where the surname is somebody else's, too, before or *here*, or goes on: Ada Vale-Brandt.
    """
    given = bracket.group(1)
    surname = re.escape(name.removeprefix(given).lstrip())
    if not surname or not re.search(rf"(?<!\w){re.escape(name)}{_ENDS}", known):
        return False
    bearers = re.findall(rf"([^\W\d_][\w’'.-]*) {surname}{_ENDS}", f"{known}{here}")
    return {w for w in bearers if w[0].isupper() and w not in _HONORIFICS} == {given.split()[-1]}
