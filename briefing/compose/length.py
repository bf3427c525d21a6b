"""Length: how long an edition may be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """The bounds of an edition. Set by hand: thirty stories are what one reads before eight."""

    stories: int = 30
    words: int = 4000
    """Of headlines and points together."""

    points: int = 4
    """Of one story, unless the editor chose them."""
