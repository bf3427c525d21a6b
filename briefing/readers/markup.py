"""Running text out of markup that is known to be an article's own: feed items, mail, e-books.

Whole web pages are another matter: there the article has to be found first (`readers.html`).
"""

import re
from collections.abc import Iterator
from typing import Any

from briefing.errors import FormatError

# Elements whose text nobody reads as the article's.
_DROPPED = frozenset(
    "script style noscript template head title svg math object embed iframe form button input"
    " select textarea nav video audio canvas".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer"
    " h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section table tbody td tfoot th thead tr"
    " ul".split()
)
# What else a piece of a web page may begin with, where no element of a page stands around it.
_OF_PAGES = frozenset(
    "a abbr b base br cite code em font hr html i img link mark meta picture q small source span"
    " strong sub sup time tr u".split()
)
_NAME = r"(?:[A-Za-z_][\w.-]{0,60}:)?[A-Za-z_][\w.-]{0,60}"
_ROOT = re.compile(
    r"(<\?xml\b[^>]{0,300}>\s*)?(?:(?:<!DOCTYPE\b[^\[<>]{0,300}\[[^\]]{0,9000}\]\s*>"
    rf"|<[?!][^>]{{0,2000}}>)\s*){{0,20}}<({_NAME})"
    r"(?:\s+[\w.:-]{1,60}\s*=[^<>]{0,9000}|\s*/?)>"
)
_SPACE = re.compile(r"[ \t\r\f\v\n]+")


def flatten(markup: str) -> str:
    r"""Return the text of *markup*, a blank line between blocks; all that is not text is dropped.

    Nothing is fetched and no entity but HTML's own is expanded. Two line breaks in a row count
    as the end of a block, one as a space.

    Raises:
        FormatError: It is nested deeper than the parser goes, and would lose what lies there.

    >>> flatten("<p>One &amp; two<br>three</p><script>x()</script><ul><li>four</ul>")
    'One & two three\n\nfour'
    """
    root = _parse(markup)
    if root is None:
        return ""
    pieces = "".join(_pieces(root))
    blocks = (_SPACE.sub(" ", block).strip() for block in re.split(r"\n{2,}", pieces))
    return "\n\n".join(block for block in blocks if block)


def xml_root(text: str) -> str | None:
    """Return the name of the element with which an XML text begins; None where it is none.

    XML is what declares itself, or begins and ends with a tag; a piece of a web page is not.

    >>> xml_root("<kml><Placemark/></kml>"), xml_root("<p>The quay</p>"), xml_root("<Ada> It sank.")
    ('kml', None, None)
    """
    found = _ROOT.match(text.lstrip("\ufeff \t\r\n"))
    last = text.rstrip().rpartition("<")[2]
    closed = last.endswith("/>") or (last.startswith(("/", "!--")) and last.endswith(">"))
    if not found or not (found[1] or closed):
        return None
    of_pages = found[2].lower() in _BLOCKS | _DROPPED | _OF_PAGES
    return None if of_pages and not found[1] else found[2]


def _parse(markup: str) -> Any:
    """Return the root of the parsed markup, None when it holds nothing."""
    from lxml import etree, html

    # Control characters make lxml refuse a string outright.
    clean = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", markup)
    # A declaration of the encoding inside a decoded string makes lxml refuse it, too.
    clean = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", clean)
    if not clean.strip():
        return None
    # As deep as 2,048 elements, not 256, and texts of any length: both would be lost unsaid.
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(clean, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = None
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise FormatError("its markup is nested too deep; give the text alone")
    return root


def _pieces(root: Any) -> Iterator[str]:
    """Yield the text with blank lines where a block begins or ends, and newlines for breaks."""
    from lxml import etree

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        tag = node.tag if isinstance(node.tag, str) else "script"
        if event == "start":
            if tag in _DROPPED:
                walk.skip_subtree()
                continue
            yield "\n\n" if tag in _BLOCKS else "\n" if tag == "br" else ""
            yield _flat(node.text)
        else:
            yield "\n\n" if tag in _BLOCKS else ""
            yield _flat(node.tail) if node is not root else ""


def _flat(text: str | None) -> str:
    """Return text without line breaks of its own."""
    return _SPACE.sub(" ", text) if text else ""
