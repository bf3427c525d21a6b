"""Compose: the stories of a day become one edition, in order, within its length, accounted for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.acquaint import acquainted
from briefing.cluster import Duplicate
from briefing.compose.account import account
from briefing.compose.fit import Fitted, fit
from briefing.compose.frame import Frame
from briefing.compose.groups import Draft
from briefing.compose.order import heading, importance, sections
from briefing.compose.story import Candidate, candidate
from briefing.edition import Edition, Section, SourceReport, Unit, place
from briefing.model import Article, Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """What came in and is no story: it must be accounted for all the same."""

    dropped: tuple[Unit, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    copies: Mapping[str, Article]
    """The articles that *duplicates* name as dropped, by ref."""

    sources: tuple[SourceReport, ...] = ()
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """An edition, and what else might have been in it, for the editor."""

    edition: Edition
    """Without an id yet: `codec.named` gives it."""

    fitted: Fitted
    refused: tuple[Candidate, ...]


def compose(drafts: Iterable[Draft], arrivals: Arrivals, frame: Frame) -> Composed:
    """Return the edition of a day, in the order of importance or as the editor has it.

    The same arguments give the same edition, in whatever order the drafts come. Every unit of
    the drafts and arrivals is in the account once.
    """
    rules, window = frame.rules, frame.window
    candidates = _candidates(drafts, arrivals, frame)
    refused = tuple(c for c in candidates if frame.wish(c.story.id).drop)
    wanted = [c for c in candidates if not frame.wish(c.story.id).drop]
    fitted = fit(_ordered(wanted, frame), frame)
    printed = tuple(acquainted(c.story) for c in fitted.printed)
    accounted = account(
        dropped=arrivals.dropped,
        duplicates=arrivals.duplicates,
        fitted=fitted,
        refused=refused,
        sources=arrivals.sources,
    )
    edition = Edition(
        id="",
        title=rules.title,
        number=0 if accounted.unread and not printed else frame.memory.last + 1,
        marking=rules.marking,
        window=window,
        cutoff=window.end,
        compiled=frame.compiled,
        sections=_sections(fitted.printed, frame),
        stories=printed,
        account=accounted,
        failures=tuple(sorted(arrivals.failures, key=lambda f: (place(f.ref), f.stage, f.message))),
        language=rules.language,
    )
    return Composed(edition=edition, fitted=fitted, refused=refused)


def _candidates(drafts: Iterable[Draft], arrivals: Arrivals, frame: Frame) -> list[Candidate]:
    """Return each draft as a story with its importance."""
    copies: dict[str, list[tuple[Duplicate, Article]]] = defaultdict(list)
    for duplicate in sorted(arrivals.duplicates, key=lambda d: d.dropped):
        copies[duplicate.kept].append((duplicate, arrivals.copies[duplicate.dropped]))
    found, ranking = [], frame.rules.ranking
    for draft in drafts:
        made = candidate(draft, frame, copies=copies)
        told = draft.group.summaries
        weight = importance(made.story, told, ranking=ranking, window=frame.window)
        found.append(replace(made, story=replace(made.story, importance=weight)))
    return found


def _ordered(candidates: Sequence[Candidate], frame: Frame) -> list[Candidate]:
    """Return the stories in order: pinned, then as the editor has them, or by importance.

    A story that the editor has not seen stands before the first that is less important.
    """
    by_id, seen = (
        {c.story.id: c for c in candidates},
        frame.wishes.stories if frame.wishes.reordered else (),
    )
    ordered = [by_id[name] for name in seen if name in by_id]
    late = [c for c in candidates if c.story.id not in seen]
    for newcomer in sorted(late, key=_worth):
        place = next((n for n, c in enumerate(ordered) if _worth(c) > _worth(newcomer)), None)
        ordered.insert(len(ordered) if place is None else place, newcomer)
    return sorted(ordered, key=lambda c: not frame.wish(c.story.id).pin)


def _worth(of: Candidate) -> tuple[float, str, str]:
    """Return the key that sorts the most important first; of equals the earliest published."""
    lead = of.story.articles[0]
    return -of.story.importance, str(lead.published or "~"), lead.ref


def _sections(printed: Sequence[Candidate], frame: Frame) -> tuple[Section, ...]:
    """Return the headings with their stories; the editor's wish goes before the rules."""
    listed = frame.rules.ranking.sections
    headings = {
        c.story.id: frame.wish(c.story.id).section
        or heading(c.story, c.draft.group.summaries, listed)
        for c in printed
    }
    return sections([c.story for c in printed], headings, listed)
