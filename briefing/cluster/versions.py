"""Versions: the same article of the same outlet, published again."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from briefing.edition import Reason
from briefing.model import Article
from briefing.words import words

ALIKE = 0.3
"""Two texts of one outlet under one title are versions when so much of the shorter stands in the
other. Below, they are two articles that happen to be called alike: "Morning briefing"."""

ALIKE_UNTITLED = 0.4
"""The same under two titles, for agencies head each update anew. A reporter's next article on the
matter repeats its background, up to a third of a short one."""

VERSIONS_H = 36
"""Under two titles, versions lie no further apart than so many hours."""

CUT = 0.7
"""A later text shorter than this share of the earlier, and all contained in it, is a cut copy
rather than a new version."""

_NOT_PART_OF_A_PAGE = re.compile(r"^(?:utm_\w+|fbclid|gclid|cmpid|ns_\w+|ref|src|source|at_\w+)=")


def relation(
    a: Article, b: Article, *, containment: float, same_text: bool
) -> tuple[Reason, Article] | None:
    """Return how two articles of one outlet stand to each other, and which of the two goes.

    None when they are not of one outlet, say nothing of their order, or are not one article.

    - Same text at two times: the later is a REPUBLICATION, whatever its address or GUID.
    - Same address, or same title and much of the text, at two times: the earlier is an
      EARLIER_VERSION, unless the later is but a cut copy of it.

    Args:
        a: One article.
        b: The other.
        containment: Share of the shorter text that stands in the other.
        same_text: Whether the texts are equal word for word.
    """
    if not same_outlet(a, b):
        return None
    ordered = _in_order(a, b)
    if ordered is None:
        return None
    earlier, later = ordered
    if same_text:
        return Reason.REPUBLICATION, later
    if not _one_article(a, b, containment) or _is_cut(earlier, later, containment):
        return None
    return Reason.EARLIER_VERSION, earlier


def outlet(article: Article) -> str:
    """Return what tells outlets apart: the publisher's name folded, or the host of the address.

    >>> outlet(Article(ref="a", sha256="", source_text="", text="", publisher="The Courant"))
    'courant'
    """
    if article.publisher:
        return " ".join(word for word in words(article.publisher) if word != "the")
    return urlsplit(article.url or "").netloc.lower().removeprefix("www.")


def same_outlet(a: Article, b: Article) -> bool:
    """Return whether both are known to be of one outlet, or, failing that, by one author.

    Pasted text names its reporter more often than its outlet.
    """
    if outlet(a) and outlet(b):
        return outlet(a) == outlet(b)
    return bool({name.lower() for name in a.authors} & {name.lower() for name in b.authors})


def page(article: Article) -> str:
    """Return the address without what only says how a reader came there; empty when unknown.

    >>> page(Article(ref="a", sha256="", source_text="", text="",
    ...     url="https://www.courant.example/a/?id=7&utm_source=feed#top"))
    'courant.example/a?id=7'
    """
    parts = urlsplit(article.url or "")
    if not parts.netloc:
        return ""
    kept = [p for p in parts.query.split("&") if p and not _NOT_PART_OF_A_PAGE.match(p)]
    query = f"?{'&'.join(kept)}" if kept else ""
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def _in_order(a: Article, b: Article) -> tuple[Article, Article] | None:
    """Return the earlier and the later; None when the two have no times or the same."""
    mine, other = _last_touched(a), _last_touched(b)
    if mine is None or other is None or mine == other:
        return None
    return (a, b) if mine < other else (b, a)


def _last_touched(article: Article) -> datetime | None:
    """Return when the article was last changed, as far as it says."""
    return article.updated or article.published


def _one_article(a: Article, b: Article, containment: float) -> bool:
    """Return whether two articles of one outlet are one and the same, at two times."""
    if page(a) and page(a) == page(b) and urlsplit(a.url or "").path.strip("/"):
        return True
    if _same_title(a, b):
        return containment >= ALIKE
    return containment >= ALIKE_UNTITLED and _hours_apart(a, b) <= VERSIONS_H


def _hours_apart(a: Article, b: Article) -> float:
    """Return the hours between the two; infinite when one has no time."""
    mine, other = _last_touched(a), _last_touched(b)
    if mine is None or other is None:
        return float("inf")
    return abs(mine - other).total_seconds() / 3600


def _same_title(a: Article, b: Article) -> bool:
    """Return whether the titles are equal, or share at least half of their words."""
    mine, other = set(words(a.title or "")), set(words(b.title or ""))
    return bool(mine) and len(mine & other) >= 0.5 * len(mine | other)


def _is_cut(earlier: Article, later: Article, containment: float) -> bool:
    """Return whether *later* is *earlier* with its end cut off."""
    return containment >= 0.9 and len(later.text) < CUT * len(earlier.text)
