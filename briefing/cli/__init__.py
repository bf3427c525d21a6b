"""The command line: a table of commands, each a thin face of one function of the API.

Only the module of the command that was asked for is imported, so `briefing --help` stays quick.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from briefing.cli.console import open_closed_streams, say
from briefing.errors import BriefingError, UsageError

COMMANDS = {
    "summarise": "print or write the key points of articles",
    "init": "write a commented briefing.toml to begin with",
    "daily": "make the daily edition: many sources in, one accountable document out",
    "publish": "sign an edition off",
    "archive": "list, show, export and prune editions, and the ledger of rights",
    "explain": "show each sentence's fate: chosen, repaired, redundant or not body, and why",
    "corpus": "summarise collections, on every core or on a cluster",
    "templates": "list the looks, copy one to change, check one of your own",
    "verify": "check a finished edition against itself and its sources",
    "check-sources": "find what an edition printed and its sources no longer say",
}
"""Name of each command, and what it does. `check-sources` lives in `cli/check_sources.py`."""

_HINT = "Try `briefing summarise article.txt`, or `briefing --help` for all commands."


class Parser(argparse.ArgumentParser):
    """An argument parser that answers a mistake with one helpful sentence."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and what to do, and end with exit code 2."""
        from briefing.render.safe import one_line  # an argument may be a stranger's file name

        self.exit(2, f"{self.prog}: {one_line(message)}. Try `{self.prog} --help`.\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    0: done. 1: something was not done, said on stderr. 2: wrong usage. 3: nothing is wrong, but not
    all could be checked (`verify`, `check-sources`).
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    debug = "--debug" in arguments
    open_closed_streams()
    try:
        return _run(arguments)
    except BriefingError as error:
        if debug:
            raise
        say(str(error))
        return 2 if isinstance(error, UsageError) else 1
    except KeyboardInterrupt:
        say("stopped; nothing half-written was left")
        return 130
    except BrokenPipeError:  # the reader of the pipe has enough
        return _unprinted(0)
    except OSError as error:
        if debug or error.filename is not None:
            raise
        # No file's name: standard output is what could not be written.
        say(f"what was to be printed could not be written: {error.strerror}")
        return _unprinted(1)


def _run(arguments: list[str]) -> int:
    """Run the command that was asked for, all of its output written, and return its exit code.

    Raises:
        UsageError: Nothing was asked for.
    """
    if not arguments:
        raise UsageError(f"say what to do. {_HINT}")
    args = _parse([a for a in arguments if a != "--debug"])
    code = int(args.run(args))
    sys.stdout.flush()
    return code


def _unprinted(code: int) -> int:
    """Return *code*, standard output closed off so that nothing complains of it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _parse(arguments: list[str]) -> argparse.Namespace:
    """Return the parsed arguments, with `run` set to the command's function."""
    parser = Parser(
        prog="briefing",
        description="Briefings one can check: the key points of news articles, in their own words.",
        epilog="`briefing COMMAND --help` says what a command takes.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and stop")
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    asked = next((a for a in arguments if not a.startswith("-")), None)
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary.capitalize() + ".")
        if name == asked:
            module = importlib.import_module(f"briefing.cli.{name.replace('-', '_')}")
            module.configure(command)
            command.set_defaults(run=module.run)
    args, unknown = parser.parse_known_args(arguments)
    if args.command is None:
        parser.error("no command was given")
    if unknown:
        commands.choices[args.command].error(f"it takes no {' '.join(unknown)}")
    return args


class _Version(argparse.Action):
    """Print the version, looked up only when asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> NoReturn:
        from importlib.metadata import version

        print(f"briefing {version('briefing')}")
        parser.exit()
