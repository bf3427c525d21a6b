"""Compose: from the articles of a day, and what earlier editions told, to one edition.

    outcomes ─sift▶ kept ─identify▶ groups ─regroup▶ groups … drafts ─compose▶ edition

Everything here is a pure function: the window, the memory, the rules and the editor's wishes are
arguments.
"""

from briefing.compose.edition import Arrivals, Composed, compose
from briefing.compose.fit import Fitted
from briefing.compose.frame import Frame, Rules
from briefing.compose.groups import Draft, Group, identify, point_id, regroup
from briefing.compose.length import Length
from briefing.compose.memory import (
    Memory,
    PastArticle,
    PastEdition,
    PastStory,
    told,
)
from briefing.compose.order import Ranking, SectionRule
from briefing.compose.sift import Sifted, sift
from briefing.compose.story import Candidate, outlet
from briefing.compose.wishes import Wish, Wishes

__all__ = [
    "Arrivals",
    "Candidate",
    "Composed",
    "Draft",
    "Fitted",
    "Frame",
    "Group",
    "Length",
    "Memory",
    "PastArticle",
    "PastEdition",
    "PastStory",
    "Ranking",
    "Rules",
    "SectionRule",
    "Sifted",
    "Wish",
    "Wishes",
    "compose",
    "identify",
    "outlet",
    "point_id",
    "regroup",
    "sift",
    "told",
]
