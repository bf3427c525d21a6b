"""`briefing publish`: record who signed an edition off."""

import argparse
import sys
from pathlib import Path

from briefing.errors import UsageError


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add = parser.add_argument
    add("edition", nargs="?", help="its folder (default: the latest of the archive)")
    add("--by", required=True, metavar="NAME", help="who signs it off")
    add("--config", metavar="FILE", help="default: briefing.toml of this folder")


def run(args: argparse.Namespace) -> int:
    """Sign the edition off and make its faces anew."""
    from briefing.config import load
    from briefing.daily import publish

    name = args.by.strip()
    if not name or not name.isprintable():
        raise UsageError(f"--by must be a name, not {args.by!r}")
    config = load(Path(args.config) if args.config else None)
    made = publish(config, by=name, folder=Path(args.edition) if args.edition else None)
    print(f"{made.folder}: signed off by {name} as edition {made.edition.id}")
    for line in made.missing:
        print(f"briefing: {line}", file=sys.stderr)
    return 1 if made.missing else 0
