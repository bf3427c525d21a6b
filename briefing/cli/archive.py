"""`briefing archive`: list, show, export and prune editions, and the ledger of rights."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.console import say
from briefing.errors import UsageError

if TYPE_CHECKING:
    from briefing.archive import Archive


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--config", metavar="FILE", help="default: briefing.toml of this folder")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="list the editions, the latest first")
    show = actions.add_parser("show", help="print an edition as Markdown")
    export = actions.add_parser("export", help="print an edition as JSON")
    for one in (show, export):
        one.add_argument("edition", nargs="?", help="its id, or how its id begins: 2026-03-04 "
            "(default: the latest)")  # fmt: skip
    prune = actions.add_parser("prune", help="forget old editions, and what they printed")
    prune.add_argument("--before", required=True, metavar="DAY", help="the first day to keep")
    rights = actions.add_parser("rights", help="print the words taken of each article")
    rights.add_argument("--from", dest="first", required=True, metavar="DAY")
    rights.add_argument("--to", dest="last", required=True, metavar="DAY", help="included")
    rights.add_argument("--format", choices=("csv", "json"), default="csv")
    for one in actions.choices.values():
        # Said before or after the action, as it comes to mind.
        one.add_argument(
            "--config", metavar="FILE", default=argparse.SUPPRESS, help=argparse.SUPPRESS
        )


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    from briefing.archive import Archive
    from briefing.config import load

    config = load(Path(args.config) if args.config else None)
    archive = Archive(config.path(config.archive))
    if args.action == "prune":
        return _prune(archive, args)
    actions = {"list": _list, "show": _show, "export": _export, "rights": _rights}
    # Bytes, for the ledger's lines end in CR LF and no terminal's encoding may change a word.
    sys.stdout.flush()
    sys.stdout.buffer.write(actions[args.action](archive, args).encode())
    sys.stdout.flush()
    return 0


def _list(archive: "Archive", _args: argparse.Namespace) -> str:
    """Return a line for each edition; of an empty archive, that there is none."""
    entries = archive.entries()
    if not entries:
        say(f"the archive {archive.path} holds no edition yet; run briefing daily")
    return "".join(
        f"{e.id}  {e.cutoff:%Y-%m-%d %H:%M} UTC  no. {e.number}  "
        f"{e.stories} {'story' if e.stories == 1 else 'stories'}  {e.title}\n"
        for e in entries
    )


def _show(archive: "Archive", args: argparse.Namespace) -> str:
    """Return an edition as Markdown."""
    from briefing import render

    return render.markdown(archive.edition(_named(archive, args)))


def _export(archive: "Archive", args: argparse.Namespace) -> str:
    """Return an edition as JSON."""
    from briefing.codec import dump_edition

    return dump_edition(archive.edition(_named(archive, args)))


def _named(archive: "Archive", args: argparse.Namespace) -> str:
    """Return the id of the edition asked for, or of the latest."""
    entries = () if args.edition else archive.entries()
    return entries[0].id if entries else args.edition or ""


def _rights(archive: "Archive", args: argparse.Namespace) -> str:
    """Return the ledger of the days asked for."""
    from briefing.rights import ledger_csv, ledger_json, takings

    first, last = _day(args.first), _day(args.last)
    if first > last:
        raise UsageError(f"--from {first} is later than --to {last}")
    editions = archive.editions(first=first, last=last)
    ledger = [taking for edition in editions for taking in takings(edition)]
    return ledger_json(ledger) if args.format == "json" else ledger_csv(ledger)


def _prune(archive: "Archive", args: argparse.Namespace) -> int:
    """Forget editions, and say how many."""
    from briefing import lock

    with lock.hold(archive.lock):
        gone = archive.prune(before=_day(args.before))
    print(f"{gone} edition{'s' * (gone != 1)} forgotten; the files of editions are left alone")
    return 0


def _day(text: str) -> date:
    """Return a day of the calendar."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a day; write 2026-03-04") from error
