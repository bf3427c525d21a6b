"""`briefing init`: a commented briefing.toml to begin with."""

import argparse
from pathlib import Path

from briefing.errors import UsageError


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("folder", nargs="?", default=".", help="where to (default: here)")


def run(args: argparse.Namespace) -> int:
    """Write briefing.toml, unless there is one."""
    from briefing.atomic import write
    from briefing.config import NAME, starter

    path = Path(args.folder) / NAME
    if path.exists():
        raise UsageError(f"{path} is there already; nothing was changed")
    write(path, starter().encode())
    print(f"{path} is written: say in it what to read, then run `briefing daily`")
    return 0
