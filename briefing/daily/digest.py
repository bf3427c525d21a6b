"""Digest: from the units that came in to a composed edition. Pure: nothing is read or written."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from briefing import differ, merge
from briefing.cluster import Duplicate, duplicates, stories
from briefing.codec import named
from briefing.compose import (
    Arrivals,
    Composed,
    Draft,
    Frame,
    Memory,
    compose,
    identify,
    regroup,
    sift,
)
from briefing.compose.groups import Group
from briefing.compose.lead import led
from briefing.daily.collect import Collected
from briefing.differ.before import changes
from briefing.edition import Difference, Reason
from briefing.model import Summary

SPARE = 3
"""Times the usual number of points are drawn from a story's articles: what is new is found among
them, and the editor chooses from the rest."""


def digest(collected: Collected, frame: Frame) -> Composed:
    """Return the edition that *collected* becomes, under its id.

    The same units give the same edition, in whatever order they came.
    """
    sifted = sift(collected.outcomes(), window=frame.window, memory=frame.memory)
    found = duplicates([summary.article for summary in sifted.kept])
    gone = {duplicate.dropped for duplicate in found}
    kept = [summary for summary in sifted.kept if summary.article.ref not in gone]
    copies = {s.article.ref: s for s in sifted.kept if s.article.ref in gone}
    groups = identify(stories(kept), kept, memory=frame.memory)
    groups = regroup(groups, frame.wishes, memory=frame.memory)
    drafts = [_draft(group, found, copies, frame=frame) for group in groups]
    dropped = (*sifted.dropped, *collected.empty())
    arrivals = Arrivals(
        dropped=dropped,
        duplicates=found,
        copies={ref: summary.article for ref, summary in copies.items()},
        sources=collected.reports(dropped),
        failures=collected.failures(),
    )
    composed = compose(drafts, arrivals, frame)
    return replace(composed, edition=named(composed.edition))


def _draft(
    group: Group, found: Sequence[Duplicate], copies: dict[str, Summary], *, frame: Frame
) -> Draft:
    """Return what may be printed of a story: its points, and on what its articles differ."""
    refs = {summary.article.ref for summary in group.summaries}
    earlier = [
        copies[d.dropped].article
        for d in found
        if d.kept in refs and d.reason is Reason.EARLIER_VERSION
    ]
    articles = [summary.article for summary in group.summaries]
    differences = differ.differences(articles, earlier=earlier)
    group = led(group, differences)
    return Draft(
        group=group,
        points=merge.points(group.summaries, count=SPARE * frame.rules.length.points),
        differences=(*_since(group, frame.memory), *differences),
        earlier=tuple(earlier),
    )


def _since(group: Group, memory: Memory) -> tuple[Difference, ...]:
    """Return which figures of the story the last edition of this title printed otherwise."""
    last = memory.previous
    printed = next((s for s in last.stories if s.id == group.id), None) if last else None
    if last is None or printed is None:
        return ()
    bodies = {
        article.ref: article.sentences
        for story in memory.stories
        if (story.id, story.edition.id) == (group.id, last.id)
        for article in story.articles
    }
    articles = [summary.article for summary in group.summaries]
    return changes(articles, printed=printed, edition=last.id, bodies=bodies)


def summaries(composed: Composed) -> dict[str, Summary]:
    """Return the summary of each article that the edition cites, by ref."""
    groups = (candidate.draft.group for candidate in composed.fitted.printed)
    return {s.article.ref: s for s in chain.from_iterable(group.summaries for group in groups)}


def texts(composed: Composed) -> dict[str, str]:
    """Return the source text of each article that the edition cites, by ref, as it was read."""
    cited = [
        article
        for candidate in composed.fitted.printed
        for article in (
            *(summary.article for summary in candidate.draft.group.summaries),
            *candidate.draft.earlier,
        )
    ]
    return {article.ref: article.source_text for article in cited}
