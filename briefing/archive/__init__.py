"""The archive: what earlier editions printed, so that no story is printed twice as new."""

from briefing.archive.store import Archive, Entry

__all__ = ["Archive", "Entry"]
