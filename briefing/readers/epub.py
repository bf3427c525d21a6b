"""E-books: a newspaper's or magazine's issue as EPUB, one article a chapter."""

import posixpath
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import unquote

from briefing.errors import FormatError
from briefing.model import Article, Failure, Source
from briefing.readers.archive import open_archive, read_entry
from briefing.readers.markup import flatten
from briefing.readers.unit import fold, moment, parse_xml, rights, unit
from briefing.readers.within import alone

# Covers, title pages and contents hold fewer words than this.
_CHAPTER_WORDS = 60


def read(source: Source) -> tuple[Article | Failure, ...]:
    """Return the chapters of an EPUB that hold running text, in reading order, as `ref#n`.

    A chapter that is damaged is a failure in its place.

    Raises:
        FormatError: It is damaged or not EPUB.
        LimitError: It unpacks to more than any book does.
    """
    with open_archive(source.body, what="e-book") as archive:
        folder, package = _package(archive)
        about = _about(package)
        chapters = [
            alone(partial(_chapter, archive, name, about), ref=source.ref, place=name)
            for name in _spine(package, folder)
        ]
    found = (one for one in chapters if one is not None)
    return tuple(replace(one, ref=f"{source.ref}#{n}") for n, one in enumerate(found, 1))


def _package(archive: Any) -> tuple[str, Any]:
    """Return the folder and the root of the book's package document."""
    container = _xml(archive, "META-INF/container.xml")
    for rootfile in container.iter("{*}rootfile"):
        path = rootfile.get("full-path", "")
        return posixpath.dirname(path), _xml(archive, path)
    raise FormatError("not an e-book: its container names no package")


def _spine(package: Any, folder: str) -> list[str]:
    """Return the names of the chapters' files, in reading order, each once."""
    files = {
        item.get("id"): posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        for item in package.iter("{*}item")
        if "html" in item.get("media-type", "")
    }
    order = (ref.get("idref") for ref in package.iter("{*}itemref"))
    return list(dict.fromkeys(files[name] for name in order if name in files))


def _chapter(archive: Any, name: str, about: dict[str, str]) -> Article | None:
    """Return the article of a chapter, yet without a number; None when it holds no running text."""
    title, text = _text(archive, name)
    if len(text.split()) < _CHAPTER_WORDS:
        return None
    return unit(
        ref=name,
        text=text,
        title=title or about.get("title"),
        authors=tuple(filter(None, [about.get("creator")])),
        times=(moment(about.get("date")), None),
        publisher=about.get("publisher") or about.get("title"),
        rights=rights(notice=about.get("rights")),
    )


def _text(archive: Any, name: str) -> tuple[str | None, str]:
    """Return headline and text of a chapter; a missing file is an empty chapter."""
    if name not in archive.namelist():
        return None, ""
    markup = read_entry(archive, name).decode("utf-8", "replace")
    text = flatten(markup)
    headline, _, rest = text.partition("\n\n")
    if len(headline.split()) <= 25 and rest:
        return fold(headline), text
    return None, text


def _about(package: Any) -> dict[str, str]:
    """Return the first value of each Dublin Core element of the package."""
    found: dict[str, str] = {}
    for node in package.iter("{http://purl.org/dc/elements/1.1/}*"):
        value = fold(node.text)
        if value:
            found.setdefault(str(node.tag).rpartition("}")[2], value)
    return found


def _xml(archive: Any, name: str) -> Any:
    """Return the root of one XML file of the book."""
    return parse_xml(Source(ref=name, body=read_entry(archive, name)))
