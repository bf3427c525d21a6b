"""Documents laid out apart become one: pages, page numbers, links, bookmarks, tags.

The parts come from our own child processes and have known things left open: a link into another
part is an address that begins with `goto:`, and each page's number is `FOLIO`, a placeholder
that makes every digit part of the font's subset.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

FOLIO = "Page 01234 of 56789"
"""What stands on each page of a part in place of its number."""

GOTO = "goto:"
"""Begins the address of a link into another part."""

# One line of text as WeasyPrint draws it: where, in which font and size, which glyphs.
_LINE = re.compile(
    rb"1 0 0 -1 (?P<x>-?[\d.]+) (?P<y>-?[\d.]+) Tm\n"
    rb"/(?P<font>\w+) (?P<size>[\d.]+) Tf\n\[(?P<glyphs>[^\[\]]*)\] TJ"
)
_GLYPH = re.compile(rb"<([0-9a-f]+)>(-?[\d.]+)?")


def stitch(out: Any, roots: Sequence[int], *, numbers: Mapping[str, str] | None = None) -> None:
    """Make one document of the parts that an open one holds; what the first says of itself stays.

    Args:
        out: The open document, as `together` made it.
        roots: The numbers of the parts' catalogues, the first being that of *out*.
        numbers: What to write in *out* for each placeholder that stands alone at the right.

    Raises:
        ValueError: A page lacks the placeholder of its number, so that it cannot be numbered; or
            one of *numbers* does not stand there exactly once.
    """
    _write(out, numbers or {})

    parts = [_Part(out.get_object(root, 0)) for root in roots]
    places = [place for part in parts for place in _named(part.root)]
    key = 1 + max(_keys(out), default=-1)
    for part in parts[1:]:
        for page in part.pages:
            out.pages.append(page)
        key = _graft_tags(out, part, key=key)
    _chain(out, parts)
    _set_names(out, places)
    _link(out)
    _number(out)


class _Part:
    """A part: its catalogue and its pages, in order."""

    def __init__(self, root: Any) -> None:
        import pikepdf

        self.root = root
        self.pages = [pikepdf.Page(page) for page in root.Pages.Kids]


def _named(root: Any) -> Iterator[tuple[bytes, Any]]:
    """Yield the named places of a part."""
    tree = root.get("/Names", {}).get("/Dests")
    if tree is not None:
        flat = list(tree.Names)
        yield from ((bytes(name), at) for name, at in zip(flat[::2], flat[1::2], strict=True))


def _set_names(out: Any, places: list[tuple[bytes, Any]]) -> None:
    """Write all named places, sorted as a name tree must be."""
    import pikepdf

    flat = [part for name, place in sorted(places, key=lambda p: p[0])
            for part in (pikepdf.String(name), place)]  # fmt: skip
    names = out.Root.get("/Names", pikepdf.Dictionary())
    names.Dests = pikepdf.Dictionary(Names=pikepdf.Array(flat))
    out.Root.Names = names


def _link(out: Any) -> None:
    """Turn each link into another part into one to its named place."""
    import pikepdf

    for page in out.pages:
        for note in page.obj.get("/Annots", ()):
            address = str(note.A.URI) if "/A" in note and "/URI" in note.A else ""
            if address.startswith(GOTO):
                del note.A
                note.Dest = pikepdf.String(address.removeprefix(GOTO))
                note.Contents = note.Dest


def _keys(source: Any) -> list[int]:
    """Return the keys of the parent tree of a part's tags."""
    root = source.Root.get("/StructTreeRoot")
    return [] if root is None else [int(n) for n in list(root.ParentTree.Nums)[::2]]


def _graft_tags(out: Any, source: _Part, *, key: int) -> int:
    """Hang the tags of a part, whose pages are in the whole already, below those of the whole.

    The keys that lead from pages and links to their tags go on from *key*; the next free one is
    returned.
    """
    if "/StructTreeRoot" not in source.root or "/StructTreeRoot" not in out.Root:
        return key
    for page in source.pages:
        page.obj.StructParents = int(page.obj.StructParents) + key
        for note in page.obj.get("/Annots", ()):
            if "/StructParent" in note:
                note.StructParent = int(note.StructParent) + key
    whole, part = out.Root.StructTreeRoot, source.root.StructTreeRoot
    document = whole.K[0]
    for element in part.K[0].K:
        element.P = document
        document.K.append(element)
    flat = list(part.ParentTree.Nums)
    for old, tags in zip(flat[::2], flat[1::2], strict=True):
        whole.ParentTree.Nums.append(int(old) + key)
        whole.ParentTree.Nums.append(tags)
    return key + 1 + max((int(n) for n in flat[::2]), default=-1)


def _chain(out: Any, parts: Sequence[_Part]) -> None:
    """Hang the bookmarks of all parts below one root, in order."""
    chains = [part.root.Outlines for part in parts if "/Outlines" in part.root]
    for chain in chains[:1]:
        out.Root.Outlines = chain
    for chain in chains[1:]:
        whole, entry = chains[0], chain.First
        whole.Last.Next, entry.Prev = entry, whole.Last
        whole.Last, whole.Count = chain.Last, int(whole.Count) + int(chain.Count)
        while entry is not None:
            entry.Parent = whole
            entry = entry.get("/Next")


def _number(out: Any) -> None:
    """Write each page's number where its placeholder stands."""
    fonts: dict[Any, _Font] = {}
    total = len(out.pages)
    for number, page in enumerate(out.pages, 1):
        content = page.Contents.read_bytes()
        width = float(page.MediaBox[2]) / 0.75  # WeasyPrint draws in CSS pixels
        for line in reversed(list(_LINE.finditer(content))):
            known = page.Resources.Font["/" + line["font"].decode()]
            font = fonts.get(known.objgen) or fonts.setdefault(known.objgen, _Font(known))
            glyphs = _glyphs(line["glyphs"])
            if font.read(glyphs) == FOLIO:
                numbered = _numbered(glyphs, number=number, total=total)
                shift = _shift(
                    line, before=font.width(glyphs), after=font.width(numbered), page=width
                )
                drawn = _drawn(line, numbered, shift=shift)
                page.Contents.write(content[: line.start()] + drawn + content[line.end() :])
                break
        else:
            raise ValueError(f"page {number} has no place for its number")


def _write(out: Any, numbers: Mapping[str, str]) -> None:
    """Write each number where its placeholder stands, its end where the placeholder's was."""
    fonts: dict[Any, _Font] = {}
    left = dict(numbers)
    for page in out.pages if left else ():
        known = page.Resources.Font

        def written(line: re.Match[bytes], known: Any = known) -> bytes:
            found = known["/" + line["font"].decode()]
            font = fonts.get(found.objgen) or fonts.setdefault(found.objgen, _Font(found))
            glyphs = _glyphs(line["glyphs"])
            number = left.pop(font.read(glyphs), None)
            if number is None:
                return line[0]
            new = font.glyphs(number)
            narrower = (font.width(glyphs) - font.width(new)) * float(line["size"]) / 1000
            return _drawn(line, new, shift=narrower)

        page.Contents.write(_LINE.sub(written, page.Contents.read_bytes()))
    if left:
        raise ValueError(f"no place for the page number of {len(left)} entries of the contents")


Glyphs = list[tuple[int, float]]
"""Codes, and by how many thousandths of the size each pulls back the next."""


def _glyphs(drawn: bytes) -> Glyphs:
    """Return the codes of a line of text."""
    return [(int(g[1], 16), float(g[2] or 0)) for g in _GLYPH.finditer(drawn)]


def _numbered(glyphs: Glyphs, *, number: int, total: int) -> Glyphs:
    """Return the placeholder's codes with a page's number and the total in place of its digits.

    >>> placeholder = [(ord(c), 0.0) for c in FOLIO]
    >>> "".join(chr(code) for code, _ in _numbered(placeholder, number=7, total=120))
    'Page 7 of 120'
    """
    digits = glyphs[5:10] + glyphs[14:19]

    def written(value: int) -> Glyphs:
        return [(digits[int(digit)][0], 0.0) for digit in str(value)]

    return [*glyphs[:5], *written(number), *glyphs[10:14], *written(total)]


def _shift(line: re.Match[bytes], *, before: float, after: float, page: float) -> float:
    """Return by how much a line moves to keep its alignment: centred, right or left.

    Args:
        line: As it was drawn, with the placeholder.
        before: Width of the placeholder, in thousandths of the size.
        after: Width of what replaces it, likewise.
        page: Width of the page, in the units of the drawing.
    """
    size, x = float(line["size"]) / 1000, float(line["x"])
    narrower = (before - after) * size
    if abs(x + before * size / 2 - page / 2) < 2:
        return narrower / 2
    return narrower if x + before * size > page / 2 else 0.0


def _drawn(line: re.Match[bytes], glyphs: Glyphs, *, shift: float) -> bytes:
    """Return a line of text drawn with other glyphs, moved to the right."""
    codes = "".join(f"<{code:04x}>{pull:g}" for code, pull in glyphs)
    x, rest = float(line["x"]) + shift, (line["y"], line["font"], line["size"])
    y, font, size = (part.decode() for part in rest)
    return f"1 0 0 -1 {x:.6f} {y} Tm\n/{font} {size} Tf\n[{codes}] TJ".encode()


class _Font:
    """What the codes of a font mean and how wide they are."""

    def __init__(self, font: Any) -> None:
        self._letters: dict[int, str] = {}
        cmap = font.ToUnicode.read_bytes() if "/ToUnicode" in font else b""
        for line in cmap.splitlines():
            pair = re.fullmatch(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", line.strip())
            if pair:
                letter = bytes.fromhex(pair[2].decode()).decode("utf-16-be", "replace")
                self._letters[int(pair[1], 16)] = letter
        self._widths = dict(_widths(list(font.DescendantFonts[0].get("/W", ()))))

    def read(self, glyphs: Glyphs) -> str:
        """Return the letters of *glyphs*."""
        return "".join(self._letters.get(code, "\ufffd") for code, _ in glyphs)

    def glyphs(self, text: str) -> Glyphs:
        """Return the codes of *text*, each letter of which the font must have."""
        codes = {letter: code for code, letter in self._letters.items()}
        return [(codes[letter], 0.0) for letter in text]

    def width(self, glyphs: Glyphs) -> float:
        """Return the width of *glyphs*, in thousandths of the size."""
        return sum(self._widths.get(code, 0.0) - pull for code, pull in glyphs)


def _widths(table: list[Any]) -> Iterator[tuple[int, float]]:
    """Yield the width of each code in a `/W` array: `first [w w …]` or `first last w`."""
    import pikepdf

    place = 0
    while place + 1 < len(table):
        first, second = int(table[place]), table[place + 1]
        if isinstance(second, pikepdf.Array):
            yield from ((first + n, float(w)) for n, w in enumerate(second))
            place += 2
        else:
            yield from ((code, float(table[place + 2])) for code in range(first, int(second) + 1))
            place += 3
