"""`briefing publish`: record who signed an edition off, or withdraw that."""

import argparse
from pathlib import Path

from briefing.cli.console import say
from briefing.errors import UsageError


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add = parser.add_argument
    add("edition", nargs="?", help="its folder (default: the latest of the archive)")
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--by", metavar="NAME", help="who signs it off")
    who.add_argument("--withdraw", action="store_true", help="take the name off it again")
    add("--config", metavar="FILE", help="default: briefing.toml of this folder")


def run(args: argparse.Namespace) -> int:
    """Sign the edition off, or withdraw that, and make its faces anew."""
    from briefing.config import load
    from briefing.daily import publish
    from briefing.render.safe import one_line

    name = None if args.withdraw else args.by.strip()
    if name is not None and not (name and name.isprintable()):
        raise UsageError(f"--by must be a name, not {args.by!r}")
    config = load(Path(args.config) if args.config else None)
    made = publish(config, by=name, folder=Path(args.edition) if args.edition else None)
    done = f"signed off by {name} as" if name else "no longer signed off, and again"
    print(f"{one_line(str(made.folder))}: {done} edition {made.edition.id}")
    for line in made.missing:
        say(line)
    return 1 if made.missing else 0
