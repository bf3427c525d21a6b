"""A plain page read as a tree, ten times as fast as by a full HTML parser.

Plain is what our templates print: every element closed in its turn, attributes in double quotes,
nothing in a place where a parser would mend it. Of such a page the HTML standard leaves no doubt
what the tree is. All else is left to the full parser.
"""

import html
import re
from xml.etree.ElementTree import Element, TreeBuilder

_ATTRIBUTES = r'((?:\s+[a-z][a-z0-9:_-]*(?:="[^"]*")?)*)\s*'
_TAG = re.compile(rf"<(?:/([a-z][a-z0-9]*)|([a-z][a-z0-9]*){_ATTRIBUTES})>")
_ATTRIBUTE = re.compile(r'([a-z][a-z0-9:_-]*)(?:="([^"]*)")?')
_BEGIN = re.compile(rf"\A\s*<!(?i:doctype html)>\s*<html{_ATTRIBUTES}>\s*<head>")
_MIDDLE = re.compile(rf"</head>(\s*)<body{_ATTRIBUTES}>")
_END = re.compile(r"\A(\s*)</html>(\s*)\Z")
# An ampersand that begins no complete reference, and letters a parser would change or drop.
_LOOSE = re.compile(r"&(?!(?:#[1-9][0-9]{0,5}|#x[1-9a-fA-F][0-9a-fA-F]{0,4}|[A-Za-z]{2,8});)")
_ODD = re.compile("[\0\r\f\v\ufeff\ud800-\udfff]")

_VOID = frozenset("br hr img meta wbr".split())
_HEAD = frozenset("meta style title".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_BLOCKS = _HEADINGS | frozenset(
    "article aside blockquote dd div dl dt figcaption figure footer header hr li main nav ol p "
    "section ul".split()
)
_FORMATS = frozenset("a b code em i s small strong u".split())
_BODY = _BLOCKS | _FORMATS | frozenset("abbr br cite img mark q span sub sup time wbr".split())
_WITHIN = {"li": ("ol", "ul"), "dt": ("dl", "div"), "dd": ("dl", "div")}
_DEPTH = 100
"""The full parser has no bound either; a deeper page is refused by the layout."""


class _NotPlain(Exception):  # noqa: N818 - no error: the full parser reads the page then
    """A page is not plain."""


def plain(page: str) -> Element | None:
    """Return the tree of a plain page as an HTML parser makes it, None of any other page.

    >>> plain("<p>Without head and end") is None
    True
    """
    begin, middle = _BEGIN.match(page), _MIDDLE.search(page)
    closed = page.rfind("</body>")
    end = _END.match(page[closed + len("</body>") :]) if closed >= 0 else None
    if not (begin and middle and end) or _ODD.search(page) or _LOOSE.search(page):
        return None
    made = TreeBuilder()
    try:
        made.start("html", _attributes(begin[1]))
        made.start("head", {})
        _fill(made, page[begin.end() : middle.start()], parent="head")
        made.end("head")
        made.data(middle[1])
        made.start("body", _attributes(middle[2]))
        _fill(made, page[middle.end() : closed], parent="body")
    except _NotPlain:
        return None
    made.data(end[1] + end[2])  # where a parser puts what follows the body
    made.end("body")
    made.end("html")
    return made.close()


def drop_inherited(root: Element) -> None:
    """Take from each element the language and direction that it would have without saying so.

    An element that names a language gets a style of its own, and so does all below it, which is
    a tenth of the layout's time where every point names one.
    """
    waiting: list[tuple[Element, str | None, str]] = [(root, None, "ltr")]
    while waiting:
        element, language, direction = waiting.pop()
        known = element.attrib
        if element is not root and known.get("lang") == language:
            known.pop("lang", None)
        if element is not root and known.get("dir") == direction:
            known.pop("dir", None)
        language, direction = known.get("lang", language), known.get("dir", direction)
        waiting += [(below, language, direction) for below in element if type(below.tag) is str]


def _attributes(written: str) -> dict[str, str]:
    """Return the attributes of a tag."""
    if not written:
        return {}
    pairs = [(name, html.unescape(value)) for name, value in _ATTRIBUTE.findall(written)]
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _NotPlain
    return found


def _fill(made: TreeBuilder, content: str, *, parent: str) -> None:
    """Add what stands in the head or the body; raise `_NotPlain` where that is in doubt."""
    place, stack = 0, [parent]
    while place < len(content):
        if content[place] != "<":
            until = content.find("<", place)
            until = len(content) if until < 0 else until
            _add_text(made, content[place:until], stack)
            place = until
            continue
        tag = _TAG.match(content, place)
        if tag is None:
            raise _NotPlain
        place = tag.end()
        if tag[1]:
            if tag[1] != stack.pop() or not stack:
                raise _NotPlain
            made.end(tag[1])
        else:
            place = _open(made, tag, stack)
    if stack != [parent]:
        raise _NotPlain


def _add_text(made: TreeBuilder, text: str, stack: list[str]) -> None:
    """Add text. In the head, only a title has any."""
    if stack[-1] == "head" and not text.isspace():
        raise _NotPlain
    made.data(html.unescape(text))


def _open(made: TreeBuilder, tag: re.Match[str], stack: list[str]) -> int:
    """Open an element and return where its content begins; of a style, where its tag ends."""
    name, place = tag[2], tag.end()
    if not (_fits_head if stack[0] == "head" else _fits_body)(name, stack):
        raise _NotPlain
    made.start(name, _attributes(tag[3]))
    if name == "style":
        end = tag.string.find("<", place)
        if not tag.string.startswith("</style>", end):
            raise _NotPlain
        made.data(tag.string[place:end])
        place = end + len("</style>")
    if name == "style" or name in _VOID:
        made.end(name)
    else:
        stack.append(name)
    return place


def _fits_head(name: str, stack: list[str]) -> bool:
    """Return whether an element may stand here in the head."""
    return name in _HEAD and len(stack) == 1


def _fits_body(name: str, stack: list[str]) -> bool:
    """Return whether a parser leaves an element where it stands."""
    if name not in _BODY or len(stack) > _DEPTH:
        return False
    if name in _BLOCKS and "p" in stack:  # would close the paragraph
        return False
    if name in _HEADINGS and not _HEADINGS.isdisjoint(stack):
        return False
    # A parser opens some again that were left open, three of one name at most, and no link twice.
    if name in _FORMATS and stack.count(name) > (0 if name == "a" else 1):
        return False
    return _fits_within(name, stack)


def _fits_within(name: str, stack: list[str]) -> bool:
    """Return whether a part of a list stands where a parser leaves it."""
    within = _WITHIN.get(name)
    if within is None:
        return True
    return stack[-1] in within and (stack[-1] != "div" or stack[-2] == "dl")
