"""`briefing corpus`: the key points of whole collections."""

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.console import say
from briefing.errors import UsageError

EVERY_S = 60
"""How often a log is told."""

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.scale import Collection, Engine
    from briefing.scale.corpus import Report, Watch


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add = parser.add_argument
    add(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="folders, files, quoted globs, .jsonl(.gz|.zst), .warc(.gz), .parquet",
    )
    add("-o", "--output", required=True, metavar="FOLDER", help="points.parquet or points.jsonl")
    add("--by", choices=("shard", "date"), default="shard", help="how to partition (default shard)")
    add("--stories", action="store_true", help="also group each day's articles by event")
    add("--engine", choices=("local", "dask"), default="local", help="default: local")
    add("--scheduler", metavar="ADDRESS", help="of the Dask cluster: tcp://host:8786")
    add("--jobs", type=int, metavar="N", help="processes of the local engine (default: all cores)")
    add("--points", type=int, default=5, metavar="N", help="at most N key points (default 5)")
    add("--words", type=int, default=120, metavar="N", help="at most N words (default 120)")
    add("--method", default="briefing", metavar="NAME", help="how to choose (default: briefing)")
    parser.set_defaults(ratio=None, language=None)  # what `summarise` asks besides
    add("--progress", action="store_true", help="a line a minute where there is no terminal")
    add("--zone", default="UTC", metavar="ZONE", help="zone of times that name none (default UTC)")


def run(args: argparse.Namespace) -> int:
    """Summarise the collection; return 1 when any unit could not be done."""
    from briefing import scale
    from briefing.cli.summarise import plan_of

    plan = plan_of(args)
    collection = scale.Collection(args.inputs)
    _keep_apart(args.output, [*args.inputs, *collection.inputs])
    with _engine(args) as engine, _watch(collection, lines=args.progress) as watch:
        shards = scale.Shards(Path(args.output), by_date=args.by == "date")
        work = scale.summarise_and_print if args.stories else scale.summarise_batch
        task = scale.Task(plan=plan, work=work)
        report = scale.run(collection, shards, task=task, engine=engine, watch=watch)
        if args.stories and report.articles:
            scale.group_days(shards.folder, engine)
    said = _told(report, args)
    if said:
        say(said)
    return 1 if report.failures or not report.articles else 0


def _told(report: "Report", args: argparse.Namespace) -> str:
    """Return how the run ended: what went wrong, and for a terminal what was done."""
    if not report.articles and not report.failures:
        return (
            f"no article was found in {', '.join(args.inputs)}; give folders or files of texts, "
            "pages or feeds, or .jsonl, .warc or .parquet. Nothing was written"
        )
    found = []
    if sys.stderr.isatty():
        found.append(f"{_counted(report.articles, 'article')} in {args.output}")
    if report.failures:
        where = Path(args.output) / "_failures"
        found.append(f"{_counted(report.failures, 'unit')} failed: {where} says why")
    return "; ".join(found)


def _counted(count: int, thing: str) -> str:
    """Return a number of things in words.

    >>> _counted(1, "article"), _counted(12_000, "unit")
    ('1 article', '12,000 units')
    """
    return f"{count:,} {thing}{'s' * (count != 1)}"


def _keep_apart(output: str, inputs: "Sequence[str]") -> None:
    """Refuse an output within an input: a run that goes on would read what it wrote.

    Raises:
        UsageError: It lies there.
    """
    target = Path(output).resolve()
    for name in inputs:
        folder = Path(name).resolve()
        if target == folder or (folder.is_dir() and target.is_relative_to(folder)):
            raise UsageError(f"{output} lies within the input {name}; choose a place outside it")


def _engine(args: argparse.Namespace) -> "Engine":
    """Return where the work is done."""
    from briefing import scale

    if args.engine == "dask":
        if not args.scheduler:
            raise UsageError("--engine dask needs --scheduler tcp://host:8786")
        return scale.DaskEngine(args.scheduler)
    if args.scheduler:
        raise UsageError("--scheduler is for --engine dask; add that, or leave it out")
    if args.jobs is not None and args.jobs < 1:
        raise UsageError(f"--jobs must be at least 1, not {args.jobs}")
    return scale.SerialEngine() if args.jobs == 1 else scale.LocalEngine(args.jobs)


@contextmanager
def _watch(collection: "Collection", *, lines: bool) -> "Iterator[Watch]":
    """Show units, rate and time left on a terminal; elsewhere nothing, or a line a minute."""
    if not sys.stderr.isatty():
        yield _told_in_lines() if lines else lambda _units, _share: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    begun = time.monotonic()
    columns = (
        TextColumn("{task.fields[units]:,} units"),
        BarColumn(),
        TextColumn("{task.fields[rate]:,.0f}/s"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("corpus", total=1.0, units=0, rate=0.0)

        def watch(units: int, share: float) -> None:
            rate = units / max(time.monotonic() - begun, 1e-9)
            bar.update(task, completed=share, units=units, rate=rate)

        yield watch
        bar.update(task, completed=collection.fraction())


def _told_in_lines() -> "Watch":
    """Return what says once a minute, and at the end, how far the run has come."""
    begun = told = time.monotonic()

    def watch(units: int, share: float) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= EVERY_S or share >= 1:
            told = now
            say(progress_line(units, share, elapsed_s=now - begun))

    return watch


def progress_line(units: int, share: float, *, elapsed_s: float) -> str:
    """Return how far a run has come, in a line for a log.

    >>> progress_line(12_000, 0.25, elapsed_s=60)
    '12,000 units, 25 % of the input, 200 a second, 0:03:00 left'
    """
    left = timedelta(seconds=round(elapsed_s * (1 - share) / max(share, 1e-9)))
    rate = units / max(elapsed_s, 1e-9)
    read = f"{100 * share:.0f} % of the input"
    return f"{units:,} units, {read}, {rate:,.0f} a second, {left} left"
