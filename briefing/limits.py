"""How much a run takes in at most: what is larger is refused with a clear error."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of one run. The defaults are a thousand times what an article needs."""

    bytes: int = 20_000_000
    """Of one file. The largest page of the evaluation material has 2 MB."""

    files: int = 10_000
    """Of all folders together."""

    depth: int = 40
    """Of folders within folders."""

    units: int = 1_000
    """Of one source of an edition: items of a feed, messages of a mailbox. The largest feed of the
    evaluation material has 69; each one is a line of the account."""

    read_s: int = 60
    """Processor time for one source, from its bytes to its key points. An article takes 0.05 s, a
    table of 100,000 cells 10 s."""

    read_mb: int = 1536
    """Memory for one source that is packed or large. That table takes 460 MB."""
