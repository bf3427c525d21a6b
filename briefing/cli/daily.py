"""`briefing daily`: many sources in, one accountable edition out."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.cli.console import clock, progress, refuse_missing
from briefing.errors import UsageError

if TYPE_CHECKING:
    from briefing.config import Config
    from briefing.daily import Made, Request, Tools
    from briefing.edition import Edition
    from briefing.model import Source
    from briefing.scale.engines import Answer

FEW = 40
"""Up to so many sources are read in this process: starting others takes as long as reading them."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add = parser.add_argument
    add("inputs", nargs="*", metavar="SOURCE", help="files, folders, feeds, addresses (default: "
        "the sources of briefing.toml)")  # fmt: skip
    add(
        "-o", "--output", metavar="FILE", help="write one face here, too: .pdf .html .json .md .eml"
    )
    add("--since", metavar="TIME", help="how far back to look: 1d, 24h, 90m (default 1d)")
    add("--title", metavar="TEXT", help="of the edition")
    add("--now", metavar="TIME", help="the cut-off (default: the clock)")
    add("--config", metavar="FILE", help="default: briefing.toml of this folder, when there is one")
    add("--out", metavar="FOLDER", help="where editions go (default: editions)")
    add("--draft", action="store_true", help="write edition.toml, too, for an editor to change")
    add("--fetch", action="store_true", help="ask the network: feeds, addresses, pages of teasers")


def run(args: argparse.Namespace) -> int:
    """Make the edition; return 1 when any source or unit failed, or an edit no longer fits."""
    from briefing.daily import make

    request = _request(args)
    with _tools(request) as tools:
        made = make(request, tools)
    return _report(made)


def _request(args: argparse.Namespace) -> "Request":
    """Return what the options and the configuration ask for."""
    from briefing.config import load
    from briefing.daily import Request, face_of

    refuse_missing(args.inputs)
    config = _changed(load(Path(args.config) if args.config else None), args)
    inputs = args.inputs or [_beside(config, source) for source in config.sources]
    if not inputs:
        raise UsageError("say what to read, or name sources in briefing.toml (briefing init)")
    output = Path(args.output) if args.output else None
    if output is not None:
        face_of(output)
    return Request(
        config=config,
        now=clock(args.now),
        inputs=tuple(inputs),
        output=output,
        draft=args.draft,
        past=args.now is not None,
    )


def _changed(config: "Config", args: argparse.Namespace) -> "Config":
    """Return the configuration with what the command line says instead, checked alike."""
    from briefing.config import check
    from briefing.toml import Toml

    said = {"since": args.since, "title": args.title, "fetch": args.fetch or None}
    said["out"] = str(Path(args.out).resolve()) if args.out else None
    values = {key: value for key, value in said.items() if value is not None}
    if not values:
        return config
    check(Toml(name="the command line", values=values, lines={}), folder=Path())
    return config.model_copy(update=values)


def _beside(config: "Config", source: str) -> str:
    """Return a source of the configuration: an address, or a path beside the file."""
    return source if "://" in source else str(config.path(source))


@contextmanager
def _tools(request: "Request") -> Iterator["Tools"]:
    """Yield what the run reaches the world by."""
    from briefing.daily import Tools

    config = request.config
    with ExitStack() as stack:
        fetcher = None
        if config.fetch:
            from ipaddress import ip_network

            from briefing.fetch import FetchLimits, WebFetcher

            networks = tuple(ip_network(network) for network in config.allow_networks)
            cache = config.path(config.archive).with_name("http-cache.sqlite")
            limits = FetchLimits(networks=networks)
            fetcher = stack.enter_context(WebFetcher(limits=limits, cache=cache))
        yield Tools(fetcher=fetcher, map=_map)


def _map(function: Callable[[Any], Any], things: Iterable[Any]) -> Iterator[Any]:
    """Apply *function* to each thing, on every core when there are many, showing progress."""
    listed = list(things)
    if len(listed) <= FEW:
        yield from progress(map(function, listed), "reading")
        return
    from briefing.scale.engines import LocalEngine, ordered

    with LocalEngine() as engine:
        answers = ordered(engine, listed, lambda thing: engine.submit(function, thing))
        yield from progress((_outcome(thing, answer) for thing, answer in answers), "reading")


def _outcome(source: "Source", answer: "Answer") -> Any:
    """Return what a process answered; a source that no process survives is one failure."""
    from briefing.model import Failure
    from briefing.scale.engines import WorkerLost

    try:
        return answer.result()
    except WorkerLost:
        message = "reading it ended the process twice; the rest is read, please report this file"
        return (Failure(ref=source.ref, stage="read", message=message),)


def _report(made: "Made") -> int:
    """Say what was made and what was not, and return the exit code."""
    from briefing.edition import UnitFate

    edition, account = made.edition, made.edition.account
    printed, merged, dropped = (account.count(fate) for fate in UnitFate)
    stories = "story" if len(edition.stories) == 1 else "stories"
    place = _visible(str(made.folder))
    held = "no edition" if edition.unread else f"{len(edition.stories)} {stories}"
    print(f"{place}: {held}; {len(account.units)} in = "
          f"{printed} printed + {merged} merged + {dropped} dropped")  # fmt: skip
    said = [f"{failure.ref}: {failure.message}" for failure in edition.failures]
    for line in (*said, *made.missing, *made.stale, *made.warnings, *_teasers(edition)):
        print(f"briefing: {_visible(line)}", file=sys.stderr)
    return 1 if edition.failures or edition.unread or made.missing or made.stale else 0


def _teasers(edition: "Edition") -> Iterator[str]:
    """Yield how to get the texts of a day on which nothing but teasers came in."""
    count = edition.account.teasers
    if count and not edition.stories:
        held = "item was a teaser" if count == 1 else "items were teasers"
        yield f"{count} {held} without full text; --fetch asks for their pages"


def _visible(line: str) -> str:
    """Return *line* with nothing in it that a terminal would obey: names are strangers' words."""
    return "".join(c if c.isprintable() else "�" for c in line)
