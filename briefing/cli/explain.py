"""`briefing explain`: what became of each sentence of an article, and why."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from briefing.cli import summarise
from briefing.cli.console import say
from briefing.errors import UsageError
from briefing.explain import Passage, passages, tally
from briefing.model import Failure, Fate, Source, Summary
from briefing.render.safe import one_line, printable

FORMATS = ("text", "html")
_ENDINGS = {".txt": "text", ".html": "html", ".htm": "html"}
_WIDTH = 100
"""Columns of a sentence shown in the terminal; the rest of it is cut, visibly."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add = parser.add_argument
    add("inputs", nargs="+", metavar="FILE", help="files or folders; `-` reads standard input")
    add("--format", choices=FORMATS, help="default: by the name of -o, else text")
    add("-o", "--output", metavar="FILE", help="write here instead of to standard output")
    add("--points", type=int, default=5, metavar="N", help="at most N key points (default 5)")
    add("--words", type=int, default=120, metavar="N", help="at most N words (default 120)")
    add("--ratio", type=float, metavar="R", help="at most this share of the sentences")
    add("--method", default="briefing", metavar="NAME", help="how to choose (default: briefing)")
    add("--zone", default="UTC", metavar="ZONE", help="zone of times that name none (default UTC)")
    add("--language", metavar="CODE", help="ISO 639-1 (default: told from the text)")


def run(args: argparse.Namespace) -> int:
    """Explain each article of the inputs; return 1 when any could not be read."""
    _format(args)
    outcomes = list(_outcomes(args))
    failures = [o for o in outcomes if isinstance(o, Failure)]
    for failure in failures:
        say(f"{failure.ref}: {failure.message}")
    if not outcomes:
        say(summarise.nothing_in(args.inputs))
    summaries = [o for o in outcomes if isinstance(o, Summary)]
    if summaries:
        _write(_face(summaries, args), args.output)
    return 1 if failures or not summaries else 0


def _face(summaries: list[Summary], args: argparse.Namespace) -> str:
    """Return the fates in the format asked for, told from the output's name where it is not."""
    return page(summaries) if _format(args) == "html" else "\n".join(map(text, summaries))


def _format(args: argparse.Namespace) -> str:
    """Return the format asked for, or told from the output's name."""
    return args.format or summarise.ending(args.output, _ENDINGS)


def _outcomes(args: argparse.Namespace) -> Iterable[Summary | Failure]:
    """Return the summary of each article of the inputs, or why there is none."""
    from briefing.pipeline import summarise_all
    from briefing.sources import gather

    plan = summarise.plan_of(args)
    sources: Iterable[Source | Failure] = gather(args.inputs, stdin=sys.stdin.buffer)
    return summarise_all(sources, plan)


def text(summary: Summary) -> str:
    """Return the fates for a terminal: one line a sentence, its reasons below it."""
    article = summary.article
    lines = [one_line(article.title or article.ref)]
    if article.kind_reason:
        lines.append(one_line(article.kind_reason))
    lines += ["", _tally(summary), ""]
    for passage in passages(summary):
        if passage.fate is not None:
            lines += _lines(passage)
    return "\n".join(lines) + "\n"


def _tally(summary: Summary) -> str:
    """Return how many met each fate, in one line."""
    counts = tally(summary)
    names = {
        Fate.CHOSEN: "chosen",
        Fate.REPAIRED: "chosen and repaired",
        Fate.REDUNDANT: "told by a chosen one",
        Fate.NOT_CHOSEN: "not chosen",
        Fate.NOT_BODY: "not body",
    }
    return " · ".join(f"{counts[fate]} {name}" for fate, name in names.items())


def _lines(passage: Passage) -> Iterator[str]:
    """Yield a passage's lines for the terminal."""
    shown = one_line(passage.text)
    cut = shown if len(shown) <= _WIDTH else f"{shown[: _WIDTH - 1]}…"
    score = "" if passage.score is None else f"  {passage.score:.2f}"
    yield f"[{passage.verdict}]{score}  {cut}"
    if passage.reasons:
        yield f"      {one_line('; '.join(passage.reasons))}"
    if passage.shown:
        yield f"      printed: {one_line(passage.shown)}"


def page(summaries: list[Summary]) -> str:
    """Return one HTML page with the whole text of each article, the points marked in place.

    All of an article's text is escaped and made visible; the page runs no script and loads
    nothing.
    """
    title = one_line(summaries[0].article.title or summaries[0].article.ref)
    body = "\n".join(_article(s) for s in summaries)
    return _PAGE.format(title=escape(title), style=_STYLE, body=body)


def _article(summary: Summary) -> str:
    """Return one article's part of the page."""
    article = summary.article
    heading = escape(printable(one_line(article.title or article.ref)))
    note = (
        f"<p class=note>{escape(one_line(article.kind_reason))}</p>" if article.kind_reason else ""
    )
    points = "".join(_point(summary, n) for n in range(len(summary.points)))
    marked = "".join(map(_marked, passages(summary)))
    return (
        f"<article><h1>{heading}</h1>{note}<p class=note>{escape(_tally(summary))}</p>"
        f"<ol class=points>{points}</ol><div class=text>{marked}</div></article>"
    )


def _point(summary: Summary, index: int) -> str:
    """Return one point as the briefing prints it, with a link to its place in the text."""
    point = summary.points[index]
    said = f" <cite>{escape(printable(point.speaker))}</cite>" if point.speaker else ""
    why = escape("; ".join(point.reasons))
    return (
        f'<li><b>{escape(printable(point.label))}</b> <a href="#s{point.sentences[0].start}">'
        f"{escape(printable(point.text))}</a>{said} <small>{why}</small></li>"
    )


def _marked(passage: Passage) -> str:
    """Return a passage as it stands in the page."""
    shown = escape(printable(passage.text))
    if passage.fate is None:
        return shown
    score = "" if passage.score is None else f" ({passage.score:.2f})"
    why = escape(one_line("; ".join([passage.verdict + score, *passage.reasons])))
    name = passage.fate.value
    number = ""
    if passage.fate in (Fate.CHOSEN, Fate.REPAIRED):
        number = f"<sup>{passage.point}</sup>"
    return f'<span id="s{passage.start}" class="{name}" title="{why}">{number}{shown}</span>'


_STYLE = """
body { font: 1.05rem/1.5 Georgia, serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem;
       color: #1a1a1a; background: #fff }
h1 { font-size: 1.4rem; line-height: 1.2 }
small, .note { color: #555; font: .8rem/1.4 system-ui, sans-serif }
.points a { color: inherit }
.text { white-space: pre-wrap; overflow-wrap: anywhere; border-top: 1px solid #ccc;
        padding-top: 1rem }
.chosen, .repaired { background: #fff1a8 }
.repaired { border-bottom: 2px dotted #b36b00 }
.redundant { border-bottom: 1px solid #b9a94a }
.not-body { color: #767676; font-style: italic }
sup { font-weight: bold; padding-right: .15em }
span:target { outline: 2px solid #b36b00 }
"""

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def _write(face: str, output: str | None) -> None:
    """Write to the file whole or not at all, or to standard output."""
    body = face.encode("utf-8", "replace")
    if output and output != "-":
        from briefing.atomic import write

        if Path(output).is_dir():
            raise UsageError(f"{output} is a folder; name a file: -o explain.html")
        write(Path(output), body)
        return
    sys.stdout.buffer.write(body)
    sys.stdout.flush()
