"""Seals: a digest of a finished document inside itself, so that any later change is noticed.

A seal shows a change, also one that no word shows: a letter drawn otherwise, a rule of style
that hides a line. It proves nothing against somebody who makes the whole document again; for
that a document is signed from outside.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

# What `str.splitlines` takes for the end of a line beside the line feed that our pages have.
_OTHER_BREAKS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_COMMENT = re.compile(r"<!-- briefing-seal ([0-9a-f]{64}) -->\s*\Z")
# References in a PDF object as qpdf writes it; strings are passed over, for they may look alike.
_TOKEN = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9a-fA-F]*>|\b(\d+) (\d+) R\b", re.DOTALL)
_REFERENCE = re.compile(rb"\b(\d+ \d+) R\b")
_STRING = re.compile(rb"\(|<[0-9a-fA-F]*>")
# How a stream is packed, which any program may change without changing what it says.
_PACKING = ("/Length", "/Filter", "/DecodeParms")
_OWNER = "/Briefing"


def seal_markup(markup: str) -> str:
    r"""Return an HTML page with its seal as a last comment.

    >>> is_sealed(seal_markup("<p>Twelve</p>\n"))
    True
    """
    return f"{markup}<!-- briefing-seal {_markup_digest(markup)} -->\n"


def is_sealed(markup: str) -> bool:
    """Return whether an HTML page ends in the seal that belongs to it, however its lines end.

    >>> is_sealed(seal_markup("<p>Twelve</p>").replace("Twelve", "Twenty"))
    False
    """
    found = _COMMENT.search(markup)
    return found is not None and _markup_digest(markup[: found.start()]) == found[1]


def _markup_digest(markup: str) -> str:
    """Return the digest of a page. Lone surrogates, which no file can hold, count, too."""
    if any(mark in markup for mark in _OTHER_BREAKS):
        plain = "\n".join(markup.splitlines())
    else:  # the same, without splitting
        plain = markup.removesuffix("\n")
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def seal(pdf: Any, *, compiled: datetime) -> None:
    """Put the seal of an opened PDF into its catalogue, as private data of this program.

    The same document gets the same seal. What is changed after this breaks it; saving does not.
    """
    import pikepdf

    told = json.dumps(pdf_parts(pdf), sort_keys=True, separators=(",", ":"))
    private = pikepdf.Dictionary(
        LastModified=pikepdf.String(f"D:{compiled:%Y%m%d%H%M%S}Z"),
        Private=pikepdf.String(told),
    )
    pdf.Root.PieceInfo = pikepdf.Dictionary({_OWNER: private})


def broken_parts(pdf: Any) -> list[str]:
    """Return the parts of an opened PDF that are not as they were sealed, by name.

    `page 3` is what is drawn on a page and its links, `fonts` the letters' shapes and what each
    stands for, `attachment NAME` a file, `frame` all the rest. `seal` alone: there is none.
    """
    try:
        sealed = json.loads(str(pdf.Root.PieceInfo[_OWNER].Private))
        found = pdf_parts(pdf)
        return sorted(name for name in {*sealed, *found} if sealed.get(name) != found.get(name))
    except (AttributeError, KeyError, TypeError, ValueError):
        return ["seal"]


def pdf_parts(pdf: Any) -> dict[str, str]:
    """Return the digest of each part of an opened PDF.

    It is of the objects themselves, whatever their numbers and packing, so a file that was only
    written anew, by qpdf for one, keeps its digests.
    """
    # Of most objects what refers to others and what is digested are the same bytes.
    read: dict[bytes, list[bytes]] = {}
    names = _named(pdf, read)
    hashes: dict[str, Any] = {}
    for part, shown in _shown(pdf, names, read=read):
        hashes.setdefault(part, hashlib.sha256()).update(shown)
    return {part: digest.hexdigest() for part, digest in hashes.items()}


def _named(pdf: Any, read: dict[bytes, list[bytes]]) -> dict[bytes, tuple[str, int]]:
    """Return for each object the part it belongs to and its number there, in order of visit.

    An object is known by what refers to it, `12 0` for `12 0 R`.
    What was read of objects that are no streams is kept in *read*, split at its references.
    """
    import pikepdf

    names: dict[bytes, tuple[str, int]] = {}
    counts: dict[str, int] = {}
    roots = [(part, b"%d %d" % objgen) for part, objgen in _roots(pdf)]
    held = {reference: part for part, reference in roots}
    for part, root in roots:
        waiting = [root]
        for reference in waiting:
            if reference in names or held.get(reference, part) != part or reference[:2] == b"0 ":
                continue
            counts[part] = counts.get(part, 0) + 1
            names[reference] = (part, counts[part])
            thing = pdf.get_object(_objgen(reference))
            split = _split(_plain(thing, packed=True))
            if not isinstance(thing, pikepdf.Stream):
                read[reference] = split
            waiting += split[1::2]
    return names


def _roots(pdf: Any) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield where each part begins. What two parts share belongs to the earlier one."""
    for name, file in sorted(_files(pdf)):
        yield f"attachment {name}", file
    for page in pdf.pages:
        fonts = page.obj.get("/Resources", {}).get("/Font", {})
        for name in sorted(fonts.keys()):
            yield "fonts", fonts[name].objgen
    yield "frame", pdf.Root.objgen
    for number, page in enumerate(pdf.pages, 1):
        yield f"page {number}", page.obj.objgen
    for number, page in enumerate(pdf.pages, 1):
        for name in ("/Contents", "/Resources"):
            yield from ((f"page {number}", o) for o in _references(_value(page.obj, name)))


def _files(pdf: Any) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield name and place of each attached file."""
    for name, file in pdf.attachments.items():
        yield str(name), file.obj.objgen


def _value(page: Any, name: str) -> bytes:
    """Return one entry of a page as qpdf writes it."""
    return bytes(page[name].unparse()) if name in page else b""


def _shown(
    pdf: Any,
    names: dict[bytes, tuple[str, int]],
    *,
    read: dict[bytes, list[bytes]],
) -> Iterator[tuple[str, bytes]]:
    """Yield each object as it is digested, and the part it belongs to."""
    told = {reference: f"[{part} {number}]".encode() for reference, (part, number) in names.items()}
    for reference, (part, number) in names.items():
        split = read.get(reference) or _split(
            _plain(pdf.get_object(_objgen(reference)), packed=False)
        )
        split[1::2] = [told.get(of, b"[none 0]") for of in split[1::2]]
        shown = b"".join(split)
        yield part, b"%d %d %b\n" % (number, len(shown), shown)
    info = pdf.trailer.get("/Info")
    if info is not None:
        yield "frame", bytes(info.unparse(resolved=True))


def _plain(thing: Any, *, packed: bool) -> bytes:
    """Return an object as bytes; of a stream what it holds, too, unless it may stay *packed*."""
    import pikepdf

    if isinstance(thing, pikepdf.Stream):
        head = bytes(_without(thing.stream_dict, _PACKING).unparse())
        return head if packed else head + b"\nstream " + _held(thing)
    if isinstance(thing, pikepdf.Dictionary) and "/PieceInfo" in thing:
        return bytes(_without(thing, ("/PieceInfo",)).unparse())
    return bytes(thing.unparse(resolved=True))


def _without(entries: Any, names: Sequence[str]) -> Any:
    """Return a dictionary without the entries of those names."""
    import pikepdf

    return pikepdf.Dictionary({k: v for k, v in entries.items() if k not in names})


def _held(stream: Any) -> bytes:
    """Return what a stream holds, unpacked where it can be."""
    import pikepdf

    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return bytes(stream.read_raw_bytes())


def _references(shown: bytes) -> list[tuple[int, int]]:
    """Return the objects that an object refers to, in order."""
    return list(map(_objgen, _split(shown)[1::2]))


def _objgen(reference: bytes) -> tuple[int, int]:
    """Return the object of a reference, of which the `R` is left out."""
    number, generation = reference.split()
    return int(number), int(generation)


def _split(shown: bytes) -> list[bytes]:
    """Return an object split at what it refers to: each second part is a reference.

    >>> _split(b"<< /P 12 0 R /T (not 3 0 R) >>")
    [b'<< /P ', b'12 0', b' /T (not 3 0 R) >>']
    """
    if b" R" not in shown:  # what is drawn on a page is thousands of strings and no reference
        return [shown]
    if not _STRING.search(shown):
        return _REFERENCE.split(shown)
    split, end = [], 0
    for found in _TOKEN.finditer(shown):
        if found[1] is not None:
            split += [shown[end : found.start()], b"%d %d" % (int(found[1]), int(found[2]))]
            end = found.end()
    return [*split, shown[end:]]
