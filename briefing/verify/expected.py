"""What the pages of an edition should say, block by block, made again from its JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.edition import Edition
from briefing.verify.legible import INVISIBLE, is_turned

# Marks that the stylesheets of our looks put before or after an element (`content:`). A page
# shows them, so they are part of what is expected.
_BEFORE = (
    ("mark", "span+span", "· "),
    ("source", "speaker", "— "),
    ("source", "speaker+outlet", " · "),
)
_BLOCKS = frozenset(
    "address article aside blockquote body dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6"
    " header hr li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
_HIDDEN = frozenset("head script style template".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block of words that stands together on a page."""

    shown: str
    """As a reader sees it, each white space one space."""

    where: str
    """The story and point it belongs to, as far as it does."""

    numbered: str | None = None
    """The anchor whose page number stands at its end, for a line of the contents."""

    alternatives: tuple[str, ...] = ()
    """How such a line may be read back; a zero stands for the number. Where other blocks stand
    between a line and its number, the number is a piece of its own."""

    turned: bool = False
    """Whether some of it is set from right to left."""


def pieces(markup: str, *, edition: Edition | None = None) -> list[Piece]:
    """Return the blocks of a page that one of our looks made, in the order of the markup."""
    root = _read(markup)
    names = {s.id: f"story {s.id}" for s in edition.stories} if edition else {}
    found: list[Piece] = []
    # A page whose tags were changed may have no body that a reader of markup knows.
    for block in (root if root.body is None else root.body).iter():
        if isinstance(block.tag, str) and block.tag in _BLOCKS and not _is_hidden(block):
            shown = " ".join("".join(_own(block)).translate(INVISIBLE).split())
            if shown:
                found.append(_piece(block, shown, names))
            found += _numbers(block, names)
    return found


def links(markup: str) -> list[str]:
    """Return the addresses outside the document that a page links to, sorted, each once."""
    found = {a.get("href", "") for a in _read(markup).iter("a")}
    return sorted(link for link in found if link and not link.startswith("#"))


def _read(markup: str) -> Any:
    """Return a page as a tree; one that holds nothing is an empty paragraph."""
    from lxml import etree, html

    try:
        return html.document_fromstring(markup)
    except (etree.ParserError, ValueError):
        return html.document_fromstring("<p></p>")


def _piece(block: Any, shown: str, names: dict[str, str]) -> Piece:
    """Return what one block should show."""
    anchor = None if _holds_blocks(block) else _anchor(block)
    alternatives: tuple[str, ...] = ()
    if anchor:
        link = "".join(next(iter(block.iter("a"))).itertext())
        first = " ".join(link.translate(INVISIBLE).split())
        rest = shown.removeprefix(first)
        alternatives = (f"{first}\0{rest}", f"{first} {rest}\0")
    return Piece(
        shown=shown,
        where=_where(block, names),
        numbered=anchor,
        alternatives=alternatives,
        turned=_is_turned(block, shown),
    )


def _numbers(block: Any, names: dict[str, str]) -> Iterator[Piece]:
    """Yield the page number that a block ends, as the last inside a line that holds blocks."""
    line = block.getparent()
    if line is not None and block.getnext() is None and (anchor := _anchor(line)):
        where = _where(line, names)
        yield Piece(shown="", where=where, numbered=anchor, alternatives=("\0",))


def _holds_blocks(block: Any) -> bool:
    """Return whether other blocks stand inside a block."""
    return any(child.tag in _BLOCKS for child in block)


def _is_turned(block: Any, shown: str) -> bool:
    """Return whether some of a block is set from right to left."""
    around = [block, *block.iterancestors(), *block.iterdescendants()]
    return any(map(is_turned, shown)) or any(node.get("dir") == "rtl" for node in around)


def _anchor(block: Any) -> str | None:
    """Return the anchor whose page number a line of the contents or of the leads shows."""
    if block.tag != "li" or not any(
        parent.get("class", "").split()[:1] in (["contents"], ["leads"])
        for parent in block.iterancestors()
    ):
        return None
    link = next(iter(block.iter("a")), None)
    href = "" if link is None else link.get("href", "")
    return href[1:] if href.startswith("#") else None


def _own(block: Any) -> Iterator[str]:
    """Yield the text of a block that is not of a block inside it."""
    yield block.text or ""
    for child in block:
        if isinstance(child.tag, str) and child.tag not in (_BLOCKS | _HIDDEN):
            yield from _inline(child)
        elif isinstance(child.tag, str) and child.tag in _BLOCKS:
            yield " "
        yield child.tail or ""


def _inline(node: Any) -> Iterator[str]:
    """Yield the text of an inline element, with the marks that the stylesheet adds."""
    yield _mark(node)
    yield from _own(node)


def _mark(node: Any) -> str:
    """Return what the stylesheet puts before an element."""
    parent = node.getparent().get("class", "").split()
    before = node.getprevious()
    for inside, what, mark in _BEFORE:
        first, _, second = what.partition("+")
        if inside not in parent:
            continue
        if not second and _is(node, first):
            return mark
        if second and _is(node, second) and before is not None and _is(before, first):
            return mark
    return ""


def _is(node: Any, name: str) -> bool:
    """Return whether an element is of that tag or class."""
    return node.tag == name or name in node.get("class", "").split()


def _is_hidden(block: Any) -> bool:
    """Return whether a block is kept from the flow: running lines, and what no reader sees."""
    chain = [block, *block.iterancestors()]
    return any(n.get("aria-hidden") == "true" or n.tag in _HIDDEN for n in chain)


def _where(block: Any, names: dict[str, str]) -> str:
    """Return the story and point that a block belongs to."""
    nodes = [block, *block.iterancestors()]
    if story := _nearest(nodes, "data-story"):
        name = names.get(story, f"story {story}")
        point = _nearest(nodes, "data-point")
        return f"{name}, point {point}" if point else name
    for node in nodes:
        for key in ("unit", "clip", "source", "failure"):
            if named := node.get(f"data-{key}"):
                return f"{key} {named}"
    return _nearest(nodes[1:], "aria-labelledby") or "front page"


def _nearest(nodes: Sequence[Any], name: str) -> str:
    """Return an attribute of the first of *nodes* that has it, else an empty string."""
    return next((value for node in nodes if (value := str(node.get(name, "")))), "")
