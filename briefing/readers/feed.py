"""Feeds: RSS, Atom, JSON Feed, and lists of feeds in OPML.

feedparser reads what the field calls feeds, broken ones among them. Its faster peer
fastfeedparser was measured 85 times as fast and left out: it completes a date that is not whole
from the clock ("10:30" becomes today's), and a briefing must never print a date that its source
does not give.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import pairwise
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

Units = list[Article | Failure]

_REFERENCE = re.compile(rb"&#([xX][0-9a-fA-F]{1,9999}|[0-9]{1,9999});?")
_ROOT = re.compile(rb"<(?:rss|feed|rdf:rdf|atom:feed)\b[^>]{0,5000}>", re.IGNORECASE)
_ITEM = re.compile(rb"<(?:[\w.-]{1,20}:)?(?:item|entry)(?=[\s>])", re.IGNORECASE)
# What may stand open around the text of an item that breaks off.
_CLOSED = b"</content:encoded></content></description></summary></item></entry>"
_HALF_TAG = re.compile(rb"</?(?:[a-zA-Z][^<>]{0,200})?$")
_END = re.compile(rb"</(?:[\w.-]{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)


def read(source: Source) -> tuple[Article | Failure, ...]:
    """Return the items of a feed, in file order: `ref#1`, `ref#2` and so on.

    An item with its full text is an article; one with a summary only is a teaser that carries
    the address of its page; a short item of a feed that gives full texts may be a whole brief. A
    feed without items gives none. An item that cannot be read is a failure in its place; where one
    is not closed, so that it would take in the next, each is read for itself.

    Raises:
        FormatError: It is no feed, or declares XML entities.
    """
    body = as_utf8(source.body)
    if body is not source.body:
        source = replace(source, body=body, charset="utf-8")
    if source.body.lstrip()[:1] == b"{":
        return _read_json(source)
    refuse_entities(source.body)
    return with_briefs(_read_xml(source))


def _read_xml(source: Source) -> Units:
    """Return the items of RSS or Atom."""
    body = _REFERENCE.sub(_character, source.body)
    starts = [found.start() for found in _ITEM.finditer(body)]
    try:
        parsed = _parsed(body, source)
    except FormatError:
        if not starts:
            raise
        return _one_by_one(body, starts, source=source, about={})
    if _is_mixed(body, parsed, len(starts)):
        return _one_by_one(body, starts, source=source, about=parsed.feed)
    if not parsed.get("version") and not parsed.entries and not parsed.feed:
        raise FormatError("not a feed: neither RSS nor Atom, and no item in it")
    return [
        alone(partial(_item, entry, feed=parsed.feed, ref=ref), ref=ref)
        for ref, entry in _called(parsed.entries, source)
    ]


def _parsed(body: bytes, source: Source) -> Any:
    """Return what feedparser finds.

    Raises:
        FormatError: It falls over it, as over places on a map that name no place.
    """
    import feedparser

    headers = {"content-type": _content_type(source)} if source.media_type else {}
    # `sanitize_html` off: the markup is flattened to text here, and sanitising costs most.
    try:
        return feedparser.parse(
            body, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        told = f"{type(error).__name__}: {error}"
        raise FormatError(f"feedparser falls over it ({told}); ask for a valid feed") from error


def _is_mixed(body: bytes, parsed: Any, begun: int) -> bool:
    """Return whether an item is not closed, and may have taken in the next: fewer ended than began.

    An article may show <item> as an example. But then the feed is sound XML, and no section of
    characters begins within another.
    """
    from xml.sax import SAXException

    if isinstance(parsed.get("bozo_exception"), SAXException):
        return min(len(parsed.entries), len(_END.findall(body))) < begun
    nested = any(part.count(b"<![CDATA[") > 1 for part in body.split(b"]]>"))
    return nested and len(parsed.entries) < begun


def _one_by_one(body: bytes, starts: list[int], *, source: Source, about: Any) -> Units:
    """Return the items of a feed that is broken in one of them, each read for itself.

    Args:
        body: The feed.
        starts: Where each item begins in it.
        source: Where it came from.
        about: What is known of the feed.
    """
    head = body[: starts[0]]
    root = _ROOT.search(head)
    # What stands above the items may be what is broken.
    heads = (head, root.group() if root else b"", b"<rss>")
    items = [body[start:end] for start, end in pairwise([*starts, len(body)])]
    return [
        alone(partial(_single, heads, item, source=source, about=about, ref=ref), ref=ref)
        for ref, item in _called(items, source)
    ]


def _single(
    heads: tuple[bytes, ...], item: bytes, *, source: Source, about: Any, ref: str
) -> Article:
    """Return the article or teaser of an item alone.

    Raises:
        FormatError: There is nothing in it.
    """
    is_open = not _END.search(item)
    if is_open:
        item = _HALF_TAG.sub(b"", item)
        in_section = item.rfind(b"<![CDATA[") > item.rfind(b"]]>")
        item += (b"]]>" if in_section else b"") + _CLOSED
    parsed = _behind(heads, item, source)
    found = _item(parsed.entries[0], feed=parsed.feed or about, ref=ref)
    told = "its item is not closed: the text may be cut off"
    return replace(found, warnings=(told,)) if is_open else found


def _behind(heads: tuple[bytes, ...], item: bytes, source: Source) -> Any:
    """Return what is found of an item behind the first of *heads* that lets it be read.

    Raises:
        FormatError: None does.
    """
    for head in heads:
        with suppress(FormatError):
            parsed = _parsed(head + item, source)
            if parsed.entries:
                return parsed
    raise FormatError("the item is broken, and nothing in it can be read; ask for a valid feed")


def _character(found: re.Match[bytes]) -> bytes:
    """Return a reference to a character, or to U+FFFD where it names none: feedparser falls.

    >>> _REFERENCE.sub(_character, b"&#65; &#xD800; &#0;")
    b'&#65; &#xFFFD; &#xFFFD;'
    """
    digits = found[1].lower()
    number = int(digits[:9].removeprefix(b"x") or b"0", 16 if digits.startswith(b"x") else 10)
    is_one = 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 and len(digits) < 9
    return found.group() if is_one else b"&#xFFFD;"


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
    text = max(_bodies(entry), key=len)
    names = [a.get("name") for a in entry.get("authors", ()) if a.get("name")]
    return unit(
        ref=ref,
        text=text,
        title=flatten(entry.get("title") or ""),
        authors=tuple(names or filter(None, [entry.get("author")])),
        times=(
            moment(entry.get("published") or entry.get("created")),
            moment(entry.get("updated") if "updated" in entry else None),
        ),
        publisher=fold(flatten(entry.get("source", {}).get("title") or feed.get("title") or "")),
        url=_web(entry.get("link")),
        section=fold(next((t.get("term") for t in entry.get("tags", ())), None)),
        rights=rights(notice=entry.get("rights") or feed.get("rights")),
        **kind_of(text),
    )


def _bodies(entry: Any) -> Iterator[str]:
    """Yield each text that an entry gives, the summary last; one at least."""
    for content in entry.get("content", ()):
        yield flatten(content.get("value") or "")
    yield flatten(entry.get("summary") or "")


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
