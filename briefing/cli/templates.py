"""`briefing templates`: list the looks, copy one to change, check one of your own."""

import argparse
import shlex
import shutil
from pathlib import Path

from briefing.errors import BriefingError, TemplateError, UsageError
from briefing.render.safe import one_line


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    commands = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    commands.add_parser("list", help="print the name of each look and what it is for")
    new = commands.add_parser("new", help="copy a look into a folder of your own")
    new.add_argument("folder", metavar="NAME", type=Path, help="the folder to make")
    new.add_argument("--like", default="daily", metavar="LOOK", help="what to copy (default daily)")
    check = commands.add_parser("check", help="try a template folder on invented articles")
    check.add_argument("folder", metavar="PATH", type=Path, help="the folder to check")


def run(args: argparse.Namespace) -> int:
    """Do what was asked; errors of a template name its file and line."""
    actions = {"list": _list, "new": _new, "check": _check}
    actions[args.action](args)
    return 0


def _list(_: argparse.Namespace) -> None:
    """Print each look: name, what it takes, what it is for."""
    from briefing.render import looks

    for name in looks.names():
        try:
            look = looks.find(name)
        except BriefingError as error:
            print(f"{name:12} broken: {one_line(str(error))}")
        else:
            print(f"{name:12} {look.takes:10} {look.description}")


def _new(args: argparse.Namespace) -> None:
    """Copy a look into a folder that does not exist yet."""
    from briefing.render import looks

    if args.folder.exists():
        raise UsageError(f"{args.folder} exists already; choose another name")
    source = looks.find(args.like).folder
    try:
        shutil.copytree(source, args.folder)
    except OSError as error:
        raise BriefingError(f"{args.folder} could not be made: {error.strerror}") from error
    print(f"{one_line(str(args.folder))} is a copy of {args.like}: change it, then try it with")
    print(f"  briefing templates check {one_line(shlex.quote(str(args.folder)))}")


def _check(args: argparse.Namespace) -> None:
    """Compile every template of a folder, and print invented articles with it in both faces."""
    from briefing import render
    from briefing.render import looks, page, specimen

    if not args.folder.is_dir():
        raise UsageError(f"there is no folder {args.folder}; `briefing templates new` makes one")
    look = looks.find(args.folder)
    page.compiles(look)
    thing = specimen.edition() if look.takes == "edition" else specimen.summary()
    html = render.html(thing, template=args.folder, compiled=specimen.COMPILED, zone="UTC")
    pdf = render.pdf(thing, template=args.folder, compiled=specimen.COMPILED, zone="UTC")
    if "data-point" not in html and "data-clip" not in html:
        raise TemplateError(
            f"{args.folder}: the page marks no point with data-point, by which readers' tools and "
            "`briefing verify` find them; copy parts/points.html.jinja's way"
        )
    sizes = f"HTML {len(html):,} characters, PDF {len(pdf):,} bytes"
    print(f"{one_line(str(args.folder))} is sound: {sizes}")
