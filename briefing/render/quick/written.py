"""The objects of a PDF written once, where pydyf writes each twice: into the file, for its name."""

import re
from typing import Any

import pydyf


def install() -> None:
    """Let a document know the references of its pages, which WeasyPrint asks for with each tag."""
    pydyf.PDF.page_references = property(_page_references)


def _page_references(self: Any) -> tuple[bytes, ...]:
    """Do what `PDF.page_references` does, once for each number of pages."""
    kids = self.pages["Kids"]
    known = self.__dict__.get("_references")
    if known is None or len(known) * 3 != len(kids):
        known = self._references = tuple(b"%d 0 R" % number for number in kids[::3])
    return tuple(known)


def settle(pdf: Any, *, place: int = 0, among: int = 1) -> None:
    """Put in place of each object of a document about to be written what is written of it.

    Object n gets the number n * *among* + *place*, in the objects; the table at the end, and what
    leads to the catalogue, keep theirs: `together` makes a document of such parts. What the
    document says of itself becomes the last object.
    """
    if among == 1:
        pdf.objects[:] = [o if o.free == "f" else _Settled(o, _bytes(o)) for o in pdf.objects]
        return
    pdf.add_object(pdf.info)
    pdf.info = pydyf.Dictionary()
    for thing in pdf.objects:
        if thing.free != "f":
            settled = _Settled(thing, _renumbered(_bytes(thing), place=place, among=among))
            settled.number = thing.number * among + place
            pdf.objects[thing.number] = settled


class _Settled(pydyf.Object):  # type: ignore[misc]
    """An object that changes no more."""

    data = b""
    compressible = False

    def __init__(self, thing: Any, data: bytes) -> None:
        super().__init__()
        self.number, self.generation = thing.number, thing.generation
        self.compressible = thing.compressible
        self.data = data


# A reference, or a string, which may look like one.
_TOKEN = re.compile(rb"\((?:[^()\\]|\\.)*\)|\b(\d+)(?= 0 R\b)", re.DOTALL)


def _renumbered(shown: bytes, *, place: int, among: int) -> bytes:
    """Return an object with what it refers to numbered anew; of a stream, what stands before it.

    >>> _renumbered(b"<</P 12 0 R/T (not 3 0 R)>>", place=2, among=10)
    b'<</P 122 0 R/T (not 3 0 R)>>'
    """

    def renumbered(found: re.Match[bytes]) -> bytes:
        return b"%d" % (int(found[1]) * among + place) if found[1] else found[0]

    head, stream, content = shown.partition(b"\nstream\n")
    return (_TOKEN.sub(renumbered, head) if b" 0 R" in head else head) + stream + content


def _bytes(thing: Any) -> bytes:
    """Do what pydyf does to write something; most of it are dictionaries, names and numbers."""
    kind = type(thing)
    if kind is bytes:
        return bytes(thing)
    if kind is str:
        return str(thing).encode("ascii")
    if kind is int:
        return b"%d" % thing
    if kind is pydyf.Dictionary:
        pairs = [b"/%b %b" % (_bytes(key), _bytes(value)) for key, value in thing.items()]
        return b"<<%b>>" % b"".join(pairs)
    if kind is pydyf.Array:
        return b"[%b]" % b" ".join([_bytes(value) for value in thing])
    return bytes(pydyf._to_bytes(thing))
