"""JSON: agency items in ninjs (versions 1 to 3), arrays of them, and one object a line (JSONL)."""

import codecs
import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from briefing.errors import FormatError
from briefing.model import Article, Failure, Kind, Source
from briefing.readers.decode import as_utf8
from briefing.readers.markup import flatten, xml_root
from briefing.readers.newsml import nitf_text
from briefing.readers.text import refuse_xml
from briefing.readers.unit import fold, kind_of, moment, no_object, rights, unit
from briefing.readers.within import alone

# Names that ninjs, exports of news databases and web archives use for one thing, best first.
_BODY = ("body_text", "text", "body", "content", "article", "maintext")
_MARKUP = ("body_xhtml", "body_html", "content_html", "html")
_TITLE = ("headline", "title", "name")
_PUBLISHED = ("published", "firstcreated", "date_published", "firstCreated", "date", "created")
_UPDATED = ("versioncreated", "versionCreated", "updated", "date_modified", "modified")
_PUBLISHER = ("publisher", "source", "provider", "outlet", "infosources", "infoSources")


# An object of an array that stands in a line of its own.
_ELEMENT = re.compile(rb"^\s*(?:\[\s*)?(\{.*\})\s*,?\s*\]?\s*$", re.DOTALL)


def read(source: Source) -> tuple[Article | Failure, ...]:
    """Return each article of the file: one object, an array, or one object a line.

    An object without running text (a picture, an event, a planning item) is not-article. A line
    that is not JSON, or a value that is no object, is a failure in its place.

    Raises:
        FormatError: It is not JSON, or holds no object.
    """
    things = _things(as_utf8(source.body).removeprefix(codecs.BOM_UTF8))
    several = len(things) > 1
    refs = [f"{source.ref}#{n}" if several else source.ref for n in range(1, len(things) + 1)]
    return tuple(
        alone(partial(_read, thing, ref), ref=ref, place=place)
        for ref, (place, thing) in zip(refs, things, strict=True)
    )


def _things(body: bytes) -> list[tuple[str, Any]]:
    """Return each value of the file, behind its place where it is a line yet to be read."""
    try:
        whole = _json(body)
    except FormatError:
        lines = _lines(body)
        if not lines:
            raise
        return lines
    found = whole.get("items", [whole]) if isinstance(whole, dict) else whole
    if not isinstance(found, list) or not any(isinstance(thing, dict) for thing in found):
        raise FormatError('the JSON holds no object; an article is {"headline": …, "text": …}')
    return [("", thing) for thing in found]


def _lines(body: bytes) -> list[tuple[str, Any]]:
    """Return the lines of a file that has an object in each, some perhaps spoilt; else none.

    They may be those of an array, which is no JSON as a whole when one of them is spoilt.

    Of one spoilt object that stands in many lines, few begin with a brace.
    """
    lines = [
        (f"line {n}", _ELEMENT.sub(rb"\1", line))
        for n, line in enumerate(body.split(b"\n"), 1)
        if line.strip() not in (b"", b"[", b"]")
    ]
    opened = sum(line.lstrip().startswith(b"{") for _, line in lines)
    return [*lines] if len(lines) > 1 and 2 * opened >= len(lines) else []


def _json(body: bytes) -> Any:
    """Return what a text of JSON says.

    Raises:
        FormatError: It is none, or nested too deep.
    """
    try:
        return json.loads(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise FormatError(f"JSON must be UTF-8 ({error})") from error
    except RecursionError as error:
        raise FormatError("the JSON is nested too deep") from error
    except ValueError as error:
        raise FormatError(f"not JSON ({error})") from error


def _read(thing: Any, ref: str) -> Article:
    """Return the article that a value holds, or a line that is yet to be read.

    Raises:
        FormatError: It holds no object.
    """
    thing = _json(thing) if isinstance(thing, bytes) else thing
    if not isinstance(thing, dict):
        raise FormatError(no_object(thing))
    return _article(thing, ref)


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
    """Return the running text, empty when there is none.

    Raises:
        FormatError: It is XML other than NITF, or broken NITF.
    """
    bodies = [b for b in _listed(thing, "bodies") if isinstance(b, dict)]
    markup = _first(thing, _MARKUP) or _body(bodies, "html")
    if markup:
        return flatten(markup)
    text = _first(thing, _BODY) or _body(bodies, "nitf") or _body(bodies, "")
    if xml_root(text) == "nitf":
        return nitf_text(text)
    refuse_xml(text)
    return text


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
        called = str(body.get("contenttype", body.get("contentType"))).lower()
        if isinstance(value, str) and kind in called:
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
