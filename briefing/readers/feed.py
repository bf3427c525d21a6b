"""Feeds: RSS, Atom, JSON Feed, and lists of feeds in OPML.

feedparser reads what the field calls feeds, broken ones among them. Its faster peer
fastfeedparser was measured 85 times as fast and left out: it completes a date that is not whole
from the clock ("10:30" becomes today's), and a briefing must never print a date that its source
does not give.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from briefing.errors import FormatError
from briefing.model import Article, Failure, Source
from briefing.readers.decode import as_utf8
from briefing.readers.markup import flatten
from briefing.readers.unit import (
    fold,
    kind_of,
    moment,
    no_object,
    parse_xml,
    refuse_entities,
    rights,
    unit,
    with_briefs,
)
from briefing.readers.within import alone


def read(source: Source) -> tuple[Article | Failure, ...]:
    """Return the items of a feed, in file order: `ref#1`, `ref#2` and so on.

    An item with its full text is an article; one with a summary only is a teaser that carries
    the address of its page; a short item of a feed that gives full texts may be a whole brief. A
    feed without items gives none. An item that cannot be read is a failure in its place.

    Raises:
        FormatError: It is no feed, or declares XML entities.
    """
    body = as_utf8(source.body)
    if body is not source.body:
        source = replace(source, body=body, charset="utf-8")
    if source.body.lstrip()[:1] == b"{":
        return _read_json(source)
    import feedparser

    refuse_entities(source.body)
    headers = {"content-type": _content_type(source)} if source.media_type else {}
    # `sanitize_html` off: the markup is flattened to text here, and sanitising costs most.
    parsed = feedparser.parse(
        source.body, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not parsed.get("version") and not parsed.entries and not parsed.feed:
        raise FormatError("not a feed: neither RSS nor Atom, and no item in it")
    return with_briefs(
        [
            alone(partial(_item, entry, feed=parsed.feed, ref=ref), ref=ref)
            for ref, entry in _called(parsed.entries, source)
        ]
    )


def list_feeds(source: Source) -> tuple[str, ...]:
    """Return the addresses of the feeds that an OPML list names, in its order, each once.

    Raises:
        FormatError: It is not OPML.
    """
    root = parse_xml(source)
    if not isinstance(root.tag, str) or root.tag.lower() != "opml":
        raise FormatError(f"not an OPML list: its root is <{root.tag}>, not <opml>")
    found = (
        value.strip()
        for outline in root.iter("outline")
        for name, value in outline.attrib.items()
        if name.lower() == "xmlurl" and value.strip()
    )
    return tuple(dict.fromkeys(found))


def _called(entries: list[Any], source: Source) -> Iterator[tuple[str, Any]]:
    """Yield each entry of a feed with its ref."""
    return ((f"{source.ref}#{n}", entry) for n, entry in enumerate(entries, 1))


def _item(entry: Any, *, feed: Any, ref: str) -> Article:
    """Return the article or teaser of one RSS or Atom entry."""
    bodies = [c.get("value", "") for c in entry.get("content", ())] + [entry.get("summary", "")]
    text = max((flatten(body) for body in bodies), key=len)
    names = [a.get("name") for a in entry.get("authors", ()) if a.get("name")]
    return unit(
        ref=ref,
        text=text,
        title=flatten(entry.get("title", "")),
        authors=tuple(names or filter(None, [entry.get("author")])),
        times=(
            moment(entry.get("published") or entry.get("created")),
            moment(entry.get("updated") if "updated" in entry else None),
        ),
        publisher=fold(flatten(entry.get("source", {}).get("title") or feed.get("title", ""))),
        url=_web(entry.get("link")),
        section=fold(next((t.get("term") for t in entry.get("tags", ())), None)),
        rights=rights(notice=entry.get("rights") or feed.get("rights")),
        **kind_of(text),
    )


def _read_json(source: Source) -> tuple[Article | Failure, ...]:
    """Return the items of a JSON Feed (versions 1 and 1.1)."""
    try:
        feed = json.loads(source.body)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"not JSON: {error}") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise FormatError("not a JSON Feed: it has no list of items")
    return with_briefs(
        [
            alone(partial(_json_item, item, feed=feed, ref=ref), ref=ref)
            for ref, item in _called(items, source)
        ]
    )


def _json_item(item: Any, *, feed: dict[str, Any], ref: str) -> Article:
    """Return the article or teaser of one item.

    Raises:
        FormatError: It is no object.
    """
    if not isinstance(item, dict):
        raise FormatError(no_object(item))
    plain = _text(item, "content_text") or _text(item, "summary")
    text = flatten(_text(item, "content_html")) or plain
    authors = [*_listed(item, "authors"), item.get("author")]
    named = [a["name"] for a in authors if isinstance(a, dict) and isinstance(a.get("name"), str)]
    names = list(dict.fromkeys(named))  # version 1.0 had one author, and some feeds give both
    tags = [t for t in _listed(item, "tags") if isinstance(t, str)]
    return unit(
        ref=ref,
        text=text,
        title=_text(item, "title"),
        authors=tuple(names),
        times=(moment(_text(item, "date_published")), moment(_text(item, "date_modified"))),
        publisher=fold(_text(feed, "title")),
        url=_web(_text(item, "url")),
        section=fold(tags[0]) if tags else None,
        **kind_of(text),
    )


def _text(item: dict[str, Any], key: str) -> str:
    """Return the string under *key*, empty when there is none."""
    value = item.get(key)
    return value if isinstance(value, str) else ""


def _listed(item: dict[str, Any], key: str) -> list[Any]:
    """Return the list under *key*, empty where there is none or something else."""
    value = item.get(key)
    return value if isinstance(value, list) else []


def _web(link: str | None) -> str | None:
    """Return the link when it is one that a reader may follow."""
    link = (link or "").strip()
    return link if link.startswith(("http://", "https://")) else None


def _content_type(source: Source) -> str:
    """Return the header that feedparser weighs against the document's own encoding."""
    return (
        f"{source.media_type}; charset={source.charset}"
        if source.charset
        else (source.media_type or "")
    )
