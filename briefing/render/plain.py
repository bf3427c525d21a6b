"""Faces without pictures: Markdown, and text for a terminal or the plain half of a mail."""

import re

from briefing.model import KeyPoint, Summary
from briefing.render import safe, times, view, wording

WIDTH = 78
"""Columns of a line of plain text: what every terminal and mail program shows unwrapped."""

# Characters that Markdown or inline HTML could take for its own. A full stop or bracket after a
# number and a dash at the start of a line are markup only there.
_MARKUP = re.compile(r"([\\`*_\[\]<>&|~#$])")
_OPENING = re.compile(r"^(\s*)([-+=]|\d{1,9}[.)])")


def text(summary: Summary, *, zone: str = "UTC") -> str:
    """Return the key points for a terminal: one line or paragraph each, and nothing hidden."""
    shown = view.article(summary)
    lines = [*wrapped(shown.title), *wrapped(meta(shown, zone)), *wrapped(embargo(summary, zone))]
    if shown.note:
        return "\n".join([*lines, "", *wrapped(shown.note), ""])
    for number, point in enumerate(shown.points, 1):
        lines += ["", *_point(point.point, number)]
    return "\n".join([*lines, ""])


def markdown(summary: Summary, *, zone: str = "UTC") -> str:
    """Return the key points as Markdown, every character of the article's standing for itself."""
    shown = view.article(summary)
    link = safe.link(shown.article.url)
    title = escaped(shown.title)
    heading = f"[{title}]({address(link)})" if link else title
    lines = [f"# {heading}", "", escaped(meta(shown, zone)), ""]
    if embargo(summary, zone):
        lines += [f"**{escaped(embargo(summary, zone))}**", ""]
    if shown.note:
        lines += [f"*{escaped(shown.note)}*", ""]
    for number, point in enumerate(shown.points, 1):
        lines += [*markdown_point(point.point, number), ""]
    return "\n".join(lines)


def meta(shown: view.ArticleView, zone: str) -> str:
    """Return outlet, authors, times and length of an article in one line."""
    of = shown.article
    parts = [
        # An article without a title goes by its file already.
        safe.one_line(of.publisher or (of.ref if of.title else "")),
        safe.one_line(", ".join(of.authors)),
        times.published(of, zone),
        f"updated {times.moment(of.updated, zone)}" if of.updated else "",
        wording.length(shown.words),
    ]
    return " · ".join(part for part in parts if part)


def embargo(summary: Summary, zone: str) -> str:
    """Return until when the article is not to be published, empty when its agency does not say."""
    rights = summary.article.rights
    if rights is None or rights.embargo is None:
        return ""
    return f"Embargo until {times.moment(rights.embargo, zone)}: not to be published before."


def wrapped(line: str, *, indent: str = "", first: str | None = None) -> list[str]:
    """Return *line*, made visible, in lines of at most `WIDTH` columns; long words stay whole.

    >>> wrapped("A point.", indent="   ", first="1. ")
    ['1. A point.']
    >>> wrapped("word " * 20, indent="  ")[1]
    '  word word word word word'
    """
    words, begun = safe.one_line(line), indent if first is None else first
    lines, start = list[str](), 0
    while len(words) - start > WIDTH - len(begun):
        cut = words.rfind(" ", start, start + WIDTH - len(begun) + 1)
        if cut < 0:  # a word longer than the line
            cut = words.find(" ", start)
        if cut < 0:
            break
        lines.append(begun + words[start:cut])
        start, begun = cut + 1, indent
    return [*lines, begun + words[start:]] if words else []


def escaped(line: str) -> str:
    r"""Return *line* as Markdown that shows exactly its visible characters.

    >>> escaped("*Not* <b>bold</b> [x](javascript:1)")
    '\\*Not\\* \\<b\\>bold\\</b\\> \\[x\\](javascript:1)'
    >>> escaped("1. May was wet")
    '1\\. May was wet'
    """
    shown = _MARKUP.sub(r"\\\1", safe.one_line(line))
    opened = _OPENING.match(shown)  # `sub` would look for a beginning at every letter
    return f"{shown[: opened.end() - 1]}\\{shown[opened.end() - 1 :]}" if opened else shown


def markdown_point(point: KeyPoint, number: int, outlet: str | None = None) -> list[str]:
    """Return a point as an item of a numbered list."""
    item = f"{number}. **{escaped(point.label)}:** " if point.label else f"{number}. "
    source = escaped(credit(point, outlet))
    return [item + escaped(point.text) + (f" *{source}*" if source else "")]


def credit(point: KeyPoint, outlet: str | None = None) -> str:
    """Return who said a point and which outlet printed it, as every face shows it.

    >>> said = KeyPoint(label="Pier", text="…", sentences=(), speaker="Ottoline Marsh")
    >>> credit(said), credit(said, "Newline")
    ('— Ottoline Marsh', '— Ottoline Marsh · Newline')
    """
    parts = [part for part in (point.speaker, outlet) if part]
    return f"— {' · '.join(parts)}" if point.speaker else " · ".join(parts)


def _point(point: KeyPoint, number: int) -> list[str]:
    """Return a point as lines of plain text: label, words, speaker."""
    indent = " " * (len(str(number)) + 2)
    source = credit(point)
    return [
        *wrapped(point.label or "Key point", indent=indent, first=f"{number}. "),
        *wrapped(point.text, indent=indent),
        *(wrapped(source, indent=indent) if source else ()),
    ]


def address(link: str) -> str:
    """Return an address as Markdown takes it between round brackets."""
    return link.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")
