"""Groups: which articles are one story, under an id that lasts; the editor has the last word."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.brackets import without
from briefing.cluster import Cluster
from briefing.cluster.versions import outlet, page
from briefing.compose.memory import Memory, PastStory, before
from briefing.compose.wishes import Wishes
from briefing.edition import Difference
from briefing.model import Article, KeyPoint, Summary
from briefing.words import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The articles of one story, before anything of it is chosen."""

    id: str
    summaries: tuple[Summary, ...]
    """The lead first."""

    reason: str
    """Why they are held to be one story."""

    before: PastStory | None = None
    """The earlier story that it goes on from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A story with all that may be printed of it."""

    group: Group
    points: tuple[KeyPoint, ...]
    """Best first, without repetition."""

    differences: tuple[Difference, ...] = ()
    earlier: tuple[Article, ...] = ()
    """Versions that were dropped for articles of the story; a difference may cite them."""


def identify(
    clusters: Iterable[Cluster], summaries: Sequence[Summary], *, memory: Memory
) -> tuple[Group, ...]:
    """Return the clusters as groups, each under an id that is its own and lasts.

    A story that goes on from an earlier one keeps that one's id, and clusters that go on from the
    same story are one. A new one is named after its earliest article's page, or outlet and
    title, so that an id outlives a mended text, a late article or another place in a feed.
    """
    by_ref = {summary.article.ref: summary for summary in summaries}
    found: dict[str, Group] = {}
    for cluster in sorted(clusters, key=lambda c: (-len(c.refs), c.refs)):
        told = tuple(by_ref[ref] for ref in cluster.refs)
        group = Group(id="", summaries=told, reason=cluster.reason, before=before(told, memory))
        name = group.before.id if group.before else cluster.lead
        found[name] = _going_on(found[name], group) if name in found else group
    return _named(found.values())


def regroup(groups: Sequence[Group], wishes: Wishes, *, memory: Memory) -> tuple[Group, ...]:
    """Return the groups as the editor wants them: split first, then merged.

    A wish for a story or an article that is not there changes nothing; the editor's file says so.
    """
    parted = [part for group in groups for part in _split(group, wishes, memory)]
    joined = {group.id: group for group in _named(parted)}
    for host, wish in wishes.stories.items():
        for guest in wish.merge:
            if host in joined and guest in joined and host != guest:
                joined[host] = _join(joined[host], joined.pop(guest))
    return tuple(joined.values())


def point_id(point: KeyPoint, articles: Mapping[str, Article]) -> str:
    """Return the id by which the editor's file names a point.

    It is made of the article's lasting name and the point's own words, brackets left out, so a
    point whose words changed is another one.
    """
    own = words(without(point.text, point.context))
    return _digest(f"{_anchor(articles[point.ref])}\n{' '.join(own)}", 6)


def _named(groups: Iterable[Group]) -> tuple[Group, ...]:
    """Return the groups with an id each; what has one keeps it, and none is given twice."""
    ordered = sorted(groups, key=lambda g: (not g.id, g.before is None, _first(g).ref))
    taken: dict[str, Group] = {}
    for group in ordered:
        earlier = group.before.id if group.before else None
        wanted = group.id or earlier or f"s-{_digest(_anchor(_first(group)), 8)}"
        number, name = 1, wanted
        while name in taken:
            number, name = number + 1, f"{wanted}-{number + 1}"
        taken[name] = replace(group, id=name)
    return tuple(taken.values())


def _going_on(one: Group, other: Group) -> Group:
    """Return one group of two that go on from the same story, the larger one's lead first."""
    earlier = one.before.edition.id if one.before else ""
    return replace(
        one,
        summaries=(*one.summaries, *other.summaries),
        reason=f"both go on from a story of edition {earlier}",
    )


def _split(group: Group, wishes: Wishes, memory: Memory) -> tuple[Group, ...]:
    """Return the group, or what stays of it and what leaves it."""
    wish = wishes.stories.get(group.id)
    leaving = tuple(s for s in group.summaries if wish and s.article.ref in wish.split)
    staying = tuple(s for s in group.summaries if s not in leaving)
    if not leaving or not staying:
        return (group,)
    apart = Group(
        id="",
        summaries=leaving,
        reason="set apart by the editor",
        before=before(leaving, memory),
    )
    return replace(group, summaries=staying), apart


def _join(host: Group, guest: Group) -> Group:
    """Return one group of both, the host's lead first."""
    return replace(
        host,
        summaries=(*host.summaries, *guest.summaries),
        reason="brought together by the editor",
        before=host.before or guest.before,
    )


def _first(group: Group) -> Article:
    """Return the earliest article of a group, undated ones last."""
    articles = (summary.article for summary in group.summaries)
    return min(articles, key=lambda a: (a.published is None, str(a.published), a.ref))


def _anchor(article: Article) -> str:
    """Return what names an article for good, as far as it can be known."""
    if "/" in page(article):
        return page(article)
    title = " ".join(words(article.title or ""))
    return f"{outlet(article)}\n{title}" if title else article.ref


def _digest(text: str, length: int) -> str:
    """Return the first hexadecimal digits of the SHA-256 of *text*."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
