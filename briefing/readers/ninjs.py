"""JSON: agency items in ninjs (versions 1 to 3), arrays of them, and one object a line (JSONL)."""

import json
from collections.abc import Iterator
from typing import Any

from briefing.errors import FormatError
from briefing.model import Article, Kind, Source
from briefing.readers.markup import flatten
from briefing.readers.unit import fold, kind_of, moment, rights, unit

# Names that ninjs, exports of news databases and web archives use for one thing, best first.
_BODY = ("body_text", "text", "body", "content", "article", "maintext")
_MARKUP = ("body_xhtml", "body_html", "content_html", "html")
_TITLE = ("headline", "title", "name")
_PUBLISHED = ("published", "firstcreated", "date_published", "firstCreated", "date", "created")
_UPDATED = ("versioncreated", "versionCreated", "updated", "date_modified", "modified")
_PUBLISHER = ("publisher", "source", "provider", "outlet", "infosources", "infoSources")


def read(source: Source) -> tuple[Article, ...]:
    """Return each article of the file: one object, an array, or one object a line.

    An object without running text (a picture, an event, a planning item) is not-article.

    Raises:
        FormatError: It is not JSON, or holds no object.
    """
    objects = list(_objects(source.body))
    if not objects:
        raise FormatError('the JSON holds no object; an article is {"headline": …, "text": …}')
    several = len(objects) > 1
    return tuple(
        _article(thing, f"{source.ref}#{n}" if several else source.ref)
        for n, thing in enumerate(objects, 1)
    )


def _objects(body: bytes) -> Iterator[dict[str, Any]]:
    """Yield each JSON object of the file."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"JSON must be UTF-8 ({error})") from error
    try:
        whole = json.loads(text)
    except RecursionError as error:
        raise FormatError("the JSON is nested too deep") from error
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:
            raise FormatError(f"not JSON ({error})") from error
        yield from _lines(lines)
        return
    things = whole.get("items", [whole]) if isinstance(whole, dict) else whole
    yield from (t for t in things if isinstance(t, dict)) if isinstance(things, list) else ()


def _lines(lines: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the object of each line."""
    for number, line in enumerate(lines, 1):
        try:
            thing = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise FormatError(f"line {number} is not JSON ({error})") from error
        if isinstance(thing, dict):
            yield thing


def _article(thing: dict[str, Any], ref: str) -> Article:
    """Return the article that an object holds."""
    kind = str(thing.get("type", "text"))
    written = kind in ("text", "composite", "article", "NewsArticle")
    text = _text(thing) if written else ""
    about = _about(thing) if written and not text else ""
    # What is given as the body is the whole body, however short; a description may be a teaser.
    judged = kind_of(about) if about else {} if text else _nothing(kind)
    published = moment(_first(thing, _PUBLISHED))
    updated = moment(_first(thing, _UPDATED))
    return unit(
        ref=ref,
        text=text or about,
        title=_headline(thing),
        authors=tuple(_names(thing)),
        times=(published or updated, updated if published else None),
        publisher=fold(_first(thing, _PUBLISHER)),
        url=_url(thing),
        section=_section(thing),
        rights=rights(
            notice=_notice(thing),
            usage=_first(thing, ("usageterms", "usageTerms")),
            embargo=moment(_first(thing, ("embargoed", "embargoedreason"))),
            status=_first(thing, ("pubstatus", "pubStatus")),
        ),
        **judged,
    )


def _text(thing: dict[str, Any]) -> str:
    """Return the running text, empty when there is none."""
    bodies = [b for b in _listed(thing, "bodies") if isinstance(b, dict)]
    markup = _first(thing, _MARKUP) or _body(bodies, "html")
    if markup:
        return flatten(markup)
    return _first(thing, _BODY) or _body(bodies, "")


def _about(thing: dict[str, Any]) -> str:
    """Return what the item says of itself, empty when it says nothing."""
    return _body([d for d in _listed(thing, "descriptions") if isinstance(d, dict)], "")


def _nothing(kind: str) -> dict[str, Any]:
    """Return why an object of that type is no article."""
    return {"kind": Kind.NOT_ARTICLE, "kind_reason": f"no running text: an item of type {kind}"}


def _body(bodies: list[dict[str, Any]], kind: str) -> str:
    """Return the first of the `bodies` of ninjs 2 and 3 whose content type names *kind*."""
    for body in bodies:
        value = body.get("value")
        if isinstance(value, str) and kind in str(body.get("contenttype", body.get("contentType"))):
            return value
    return ""


def _headline(thing: dict[str, Any]) -> str | None:
    """Return the headline, from wherever the version keeps it."""
    for entry in _listed(thing, "headlines"):
        if isinstance(entry, dict) and isinstance(entry.get("value"), str):
            return str(entry["value"])
    return _first(thing, _TITLE) or None


def _names(thing: dict[str, Any]) -> Iterator[str]:
    """Yield the authors' names."""
    listed = thing.get("authors") or thing.get("creators")
    if not listed:
        byline = thing.get("byline") or thing.get("by") or thing.get("author")
        if isinstance(byline, str):
            yield byline.removeprefix("By ")
    for entry in listed if isinstance(listed, list) else ():
        name = entry.get("name") if isinstance(entry, dict) else entry
        if isinstance(name, str):
            yield name


def _notice(thing: dict[str, Any]) -> str | None:
    """Return the copyright notice."""
    direct = _first(thing, ("copyrightnotice", "copyrightNotice", "copyrightholder"))
    info = thing.get("rightsinfo") or thing.get("rightsInfo")
    return direct or (_first(info, ("copyrightnotice",)) if isinstance(info, dict) else "") or None


def _section(thing: dict[str, Any]) -> str | None:
    """Return the first subject or the section."""
    for entry in (*_listed(thing, "subject"), *_listed(thing, "subjects")):
        if isinstance(entry, dict) and isinstance(entry.get("name"), str):
            return fold(entry["name"])
    return fold(_first(thing, ("section", "category")))


def _url(thing: dict[str, Any]) -> str | None:
    """Return the address, when it is one that a reader may follow."""
    link = _first(thing, ("url", "link", "canonical_url", "uri"))
    return link if link.startswith(("http://", "https://")) else None


def _listed(thing: dict[str, Any], key: str) -> list[Any]:
    """Return the list under *key*, empty where there is none or something else."""
    found = thing.get(key)
    return found if isinstance(found, list) else []


def _first(thing: dict[str, Any], keys: tuple[str, ...]) -> str:
    """Return the first text under *keys*; of an object or a list, its first name."""
    for key in keys:
        value = thing.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("name") or value.get("title")
        if isinstance(value, str) and value.strip():
            return value
    return ""
