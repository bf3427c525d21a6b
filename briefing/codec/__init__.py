"""JSON that others may rely on: `briefing.summary/1` and `briefing.edition/1`."""

from briefing.codec.edition import digest, dump_edition, named
from briefing.codec.load import load_edition
from briefing.codec.summary import dump_outcomes

__all__ = ["digest", "dump_edition", "dump_outcomes", "load_edition", "named"]
