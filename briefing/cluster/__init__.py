"""Articles together: which are copies of one another, and which tell of one event."""

from briefing.cluster.copies import duplicates
from briefing.cluster.events import same_story, same_text, stories, story_odds
from briefing.cluster.records import Cluster, Duplicate, Fingerprint
from briefing.cluster.terms import fingerprint

__all__ = [
    "Cluster",
    "Duplicate",
    "Fingerprint",
    "duplicates",
    "fingerprint",
    "same_story",
    "same_text",
    "stories",
    "story_odds",
]
