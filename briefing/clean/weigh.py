"""Weigh what no rule decides: is a line body, by its shape, its neighbours and its place."""

from collections.abc import Sequence

from briefing.model import Role

_ENDS = (".", "!", "?", "…", ":", ";", ",")


def is_body(found: Sequence[tuple[str, Role | None]]) -> list[bool]:
    """Return for each (line, role of a rule or None) whether it is body."""
    return [role is None and _sentence(text) for text, role in found]


def _sentence(text: str) -> bool:
    """Return whether *text* reads as running text."""
    return text.count(" ") >= 3 and text.rstrip("\"'”’)»“").endswith(_ENDS)
