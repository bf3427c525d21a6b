"""Sift: which units may be printed, and the reason why each of the others is not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from briefing.cluster.versions import page, same_outlet
from briefing.compose.memory import Memory, republished
from briefing.edition import Reason, Unit, UnitFate, Window
from briefing.model import Article, Failure, Kind, Summary

_WITHDRAWN = frozenset({"canceled", "cancelled", "withheld"})
"""Publication statuses of IPTC NewsML-G2 (`stat:canceled`, `stat:withheld`), in both spellings,
for agencies use both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """The units that came in, parted."""

    kept: tuple[Summary, ...]
    """Those that may be printed, in the order of their refs."""

    dropped: tuple[Unit, ...]
    """All others, each with its reason."""


def sift(outcomes: Iterable[Summary | Failure], *, window: Window, memory: Memory) -> Sifted:
    """Return which of *outcomes* may be printed in an edition of *window*.

    An article belongs to the window of its last change: published the week before and updated
    this morning, it is this morning's. One without any time is kept, for its file came; one dated
    after the cut-off is dropped and said to be, since nothing that came in later is in an edition
    and no date is ever mended. What an agency cancelled, withheld or put under embargo beyond the
    cut-off is dropped, and so is every copy of a cancelled item by its page or title.
    """
    ordered = sorted(outcomes, key=_ref)
    summaries = [o for o in ordered if isinstance(o, Summary)]
    withdrawn = [s.article for s in summaries if _is_withdrawn(s.article)]
    known = republished(summaries, memory)
    kept, dropped = [], []
    for outcome in ordered:
        if isinstance(outcome, Failure):
            dropped.append(_drop(outcome.ref, Reason.UNREADABLE, outcome.message))
            continue
        article = outcome.article
        unit = _vetoed(article, withdrawn, window) or _unfit(article) or _untimely(article, window)
        if unit is None and article.ref in known:
            before = known[article.ref].edition.id
            unit = _drop(article.ref, Reason.REPUBLICATION, f"the same text as in edition {before}")
        if unit is None:
            kept.append(outcome)
        else:
            dropped.append(unit)
    return Sifted(kept=tuple(kept), dropped=tuple(dropped))


def last_change(article: Article) -> datetime | None:
    """Return when the article was last changed, as far as it says."""
    times = [t for t in (article.published, article.updated) if t is not None]
    return max(times, default=None)


def _ref(outcome: Summary | Failure) -> str:
    """Return the ref of what came in."""
    return outcome.article.ref if isinstance(outcome, Summary) else outcome.ref


def _drop(ref: str, reason: Reason, detail: str = "") -> Unit:
    """Return a unit that is not printed."""
    return Unit(ref=ref, fate=UnitFate.DROPPED, reason=reason, detail=detail)


def _is_withdrawn(article: Article) -> bool:
    """Return whether its agency took the article back."""
    status = (article.rights.status or "") if article.rights else ""
    return status.lower().rpartition(":")[2] in _WITHDRAWN


def _vetoed(article: Article, withdrawn: Sequence[Article], window: Window) -> Unit | None:
    """Return the unit dropped because its agency forbids printing it, now or at all."""
    for other in withdrawn:
        if other is article:
            status = article.rights.status if article.rights else None
            return _drop(article.ref, Reason.VETOED, f"its agency marked it {status}")
        if _is_copy(article, other):
            return _drop(article.ref, Reason.VETOED, f"its agency withdrew it in {other.ref}")
    embargo = article.rights.embargo if article.rights else None
    if embargo is not None and embargo > window.end:
        return _drop(article.ref, Reason.VETOED, f"under embargo until {_local(embargo, window)}")
    return None


def _is_copy(article: Article, other: Article) -> bool:
    """Return whether two articles are one by page, or by outlet and title."""
    if "/" in page(article) and page(article) == page(other):
        return True
    return bool(article.title) and article.title == other.title and same_outlet(article, other)


def _unfit(article: Article) -> Unit | None:
    """Return the unit dropped because it is no article, or not a whole one."""
    if not article.source_text.strip():
        return _drop(article.ref, Reason.EMPTY, article.kind_reason or "it holds no text")
    if article.kind is Kind.TEASER:
        return _drop(article.ref, Reason.TEASER, article.kind_reason or "")
    if article.kind is Kind.NOT_ARTICLE:
        return _drop(article.ref, Reason.NOT_ARTICLE, article.kind_reason or "")
    return None


def _untimely(article: Article, window: Window) -> Unit | None:
    """Return the unit dropped because it was not changed within the window."""
    changed = last_change(article)
    if changed is None or window.start <= changed < window.end:
        return None
    when = _local(changed, window)
    side = "before the window" if changed < window.start else "after the cut-off"
    return _drop(article.ref, Reason.OUT_OF_WINDOW, f"dated {when}, {side}")


def _local(moment: datetime, window: Window) -> str:
    """Return a time as the edition's zone has it, with that zone."""
    return f"{moment.astimezone(ZoneInfo(window.zone)):%Y-%m-%d %H:%M %Z}"
