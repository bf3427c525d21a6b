"""The words of a PDF page, letter by letter as its glyph codes say, in the order of the drawing."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from briefing.verify.match import Line

UNKNOWN = "\ufffd"
"""Stands for a glyph that the font gives no letter for."""

# Boxes of one line differ by as much in height, in units of the page, when their fonts differ.
_SAME_LINE = 1.0
_DEEPEST = 8
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_FIELD = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)

Letters = Mapping[int, str]


def read_lines(page: Any, fonts: dict[tuple[int, int], Letters], *, number: int) -> Iterator[Line]:
    """Yield the lines of a page of ours.

    Args:
        page: A page of an opened PDF.
        fonts: What each code of each font stands for; filled while reading.
        number: The number of the page.
    """
    height, stretches = 0.0, list[str]()
    for at, stretch in _drawn(page.obj, page.obj, fonts, depth=0):
        if stretches and abs(height - at) > _SAME_LINE:
            yield Line(page=number, stretches=tuple(stretches))
            stretches = []
        stretches.append(stretch)
        height = at
    if stretches:
        yield Line(page=number, stretches=tuple(stretches))


def _drawn(
    stream: Any, owner: Any, fonts: dict[tuple[int, int], Letters], *, depth: int
) -> Iterator[tuple[float, str]]:
    """Yield each text that a content stream draws, and how high it stands."""
    import pikepdf

    resources = owner.get("/Resources", {})
    letters: Letters = {}
    height, shown = 0.0, ""
    for instruction in pikepdf.parse_content_stream(stream):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "Tf":
                letters = _letters(resources.get("/Font", {}).get(str(operands[0])), fonts)
            case "Tm":
                height = float(operands[5])
            case "TJ" | "Tj" | "'" | '"':
                shown += "".join(_decoded(operands, letters))
            case "ET":
                if shown:
                    yield height, shown
                shown = ""
            case "Do" if depth < _DEEPEST:
                drawn = resources.get("/XObject", {}).get(str(operands[0]))
                if drawn is not None and drawn.get("/Subtype") == "/Form":
                    yield from _drawn(drawn, drawn, fonts, depth=depth + 1)


def _decoded(operands: Any, letters: Letters) -> Iterator[str]:
    """Yield the letters of the operands of an operator that shows text."""
    import pikepdf

    for operand in operands:
        if isinstance(operand, pikepdf.Array):
            yield from _decoded(operand, letters)
        elif isinstance(operand, pikepdf.String):
            codes = bytes(operand)
            for at in range(0, len(codes), 2):
                yield letters.get(int.from_bytes(codes[at : at + 2]), UNKNOWN)


def _letters(font: Any, fonts: dict[tuple[int, int], Letters]) -> Letters:
    """Return what each code of a font stands for."""
    if font is None or "/ToUnicode" not in font:
        return {}
    key = font.objgen
    if key not in fonts or key == (0, 0):
        table = bytes(font.ToUnicode.read_bytes())
        fonts[key] = {
            int(code, 16): _utf16(letters)
            for block in _FIELD.findall(table)
            for code, letters in _PAIR.findall(block)
        }
    return fonts[key]


def _utf16(digits: bytes) -> str:
    """Return the letters that hexadecimal digits stand for in UTF-16."""
    if len(digits) % 4:
        return UNKNOWN
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")
