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
