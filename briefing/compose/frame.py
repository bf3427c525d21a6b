"""Frame: all that an edition depends on, but for the day's articles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from briefing.compose.length import Length
from briefing.compose.memory import Memory
from briefing.compose.order import Ranking
from briefing.compose.wishes import NO_WISH, Wish, Wishes
from briefing.edition import Window
from briefing.rights import Caps


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How the user wants every edition to be."""

    title: str = "Briefing"
    marking: str | None = None
    language: str = "en"
    """Of the edition's own words, ISO 639-1."""

    length: Length = field(default_factory=Length)
    ranking: Ranking = field(default_factory=Ranking)
    caps: Caps = field(default_factory=Caps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is known before the first article is read, and what the editor wished since."""

    window: Window
    compiled: datetime
    rules: Rules = field(default_factory=Rules)
    memory: Memory = field(default_factory=Memory)
    wishes: Wishes = field(default_factory=Wishes)

    def wish(self, story: str) -> Wish:
        """Return what the editor wished for the story of this id."""
        wishes: Mapping[str, Wish] = self.wishes.stories
        return wishes.get(story, NO_WISH)
