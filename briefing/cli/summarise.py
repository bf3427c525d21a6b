"""`briefing summarise`: the key points of single articles."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import cast

from briefing.cli.console import clock, progress, say
from briefing.errors import UsageError
from briefing.model import Failure, Plan, Source, Summary

FORMATS = ("text", "markdown", "html", "pdf", "json")
DEFAULT_LOOK = "single"
_ENDINGS = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".json": "json",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add = parser.add_argument
    add("inputs", nargs="+", metavar="FILE", help="files or folders; `-` reads standard input")
    add("--format", choices=FORMATS, help="default: by the name of -o, else text")
    add("-o", "--output", metavar="FILE", help="write here instead of to standard output")
    add("--points", type=int, default=5, metavar="N", help="at most N key points (default 5)")
    add("--words", type=int, default=120, metavar="N", help="at most N words (default 120)")
    add(
        "--ratio", type=float, metavar="R", help="at most this share of the sentences, above 0 to 1"
    )
    add("--method", default="briefing", metavar="NAME", help="how to choose (default: briefing)")
    add("--template", default=DEFAULT_LOOK, metavar="NAME", help="a look, or the path of a folder")
    add("--zone", default="UTC", metavar="ZONE", help="zone of times that name none (default UTC)")
    add("--language", metavar="CODE", help="two letters of ISO 639-1, whatever the "
        "text says (default: told from the text)")  # fmt: skip
    add("--now", metavar="TIME", help="the time to print as compiled-at (default: the clock)")


def run(args: argparse.Namespace) -> int:
    """Summarise each input; return 1 when any could not be read."""
    plan, chosen = plan_of(args), _format(args)
    args.template = _look(args.template)
    outcomes = list(_outcomes(args.inputs, plan))
    failures = [o for o in outcomes if isinstance(o, Failure)]
    for failure in failures:
        say(f"{failure.ref}: {failure.message}")
    if not outcomes:
        say(nothing_in(args.inputs))
    for summary in outcomes:
        if isinstance(summary, Summary):
            _warn(summary, zone=args.zone)
    if len(failures) < len(outcomes) or chosen == "json":
        _write(_render(outcomes, args=args, chosen=chosen), args.output)
    return 1 if failures or not outcomes else 0


def nothing_in(inputs: Sequence[str]) -> str:
    """Return what to say of inputs that hold no article at all, not even a spoilt one."""
    return f"there is nothing to read in {', '.join(inputs)}; put articles there, or name others"


def _warn(summary: Summary, *, zone: str) -> None:
    """Say what an agency asks of those who would print the article, whatever the clock says."""
    from briefing.clean.kinds import withdrawn
    from briefing.render.plain import embargo

    rights = summary.article.rights
    taken_back = withdrawn(rights)
    if taken_back:
        say(f"{summary.article.ref}: {taken_back}")
    elif rights and rights.embargo:
        say(f"{summary.article.ref}: {embargo(summary, zone)}")


def plan_of(args: argparse.Namespace) -> Plan:
    """Return what the options ask for, or say which of them makes no sense."""
    from briefing.summarisers import get

    for name in ("points", "words"):
        if getattr(args, name) < 1:
            raise UsageError(f"--{name} must be at least 1, not {getattr(args, name)}")
    if args.ratio is not None and not 0 < args.ratio <= 1:
        raise UsageError(f"--ratio must be above 0 and at most 1, not {args.ratio}")
    get(args.method)
    _zone(args.zone)
    return Plan(
        points=args.points,
        words=args.words,
        ratio=args.ratio,
        method=args.method,
        zone=args.zone,
        language=_language(args.language),
    )


def _language(code: str | None) -> str | None:
    """Return a language's two letters, or refuse what are none."""
    if code is None or (len(code) == 2 and code.isascii() and code.isalpha()):
        return code.lower() if code else None
    raise UsageError(f"--language must be two letters, as en, de or fr, not {code!r}")


def _look(template: str) -> str:
    """Return the look that a name or path stands for; one's own folder needs no `./`.

    Raises:
        UsageError: There is no such look; also where the format would not ask for it.
    """
    if template == DEFAULT_LOOK:
        return template
    from briefing.render import looks

    own = Path(template) / "template.toml"
    if "/" not in template and template not in looks.names() and own.is_file():
        template = f"./{template}"
    looks.find(template)
    return template


def _zone(name: str) -> None:
    """Refuse a zone that does not exist."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:
        raise UsageError(f"no time zone is called {name!r}; try Europe/London") from error


def _outcomes(inputs: list[str], plan: Plan) -> Iterator[Summary | Failure]:
    """Yield what each input gives, with progress on a terminal."""
    from briefing.pipeline import summarise_all
    from briefing.sources import gather

    sources: Iterable[Source | Failure] = gather(inputs, stdin=sys.stdin.buffer)
    yield from summarise_all(progress(sources, "summarising"), plan)


def _format(args: argparse.Namespace) -> str:
    """Return the format asked for, told from the name of the output where it is not said."""
    if args.format:
        return cast(str, args.format)
    return ending(args.output, _ENDINGS)


def ending(output: str | None, known: Mapping[str, str]) -> str:
    """Return the format that a file's name ends in, plain text without an ending.

    Raises:
        UsageError: The ending is none of those *known*.

    >>> ending("today.HTM", {".htm": "html"}), ending(None, {})
    ('html', 'text')
    """
    suffix = Path(output or "").suffix.lower()
    if suffix and suffix not in known:
        raise UsageError(
            f"{output} ends in no known format; end it in {', '.join(known)}, or say --format"
        )
    return known.get(suffix, "text")


def _render(outcomes: list[Summary | Failure], *, args: argparse.Namespace, chosen: str) -> bytes:
    """Return the finished document."""
    summaries = [o for o in outcomes if isinstance(o, Summary)]
    compiled: datetime = clock(args.now)
    if chosen == "json":
        from briefing.codec import dump_outcomes

        return dump_outcomes(outcomes).encode()
    from briefing.acquaint import told_once

    summaries = [replace(s, points=told_once(s.points)) for s in summaries]
    if chosen in ("text", "markdown"):
        from briefing import render

        face = render.text if chosen == "text" else render.markdown
        return "\n".join(face(s) for s in summaries).encode()
    from briefing import render

    make = render.pdf if chosen == "pdf" else render.html
    made = make(summaries, template=args.template, compiled=compiled, zone=args.zone)
    return made if isinstance(made, bytes) else made.encode()


def _write(document: bytes, output: str | None) -> None:
    """Write to the file whole or not at all, or to standard output."""
    if output and output != "-":
        from briefing.atomic import write

        write(Path(output), document)
        return
    if document.startswith(b"%PDF-") and sys.stdout.isatty():
        raise UsageError("a PDF is not for the terminal; say where to: -o briefing.pdf")
    sys.stdout.buffer.write(document)
    sys.stdout.flush()
