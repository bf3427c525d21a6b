"""What clustering answers with: which article was dropped for which, and which are one story."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from briefing.edition import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """One article that another makes superfluous."""

    kept: str
    """`Article.ref` of the copy that stays; never itself dropped."""

    dropped: str
    reason: Reason
    """EXACT_DUPLICATE, NEAR_DUPLICATE, EARLIER_VERSION or REPUBLICATION."""

    containment: float
    """Share of the shorter text's word runs that stand in the other too, in [0, 1]."""

    evidence: str
    """A sentence for the account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """The articles that tell of one event."""

    refs: tuple[str, ...]
    """`Article.ref` of each, the lead first, then in order of publication."""

    lead: str
    """The article closest to all the others; of equals the longest, then the earliest."""

    reason: str
    """Why they were held to be one story, as a sentence; for a single article, that it is alone."""

    cohesion: float = 0.0
    """Mean log-odds that two of its articles tell of one event; 0 for a single article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What an article is about, small enough to keep: a few kilobytes of JSON.

    All weights grow with how rare a term is in news at large, not in the day's articles, so that
    the fingerprint of an article never depends on its neighbours.
    """

    terms: Mapping[str, float]
    """The heaviest folded words of title and body, as a vector of length 1."""

    lead: Mapping[str, float]
    """The same for title and first paragraphs alone."""

    title: tuple[str, ...]
    """Folded words of the title, in alphabetical order."""

    names: Mapping[str, float]
    """Words that the article writes with a capital inside sentences."""

    figures: tuple[str, ...]
    """Numbers of two digits or more, years apart."""

    published: datetime | None
    language: str = "en"
    sketch: tuple[int, ...] = ()
    """A sample of the text's word runs, to know the same text again."""

    def to_json(self) -> dict[str, Any]:
        """Return the fingerprint as plain JSON values."""
        plain = asdict(self)
        plain["published"] = self.published.isoformat() if self.published else None
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Fingerprint":
        """Return the fingerprint that `to_json` wrote.

        Raises:
            KeyError, TypeError, ValueError: It wrote no such thing.
        """
        published = plain["published"]
        return cls(
            terms={str(term): float(weight) for term, weight in plain["terms"].items()},
            lead={str(term): float(weight) for term, weight in plain["lead"].items()},
            title=tuple(plain["title"]),
            names={str(term): float(weight) for term, weight in plain["names"].items()},
            figures=tuple(plain["figures"]),
            published=datetime.fromisoformat(published) if published else None,
            language=str(plain["language"]),
            sketch=tuple(plain["sketch"]),
        )
