"""What the sources of an edition say now: read again from files, or fetched again."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from briefing.clean import clean
from briefing.edition import StoryArticle
from briefing.errors import BriefingError, FetchError
from briefing.fetch import Fetcher
from briefing.limits import Limits
from briefing.model import Article, Failure, Source

_GONE = re.compile(r"answered (404|410)\b[^:]*$")
_WITHDRAWN = frozenset({"canceled", "cancelled", "withheld"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """What became of one source."""

    ref: str
    article: Article | None = None
    """As it reads now, cleaned; None when it is not to be had."""

    withdrawn: str = ""
    """Why it counts as withdrawn, as a sentence; empty when it does not."""

    failed: str = ""
    """Why nothing is known of it, as a sentence; empty when something is."""


def from_files(paths: Sequence[str], *, limits: Limits = Limits()) -> dict[str, Now]:
    """Return what each unit of files and folders says now, by ref.

    A file that cannot be read within *limits* is there with the reason, for it may be one of the
    edition's.
    """
    from briefing.sources import gather

    found: dict[str, Now] = {}
    for source in gather(paths, limits=limits):
        if isinstance(source, Source):
            found.update((now.ref, now) for now in _read(source, limits))
        else:
            found[source.ref] = Now(ref=source.ref, failed=source.message)
    return found


def of_cited(refs: Iterable[str], found: Mapping[str, Now]) -> dict[str, Now]:
    """Return what became of each of *refs* that was found, or stands in what could not be read.

    A feed or a folder that cannot be read names none of its articles: what is known of it is
    known of each.

    >>> broken = Now(ref="in/wire.rss", failed="it is cut short")
    >>> of_cited(["in/wire.rss#2", "in/a.txt"], {"in/wire.rss": broken})["in/wire.rss#2"].failed
    'in/wire.rss: it is cut short'
    """
    failed = {ref: now for ref, now in found.items() if now.failed}
    asked = {ref: found.get(ref) or _held(ref, failed) for ref in refs}
    return {ref: now for ref, now in asked.items() if now}


def _held(ref: str, failed: Mapping[str, Now]) -> Now | None:
    """Return that a unit is not known, when a feed or folder that holds it is not."""
    for cut in (at for at, letter in enumerate(ref) if letter in "#/"):
        if holder := failed.get(ref[:cut]):
            return Now(ref=ref, failed=f"{holder.ref}: {holder.failed}")
    return None


def from_web(articles: Iterable[StoryArticle], fetcher: Fetcher) -> dict[str, Now]:
    """Return what the address of each article answers now, by ref."""
    return {a.ref: _fetched(a.ref, a.url, fetcher) for a in articles}


def _fetched(ref: str, url: str | None, fetcher: Fetcher) -> Now:
    """Return what an address answers now."""
    if not url:
        return Now(ref=ref, failed="it has no address that could be asked")
    try:
        source = fetcher.fetch(url).source(ref)
    except FetchError as error:
        gone = _GONE.search(str(error))
        reason = f"its address answers {gone[1]}: it is no longer there" if gone else ""
        return Now(ref=ref, withdrawn=reason, failed="" if gone else str(error))
    except BriefingError as error:
        return Now(ref=ref, failed=str(error))
    return replace(next(iter(_read(source, Limits())), Now(ref=ref, failed="it is empty")), ref=ref)


def _read(source: Source, limits: Limits) -> tuple[Now, ...]:
    """Return each unit of a source as it reads now."""
    from briefing.readers import within

    found = within.attempt(_units, source, limits=limits, verb="read")
    if isinstance(found, Failure):
        return (Now(ref=source.ref, failed=found.message),)
    return found


def _units(source: Source) -> tuple[Now, ...]:
    """Return each unit of a source, read and cleaned: what a child process is given to do."""
    from briefing.readers import read

    return tuple(_now(unit) for unit in read(source))


def _now(unit: Article | Failure) -> Now:
    """Return what is known of one unit."""
    from briefing.readers import within

    found = unit if isinstance(unit, Failure) else within.alone(partial(_unit, unit), ref=unit.ref)
    return Now(ref=found.ref, failed=found.message) if isinstance(found, Failure) else found


def _unit(article: Article) -> Now:
    """Return an article as it reads now."""
    status = article.rights.status if article.rights else None
    reason = f"the agency marks it {status}" if status in _WITHDRAWN else ""
    return Now(ref=article.ref, article=clean(article, zone="UTC"), withdrawn=reason)
