"""JSON that others may rely on: `briefing.summary/1` and `briefing.edition/1`."""

from briefing.codec.summary import dump_outcomes

__all__ = ["dump_outcomes"]
