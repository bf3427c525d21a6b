"""Lead: which article of a story gives it its headline and its first points."""

import re
from collections.abc import Iterable
from dataclasses import replace

from briefing.compose.groups import Group
from briefing.edition import Difference
from briefing.model import Summary

_FOLLOWED = ("rising", "corrected")
"""Differences whose last value holds, and whose others are of yesterday."""

_SLUG = re.compile(
    r"(?:UPDATE|CORRECTED|CORRECTION|WRAPUP|WRAP|EXCLUSIVE|REFILE|RPT|REPEAT|ADVISORY|ALERT|FLASH"
    r"|URGENT|BREAKING|SNAP|RECAST|LEAD)(?: \d{1,2})?[-:\u2013\u2014 ]"
)
"""What agencies write before a title for their customers' desks, in capitals."""

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def led(group: Group, differences: Iterable[Difference]) -> Group:
    """Return the group with the article first whose title is fit to be the story's headline.

    That is the lead it has, unless its title has a figure which a later one has overtaken, or
    begins with a desk's word (`has_slug`), and another's has not. A headline is printed as it
    stands, so a better one must be chosen: none is ever mended.
    """
    overtaken = {
        (value.ref, figure)
        for difference in differences
        if difference.kind in _FOLLOWED
        for value in difference.values[:-1]
        for figure in set(_figures(value.value)) - set(_figures(difference.values[-1].value))
    }

    def unfit(summary: Summary) -> tuple[bool, bool]:
        ref, title = summary.article.ref, summary.article.title or ""
        return any((ref, figure) in overtaken for figure in _figures(title)), has_slug(title)

    best = min(group.summaries, key=unfit)
    others = tuple(summary for summary in group.summaries if summary is not best)
    return replace(group, summaries=(best, *others))


def _figures(text: str) -> list[str]:
    """Return the figures of a text, in digits."""
    return _FIGURE.findall(text)


def has_slug(title: str) -> bool:
    """Return whether a title begins with a word for an agency's customers, in capitals.

    >>> [has_slug(t) for t in ("UPDATE 2-Quake kills 21", "EXCLUSIVE: Mill to close", "LEADER WON")]
    [True, True, False]
    >>> has_slug("Update on the quake")
    False
    """
    return _SLUG.match(title) is not None
