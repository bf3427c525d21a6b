"""Account: what became of every unit, so that in = printed + merged + dropped."""

from collections.abc import Iterable, Mapping, Sequence

from briefing.cluster import Duplicate
from briefing.compose.fit import Fitted
from briefing.compose.sift import last_change
from briefing.compose.story import Candidate
from briefing.edition import BY_EDITOR, Account, Reason, SourceReport, Unit, UnitFate, place
from briefing.model import Article

UNDATED = "it names no date"


def account(
    *,
    dropped: Iterable[Unit],
    duplicates: Iterable[Duplicate],
    fitted: Fitted,
    refused: Iterable[Candidate],
    sources: Sequence[SourceReport],
) -> Account:
    """Return the account of an edition, its units in the order of their refs.

    Args:
        dropped: Units that were never candidates, with their reasons.
        duplicates: Copies and earlier versions.
        fitted: What is printed, and what there was no room for.
        refused: Stories that the editor dropped.
        sources: How each source answered.
    """
    units = {unit.ref: unit for unit in dropped}
    for candidate in fitted.printed:
        units |= _printed(candidate, capped=fitted.capped.get(candidate.story.id, 0))
    for candidate in fitted.cut:
        units |= _left_out(candidate, Reason.OVER_LENGTH, "no room in the configured length")
    for candidate in refused:
        units |= _left_out(candidate, Reason.VETOED, BY_EDITOR)
    units |= _copies(duplicates, dict(units))
    return Account(
        units=tuple(units[ref] for ref in sorted(units, key=place)), sources=tuple(sources)
    )


def _printed(candidate: Candidate, *, capped: int) -> dict[str, Unit]:
    """Return the units of a printed story, by ref: its lead is printed, its others merged."""
    story, found = candidate.story, {}
    for summary in candidate.draft.group.summaries:
        article = summary.article
        is_lead = article.ref == story.articles[0].ref
        found[article.ref] = Unit(
            ref=article.ref,
            fate=UnitFate.PRINTED if is_lead else UnitFate.MERGED,
            reason=None if is_lead else Reason.SAME_STORY,
            story=story.id,
            detail=_detail(article, story.reason, capped=capped if is_lead else 0),
        )
    return found


def _detail(article: Article, reason: str, *, capped: int) -> str:
    """Return what the account says of a unit that is printed or merged."""
    said = [reason.removesuffix(".")] if reason else []
    if last_change(article) is None:
        said.append(UNDATED)
    said += article.warnings
    if capped:
        said.append(f"{capped} point{'s' * (capped > 1)} left out: the publisher's cap is reached")
    return "; ".join(said)


def _left_out(candidate: Candidate, reason: Reason, detail: str) -> dict[str, Unit]:
    """Return the units of a story that is not printed, by ref."""
    refs = [summary.article.ref for summary in candidate.draft.group.summaries]
    return {ref: Unit(ref=ref, fate=UnitFate.DROPPED, reason=reason, detail=detail) for ref in refs}


def _copies(duplicates: Iterable[Duplicate], units: Mapping[str, Unit]) -> dict[str, Unit]:
    """Return the units of copies, each with the story that prints the copy that stays."""
    return {
        d.dropped: Unit(
            ref=d.dropped,
            fate=UnitFate.DROPPED,
            reason=d.reason,
            story=units[d.kept].story if d.kept in units else None,
            detail=d.evidence,
        )
        for d in duplicates
    }
