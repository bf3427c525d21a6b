"""What the sources of an edition say now: read again from files, or fetched again."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.clean import clean
from briefing.edition import StoryArticle
from briefing.errors import BriefingError, FetchError
from briefing.fetch import Fetcher
from briefing.model import Article, Source

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


def from_files(paths: Sequence[str]) -> dict[str, Now]:
    """Return what each unit of files and folders says now, by ref.

    A file that cannot be read is there with the reason, for it may be one of the edition's.
    """
    from briefing.sources import gather

    found: dict[str, Now] = {}
    for source in gather(paths):
        if isinstance(source, Source):
            found.update((now.ref, now) for now in _read(source))
        else:
            found[source.ref] = Now(ref=source.ref, failed=source.message)
    return found


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
    return replace(next(iter(_read(source)), Now(ref=ref, failed="it is empty")), ref=ref)


def _read(source: Source) -> Iterator[Now]:
    """Yield each unit of a source as it reads now."""
    from briefing.readers import read

    try:
        for article in read(source):
            cleaned = clean(article, zone="UTC")
            status = article.rights.status if article.rights else None
            reason = f"the agency marks it {status}" if status in _WITHDRAWN else ""
            yield Now(ref=article.ref, article=cleaned, withdrawn=reason)
    except BriefingError as error:
        yield Now(ref=source.ref, failed=str(error))
