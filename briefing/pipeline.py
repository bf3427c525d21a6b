"""The one-article path, end to end.

    Source ─read▶ Article ─clean▶ Article ─segment▶ Document ─choose▶ Summary

Each article is alone here, so the path runs under any `map`: the builtin, a pool of processes,
or an engine on other machines. What all articles become together is `briefing.daily`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from briefing.choose import choose
from briefing.clean import clean
from briefing.errors import UnreadableError, VerifyError
from briefing.limits import Limits
from briefing.model import Article, Failure, Plan, Source, Summary
from briefing.readers import read, within
from briefing.segment import segment
from briefing.sources import gather
from briefing.summarisers import get
from briefing.verbatim import wrong, wrong_in

Found = TypeVar("Found", Source, Article)

Map = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
"""What `map` does: apply a function to each, answer in the order given."""


def summarise(source: Source, plan: Plan) -> tuple[Summary, ...]:
    """Return the summary of each article in *source*, in file order.

    Raises:
        ReadError: The source, or one of its units, could not be read; `attempt` and
            `summarise_all` give the others all the same.
        UsageError: The plan names a method that does not exist.
    """
    return tuple(summarise_article(_whole(article), plan) for article in read(source))


def summarise_file(path: str | Path, *, plan: Plan = Plan()) -> tuple[Summary, ...]:
    """Return the summary of each article in the file at *path*.

    Raises:
        ReadError: The file is missing, too large, broken, or of no known kind, or one of its units
            is.
    """
    found = gather([str(path)])
    return tuple(summary for source in found for summary in summarise(_whole(source), plan))


def summarise_text(text: str, *, plan: Plan = Plan(), ref: str = "text") -> Summary:
    r"""Return the key points of an article given as plain text, called *ref*.

    Raises:
        FormatError: The text is empty.

    >>> summarise_text("Quay closes\n\nThe north quay at Northfold closed on Tuesday.").points
    ()
    """
    (summary,) = summarise(Source(ref=ref, body=text.encode(), media_type="text/plain"), plan)
    return summary


def summarise_article(article: Article, plan: Plan) -> Summary:
    """Return the key points of an article that a reader found.

    Raises:
        UsageError: The plan names a method that does not exist.
        VerifyError: A point is not the article's own words; no input should bring that about.
    """
    if plan.language:
        article = replace(article, language=plan.language)
    document = segment(clean(article, zone=plan.zone))
    return _sound(choose(document, plan, summarise=get(plan.method)))


def _sound(summary: Summary) -> Summary:
    """Return a summary all of whose points are their article's own words.

    A point that is not would keep the whole edition from being written: its article fails alone.
    """
    for number, point in enumerate(summary.points, 1):
        for what in (*wrong(point), *wrong_in(point, summary.article.text)):
            told = (
                f"{summary.article.ref} was left out, for its point {number} does not hold: {what}"
            )
            raise VerifyError(f"{told}; this is a defect, please report it")
    return summary


def _whole(found: Found | Failure) -> Found:
    """Return a source or an article, or raise what kept it from being read."""
    if isinstance(found, Failure):
        raise UnreadableError(f"{found.ref}: {found.message}")
    return found


def summarise_all(
    sources: Iterable[Source | Failure],
    plan: Plan,
    *,
    map: Map = map,  # noqa: A002 - the word of DESIGN, and of Python
    limits: Limits = Limits(),
) -> Iterator[Summary | Failure]:
    """Yield a summary or a failure for each article of *sources*, in order.

    One bad source never loses the others: it becomes a `Failure`.
    """
    for outcomes in map(partial(attempt, plan=plan, limits=limits), sources):
        yield from outcomes


def attempt(
    source: Source | Failure, *, plan: Plan, limits: Limits = Limits()
) -> tuple[Summary | Failure, ...]:
    """Return what `summarise` does, within *limits*, or failures as values. Never raises.

    This is the worker that other processes run: it takes plain values and names, and answers
    with plain values. Of a feed or newsletter, one article that fails does so alone.
    """
    if isinstance(source, Failure):
        return (source,)
    task = partial(_each, plan=plan)
    found = within.attempt(task, source, limits=limits, verb="summarise")
    return (found,) if isinstance(found, Failure) else found


def _each(source: Source, plan: Plan) -> tuple[Summary | Failure, ...]:
    """Return the summary of each article in *source*, or why there is none."""
    return tuple(_one(unit, plan) for unit in read(source))


def _one(unit: Article | Failure, plan: Plan) -> Summary | Failure:
    """Return the summary of an article, or why there is none; a limit is the whole source's."""
    if isinstance(unit, Failure):
        return unit
    return within.alone(partial(summarise_article, unit, plan), ref=unit.ref, verb="summarise")
