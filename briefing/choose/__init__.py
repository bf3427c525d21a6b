"""Choosing: from a document to the key points that a reader can check."""

from briefing.choose.points import choose

__all__ = ["choose"]
