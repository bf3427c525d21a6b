"""Markdown notes: front matter for what is known of the article, the rest its text."""

import re

from briefing.model import Article, Source
from briefing.readers.decode import decode
from briefing.readers.unit import moment, unit

_FRONT = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_-]{1,40})[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
# Marks that a reader of the finished page must not see, with what stays of each.
_MARKS = (
    (re.compile(r"^ {0,3}(?:```|~~~)[^\n]*$", re.MULTILINE), ""),
    (re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)"), ""),
    (re.compile(r"(?<!!)\[([^\]\n]{1,500})\]\([^)\n]{0,2000}\)"), r"\1"),
    (re.compile(r"^ {0,3}#{1,6}[ \t]+", re.MULTILINE), ""),
    (re.compile(r"^ {0,3}>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"^ {0,3}(?:[*+-]|\d{1,3}[.)])[ \t]+", re.MULTILINE), ""),
    (re.compile(r"^ {0,3}(?:[*_-][ \t]*){3,}$", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__)(?=\S)([^\n*_]{1,500})(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])([*_])(?=\S)([^\n*_]{1,500})(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"`([^`\n]{1,500})`"), r"\1"),
)


def read(source: Source) -> tuple[Article, ...]:
    """Return the one article of a Markdown file, its marks taken off.

    Front matter (`title`, `author`, `date`, `updated`, `publisher`, `url`) is read as plain
    `key: value` lines; without a title there, the first heading is the title.

    Raises:
        FormatError: It is not text.
    """
    text, warnings = decode(source.body, declared=source.charset)
    text = text.replace("\r\n", "\n")
    front = _FRONT.match(text)
    fields = {k.lower(): v.strip("\"'") for k, v in _FIELD.findall(front[1])} if front else {}
    body = text[front.end() :] if front else text
    heading = _HEADING.search(body)
    author = fields.get("author") or fields.get("byline")
    return (
        unit(
            ref=source.ref,
            text=plain(body),
            title=fields.get("title") or (heading[1] if heading else None),
            authors=(author,) if author else (),
            times=(moment(fields.get("date")), moment(fields.get("updated"))),
            publisher=fields.get("publisher") or fields.get("outlet"),
            url=fields.get("url") or source.url,
            warnings=warnings,
        ),
    )


def plain(markdown: str) -> str:
    """Return Markdown without its marks.

    >>> plain("## A *new* [bridge](https://newline.example/)")
    'A new bridge'
    """
    for pattern, kept in _MARKS:
        markdown = pattern.sub(kept, markdown)
    return markdown.strip()
