"""Collect: all that the sources hold, each unit summarised or failed, each source answered for."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import partial
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

from briefing.daily.addresses import ascii_address
from briefing.edition import Reason, SourceReport, Unit, UnitFate
from briefing.errors import BriefingError
from briefing.fetch import Fetcher
from briefing.limits import Limits
from briefing.model import Failure, Kind, Plan, Source, Summary
from briefing.pipeline import Map, attempt
from briefing.readers.feed import list_feeds
from briefing.sources import gather

Outcomes = tuple[Summary | Failure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one source answered: a file, an address, or a folder as far as it is no such thing."""

    name: str
    outcomes: Outcomes = ()
    empty: tuple[str, ...] = ()
    """Refs of files with nothing in them."""

    failure: Failure | None = None
    """Why it did not answer at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """Everything that came in."""

    sources: tuple[Asked, ...]

    def outcomes(self) -> Iterator[Summary | Failure]:
        """Yield every unit that came in and may be an article."""
        for asked in self.sources:
            yield from asked.outcomes

    def empty(self) -> tuple[Unit, ...]:
        """Return the units of files with nothing in them."""
        refs = sorted(ref for asked in self.sources for ref in asked.empty)
        return tuple(
            Unit(ref=r, fate=UnitFate.DROPPED, reason=Reason.EMPTY, detail="the file is empty")
            for r in refs
        )

    def failures(self) -> tuple[Failure, ...]:
        """Return all that failed: sources first, then units."""
        whole = [asked.failure for asked in self.sources if asked.failure]
        return (*whole, *(o for o in self.outcomes() if isinstance(o, Failure)))

    def reports(self, dropped: Iterable[Unit]) -> tuple[SourceReport, ...]:
        """Return how each source answered; *dropped* are the units that no story could use."""
        unused = {unit.ref: unit for unit in dropped}
        return tuple(_report(asked, unused) for asked in self.sources)


def collect(
    inputs: Sequence[str],
    plan: Plan,
    *,
    limits: Limits,
    fetcher: Fetcher | None,
    map: Map = map,  # noqa: A002 - the word of DESIGN, and of Python
) -> Collected:
    """Return what *inputs* hold: files, folders, addresses, feeds and lists of feeds.

    Args:
        inputs: Paths and addresses, as the user named them.
        plan: What is asked of each article.
        limits: Bounds on files and folders.
        fetcher: How addresses are reached; None: not at all, and the account says so.
        map: Where the work on each source is done.
    """
    found = list(_gathered(inputs, limits=limits, fetcher=fetcher))
    sources = [one.source for one in found if isinstance(one.source, Source)]
    work = partial(attempt, plan=plan, limits=limits)
    answers = iter(list(map(work, sources)))
    asked = [
        _asked(one, _first(next(answers), one, limits) if isinstance(one.source, Source) else ())
        for one in found
    ]
    if fetcher is not None:
        asked = [_with_pages(one, partial(map, work), fetcher=fetcher) for one in asked]
    answered = {one.origin for one in found}
    silent = (one for one in dict.fromkeys(inputs) if one not in answered)
    asked += [Asked(name=Path(one).name or one) for one in silent]
    return Collected(sources=_joined(asked))


def with_outlets(collected: Collected, names: Mapping[str, str]) -> Collected:
    """Return what was collected, each article under the outlet that the user says it has.

    Args:
        collected: What came in.
        names: Outlet by file name or host; `*` and `?` stand for any letters or one. The first
            that fits decides. What none fits keeps the outlet that it gives itself.
    """
    return Collected(
        sources=tuple(
            replace(asked, outcomes=tuple(_of_outlet(o, names) for o in asked.outcomes))
            for asked in collected.sources
        )
    )


def _of_outlet(outcome: Summary | Failure, names: Mapping[str, str]) -> Summary | Failure:
    """Return a unit under the outlet that the first fitting pattern names."""
    if isinstance(outcome, Failure):
        return outcome
    article = outcome.article
    file = article.ref.partition("#")[0].rpartition("/")[2]
    host = urlsplit(article.url or "").netloc.removeprefix("www.")
    fitting = (n for p, n in names.items() if fnmatchcase(file, p) or fnmatchcase(host, p))
    publisher = next(fitting, article.publisher)
    return replace(outcome, article=replace(article, publisher=publisher))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """One file or address, and how the user came to name it."""

    origin: str
    """The input that led to it."""

    name: str
    """What the account calls the source: the input, as refs call it, or an address of a list."""

    source: Source | Failure


def _gathered(
    inputs: Sequence[str], *, limits: Limits, fetcher: Fetcher | None
) -> Iterator[_Found]:
    """Yield every file and address that the inputs lead to, or why there is none."""
    paths = [one for one in inputs if not _is_address(one)]
    for address in dict.fromkeys(one for one in inputs if _is_address(one)):
        yield _Found(origin=address, name=address, source=_fetched(address, fetcher))
    for source in gather(paths, limits=limits):
        origin = _origin(source.ref, paths)
        if isinstance(source, Source) and source.ref.lower().endswith(".opml"):
            yield from _listed(source, origin, fetcher)
        else:
            yield _Found(origin=origin, name=_name(source.ref, origin), source=source)


def _listed(source: Source, origin: str, fetcher: Fetcher | None) -> Iterator[_Found]:
    """Yield the feeds that a list names; the list itself is no unit."""
    try:
        addresses = list_feeds(source)
    except BriefingError as error:
        failure = Failure(ref=source.ref, stage="read", message=str(error))
        yield _Found(origin=origin, name=source.ref, source=failure)
        return
    for address in addresses:
        yield _Found(origin=origin, name=address, source=_fetched(address, fetcher))


def _fetched(address: str, fetcher: Fetcher | None) -> Source | Failure:
    """Return what an address answers, under the address as its ref."""
    if fetcher is None:
        message = "not asked: fetching is off; set fetch = true in briefing.toml, or say --fetch"
        return Failure(ref=address, stage="fetch", message=message)
    try:
        return fetcher.fetch(address).source(address)
    except BriefingError as error:
        return Failure(ref=address, stage="fetch", message=str(error))


def _is_address(text: str) -> bool:
    """Return whether an input is an address rather than a path."""
    return text.lower().startswith(("http://", "https://"))


def _origin(ref: str, paths: Sequence[str]) -> str:
    """Return the input that a file was found by: the longest that its ref begins with."""
    tops = {path: (path.rstrip("/"), Path(path).name) for path in paths}
    owners = [
        path
        for path, names in tops.items()
        if ref == path or any(name and ref.startswith(f"{name}/") for name in names)
    ]
    return max(owners, key=len, default=paths[0] if len(paths) == 1 else ref)


def _name(ref: str, origin: str) -> str:
    """Return what the account calls the source of a file: as its ref calls it, wherever it lies.

    >>> _name("inbox/a.txt", "/home/ada/inbox"), _name("/home/ada/a.txt", "/home/ada/a.txt")
    ('inbox', '/home/ada/a.txt')
    """
    top = Path(origin).name
    return top if top and ref.startswith(f"{top}/") else origin


def _first(outcomes: Outcomes, found: _Found, limits: Limits) -> Outcomes:
    """Return the units of one file as far as the limit allows, and one line where it does not.

    Each unit is a line of the account, and a feed of a million would be an account without end.
    """
    if len(outcomes) <= limits.units:
        return outcomes
    message = (
        f"holds {len(outcomes):,} articles; only the first {limits.units:,} are read: split it, "
        "or raise units under [limits] in briefing.toml"
    )
    failure = Failure(ref=found.source.ref, stage="read", message=message)
    return (*outcomes[: limits.units], failure)


def _asked(one: _Found, outcomes: Outcomes) -> Asked:
    """Return what became of one file or address.

    A file that was there and could not be read is a unit. A folder or file that was not there, a
    list of feeds, an address without an answer brought no unit: the source itself failed.
    """
    name, source = one.name, one.source
    if isinstance(source, Failure):
        if source.ref == name or source.stage == "fetch":
            return Asked(name=name, failure=source)
        return Asked(name=name, outcomes=(source,))
    if not source.body.strip():
        return Asked(name=name, empty=(source.ref,))
    outcomes = tuple(_sound(outcome) for outcome in outcomes)
    # A feed or a newsletter answers for itself, also inside a folder; a page or text does not.
    holds_units = not outcomes or any(_ref(o) != source.ref for o in outcomes)
    return Asked(name=source.ref if holds_units else name, outcomes=outcomes)


def _sound(outcome: Summary | Failure) -> Summary | Failure:
    r"""Return a unit that can be written to every face, or the failure of one that cannot.

    JSON can spell half a character (`\ud800`), which no encoding has: one such title would keep the
    whole edition from being written. An address is written as PDF writes it, or left out.
    """
    if isinstance(outcome, Failure):
        return outcome
    article, rights = outcome.article, outcome.article.rights
    said = [article.source_text, article.text, article.title, article.publisher, article.url]
    said += [article.section, *article.authors]
    said += [rights.copyright, rights.usage, rights.status] if rights else []
    try:
        "".join(text for text in said if text).encode()
    except UnicodeEncodeError:
        message = (
            "it holds halves of characters, which are no text; ask the sender for a valid file"
        )
        return Failure(ref=article.ref, stage="read", message=message)
    return replace(outcome, article=replace(article, url=ascii_address(article.url)))


def _ref(outcome: Summary | Failure) -> str:
    """Return the ref of what came in."""
    return outcome.article.ref if isinstance(outcome, Summary) else outcome.ref


def _joined(asked: Iterable[Asked]) -> tuple[Asked, ...]:
    """Return one answer for each source, in the order of their names: a folder's files together."""
    found = []
    for name, group in groupby(sorted(asked, key=lambda one: one.name), lambda one: one.name):
        members = list(group)
        failures = [one.failure for one in members if one.failure]
        found.append(
            Asked(
                name=name,
                outcomes=tuple(o for one in members for o in one.outcomes),
                empty=tuple(ref for one in members for ref in one.empty),
                failure=failures[0] if failures else None,
            )
        )
    return tuple(found)


def _report(asked: Asked, unused: dict[str, Unit]) -> SourceReport:
    """Return how one source answered, for the account."""
    refs = [*(_ref(o) for o in asked.outcomes), *asked.empty]
    lost = sum(isinstance(outcome, Failure) for outcome in asked.outcomes)
    status, message = "ok", f"{lost:,} could not be read" if lost else ""
    if asked.failure:
        status, message = "failed", asked.failure.message
    elif lost and lost == len(asked.outcomes):
        status, message = "failed", "nothing in it could be read"
    elif not refs:
        status, message = "silent", "it holds nothing"
    elif all(_is_old(unused.get(ref)) for ref in refs):
        status, message = "silent", "nothing in it is new"
    return SourceReport(source=asked.name, status=status, units=len(refs), message=message)


def _is_old(unit: Unit | None) -> bool:
    """Return whether a unit is of another time, or was printed before."""
    return unit is not None and unit.reason in (Reason.OUT_OF_WINDOW, Reason.REPUBLICATION)


def _with_pages(
    asked: Asked, work: Callable[[Iterable[Source]], Iterable[Outcomes]], *, fetcher: Fetcher
) -> Asked:
    """Return the answer with the page behind each teaser in the teaser's place, where it has one.

    The page keeps the teaser's ref, and its outlet, title and time where it names none. A page
    that does not answer, or is no article, leaves the teaser what it is.
    """
    wanted = {
        position: outcome
        for position, outcome in enumerate(asked.outcomes)
        if isinstance(outcome, Summary)
        and outcome.article.kind is Kind.TEASER
        and outcome.article.url
    }
    pages = [_page(teaser, fetcher) for teaser in wanted.values()]
    answers = iter(list(work([p for p in pages if p is not None])))
    outcomes = list(asked.outcomes)
    for (position, teaser), page in zip(wanted.items(), pages, strict=True):
        if page is not None:
            outcomes[position] = _completed(teaser, next(answers))
    return replace(asked, outcomes=tuple(outcomes))


def _page(teaser: Summary, fetcher: Fetcher) -> Source | None:
    """Return the page that a teaser leads to, None when it does not answer."""
    try:
        return fetcher.fetch(teaser.article.url or "").source(teaser.article.ref)
    except BriefingError:
        return None


def _completed(teaser: Summary, read: Sequence[Summary | Failure]) -> Summary:
    """Return the article of a page with what its feed knew of it, or the teaser again."""
    found = _sound(read[0]) if len(read) == 1 else None
    if not isinstance(found, Summary) or found.article.kind is not Kind.ARTICLE:
        return teaser
    page, feed = found.article, teaser.article
    article = replace(
        page,
        title=page.title or feed.title,
        authors=page.authors or feed.authors,
        publisher=page.publisher or feed.publisher,
        published=page.published or feed.published,
        section=page.section or feed.section,
        rights=page.rights or feed.rights,
        url=feed.url,
    )
    return replace(found, article=article)
