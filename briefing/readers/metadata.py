"""What a web page says of itself: title, authors, times, outlet, from structured data first."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from briefing.clean.header import byline, names
from briefing.clean.lines import key
from briefing.clean.times import moments


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known of a page; None where nothing says it."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    url: str | None = None
    section: str | None = None
    language: str | None = None
    """As the page declares it; often wrong, so only for pages whose text cannot tell."""


_ARTICLE_TYPES = frozenset(
    """article newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle blogposting
    reviewnewsarticle backgroundnewsarticle liveblogposting techarticle scholarlyarticle report
    socialmediaposting satiricalarticle advertisercontentarticle askpublicnewsarticle""".split()
)
_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "title")
_AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "authors",
)
_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "datepublished",
    "dc.date.issued",
    "date",
    "publish-date",
    "pubdate",
    "dcterms.created",
    "publication_date",
    "dc.date",
    "ptime",
)
_UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "dcterms.modified",
)
# What stands between a headline and the outlet's name in a page's title.
_SUFFIX = re.compile(r"(?<!\s)\s+[|–—·•:»-]+\s+|(?:(?<!\s)\s+)?\|\s*")
_SEPARATORS = " |–—·•:»-"
# Of these, what hardly ever stands within a headline.
_BARS = frozenset("|»")
# What stands in an author's place and names nobody.
_BY = re.compile(r"^\s*(?:by|von|par|por)\s+", re.IGNORECASE)
_ADDRESS = re.compile(r"://|@")
_NOBODY = frozenset(("admin", "editor", "staff", "newsroom"))


def metadata(root: Any) -> Metadata:
    """Return what the page whose parsed tree is *root* says of itself.

    JSON-LD is believed first, then `meta` elements, then what readers see: the only `h1`, elements
    marked as author or time. Times without a zone count as UTC. Nothing is guessed from the text.
    """
    linked = _linked(root)
    meta = _meta(root)
    publisher = _publisher(linked, meta)
    published = _first_time(linked.get("datePublished"), meta, _PUBLISHED) or _marked_time(root)
    updated = _first_time(linked.get("dateModified"), meta, _UPDATED)
    return Metadata(
        title=_title(root, linked, meta, publisher=publisher),
        authors=_authors(root, linked, meta, publisher=publisher),
        publisher=publisher,
        published=published,
        updated=updated if updated and updated != published else None,
        url=_url(root, meta),
        section=_line(_first(linked.get("articleSection"))) or meta.get("article:section"),
        language=(root.get("lang") or linked.get("inLanguage") or "")[:2].lower() or None
        if isinstance(linked.get("inLanguage") or "", str)
        else None,
    )


def _linked(root: Any) -> dict[str, Any]:
    """Return the JSON-LD object that describes the article, empty when there is none."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        for found in _objects(_json(script.text or "")):
            kinds = found.get("@type")
            types = kinds if isinstance(kinds, list) else [kinds]
            if any(str(t).lower().rpartition("/")[2] in _ARTICLE_TYPES for t in types):
                return found
    return {}


def _json(text: str) -> Any:
    """Return the JSON in a script, None when it is broken beyond the usual wrappings."""
    text = re.sub(r"^\s*(?://)?\s*<!\[CDATA\[|(?://)?\s*\]\]>\s*$", "", text).strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(found: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield each object in lists, graphs and pages, outer ones first."""
    if depth > 5:
        return
    if isinstance(found, list):
        for inner in found:
            yield from _objects(inner, depth + 1)
    elif isinstance(found, dict):
        yield found
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement"):
            yield from _objects(found.get(name), depth + 1)


def _meta(root: Any) -> dict[str, str]:
    """Return the content of the page's `meta` elements by lower-case name, the first of each."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = _line(element.get("content"))
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _publisher(linked: dict[str, Any], meta: dict[str, str]) -> str | None:
    """Return the outlet's name."""
    named = _named(linked.get("publisher"))
    found = (
        meta.get("og:site_name") or (named[0] if named else None) or meta.get("application-name")
    )
    return found if found and not found.startswith(("http", "@")) and len(found) < 60 else None


def _title(
    root: Any, linked: dict[str, Any], meta: dict[str, str], *, publisher: str | None
) -> str | None:
    """Return the headline, without the outlet's name behind it.

    The page's own `h1` is taken where it agrees with what the page declares, for that is what
    readers see.
    """
    declared = [_without_outlet(title, publisher) for title in _declared(root, linked, meta)]
    heads = [line for h in root.iter("h1") if (line := _line(h.text_content()))]
    agreed = next((head for head in heads if _is_agreed(head, declared)), None)
    if agreed:
        return _without_outlet(agreed, publisher)
    if declared:
        return declared[0]
    return heads[0] if len(heads) == 1 else None


def _declared(root: Any, linked: dict[str, Any], meta: dict[str, str]) -> Iterator[str]:
    """Yield the titles that a page declares, the most trusted first."""
    element = root.find(".//head/title")
    yield from filter(None, (_line(linked.get("headline")), *map(meta.get, _TITLES)))
    if element is not None and (title := _line(element.text_content())):
        yield title


def _is_agreed(head: str, declared: Sequence[str]) -> bool:
    """Return whether a heading of three words and more begins what a page declares."""
    words = key(head)
    return words.count(" ") >= 2 and any(key(title).startswith(words) for title in declared)


def _without_outlet(title: str, publisher: str | None) -> str:
    """Return *title* without the outlet's name at its end or start.

    What stands behind the last bar or dash is the outlet when it says so, or when it is short and
    the rest is a headline still.
    """
    pieces = _SUFFIX.split(title)
    if len(pieces) == 1:
        return title
    cut = title[: title.rfind(pieces[-1])]
    rest = cut.rstrip(_SEPARATORS)
    bar = not _BARS.isdisjoint(cut[len(rest) :])
    short = len(rest.split()) >= 2 and len(pieces[-1].split()) <= 4
    if _is_outlet(pieces[-1], publisher) or (bar and short):
        return _without_outlet(rest, publisher) if len(pieces) > 2 else rest
    return title


def _is_outlet(piece: str, publisher: str | None) -> bool:
    """Return whether a piece of a title is the outlet's name, shorter or longer."""
    outlet, said = key(publisher or ""), key(piece)
    return bool(outlet) and (said in outlet or outlet in said)


def _authors(
    root: Any, linked: dict[str, Any], meta: dict[str, str], *, publisher: str | None
) -> tuple[str, ...]:
    """Return the names of those who wrote the article; the outlet itself is no author."""
    stated = _named(linked.get("author")) or _named(linked.get("creator"))
    if not stated:
        stated = [meta[name] for name in _AUTHORS if name in meta][:1]
    found = tuple(dict.fromkeys(_people(stated, publisher)))
    return found or _marked_authors(root)


def _people(stated: list[str], publisher: str | None) -> Iterator[str]:
    """Yield the names in what a page states as authors."""
    nobody = {"", *_NOBODY, key(publisher or "")}
    for statement in stated:
        text = _BY.sub("", statement).strip()
        if _ADDRESS.search(text) or len(text) > 200 or key(text) in nobody:
            continue
        if listed := names(text):
            yield from listed
        elif len(text.split()) <= 5:
            yield text


def _named(found: Any) -> list[str]:
    """Return the names in a JSON-LD person, organisation, list of them, or text."""
    if isinstance(found, list):
        return [name for inner in found for name in _named(inner)]
    if isinstance(found, dict):
        return _named(found.get("name"))
    line = _line(found) if isinstance(found, str) else None
    return [line] if line else []


def _marked_authors(root: Any) -> tuple[str, ...]:
    """Return the names in the first element that the page marks as author and that holds names."""
    marked = root.xpath(
        "//*[@rel='author' or @itemprop='author' or contains(@class,'byline')"
        " or contains(@class,'author') or contains(@class,'Byline') or contains(@class,'Author')]"
    )
    for element in marked[:20]:
        line = _line(element.text_content())
        if line and len(line) < 100:
            found = byline(line) or names(line)
            if found:
                return found
    return ()


def _first_time(stated: Any, meta: dict[str, str], names_: tuple[str, ...]) -> datetime | None:
    """Return the first time that can be read, JSON-LD's first."""
    for text in (_first(stated), *(meta.get(name) for name in names_)):
        found = _time(text) if isinstance(text, str) else None
        if found:
            return found
    return None


def _marked_time(root: Any) -> datetime | None:
    """Return the time of the page's first `time` element, or of what is marked as published."""
    for element in root.xpath("//*[@itemprop='datePublished'] | //time[@datetime]")[:3]:
        found = _time(element.get("datetime") or element.get("content") or "")
        if found:
            return found
    return None


def _time(text: str) -> datetime | None:
    """Return the time that *text* gives, aware and in UTC."""
    text = re.sub(r"(\.\d{1,6})\d*", r"\1", text.strip())
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        read = moments(text, zone="UTC")
        return read[0].when if read else None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None


def _url(root: Any, meta: dict[str, str]) -> str | None:
    """Return the page's own address, when it gives a whole one."""
    link = next(iter(root.xpath("//link[@rel='canonical']/@href")), None)
    found = next(
        (u for u in (link, meta.get("og:url")) if u and u.strip().startswith("http")), None
    )
    return str(found).strip() if found else None


def _first(found: Any) -> Any:
    """Return the first of a list, else what came."""
    return found[0] if isinstance(found, list) and found else found


def _line(text: Any) -> str | None:
    """Return *text* on one line, its entities resolved; None when nothing is left."""
    import html

    return " ".join(html.unescape(text).split()) or None if isinstance(text, str) else None
