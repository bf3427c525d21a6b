"""Agency files: NewsML-G2 items and messages, and NITF."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from briefing.errors import FormatError
from briefing.model import Article, Failure, Kind, Rights, Source
from briefing.readers.markup import flatten
from briefing.readers.unit import fold, moment, parse_xml, rights, unit
from briefing.readers.within import alone


def read(source: Source) -> tuple[Article | Failure, ...]:
    """Return each text item of the file, as `ref#n` when it holds several.

    An item that cannot be read is a failure in its place.

    Embargo, publication status, usage terms and copyright notice are carried in
    `Article.rights`; whether an item may be printed is decided later, by them. Pictures, videos,
    concepts and planning items hold no article; a file of nothing else is not-article.

    Raises:
        FormatError: It is not well-formed, or neither NewsML-G2 nor NITF.
    """
    root = parse_xml(source)
    name = _name(root)
    items = [root] if name in ("newsItem", "nitf") else list(_all(root, "newsItem"))
    if not items and name not in (
        "newsMessage",
        "packageItem",
        "conceptItem",
        "knowledgeItem",
        "planningItem",
        "catalogItem",
    ):
        raise FormatError(f"neither NewsML-G2 nor NITF: the root element is <{name}>")
    every = [_alone(item, source.ref) for item in items]
    found = [one for one in every if one is not None]
    if len(found) > 1:
        found = [replace(one, ref=f"{source.ref}#{n}") for n, one in enumerate(found, 1)]
    return (*found,) or (_nothing(source.ref, root),)


def nitf_text(markup: str) -> str:
    """Return the running text of a NITF document inside another format; empty when it has none.

    Raises:
        FormatError: It is not well-formed, or declares entities of its own.
    """
    # The text is decoded already, whatever its declaration says of an encoding.
    plain = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", markup)
    return _text(parse_xml(Source(ref="", body=plain.encode("utf-8", "replace"))))


def _alone(item: Any, ref: str) -> Article | Failure | None:
    """Return the article of one item, or why it cannot be read; None when it holds no text."""
    place = f"the item at line {item.sourceline}"
    return alone(partial(_article, item, ref), ref=ref, place=place)


def _article(item: Any, ref: str) -> Article | None:
    """Return the article of one item, None when it holds no text."""
    text = _text(item)
    if not text:
        return None
    if _name(item) == "nitf":
        return _nitf(item, text=text, ref=ref)
    created = moment(_value(item, "contentCreated") or _value(item, "firstCreated"))
    version = moment(_value(item, "contentModified") or _value(item, "versionCreated"))
    return unit(
        ref=ref,
        text=text,
        title=_value(item, "headline") or _value(item, "hedline") or _value(item, "title"),
        authors=tuple(_creators(item)),
        times=(created or version, version if created else None),
        publisher=_named(item, "provider") or _named(item, "infoSource"),
        url=_web(item),
        section=_named(item, "subject"),
        rights=_rights(item),
    )


def _nitf(item: Any, *, text: str, ref: str) -> Article:
    """Return the article of a NITF document (its own head, no NewsML envelope)."""
    issued = next((n.get("norm") for n in _all(item, "date.issue")), None)
    released = next((n.get("norm") for n in _all(item, "date.release")), None)
    holder = next((n.get("holder") for n in _all(item, "doc.copyright")), None)
    return unit(
        ref=ref,
        text=text,
        title=_value(item, "hl1") or _value(item, "title"),
        authors=tuple(filter(None, [_byline(item)])),
        times=(moment(issued), None),
        publisher=_value(item, "distributor"),
        rights=rights(
            notice=f"© {holder}" if holder else None,
            embargo=moment(released),
            status=next((n.get("management-status") for n in _all(item, "du-key")), None)
            or next((n.get("management-status") for n in _all(item, "docdata")), None),
        ),
    )


def _rights(item: Any) -> Rights | None:
    """Return what the agency asks of those who use the item."""
    status = next((n.get("qcode") or n.get("uri") for n in _all(item, "pubStatus")), None)
    return rights(
        notice=_value(item, "copyrightNotice") or _named(item, "copyrightHolder"),
        usage=_value(item, "usageTerms"),
        embargo=moment(_value(item, "embargoed")),
        status=status.rpartition(":")[2].rpartition("/")[2] if status else None,
    )


def _text(item: Any) -> str:
    """Return the running text of an item: inline XML (NITF, XHTML) or inline data."""
    for body in _all(item, "body.content"):
        return _plain(body)
    for inline in _all(item, "inlineXML"):
        for body in _all(inline, "body"):
            return _plain(body)
        return _plain(inline) if "html" in inline.get("contenttype", "") else ""
    for data in _all(item, "inlineData"):
        kind = data.get("contenttype", "")
        value = "".join(data.itertext())
        return flatten(value) if "html" in kind else value.strip()
    return ""


def _plain(node: Any) -> str:
    """Return the text of an XML node, a blank line between its blocks."""
    from lxml import etree

    return flatten(etree.tostring(node, encoding="unicode", with_tail=False))


def _creators(item: Any) -> Iterator[str]:
    """Yield the authors: the byline's name without the post, or else the creators' names."""
    byline = _byline(item)
    if byline:
        yield byline.partition(",")[0]
        return
    for node in _all(item, "creator"):
        name = _value(node, "name")
        if name:
            yield name


def _byline(item: Any) -> str | None:
    """Return the byline without its "By"."""
    for tag in ("by", "byline"):
        for node in _all(item, tag):
            text = fold(" ".join(node.itertext())) or ""
            text = text[3:] if text.lower().startswith("by ") else text
            if text:
                return text
    return None


def _web(item: Any) -> str | None:
    """Return the item's page on the web, when it names one."""
    for node in _all(item, "link"):
        link = node.get("href", "")
        if link.startswith(("http://", "https://")) and "canonical" in (node.get("rel") or ""):
            return str(link)
    return None


def _nothing(ref: str, root: Any) -> Article:
    """Return what stands for a file without any text item."""
    what = next((n.get("qcode", "") for n in _all(root, "itemClass")), "") or _name(root)
    what = what.rpartition(":")[2]
    is_text = what == "text"
    reason = "a text item without running text" if is_text else f"no text item: it holds {what}"
    return unit(ref=ref, text="", kind=Kind.NOT_ARTICLE, kind_reason=reason)


def _named(item: Any, tag: str) -> str | None:
    """Return the name, or else the literal, of the first such element."""
    for node in _all(item, tag):
        name = _value(node, "name") or node.get("literal")
        if name:
            return str(name)
    return None


def _value(item: Any, tag: str) -> str | None:
    """Return the text of the first such element, on one line."""
    for node in _all(item, tag):
        text = fold(" ".join(node.itertext()))
        if text:
            return text
    return None


def _all(node: Any, tag: str) -> Iterator[Any]:
    """Yield the elements of that local name, in any namespace."""
    yield from node.iter(f"{{*}}{tag}")


def _name(node: Any) -> str:
    """Return the local name of an element."""
    return str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else "?"
