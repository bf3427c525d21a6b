"""The objects of a PDF written once, where pydyf writes each twice: into the file, for its name."""

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


def settle(pdf: Any) -> None:
    """Put in place of each object of a document about to be written what is written of it."""
    pdf.objects[:] = [thing if thing.free == "f" else _Settled(thing) for thing in pdf.objects]


class _Settled(pydyf.Object):  # type: ignore[misc]
    """An object that changes no more."""

    data = b""
    compressible = False

    def __init__(self, thing: Any) -> None:
        super().__init__()
        self.compressible = thing.compressible
        self.number, self.generation = thing.number, thing.generation
        self.data = _bytes(thing)


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
