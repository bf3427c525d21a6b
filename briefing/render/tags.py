"""The tags of a PDF with nothing in them that says nothing, before it is written.

WeasyPrint makes a tag for every run of text and every box without a meaning of its own, and for
the lines at the head and foot of each page, too. More than half of all objects of a document are
such tags; each is written, read, joined, sealed and verified. What a reader is told stays: each
heading, paragraph, list and link keeps its tag and its place.
"""

from typing import Any

HOLDERS = frozenset("/P /H1 /H2 /H3 /H4 /H5 /H6 /LBody /Lbl /Link /Span /Caption /TD /TH".split())
"""Tags that may hold words themselves, not only other tags (ISO 32000-1, 14.8.4)."""

_RIGID = frozenset("/L /LI /Table /TR /THead /TBody /TFoot".split())
# Tags that may hold certain others only.
_EMPTY = frozenset("/NonStruct /Span /Div /Part".split())
# Tags that say nothing where they hold nothing.
_BARE = {"Type", "S", "K", "Pg", "P"}


def slim(pdf: Any) -> None:
    """Take needless tags out of a document, which is a `pydyf.PDF` about to be written.

    A bare run of text, or a box without meaning, gives way to what is in it; an empty one goes.
    What stands in the margin of each page is no content and is marked as an artifact, as PDF/UA
    asks. A document without tags is left alone.
    """
    root = pdf.catalog.get("StructTreeRoot")
    if root is not None:
        _Tags(pdf, _at(pdf, root)).slim()


def _at(pdf: Any, reference: bytes) -> Any:
    """Return the object that a reference leads to."""
    return pdf.objects[int(reference.split()[0])]


class _Tags:
    """The tags of one document."""

    def __init__(self, pdf: Any, root: Any) -> None:
        self._pdf = pdf
        self._root = root
        self._numbers = _at(pdf, root["ParentTree"])["Nums"]
        # Which tag holds what another did, and which are part of the tree, by number.
        self._heir: dict[int, int] = {}
        self._kept: dict[int, Any] = {}

    def slim(self) -> None:
        """Do it."""
        document = _at(self._pdf, self._root["K"][0])
        self._settle(document)
        self._inherit()
        self._mark_margins()
        for thing in self._pdf.objects:
            if _is_tag(thing) and thing.number not in self._kept:
                thing.free = "f"

    def _settle(self, element: Any) -> None:
        """Give *element* what is left of what it holds."""
        self._kept[element.number] = element
        element["K"][:] = [new for kid in element["K"] for new in self._left(kid, element)]

    def _left(self, kid: Any, element: Any) -> list[Any]:
        """Return what is left of *kid* as part of *element*."""
        if isinstance(kid, int):
            return [kid]
        thing = _at(self._pdf, kid)
        if not _is_tag(thing):
            thing.free = "f"  # which object a link is: said within the tag
            return [thing]
        if self._gives_way(thing, element):
            self._heir[thing.number] = element.number
            return [new for below in thing["K"] for new in self._left(below, element)]
        self._settle(thing)
        if not thing["K"] and thing["S"] in _EMPTY and set(thing) <= _BARE:
            del self._kept[thing.number]
            return []
        thing["P"] = element.reference
        return [kid]

    def _gives_way(self, thing: Any, element: Any) -> bool:
        """Return whether what *thing* holds can stand in *element* itself."""
        if not set(thing) <= _BARE or thing["Pg"] != element.get("Pg", thing["Pg"]):
            return False
        if element["S"] in HOLDERS:
            return thing["S"] in ("/Span", "/NonStruct")
        if thing["S"] != "/NonStruct" or element["S"] in _RIGID:
            return False
        return not any(
            isinstance(kid, int) or _at(self._pdf, kid).get("S") in ("/Span", "/Link", None)
            for kid in thing["K"]
        )

    def _inherit(self) -> None:
        """Let what led to a tag that gave way lead to the one that holds its words."""
        for tags in self._numbers[1::2]:
            if isinstance(tags, list):
                tags[:] = [self._owner(reference) for reference in tags]

    def _owner(self, reference: bytes) -> bytes:
        """Return the tag that now holds what that of *reference* did."""
        heir = self._heir.get(int(reference.split()[0]))
        return reference if heir is None else bytes(self._pdf.objects[heir].reference)

    def _mark_margins(self) -> None:
        """Mark what no tag of the tree holds as artifacts, and number the rest anew."""
        links = [tag for tag in self._numbers[1::2] if not isinstance(tag, list)]
        if not all(self._is_kept(link) for link in links):
            # A link in a margin has to keep its tag; so everything keeps its own.
            self._kept |= {thing.number: thing for thing in self._pdf.objects if _is_tag(thing)}
            return
        numbered: dict[bytes, dict[int, int]] = {}
        for page, tags in zip(self._pdf.page_references, self._numbers[1::2], strict=False):
            stream = _at(self._pdf, _at(self._pdf, page)["Contents"]).stream
            numbered[page] = self._renumbered(stream, tags)
        for element in self._kept.values():
            new = numbered.get(element.get("Pg"), {})
            element["K"][:] = [new[k] if isinstance(k, int) else k for k in element["K"]]

    def _renumbered(self, stream: list[Any], tags: list[bytes]) -> dict[int, int]:
        """Return the new number of each marked piece of a page that is content."""
        new: dict[int, int] = {}
        for place, mark in enumerate(stream):
            if not (isinstance(mark, dict) and "MCID" in mark):
                continue
            number = mark["MCID"]
            if self._is_kept(tags[number]):
                mark["MCID"] = new[number] = len(new)
            else:
                stream[place - 1 : place + 2] = ["/Artifact", b"", b"BMC"]
        tags[:] = [tags[number] for number in new]
        return new

    def _is_kept(self, reference: bytes) -> bool:
        """Return whether a tag is part of the tree."""
        return int(reference.split()[0]) in self._kept


def _is_tag(thing: Any) -> bool:
    """Return whether an object of the document is a tag."""
    return isinstance(thing, dict) and thing.get("Type") == "/StructElem"
