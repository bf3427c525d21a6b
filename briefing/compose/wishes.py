"""Wishes: what the editor asked for, as the composer takes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing.edition import Comment


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the editor asked for one story."""

    title: str | None = None
    """The headline to print; None: the lead article's title."""

    section: str | None = None
    """The heading to stand under; None: where the rules put it."""

    pin: bool = False
    """Print it whatever the length, and first."""

    drop: bool = False
    points: tuple[str, ...] | None = None
    """Ids of the points to print, in this order; None: as chosen."""

    comments: tuple[Comment, ...] = ()
    merge: tuple[str, ...] = ()
    """Ids of stories whose articles are to join this one's."""

    split: tuple[str, ...] = ()
    """Refs of articles that are to leave it and be one story of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the editor asked for, story by story."""

    stories: Mapping[str, Wish] = field(default_factory=dict)
    """By story id, in the order in which they stand in the editor's file."""

    reordered: bool = False
    """The editor changed that order, so that it holds; else importance does."""


NO_WISH = Wish()
"""What the editor asked for a story that was not touched."""
